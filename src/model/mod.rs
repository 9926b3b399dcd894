//! The words everybody uses: site, host, rules, zone, day, hour, period, re-use, kind of file,
//! network and the measures; no clock, no file.

pub mod address;
pub mod file_kind;
pub mod hexadecimal;
pub mod host_name;
pub mod legible;
pub mod licence;
pub mod measure;
pub mod networks;
pub mod period;
pub mod reuse;
pub mod rules;
pub mod site;
pub mod texts;
pub mod time;
pub mod words;

pub use file_kind::{FileKind, declared_extension, file_kind};
pub use hexadecimal::hexadecimal;
pub use licence::Licence;
pub use measure::{
    COUNTED, FIGURES, KindOfHit, Measures, Metric, MetricValue, READER_HITS_MAX, VISIT_GAP_SECONDS,
};
pub use networks::{BUCKETS, NetworkCheck, NetworkSet, Networks};
pub use period::{Period, PeriodError};
pub use reuse::ReuseKind;
pub use rules::{
    OnRefusal, Profile, RulesError, SiteRules, VISITORS_MIN_DEFAULT, VISITORS_MIN_RANGE,
};
pub use site::{
    Host, HostError, OrganisationId, Site, SiteId, SiteIdentity, Sites, is_possible_name,
    written_host,
};
pub use texts::Texts;
pub use time::{
    Clock, ClockState, ClockTrouble, ClockWatch, Elapsed, Random, Zone, ZoneDay, ZoneError,
    ZoneMonth, date_of_day_number, day_number, details_from, hour_start, utc_date,
};
pub use words::Words;
