//! Why there is no answer, in the reader's language, and what to ask instead.

use crate::dimension::{self, Dimension};
use crate::publish::label_column;
use crate::query::{AskError, QueryError, Unanswerable};
use crate::web::frame::Frame;
use crate::web::pages::labels;

/// A reason, and a period for which there is an answer, if one is known.
pub struct Why {
    /// In words.
    pub text: String,
    /// A period as an address has it, and in words.
    pub instead: Option<(String, String)>,
    /// Is the question itself wrong, so that nobody could answer it?
    pub is_wrong: bool,
}

/// The reason of an error. What the store could not do is for the log alone.
pub fn why(frame: &Frame, error: &QueryError) -> Why {
    let said = |key: &str| plain(frame.say(key).to_string());
    match error {
        QueryError::Ask(error) => asked(frame, error),
        QueryError::Unanswerable(error) => unanswerable(frame, error),
        QueryError::Store(_) => said("why-store"),
    }
}

/// A reason alone.
pub fn plain(text: String) -> Why {
    Why { text, instead: None, is_wrong: false }
}

fn asked(frame: &Frame, error: &AskError) -> Why {
    let key = match error {
        AskError::Span(_) | AskError::TwoPeriods => "why-period",
        AskError::Filter(_) => "why-filter",
        AskError::Metric { .. } => "why-metric",
        AskError::Interval(_) | AskError::Hourly => "why-interval",
        AskError::Sort(_) | AskError::SortApart(_) => "why-sort",
        AskError::Comparison(_) => "why-comparison",
        AskError::Parameter(_) | AskError::Twice(_) | AskError::Number(..) => "why-parameter",
    };
    Why { is_wrong: true, ..plain(frame.say(key).to_string()) }
}

fn unanswerable(frame: &Frame, error: &Unanswerable) -> Why {
    let name = |name: &str| {
        let of = |one: &'static Dimension| frame.locale.of(label_column(one.name).title);
        dimension::named(name).map_or(name, of).to_lowercase()
    };
    let mut instead = None;
    let text = match error {
        Unanswerable::TooMany(_) => frame.say("why-too-many"),
        Unanswerable::NotCrossed(one, other) => {
            frame.say("why-not-crossed").with("one", name(one)).with("other", name(other))
        }
        Unanswerable::NotClosed(_, last) => {
            frame.say("why-not-closed").with("last", frame.locale.day(*last))
        }
        Unanswerable::Calendar(period) => {
            let other = period.previous();
            let words = labels::span(frame, other.first(), other.last());
            instead = Some((other.to_string(), words));
            frame.say("why-calendar")
        }
        Unanswerable::Deleted(date) => {
            frame.say("why-deleted").with("first", frame.locale.day(*date))
        }
        Unanswerable::StaffOnly(one) => frame.say("why-staff-only").with("one", name(one)),
        Unanswerable::Alone(_) | Unanswerable::Title => frame.say("why-beside-page"),
        Unanswerable::Metric(_) | Unanswerable::Nothing(_) => frame.say("why-no-sum"),
        Unanswerable::OneValue(one)
        | Unanswerable::FewTyped(one)
        | Unanswerable::OneValueOverTime(one) => frame.say("why-one-value").with("one", name(one)),
    };
    Why { instead, ..plain(text.to_string()) }
}
