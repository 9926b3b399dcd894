//! What every release needs: who makes it, how it is numbered, and the lines of days.

use jiff::Timestamp;

use crate::model::{Period, Site, ZoneDay};
use crate::privacy::RELEASE_RULE;
use crate::privacy::disclosure::secret::RoundingSecret;
use crate::publish::dataset::{Dataset, Said};
use crate::publish::table::Row;
use crate::publish::{GENERATOR, PublishError};
use crate::query::LineMethods;
use crate::store::{MADE_AGAIN, Method, Release, Scales, Store, WHOLE_SITE};

/// What the release of a day is made of that nobody collected: no change of a past day has this
/// number.
pub(super) const NOTHING_COLLECTED: i64 = -1;

/// Why there is a revision from which a value was taken out, where its own reason is not known.
const WITHDRAWN: &str = "a value was taken out of what is published";

/// Makes the releases that are due.
pub struct Nightly<'a> {
    /// The figures, and what was let out of them.
    pub store: &'a dyn Store,
    /// The installation's secret; without it nothing is released.
    pub secret: Option<&'a RoundingSecret>,
    /// The service's time.
    pub now: Timestamp,
    /// Is a day still being counted? A day is closed when its journal is gone.
    pub is_open: &'a dyn Fn(&ZoneDay) -> bool,
    /// Is it time to stop? Asked between two releases, and between the files of one: a release that
    /// is not whole is not written, and is due again.
    pub is_stopped: &'a dyn Fn() -> bool,
}

/// What was done.
#[derive(Debug, Default)]
pub struct Outcome {
    /// Releases made.
    pub released: u32,
    /// Why something due was not released: each in a sentence.
    pub refused: Vec<String>,
}

/// How the lines of a table of a period that has ended were collected.
pub(super) fn line_methods(
    nightly: &Nightly<'_>,
    site: &Site,
    dimensions: (u8, u8),
    period: Period,
) -> Result<LineMethods, PublishError> {
    let Nightly { store, now, .. } = nightly;
    let collected = store.collected(site, (period.first(), period.last()), *now)?;
    Ok(LineMethods::read(*store, (site, &collected), dimensions, period)?)
}

/// The lines of each released day of a period.
pub(super) fn days_of(
    store: &dyn Store,
    site: &Site,
    period: Period,
) -> Result<Vec<Row>, PublishError> {
    let mut rows = Vec::new();
    let days = (period.first(), period.last());
    let tables = store.released_tables(site, (WHOLE_SITE, 0), days, Scales::Days)?;
    for (day, table) in tables {
        if let Some(release) = store.release(site.host.as_str(), day)? {
            let methods = LineMethods::same(Method::of_names(&release.method));
            let said = Said { methods: &methods, rule: &release.rule };
            rows.extend(Dataset::Traffic.rows(&table, day, said));
        }
    }
    Ok(rows)
}

/// The release after another one, or the first.
pub(super) fn next_release(
    about: &str,
    (period, made_of): (Period, i64),
    now: Timestamp,
    method: String,
    before: Option<&Release>,
) -> Release {
    let reason = before.map(|before| match period {
        _ if before.made_of == MADE_AGAIN => WITHDRAWN.to_owned(),
        Period::Day(_) if made_of == NOTHING_COLLECTED => {
            "nobody measured this day: it is a gap, and not a zero".to_owned()
        }
        Period::Day(_) => "the day was counted again from an access log".to_owned(),
        Period::Month(_) | Period::Year(_) => "days of the period were revised".to_owned(),
    });
    Release {
        id: 0,
        about: about.to_owned(),
        period,
        revision: before.map_or(0, |before| before.revision) + 1,
        released: now,
        generator: GENERATOR.to_owned(),
        rule: RELEASE_RULE.to_owned(),
        method,
        reason,
        made_of,
    }
}
