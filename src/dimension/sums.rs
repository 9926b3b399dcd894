//! Which sums readers know: how the values of a breakdown add up to the site's total, and which
//! breakdown is a finer one of another.

use crate::dimension::{BETWEEN, Dimension, Of, deed, deed_names, page, place, technology};
use crate::model::COUNTED;
use crate::privacy::disclosure::audit::Relation;

/// The relation in each figure, in the order in which measures are stored.
pub type Relations = [Relation; COUNTED];

/// Each visitor has one value: everything adds up.
const ADDS_UP: Relations = [Relation::Exact; COUNTED];

/// Events alone add up.
const EVENTS_ADD_UP: Relations = [
    Relation::Free,
    Relation::Free,
    Relation::Free,
    Relation::Free,
    Relation::Exact,
    Relation::Free,
];

/// Hits add up; visitors and visits may be in several.
const HITS_ADD_UP: Relations = [
    Relation::Exact,
    Relation::AtLeast,
    Relation::AtLeast,
    Relation::Exact,
    Relation::Exact,
    Relation::Exact,
];

impl Dimension {
    /// How the figures of its values, in the order in which measures are stored, relate to those of
    /// the site. Where something may be in no value the sum is at most the total. In doubt it is
    /// taken as exact, which protects more.
    pub fn relations(&self) -> Relations {
        let relations = match self.of {
            Of::Visitor => ADDS_UP,
            Of::Visit | Of::FirstPage | Of::LastPage => [
                Relation::Exact,
                Relation::AtLeast,
                Relation::Exact,
                Relation::Exact,
                Relation::AtMost,
                Relation::AtMost,
            ],
            Of::Hit => HITS_ADD_UP,
            Of::Deed => EVENTS_ADD_UP,
            Of::HitSeveral | Of::DeedSeveral => [Relation::Free; COUNTED],
        };
        let has_all = self.is_total || matches!(self.of, Of::FirstPage | Of::LastPage);
        let is_every_event = self.code == deed::EVENT.code;
        if has_all || is_every_event {
            return relations;
        }
        relations.map(|relation| match relation {
            Relation::Exact => Relation::AtMost,
            Relation::AtLeast => Relation::Free,
            Relation::AtMost | Relation::Free => relation,
        })
    }

    /// Has whoever is counted in a line viewed a page?
    pub fn has_views(&self) -> bool {
        !self.of.is_of_deeds()
    }
}

/// A breakdown whose values are parts of those of a coarser one.
pub struct Within {
    /// The finer breakdown.
    pub part: &'static Dimension,
    /// The coarser one.
    pub whole: &'static Dimension,
    /// How the finer figures relate to the coarser ones.
    pub relations: Relations,
    /// Is the first text, of the coarser, the one that the second lies in?
    pub holds: fn(whole: &str, part: &str) -> bool,
}

/// Every finer breakdown. The pages of a section are let out before their section, so that the
/// section gives way to them; all others after their wholes.
pub const WITHIN: [Within; 8] = [
    Within {
        part: &page::PAGE,
        whole: &page::SECTION,
        relations: HITS_ADD_UP,
        holds: |section, page| page.starts_with(section),
    },
    Within {
        part: &place::REGION,
        whole: &place::COUNTRY,
        relations: [Relation::AtMost; COUNTED],
        holds: |country, region| region.get(..2) == Some(country),
    },
    Within {
        part: &technology::BROWSER_VERSION,
        whole: &technology::BROWSER,
        relations: ADDS_UP,
        holds: |browser, version| without_number(version) == browser,
    },
    Within {
        part: &technology::SYSTEM_VERSION,
        whole: &technology::SYSTEM,
        relations: ADDS_UP,
        holds: |system, version| without_number(version) == system,
    },
    Within {
        part: &deed::DOWNLOAD,
        whole: &deed::EVENT,
        relations: EVENTS_ADD_UP,
        holds: |event, _| event == deed_names::DOWNLOAD,
    },
    Within {
        part: &deed::OUTLINK,
        whole: &deed::EVENT,
        relations: EVENTS_ADD_UP,
        holds: |event, _| event == deed_names::OUTBOUND,
    },
    Within {
        part: &deed::MISSING,
        whole: &deed::EVENT,
        relations: EVENTS_ADD_UP,
        holds: |event, _| event == deed_names::MISSING,
    },
    Within {
        part: &deed::MISSING_FROM,
        whole: &deed::MISSING,
        relations: EVENTS_ADD_UP,
        holds: |missing, from| from.split(BETWEEN).next() == Some(missing),
    },
];

/// A breakdown whose values name one of two others each, [`BETWEEN`] them: it lies within either,
/// and so do its crossings with a third.
pub struct Joined {
    /// The breakdown of both.
    pub both: &'static Dimension,
    /// The two others, as they are crossed.
    pub halves: [&'static Dimension; 2],
}

/// Every joined breakdown. Its figures add up to those of its halves: each visitor has one value of
/// either.
pub const JOINED: [Joined; 1] =
    [Joined { both: &place::COUNTRY_DEVICE, halves: [&place::COUNTRY, &technology::DEVICE] }];

impl Joined {
    /// The two halves of a value; nothing of a line that stands for many.
    pub fn split(value: &str) -> Option<[&str; 2]> {
        value.split_once(BETWEEN).map(|(one, other)| [one, other])
    }
}

/// `Firefox` of `Firefox 144`.
fn without_number(name: &str) -> &str {
    match name.rsplit_once(' ') {
        Some((family, number)) if number.starts_with(|one: char| one.is_ascii_digit()) => family,
        _ => name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dimension::{ALL, crossing};

    #[test]
    fn parts_lie_in_their_wholes() {
        let holds = |part: &Dimension, whole: &str, value: &str| {
            let within = WITHIN.iter().find(|one| one.part.code == part.code).unwrap();
            (within.holds)(whole, value)
        };
        assert!(holds(&page::PAGE, "/services/", "/services/passport"));
        assert!(
            holds(&place::REGION, "FR", "FR-IDF") && holds(&place::REGION, "FR", "FR:Brittany")
        );
        assert!(holds(&technology::BROWSER_VERSION, "Firefox", "Firefox 144"));
        assert!(!holds(&technology::BROWSER_VERSION, "Firefox", "Firefox iOS 144"));
        assert!(holds(&technology::SYSTEM_VERSION, "Mac OS X", "Mac OS X 15"));
        assert!(holds(&deed::DOWNLOAD, "download", "a.fr/b.pdf"));
        assert!(holds(&deed::MISSING_FROM, "/gone", "/gone\t/from"));
    }

    #[test]
    fn joined_values_lie_in_their_halves() {
        assert_eq!(Joined::split("FR\tmobile"), Some(["FR", "mobile"]));
        assert_eq!(Joined::split(":overflow"), None);
        for joined in &JOINED {
            let [one, other] = joined.halves;
            assert!(crossing(one.code, other.code).is_some(), "its halves are crossed");
            assert!([joined.both, one, other].iter().all(|one| one.relations() == ADDS_UP));
        }
    }

    #[test]
    fn wholes_come_before_their_parts_but_for_sections() {
        let place = |one: &Dimension| ALL.iter().position(|other| other.code == one.code).unwrap();
        for within in &WITHIN {
            let is_section = within.whole.code == page::SECTION.code;
            assert_eq!(place(within.whole) < place(within.part), !is_section);
        }
    }

    #[test]
    fn visitors_of_pages_are_at_least_those_of_the_site() {
        assert_eq!(page::PAGE.relations()[1], Relation::AtLeast);
        assert_eq!(place::COUNTRY.relations(), ADDS_UP);
        assert_eq!(place::REGION.relations(), [Relation::AtMost; COUNTED]);
        assert_eq!(deed::DOWNLOAD.relations()[4], Relation::AtMost);
        assert_eq!(deed::EVENT.relations()[4], Relation::Exact);
    }
}
