//! What is measured: the kinds of hit a beacon can report, the figures kept of them, and the
//! metrics made of those.

use crate::model::words::Words;

/// What one hit reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KindOfHit {
    /// A page shown to a person: the only kind that counts as a page view and makes a visitor.
    View,
    /// Something done on a page: a download, an outbound link, a page not found, a declared
    /// feature.
    Event,
    /// Whole seconds of visible reading time on a page.
    Reading(u16),
}

/// Seconds without a view after which a visitor's next view begins a new visit: 30 minutes, as all
/// audience tools count it.
pub const VISIT_GAP_SECONDS: u32 = 30 * 60;

/// So many views and so many events of one visitor on one day are published at most: those after
/// are counted beside the others as over. A page is read in a minute or two, and half an hour of
/// reading is a long visit; what one reader adds to a figure is bounded by it, so that a heavy
/// reader among few can be neither seen nor guessed.
pub const READER_HITS_MAX: u32 = 30;

/// The figures of one line: a site, a page, a country, over an hour or a day. Each of them may be
/// added over days, because no visitor and no visit reaches over midnight.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Measures {
    /// Page views.
    pub views: u64,
    /// Distinct visitor keys on one site on one local day; over several days, the sum of the days.
    pub visitors: u64,
    /// Visits: a visitor's views with no gap of 30 minutes or more, within one local day.
    pub visits: u64,
    /// Visits with exactly one view and no event.
    pub bounces: u64,
    /// Events other than page views.
    pub events: u64,
    /// Visible reading time, in seconds.
    pub reading_seconds: u64,
    /// Of the views, those after the first [`READER_HITS_MAX`] of a visitor on the day.
    pub views_over: u64,
    /// Of the events, the same.
    pub events_over: u64,
}

/// How many figures a line has.
pub const FIGURES: usize = 8;

/// How many of them are metrics by themselves: the first ones.
pub const COUNTED: usize = 6;

impl Measures {
    /// Adds another line's figures to these.
    pub fn add(&mut self, other: Self) {
        self.views += other.views;
        self.visitors += other.visitors;
        self.visits += other.visits;
        self.bounces += other.bounces;
        self.events += other.events;
        self.reading_seconds += other.reading_seconds;
        self.views_over += other.views_over;
        self.events_over += other.events_over;
    }

    /// What is left when another line is taken away, as for "all but this page".
    pub fn without(self, other: Self) -> Self {
        let (left, taken) = (self.figures(), other.figures());
        Self::of_figures(std::array::from_fn(|place| left[place].saturating_sub(taken[place])))
    }

    /// The figures in the order in which they are stored.
    pub fn figures(self) -> [u64; FIGURES] {
        let Self { views, visitors, visits, bounces, events, reading_seconds, .. } = self;
        let Self { views_over, events_over, .. } = self;
        [views, visitors, visits, bounces, events, reading_seconds, views_over, events_over]
    }

    /// Those that are metrics by themselves, in the same order.
    pub fn counted(self) -> [u64; COUNTED] {
        let figures = self.figures();
        std::array::from_fn(|place| figures[place])
    }

    /// A line of those that are metrics by themselves, of which nothing is over.
    pub fn of_counted(counted: [u64; COUNTED]) -> Self {
        let mut figures = [0; FIGURES];
        figures[..COUNTED].copy_from_slice(&counted);
        Self::of_figures(figures)
    }

    /// The line of these figures.
    pub fn of_figures(figures: [u64; FIGURES]) -> Self {
        let [views, visitors, visits, bounces, events, reading_seconds, ..] = figures;
        let [.., views_over, events_over] = figures;
        Self { views, visitors, visits, bounces, events, reading_seconds, views_over, events_over }
    }
}

/// A figure that can be asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Metric {
    /// Page views.
    Views,
    /// Visitors.
    Visitors,
    /// Visits.
    Visits,
    /// Visits with one view and no event.
    Bounces,
    /// Bounces for a hundred visits.
    BounceRate,
    /// Events.
    Events,
    /// Visible reading time, in seconds.
    ReadingSeconds,
    /// Visible reading time of a visit on average, in seconds.
    VisitSeconds,
}

/// A metric's value: a count, or a ratio that may have nothing to divide by.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum MetricValue {
    /// A whole number.
    Count(u64),
    /// A ratio; nothing where there was no visit.
    Ratio(Option<f64>),
}

impl Metric {
    /// Every metric, in the order of columns.
    pub const ALL: [Self; 8] = [
        Self::Views,
        Self::Visitors,
        Self::Visits,
        Self::Bounces,
        Self::BounceRate,
        Self::Events,
        Self::ReadingSeconds,
        Self::VisitSeconds,
    ];

    /// Those that are counted and stored, in the order of [`Measures::figures`].
    pub const COUNTED: [Self; 6] = [
        Self::Views,
        Self::Visitors,
        Self::Visits,
        Self::Bounces,
        Self::Events,
        Self::ReadingSeconds,
    ];

    /// Its name in addresses, columns and files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Views => "views",
            Self::Visitors => "visitors",
            Self::Visits => "visits",
            Self::Bounces => "bounces",
            Self::BounceRate => "bounce_rate",
            Self::Events => "events",
            Self::ReadingSeconds => "reading_seconds",
            Self::VisitSeconds => "visit_seconds",
        }
    }

    /// The metric of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|metric| metric.name() == name)
    }

    /// What it means, in the words of the promises.
    pub const fn meaning(self) -> Words {
        match self {
            Self::Views => Words::new(
                "pages vues : pages affichées à une personne, telles que le marqueur (ou une ligne \
                 de journal importée) les signale",
                "page views: pages shown to a person, as the beacon (or an imported log line) \
                 reports them",
            ),
            Self::Visitors => Words::new(
                "visiteurs : clés de visiteur distinctes d'un site sur un jour local ; les \
                 visiteurs de plusieurs jours sont une somme de jours, ceux de plusieurs sites une \
                 somme de sites, sans dédoublonnage",
                "visitors: distinct visitor keys on one site on one local day; visitors of several \
                 days are a sum of days, and of several sites a sum of sites, not deduplicated",
            ),
            Self::Visits => Words::new(
                "visites : vues d'un visiteur sur un site sans pause de 30 minutes ou plus, dans \
                 un même jour local",
                "visits: a visitor's views on a site with no gap of 30 minutes or more, within one \
                 local day",
            ),
            Self::Bounces => Words::new(
                "rebonds : visites d'une seule page vue et d'aucun autre événement",
                "bounces: visits with exactly one view and no other event",
            ),
            Self::BounceRate => Words::new(
                "taux de rebond : rebonds pour cent visites",
                "bounce rate: bounces for a hundred visits",
            ),
            Self::Events => Words::new(
                "événements : téléchargements, liens sortants, pages introuvables et fonctions \
                 déclarées, à chaque usage",
                "events: downloads, outbound links, pages not found and declared features, each \
                 time they were used",
            ),
            Self::ReadingSeconds => Words::new(
                "temps de lecture : secondes pendant lesquelles la page était visible",
                "reading time: seconds of visible reading time",
            ),
            Self::VisitSeconds => Words::new(
                "durée de visite : secondes de lecture visible d'une visite, en moyenne",
                "visit duration: seconds of visible reading time of a visit, on average",
            ),
        }
    }

    /// What it means, in English, as programs read it.
    pub const fn definition(self) -> &'static str {
        self.meaning().en
    }

    /// Its value in a line.
    pub fn of(self, line: &Measures) -> MetricValue {
        let per_visit = |figure: u64| {
            let ratio = figure as f64 / line.visits as f64;
            MetricValue::Ratio((line.visits > 0).then_some(ratio))
        };
        match self {
            Self::Views => MetricValue::Count(line.views),
            Self::Visitors => MetricValue::Count(line.visitors),
            Self::Visits => MetricValue::Count(line.visits),
            Self::Bounces => MetricValue::Count(line.bounces),
            Self::BounceRate => per_visit(line.bounces * 100),
            Self::Events => MetricValue::Count(line.events),
            Self::ReadingSeconds => MetricValue::Count(line.reading_seconds),
            Self::VisitSeconds => per_visit(line.reading_seconds),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ratios_are_of_visits_and_none_without_one() {
        let line = Measures { visits: 8, bounces: 2, reading_seconds: 100, ..Measures::default() };
        assert_eq!(Metric::BounceRate.of(&line), MetricValue::Ratio(Some(25.0)));
        assert_eq!(Metric::VisitSeconds.of(&line), MetricValue::Ratio(Some(12.5)));
        assert_eq!(Metric::BounceRate.of(&Measures::default()), MetricValue::Ratio(None));
    }

    #[test]
    fn figures_keep_their_order() {
        let line = Measures::of_figures([1, 2, 3, 4, 5, 6, 7, 8]);
        assert_eq!((line.views, line.reading_seconds, line.events_over), (1, 6, 8));
        assert_eq!(line.figures(), [1, 2, 3, 4, 5, 6, 7, 8]);
        assert_eq!(line.counted(), [1, 2, 3, 4, 5, 6]);
        let left = line.without(Measures::of_figures([1; FIGURES]));
        assert_eq!(left.figures(), [0, 1, 2, 3, 4, 5, 6, 7]);
    }

    #[test]
    fn metrics_are_read_by_their_names() {
        assert!(Metric::ALL.iter().all(|metric| Metric::named(metric.name()) == Some(*metric)));
        assert_eq!(Metric::named("hits"), None);
    }
}
