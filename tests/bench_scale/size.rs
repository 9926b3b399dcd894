//! What a history takes on disk, by day and by crossing.

use std::path::Path;

use parvis::dimension;
use parvis::store::block;
use rusqlite::Connection;

use crate::show::{self, Goal};

/// Prints the sizes; answers with the number of days.
pub fn show(folder: &Path, with_goals: bool) -> u64 {
    let file = folder.join("store.sqlite");
    let store = Connection::open(&file).expect("the store opens");
    // What is still in the log beside the file belongs to it.
    let folded = store.query_row("pragma wal_checkpoint(truncate)", [], |_| Ok(()));
    folded.expect("the log is folded in");
    let number =
        |sql: &str| store.query_row(sql, [], |row| row.get::<_, i64>(0)).unwrap_or(0) as u64;
    let bytes = std::fs::metadata(&file).map_or(0, |file| file.len());
    let goal = if with_goals { Goal::AtMost(2_000.0) } else { Goal::None };
    show::line("database file, MB", bytes as f64 / 1e6, goal);
    let days = number("select count(*) from site_day").max(1);
    let of_scale = |scale| {
        number(&format!("select coalesce(sum(length(lines)), 0) from block where scale = {scale}"))
    };
    let months = number("select count(*) from block_month where stale = 0").max(1);
    println!(
        "  days {} bytes each, gathered months {} bytes each",
        of_scale(1) / days,
        of_scale(2) / months
    );
    println!(
        "  {} texts with {} bytes, {} titles with {} bytes",
        number("select count(*) from value"),
        number("select sum(length(text)) from value"),
        number("select count(*) from page_title"),
        number("select coalesce(sum(length(path) + length(title)), 0) from page_title")
    );
    by_crossing(&store, days, months);
    days
}

/// The largest kinds of block: lines and bytes of a day, and of a month.
fn by_crossing(store: &Connection, days: u64, months: u64) {
    let mut statement = store
        .prepare(
            "select first, second,
                    sum(length(lines)) filter (where scale = 1) as of_days,
                    coalesce(sum(length(lines)) filter (where scale = 2), 0),
                    (select lines from block latest
                      where latest.first = block.first and latest.second = block.second
                        and latest.scale = 1
                      order by start desc limit 1)
               from block group by first, second order by of_days desc",
        )
        .expect("the statement is right");
    let mut rows = statement.query([]).expect("the store answers");
    let name = |code: u8| dimension::coded(code).map_or("", |one| one.name);
    println!("  {:<34}{:>10}{:>12}{:>14}", "", "lines/day", "bytes/day", "bytes/month");
    let mut rest = (0, 0, 0);
    let mut shown = 0;
    while let Some(row) = rows.next().expect("the store answers") {
        let (first, second) = (row.get(0).unwrap_or(0), row.get(1).unwrap_or(0));
        let bytes = [2, 3].map(|column| row.get::<_, i64>(column).unwrap_or(0) as u64);
        let packed: Vec<u8> = row.get(4).unwrap_or_default();
        let mut lines = 0;
        block::unpack(&packed, |_| lines += 1).expect("the block is whole");
        let (of_day, of_month) = (bytes[0] / days, bytes[1] / months);
        // The small ones together: the table shows what weighs.
        if shown < 18 {
            let name = format!("{} {}", name(first), name(second));
            println!("  {name:<34}{lines:>10}{of_day:>12}{of_month:>14}");
        } else {
            rest = (rest.0 + lines, rest.1 + of_day, rest.2 + of_month);
        }
        shown += 1;
    }
    println!("  {:<34}{:>10}{:>12}{:>14}", "all others", rest.0, rest.1, rest.2);
}
