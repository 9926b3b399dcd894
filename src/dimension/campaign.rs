//! Which campaign led to a visit, from the parameters of its first page; only under the extended
//! profile.

use compact_str::CompactString;

use crate::dimension::{Dimension, Exposure, Of, Subject};
use crate::model::KindOfHit;

/// One of the parameters that campaigns are marked with.
pub struct Campaign {
    code: u8,
    name: &'static str,
    description: &'static str,
    parameter: &'static str,
}

/// `utm_source`.
pub const SOURCE: Campaign = Campaign {
    code: 24,
    name: "campaign_source",
    description: "utm_source of the visit's first page; only under the extended profile",
    parameter: "utm_source",
};

/// `utm_medium`.
pub const MEDIUM: Campaign = Campaign {
    code: 25,
    name: "campaign_medium",
    description: "utm_medium of the visit's first page; only under the extended profile",
    parameter: "utm_medium",
};

/// `utm_campaign`.
pub const NAME: Campaign = Campaign {
    code: 26,
    name: "campaign",
    description: "utm_campaign of the visit's first page; only under the extended profile",
    parameter: "utm_campaign",
};

/// `utm_content`.
pub const CONTENT: Campaign = Campaign {
    code: 27,
    name: "campaign_content",
    description: "utm_content of the visit's first page; only under the extended profile",
    parameter: "utm_content",
};

/// `utm_term`.
pub const TERM: Campaign = Campaign {
    code: 28,
    name: "campaign_term",
    description: "utm_term of the visit's first page; only under the extended profile",
    parameter: "utm_term",
};

impl Dimension for Campaign {
    fn code(&self) -> u8 {
        self.code
    }
    fn name(&self) -> &'static str {
        self.name
    }
    fn description(&self) -> &'static str {
        self.description
    }
    fn exposure(&self) -> Exposure {
        Exposure::Staff
    }
    fn of(&self) -> Of {
        Of::Visit
    }
    /// Campaigns are run by people; more of them than this are invented.
    fn distinct_max(&self) -> u32 {
        2_000
    }
    fn values(&self, subject: &Subject<'_>, say: &mut dyn FnMut(CompactString)) {
        if subject.kind == KindOfHit::View
            && let Some(value) = subject.raw.campaign(subject.site, self.parameter)
        {
            say(value);
        }
    }
}
