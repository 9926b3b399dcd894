//! What became of the lines of an import, in numbers and in words.

use std::collections::BTreeMap;
use std::fmt;

use jiff::civil::Date;

/// Why a day is not written although the logs have lines of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Incomplete {
    /// A log that is cut off may have had more of it.
    Cut,
    /// Its lines stand too far apart to be held.
    Scattered,
}

/// What became of the lines. Each is counted or has one reason: `lines` is `counted` and all of
/// `refused`.
#[derive(Clone, Debug, Default)]
pub struct Summary {
    /// Lines read.
    pub lines: u64,
    /// Page views, downloads and pages not found of days that were written.
    pub counted: u64,
    /// Days that were written.
    pub days_written: Vec<Date>,
    /// Days that were there already, from the same lines.
    pub days_known: Vec<Date>,
    /// Days that were there from other lines and were replaced: how many hits they had and have.
    pub days_replaced: Vec<(Date, u64, u64)>,
    /// Days that were there already from other lines, or from the beacon, with the reason.
    pub days_refused: Vec<(Date, &'static str)>,
    /// Days that are not whole in the logs.
    pub days_incomplete: BTreeMap<Date, Incomplete>,
    /// Days that were written and may be short: when the logs begin and when they end there, in
    /// local time.
    pub days_at_edge: Vec<(Date, Option<String>, Option<String>)>,
    /// Lines not counted, by reason.
    pub refused: BTreeMap<&'static str, u64>,
    /// The first lines that could not be read: file, line and advice.
    pub bad_lines: Vec<(String, u64, String)>,
    /// What is said of single logs.
    pub logs: Vec<String>,
    /// Logs that were left out, or of which nothing could be read.
    pub logs_left_out: usize,
    /// Do the logs name no user agents? Then robots cannot be told apart.
    pub without_agents: bool,
    /// The share of one address among the counted lines, in per cent, where it is nearly all.
    pub one_sender: Option<u64>,
}

impl Summary {
    /// Lines are not counted, for a reason.
    pub fn refuse(&mut self, reason: &'static str, lines: u64) {
        if lines > 0 {
            *self.refused.entry(reason).or_insert(0) += lines;
        }
    }

    /// Lines that were not counted for this reason.
    pub fn refused_by(&self, reason: &str) -> u64 {
        self.refused.get(reason).copied().unwrap_or(0)
    }

    /// What was left out, if anything: then the import is done only in part.
    pub fn left_out(&self) -> Option<String> {
        let days = self.days_refused.len() + self.days_incomplete.len();
        let parts = [(days, "days"), (self.logs_left_out, "logs")];
        let parts = parts.into_iter().filter(|(count, _)| *count > 0);
        let parts: Vec<_> = parts.map(|(count, what)| format!("{count} {what}")).collect();
        if !parts.is_empty() {
            return Some(format!("{} were left out, as said above", parts.join(" and ")));
        }
        let is_nothing = self.days_written.is_empty() && self.days_known.is_empty();
        is_nothing.then(|| "nothing was imported, as said above".to_owned())
    }

    fn write_days(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let (Some(first), Some(last)) = (self.days_written.first(), self.days_written.last()) {
            writeln!(out, "{} days written, from {first} to {last}.", self.days_written.len())?;
        }
        for (date, before, after) in &self.days_replaced {
            write!(out, "{date} is replaced: from {before} to {after} counted lines.")?;
            let is_fewer = after < before;
            writeln!(
                out,
                "{}",
                if is_fewer { " WARNING: these are fewer than before." } else { "" }
            )?;
        }
        if !self.days_known.is_empty() {
            let days = self.days_known.len();
            writeln!(
                out,
                "{days} days were there already from the same lines: not counted twice."
            )?;
        }
        for (date, why) in &self.days_refused {
            writeln!(out, "{date} is not written: it was {why}.")?;
        }
        if self.days_refused.iter().any(|(_, why)| why.starts_with("imported")) {
            writeln!(
                out,
                "Give all files of such a day together, with --replace, to count it anew."
            )?;
        }
        for (date, begins, ends) in &self.days_at_edge {
            let begins = begins.iter().map(|moment| format!("begin at {moment}"));
            let ends = ends.iter().map(|moment| format!("end at {moment}"));
            let what = begins.chain(ends).collect::<Vec<_>>().join(" and ");
            writeln!(out, "{date} is written, but may be short: the logs {what}.")?;
        }
        if !self.days_at_edge.is_empty() {
            let cure = "If there are logs of the rest of such a day, give all together, with";
            writeln!(out, "{cure} --replace.")?;
        }
        for (date, why) in &self.days_incomplete {
            let why = match why {
                Incomplete::Cut => "a log that is cut off may have had more of it",
                Incomplete::Scattered => "its lines stand too far apart: sort the logs by time",
            };
            writeln!(out, "{date} is incomplete and not written: {why}.")?;
        }
        Ok(())
    }
}

impl fmt::Display for Summary {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(out, "{} lines read, {} counted.", self.lines, self.counted)?;
        self.logs.iter().try_for_each(|said| writeln!(out, "{said}"))?;
        self.write_days(out)?;
        if !self.refused.is_empty() {
            let lines: u64 = self.refused.values().sum();
            writeln!(out, "Not counted: {lines}, by reason:")?;
        }
        for (reason, lines) in &self.refused {
            writeln!(out, "  {reason}: {lines}")?;
        }
        for (file, line, advice) in &self.bad_lines {
            writeln!(out, "{file}, line {line}: {advice}")?;
        }
        if self.without_agents {
            let why = "The log names no user agents (common format): robots are counted as people, \
                       and browser, system, device and source are not collected.";
            writeln!(out, "{why} Log in the combined format to have them.")?;
        }
        if let Some(share) = self.one_sender {
            writeln!(
                out,
                "WARNING: {share} % of the counted lines come from one address. If it is that of a \
                 proxy, visitors cannot be told apart: let the server log the reader's address \
                 (mod_remoteip of Apache, real_ip of nginx)."
            )?;
        }
        Ok(())
    }
}
