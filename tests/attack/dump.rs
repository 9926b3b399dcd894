//! Writes what everybody can read of a site, and beside it the truth, as the attack takes them.

use std::collections::BTreeMap;
use std::path::Path;

use jiff::civil::Date;
use parvis::dimension::{self, WITHIN};
use parvis::model::{COUNTED as FIGURES, Measures, Metric, MetricValue, Period, day_number};
use parvis::privacy::disclosure::audit::Relation;
use parvis::privacy::{CountLine, Figure, ObsStatus, Published, PublishedLine, StaffPass};
use parvis::release::{public_crossings, public_dimensions};
use parvis::store::block::{BlockLine, unpack};
use parvis::store::{By, Figures, HOURS, Question, Releases, WHOLE_SITE};
use serde_json::{Map, Value, json};

use crate::site::Invented;

/// What is done worse than the product does it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weakness {
    /// Nothing.
    None,
    /// Whatever has enough visitors is shown, whoever it betrays, to the nearest ten.
    Nearest,
    /// What is published is not rounded.
    Exact,
}

const COUNTED: [Metric; FIGURES] = [
    Metric::Views,
    Metric::Visitors,
    Metric::Visits,
    Metric::Bounces,
    Metric::Events,
    Metric::ReadingSeconds,
];

/// The exact figures of a table, by its two labels.
type Exact = BTreeMap<(String, String), Measures>;

/// One table, public and exact.
struct Table {
    dimension: String,
    crossed: Option<String>,
    period: Period,
    published: Published,
    exact: Exact,
}

pub struct Dump {
    tables: Vec<Table>,
    visitors_min: u64,
    weakness: Weakness,
}

impl Dump {
    pub fn of(invented: &Invented, weakness: Weakness) -> Self {
        let Invented { store, site, .. } = invented;
        let mut tables = Vec::new();
        let releases = store.latest_releases(site.host.as_str()).unwrap();
        let mut codes: Vec<(u8, u8)> = vec![(WHOLE_SITE, 0), (HOURS, 0)];
        codes.extend(public_dimensions().map(|one| (one.code, 0)));
        codes.extend(public_crossings().map(|(one, other)| (one.code, other.code)));
        for period in releases.iter().map(|release| release.period) {
            for &(first, second) in &codes {
                let Some(published) = store.released_table(site, (first, second), period).unwrap()
                else {
                    continue;
                };
                tables.push(Table {
                    dimension: name(first),
                    crossed: (second != 0).then(|| name(second)),
                    period,
                    exact: exact(invented, (first, second), period),
                    published,
                });
            }
        }
        Self { tables, visitors_min: site.rules.visitors_min, weakness }
    }

    pub fn write(&self, folder: &Path) {
        let public: Vec<_> = self.tables.iter().map(|table| self.public(table)).collect();
        let truth: Vec<_> = self.tables.iter().map(truth).collect();
        let mut all = json!({
            "rule": {
                "visitors_min": self.visitors_min,
                "rounded_to": if self.weakness == Weakness::Exact { 1 } else { 10 },
                "networks_least": match self.weakness {
                    Weakness::Nearest => None,
                    Weakness::None | Weakness::Exact => Some(self.visitors_min.div_ceil(2)),
                },
            },
            "tables": public,
            "silent": "empty",
            "nested": self.nested(),
            "orders": self.orders(),
        });
        for (name, sums) in self.sums() {
            all[name] = sums;
        }
        let write = |name: &str, value: Value| {
            std::fs::write(folder.join(name), value.to_string()).unwrap();
        };
        write("public.json", all);
        write("truth.json", json!({ "tables": truth }));
    }

    fn public(&self, table: &Table) -> Value {
        let is_identified = ["total", "hour"].contains(&table.dimension.as_str());
        let (rows, remainder) = match self.weakness {
            Weakness::Nearest => self.nearest(table, is_identified),
            Weakness::None | Weakness::Exact => {
                let remainder = table.published.remainder().map(|code| code.code());
                (table.published.lines().map(|line| self.row(table, &line)).collect(), remainder)
            }
        };
        json!({
            "dimension": table.dimension,
            "crossed": table.crossed,
            "period": table.period.to_string(),
            "identified": is_identified,
            "rows": rows,
            "remainder": remainder,
        })
    }

    /// A line as the product publishes it.
    fn row(&self, table: &Table, line: &PublishedLine<'_>) -> Value {
        let key = (line.label.to_owned(), line.second.to_owned());
        let exact = table.exact.get(&key).copied().unwrap_or_default();
        let figures = match (line.is_withheld(), line.obs_status) {
            (true, _) => Value::Null,
            (false, ObsStatus::NotCollected) => {
                self.figures(&exact, |metric| nearest(metric, &exact))
            }
            (false, _) => self.figures(&exact, |metric| line.figure(metric)),
        };
        json!({
            "label": line.label,
            "second": line.second,
            "conf_status": line.conf_status.code(),
            "figures": figures,
        })
    }

    /// The lines of a table by the weaker rule, and the code of those that have no name.
    fn nearest(&self, table: &Table, is_identified: bool) -> (Vec<Value>, Option<&'static str>) {
        let (mut rows, mut remainder) = (Vec::new(), None);
        for ((label, second), exact) in &table.exact {
            let figures = self.figures(exact, |metric| nearest(metric, exact));
            let is_shown = exact.visitors >= self.visitors_min || *exact == Measures::default();
            let code = if is_shown { "F" } else { "A" };
            if is_shown || is_identified {
                let figures = if is_shown { figures } else { Value::Null };
                rows.push(json!({
                    "label": label, "second": second, "conf_status": code, "figures": figures,
                }));
            } else {
                remainder = Some(code);
            }
        }
        (rows, remainder)
    }

    /// The figures as they are published.
    fn figures(&self, exact: &Measures, figure: impl Fn(Metric) -> Figure) -> Value {
        let mut figures = Map::new();
        for metric in COUNTED {
            if let Figure::Rounded(shown) = figure(metric) {
                let shown = match (self.weakness, metric.of(exact)) {
                    (Weakness::Exact, MetricValue::Count(count)) => count,
                    _ => shown,
                };
                figures.insert(metric.name().to_owned(), json!(shown));
            }
        }
        Value::Object(figures)
    }

    /// Which sums the data dictionary may promise: whatever is true in every table.
    fn sums(&self) -> [(&'static str, Value); 4] {
        let mut sums: [Map<String, Value>; 4] = std::array::from_fn(|_| Map::new());
        for one in public_dimensions() {
            let facts: [Vec<&str>; 4] = std::array::from_fn(|fact| {
                let places = 0..FIGURES;
                let true_of = places.filter(|&place| self.is_true(one.name, place, fact));
                true_of.map(|place| COUNTED[place].name()).collect()
            });
            for (sum, fact) in sums.iter_mut().zip(facts) {
                sum.insert(one.name.to_owned(), json!(fact));
            }
        }
        let [additive, covering, within, unbounded] = sums.map(Value::Object);
        [
            ("additive", additive),
            ("covering", covering),
            ("within", within),
            ("unbounded", unbounded),
        ]
    }

    fn is_true(&self, dimension: &str, place: usize, fact: usize) -> bool {
        // Who does something on a page need not have viewed it: of what was done, events add up.
        let is_of_deeds = dimension::named(dimension).is_some_and(|one| one.of.is_of_deeds());
        if is_of_deeds && COUNTED[place] != Metric::Events {
            return fact == 3;
        }
        // In a small site visitors may add up by chance; a reader knows what the dictionary says.
        let said = dimension::named(dimension).map_or(Relation::Free, |one| one.relations()[place]);
        let is_said = match fact {
            0 => said == Relation::Exact,
            1 => matches!(said, Relation::Exact | Relation::AtLeast),
            2 => matches!(said, Relation::Exact | Relation::AtMost),
            _ => true,
        };
        if !is_said {
            return false;
        }
        let wholes = self.tables.iter().filter(|table| table.dimension == "total");
        let pairs = wholes.filter_map(|whole| {
            let is_part = |table: &&Table| table.dimension == dimension && table.crossed.is_none();
            let part = self.tables.iter().filter(is_part).find(|one| one.period == whole.period)?;
            let total = whole.exact.values().next()?.counted()[place];
            Some((part.exact.values().map(|one| one.counted()[place]).collect::<Vec<_>>(), total))
        });
        let pairs: Vec<_> = pairs.collect();
        let all = |is: fn(u64, u64) -> bool| {
            pairs.iter().all(|(values, total)| is(values.iter().sum(), *total))
        };
        match fact {
            0 => all(|sum, total| sum == total),
            1 => all(|sum, total| sum >= total),
            2 => all(|sum, total| sum <= total),
            _ => pairs.iter().any(|(values, total)| values.iter().any(|value| value > total)),
        }
    }

    fn nested(&self) -> Vec<Value> {
        let mut nested: Vec<_> = WITHIN
            .iter()
            .map(|within| {
                let relation = match within.whole.name {
                    "section" => "prefix",
                    "country" => "code",
                    "missing" => "before_tab",
                    "event" => "label",
                    _ => "word_prefix",
                };
                let (part, whole) = (within.part.name, within.whole.name);
                let exact = ["browser", "system"].contains(&whole);
                let mut written = json!({
                    "parent": whole, "child": part, "relation": relation, "exact": exact,
                    "metrics": if exact { metric_names() } else { vec![] },
                });
                if relation == "label" {
                    written["label"] = json!(match part {
                        "download" => "download",
                        "outlink" => "outbound",
                        _ => "missing",
                    });
                    written["metrics"] = json!(["events"]);
                    written["exact"] = json!(true);
                }
                if relation == "prefix" {
                    written["metrics"] = json!(["views", "events", "reading_seconds"]);
                    written["exact"] = json!(true);
                }
                written
            })
            .collect();
        for child in ["entry_page", "exit_page"] {
            nested.push(json!({
                "parent": "page", "child": child, "relation": "same", "exact": false,
                "metrics": ["visitors", "visits"],
                "unbounded": ["views", "bounces", "events", "reading_seconds"],
            }));
        }
        nested
    }

    /// Which figures of a line are never more than another one.
    fn orders(&self) -> Value {
        let mut orders = Map::new();
        let mut names: Vec<_> = self.tables.iter().map(|one| one.dimension.clone()).collect();
        names.sort();
        names.dedup();
        for name in names {
            let is_true = |(smaller, greater): &(usize, usize)| {
                let of = self.tables.iter().filter(|table| table.dimension == name);
                let mut lines = of.flat_map(|table| table.exact.values());
                lines.all(|line| line.counted()[*smaller] <= line.counted()[*greater])
            };
            // Visitors and visits, visits and views, bounces and visits; of what was done, none.
            let is_viewed = dimension::named(&name).is_none_or(|one| one.has_views());
            let pairs: &[(usize, usize)] = match is_viewed {
                true if name == "hour" => &[(1, 0), (2, 0)],
                true => &[(1, 2), (2, 0), (1, 0), (3, 2)],
                false => &[],
            };
            let pairs = pairs.iter().filter(|pair| is_true(pair));
            let pairs = pairs.map(|&(one, other)| [COUNTED[one].name(), COUNTED[other].name()]);
            orders.insert(name.clone(), json!(pairs.collect::<Vec<_>>()));
        }
        Value::Object(orders)
    }
}

/// A figure to the nearest ten.
fn nearest(metric: Metric, exact: &Measures) -> Figure {
    match metric.of(exact) {
        MetricValue::Count(count) => Figure::Rounded((count + 5) / 10 * 10),
        MetricValue::Ratio(_) => Figure::Withheld,
    }
}

fn metric_names() -> Vec<&'static str> {
    COUNTED.iter().map(|metric| metric.name()).collect()
}

fn truth(table: &Table) -> Value {
    let row = |((label, second), measures): (&(String, String), &Measures)| {
        let names = COUNTED.iter().map(|metric| metric.name().to_owned());
        let figures: Map<_, _> =
            names.zip(measures.counted().map(|figure| json!(figure))).collect();
        json!({ "label": label, "second": second, "figures": figures })
    };
    json!({
        "dimension": table.dimension,
        "crossed": table.crossed,
        "period": table.period.to_string(),
        "rows": table.exact.iter().map(row).collect::<Vec<_>>(),
    })
}

fn name(code: u8) -> String {
    match code {
        WHOLE_SITE => "total".to_owned(),
        HOURS => "hour".to_owned(),
        code => dimension::coded(code).unwrap().name.to_owned(),
    }
}

fn exact(invented: &Invented, (first, second): (u8, u8), period: Period) -> Exact {
    let Invented { store, site, now, .. } = invented;
    let by = match first {
        WHOLE_SITE => By::Nothing,
        HOURS => By::Hour,
        code => By::Value(code),
    };
    let (start, last): (Date, Date) = (period.first(), period.last());
    let question = Question { site, first: start, last, by, filters: &[], now: *now };
    let pass = StaffPass::signed_in("judge".to_owned());
    if second == 0 {
        let counts = store.counts(&question).unwrap();
        // What people typed is told to nobody below the threshold: the judge looks in the file.
        if !counts.heading().staff_below_threshold {
            return typed(invented, first, period);
        }
        return of_lines(counts.exact(&pass));
    }
    of_lines(store.crossed(&question, second).unwrap().exact(&pass))
}

fn of_lines(lines: Vec<CountLine>) -> Exact {
    lines.into_iter().map(|line| ((line.label, line.second), line.measures)).collect()
}

/// The lines of a breakdown as they lie in the store's file.
fn typed(invented: &Invented, code: u8, period: Period) -> Exact {
    let file = rusqlite::Connection::open(invented.folder.path().join("store.sqlite")).unwrap();
    let sql = "select lines from block where first = ?1 and second = 0 and scale = 1
                  and start between ?2 and ?3";
    let mut statement = file.prepare(sql).unwrap();
    let days = (day_number(period.first()), day_number(period.last()));
    let asked = rusqlite::params![code, days.0, days.1];
    let blocks = statement.query_map(asked, |row| row.get::<_, Vec<u8>>(0)).unwrap();
    let mut exact = Exact::new();
    for packed in blocks.map(Result::unwrap) {
        let add = |line: BlockLine| {
            let sql = "select text from value where id = ?1";
            let text = file.query_row(sql, [line.first], |row| row.get(0)).unwrap();
            let sum: &mut Measures = exact.entry((text, String::new())).or_default();
            sum.add(line.measures);
        };
        unpack(&packed, add).unwrap();
    }
    exact
}
