//! Who asks, when, of which store and about which sites.

use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;

use crate::model::Site;
use crate::privacy::StaffPass;
use crate::query::ask::AskError;
use crate::query::cover::Provisional;
use crate::query::kept::Kept;
use crate::query::plan::Unanswerable;
use crate::store::{Store, StoreError};

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub enum QueryError {
    /// The question cannot be understood.
    #[error(transparent)]
    Ask(#[from] AskError),
    /// It has no exact answer.
    #[error(transparent)]
    Unanswerable(#[from] Unanswerable),
    /// The store.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Who asks, when, and of which store.
pub struct Asker<'a> {
    /// The figures.
    pub store: &'a dyn Store,
    /// The service's own time.
    pub now: Timestamp,
    /// Of days before this one, only the totals of whole sites are kept.
    pub details_from: Date,
    /// The proof that staff asks; nothing for everybody.
    pub pass: Option<&'a StaffPass>,
    /// The provisional tables of today.
    pub provisional: &'a Provisional,
    /// The answers for everybody that were made before, if they are kept.
    pub kept: Option<&'a Kept>,
}

/// Whose figures are asked for.
#[derive(Clone, Copy)]
pub enum Scope<'a> {
    /// Those of one site.
    Site(&'a Arc<Site>),
    /// The sum over these sites, however many they are.
    Sum(&'a [Arc<Site>]),
}

impl<'a> Scope<'a> {
    /// The sites.
    pub fn sites(self) -> &'a [Arc<Site>] {
        match self {
            Self::Site(site) => std::slice::from_ref(site),
            Self::Sum(sites) => sites,
        }
    }
}
