//! The lines of a text: where each ends, and what stands around it that is no part of it.

use std::io::{self, BufRead};

use crate::collect::access_log::LINE_BYTES_MAX;
use crate::collect::access_log::entry::has_record;
use crate::collect::access_log::unicode::Unicode;

/// The mark that some programs write at the beginning of a text in UTF-8.
const MARK: &[u8] = "\u{feff}".as_bytes();

/// What stands before a request in a line whose quotes are doubled.
const DOUBLED: &[u8] = b"] \"\"";

/// Hands out lines one at a time and never holds more than one. A line ends with LF, CR LF or CR
/// alone: no server writes a CR into a line, since it escapes those that a reader sends.
pub(super) struct Lines {
    text: Unicode<Box<dyn BufRead + Send>>,
    line: Vec<u8>,
    /// What stands behind a mark in the middle of the line before: another line.
    behind_mark: Vec<u8>,
    is_too_long: bool,
    /// The line before ended with CR, so that an LF is the rest of that end.
    is_after_return: bool,
    count: u64,
}

impl Lines {
    pub(super) fn new(text: Box<dyn BufRead + Send>) -> Self {
        let text = Unicode::new(text);
        let (line, behind_mark) = (Vec::new(), Vec::new());
        Self { text, line, behind_mark, is_too_long: false, is_after_return: false, count: 0 }
    }

    /// Reads the next line. False at the end.
    pub(super) fn advance(&mut self) -> io::Result<bool> {
        self.line.clear();
        self.is_too_long = false;
        let has_begun = if self.behind_mark.is_empty() {
            self.fill()?
        } else {
            std::mem::swap(&mut self.line, &mut self.behind_mark);
            true
        };
        if has_begun {
            self.count += 1;
            bare(&mut self.line);
            self.divide();
        }
        Ok(has_begun)
    }

    /// Where a log without a last end of line was put before another one that begins with a mark,
    /// the mark ends the line.
    fn divide(&mut self) {
        if self.is_too_long || !self.line.contains(&MARK[0]) {
            return;
        }
        let mark = self.line.windows(MARK.len()).position(|part| part == MARK);
        let Some(mark) = mark else { return };
        if has_record(&self.line[..mark]) && has_record(&self.line[mark..]) {
            self.behind_mark = self.line.split_off(mark);
        }
    }

    /// Reads up to the next end of a line. False at the end of the text.
    fn fill(&mut self) -> io::Result<bool> {
        let mut has_begun = false;
        loop {
            let bytes = match self.text.fill_buf() {
                Ok(bytes) => bytes,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            };
            let Some(first) = bytes.first() else { break };
            if std::mem::take(&mut self.is_after_return) && *first == b'\n' {
                self.text.consume(1);
                continue;
            }
            has_begun = true;
            // What is left of a file that was truncated while a server wrote on: nothing at all,
            // read as zeros.
            if self.line.is_empty() && *first == 0 {
                let zeros = bytes.iter().take_while(|byte| **byte == 0).count();
                self.text.consume(zeros);
                continue;
            }
            let end = bytes.iter().position(|byte| matches!(byte, b'\n' | b'\r'));
            let part = &bytes[..end.unwrap_or(bytes.len())];
            let room = LINE_BYTES_MAX - self.line.len();
            self.is_too_long |= part.len() > room;
            self.line.extend_from_slice(&part[..part.len().min(room)]);
            let used = part.len() + usize::from(end.is_some());
            self.is_after_return = end.is_some_and(|end| bytes[end] == b'\r');
            self.text.consume(used);
            if end.is_some() {
                break;
            }
        }
        Ok(has_begun)
    }

    /// The present line, without its end and what stands around it; its beginning, if it is too
    /// long.
    pub(super) fn line(&self) -> &[u8] {
        &self.line
    }

    /// Is the present line longer than a line may be?
    pub(super) fn is_too_long(&self) -> bool {
        self.is_too_long
    }

    /// Lines handed out so far.
    pub(super) fn count(&self) -> u64 {
        self.count
    }
}

/// Takes off what other programs put around a line: marks of UTF-8, of which every program that
/// copied it may have added one, zeros and white space, and the quotes of a table's cell, whose own
/// quotes are doubled.
fn bare(line: &mut Vec<u8>) {
    let is_around = |byte: &u8| *byte == 0 || byte.is_ascii_whitespace();
    let mut rest = &line[..];
    loop {
        let blank = rest.iter().take_while(|byte| is_around(byte)).count();
        rest = &rest[blank..];
        match rest.strip_prefix(MARK) {
            Some(after) => rest = after,
            None => break,
        }
    }
    let start = line.len() - rest.len();
    let end = line.iter().rev().take_while(|byte| is_around(byte)).count();
    line.truncate((line.len() - end).max(start));
    line.drain(..start);
    if !is_in_quotes(line) {
        return;
    }
    line.pop();
    line.remove(0);
    let request = line.windows(DOUBLED.len()).position(|window| window == DOUBLED);
    // An empty request is two quotes, too, and then a space.
    let is_doubled = request.is_some_and(|at| line.get(at + DOUBLED.len()) != Some(&b' '));
    if is_doubled {
        let mut is_second = false;
        line.retain(|byte| {
            is_second = *byte == b'"' && !is_second;
            *byte != b'"' || is_second
        });
    }
}

/// Is the whole line in quotes, and not only its first word and its agent?
fn is_in_quotes(line: &[u8]) -> bool {
    let Some(inside) = line.strip_prefix(b"\"").and_then(|line| line.strip_suffix(b"\"")) else {
        return false;
    };
    let first = inside.split(|byte| *byte == b' ').next().unwrap_or_default();
    !first.is_empty() && !first.contains(&b'"') && first.len() < inside.len()
}

#[cfg(test)]
mod tests;
