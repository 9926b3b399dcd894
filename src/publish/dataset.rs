//! The datasets of figures: what a file is about, its columns, and its rows made of released
//! tables.

use std::borrow::Cow;

use crate::dimension::{self, BETWEEN, Dimension};
use crate::model::{Metric, Period, Words};
use crate::privacy::{
    ConfStatus, Figure, ObsStatus, Published, PublishedLine, WITHHELD_LABEL, names_no_value,
};
use crate::publish::columns::{CONF, FIGURES, METHOD, OBS, PERIOD, RULE, SITE, label_column};
use crate::publish::table::{Row, Schema, Value};
use crate::query::LineMethods;
use crate::release::TOTAL;
use crate::store::{HOURS, Method, WHOLE_SITE};

/// What a file is about.
#[derive(Clone, Copy)]
pub enum Dataset {
    /// The figures of the site: by hour for a day, by day for a month or a year.
    Traffic,
    /// The figures by the values of a dimension, under the name of the dataset.
    Breakdown(&'static str, &'static Dimension),
}

/// The datasets that are breakdowns: their name, that of the dimension, and that for people.
const BREAKDOWNS: [(&str, &str, Words); 20] = [
    ("pages", "page", Words::new("Pages consultées", "Pages")),
    ("entry_pages", "entry_page", Words::new("Pages d'entrée", "Entry pages")),
    ("exit_pages", "exit_page", Words::new("Pages de sortie", "Exit pages")),
    ("sections", "section", Words::new("Rubriques", "Sections")),
    ("hosts", "host", Words::new("Hôtes du site", "Hosts")),
    ("sources", "source", Words::new("Provenances", "Sources")),
    ("source_kinds", "source_kind", Words::new("Types de provenance", "Kinds of source")),
    ("countries", "country", Words::new("Pays", "Countries")),
    ("regions", "region", Words::new("Régions", "Regions")),
    ("devices", "device", Words::new("Appareils", "Devices")),
    ("browsers", "browser", Words::new("Navigateurs", "Browsers")),
    ("systems", "system", Words::new("Systèmes", "Operating systems")),
    ("screens", "screen", Words::new("Largeurs d'écran", "Screens")),
    ("languages", "language", Words::new("Langues", "Languages")),
    ("downloads", "download", Words::new("Documents téléchargés", "Downloads")),
    ("outlinks", "outlink", Words::new("Liens sortants", "Outbound links")),
    ("searches", "search", Words::new("Recherches sur le site", "Searches")),
    ("events", "event", Words::new("Événements", "Events")),
    ("missing", "missing", Words::new("Pages introuvables", "Missing pages")),
    (
        "missing_from",
        "missing_from",
        Words::new("Liens vers des pages introuvables", "Links to missing pages"),
    ),
];

/// Every dataset of figures.
pub fn datasets() -> impl Iterator<Item = Dataset> {
    let breakdowns = BREAKDOWNS.into_iter().filter_map(|(name, of, _)| {
        dimension::named(of).map(|dimension| Dataset::Breakdown(name, dimension))
    });
    std::iter::once(Dataset::Traffic).chain(breakdowns)
}

/// The dataset that is the breakdown by the dimension of this name.
pub fn dataset_of(dimension: &str) -> Option<Dataset> {
    datasets().find(|one| matches!(one, Dataset::Breakdown(_, of) if of.name == dimension))
}

/// The parts of a label, one a column, as people read them.
pub(super) fn label_parts(label: &str, columns: usize) -> Vec<&str> {
    let mut parts: Vec<_> = label.splitn(columns.max(1), BETWEEN).collect();
    parts.resize(columns, if names_no_value(label) { label } else { "" });
    parts
}

impl Dataset {
    /// Its name in addresses.
    pub fn name(self) -> &'static str {
        match self {
            Self::Traffic => "traffic",
            Self::Breakdown(name, _) => name,
        }
    }

    /// Its name for people.
    pub fn title(self) -> Words {
        let known = BREAKDOWNS.iter().find(|one| one.0 == self.name());
        known.map_or(Words::new("Fréquentation", "Traffic"), |one| one.2)
    }

    /// What a line is about, as people read it.
    pub(super) fn readable(self, label: &str) -> Cow<'_, str> {
        match self {
            Self::Traffic => Cow::Borrowed(label),
            Self::Breakdown(_, dimension) => dimension.readable(label),
        }
    }

    /// The columns of what its lines are about, beside the period.
    pub fn columns(self) -> &'static [&'static str] {
        match self {
            Self::Traffic => &[],
            Self::Breakdown(_, dimension) => dimension.columns,
        }
    }

    /// The dimensions of the tables that it is made of, for a file of this period.
    pub fn dimension(self, period: Period) -> u8 {
        match (self, period) {
            (Self::Traffic, Period::Day(_)) => HOURS,
            (Self::Traffic, Period::Month(_) | Period::Year(_)) => WHOLE_SITE,
            (Self::Breakdown(_, dimension), _) => dimension.code,
        }
    }

    /// Is a file of this period made of the tables of its days, and not of its own?
    pub fn is_by_day(self, period: Period) -> bool {
        matches!(self, Self::Traffic) && !matches!(period, Period::Day(_))
    }

    /// What its files hold.
    pub fn schema(self) -> Schema {
        let mut columns = vec![SITE, PERIOD];
        columns.extend(self.columns().iter().map(|name| label_column(name)));
        columns.extend(FIGURES);
        columns.extend([METHOD, RULE, OBS, CONF]);
        let mut primary_key = vec!["site", "period"];
        primary_key.extend(self.columns());
        Schema {
            dataset: self.name(),
            title: self.title(),
            description: self.description(),
            columns,
            primary_key,
        }
    }

    fn description(self) -> Words {
        match self {
            Self::Traffic => Words::new(
                "Pages vues, visiteurs, visites, rebonds, événements et durée de visite d'un \
                 site : par heure pour un jour, par jour pour un mois ou une année. Les lignes \
                 lues depuis trop peu de réseaux ne sont pas diffusées, les autres sont arrondies \
                 à une dizaine voisine.",
                "Page views, visitors, visits, bounces, events and visit duration of a site: by \
                 hour for a day, by day for a month or a year. Lines with readers from too \
                 few networks are withheld, all others are rounded to a ten beside.",
            ),
            Self::Breakdown(..) => Words::new(
                "Mesures d'audience d'un site selon cette ventilation, pour un jour, un mois ou \
                 une année. Les lignes lues depuis trop peu de réseaux sont réunies sans leur nom \
                 dans la ligne :withheld, les autres sont arrondies à une dizaine voisine. La \
                 ligne :not_collected dit que rien n'a été recueilli.",
                "Audience of a site by this breakdown, for a day, a month or a year. Lines \
                 with readers from too few networks are one line without their names, :withheld; \
                 all others are rounded to a ten beside. The line :not_collected says that \
                 nothing was collected.",
            ),
        }
    }

    /// The rows of one table. `period` is that of the file or, by day, of the table.
    pub fn rows(self, table: &Published, period: Period, said: Said<'_>) -> Vec<Row> {
        let of = RowsOf { dataset: self, table, period: period.to_string(), said };
        let lines = table.lines().map(|line| of.row(&line));
        let rest = table.remainder().map(|code| of.rest(code));
        lines.chain(rest).collect()
    }
}

/// What the lines of a table say beside their figures.
#[derive(Clone, Copy)]
pub struct Said<'a> {
    /// How they were collected.
    pub methods: &'a LineMethods,
    /// The version of the rules of disclosure control.
    pub rule: &'a str,
}

struct RowsOf<'a> {
    dataset: Dataset,
    table: &'a Published,
    period: String,
    said: Said<'a>,
}

impl RowsOf<'_> {
    fn row(&self, line: &PublishedLine<'_>) -> Row {
        let is_hour = matches!(self.dataset, Dataset::Traffic) && line.label != TOTAL;
        let period = if is_hour { line.label.to_owned() } else { self.period.clone() };
        let mut row = self.begin(period, line.label);
        let methods = self.said.methods.of(line.label);
        row.extend(FIGURES.map(|column| figure(line, column.name, methods)));
        self.end(row, methods, (line.obs_status, line.conf_status))
    }

    fn rest(&self, code: ConfStatus) -> Row {
        let mut row = self.begin(self.period.clone(), WITHHELD_LABEL);
        row.extend(FIGURES.map(|_| Value::Nothing));
        self.end(row, self.said.methods.of_rest(), (ObsStatus::Suppressed, code))
    }

    fn begin(&self, period: String, label: &str) -> Row {
        let mut row = vec![Value::Text(self.table.heading().site.to_string()), Value::Text(period)];
        let label = self.dataset.readable(label);
        let parts = label_parts(&label, self.dataset.columns().len());
        row.extend(parts.into_iter().map(|part| Value::Text(part.to_owned())));
        row
    }

    fn end(
        &self,
        mut row: Row,
        methods: &[Method],
        (obs_status, conf_status): (ObsStatus, ConfStatus),
    ) -> Row {
        // What was not collected was collected by no method.
        let is_gap = obs_status == ObsStatus::NotCollected;
        let method = if is_gap { String::new() } else { Method::names(methods) };
        let texts = [method.as_str(), self.said.rule, obs_status.code(), conf_status.code()];
        row.extend(texts.map(|text| Value::Text(text.to_owned())));
        row
    }
}

fn figure(line: &PublishedLine<'_>, name: &str, methods: &[Method]) -> Value {
    let metric = Metric::named(name).filter(|metric| Method::give(methods, *metric));
    match metric.map(|metric| line.figure(metric)) {
        Some(Figure::Rounded(figure)) => Value::Integer(figure),
        Some(Figure::Ratio(Some(ratio))) => Value::Number(ratio as f64),
        Some(Figure::Ratio(None) | Figure::Withheld) | None => Value::Nothing,
    }
}
