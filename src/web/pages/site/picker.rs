//! The choice of the period and of what it is compared with: links for the usual ones, and a form
//! for any other.

use crate::query::{PERIOD_DEFAULT, Span};
use crate::web::pages::asked::PERIODS;
use crate::web::pages::site::Making;
use crate::web::pages::site::curve::Choice;

/// The comparisons to choose from: what stands in the address; the text is `compare-` and this.
const COMPARISONS: [&str; 3] = ["previous", "year", "none"];

/// The choice.
pub struct Picker {
    /// The usual periods.
    pub periods: Vec<Choice>,
    /// Days of the form, as they are chosen now.
    pub first: String,
    /// The last of them.
    pub last: String,
    /// Comparisons: what the form sends, its text, and whether it is chosen.
    pub comparisons: Vec<(&'static str, String, bool)>,
    /// Where the form leads.
    pub action: String,
    /// What the form keeps of the address.
    pub kept: Vec<(String, String)>,
}

/// The choice for the site's page, or for one below it.
pub fn made(making: &Making<'_>, span: Option<Span>, below: &str) -> Picker {
    let asked = making.asked;
    let is_free = asked.get("from").is_some() || asked.get("to").is_some();
    let chosen = asked.get("period").unwrap_or(if is_free { "" } else { PERIOD_DEFAULT });
    let period = |name: &str| Choice {
        text: making.frame.say(format!("period-{name}")).to_string(),
        href: making.here(&format!("{below}{}", asked.with_period(name))),
        is_current: chosen == name,
    };
    let comparison = match asked.comparison() {
        "" => "none",
        other => other,
    };
    let compared = |name: &'static str| {
        let text = making.frame.say(format!("compare-{name}")).to_string();
        (name, text, comparison == name)
    };
    let day = |of: fn(Span) -> jiff::civil::Date| span.map(|span| of(span).to_string());
    Picker {
        action: making.here(below),
        periods: PERIODS.map(period).into(),
        first: day(|span| span.first).unwrap_or_default(),
        last: day(|span| span.last).unwrap_or_default(),
        comparisons: COMPARISONS.map(compared).into(),
        kept: asked.kept(&["period", "from", "to", "compare", "interval", "page"]),
    }
}
