//! The curve of the other period beside that of a site: its figures over the days that are
//! compared, and whether a day without one was not measured there or is only not compared.

use jiff::ToSpan;
use jiff::civil::Date;

use crate::model::Period;
use crate::query::{Ask, Compared, Row, Shown, Span};
use crate::store::{By, Collected, StoreError};
use crate::web::chart::{Point, State};
use crate::web::frame::Frame;
use crate::web::pages::figures::point;
use crate::web::pages::labels;
use crate::web::pages::site::Making;

/// Days from a Monday to its Sunday.
const WEEK_DAYS: i32 = 6;

/// The other period.
pub struct Other {
    span: Span,
    /// Its own days.
    named: Span,
    by: By,
    /// Days from it to the period that is asked for.
    shift: i32,
    collected: Collected,
    today: Date,
}

impl Other {
    /// Reads which of its days were measured.
    pub fn read(
        making: &Making<'_>,
        (ask, compared): (&Ask, &Compared),
    ) -> Result<Self, StoreError> {
        let Span { first, last } = ask.span;
        let (own, other) = match compared.runs.first() {
            Some(run) => (run.own.first, run.other.first),
            None => (first, compared.first),
        };
        let shift = other.until(own).map_or(0, |span| span.get_days());
        let days = [first, last].map(|date| date.saturating_sub(shift.days()));
        let named = match compared.runs.is_empty() {
            true => Span { first: compared.first, last: compared.last },
            // No day of the period itself.
            false if shift > 0 => {
                Span { last: days[1].min(first.yesterday().unwrap_or(first)), first: days[0] }
            }
            false => Span { first: days[0], last: days[1] },
        };
        let now = (making.app.clock)();
        Ok(Self {
            span: ask.span,
            named,
            by: ask.by,
            shift,
            collected: making.app.store.collected(making.site, days.into(), now)?,
            today: making.site.zone.day_at(now).date,
        })
    }

    /// The point beside a line.
    pub fn point(&self, row: &Row) -> Point {
        if let Some(figure) = other_figure(row) {
            return point(Some(figure), "A");
        }
        let is_gap = self
            .days(&row.label)
            .is_some_and(|(first, last)| first <= self.today && self.collected.is_gap(first, last));
        Point { figure: None, state: if is_gap { State::Missing } else { State::Absent } }
    }

    /// Its days in few letters, as far as they come before the period that is asked for.
    pub fn name(&self, frame: &Frame) -> String {
        labels::span_short(frame, self.named.first, self.named.last)
    }

    /// What its day, week or month beside a line is called.
    pub fn label(&self, frame: &Frame, row: &Row) -> String {
        match (self.by, self.days(&row.label)) {
            (By::Day | By::Week, Some((first, _))) => frame.locale.day_short(first),
            (By::Month | By::Year, Some((first, last))) => labels::span_short(frame, first, last),
            _ => labels::time_short(frame, self.by, &row.label),
        }
    }

    fn moved(&self, date: Date) -> Date {
        date.saturating_sub(self.shift.days())
    }

    /// The first and the last day that are compared with those of a line.
    fn days(&self, label: &str) -> Option<(Date, Date)> {
        let (first, last) = match self.by {
            By::Month | By::Year => {
                let period: Period = label.parse().ok()?;
                (period.first(), period.last())
            }
            by => {
                let first: Date = label.get(..10)?.parse().ok()?;
                let days = if by == By::Week { WEEK_DAYS } else { 0 };
                (first, first.saturating_add(days.days()))
            }
        };
        let own = [first.max(self.span.first), last.min(self.span.last)];
        Some(own.map(|date| self.moved(date)).into())
    }
}

/// The figure of a line in the other period.
pub fn other_figure(row: &Row) -> Option<Shown> {
    row.compared.as_ref().and_then(|pair| pair.other.first().copied())
}
