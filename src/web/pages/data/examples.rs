//! The same file read by pandas, R and DuckDB, each column in the type that its schema gives it:
//! left to guess, they take the year `2026` for a number and the code `F` for false.

use crate::publish::table::{Column, Kind, Schema};

/// Letters of a line, beyond which the columns go on in the next one.
const LINE_LETTERS_MAX: usize = 76;

/// The name of each program, and how it reads the file at an address.
pub fn all(schema: &Schema, address: &str) -> [(&'static str, String); 3] {
    [
        ("Python (pandas)", pandas(schema, address)),
        ("R", r(schema, address)),
        ("SQL (DuckDB)", duckdb(schema, address)),
    ]
}

/// Reads the file with pandas.
fn pandas(schema: &Schema, address: &str) -> String {
    let typed = |column: &Column| Some(format!("\"{}\": \"{}\"", column.name, dtype(column.kind)?));
    let moments = schema.columns.iter().filter(|column| dtype(column.kind).is_none());
    let moments: Vec<_> = moments.map(|column| format!("\"{}\"", column.name)).collect();
    let dates = match moments.as_slice() {
        [] => String::new(),
        moments => format!("    parse_dates=[{}],\n", moments.join(", ")),
    };
    let typed = lines(schema.columns.iter().filter_map(typed), "        ");
    format!(
        r#"import pandas

figures = pandas.read_csv(
    "{address}",
    dtype={{
{typed}
    }},
{dates}    keep_default_na=False,
    na_values=[""],
)
print(figures.head())"#
    )
}

/// Reads the file with R.
fn r(schema: &Schema, address: &str) -> String {
    let typed = |column: &Column| format!("{} = \"{}\"", column.name, class(column.kind));
    let typed = lines(schema.columns.iter().map(typed), "    ");
    format!(
        r#"figures <- read.csv(
  "{address}",
  colClasses = c(
{typed}
  ),
  na.strings = "",
  encoding = "UTF-8"
)
head(figures)"#
    )
}

/// Reads the file with DuckDB.
fn duckdb(schema: &Schema, address: &str) -> String {
    let typed = |column: &Column| format!("'{}': '{}'", column.name, sql_type(column.kind));
    let typed = lines(schema.columns.iter().map(typed), "      ");
    format!(
        "select *
  from read_csv(
    '{address}',
    header = true,
    columns = {{
{typed}
    }}
  )
 limit 10;"
    )
}

/// The parts with commas, as many in a line as fit.
fn lines(parts: impl Iterator<Item = String>, indent: &str) -> String {
    let mut lines: Vec<String> = Vec::new();
    for part in parts {
        match lines.last_mut() {
            Some(line) if line.len() + part.len() + 2 <= LINE_LETTERS_MAX => {
                line.push_str(", ");
                line.push_str(&part);
            }
            _ => lines.push(format!("{indent}{part}")),
        }
    }
    lines.join(",\n")
}

/// The type of pandas; nothing for what it parses as a date.
fn dtype(kind: Kind) -> Option<&'static str> {
    match kind {
        Kind::Text | Kind::Code(_) => Some("string"),
        Kind::Integer => Some("Int64"),
        Kind::Number => Some("Float64"),
        Kind::Boolean => Some("boolean"),
        Kind::Date | Kind::Moment => None,
    }
}

/// The class of R, whose whole numbers end at two thousand millions.
fn class(kind: Kind) -> &'static str {
    match kind {
        Kind::Text | Kind::Code(_) | Kind::Moment => "character",
        Kind::Integer | Kind::Number => "numeric",
        Kind::Boolean => "logical",
        Kind::Date => "Date",
    }
}

fn sql_type(kind: Kind) -> &'static str {
    match kind {
        Kind::Text | Kind::Code(_) => "VARCHAR",
        Kind::Integer => "BIGINT",
        Kind::Number => "DOUBLE",
        Kind::Boolean => "BOOLEAN",
        Kind::Date => "DATE",
        Kind::Moment => "TIMESTAMPTZ",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::publish::topics;

    #[test]
    fn every_column_of_every_dataset_has_its_type_in_every_example() {
        for schema in topics().map(|topic| topic.schema()) {
            let address = "https://stats.example.fr/data/x/y/latest.csv";
            let examples = [pandas, r, duckdb].map(|example| example(&schema, address));
            for example in &examples {
                assert!(example.contains(address), "{example}");
                assert!(example.lines().all(|line| line.chars().count() <= 80), "{example}");
            }
            for column in &schema.columns {
                let [pandas, r, duckdb] = &examples;
                let name = column.name;
                assert!(pandas.contains(&format!("\"{name}\"")), "{name}: {pandas}");
                assert!(r.contains(&format!("{name} = \"{}\"", class(column.kind))), "{r}");
                assert!(duckdb.contains(&format!("'{name}': ")), "{name}: {duckdb}");
            }
            let [_, r, duckdb] = &examples;
            assert!(!r.contains("period") || r.contains("period = \"character\""), "{r}");
            assert!(!duckdb.contains("conf_status") || duckdb.contains("'conf_status': 'VARCHAR'"));
        }
    }
}
