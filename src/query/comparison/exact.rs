//! Pairs of days for signed-in staff: from the exact figures, of which none is withheld.

use hashbrown::HashMap;
use jiff::ToSpan;
use jiff::civil::Date;

use crate::model::Measures;
use crate::privacy::StaffPass;
use crate::query::asker::QueryError;
use crate::query::comparison::{Both, Comparing, Pairs, Places, clock};
use crate::query::gathered::time_label;
use crate::query::span::Span;
use crate::store::{By, Question};

/// Adds the pairs of a site.
pub fn add_exact(
    comparing: &Comparing<'_>,
    pairs: &Pairs<'_>,
    places: &Places,
    both: &mut [Both],
    pass: &StaffPass,
) -> Result<(), QueryError> {
    match comparing.ask.by {
        By::Nothing | By::Value(_) => {
            for (own, other) in runs(&pairs.days) {
                let own = lines(comparing, pairs, (own, comparing.ask.by), pass)?;
                let other = lines(comparing, pairs, (other, comparing.ask.by), pass)?;
                for (label, &place) in places {
                    let Some(both) = both.get_mut(place) else { continue };
                    both.own.add_exact(own.get(label).copied().unwrap_or_default());
                    both.other.add_exact(other.get(label).copied().unwrap_or_default());
                    both.days_of_site = pairs.days.len();
                }
            }
        }
        by => {
            let unit = if by == By::Hour { By::Hour } else { By::Day };
            let own = lines(comparing, pairs, (comparing.ask.span, unit), pass)?;
            let other = lines(comparing, pairs, (comparing.span, unit), pass)?;
            for &(date, with) in &pairs.days {
                match by {
                    By::Hour => add_hours((&own, &other), (date, with), places, both),
                    _ => {
                        let place = places.get(time_label(by, date).as_str());
                        let Some(both) = place.and_then(|place| both.get_mut(*place)) else {
                            continue;
                        };
                        let of = |lines: &Lines, date: Date| lines.get(&date.to_string()).copied();
                        both.own.add_exact(of(&own, date).unwrap_or_default());
                        both.other.add_exact(of(&other, with).unwrap_or_default());
                        both.days_of_site += 1;
                    }
                }
            }
        }
    }
    Ok(())
}

type Lines = HashMap<String, Measures>;

fn lines(
    comparing: &Comparing<'_>,
    pairs: &Pairs<'_>,
    (span, by): (Span, By),
    pass: &StaffPass,
) -> Result<Lines, QueryError> {
    let asker = comparing.asker;
    let question = Question {
        site: pairs.site,
        first: span.first,
        last: span.last,
        by,
        filters: &comparing.ask.filters,
        now: asker.now,
    };
    let lines = asker.store.counts(&question)?.exact(pass).into_iter();
    Ok(lines.map(|line| (line.label, line.measures)).collect())
}

/// The pairs as runs of days that follow each other, on both sides.
fn runs(days: &[(Date, Date)]) -> Vec<(Span, Span)> {
    let mut runs: Vec<(Span, Span)> = Vec::new();
    for &(own, other) in days {
        match runs.last_mut() {
            Some((one, two)) if one.last.saturating_add(1.day()) == own => {
                (one.last, two.last) = (own, other);
            }
            _ => runs.push((Span { first: own, last: own }, Span { first: other, last: other })),
        }
    }
    runs
}

fn add_hours(
    (own, other): (&Lines, &Lines),
    (date, with): (Date, Date),
    places: &Places,
    both: &mut [Both],
) {
    let [date, with] = [date, with].map(|date| date.to_string());
    let others = other.iter().filter(|(label, _)| label.starts_with(&with));
    let others: HashMap<&str, Measures> =
        others.map(|(label, measures)| (clock(label), *measures)).collect();
    for (label, &place) in places.iter().filter(|(label, _)| label.starts_with(&date)) {
        let Some(both) = both.get_mut(place) else { continue };
        both.own.add_exact(own.get(label).copied().unwrap_or_default());
        both.other.add_exact(others.get(clock(label)).copied().unwrap_or_default());
        both.days_of_site += 1;
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_gap_ends_a_run() {
        let pair = |day| (date(2026, 11, day), date(2026, 10, day));
        let runs = runs(&[pair(2), pair(3), pair(5)]);
        let days: Vec<_> = runs.iter().map(|(own, other)| (own.days(), other.days())).collect();
        assert_eq!(days, [(2, 2), (1, 1)]);
        assert_eq!(runs[1].1.first, date(2026, 10, 5));
    }
}
