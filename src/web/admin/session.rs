//! Passwords and sessions: argon2id for the ones, random tokens kept as hashes for the others.

use actix_web::cookie::{Cookie, SameSite, time};
use actix_web::http::header;
use actix_web::web::{self, Data};
use actix_web::{HttpRequest, HttpResponse};
use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use jiff::SignedDuration;
use sha2::{Digest, Sha256};

use crate::model::hexadecimal;
use crate::web::App;
use crate::web::error::Refusal;

/// Shortest password, in bytes (ANSSI, authentication guide: 12 where attempts are limited).
pub const PASSWORD_BYTES_MIN: usize = 12;

/// Longest password, in bytes: hashing takes time in proportion.
pub const PASSWORD_BYTES_MAX: usize = 1_000;

/// Longest login, in bytes.
pub const LOGIN_BYTES_MAX: usize = 100;

/// How long a session lasts, in hours: a working day.
const SESSION_HOURS: i64 = 12;

/// The session's cookie. It goes to the administrators' pages only.
const COOKIE: &str = "parvis-session";

/// Bytes of a session's token.
const TOKEN_BYTES: usize = 32;

/// Why an account cannot be made.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum AccountProblem {
    /// The login.
    #[error("a login has 1 to {LOGIN_BYTES_MAX} bytes without spaces")]
    Login,
    /// The password.
    #[error("a password has {PASSWORD_BYTES_MIN} to {PASSWORD_BYTES_MAX} bytes")]
    Password,
}

/// Can an account have this login and password?
pub fn check_password(login: &str, password: &str) -> Result<(), AccountProblem> {
    let login_fits = !login.is_empty() && login.len() <= LOGIN_BYTES_MAX;
    if !login_fits || login.chars().any(|letter| letter.is_whitespace() || letter.is_control()) {
        return Err(AccountProblem::Login);
    }
    if !(PASSWORD_BYTES_MIN..=PASSWORD_BYTES_MAX).contains(&password.len()) {
        return Err(AccountProblem::Password);
    }
    Ok(())
}

/// The password's argon2id hash in PHC form, under a salt of 16 random bytes.
pub fn hash_password(password: &str, salt: [u8; 16]) -> Option<String> {
    let hash = Argon2::default().hash_password_with_salt(password.as_bytes(), &salt).ok()?;
    Some(hash.to_string())
}

/// Does the password belong to the login? An unknown login takes as long as a known one.
pub async fn verify(app: &Data<App>, login: String, password: String) -> Result<bool, Refusal> {
    let _turn = app.password_checks.acquire().await.map_err(|_| Refusal::Internal)?;
    let app = app.clone();
    let checked = web::block(move || {
        let known = app.store.password_hash(&login)?;
        let is_known = known.is_some();
        let hash = match known {
            Some(hash) => hash,
            None => hash_password("nobody's", [0; 16]).ok_or(Refusal::Internal)?,
        };
        let hash = PasswordHash::new(&hash).map_err(|_| Refusal::Internal)?;
        let right = Argon2::default().verify_password(password.as_bytes(), &hash).is_ok();
        Ok::<_, Refusal>(right && is_known)
    });
    checked.await?
}

/// Adds an account.
pub async fn add(app: &Data<App>, login: String, password: String) -> Result<(), Refusal> {
    let _turn = app.password_checks.acquire().await.map_err(|_| Refusal::Internal)?;
    let app = app.clone();
    let added = web::block(move || {
        let mut salt = [0; 16];
        (app.random)(&mut salt);
        let hash = hash_password(&password, salt).ok_or(Refusal::Internal)?;
        Ok::<_, Refusal>(app.store.add_login(&login, &hash, (app.clock)())?)
    });
    added.await?
}

/// Opens a session and goes to the administrators' first page.
pub async fn open(app: &Data<App>, login: String) -> Result<HttpResponse, Refusal> {
    let token = new_token(app);
    let hash = Sha256::digest(token.as_bytes());
    let ends = (app.clock)() + SignedDuration::from_hours(SESSION_HOURS);
    let store = app.store.clone();
    web::block(move || store.open_session(&hash, &login, ends)).await??;
    let secure = app.public_url.as_deref().is_some_and(|url| url.starts_with("https:"));
    let cookie = Cookie::build(COOKIE, token)
        .path("/admin")
        .http_only(true)
        .secure(secure)
        .same_site(SameSite::Strict)
        .max_age(time::Duration::hours(SESSION_HOURS))
        .finish();
    let mut response = HttpResponse::SeeOther();
    Ok(response.cookie(cookie).insert_header((header::LOCATION, "/admin")).finish())
}

/// Whose session the request carries.
pub async fn login(request: &HttpRequest, app: &Data<App>) -> Result<Option<String>, Refusal> {
    let Some(cookie) = request.cookie(COOKIE) else { return Ok(None) };
    let hash = Sha256::digest(cookie.value().as_bytes());
    let (store, now) = (app.store.clone(), (app.clock)());
    Ok(web::block(move || store.session_login(&hash, now)).await??)
}

/// Ends the session that the request carries.
pub async fn close(request: &HttpRequest, app: &Data<App>) -> Result<HttpResponse, Refusal> {
    let mut response = HttpResponse::SeeOther();
    response.insert_header((header::LOCATION, "/"));
    if let Some(cookie) = request.cookie(COOKIE) {
        let hash = Sha256::digest(cookie.value().as_bytes());
        let store = app.store.clone();
        web::block(move || store.close_session(&hash)).await??;
        let mut gone = Cookie::build(COOKIE, "").path("/admin").finish();
        gone.make_removal();
        response.cookie(gone);
    }
    Ok(response.finish())
}

/// A token of random bytes, in hexadecimal.
fn new_token(app: &App) -> String {
    let mut bytes = [0; TOKEN_BYTES];
    (app.random)(&mut bytes);
    hexadecimal(&bytes)
}

/// Compares secrets by their hashes, so that the time taken says nothing about them.
pub fn same(left: &str, right: &str) -> bool {
    Sha256::digest(left.as_bytes()) == Sha256::digest(right.as_bytes())
}
