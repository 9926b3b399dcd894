//! Lines that a log repeats from an earlier one, as where a server's log is copied and then
//! truncated, or where one file lies there under two names.
//!
//! Equal lines within one log are several requests, unless it goes back in time between them, and
//! so is a single line that two servers logged alike. What is repeated is a stretch: two lines or
//! more on end, or the first of a log. The hashes of lines are held only as long as their day is
//! counted.

use std::collections::HashMap;

use jiff::civil::Date;

/// How often each line stands on a day.
type Lines = HashMap<u64, u32>;

/// The lines of days that are in several logs.
#[derive(Default)]
pub struct Repeats {
    /// Of the logs before the present one: at most as often as any of them has it.
    earlier: HashMap<Date, Lines>,
    present: HashMap<Date, Lines>,
    /// Lines on end that earlier logs have, too.
    stretch: u32,
    has_begun: bool,
}

/// What a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seen {
    /// No earlier log has it.
    New,
    /// An earlier log has it, and not the line before: the next line decides.
    Perhaps,
    /// It belongs to a stretch that an earlier log has.
    Again,
}

impl Repeats {
    /// Looks at the next line of the present log: its day and its hash, if the day is in several
    /// logs.
    pub fn see(&mut self, shared: Option<(Date, u64)>) -> Seen {
        let is_first = !std::mem::replace(&mut self.has_begun, true);
        let is_known = shared.is_some_and(|(date, hash)| {
            let times = self.present.entry(date).or_default().entry(hash).or_default();
            *times += 1;
            let earlier = self.earlier.get(&date).and_then(|lines| lines.get(&hash));
            earlier.is_some_and(|earlier| *times <= *earlier)
        });
        self.stretch = if is_known { self.stretch + 1 } else { 0 };
        match self.stretch {
            0 => Seen::New,
            1 if is_first => {
                // What follows continues the stretch.
                self.stretch = 2;
                Seen::Again
            }
            1 => Seen::Perhaps,
            _ => Seen::Again,
        }
    }

    /// The present log goes back in time: what follows may be a copy that was put behind, as where
    /// several files were written into one.
    pub fn turn(&mut self) {
        for (date, lines) in self.present.drain() {
            let earlier = self.earlier.entry(date).or_default();
            for (hash, times) in lines {
                let before = earlier.entry(hash).or_default();
                *before = (*before).max(times);
            }
        }
    }

    /// The present log has ended.
    pub fn end_log(&mut self) {
        self.turn();
        (self.stretch, self.has_begun) = (0, false);
    }

    /// The day has ended.
    pub fn end_day(&mut self, date: Date) {
        self.earlier.remove(&date);
        self.present.remove(&date);
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    const DAY: Date = date(2026, 11, 20);

    /// What becomes of the lines of several logs: `=` is repeated, `?` perhaps, `+` new.
    fn seen(logs: &[&str]) -> Vec<String> {
        let mut repeats = Repeats::default();
        let of = |log: &&str| {
            let lines = log.bytes().map(|line| match repeats.see(Some((DAY, line.into()))) {
                Seen::New => '+',
                Seen::Perhaps => '?',
                Seen::Again => '=',
            });
            let all = lines.collect();
            repeats.end_log();
            all
        };
        logs.iter().map(of).collect()
    }

    #[test]
    fn stretches_are_repeated_and_single_lines_are_not() {
        for (logs, expected) in [
            (["abc", "abc"], ["+++", "==="]),
            (["aabb", "aabb"], ["++++", "===="]),
            (["abcd", "cdef"], ["++++", "==++"]),
            (["abcd", "def"], ["++++", "=++"]),
            (["abcd", "xbcy"], ["++++", "+?=+"]),
            (["abcd", "xbyd"], ["++++", "+?+?"]),
            (["ab", "aabb"], ["++", "=+?+"]),
            (["aaa", "aaaa"], ["+++", "===+"]),
        ] {
            assert_eq!(seen(&logs), expected, "{logs:?}");
        }
    }

    #[test]
    fn a_line_of_two_earlier_logs_is_there_as_often_as_in_one_of_them() {
        assert_eq!(seen(&["aab", "aab", "aaab"]), ["+++", "===", "==+?"]);
    }

    #[test]
    fn a_copy_within_a_log_is_a_stretch_behind_a_turn() {
        let mut repeats = Repeats::default();
        let mut see = |line: u64, is_turn: bool| {
            if is_turn {
                repeats.turn();
            }
            repeats.see(Some((DAY, line)))
        };
        let first = [see(1, false), see(1, false), see(2, false)];
        assert_eq!(first, [Seen::New; 3]);
        let copy = [see(1, true), see(1, false), see(2, false), see(3, false)];
        assert_eq!(copy, [Seen::Perhaps, Seen::Again, Seen::Again, Seen::New]);
        assert_eq!([see(2, true), see(4, false)], [Seen::Perhaps, Seen::New]);
    }

    #[test]
    fn what_has_ended_is_forgotten() {
        let mut repeats = Repeats::default();
        repeats.see(Some((DAY, 1)));
        repeats.end_log();
        repeats.end_day(DAY);
        assert_eq!(repeats.see(Some((DAY, 1))), Seen::New);
        assert!(repeats.earlier.is_empty());
    }
}
