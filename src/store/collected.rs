//! Which days of a site were collected, and how. A day that nobody measured is a gap, never a zero.

use jiff::civil::Date;

use crate::store::Method;

/// The collected days of a site within a span, in the order of time: those on which something was
/// counted or imported, and those on which the collector ran while the site was registered.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Collected {
    days: Vec<(Date, Method)>,
    is_synthetic: bool,
}

impl Collected {
    /// The days, each with the method of its figures. Those of a synthetic site are invented,
    /// whichever way its figures came.
    pub fn new(days: Vec<(Date, Method)>, is_synthetic: bool) -> Self {
        Self { days, is_synthetic }
    }

    /// How this day was collected; nothing if it was not.
    pub fn on(&self, date: Date) -> Option<Method> {
        let place = self.days.binary_search_by_key(&date, |(day, _)| *day).ok()?;
        Some(self.days[place].1)
    }

    /// How many days there are between two, both included.
    pub fn count(&self, first: Date, last: Date) -> usize {
        self.within(first, last).len()
    }

    /// Is there none between two days, both included?
    pub fn is_gap(&self, first: Date, last: Date) -> bool {
        self.within(first, last).is_empty()
    }

    /// How the days between two were collected, each method once, in the order of [`Method::ALL`].
    pub fn methods(&self, first: Date, last: Date) -> Vec<Method> {
        let days = self.within(first, last);
        if self.is_synthetic && !days.is_empty() {
            return vec![Method::Synthetic];
        }
        let is_used = |method: &Method| days.iter().any(|(_, used)| used == method);
        Method::ALL.into_iter().filter(is_used).collect()
    }

    /// Those of them that give these breakdowns, which a log may not.
    pub fn giving(&self, first: Date, last: Date, dimensions: &[u8]) -> Vec<Method> {
        let mut methods = self.methods(first, last);
        methods.retain(|method| dimensions.iter().all(|code| method.breaks_down_by(*code)));
        methods
    }

    /// The names of those methods, by commas, as the column `method` has them.
    pub fn method_names(&self, first: Date, last: Date) -> String {
        Method::names(&self.methods(first, last))
    }

    /// The days between two, both included.
    pub fn within(&self, first: Date, last: Date) -> &[(Date, Method)] {
        let from = self.days.partition_point(|(day, _)| *day < first);
        let to = self.days.partition_point(|(day, _)| *day <= last);
        self.days.get(from..to).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn some(is_synthetic: bool) -> Collected {
        let days = vec![
            (date(2026, 11, 2), Method::AccessLog),
            (date(2026, 11, 5), Method::Beacon),
            (date(2026, 11, 6), Method::Beacon),
        ];
        Collected::new(days, is_synthetic)
    }

    #[test]
    fn a_day_that_is_not_among_them_is_a_gap() {
        let collected = some(false);
        assert_eq!(collected.on(date(2026, 11, 2)), Some(Method::AccessLog));
        assert_eq!(collected.on(date(2026, 11, 3)), None);
        assert!(collected.is_gap(date(2026, 11, 3), date(2026, 11, 4)));
        assert_eq!(collected.count(date(2026, 11, 1), date(2026, 11, 5)), 2);
    }

    #[test]
    fn methods_are_in_one_order_whatever_that_of_the_days() {
        let month = (date(2026, 11, 1), date(2026, 11, 30));
        assert_eq!(some(false).method_names(month.0, month.1), "beacon,access_log");
        assert_eq!(some(true).method_names(month.0, month.1), "synthetic");
        assert_eq!(some(true).method_names(date(2026, 11, 3), date(2026, 11, 4)), "");
    }
}
