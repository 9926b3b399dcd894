//! Password hashes, and the few places in which they are made and checked.

use std::sync::Arc;

use actix_web::web;
use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use sha2::{Digest, Sha256};
use tokio::sync::Semaphore;

use crate::web::error::Refusal;

/// Checks for strangers at one moment, and as many for browsers that signed in before. Each takes
/// 19 MB and a core, as argon2id means it to: a flood of strangers takes one of each.
const CHECKS_MAX: usize = 1;

/// Checks for strangers that wait: about a second of work.
const WAITING_MAX: usize = 32;

/// Checks for known browsers that wait.
const WAITING_KNOWN_MAX: usize = 8;

/// What an unknown login is checked against: the hash of random bytes that nobody kept. It is a
/// constant, so that an unknown login costs one hash like every other.
pub const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$BVkZM5rSRwuuNTTyHgMQRQ\
    $w8wPGi07WmEYMWOvHlFsZrZTd84WM12lAqTKsLzWYgc";

/// The places for checks, and for those that wait: known browsers do not wait behind strangers.
pub struct PasswordChecks {
    strangers: Queue,
    known: Queue,
}

struct Queue {
    places: Arc<Semaphore>,
    waiting: Arc<Semaphore>,
}

impl Queue {
    fn new(waiting_max: usize) -> Self {
        let places = |count| Arc::new(Semaphore::new(count));
        Self { places: places(CHECKS_MAX), waiting: places(waiting_max) }
    }
}

impl Default for PasswordChecks {
    fn default() -> Self {
        Self { strangers: Queue::new(WAITING_MAX), known: Queue::new(WAITING_KNOWN_MAX) }
    }
}

impl PasswordChecks {
    /// Does the work when there is a place; refuses at once where too many wait. The place is left
    /// when the work has ended, and not when its client has gone.
    pub async fn run<Outcome: Send + 'static>(
        &self,
        is_known: bool,
        work: impl FnOnce() -> Result<Outcome, Refusal> + Send + 'static,
    ) -> Result<Outcome, Refusal> {
        let Queue { places, waiting } = if is_known { &self.known } else { &self.strangers };
        let waiting = waiting.clone().try_acquire_owned().map_err(|_| Refusal::TooManyAttempts)?;
        let place = places.clone().acquire_owned().await.map_err(|_| Refusal::Internal)?;
        drop(waiting);
        let done = web::block(move || {
            let outcome = work();
            drop(place);
            outcome
        });
        done.await?
    }
}

/// The password's argon2id hash in PHC form, under a salt of 16 random bytes.
pub fn hash_password(password: &str, salt: [u8; 16]) -> Option<String> {
    let hash = Argon2::default().hash_password_with_salt(password.as_bytes(), &salt).ok()?;
    Some(hash.to_string())
}

/// Is this the password of the hash?
pub fn is_password_of(hash: &str, password: &str) -> Result<bool, Refusal> {
    let hash = PasswordHash::new(hash).map_err(|_| Refusal::Internal)?;
    Ok(Argon2::default().verify_password(password.as_bytes(), &hash).is_ok())
}

/// Compares secrets by their hashes, so that the time taken says nothing about them.
pub fn same(left: &str, right: &str) -> bool {
    Sha256::digest(left.as_bytes()) == Sha256::digest(right.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_login_costs_what_a_known_one_costs() {
        let hash = hash_password("a-long-password", [7; 16]).unwrap();
        let parameters = |hash: &str| hash.split('$').take(4).collect::<Vec<_>>().join("$");
        assert_eq!(parameters(&hash), parameters(NOBODY));
        let lengths = |hash: &str| hash.split('$').map(str::len).collect::<Vec<_>>();
        assert_eq!(lengths(&hash), lengths(NOBODY));
        assert!(is_password_of(&hash, "a-long-password").unwrap());
        assert!(!is_password_of(&hash, "another-password").unwrap());
        assert!(!is_password_of(NOBODY, "nobody's").unwrap());
    }

    #[test]
    fn a_place_is_held_until_the_work_ends_though_its_client_has_gone() {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
        runtime.block_on(async {
            let checks = PasswordChecks::default();
            let (release, held) = std::sync::mpsc::channel::<()>();
            let held = Arc::new(std::sync::Mutex::new(held));
            for _ in 0..CHECKS_MAX {
                let held = held.clone();
                let work = move || Ok(held.lock().unwrap().recv().is_ok());
                let gone = tokio::time::timeout(std::time::Duration::from_millis(50), async {
                    checks.run(false, work).await
                });
                assert!(gone.await.is_err());
            }
            assert_eq!(checks.strangers.places.available_permits(), 0);
            assert_eq!(checks.strangers.waiting.available_permits(), WAITING_MAX);
            for _ in 0..CHECKS_MAX {
                release.send(()).unwrap();
            }
            assert_eq!(checks.run(false, || Ok(7)).await.ok(), Some(7));
        });
    }

    #[test]
    fn waiting_is_bounded_and_known_browsers_wait_apart() {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(async {
            let checks = PasswordChecks::default();
            let all = checks
                .strangers
                .waiting
                .clone()
                .try_acquire_many_owned(WAITING_MAX as u32)
                .unwrap();
            let refused = checks.run(false, || Ok(())).await;
            assert!(matches!(refused, Err(Refusal::TooManyAttempts)));
            assert!(checks.run(true, || Ok(())).await.is_ok());
            drop(all);
            assert!(checks.run(false, || Ok(())).await.is_ok());
        });
    }
}
