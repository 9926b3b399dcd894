//! `parvis user`: the administrators' accounts.

use std::path::Path;

use crate::app::{AppError, Machine};
use crate::store::{Account, SqliteStore, Staff};
use crate::web::admin::{check_password, hash_password};

/// Adds an administrator to the store of a data folder.
pub fn add_user(
    data: &Path,
    login: &str,
    password: &str,
    machine: &Machine,
) -> Result<(), AppError> {
    let hash = hash(login, password, machine)?;
    SqliteStore::open(data)?.add_login(login, &hash, (machine.clock)())?;
    Ok(())
}

/// The administrators, by login.
pub fn list_users(data: &Path, machine: &Machine) -> Result<Vec<Account>, AppError> {
    Ok(SqliteStore::open(data)?.accounts((machine.clock)())?)
}

/// Is there an account of this login? Asked before a password is typed in vain.
pub fn has_user(data: &Path, login: &str) -> Result<bool, AppError> {
    Ok(SqliteStore::open(data)?.password_hash(login)?.is_some())
}

/// Gives an administrator another password, and ends all sessions.
pub fn set_user_password(
    data: &Path,
    login: &str,
    password: &str,
    machine: &Machine,
) -> Result<(), AppError> {
    let hash = hash(login, password, machine)?;
    Ok(SqliteStore::open(data)?.set_password(login, &hash)?)
}

/// Removes an administrator and ends all sessions; returns whether another one is left.
pub fn remove_user(data: &Path, login: &str) -> Result<bool, AppError> {
    let store = SqliteStore::open(data)?;
    store.remove_login(login)?;
    Ok(store.has_logins()?)
}

fn hash(login: &str, password: &str, machine: &Machine) -> Result<String, AppError> {
    check_password(login, password).map_err(|problem| AppError::Misuse(problem.to_string()))?;
    let mut salt = [0; 16];
    (machine.random)(&mut salt);
    hash_password(password, salt)
        .ok_or_else(|| AppError::Machine("the password cannot be hashed".to_owned()))
}
