//! Which campaign led to a visit, from the parameters of its first page; only under the extended
//! profile.

use crate::dimension::{Dimension, Exposure, Of, Say, Subject};
use crate::model::{KindOfHit, Words};

/// A parameter of campaigns.
const fn campaign(
    code: u8,
    names: &'static [&'static str; 1],
    description: Words,
    values: fn(&Subject<'_>, &mut Say<'_>),
) -> Dimension {
    Dimension {
        code,
        name: names[0],
        description,
        columns: names,
        exposure: Exposure::Staff,
        of: Of::Visit,
        is_total: false,
        is_path: false,
        is_address: false,
        may_be_invented: true,
        // Campaigns are run by people; more of them than this are invented.
        distinct_max: 2_000,
        values,
    }
}

fn say_parameter(subject: &Subject<'_>, parameter: &str, say: &mut Say<'_>) {
    if subject.kind == KindOfHit::View {
        subject.raw.campaign(subject.site, parameter).into_iter().for_each(say);
    }
}

/// `utm_source`.
pub const SOURCE: Dimension = campaign(
    24,
    &["campaign_source"],
    Words::new(
        "utm_source de la première page de la visite ; seulement avec le profil étendu",
        "utm_source of the visit's first page; only under the extended profile",
    ),
    |subject, say| say_parameter(subject, "utm_source", say),
);

/// `utm_medium`.
pub const MEDIUM: Dimension = campaign(
    25,
    &["campaign_medium"],
    Words::new(
        "utm_medium de la première page de la visite ; seulement avec le profil étendu",
        "utm_medium of the visit's first page; only under the extended profile",
    ),
    |subject, say| say_parameter(subject, "utm_medium", say),
);

/// `utm_campaign`.
pub const NAME: Dimension = campaign(
    26,
    &["campaign"],
    Words::new(
        "utm_campaign de la première page de la visite ; seulement avec le profil étendu",
        "utm_campaign of the visit's first page; only under the extended profile",
    ),
    |subject, say| say_parameter(subject, "utm_campaign", say),
);

/// `utm_content`.
pub const CONTENT: Dimension = campaign(
    27,
    &["campaign_content"],
    Words::new(
        "utm_content de la première page de la visite ; seulement avec le profil étendu",
        "utm_content of the visit's first page; only under the extended profile",
    ),
    |subject, say| say_parameter(subject, "utm_content", say),
);

/// `utm_term`.
pub const TERM: Dimension = campaign(
    28,
    &["campaign_term"],
    Words::new(
        "utm_term de la première page de la visite ; seulement avec le profil étendu",
        "utm_term of the visit's first page; only under the extended profile",
    ),
    |subject, say| say_parameter(subject, "utm_term", say),
);
