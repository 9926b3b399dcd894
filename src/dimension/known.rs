//! How many values a breakdown can have, where they are known before anybody comes.

use crate::dimension::deed_names::{DOWNLOAD, FEATURE, MISSING, OUTBOUND};
use crate::dimension::{Dimension, deed, page, source, technology};
use crate::model::Site;
use crate::privacy::lets_in_channels;
use crate::signal::{DEVICE_CLASSES, SCREEN_CLASSES, SOURCE_KINDS};

impl Dimension {
    /// How many values it can have on a site, where all of them are known beforehand: classes of
    /// devices and screens, kinds of sources, declared sections, features and hosts. A line that is
    /// not there is then one that nobody is in, unless that is not said.
    pub fn known_count(&self, site: &Site) -> Option<usize> {
        // A width may be missing.
        const SCREENS: usize = SCREEN_CLASSES.len() + 1;
        // A visit may come from nowhere.
        const KINDS: usize = SOURCE_KINDS.len() + 1;
        const DEEDS: usize = [DOWNLOAD, FEATURE, MISSING, OUTBOUND].len();
        let count = match self.code {
            code if code == technology::DEVICE.code => DEVICE_CLASSES.len(),
            code if code == technology::SCREEN.code => SCREENS,
            code if code == source::SOURCE_KIND.code && lets_in_channels(site) => KINDS,
            code if code == page::SECTION.code => site.rules.sections.len(),
            code if code == page::HOST.code => 1 + site.aliases.len(),
            code if code == deed::EVENT.code => DEEDS + site.rules.features.len(),
            _ => return None,
        };
        (count > 0).then_some(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dimension::named;
    use crate::model::{Host, Profile, SiteId, SiteRules, Zone};

    #[test]
    fn what_is_declared_and_what_is_a_class_is_known_beforehand() {
        let mut site = Site::new(
            SiteId(1),
            Host::parse("www.example.fr").unwrap(),
            Zone::named("UTC").unwrap(),
        );
        let count = |name: &str, site: &Site| named(name).unwrap().known_count(site);
        assert_eq!(count("device", &site), Some(5));
        assert_eq!((count("host", &site), count("event", &site)), (Some(1), Some(4)));
        for name in ["page", "country", "section", "source_kind"] {
            assert_eq!(count(name, &site), None, "{name}");
        }
        let (sections, features) = (vec!["/a/".to_owned()], vec!["contact".to_owned()]);
        site.rules =
            SiteRules { profile: Profile::Extended, sections, features, ..SiteRules::default() };
        assert_eq!((count("section", &site), count("event", &site)), (Some(1), Some(5)));
        assert_eq!(count("source_kind", &site), Some(8));
        assert_eq!(count("screen", &site), Some(5));
    }
}
