//! An answer as a table, so that every format of the files writes it too.

use std::io;

use jiff::civil::Date;

use crate::model::{Metric, Words};
use crate::privacy::RELEASE_RULE;
use crate::publish::answer::{Beside, hundredths, label_columns};
use crate::publish::columns::{CONF, METHOD, OBS, RULE, label_column, metric_column, metric_title};
use crate::publish::dataset::label_parts;
use crate::publish::table::{Column, Format, Head, Kind, Row, Schema, Value};
use crate::publish::{GENERATOR, LICENCE};
use crate::query::{Answer, Ask, Compared, Row as Line, Shown};
use crate::store::Method;

/// The answer as the bytes of a file.
pub fn answer_as_file(
    format: &dyn Format,
    ask: &Ask,
    answer: &Answer,
    beside: &Beside<'_>,
) -> io::Result<Vec<u8>> {
    let head = Head {
        about: beside.name.to_owned(),
        period: Some(format!("{}/{}", answer.first, answer.last)),
        time_zone: match beside.time_zones.as_slice() {
            [one] => Some(one.clone()),
            _ => None,
        },
        revision: 0,
        released: None,
        reason: None,
        generator: GENERATOR.to_owned(),
        rule: rule(beside),
        method: Method::names(&beside.methods),
        licence: match beside.licences.as_slice() {
            [one] => (*one).to_owned(),
            _ => LICENCE.to_owned(),
        },
        synthetic: answer.synthetic,
    };
    let mut bytes = Vec::new();
    let mut rows = answer.rows.iter().map(|line| Ok(row(ask, answer, beside, line)));
    format.write(&head, &schema(ask, answer, beside), &mut rows, &mut bytes)?;
    Ok(bytes)
}

fn rule(beside: &Beside<'_>) -> &'static str {
    if beside.exact { "exact" } else { RELEASE_RULE }
}

fn schema(ask: &Ask, answer: &Answer, beside: &Beside<'_>) -> Schema {
    let labels = label_columns(ask.what);
    let mut columns = vec![
        text(beside.about, Words::new("Périmètre", "About")),
        Column { kind: Kind::Date, ..text("first", Words::new("Premier jour", "First day")) },
        Column { kind: Kind::Date, ..text("last", Words::new("Dernier jour", "Last day")) },
    ];
    columns.extend(labels.iter().map(|name| label_column(name)));
    columns.extend(answer.metrics.iter().map(|metric| metric_column(*metric)));
    if answer.compared.is_some() {
        columns.extend(comparison(&answer.metrics));
    }
    let count =
        |name, title| Column { kind: Kind::Integer, may_be_empty: true, ..text(name, title) };
    columns.extend([
        count("cells_released", Words::new("Valeurs additionnées", "Figures added up")),
        count("cells_withheld", Words::new("Valeurs non diffusées", "Figures withheld")),
        count(
            "cells_not_collected",
            Words::new("Valeurs non recueillies", "Figures not collected"),
        ),
        METHOD,
        RULE,
        OBS,
        Column { may_be_empty: true, ..CONF },
    ]);
    let mut primary_key = vec![beside.about, "first", "last"];
    primary_key.extend(labels);
    let title = Words::new("Réponse à une question", "Answer to a question");
    Schema { dataset: "answer", title, description: title, columns, primary_key }
}

fn text(name: &'static str, title: Words) -> Column {
    Column { name, kind: Kind::Text, title, description: title, may_be_empty: false }
}

/// The columns of a comparison: the days that are compared, and each metric over those days, in the
/// period of the question and in the other one.
fn comparison(metrics: &[Metric]) -> Vec<Column> {
    let title = Words::new("Jours comparés", "Days compared");
    let meaning = Words::new(
        "Nombre de jours de cette ligne comptés des deux côtés, aux mêmes jours de la semaine",
        "How many days of the line both sides count, on the same days of the week",
    );
    let days = Column {
        kind: Kind::Integer,
        may_be_empty: true,
        description: meaning,
        ..text("compared_days", title)
    };
    let names = metrics.iter().flat_map(|&metric| {
        let (own, other) = match metric {
            Metric::Views => ("comparable_views", "compared_views"),
            Metric::Visitors => ("comparable_visitors", "compared_visitors"),
            Metric::Visits => ("comparable_visits", "compared_visits"),
            Metric::Bounces => ("comparable_bounces", "compared_bounces"),
            Metric::BounceRate => ("comparable_bounce_rate", "compared_bounce_rate"),
            Metric::Events => ("comparable_events", "compared_events"),
            Metric::ReadingSeconds => ("comparable_reading_seconds", "compared_reading_seconds"),
            Metric::VisitSeconds => ("comparable_visit_seconds", "compared_visit_seconds"),
        };
        let title = metric_title(metric);
        [own, other].map(|name| Column { name, title, ..metric_column(metric) })
    });
    let date = |name, title, description| Column {
        kind: Kind::Date,
        may_be_empty: true,
        description,
        ..text(name, title)
    };
    let own = Words::new("Jour de la période demandée", "Day of the period that was asked for");
    let other = Words::new("Jour de l'autre période", "Day of the other period");
    let left_out = Column {
        may_be_empty: true,
        description: Words::new(
            "Jours laissés de côté dans les deux périodes, par raison : open=2,withheld=1",
            "Days left out of both periods, by reason: open=2,withheld=1",
        ),
        ..text("compared_left_out", Words::new("Jours non comparés", "Days not compared"))
    };
    let first = Words::new("Premier jour comparé", "First day compared");
    let last = Words::new("Dernier jour comparé", "Last day compared");
    let days = [
        days,
        date("comparable_first", first, own),
        date("comparable_last", last, own),
        date("compared_first", first, other),
        date("compared_last", last, other),
        left_out,
    ];
    days.into_iter().chain(names).collect()
}

fn row(ask: &Ask, answer: &Answer, beside: &Beside<'_>, line: &Line) -> Row {
    let labels = label_columns(ask.what);
    let days = [answer.first, answer.last].map(|day| Value::Text(day.to_string()));
    let mut row = vec![Value::Text(beside.name.to_owned())];
    row.extend(days);
    let parts = label_parts(&line.label, labels.len());
    row.extend(parts.into_iter().map(|part| Value::Text(part.to_owned())));
    row.extend(line.figures.iter().map(value));
    if let Some(compared) = &answer.compared {
        row.extend(compared_days(compared, line));
        for place in 0..answer.metrics.len() {
            let sides = line.compared.as_ref().map(|pair| [&pair.own, &pair.other]);
            let figure = |side: usize| sides.and_then(|sides| sides[side].get(place));
            row.extend([0, 1].map(|side| figure(side).map_or(Value::Nothing, value)));
        }
    }
    let count = |figure: Option<u32>| figure.map_or(Value::Nothing, |it| Value::Integer(it.into()));
    row.push(count(line.cells.map(|cells| cells.released)));
    row.push(count(line.cells.map(|cells| cells.withheld)));
    row.push(count(line.cells.and_then(|cells| cells.not_collected)));
    let method = line.method();
    let codes = [&method, rule(beside), line.obs_status].map(|code| Value::Text(code.to_owned()));
    row.extend(codes);
    row.push(line.conf_status.map_or(Value::Nothing, |code| Value::Text(code.to_owned())));
    row
}

/// Which days of a line are compared, and how many of the question are not, by reason.
fn compared_days(compared: &Compared, line: &Line) -> Vec<Value> {
    let pair = line.compared.as_ref();
    let days = pair.map(|pair| pair.days as u64);
    let run = pair.and_then(|pair| pair.run);
    let date = |date: Option<Date>| date.map_or(Value::Nothing, |it| Value::Text(it.to_string()));
    let left_out = compared.left_out.iter();
    let left_out: Vec<_> = left_out.map(|(gap, days)| format!("{}={days}", gap.name())).collect();
    vec![
        days.map_or(Value::Nothing, Value::Integer),
        date(run.map(|run| run.own.first)),
        date(run.map(|run| run.own.last)),
        date(run.map(|run| run.other.first)),
        date(run.map(|run| run.other.last)),
        Value::Text(left_out.join(",")),
    ]
}

fn value(figure: &Shown) -> Value {
    match figure {
        Shown::Count(count) => Value::Integer(*count),
        Shown::Ratio(Some(ratio)) => Value::Number(hundredths(*ratio)),
        Shown::Ratio(None) | Shown::Withheld | Shown::NotCollected => Value::Nothing,
    }
}
