//! Whether sites may be compared: what differs between the ways they are measured, as warnings in
//! words.

use crate::model::{Site, Words};
use crate::store::{Coverage, CoverageSource, Method, Store, StoreError};

/// Sites whose coverage differs by more than these points are compared only with a warning: what
/// else is a difference of readers may be one of tags.
pub const COVERAGE_POINTS: u64 = 10;

/// What of a site decides whether it compares with others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comparable {
    /// Its host.
    pub host: String,
    /// How the days that are compared were collected.
    pub methods: Vec<Method>,
    /// The share of its sitemap's pages that were seen, in percent.
    pub coverage: Option<u64>,
    /// What its refusals do and how much it measures, in a few words.
    pub policy: String,
}

/// A reason not to compare sites without a thought.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning {
    /// Its name for programs: `method`, `coverage`, `coverage_unknown` or `policy`.
    pub name: &'static str,
    /// In French.
    pub fr: String,
    /// In English.
    pub en: String,
}

/// What decides whether a site compares with others, over a span whose methods are these.
pub fn comparable(
    store: &dyn Store,
    site: &Site,
    methods: Vec<Method>,
) -> Result<Comparable, StoreError> {
    let coverage = store.coverage(site)?;
    let of_sitemap = coverage.iter().find(|one| one.source == CoverageSource::Sitemap);
    let rules = &site.rules;
    Ok(Comparable {
        host: site.host.readable().into_owned(),
        methods,
        coverage: of_sitemap.and_then(Coverage::percent),
        policy: format!(
            "{}, GPC {}, DNT {}",
            rules.profile.name(),
            rules.gpc.name(),
            rules.dnt.name()
        ),
    })
}

/// Why these sites do not compare as they stand; nothing where they do, or where there is only
/// one.
pub fn comparability(sites: &[Comparable]) -> Vec<Warning> {
    let mut warnings = Vec::new();
    if sites.len() < 2 {
        return warnings;
    }
    let methods = |site: &Comparable| Method::names(&site.methods);
    // A site without figures in the span has no method that could differ.
    let measured: Vec<_> = sites.iter().filter(|site| !site.methods.is_empty()).collect();
    if differ(measured.iter().map(|site| methods(site))) {
        let list = list(measured.into_iter(), methods);
        warnings.push(warning("method", METHOD, &list));
    }
    let known = || sites.iter().filter_map(|site| site.coverage);
    let (least, most) = (known().min(), known().max());
    if let (Some(least), Some(most)) = (least, most) {
        if most - least > COVERAGE_POINTS {
            let shown = |site: &Comparable| {
                site.coverage.map_or("?".to_owned(), |percent| format!("{percent} %"))
            };
            warnings.push(warning("coverage", COVERAGE, &list(sites.iter(), shown)));
        } else if known().count() < sites.len() {
            let unknown = sites.iter().filter(|site| site.coverage.is_none());
            let list = unknown.map(|site| site.host.as_str()).collect::<Vec<_>>().join(", ");
            warnings.push(warning("coverage_unknown", UNKNOWN, &list));
        }
    }
    if differ(sites.iter().map(|site| site.policy.clone())) {
        let list = list(sites.iter(), |site| site.policy.clone());
        warnings.push(warning("policy", POLICY, &list));
    }
    warnings
}

const METHOD: Words = Words::new(
    "Ces sites ne sont pas mesurés par la même méthode : leurs chiffres ne se comparent pas tels \
     quels",
    "These sites are not measured by the same method: their figures do not compare as they stand",
);

const COVERAGE: Words = Words::new(
    "La part des pages que la mesure atteint diffère de plus de 10 points entre ces sites",
    "The share of pages that the measure reaches differs by more than 10 points between these \
     sites",
);

const UNKNOWN: Words = Words::new(
    "La part des pages que la mesure atteint n'est pas connue pour une partie des sites",
    "The share of pages that the measure reaches is not known for some of the sites",
);

const POLICY: Words = Words::new(
    "Ces sites ne traitent pas de la même façon les refus, ou ne mesurent pas les mêmes choses",
    "These sites do not treat refusals alike, or do not measure the same things",
);

fn differ(mut words: impl Iterator<Item = String>) -> bool {
    let first = words.next();
    words.any(|word| Some(&word) != first.as_ref())
}

/// `a.fr (beacon), b.fr (access_log)`
fn list<'a>(
    sites: impl Iterator<Item = &'a Comparable>,
    said: impl Fn(&Comparable) -> String,
) -> String {
    let shown = sites.map(|site| format!("{} ({})", site.host, said(site)));
    shown.collect::<Vec<_>>().join(", ")
}

fn warning(name: &'static str, words: Words, list: &str) -> Warning {
    Warning { name, fr: format!("{} : {list}.", words.fr), en: format!("{}: {list}.", words.en) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site(host: &str, method: Method, coverage: Option<u64>) -> Comparable {
        let policy = "exempt, GPC drop, DNT drop".to_owned();
        Comparable { host: host.to_owned(), methods: vec![method], coverage, policy }
    }

    fn names(sites: &[Comparable]) -> Vec<&'static str> {
        comparability(sites).into_iter().map(|warning| warning.name).collect()
    }

    #[test]
    fn sites_measured_alike_compare() {
        let alike =
            [site("a.fr", Method::Beacon, Some(90)), site("b.fr", Method::Beacon, Some(80))];
        assert!(names(&alike).is_empty());
        assert!(names(&alike[..1]).is_empty());
        let unmeasured = [site("a.fr", Method::Beacon, None), site("b.fr", Method::Beacon, None)];
        assert!(names(&unmeasured).is_empty());
    }

    #[test]
    fn another_method_coverage_or_policy_is_said() {
        let a = site("a.fr", Method::Beacon, Some(90));
        let methods = [a.clone(), site("b.fr", Method::AccessLog, Some(90))];
        assert_eq!(names(&methods), ["method"]);
        let said = &comparability(&methods)[0];
        assert!(said.en.ends_with(": a.fr (beacon), b.fr (access_log)."), "{}", said.en);
        assert!(said.fr.contains("méthode"));
        assert_eq!(names(&[a.clone(), site("b.fr", Method::Beacon, Some(79))]), ["coverage"]);
        let unknown = [a.clone(), site("b.fr", Method::Beacon, None)];
        assert_eq!(names(&unknown), ["coverage_unknown"]);
        let mut other = site("b.fr", Method::Beacon, Some(90));
        other.policy = "extended, GPC ignore, DNT drop".to_owned();
        assert_eq!(names(&[a.clone(), other]), ["policy"]);
        // A site that nobody visited in the span differs in nothing.
        let mut empty = site("b.fr", Method::AccessLog, Some(90));
        empty.methods.clear();
        assert!(names(&[a, empty]).is_empty());
    }
}
