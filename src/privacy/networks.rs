//! The keys under which networks fall into buckets: one file a zone and calendar month, kept like a
//! salt and destroyed with its month; of it each site has a key of its own.

use std::fs;
use std::io;
use std::net::IpAddr;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use arc_swap::ArcSwap;
use jiff::Timestamp;

use crate::model::{Host, NetworkCheck, Random, ZoneDay, ZoneMonth};
use crate::privacy::salt::Salt;
use crate::privacy::secret::{Secret, erase};

/// A /24 of IPv4, in bytes.
const V4_BYTES: usize = 3;

/// A /48 of IPv6, in bytes: what a provider gives to one customer at most (RFC 6177).
const V6_BYTES: usize = 6;

/// The key of one site in one month.
pub struct NetworkKey {
    secret: Secret,
}

impl NetworkKey {
    /// A key that is never written.
    pub fn in_memory(random: &Random) -> Self {
        Self { secret: Secret::in_memory(random) }
    }

    /// The bucket of an address: of its /24, or of its /48.
    pub fn bucket(&self, address: IpAddr) -> u8 {
        let digest = |network: &[u8]| self.secret.digest(&[b"network", network])[0];
        match address.to_canonical() {
            IpAddr::V4(address) => digest(&address.octets()[..V4_BYTES]),
            IpAddr::V6(address) => digest(&address.octets()[..V6_BYTES]),
        }
    }

    /// What tells whether two sets were made under the same key.
    pub fn check(&self) -> NetworkCheck {
        let [one, two, three, four, ..] = self.secret.digest(&[b"check"]);
        NetworkCheck(u32::from_be_bytes([one, two, three, four]))
    }
}

/// The secret of one month, of which the keys of its sites are made.
struct MonthKey {
    month: ZoneMonth,
    secret: Secret,
}

impl MonthKey {
    fn of_site(&self, site: &Host) -> NetworkKey {
        let bytes = self.secret.digest(&[b"site", site.as_str().as_bytes()]);
        NetworkKey { secret: Secret::of_bytes(&bytes) }
    }
}

/// The keys of the months that are counted.
pub struct NetworkKeys {
    folder: PathBuf,
    random: Random,
    open: ArcSwap<Vec<Arc<MonthKey>>>,
    /// Held while a file is made or destroyed.
    changing: Mutex<()>,
}

/// The file of a key cannot be made, read or destroyed.
#[derive(Debug, thiserror::Error)]
#[error(
    "cannot keep the month's key of networks {0}: {1}; if the file is damaged, remove it: the \
     networks of the days before are then counted apart from those after"
)]
pub struct NetworkKeyError(PathBuf, #[source] io::Error);

impl NetworkKeys {
    /// Uses a folder, made if needed.
    pub fn open(folder: PathBuf, random: Random) -> Result<Self, NetworkKeyError> {
        fs::create_dir_all(&folder).map_err(|error| NetworkKeyError(folder.clone(), error))?;
        Ok(Self { folder, random, open: ArcSwap::default(), changing: Mutex::new(()) })
    }

    /// The key of a site in the month that a day lies in, whose file is made if it is not there.
    pub fn of(&self, day: &ZoneDay, site: &Host) -> Result<NetworkKey, NetworkKeyError> {
        let holds = |key: &&Arc<MonthKey>| key.month.holds(day);
        if let Some(key) = self.open.load().iter().find(holds) {
            return Ok(key.of_site(site));
        }
        let _changing = self.changing.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(key) = self.open.load().iter().find(holds) {
            return Ok(key.of_site(site));
        }
        let month = ZoneMonth::of(day);
        let file = self.file(&month);
        let secret = Secret::read_or_make(&self.folder, &file, &self.random)
            .map_err(|error| NetworkKeyError(file, error))?;
        let key = Arc::new(MonthKey { month, secret });
        self.open.rcu(|open| open.iter().cloned().chain([key.clone()]).collect::<Vec<_>>());
        Ok(key.of_site(site))
    }

    /// The key of a site in the month that a day lies in, if its file is there.
    pub fn known(&self, day: &ZoneDay, site: &Host) -> Result<Option<NetworkKey>, NetworkKeyError> {
        let is_there = self.open.load().iter().any(|key| key.month.holds(day))
            || self.file(&ZoneMonth::of(day)).exists();
        is_there.then(|| self.of(day, site)).transpose()
    }

    /// The months whose files are on the disk, in no order.
    pub fn months_on_disk(&self) -> Result<Vec<ZoneMonth>, NetworkKeyError> {
        let fault = |error| NetworkKeyError(self.folder.clone(), error);
        let mut months = Vec::new();
        for entry in fs::read_dir(&self.folder).map_err(fault)? {
            let name = entry.map_err(fault)?.file_name();
            months.extend(name.to_str().and_then(ZoneMonth::of_file_name));
        }
        Ok(months)
    }

    /// Destroys the key of a month: from now on no bucket of it can be made or compared.
    pub fn destroy(&self, month: &ZoneMonth) -> Result<(), NetworkKeyError> {
        let _changing = self.changing.lock().unwrap_or_else(PoisonError::into_inner);
        self.forget_if(|open| open == month);
        let file = self.file(month);
        let aside = file.with_added_extension("new");
        [aside, file]
            .into_iter()
            .try_for_each(|file| erase(&file).map_err(|error| NetworkKeyError(file, error)))
    }

    /// Forgets the keys of months that have ended, but not their files: another process may
    /// destroy those.
    pub fn forget_ended(&self, moment: Timestamp) {
        if self.open.load().iter().any(|key| key.month.has_ended(moment)) {
            let _changing = self.changing.lock().unwrap_or_else(PoisonError::into_inner);
            self.forget_if(|month| month.has_ended(moment));
        }
    }

    fn forget_if(&self, is_gone: impl Fn(&ZoneMonth) -> bool) {
        self.open.rcu(|open| {
            open.iter().filter(|key| !is_gone(&key.month)).cloned().collect::<Vec<_>>()
        });
    }

    fn file(&self, month: &ZoneMonth) -> PathBuf {
        self.folder.join(month.file_stem()).with_added_extension("key")
    }
}

/// What the requests of a past day of one site are sealed under.
pub struct PastKeys {
    /// The salt, which is never written: the day is counted in one run.
    pub salt: Salt,
    /// The site's key of the month.
    pub network: NetworkKey,
}

impl PastKeys {
    /// Keys of which none is ever written.
    pub fn in_memory(day: ZoneDay, random: &Random) -> Self {
        Self { salt: Salt::in_memory(day, random), network: NetworkKey::in_memory(random) }
    }

    /// A new salt, and the key of the month.
    pub fn of(
        day: ZoneDay,
        site: &Host,
        random: &Random,
        keys: &NetworkKeys,
    ) -> Result<Self, NetworkKeyError> {
        let network = keys.of(&day, site)?;
        Ok(Self { salt: Salt::in_memory(day, random), network })
    }
}

#[cfg(test)]
mod tests;
