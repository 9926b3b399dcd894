//! The secrets that views are sealed under while their day is open.

use std::sync::Arc;

use jiff::Timestamp;

use crate::model::Site;
use crate::privacy::networks::{NetworkKey, NetworkKeyError, NetworkKeys};
use crate::privacy::salt::{Salt, SaltError, Salts};

/// Those of all open days and months.
#[derive(Clone)]
pub struct Secrets {
    /// The salts of the open days.
    pub salts: Arc<Salts>,
    /// The keys of networks of the open months.
    pub networks: Arc<NetworkKeys>,
}

/// Why a view cannot be sealed.
#[derive(Debug, thiserror::Error)]
pub enum SecretError {
    /// The day has no salt.
    #[error(transparent)]
    Salt(#[from] SaltError),
    /// The month has no key of networks.
    #[error(transparent)]
    Network(#[from] NetworkKeyError),
}

impl Secrets {
    /// The salt of a site's day, and its key of the month, each made if it is not there.
    pub fn of(&self, site: &Site, now: Timestamp) -> Result<(Arc<Salt>, NetworkKey), SecretError> {
        let salt = self.salts.of(&site.zone, now)?;
        let network = self.networks.of(salt.day(), &site.host)?;
        Ok((salt, network))
    }
}
