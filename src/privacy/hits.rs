//! The door out for counts of requests: how many were received, counted and refused. They are about
//! requests and not about persons, but a small one can still betray somebody.

use crate::privacy::{ConfStatus, ObsStatus, ROUNDED_TO};

/// Fewer hits than this, and more than none, are not published.
const HITS_MIN: u64 = 10;

/// A count of requests as everybody may see it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReleasedHits {
    /// Rounded to the nearest ten; nothing where it is withheld or was not collected.
    pub value: Option<u64>,
    /// Whether it is there.
    pub obs_status: ObsStatus,
    /// Why it is withheld.
    pub conf_status: ConfStatus,
}

impl ReleasedHits {
    /// What was not collected: a gap, and no zero.
    pub const GAP: Self =
        Self { value: None, obs_status: ObsStatus::NotCollected, conf_status: ConfStatus::Free };

    /// What is withheld so that another figure cannot be found from it.
    pub const SECONDARY: Self =
        Self { value: None, obs_status: ObsStatus::Suppressed, conf_status: ConfStatus::Secondary };

    /// A figure that is about no request, as it is.
    pub const fn plain(value: u64) -> Self {
        let (obs_status, conf_status) = (ObsStatus::Normal, ConfStatus::Free);
        Self { value: Some(value), obs_status, conf_status }
    }
}

/// Lets out a count of requests: none as none, a few withheld, more rounded to the nearest ten.
pub fn release_hits(hits: u64) -> ReleasedHits {
    if (1..HITS_MIN).contains(&hits) {
        return ReleasedHits {
            value: None,
            obs_status: ObsStatus::Suppressed,
            conf_status: ConfStatus::SmallCount,
        };
    }
    ReleasedHits::plain((hits + ROUNDED_TO / 2) / ROUNDED_TO * ROUNDED_TO)
}

/// Lets out the share of some requests among all, in whole percent, if neither they nor the others
/// are few.
pub fn release_share(some: u64, all: u64) -> ReleasedHits {
    let (released, others) = (release_hits(some), release_hits(all.saturating_sub(some)));
    if all == 0 {
        return ReleasedHits::GAP;
    }
    for part in [released, others] {
        if part.value.is_none() {
            return part;
        }
    }
    ReleasedHits::plain((some * 200 + all) / (all * 2))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_hits_are_withheld_and_none_are_none() {
        assert_eq!(release_hits(0).value, Some(0));
        for few in 1..10 {
            let released = release_hits(few);
            let codes = (released.obs_status.code(), released.conf_status.code());
            assert_eq!((released.value, codes), (None, ("Q", "A")), "{few}");
        }
        let rounded = |hits| release_hits(hits).value.unwrap();
        assert_eq!((rounded(10), rounded(14), rounded(15), rounded(1_004)), (10, 10, 20, 1_000));
    }

    #[test]
    fn a_share_betrays_neither_side() {
        assert_eq!(release_share(0, 0), ReleasedHits::GAP);
        assert_eq!(release_share(0, 40).value, Some(0));
        assert_eq!(release_share(40, 40).value, Some(100));
        assert_eq!((release_share(3, 40).value, release_share(37, 40).value), (None, None));
        assert_eq!(release_share(10, 40).value, Some(25));
    }
}
