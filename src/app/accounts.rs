//! `parvis user`: the administrators' accounts.

use std::path::Path;

use crate::app::{AppError, Machine};
use crate::store::{SqliteStore, Staff};
use crate::web::admin::{check_password, hash_password};

/// Adds an administrator to the store of a data folder.
pub fn add_user(
    data: &Path,
    login: &str,
    password: &str,
    machine: &Machine,
) -> Result<(), AppError> {
    check_password(login, password).map_err(|problem| AppError::Misuse(problem.to_string()))?;
    let mut salt = [0; 16];
    (machine.random)(&mut salt);
    let hash = hash_password(password, salt)
        .ok_or_else(|| AppError::Machine("the password cannot be hashed".to_owned()))?;
    SqliteStore::open(data)?.add_login(login, &hash, (machine.clock)())?;
    Ok(())
}
