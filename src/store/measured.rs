//! What each method can measure: the one table that files, answers, pages and the dictionary of
//! methods follow. What a method cannot give is not collected, and never zero.

use crate::dimension::{self, Dimension};
use crate::model::Metric;
use crate::store::Method;

/// What no line of an access log says: how long a page was read.
const METRICS_NOT_IN_LOGS: [Metric; 2] = [Metric::ReadingSeconds, Metric::VisitSeconds];

/// What no line of an access log says: the width of the window, the language that the browser
/// prefers, what the page's title was, which links to other sites were followed, and what features
/// were used with which properties.
const DIMENSIONS_NOT_IN_LOGS: [&str; 5] = ["screen", "language", "title", "outlink", "property"];

/// What an access log in the common format does not say either: what software asked, and what led
/// to the page.
const DIMENSIONS_NOT_IN_COMMON_LOGS: [&str; 9] = [
    "browser",
    "browser_version",
    "country_device",
    "device",
    "missing_from",
    "source",
    "source_kind",
    "system",
    "system_version",
];

impl Method {
    /// Can it give this metric?
    pub fn measures(self, metric: Metric) -> bool {
        match self {
            Self::Beacon | Self::Synthetic => true,
            Self::AccessLog | Self::CommonLog => !METRICS_NOT_IN_LOGS.contains(&metric),
        }
    }

    /// Can it give this breakdown? The whole site, its hours and what this version does not know
    /// are no breakdowns, and every method gives them.
    pub fn breaks_down_by(self, dimension: u8) -> bool {
        let is_in_logs = |one: &'static Dimension| !DIMENSIONS_NOT_IN_LOGS.contains(&one.name);
        let is_in_common =
            |one: &'static Dimension| !DIMENSIONS_NOT_IN_COMMON_LOGS.contains(&one.name);
        let dimension = dimension::coded(dimension);
        match self {
            Self::Beacon | Self::Synthetic => true,
            Self::AccessLog => dimension.is_none_or(is_in_logs),
            Self::CommonLog => dimension.is_none_or(|one| is_in_logs(one) && is_in_common(one)),
        }
    }

    /// Is this metric given for days that were collected by these methods together? A sum is that
    /// of the days that measure it; an average needs all of them to.
    pub fn give(methods: &[Self], metric: Metric) -> bool {
        let is_average = matches!(metric, Metric::BounceRate | Metric::VisitSeconds);
        let mut measure = methods.iter().map(|method| method.measures(metric));
        match is_average {
            true => measure.all(|measures| measures),
            false => methods.is_empty() || measure.any(|measures| measures),
        }
    }

    /// The metrics and breakdowns that it cannot give, by their names.
    pub fn cannot_give(self) -> Vec<&'static str> {
        let metrics = Metric::ALL.into_iter().filter(|metric| !self.measures(*metric));
        let dimensions = dimension::ALL.into_iter().filter(|one| !self.breaks_down_by(one.code));
        metrics.map(Metric::name).chain(dimensions.map(|one| one.name)).collect()
    }

    /// The methods of these names, by commas.
    pub fn of_names(names: &str) -> Vec<Self> {
        names.split(',').filter_map(Self::named).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BOTH: [Method; 2] = [Method::Beacon, Method::AccessLog];

    #[test]
    fn a_log_says_nothing_of_reading_and_of_windows() {
        let cannot = Method::AccessLog.cannot_give();
        assert_eq!(cannot[..2], ["reading_seconds", "visit_seconds"]);
        for name in DIMENSIONS_NOT_IN_LOGS {
            assert!(cannot.contains(&name) && dimension::named(name).is_some(), "{name}");
        }
        let of_common = Method::CommonLog.cannot_give();
        assert_eq!(of_common[..2], cannot[..2]);
        assert!(cannot.iter().all(|name| of_common.contains(name)));
        for name in DIMENSIONS_NOT_IN_COMMON_LOGS {
            assert!(of_common.contains(&name) && dimension::named(name).is_some(), "{name}");
            assert!(!cannot.contains(&name), "{name}");
        }
        assert!(
            Method::Beacon.cannot_give().is_empty() && Method::Synthetic.cannot_give().is_empty()
        );
    }

    #[test]
    fn a_sum_is_that_of_the_days_that_measure_it_and_an_average_needs_all_of_them() {
        assert!(Method::give(&BOTH, Metric::ReadingSeconds));
        assert!(!Method::give(&BOTH, Metric::VisitSeconds));
        assert!(Method::give(&BOTH, Metric::BounceRate));
        assert!(!Method::give(&BOTH[1..], Metric::ReadingSeconds));
        assert!(
            Method::give(&[], Metric::ReadingSeconds) && Method::give(&[], Metric::VisitSeconds)
        );
        assert_eq!(Method::of_names("beacon,access_log"), BOTH);
    }
}
