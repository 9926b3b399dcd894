//! The command line of Parvis: reads what was typed, runs one command, and exits 0, 1 or 2.

use std::io::{BufRead, IsTerminal};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};
use parvis::app::{self, AppError, Machine, Options, SiteOptions};
use parvis::config::Config;
use parvis::model::Zone;

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
    Site(Site),
    /// The administrators.
    #[command(subcommand)]
    User(User),
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

#[derive(Subcommand)]
enum Site {
    /// Count a site.
    Add {
        /// Its host, such as www.example.fr.
        host: String,
        /// The time zone whose midnight ends its day; it cannot be changed later.
        #[arg(long, default_value = Zone::DEFAULT_NAME, env = "PARVIS_ZONE")]
        zone: String,
        #[command(flatten)]
        details: Details,
    },
    /// Show the sites.
    List,
    /// Replace what is said about a site.
    Set {
        /// Its host.
        host: String,
        #[command(flatten)]
        details: Details,
    },
    /// Remove a site with all its counts.
    Remove {
        /// Its host.
        host: String,
        /// Yes, all its counts too.
        #[arg(long, env = "PARVIS_YES")]
        yes: bool,
    },
}

#[derive(Args)]
struct Details {
    /// Another host whose pages belong to it; repeat for several.
    #[arg(long = "alias", env = "PARVIS_ALIAS", value_delimiter = ',')]
    aliases: Option<Vec<String>>,
    /// A query parameter that says which page it is, and stays in its path; repeat for several.
    #[arg(long = "query-keep", env = "PARVIS_QUERY_KEEP", value_delimiter = ',')]
    query_kept: Option<Vec<String>>,
    /// How much is measured: exempt (of consent, the default) or extended.
    #[arg(long, env = "PARVIS_PROFILE")]
    profile: Option<String>,
    /// What `Sec-GPC: 1` does: drop (the default), count_without_visitor or ignore.
    #[arg(long, env = "PARVIS_GPC")]
    gpc: Option<String>,
    /// What `DNT: 1` does: drop (the default), count_without_visitor or ignore.
    #[arg(long, env = "PARVIS_DNT")]
    dnt: Option<String>,
    /// The beginning of the paths of a section, such as /services/; repeat for several.
    #[arg(long = "section", env = "PARVIS_SECTION", value_delimiter = ',')]
    sections: Option<Vec<String>>,
    /// A query parameter that holds what was searched for on the site; repeat for several.
    #[arg(long = "search-parameter", env = "PARVIS_SEARCH_PARAMETER", value_delimiter = ',')]
    search_parameters: Option<Vec<String>>,
    /// The name of a feature whose use the site reports; repeat for several.
    #[arg(long = "feature", env = "PARVIS_FEATURE", value_delimiter = ',')]
    features: Option<Vec<String>>,
    /// The organisation it belongs to, as named by `parvis organisation set`.
    #[arg(long, env = "PARVIS_ORGANISATION")]
    organisation: Option<String>,
}

#[derive(Subcommand)]
enum User {
    /// Add an administrator; the password is asked for, or read from standard input.
    Add {
        /// The name to sign in with.
        login: String,
    },
}

fn main() -> ExitCode {
    tracing_subscriber::fmt().with_writer(std::io::stderr).with_target(false).init();
    let line = CommandLine::parse();
    let outcome = match line.command {
        Command::Serve(serve) => run_serve(line.data, serve),
        Command::Site(site) => run_site(line.data, site),
        Command::User(User::Add { login }) => run_user_add(line.data, &login),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("parvis: {error}");
            let misused = matches!(error, AppError::Misuse(_) | AppError::Config(_));
            ExitCode::from(if misused { 2 } else { 1 })
        }
    }
}

fn run_serve(data: PathBuf, serve: Serve) -> Result<(), AppError> {
    let config = Config::read(serve.config.as_deref(), &|name| std::env::var(name).ok())?;
    let options = Options { data, listen: serve.listen, config, demo: serve.demo };
    let running = app::start(&options, &Machine::real())?;
    let local = format!("http://{}", running.address());
    let base = options.config.public_url.as_deref().unwrap_or(&local);
    if let Some(link) = running.first_link() {
        println!("Make the first administrator, once, at {base}{link}");
    }
    if serve.demo {
        println!("Visit the demonstration site at {base}/demo/");
    }
    println!("Parvis counts and publishes at {base}/");
    wait_for_stop()?;
    running.stop()
}

/// Returns at SIGTERM or SIGINT.
fn wait_for_stop() -> Result<(), AppError> {
    use tokio::signal::unix::{SignalKind, signal};
    let machine = |error: std::io::Error| AppError::Machine(error.to_string());
    let runtime =
        tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(machine)?;
    runtime.block_on(async {
        let mut terminate = signal(SignalKind::terminate()).map_err(machine)?;
        let mut interrupt = signal(SignalKind::interrupt()).map_err(machine)?;
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
        Ok(())
    })
}

fn run_site(data: PathBuf, site: Site) -> Result<(), AppError> {
    let options = |details: Details| SiteOptions {
        aliases: details.aliases,
        query_kept: details.query_kept,
        profile: details.profile,
        gpc: details.gpc,
        dnt: details.dnt,
        sections: details.sections,
        search_parameters: details.search_parameters,
        features: details.features,
        organisation: details.organisation,
    };
    let now = (Machine::real().clock)();
    match site {
        Site::Add { host, zone, details } => {
            let site = app::add_site(&data, &host, &zone, options(details), now)?;
            let aliases: Vec<_> = site.aliases.iter().map(|alias| alias.as_str()).collect();
            println!("{} is counted ({}).", site.host, site.zone.name());
            if !aliases.is_empty() {
                println!("Pages on {} belong to it too.", aliases.join(", "));
            }
            println!("Its tag: <script defer src=\"https://YOUR-PARVIS-HOST/t.js\"></script>");
        }
        Site::List => {
            for site in app::list_sites(&data)? {
                let aliases: Vec<_> = site.aliases.iter().map(|alias| alias.as_str()).collect();
                println!("{}\t{}\t{}", site.host, site.zone.name(), aliases.join(","));
            }
        }
        Site::Set { host, details } => {
            app::set_site(&data, &host, options(details), now)?;
            println!("{host} is changed.");
        }
        Site::Remove { host, yes } => {
            if !yes {
                let why = format!("this deletes all counts of {host}: say so with --yes");
                return Err(AppError::Misuse(why));
            }
            app::remove_site(&data, &host)?;
            println!("{host} and its counts are removed.");
        }
    }
    Ok(())
}

fn run_user_add(data: PathBuf, login: &str) -> Result<(), AppError> {
    let unreadable =
        |error: std::io::Error| AppError::Misuse(format!("the password cannot be read: {error}"));
    let password = if std::io::stdin().is_terminal() {
        rpassword::prompt_password("Password: ").map_err(unreadable)?
    } else {
        let mut typed = String::new();
        std::io::stdin().lock().read_line(&mut typed).map_err(unreadable)?;
        typed.trim_end_matches(['\r', '\n']).to_owned()
    };
    app::add_user(&data, login, &password, &Machine::real())?;
    println!("{login} can sign in at /admin/sign-in.");
    Ok(())
}
