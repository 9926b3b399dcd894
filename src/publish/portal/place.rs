//! The country that the sites belong to, as far as their time zones tell.

use std::sync::Arc;

use crate::model::Site;
use crate::publish::catalogue::{Place, Text};

/// The zone of the French mainland.
const MAINLAND: &str = "Europe/Paris";

/// The zones of France overseas (IANA time zone database, `zone1970.tab`).
const OVERSEAS: [&str; 14] = [
    "America/Cayenne",
    "America/Guadeloupe",
    "America/Marigot",
    "America/Martinique",
    "America/Miquelon",
    "America/St_Barthelemy",
    "Indian/Kerguelen",
    "Indian/Mayotte",
    "Indian/Reunion",
    "Pacific/Gambier",
    "Pacific/Marquesas",
    "Pacific/Noumea",
    "Pacific/Tahiti",
    "Pacific/Wallis",
];

/// West, south, east and north of the mainland with Corsica, in degrees.
const MAINLAND_BOUNDS: [f64; 4] = [-5.2, 41.3, 9.7, 51.2];

/// The country of all these sites; nothing if a zone does not tell it.
pub fn of(sites: &[Arc<Site>]) -> Option<Place> {
    let zones: Vec<_> = sites.iter().map(|site| site.zone.name()).collect();
    let is_mainland = zones.iter().all(|zone| *zone == MAINLAND);
    let is_french = zones.iter().all(|zone| *zone == MAINLAND || OVERSEAS.contains(zone));
    (is_french && !zones.is_empty()).then(|| Place {
        code: "FRA".to_owned(),
        name: Text::new("France", "France"),
        bounds: is_mainland.then_some(MAINLAND_BOUNDS),
    })
}
