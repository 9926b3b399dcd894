//! From how many networks the readers of each line came, beside a count of their addresses by
//! brute force: of every day, hour, month and year, every breakdown and crossing.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use parvis::dimension::{CROSSINGS, named};
use parvis::model::{Period, Site};
use parvis::store::{HOURS, NetworkSets as _, WHOLE_SITE};

use crate::brute::{Condition, Day, NOTHING};
use crate::compare::{Difference, shown_by_themselves};
use crate::product::Product;

/// A line's label and second label.
type Place = (String, String);

/// The buckets of the readers of each line of a day.
type Lines = BTreeMap<Place, BTreeSet<u8>>;

/// What is asked of all periods: the codes of one or two dimensions, and their lines on a day.
type Asked<'a> = ((u8, u8), &'a dyn Fn(&Day) -> Lines);

/// Compares every closed day of every site, and its months and years.
pub fn compare(product: &Product, days: &[Day]) -> Result<(), Difference> {
    for (number, site) in product.sites().iter().enumerate() {
        let days: Vec<&Day> = days.iter().filter(|day| day.site == number).collect();
        let one = |text: &str| (text.to_owned(), String::new());
        let buckets = |day: &Day, conditions: &[Condition<'_>]| -> BTreeSet<u8> {
            let readers = day.readers(conditions, |_| true);
            readers.iter().map(|address| product.bucket(site, day.date, address)).collect()
        };
        let whole = |day: &Day| Lines::from([(one(""), buckets(day, &[]))]);
        compare_one(product, site, &days, ((WHOLE_SITE, 0), &whole))?;
        for dimension in shown_by_themselves() {
            let of_day = |day: &Day| {
                let of_value = |value: String| {
                    let is_it = |said: &str| said == value;
                    let conditions: [Condition<'_>; 1] = [(dimension, &is_it)];
                    let counts = day.count(&conditions) != NOTHING;
                    counts.then(|| (one(&value), buckets(day, &conditions)))
                };
                day.all_values(dimension).into_iter().filter_map(of_value).collect()
            };
            let code = named(dimension).unwrap().code;
            compare_one(product, site, &days, ((code, 0), &of_day))?;
        }
        for (first, second) in CROSSINGS {
            let of_day = |day: &Day| {
                let mut lines = Lines::new();
                for one in day.all_values(first.name) {
                    for two in day.all_values(second.name) {
                        let (is_one, is_two) = (|said: &str| said == one, |said: &str| said == two);
                        let conditions: [Condition<'_>; 2] =
                            [(first.name, &is_one), (second.name, &is_two)];
                        if day.count(&conditions) != NOTHING {
                            let place = (one.clone(), two.clone());
                            lines.insert(place, buckets(day, &conditions));
                        }
                    }
                }
                lines
            };
            compare_one(product, site, &days, ((first.code, second.code), &of_day))?;
        }
        days.iter().try_for_each(|day| compare_hours(product, site, day))?;
    }
    Ok(())
}

fn compare_one(
    product: &Product,
    site: &Site,
    days: &[&Day],
    (codes, of_day): Asked<'_>,
) -> Result<(), Difference> {
    let mut months: BTreeMap<Date, (Lines, BTreeMap<Place, u64>)> = BTreeMap::new();
    for day in days {
        let lines = of_day(day);
        let largest = sizes(&lines);
        let expected = largest.iter().map(|(place, count)| (place.clone(), (*count, *count)));
        same(product, site, codes, Period::Day(day.date), expected.collect())?;
        let (union, of_days) = months.entry(day.date.first_of_month()).or_default();
        for (place, buckets) in lines {
            union.entry(place).or_default().extend(buckets);
        }
        for (place, count) in largest {
            let before = of_days.entry(place).or_default();
            *before = count.max(*before);
        }
    }
    let mut years: BTreeMap<Date, BTreeMap<Place, (u64, u64)>> = BTreeMap::new();
    for (month, (union, of_days)) in months {
        let expected: BTreeMap<Place, (u64, u64)> = sizes(&union)
            .into_iter()
            .map(|(place, count)| (place.clone(), (count, of_days[&place])))
            .collect();
        let year = years.entry(month.first_of_year()).or_default();
        for (place, (count, of_day)) in &expected {
            let before = year.entry(place.clone()).or_default();
            *before = (before.0.max(*count), before.1.max(*of_day));
        }
        same(product, site, codes, Period::Month(month), expected)?;
    }
    let mut years = years.into_iter();
    years.try_for_each(|(year, all)| same(product, site, codes, Period::Year(year), all))
}

fn sizes(lines: &Lines) -> BTreeMap<Place, u64> {
    lines.iter().map(|(place, buckets)| (place.clone(), buckets.len() as u64)).collect()
}

fn compare_hours(product: &Product, site: &Site, day: &Day) -> Result<(), Difference> {
    let of_hour = |hour: String| {
        let readers = day.readers(&[], |hit| hit.hour == hour);
        let buckets: BTreeSet<u8> =
            readers.iter().map(|address| product.bucket(site, day.date, address)).collect();
        let count = buckets.len() as u64;
        ((hour, String::new()), (count, count))
    };
    let expected = day.hours().into_iter().map(of_hour).collect();
    same(product, site, (HOURS, 0), Period::Day(day.date), expected)
}

fn same(
    product: &Product,
    site: &Site,
    codes: (u8, u8),
    period: Period,
    expected: BTreeMap<Place, (u64, u64)>,
) -> Result<(), Difference> {
    let lines = product.store().networks(site, codes, period).unwrap();
    let found: BTreeMap<Place, (u64, u64)> = lines
        .into_iter()
        .map(|line| {
            let networks = line.networks;
            ((line.label, line.second), (networks.count, networks.largest_day))
        })
        .collect();
    if found == expected {
        return Ok(());
    }
    Err(format!("{} {period} {codes:?}: {found:?} networks, and not {expected:?}", site.host))
}
