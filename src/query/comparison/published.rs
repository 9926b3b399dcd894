//! Pairs of days for everybody: from the released figures of both days, and from nothing else.

use hashbrown::HashMap;
use jiff::civil::Date;

use crate::model::Period;
use crate::privacy::{ObsStatus, PublishedLine};
use crate::query::asker::QueryError;
use crate::query::compared::{Gap, Run};
use crate::query::comparison::{Both, Comparing, Pairs, Places, clock};
use crate::query::cover::{Cover, Reader};
use crate::query::gathered::{Wanted, time_label};
use crate::query::plan::dimensions;
use crate::query::span::Span;
use crate::store::{By, HOURS, Scales, WHOLE_SITE};

/// The tables of days, by their dates.
type Tables = HashMap<Date, Cover>;

/// Adds the pairs of a site; those of which a figure is withheld are left out of them.
pub fn add_published(
    comparing: &Comparing<'_>,
    pairs: &mut Pairs<'_>,
    places: &Places,
    both: &mut [Both],
) -> Result<(), QueryError> {
    let ask = comparing.ask;
    let dimension = match dimensions(ask)[..] {
        [] if ask.by == By::Hour => HOURS,
        [] => WHOLE_SITE,
        [one, ..] => one.code,
    };
    let wanted =
        Wanted { by: ask.by, filters: &ask.filters, dimensions: (dimension, 0), prefix: "" };
    let own = tables(comparing, pairs, dimension, ask.span)?;
    let other = tables(comparing, pairs, dimension, comparing.span)?;
    let mut compared = Vec::new();
    for (date, with) in std::mem::take(&mut pairs.days) {
        let tables = own.get(&date).zip(other.get(&with));
        let is_there = |cover: &Cover| !cover.table.was_not_collected();
        let Some((one, two)) = tables.filter(|(one, two)| is_there(one) && is_there(two)) else {
            pairs.leave(Gap::NotCollected);
            continue;
        };
        let is_compared = match ask.by {
            By::Hour => add_hours((one, two), places, both),
            By::Value(_) => add_values((one, two), &wanted, places, both),
            By::Nothing | By::Day | By::Week | By::Month | By::Year => {
                let place = places.get(time_label(ask.by, date).as_str());
                add_line((one, two), &wanted, place.and_then(|place| both.get_mut(*place)))
            }
        };
        match is_compared {
            true => compared.push((date, with)),
            false => pairs.leave(Gap::Withheld),
        }
    }
    pairs.days = compared;
    Ok(())
}

fn tables(
    comparing: &Comparing<'_>,
    pairs: &Pairs<'_>,
    dimension: u8,
    span: Span,
) -> Result<Tables, QueryError> {
    let asker = comparing.asker;
    let reader = Reader { store: asker.store, provisional: asker.provisional, now: asker.now };
    // A table of one dimension never lacks a month.
    let covers = reader.cover(pairs.site, (dimension, 0), span, Scales::Days)?.unwrap_or_default();
    let by_day = |cover: Cover| match cover.period {
        Period::Day(date) => Some((date, cover)),
        Period::Month(_) | Period::Year(_) => None,
    };
    Ok(covers.into_iter().filter_map(by_day).collect())
}

/// What is known of a line on one day: its released lines, none of them for nobody; nothing where
/// one of them is withheld.
type Known<'a> = Option<Vec<PublishedLine<'a>>>;

/// Adds a pair of days to a line, if both are known; says whether they are.
fn add(covers: (&Cover, &Cover), known: (Known<'_>, Known<'_>), to: Option<&mut Both>) -> bool {
    let (Some(own), Some(other)) = known else { return false };
    let Some(both) = to else { return true };
    for (sum, lines, cover) in [(&mut both.own, own, covers.0), (&mut both.other, other, covers.1)]
    {
        if lines.is_empty() {
            sum.add_nobody(cover.methods.of_rest());
        }
        lines.iter().for_each(|line| sum.add(line, cover.methods.of(line.label)));
    }
    let [own, other] = [covers.0, covers.1].map(|cover| Span::of_day(cover.period.first()));
    both.note(Run { own, other });
    true
}

fn is_shown(line: &PublishedLine<'_>) -> bool {
    !line.is_withheld() && line.obs_status != ObsStatus::NotCollected
}

/// Adds the lines of both days that the filters leave, as one line.
fn add_line(covers: (&Cover, &Cover), wanted: &Wanted<'_>, to: Option<&mut Both>) -> bool {
    add(covers, (known(covers.0, wanted), known(covers.1, wanted)), to)
}

fn known<'a>(cover: &'a Cover, wanted: &Wanted<'_>) -> Known<'a> {
    let lines: Vec<_> = cover.table.lines().filter(|line| wanted.wants(line)).collect();
    let has_rest = cover.table.remainder().is_some();
    let may_lack = has_rest && (lines.is_empty() || !wanted.is_one_value());
    (!may_lack && lines.iter().all(is_shown)).then_some(lines)
}

/// Adds each value that is asked for by itself: what one day withholds of it counts on neither.
fn add_values(
    covers: (&Cover, &Cover),
    wanted: &Wanted<'_>,
    places: &Places,
    both: &mut [Both],
) -> bool {
    let (own, other) = (values(covers.0, wanted, places), values(covers.1, wanted, places));
    let is_known = |found: Option<&PublishedLine<'_>>, cover: &Cover| match found {
        Some(line) => is_shown(line),
        None => cover.table.remainder().is_none(),
    };
    for &place in places.values() {
        let (one, two) = (own.get(&place), other.get(&place));
        if is_known(one, covers.0) && is_known(two, covers.1) {
            let [one, two] = [one, two].map(|found| Some(found.into_iter().copied().collect()));
            add(covers, (one, two), both.get_mut(place));
        }
    }
    true
}

fn values<'a>(
    cover: &'a Cover,
    wanted: &Wanted<'_>,
    places: &Places,
) -> HashMap<usize, PublishedLine<'a>> {
    let lines = cover.table.lines().filter(|line| wanted.wants(line));
    lines.filter_map(|line| Some((*places.get(line.label)?, line))).collect()
}

/// Adds each hour that both clocks show.
fn add_hours(covers: (&Cover, &Cover), places: &Places, both: &mut [Both]) -> bool {
    let mut others: HashMap<&str, PublishedLine<'_>> = HashMap::new();
    for line in covers.1.table.lines() {
        // Of an hour that a clock shows twice the first is taken.
        others.entry(clock(line.label)).or_insert(line);
    }
    for line in covers.0.table.lines() {
        let Some(other) = others.remove(clock(line.label)) else { continue };
        let to = places.get(line.label).and_then(|place| both.get_mut(*place));
        if is_shown(&line) && is_shown(&other) {
            add(covers, (Some(vec![line]), Some(vec![other])), to);
        }
    }
    true
}
