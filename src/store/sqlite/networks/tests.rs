//! What is kept of the networks of days, and what is answered of it for days, months and years.

use jiff::civil::date;

use super::*;
use crate::dimension::{PAGE, named};
use crate::model::{Host, Measures, NetworkCheck, NetworkSet, SiteRules, Zone};
use crate::store::block::{KeptNetworks, unpack_networks};
use crate::store::{
    Changes, Closing, CrossedLine, Ledger, Line, Method, NewSite, Sites, StoreError,
};

/// A day's lines: their pages, with their buckets and visitors.
type Pages<'a> = &'a [(&'a str, &'a [u8], u64)];

struct Bench {
    _folder: tempfile::TempDir,
    store: SqliteStore,
    site: Site,
}

const NOVEMBER: Period = Period::Month(date(2026, 11, 1));

fn bench() -> Bench {
    let folder = tempfile::tempdir().unwrap();
    let store = SqliteStore::open(folder.path()).unwrap();
    let site = NewSite {
        host: Host::parse("a.fr").unwrap(),
        aliases: vec![],
        zone: Zone::named("UTC").unwrap(),
        query_kept: vec![],
        rules: SiteRules { visitors_min: 8, ..SiteRules::default() },
        organisation: None,
        synthetic: false,
    };
    store.add_site(&site, Timestamp::UNIX_EPOCH).unwrap();
    let site = store.sites().unwrap().remove(0);
    Bench { _folder: folder, store, site }
}

fn set(buckets: &[u8]) -> NetworkSet {
    let mut set = NetworkSet::default();
    buckets.iter().for_each(|bucket| set.insert(*bucket));
    set
}

impl Bench {
    /// Writes a day; without a key nothing is known of its networks.
    fn write(&self, date: Date, key: Option<Option<u32>>, pages: Pages<'_>) {
        let device = named("device").unwrap().code;
        let mut whole = (set(&[]), 0);
        let mut lines = Vec::new();
        let mut crossed = Vec::new();
        let line = |dimension, value: &str, visitors, networks: NetworkSet| Line {
            site: self.site.id,
            dimension,
            value: value.to_owned(),
            hour: None,
            measures: Measures { views: visitors, visitors, ..Measures::default() },
            networks: key.map(|_| networks),
        };
        lines.push(line(device, "desktop", 1, set(&[])));
        for (place, (page, buckets, visitors)) in pages.iter().enumerate() {
            lines.push(line(PAGE, page, *visitors, set(buckets)));
            let measures = lines[place + 1].measures;
            let first = place as u32 + 1;
            crossed.push(CrossedLine { first, second: 0, measures, networks: set(buckets) });
            whole.0.unite(set(buckets));
            whole.1 += visitors;
        }
        lines.push(line(WHOLE_SITE, "", whole.1, whole.0));
        let noon = date.at(12, 0, 0, 0).in_tz("UTC").unwrap().timestamp();
        let hour = line(WHOLE_SITE, "", whole.1, whole.0);
        lines.push(Line { hour: Some(noon), ..hour });
        let changes = Changes { position: 0, lines, hits: vec![] };
        let bucketed = key.map(|key| (self.site.id, key.map(NetworkCheck)));
        let bucketed = bucketed.into_iter().collect();
        let closing = Closing { changes, crossed, bucketed, unknown_hits: 0 };
        let written =
            self.store.write_past_day(self.site.id, date, &closing, Method::Synthetic, None);
        written.unwrap();
    }

    /// Count and largest day of a line.
    fn of(&self, codes: Pair, period: Period, label: &str) -> Option<(u64, u64)> {
        let lines = self.store.networks(&self.site, codes, period).unwrap();
        let found = lines.iter().find(|line| line.label == label);
        found.map(|line| (line.networks.count, line.networks.largest_day))
    }

    fn page(&self, period: Period, page: &str) -> Option<(u64, u64)> {
        self.of((PAGE, 0), period, page)
    }

    fn rows(&self, sql: &str) -> i64 {
        self.store.read(|reader| Ok(reader.query_row(sql, [], |row| row.get(0))?)).unwrap()
    }
}

#[test]
fn a_month_is_the_union_of_its_days_and_a_year_its_largest_month() {
    let bench = bench();
    bench.write(date(2026, 11, 1), Some(Some(1)), &[("/", &[1, 2, 3], 9), ("/a", &[7], 5)]);
    bench.write(date(2026, 11, 2), Some(Some(1)), &[("/", &[3, 4], 8)]);
    bench.write(date(2026, 12, 2), Some(Some(2)), &[("/", &[3, 4], 8), ("/b", &[], 8)]);
    let check = |bench: &Bench| {
        let (first, year) = (Period::Day(date(2026, 11, 1)), Period::Year(date(2026, 1, 1)));
        assert_eq!(bench.page(first, "/"), Some((3, 3)));
        assert_eq!(bench.page(NOVEMBER, "/"), Some((4, 3)));
        assert_eq!(bench.page(NOVEMBER, "/a"), Some((1, 1)));
        assert_eq!(bench.page(NOVEMBER, "/b"), None);
        assert_eq!(bench.page(year, "/"), Some((4, 3)));
        assert_eq!(bench.page(year, "/b"), Some((0, 0)));
        assert_eq!(bench.of((WHOLE_SITE, 0), NOVEMBER, ""), Some((5, 4)));
        let crossing = (PAGE, named("device").unwrap().code);
        assert_eq!(bench.of(crossing, NOVEMBER, "/"), Some((4, 3)));
        assert_eq!(bench.of(crossing, year, "/a"), Some((1, 1)));
        assert_eq!(bench.of((HOURS, 0), first, "2026-11-01T12:00:00+00:00"), Some((4, 4)));
    };
    check(&bench);
    let months = |bench: &Bench| bench.store.network_months(bench.site.id).unwrap();
    assert_eq!(months(&bench), [date(2026, 11, 1), date(2026, 12, 1)]);
    // Without the sets the same is known, and once more after that.
    for _ in 0..2 {
        bench.store.forget_networks(bench.site.id, date(2026, 11, 17)).unwrap();
        assert_eq!(months(&bench), [date(2026, 12, 1)]);
        check(&bench);
    }
    let without = "select count(*) from network_set where day < 20788 and key_check is not null";
    assert_eq!(bench.rows(without), 0);
}

#[test]
fn buckets_of_two_keys_are_never_added_up() {
    let bench = bench();
    bench.write(date(2026, 11, 1), Some(Some(1)), &[("/", &[1, 2, 3], 9)]);
    bench.write(date(2026, 11, 2), Some(Some(1)), &[("/", &[3, 4], 9)]);
    // The key was lost and another one made; then it was lost at the close of a day.
    bench.write(date(2026, 11, 3), Some(Some(2)), &[("/", &[11, 12, 13], 9)]);
    bench.write(date(2026, 11, 4), Some(Some(2)), &[("/", &[11, 14, 15, 16], 9)]);
    bench.write(date(2026, 11, 5), Some(None), &[("/", &[21, 22, 23, 24, 25], 9)]);
    bench.write(date(2026, 11, 6), Some(None), &[("/", &[31, 32, 33, 34], 9)]);
    assert_eq!(bench.page(NOVEMBER, "/"), Some((6, 5)));
    bench.store.forget_networks(bench.site.id, date(2026, 11, 1)).unwrap();
    assert_eq!(bench.page(NOVEMBER, "/"), Some((6, 5)));
    // Days that are imported anew have a key of their own.
    bench.write(date(2026, 11, 4), Some(Some(3)), &[("/", &[1, 2, 3, 4], 9)]);
    bench.write(date(2026, 11, 5), Some(Some(3)), &[("/", &[5, 6, 7], 9)]);
    assert_eq!(bench.page(NOVEMBER, "/"), Some((7, 5)));
    bench.store.forget_networks(bench.site.id, date(2026, 11, 1)).unwrap();
    assert_eq!(bench.page(NOVEMBER, "/"), Some((7, 5)));
    bench.write(date(2026, 11, 4), Some(Some(4)), &[("/", &[1], 9)]);
    assert_eq!(bench.page(NOVEMBER, "/"), Some((7, 5)));
}

#[test]
fn where_nothing_is_known_of_networks_visitors_stand_for_them() {
    let bench = bench();
    bench.write(date(2026, 11, 1), None, &[("/", &[], 9), ("/a", &[], 3)]);
    bench.write(date(2026, 11, 2), Some(Some(1)), &[("/", &[1, 2], 20), ("/a", &[1, 2, 3, 4], 8)]);
    for _ in 0..2 {
        assert_eq!(bench.page(Period::Day(date(2026, 11, 1)), "/"), Some((9, 9)));
        assert_eq!(bench.page(NOVEMBER, "/"), Some((9, 9)));
        assert_eq!(bench.page(NOVEMBER, "/a"), Some((4, 4)));
        assert_eq!(bench.of((WHOLE_SITE, 0), NOVEMBER, ""), Some((12, 12)));
        bench.store.forget_networks(bench.site.id, date(2026, 11, 1)).unwrap();
    }
    let hour = Period::Day(date(2026, 11, 1));
    assert_eq!(bench.of((HOURS, 0), hour, "2026-11-01T12:00:00+00:00"), Some((12, 12)));
}

#[test]
fn of_a_line_that_is_sure_the_number_alone_is_kept() {
    let bench = bench();
    let buckets: Vec<u8> = (0..16).collect();
    // Twice the threshold of 8, and one less.
    let pages: Pages<'_> = &[("/", &buckets, 16), ("/a", &buckets[1..], 16)];
    bench.write(date(2026, 11, 1), Some(Some(1)), pages);
    let mut kept = Vec::new();
    let read = bench.store.read(|reader| {
        let sql = "select lines from network_set where first = ?1 and second = 0";
        let packed: Vec<u8> = reader.query_row(sql, [PAGE], |row| row.get(0))?;
        unpack_networks(&packed, |line| kept.push(line.kept)).map_err(is_damaged)
    });
    read.unwrap();
    assert_eq!(kept, [KeptNetworks::Count(16), KeptNetworks::Set(set(&buckets[1..]))]);
    bench.write(date(2026, 11, 2), Some(Some(1)), &[("/", &[77], 1), ("/a", &[77], 1)]);
    assert_eq!(bench.page(NOVEMBER, "/"), Some((16, 16)));
    assert_eq!(bench.page(NOVEMBER, "/a"), Some((16, 15)));
}

#[test]
fn sets_and_numbers_go_with_their_day_their_details_and_their_site() {
    let bench = bench();
    let lines = "select (select count(*) from network_set) + (select count(*) from network_month)";
    bench.write(date(2026, 11, 1), Some(Some(1)), &[("/", &[1, 2], 9)]);
    bench.write(date(2026, 11, 2), Some(Some(1)), &[("/", &[1, 2], 9)]);
    let of_two_days = bench.rows(lines);
    // Written anew without a key: nothing of the sets before is left.
    bench.write(date(2026, 11, 2), None, &[("/", &[], 9)]);
    assert_eq!(bench.rows(lines) * 2, of_two_days);
    assert_eq!(bench.page(Period::Day(date(2026, 11, 2)), "/"), Some((9, 9)));
    bench.store.forget_networks(bench.site.id, date(2026, 11, 1)).unwrap();
    assert!(bench.rows(lines) > 0);
    bench.store.delete_details_before(date(2026, 11, 3)).unwrap();
    assert_eq!(bench.rows(lines), 0);
    bench.write(date(2026, 11, 8), Some(Some(1)), &[("/", &[1, 2], 9)]);
    bench.store.remove_site(&bench.site.host).unwrap();
    assert_eq!(bench.rows(lines), 0);
}

#[test]
fn a_damaged_set_is_an_error() {
    let bench = bench();
    bench.write(date(2026, 11, 1), Some(Some(1)), &[("/", &[1, 2], 9)]);
    bench.store.writer().execute("update network_set set lines = x'0102'", []).unwrap();
    let found = bench.store.networks(&bench.site, (PAGE, 0), NOVEMBER);
    assert!(matches!(found, Err(StoreError::Damaged(_))));
}
