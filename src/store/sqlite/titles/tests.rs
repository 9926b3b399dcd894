//! Which title stands beside a page.

use jiff::Timestamp;

use super::*;
use crate::dimension::TITLE;
use crate::model::{Host, Measures, SiteRules, Zone};
use crate::store::{Figures as _, NewSite, Sites as _, SqliteStore};

struct Bench {
    _folder: tempfile::TempDir,
    store: SqliteStore,
    site: Site,
}

fn bench() -> Bench {
    let folder = tempfile::tempdir().unwrap();
    let store = SqliteStore::open(folder.path()).unwrap();
    let site = NewSite {
        host: Host::parse("a.fr").unwrap(),
        aliases: vec![],
        zone: Zone::named("UTC").unwrap(),
        query_kept: vec![],
        rules: SiteRules::default(),
        organisation: None,
        synthetic: false,
    };
    store.add_site(&site, Timestamp::UNIX_EPOCH).unwrap();
    let site = store.sites().unwrap().remove(0);
    Bench { _folder: folder, store, site }
}

impl Bench {
    /// A title of the page `/` as it stands on a day, from readers of some networks.
    fn write(&self, day: i64, title: &str, visitors: u64, networks: impl Into<Option<u8>>) {
        let set = |count: u8| {
            let mut set = NetworkSet::default();
            (0..count).for_each(|bucket| set.insert(bucket));
            set
        };
        let line = Line {
            site: self.site.id,
            dimension: TITLE,
            value: format!("/{BETWEEN}{title}"),
            hour: None,
            measures: Measures { views: visitors, visitors, ..Measures::default() },
            networks: networks.into().map(set),
        };
        write_title(&self.store.writer(), day, &line).unwrap();
    }

    fn shown(&self, networks_min: u64) -> Option<String> {
        self.store.titles(&self.site, &["/"], networks_min).unwrap().remove(0)
    }

    fn is(&self, title: &str) -> bool {
        self.shown(10).as_deref() == Some(title)
    }
}

#[test]
fn a_title_needs_as_many_networks_as_a_line() {
    let bench = bench();
    bench.write(1, "forged", 300, 9);
    assert_eq!(bench.shown(10), None);
    bench.write(1, "forged", 300, 10);
    assert!(bench.is("forged") && bench.shown(11).is_none());
}

#[test]
fn the_title_of_most_networks_stands_whichever_was_first_last_or_of_most_visitors() {
    let bench = bench();
    bench.write(1, "forged", 300, 12);
    bench.write(1, "official", 13, 13);
    assert!(bench.is("official"));
    bench.write(1, "forged, and later", 500, 13);
    assert!(bench.is("official"));
    // It grows through a day; a new day begins with one.
    bench.write(1, "official", 40, 40);
    bench.write(2, "official", 1, 1);
    bench.write(2, "forged", 39, 39);
    assert!(bench.is("official"));
    bench.write(2, "official", 10, 10);
    bench.write(2, "forged", 40, 40);
    assert!(bench.is("official"), "a title counts with its best day");
    bench.write(2, "forged", 41, 41);
    assert!(bench.is("forged"));
    bench.write(1, "of a day before", 99, 99);
    assert!(bench.is("forged"));
}

#[test]
fn a_page_whose_title_was_changed_has_the_new_one_after_a_week() {
    let bench = bench();
    bench.write(1, "old", 200, 200);
    bench.write(3, "old", 12, 12);
    bench.write(10, "new", 90, 90);
    assert!(bench.is("old"));
    bench.write(11, "of nine", 9, 9);
    assert!(bench.is("old"));
    bench.write(11, "new", 90, 90);
    assert!(bench.is("new"));
}

#[test]
fn visitors_stand_for_networks_that_an_earlier_version_did_not_count() {
    let bench = bench();
    bench.write(1, "old", 9, None);
    assert_eq!(bench.shown(10), None);
    bench.write(1, "old", 5_000, None);
    assert!(bench.is("old"));
    bench.write(2, "forged", 200, 200);
    assert!(bench.is("old"));
    bench.write(2, "old", 30, 30);
    bench.write(2, "new", 31, 31);
    assert!(bench.is("new"));
}
