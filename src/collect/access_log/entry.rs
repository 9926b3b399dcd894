//! One line of an access log, taken apart into its fields.

use std::borrow::Cow;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::net::IpAddr;

use jiff::Timestamp;

use crate::collect::access_log::Refused;
use crate::collect::access_log::address::sender;
use crate::collect::access_log::field::{quoted, text};
use crate::collect::access_log::host::{split_absolute, written_form};
use crate::collect::access_log::time::{TIME_BYTES, moment};

/// What stands between the time and the request, and nowhere before: servers escape the quotes
/// of everything that a reader sends, such as the name of a user.
const AFTER_TIME: &[u8] = b"] \"";

/// What stands before the later quoted fields.
const OPENING: &[u8] = b" \"";

/// The quote that typographers open with.
const OPENING_MARK: &[u8] = "\u{201c}".as_bytes();

/// Which of the two formats a line has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// Without referrer and agent. Robots cannot be told from people in such a log.
    Common,
    /// With both.
    Combined,
}

/// One request as a server logged it. It has no `Debug`, no `Display` and no `Serialize`, because
/// it holds an address and an agent.
pub struct Entry<'line> {
    /// The virtual host as logged, perhaps with a port; None if the format has none.
    pub host: Option<&'line str>,
    /// The address that asked.
    pub address: IpAddr,
    /// When, to the second.
    pub time: Timestamp,
    /// The method, in capitals.
    pub method: &'line str,
    /// Path and query, or the whole address as requested of a proxy.
    pub target: Cow<'line, str>,
    /// The status of the answer, 100 to 999.
    pub status: u16,
    /// The whole `Referer` header; None if there was none.
    pub referrer: Option<Cow<'line, str>>,
    /// The agent; empty if there was none or the layout has none.
    pub agent: Cow<'line, str>,
    /// Whether the line says anything of referrer and agent.
    pub layout: Layout,
}

impl<'line> Entry<'line> {
    /// Takes a line apart, without its end. Fields after the agent are passed over, unless they are
    /// another record.
    pub fn read(line: &'line [u8]) -> Result<Self, Refused> {
        Self::fields(line).map_err(|refused| cause(line, refused))
    }

    fn fields(line: &'line [u8]) -> Result<Self, Refused> {
        let end = find(line, AFTER_TIME).ok_or(Refused::Format)?;
        let (head, time) = split_time(&line[..end]).ok_or(Refused::Time)?;
        let (host, address) = sender(head)?;
        let time = moment(time).ok_or(Refused::Time)?;
        let (request, rest) = quoted(&line[end + AFTER_TIME.len()..]).ok_or(Refused::LineCut)?;
        let (method, target) = asked(request).ok_or(Refused::Request)?;
        let (status, rest) = answered(rest)?;
        if records(&line[end + AFTER_TIME.len()..]) > 0 {
            return Err(Refused::TwoRecords);
        }
        let (layout, referrer, agent) = match said(rest)? {
            Some((referrer, agent)) => (Layout::Combined, present(referrer), present(agent)),
            None => (Layout::Common, None, None),
        };
        Ok(Self {
            host,
            address,
            time,
            method,
            target: text(target),
            status,
            referrer: referrer.map(text),
            agent: agent.map(text).unwrap_or_default(),
            layout,
        })
    }

    /// Does the line belong to the site that answers to these hosts? They are asked for in their
    /// written form: lower case, no port, no final dot. A line that names no host belongs to
    /// whichever site it is imported for.
    pub fn check_host(&self, answers_to: impl Fn(&str) -> bool) -> Result<(), Refused> {
        let requested = split_absolute(&self.target).map(|(host, _)| host);
        let mut named = [self.host, requested].into_iter().flatten();
        let is_its_own = named.all(|host| answers_to(&written_form(host)));
        if is_its_own { Ok(()) } else { Err(Refused::OtherHost) }
    }

    /// The host of the page in its written form: that of an absolute request before that of the
    /// format. None if the line names none.
    pub fn page_host(&self) -> Option<Cow<'_, str>> {
        let requested = split_absolute(&self.target).map(|(host, _)| host);
        requested.or(self.host).map(written_form)
    }

    /// A number that all lines of one address have in common, to tell whether they are several.
    pub fn address_hash(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        self.address.hash(&mut hasher);
        hasher.finish()
    }

    /// Path and query, beginning with `/`. None if the request was not for a page.
    pub fn path_and_query(&self) -> Option<&str> {
        let relative = self.target.starts_with('/').then_some(self.target.as_ref());
        let path = relative.or_else(|| split_absolute(&self.target).map(|(_, path)| path));
        path.filter(|path| path.starts_with('/'))
    }
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).position(|window| window == wanted)
}

/// What of the line explains best that it cannot be taken apart.
fn cause(line: &[u8], refused: Refused) -> Refused {
    let is_at_start = matches!(refused, Refused::Address | Refused::Format);
    match line.first() {
        None => Refused::Blank,
        // Text in UTF-16 that follows other text is not decoded.
        Some(_) if line.contains(&0) => Refused::Encoding,
        Some(_) if records(line) > 1 => Refused::TwoRecords,
        Some(b'"' | b'\'' | b'`') if is_at_start => Refused::Quoted,
        Some(_) if is_at_start && line.starts_with(OPENING_MARK) => Refused::Quoted,
        Some(_) => refused,
    }
}

/// How many records begin here: times in brackets with a request behind. In a quoted field there
/// is none, since its quotes are escaped.
fn records(line: &[u8]) -> usize {
    let ends = line.windows(AFTER_TIME.len()).enumerate().filter(|(_, part)| *part == AFTER_TIME);
    let has_time =
        |end: usize| split_time(&line[..end]).is_some_and(|(_, time)| moment(time).is_some());
    ends.filter(|(end, _)| has_time(*end)).count()
}

/// Does a record stand here, whole or not?
pub(super) fn has_record(line: &[u8]) -> bool {
    records(line) > 0
}

/// Splits the time off the end of what stands before it.
fn split_time(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let (head, time) = bytes.split_at_checked(bytes.len().checked_sub(TIME_BYTES)?)?;
    Some((head.strip_suffix(b"[")?, time))
}

/// The method and the target of a request line. None for other protocols, for HTTP/0.9, which no
/// browser speaks, and for nothing. Some servers take targets with spaces.
fn asked(request: &[u8]) -> Option<(&str, &[u8])> {
    let space = request.iter().position(|byte| *byte == b' ')?;
    let (method, rest) = (&request[..space], &request[space + 1..]);
    let space = rest.iter().rposition(|byte| *byte == b' ')?;
    let (target, version) = (&rest[..space], &rest[space + 1..]);
    let is_method = !method.is_empty() && method.iter().all(u8::is_ascii_uppercase);
    if !is_method || target.is_empty() || !version.starts_with(b"HTTP/") {
        return None;
    }
    Some((std::str::from_utf8(method).ok()?, target))
}

/// The status, and what follows it and the size.
fn answered(bytes: &[u8]) -> Result<(u16, &[u8]), Refused> {
    let (status, rest) = after_space(bytes)?;
    let (size, rest) = after_space(rest)?;
    if size != b"-" && !size.iter().all(u8::is_ascii_digit) {
        return Err(Refused::Format);
    }
    match status {
        // A connection that broke before the answer is logged as `-` or `000`.
        [first @ b'1'..=b'9', second @ b'0'..=b'9', third @ b'0'..=b'9'] => {
            let digits = [first, second, third];
            let status = digits.iter().fold(0, |sum, digit| sum * 10 + u16::from(**digit - b'0'));
            Ok((status, rest))
        }
        _ => Err(Refused::Status),
    }
}

/// The word after a space, and what follows it.
fn after_space(bytes: &[u8]) -> Result<(&[u8], &[u8]), Refused> {
    let (space, bytes) = bytes.split_first().ok_or(Refused::LineCut)?;
    if *space != b' ' {
        return Err(Refused::Format);
    }
    let end = bytes.iter().position(|byte| *byte == b' ').unwrap_or(bytes.len());
    let (word, rest) = bytes.split_at(end);
    if word.is_empty() { Err(Refused::LineCut) } else { Ok((word, rest)) }
}

/// Referrer and agent, as logged.
type Said<'line> = (&'line [u8], &'line [u8]);

/// Referrer and agent, if the line has both. One quoted field alone could be either.
fn said(bytes: &[u8]) -> Result<Option<Said<'_>>, Refused> {
    let Some(rest) = bytes.strip_prefix(OPENING) else { return Ok(None) };
    let (referrer, rest) = quoted(rest).ok_or(Refused::LineCut)?;
    let Some(rest) = rest.strip_prefix(OPENING) else { return Ok(None) };
    let (agent, _) = quoted(rest).ok_or(Refused::LineCut)?;
    Ok(Some((referrer, agent)))
}

fn present(field: &[u8]) -> Option<&[u8]> {
    Some(field).filter(|field| !field.is_empty() && *field != b"-")
}

#[cfg(test)]
mod tests;
