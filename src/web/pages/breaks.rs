//! Breaks in series as pages say them: what one act changed at one moment is one break to a reader,
//! though the register has a line for each kind of change.

use jiff::Timestamp;

use crate::model::Zone;
use crate::publish::beside::notes;
use crate::store::{Break, BreakKind};
use crate::web::frame::Frame;

/// What happened to a site at one moment.
pub struct JoinedBreak {
    /// The moment.
    pub began: Timestamp,
    /// When, in words.
    pub when: String,
    /// What, in words.
    pub what: String,
    /// The kinds of change.
    pub kinds: Vec<BreakKind>,
}

/// The breaks of one site, in the order of time, those of one moment as one.
pub fn joined<'a>(
    frame: &Frame,
    zone: &Zone,
    breaks: impl IntoIterator<Item = &'a Break>,
) -> Vec<JoinedBreak> {
    let mut found: Vec<JoinedBreak> = Vec::new();
    for one in breaks {
        let (when, what) = (moment(frame, zone, one), words(frame, one));
        match found.last_mut().filter(|last| last.when == when) {
            Some(last) => {
                if !last.kinds.contains(&one.kind) {
                    last.kinds.push(one.kind);
                }
                let both = frame.say("break-and").with("one", &last.what).with("other", what);
                last.what = both.to_string();
            }
            None => found.push(JoinedBreak { began: one.began, when, what, kinds: vec![one.kind] }),
        }
    }
    found
}

/// What happened: the note on it, else its kind.
fn words(frame: &Frame, one: &Break) -> String {
    let (fr, en) = notes(one);
    frame.locale.either(&fr, &en)
}

/// When a series breaks: the day, and the time where it is not with the day that it begins.
fn moment(frame: &Frame, zone: &Zone, one: &Break) -> String {
    let day = zone.day_at(one.began);
    let date = frame.locale.day(day.date);
    if day.start() == one.began {
        return date;
    }
    let time = zone.written(one.began).get(11..16).unwrap_or_default().to_owned();
    frame.say("break-moment").with("day", date).with("time", time).to_string()
}
