//! The real program on a history of which everything is released: how long its pages take.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use jiff::ToSpan;
use jiff::civil::Date;
use parvis::model::Period;

use crate::show::{self, Goal};

/// Requests of each page after the first.
const RUNS: u32 = 9;

/// How long it is waited until the program is quiet: so many seconds after each other in which it
/// is on a core for less than so many hundredths of one.
const SETTLE_SECONDS_MAX: u32 = 120;
const QUIET_SECONDS: u32 = 6;
const QUIET_TICKS: u64 = 3;

/// What a site's page may take on the server, in milliseconds.
const PAGE_MS: f64 = 50.0;

/// The pages, by what they are of, and whether they are the site's page that the goal is about.
/// `last` is the last day counted.
fn pages(last: Date) -> Vec<(&'static str, String, bool)> {
    let site = |question: &str| format!("/fr/sites/www.example.fr{question}");
    let month = |ago: i64| Period::Month(last.first_of_month().saturating_sub(ago.months()));
    let year = Period::Year(last.saturating_sub(1.year()));
    let [one, two, three] = [1, 2, 3].map(month);
    let compared = format!("period={three}&period={two}&period={one}");
    vec![
        ("site, 30 days", site(""), true),
        ("site, 7 days", site("?period=7d"), true),
        ("site, this month", site("?period=month"), true),
        ("site, 12 months", site("?period=12mo"), true),
        ("site, a whole year", site(&format!("?period={year}")), true),
        ("site, all days", site("?period=all"), true),
        ("site, one country, a month", site(&format!("?period={one}&filter=country:is:AA")), true),
        ("all pages of the site, 12 months", site("/page?period=12mo"), false),
        ("home", "/fr/".to_owned(), false),
        (
            "three months beside each other",
            format!("/fr/compare?site=www.example.fr&{compared}"),
            false,
        ),
        ("the site's files", "/fr/data/www.example.fr/".to_owned(), false),
    ]
}

/// Releases what is due, then asks for each page and prints how long it took, the first time and at
/// best.
pub fn show(folder: &Path, last: Date, with_goals: bool) {
    let program = env!("CARGO_BIN_EXE_parvis");
    let began = Instant::now();
    let published = Command::new(program).arg("--data").arg(folder).arg("publish").output();
    assert!(published.expect("the program runs").status.success(), "the releases are made");
    println!("  released in {:.0} s", began.elapsed().as_secs_f64());
    let service = Service::start(folder);
    // A program that was just started has neither memory nor connections yet. Nobody asks for this
    // period again, so that no answer is kept for those that are measured.
    let (from, to) = (last.saturating_sub(390.days()), last.saturating_sub(1.day()));
    service.get(&format!("/fr/sites/www.example.fr?from={from}&to={to}"));
    service.settle();
    println!("  {:<54}{:>10}{:>10}{:>10}", "", "bytes", "least, ms", "first, ms");
    for (name, path, is_promised) in pages(last) {
        let mut times = Vec::new();
        let mut bytes = 0;
        for _ in 0..=RUNS {
            let began = Instant::now();
            bytes = service.get(&path);
            times.push(began.elapsed().as_secs_f64() * 1e3);
        }
        let least = times.iter().copied().fold(f64::INFINITY, f64::min);
        let goal = if with_goals && is_promised { Goal::AtMost(PAGE_MS) } else { Goal::None };
        show::timed(name, [bytes as f64, least, times[0]], goal);
    }
}

/// The program, serving.
struct Service {
    process: Child,
    base: String,
    agent: ureq::Agent,
}

impl Service {
    fn start(folder: &Path) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_parvis"));
        command.arg("--data").arg(folder).args(["serve", "--listen", "127.0.0.1:0"]);
        command.stdout(Stdio::piped()).stderr(Stdio::null());
        let mut process = command.spawn().expect("the program starts");
        let lines = BufReader::new(process.stdout.take().expect("its output")).lines();
        let base = lines.map_while(Result::ok).find_map(|line| {
            let (_, base) = line.split_once("publishes at ")?;
            Some(base.trim_end_matches('/').to_owned())
        });
        Self { process, base: base.expect("it says where it is"), agent: ureq::agent() }
    }

    /// Waits until it has done what a start has to do beside answering.
    fn settle(&self) {
        let (mut before, mut quiet) = (0, 0);
        for _ in 0..SETTLE_SECONDS_MAX {
            std::thread::sleep(Duration::from_secs(1));
            let used = show::core_ticks(self.process.id());
            quiet = if used - before < QUIET_TICKS { quiet + 1 } else { 0 };
            if quiet == QUIET_SECONDS {
                return;
            }
            before = used;
        }
    }

    /// Asks for a page as a browser does, packed; answers with its bytes.
    fn get(&self, path: &str) -> usize {
        let request = self.agent.get(format!("{}{path}", self.base));
        let answer = request.header("accept-encoding", "br").header("accept", "text/html").call();
        let mut answer = answer.unwrap_or_else(|error| panic!("{path}: {error}"));
        answer.body_mut().read_to_vec().expect("the page comes whole").len()
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        let id = self.process.id().to_string();
        let _ = Command::new("kill").args(["-TERM", &id]).status();
        let _ = self.process.wait();
    }
}
