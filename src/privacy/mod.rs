//! The policy in words, and the only two doors: `seal`, through which a request becomes a hit, and
//! `release`.
//!
//! What comes in: an address, a user agent, the address of a page, a referrer. They live in [`Raw`]
//! for the length of one request, in memory only.
//!
//! What is kept of it: [`seal`] turns a `Raw` into a [`Hit`], which has no room for any of them:
//! - a visitor key: the first eight bytes of a keyed hash (HMAC-SHA-256) of site, address (IPv6 by
//!   its /64) and agent. Its key is the salt of the local day: random, in a file that only the
//!   service's own user can read, destroyed when the day ends. So a key says nothing on another
//!   site or another day, and nobody can ask for the key of a known address once the day is over.
//! - beside it the bucket of the address's network (its /24, or /48), one byte of a keyed hash:
//!   thousands of networks share each. Its key is of one site and one month, in a file like a
//!   salt's, destroyed with the month. So no bucket compares between sites or months.
//! - the page's path, scrubbed: no query but the parameters that the site declares; e-mail
//!   addresses, long runs of digits, UUIDs and tokens are replaced by `:redacted`.
//! - the referring host, the country, the family and major version of browser and system, the
//!   class of device. Nothing finer.
//!
//! What goes out: [`Published`], made from a store's [`Counts`] by [`release`] alone. Lines of
//! fewer than ten visitors are withheld, all other figures are rounded to the nearest ten. Staff
//! with a [`StaffPass`] read exact figures.

mod address;
pub mod disclosure;
mod hits;
pub mod made_up;
mod networks;
mod personal;
mod profile;
mod raw;
mod release;
mod salt;
mod scrub;
mod seal;
mod secret;
mod secrets;

pub use address::{QUERY_BYTES_MAX, URL_BYTES_MAX};
pub use hits::{ReleasedHits, release_hits, release_share};
pub use networks::{NetworkKey, NetworkKeyError, NetworkKeys, PastKeys};
pub use profile::{feature_name, lets_in_channels, property, shows_nothing};
pub use raw::{Arrival, Raw, RawError};
pub use release::{
    ConfStatus, CountLine, Counts, Figure, Heading, KeptError, NOT_COLLECTED_LABEL, ObsStatus,
    Published, PublishedLine, RATIO_VISITS_MIN, RELEASE_RULE, ROUNDED_TO, StaffPass, VISITORS_MIN,
    WITHHELD_LABEL, keep, names_no_value, reopen,
};
pub use salt::{Salt, SaltError, Salts, unusable_salts};
pub use scrub::{page_path, scrubbed_url};
pub use seal::{Hit, NO_VISITOR, Sealing, Values, seal};
pub use secrets::{SecretError, Secrets};

/// Details are kept for so many months at most (CNIL, audience measurement: 25 months).
pub const RETENTION_MONTHS_MAX: u32 = 25;

/// How long an opt-out holds, in days: 13 months, the longest that the CNIL allows a marker to
/// live.
pub const OPT_OUT_DAYS: i64 = 395;
