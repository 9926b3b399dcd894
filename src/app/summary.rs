//! What became of the lines of an import, in numbers and in words.

use std::collections::BTreeMap;
use std::fmt;

use jiff::civil::Date;

/// What became of the lines.
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
    /// Days that were there already from other lines, or from the beacon, with the reason.
    pub days_refused: Vec<(Date, &'static str)>,
    /// Lines not counted, by reason.
    pub refused: BTreeMap<&'static str, u64>,
    /// The first lines that could not be read: file, line and advice.
    pub bad_lines: Vec<(String, u64, String)>,
    /// Do the logs name no user agents? Then robots cannot be told apart.
    pub without_agents: bool,
}

impl fmt::Display for Summary {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(out, "{} lines read, {} counted.", self.lines, self.counted)?;
        if let (Some(first), Some(last)) = (self.days_written.first(), self.days_written.last()) {
            writeln!(out, "{} days written, from {first} to {last}.", self.days_written.len())?;
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
        if !self.refused.is_empty() {
            writeln!(out, "Not counted, by reason:")?;
        }
        for (reason, lines) in &self.refused {
            writeln!(out, "  {reason}: {lines}")?;
        }
        for (file, line, advice) in &self.bad_lines {
            writeln!(out, "{file}, line {line}: {advice}")?;
        }
        if self.without_agents {
            let why = "The log names no user agents (common format): robots are counted as people.";
            writeln!(out, "{why} Log in the combined format to tell them apart.")?;
        }
        Ok(())
    }
}
