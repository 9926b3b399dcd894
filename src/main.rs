//! The command line of Parvis: reads what was typed, runs one command, and exits 0, 1 or 2.

use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, sync_channel};
use std::time::Duration;

use clap::{Args, Parser, Subcommand};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use parvis::app::command::{
    BreakCommand, CoverageCommand, ReleaseCommand, SdgCommand, SiteCommand, UserCommand, say, write,
};
use parvis::app::{self, AppError, Export, ImportOptions, Machine, Options};
use parvis::config::Config;
use tikv_jemallocator::Jemalloc;
use tokio::signal::unix::{SignalKind, signal};

/// Gives back what a flood took; the usual one keeps it in many arenas.
#[global_allocator]
static ALLOCATOR: Jemalloc = Jemalloc;

/// Seconds after a signal to stop at which the process ends in any case. What is acknowledged is on
/// disk by then, and whatever else was under way is one transaction, which the next start begins
/// anew. It is less than the ten seconds that are promised.
const STOP_SECONDS_MAX: u64 = 8;

/// Open audience statistics for public websites.
#[derive(Parser)]
#[command(version)]
struct CommandLine {
    /// The folder that keeps everything.
    #[arg(long, global = true, default_value = "data", env = "PARVIS_DATA")]
    data: PathBuf,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Collect, publish and show.
    Serve(Serve),
    /// The sites that are counted.
    #[command(subcommand)]
    Site(Box<SiteCommand>),
    /// The register of breaks: moments after which figures do not compare with those before.
    #[command(subcommand)]
    Break(BreakCommand),
    /// Measure how much of a site the tag reaches, by its sitemap or by its access logs.
    Coverage(CoverageCommand),
    /// The organisations that sites belong to.
    #[command(subcommand)]
    Organisation(Organisation),
    /// The administrators.
    #[command(subcommand)]
    User(UserCommand),
    /// What is published.
    #[command(subcommand)]
    Release(ReleaseCommand),
    /// Count past days from something else than the tag.
    #[command(subcommand)]
    Import(Import),
    /// Write a file of open data to standard output: the same bytes that the service answers.
    Export(ExportFile),
    /// Write a month for the Single Digital Gateway of the European Union to standard output.
    Sdg(SdgCommand),
    /// Release every day that has ended, now.
    Publish {
        /// Write everything that is published below this folder, for any web server to serve.
        #[arg(long, env = "PARVIS_TO")]
        to: Option<PathBuf>,
        /// The settings, in TOML.
        #[arg(long, env = "PARVIS_CONFIG")]
        config: Option<PathBuf>,
    },
    /// Look whether everything is as it must be: settings, store, and that its figures agree.
    Check {
        /// The settings, in TOML.
        #[arg(long, env = "PARVIS_CONFIG")]
        config: Option<PathBuf>,
    },
}

#[derive(Subcommand)]
enum Organisation {
    /// Add an organisation, or replace what is said of it.
    Set {
        /// Its name in addresses, such as ministere-culture.
        slug: String,
        /// Its name for people.
        #[arg(long, env = "PARVIS_NAME")]
        name: String,
        /// Its identifier in a register, such as SIREN.
        #[arg(long, env = "PARVIS_IDENTIFIER")]
        identifier: Option<String>,
        /// The organisation it is part of.
        #[arg(long, env = "PARVIS_PARENT")]
        parent: Option<String>,
    },
    /// Show the organisations.
    List,
    /// Remove an organisation that has neither sites nor parts.
    Remove {
        /// Its name in addresses.
        slug: String,
    },
}

#[derive(Subcommand)]
enum Import {
    /// The access logs of a web server, in the common or combined format, packed by gzip or not.
    AccessLog {
        /// The files in any order; - is standard input. Lines that several files have are counted
        /// once.
        #[arg(required = true)]
        files: Vec<String>,
        /// The site's host.
        #[arg(long, env = "PARVIS_SITE")]
        site: String,
        /// Replace days that were imported before from other lines; it is said from how many lines
        /// to how many.
        #[arg(long, env = "PARVIS_REPLACE")]
        replace: bool,
        /// The settings, in TOML.
        #[arg(long, env = "PARVIS_CONFIG")]
        config: Option<PathBuf>,
    },
}

#[derive(Args)]
struct ExportFile {
    /// The site's host.
    #[arg(long, env = "PARVIS_SITE")]
    site: String,
    /// Such as traffic, pages or countries.
    #[arg(long, env = "PARVIS_DATASET")]
    dataset: String,
    /// A day, a month or a year.
    #[arg(long, env = "PARVIS_PERIOD")]
    period: String,
    /// Such as csv or json.
    #[arg(long, env = "PARVIS_FORMAT", default_value = "csv")]
    format: String,
}

#[derive(Args)]
struct Serve {
    /// The address to listen on.
    #[arg(long, default_value = "127.0.0.1:8080", env = "PARVIS_LISTEN")]
    listen: String,
    /// The settings, in TOML.
    #[arg(long, env = "PARVIS_CONFIG")]
    config: Option<PathBuf>,
    /// Register a demonstration site with invented history, and serve it at /demo/.
    #[arg(long, env = "PARVIS_DEMO")]
    demo: bool,
}

fn main() -> ExitCode {
    app::own_files_only();
    app::begin_log();
    let line = CommandLine::parse();
    let outcome = match line.command {
        Command::Serve(serve) => run_serve(line.data, serve),
        Command::Site(site) => site.run(&line.data),
        Command::Break(one) => one.run(&line.data),
        Command::Coverage(coverage) => coverage.run(&line.data),
        Command::Organisation(organisation) => run_organisation(&line.data, organisation),
        Command::User(user) => user.run(&line.data),
        Command::Release(release) => release.run(&line.data),
        Command::Import(import) => run_import(&line.data, import),
        Command::Export(file) => run_export(&line.data, file),
        Command::Sdg(month) => month.run(&line.data),
        Command::Publish { to, config } => run_publish(&line.data, to, config),
        Command::Check { config } => run_check(&line.data, config),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(std::io::stderr(), "parvis: {error}");
            let misused = matches!(error, AppError::Misuse(_) | AppError::Config(_));
            ExitCode::from(if misused { 2 } else { 1 })
        }
    }
}

fn run_serve(data: PathBuf, serve: Serve) -> Result<(), AppError> {
    let config = Config::read(serve.config.as_deref(), &|name| std::env::var(name).ok())?;
    let options = Options { data, listen: serve.listen, config, demo: serve.demo };
    let stop = Stop::awaited().map_err(|error| AppError::Machine(error.to_string()))?;
    let is_stopped = || stop.is_asked.load(Ordering::Relaxed);
    let Some(running) = app::start_unless(&options, &Machine::real(), &is_stopped)? else {
        return Ok(());
    };
    let local = format!("http://{}", running.address());
    let base = options.config.public_url.as_deref().unwrap_or(&local);
    if let Some(link) = running.first_link() {
        say(format_args!("Make the first administrator, once, at {base}{link}"))?;
    }
    if serve.demo {
        say(format_args!("Visit the demonstration site at {base}/demo/"))?;
    }
    say(format_args!("Parvis counts and publishes at {base}/"))?;
    stop.wait();
    running.stop()
}

/// The signals to stop, awaited from before the service says that it is there: whoever stops it at
/// once stops it well.
struct Stop {
    is_asked: Arc<AtomicBool>,
    asked: Receiver<()>,
}

impl Stop {
    fn awaited() -> std::io::Result<Self> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let entered = runtime.enter();
        let mut terminate = signal(SignalKind::terminate())?;
        let mut interrupt = signal(SignalKind::interrupt())?;
        drop(entered);
        let is_asked = Arc::new(AtomicBool::new(false));
        let (ask, asked) = sync_channel(1);
        let flag = is_asked.clone();
        let wait = move || {
            runtime.block_on(async {
                tokio::select! {
                    _ = terminate.recv() => {}
                    _ = interrupt.recv() => {}
                }
            });
            flag.store(true, Ordering::Relaxed);
            let _ = ask.send(());
            std::thread::sleep(Duration::from_secs(STOP_SECONDS_MAX));
            tracing::warn!("stopped in the middle of its work, which the next start goes on with");
            std::process::exit(0);
        };
        std::thread::Builder::new().name("signals".to_owned()).spawn(wait)?;
        Ok(Self { is_asked, asked })
    }

    /// Returns at SIGTERM or SIGINT.
    fn wait(self) {
        let _ = self.asked.recv();
    }
}

fn run_organisation(data: &Path, organisation: Organisation) -> Result<(), AppError> {
    match organisation {
        Organisation::Set { slug, name, identifier, parent } => {
            let (identifier, parent) = (identifier.as_deref(), parent.as_deref());
            app::set_organisation(data, &slug, &name, identifier, parent)?;
            say(format_args!("{slug} is {name}."))?;
        }
        Organisation::List => {
            let all = app::list_organisations(data)?;
            for one in &all {
                let parent = all.iter().find(|other| Some(other.id) == one.parent);
                let parent = parent.map_or("", |parent| &parent.slug);
                let identifier = one.identifier.as_deref().unwrap_or("");
                say(format_args!("{}\t{}\t{identifier}\t{parent}", one.slug, one.name))?;
            }
        }
        Organisation::Remove { slug } => {
            app::remove_organisation(data, &slug)?;
            say(format_args!("{slug} is removed."))?;
        }
    }
    Ok(())
}

fn run_import(data: &Path, import: Import) -> Result<(), AppError> {
    let Import::AccessLog { files, site, replace, config } = import;
    let config = Config::read(config.as_deref(), &|name| std::env::var(name).ok())?;
    let bar = ProgressBar::no_length()
        .with_style(ProgressStyle::with_template("{bar:30} {percent}% {msg}").map_err(misused)?);
    if !std::io::stderr().is_terminal() {
        bar.set_draw_target(ProgressDrawTarget::hidden());
    }
    let options = ImportOptions { files, site, replace };
    let outcome =
        app::import_access_log(data, &config, &options, &Machine::real(), &mut |progress| {
            if let Some(total) = progress.bytes_total {
                bar.set_length(total);
            }
            bar.set_position(progress.bytes_read);
            bar.set_message(format!("{} lines", progress.lines));
        });
    bar.finish_and_clear();
    let summary = outcome?;
    write(summary.to_string().as_bytes())?;
    summary.left_out().map_or(Ok(()), |what| Err(AppError::Import(what)))
}

fn run_export(data: &Path, file: ExportFile) -> Result<(), AppError> {
    let ExportFile { site, dataset, period, format } = file;
    let bytes = app::export(data, &Export { site, dataset, period, format }, &Machine::real())?;
    write(&bytes)
}

fn run_publish(data: &Path, to: Option<PathBuf>, config: Option<PathBuf>) -> Result<(), AppError> {
    let config = Config::read(config.as_deref(), &|name| std::env::var(name).ok())?;
    let machine = Machine::real();
    let said = match to {
        Some(to) => app::publish_to(data, &config, &to, &machine)?,
        None => app::publish(data, &machine)?,
    };
    say(format_args!("{said}"))?;
    Ok(())
}

fn run_check(data: &Path, config: Option<PathBuf>) -> Result<(), AppError> {
    Config::read(config.as_deref(), &|name| std::env::var(name).ok())?;
    say(format_args!("The settings can be used."))?;
    say(app::check(data)?)?;
    if let Some(warning) = app::arrivals_warning(data, (Machine::real().clock)())? {
        say(format_args!("Warning: {warning}."))?;
    }
    Ok(())
}

fn misused(error: impl std::fmt::Display) -> AppError {
    AppError::Misuse(error.to_string())
}
