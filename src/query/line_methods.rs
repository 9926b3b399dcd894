//! How the lines of a table were collected. A day's lines have the method of the day; a line of a
//! month or a year has the methods of those days on which it is published itself. Only what is
//! published decides, so that the methods tell nothing that the figures do not.

use hashbrown::HashMap;

use crate::model::{Period, Site};
use crate::privacy::ObsStatus;
use crate::store::{Collected, Method, Scales, Store, StoreError};

/// The methods of the lines of one table, each list in the order of [`Method::ALL`].
#[derive(Clone, Debug, Default)]
pub struct LineMethods {
    /// Those of a line that no part of the period publishes by itself.
    others: Vec<Method>,
    /// Those of the lines that parts of the period publish, where the parts differ.
    of_lines: HashMap<String, Vec<Method>>,
}

impl LineMethods {
    /// One list for every line.
    pub fn same(methods: Vec<Method>) -> Self {
        Self { others: methods, of_lines: HashMap::new() }
    }

    /// Those of the lines of a table, which may be crossed with a second breakdown.
    pub fn read(
        store: &dyn Store,
        (site, collected): (&Site, &Collected),
        dimensions: (u8, u8),
        period: Period,
    ) -> Result<Self, StoreError> {
        let methods =
            collected.giving(period.first(), period.last(), &[dimensions.0, dimensions.1]);
        let scale = match period {
            Period::Day(_) => None,
            Period::Month(_) => Some(Scales::Days),
            Period::Year(_) => Some(Scales::Months),
        };
        let Some(scale) = scale.filter(|_| methods.len() > 1 && dimensions.1 == 0) else {
            return Ok(Self::same(methods));
        };
        let days = (period.first(), period.last());
        let mut of_lines: HashMap<String, Vec<Method>> = HashMap::new();
        let mut others = Vec::new();
        for (part, table) in store.released_tables(site, dimensions, days, scale)? {
            let of_part = Self::read(store, (site, collected), dimensions, part)?;
            for line in table.lines().filter(|line| line.obs_status != ObsStatus::NotCollected) {
                let methods = of_part.of(line.label);
                others.extend(methods);
                if !line.is_withheld() {
                    of_lines.entry_ref(line.label).or_default().extend(methods);
                }
            }
            if table.remainder().is_some() {
                others.extend(&of_part.others);
            }
        }
        of_lines.values_mut().for_each(in_order);
        in_order(&mut others);
        // What only the sum publishes may be of any day.
        let others = if others.is_empty() { methods } else { others };
        Ok(Self { others, of_lines })
    }

    /// The methods of a line.
    pub fn of(&self, label: &str) -> &[Method] {
        self.of_lines.get(label).unwrap_or(&self.others)
    }

    /// Those of what is withheld of the table.
    pub fn of_rest(&self) -> &[Method] {
        &self.others
    }
}

/// Each method once, in the order of [`Method::ALL`].
fn in_order(methods: &mut Vec<Method>) {
    let used = std::mem::take(methods);
    methods.extend(Method::ALL.into_iter().filter(|method| used.contains(method)));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn methods_stand_once_and_in_one_order() {
        let mut methods = vec![Method::AccessLog, Method::Beacon, Method::AccessLog];
        in_order(&mut methods);
        assert_eq!(methods, [Method::Beacon, Method::AccessLog]);
        let same = LineMethods::same(methods.clone());
        assert_eq!((same.of("/a"), same.of_rest()), (&methods[..], &methods[..]));
    }
}
