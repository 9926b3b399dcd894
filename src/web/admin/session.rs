//! Sessions: random tokens, of which only hashes are kept.

use actix_web::cookie::{Cookie, SameSite, time};
use actix_web::http::header;
use actix_web::web::{self, Data};
use actix_web::{HttpRequest, HttpResponse};
use jiff::SignedDuration;
use sha2::{Digest, Sha256};

use crate::model::hexadecimal;
use crate::web::admin::browser;
use crate::web::error::Refusal;
use crate::web::{App, forms};

/// How long a session lasts, in hours: a working day.
const SESSION_HOURS: i64 = 12;

/// The session's cookie. It goes to the administrators' pages only.
const COOKIE: &str = "parvis-session";

/// Bytes of a session's token.
const TOKEN_BYTES: usize = 32;

/// What the store knows a session by.
pub type TokenHash = [u8; 32];

/// Opens a session and goes to the administrators' first page. `hash` is that of the password that
/// was right; with another one in the store meanwhile there is no session.
pub async fn open(
    request: &HttpRequest,
    app: &Data<App>,
    login: String,
    hash: String,
) -> Result<HttpResponse, Refusal> {
    let token = new_token(app);
    let token_hash = Sha256::digest(token.as_bytes());
    let (now, is_secure) = ((app.clock)(), forms::is_secure(request, app));
    let ends = now + SignedDuration::from_hours(SESSION_HOURS);
    let known = browser::cookie((&login, &hash), now, is_secure);
    let store = app.store.clone();
    let opened = web::block(move || store.open_session(&token_hash, (&login, &hash), ends));
    if !opened.await?? {
        return Err(Refusal::SignedOut);
    }
    let cookie = Cookie::build(COOKIE, token)
        .path("/admin")
        .http_only(true)
        .secure(is_secure)
        .same_site(SameSite::Strict)
        .max_age(time::Duration::hours(SESSION_HOURS))
        .finish();
    let mut response = HttpResponse::SeeOther();
    response.cookie(cookie).cookie(known);
    Ok(response.insert_header((header::LOCATION, "/admin")).finish())
}

/// The session that the request names, whether or not there is one.
pub fn named(request: &HttpRequest) -> Option<TokenHash> {
    request.cookie(COOKIE).map(|cookie| Sha256::digest(cookie.value().as_bytes()).into())
}

/// Whose session this is, if it has not ended.
pub async fn login_of(app: &Data<App>, session: TokenHash) -> Result<Option<String>, Refusal> {
    let (store, now) = (app.store.clone(), (app.clock)());
    Ok(web::block(move || store.session_login(&session, now)).await??)
}

/// Ends the session that the request carries.
pub async fn close(request: &HttpRequest, app: &Data<App>) -> Result<HttpResponse, Refusal> {
    let mut response = HttpResponse::SeeOther();
    response.insert_header((header::LOCATION, "/"));
    if let Some(session) = named(request) {
        let store = app.store.clone();
        web::block(move || store.close_session(&session)).await??;
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
