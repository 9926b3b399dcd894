//! Pairs of days for signed-in staff: from the exact figures, of which none is withheld.

use hashbrown::HashMap;
use jiff::civil::Date;

use crate::model::Measures;
use crate::privacy::StaffPass;
use crate::query::asker::QueryError;
use crate::query::compared::Run;
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
            for run in Run::of_pairs(&pairs.days) {
                let own = lines(comparing, pairs, (run.own, comparing.ask.by), pass)?;
                let other = lines(comparing, pairs, (run.other, comparing.ask.by), pass)?;
                for (label, &place) in places {
                    let Some(both) = both.get_mut(place) else { continue };
                    both.own.add_exact(own.get(label).copied().unwrap_or_default());
                    both.other.add_exact(other.get(label).copied().unwrap_or_default());
                    both.note(run);
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
                        both.note(Run { own: Span::of_day(date), other: Span::of_day(with) });
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

fn add_hours(
    (own, other): (&Lines, &Lines),
    (date, with): (Date, Date),
    places: &Places,
    both: &mut [Both],
) {
    let run = Run { own: Span::of_day(date), other: Span::of_day(with) };
    let [date, with] = [date, with].map(|date| date.to_string());
    let others = other.iter().filter(|(label, _)| label.starts_with(&with));
    let others: HashMap<&str, Measures> =
        others.map(|(label, measures)| (clock(label), *measures)).collect();
    for (label, &place) in places.iter().filter(|(label, _)| label.starts_with(&date)) {
        let Some(both) = both.get_mut(place) else { continue };
        both.own.add_exact(own.get(label).copied().unwrap_or_default());
        both.other.add_exact(others.get(clock(label)).copied().unwrap_or_default());
        both.note(run);
    }
}
