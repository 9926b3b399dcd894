//! Every refusal in one place: an RFC 9457 problem for programs, a page for people; the only 4xx
//! and 5xx.

use std::io::ErrorKind;

use actix_web::error::{PayloadError, QueryPayloadError, UrlencodedError};
use actix_web::http::header;
use actix_web::http::{Method, StatusCode};
use actix_web::{HttpRequest, HttpResponse, ResponseError};
use serde_json::json;

use crate::collect::{Answer, BODY_SECONDS_MAX, Dropped};
use crate::journal::JournalFault;
use crate::publish::PublishError;
use crate::store::StoreError;
use crate::web::final_slash::without_slash;
use crate::web::methods;

/// Seconds after which a sender may try again: longer than a disk's hiccup, shorter than the
/// patience of a page that is being left.
const RETRY_AFTER_SECONDS: u32 = 5;

/// Attempts are counted by the minute.
const RETRY_ATTEMPTS_AFTER_SECONDS: u32 = 60;

/// What is wrong with a body that did not arrive in time.
pub const LATE: ErrorKind = ErrorKind::TimedOut;

/// What is wrong with a body whose address sends too many at once.
pub const CROWDED: ErrorKind = ErrorKind::QuotaExceeded;

const FORMS_CROWDED: &str = "This address sends too many forms at once; try again soon.";

/// Why a request is refused.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// A beacon that is not counted and should have been right.
    #[error("{}", .0.advice())]
    Beacon(Dropped),
    /// There is no such thing.
    #[error("{0}")]
    NotFound(String),
    /// It was there, and was taken out.
    #[error("{0}")]
    Withdrawn(String),
    /// The request itself is wrong.
    #[error("{0}")]
    Wrong(String),
    /// A question that is well put and has no exact answer.
    #[error("{0}")]
    NoExactAnswer(String),
    /// The part that is asked for lies outside of the file, of which the length is told.
    #[error("There is no such part: the file has {0} bytes.")]
    OutOfRange(u64),
    /// The address takes other methods, which are told.
    #[error("This address takes {0}.")]
    WrongMethod(&'static str),
    /// The asker has to sign in.
    #[error("Sign in at /admin/sign-in.")]
    SignedOut,
    /// The form came from another site.
    #[error("This form was sent from another site; open it here and send it again.")]
    ForeignForm,
    /// Too many attempts.
    #[error("Too many attempts; wait a minute and try again.")]
    TooManyAttempts,
    /// The address holds as many connections, bodies or downloads as one may.
    #[error("{0}")]
    Crowded(&'static str),
    /// The body did not arrive in time.
    #[error("The form did not arrive within {BODY_SECONDS_MAX} seconds; send it again.")]
    TooSlow,
    /// It works again later.
    #[error("{0}")]
    Unavailable(String),
    /// Our own fault; the log has the reason.
    #[error("Something went wrong here; the operator finds the reason in the log.")]
    Internal,
}

impl Refusal {
    /// The last part of the problem's `type`.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Beacon(dropped) => dropped.reason(),
            Self::NotFound(_) => "not_found",
            Self::Withdrawn(_) => "withdrawn",
            Self::Wrong(_) => "wrong_request",
            Self::NoExactAnswer(_) => "no_exact_answer",
            Self::OutOfRange(_) => "out_of_range",
            Self::WrongMethod(_) => "wrong_method",
            Self::SignedOut => "signed_out",
            Self::ForeignForm => "foreign_form",
            Self::TooManyAttempts => "too_many_attempts",
            Self::Crowded(_) => "too_many_at_once",
            Self::TooSlow => "too_slow",
            Self::Unavailable(_) => "unavailable",
            Self::Internal => "internal",
        }
    }
}

impl ResponseError for Refusal {
    fn status_code(&self) -> StatusCode {
        match self {
            Self::Beacon(dropped) => match dropped.answer() {
                Answer::OnPurpose => StatusCode::ACCEPTED,
                Answer::Refused => StatusCode::BAD_REQUEST,
                Answer::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
                Answer::TooSlow => StatusCode::REQUEST_TIMEOUT,
                Answer::SlowDown => StatusCode::TOO_MANY_REQUESTS,
                Answer::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
            },
            Self::NotFound(_) => StatusCode::NOT_FOUND,
            Self::Withdrawn(_) => StatusCode::GONE,
            Self::Wrong(_) | Self::NoExactAnswer(_) => StatusCode::BAD_REQUEST,
            Self::OutOfRange(_) => StatusCode::RANGE_NOT_SATISFIABLE,
            Self::WrongMethod(_) => StatusCode::METHOD_NOT_ALLOWED,
            Self::SignedOut => StatusCode::UNAUTHORIZED,
            Self::ForeignForm => StatusCode::FORBIDDEN,
            Self::TooManyAttempts | Self::Crowded(_) => StatusCode::TOO_MANY_REQUESTS,
            Self::TooSlow => StatusCode::REQUEST_TIMEOUT,
            Self::Unavailable(_) => StatusCode::SERVICE_UNAVAILABLE,
            Self::Internal => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    fn error_response(&self) -> HttpResponse {
        let status = self.status_code();
        let mut response = HttpResponse::build(status);
        response.insert_header((header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"));
        if matches!(status, StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE) {
            let is_attempt = matches!(self, Self::TooManyAttempts);
            let seconds =
                if is_attempt { RETRY_ATTEMPTS_AFTER_SECONDS } else { RETRY_AFTER_SECONDS };
            response.insert_header((header::RETRY_AFTER, seconds));
        }
        if let Self::OutOfRange(length) = self {
            response.insert_header((header::CONTENT_RANGE, format!("bytes */{length}")));
        }
        if let Self::WrongMethod(allowed) = self {
            response.insert_header((header::ALLOW, *allowed));
        }
        // A tag URI (RFC 4151) names the problem for ever without promising a page about it.
        let problem = json!({
            "type": format!("tag:parvis,2026:{}", self.name()),
            "title": status.canonical_reason().unwrap_or("Refused"),
            "status": status.as_u16(),
            "detail": self.to_string(),
        });
        response.content_type("application/problem+json").body(problem.to_string())
    }
}

impl From<StoreError> for Refusal {
    fn from(error: StoreError) -> Self {
        tracing::error!("{error}");
        Self::Internal
    }
}

impl From<PublishError> for Refusal {
    fn from(error: PublishError) -> Self {
        tracing::error!("{error}");
        Self::Internal
    }
}

impl From<JournalFault> for Refusal {
    fn from(error: JournalFault) -> Self {
        tracing::error!("{error}");
        Self::Internal
    }
}

impl From<askama::Error> for Refusal {
    fn from(error: askama::Error) -> Self {
        tracing::error!("{error}");
        Self::Internal
    }
}

impl From<actix_web::error::BlockingError> for Refusal {
    fn from(error: actix_web::error::BlockingError) -> Self {
        tracing::error!("{error}");
        Self::Internal
    }
}

/// An HTML page that says so itself.
pub fn not_found(page: impl actix_web::body::MessageBody + 'static) -> HttpResponse {
    HttpResponse::NotFound().content_type("text/html; charset=utf-8").body(page)
}

/// What answers a query that does not fit its route.
pub fn wrong_query(_: QueryPayloadError, _: &HttpRequest) -> actix_web::Error {
    let why = "The query cannot be read: give each parameter once, and those that are needed.";
    Refusal::Wrong(why.to_owned()).into()
}

/// What answers a form that does not fit its route.
pub fn wrong_form(error: UrlencodedError, _: &HttpRequest) -> actix_web::Error {
    if let UrlencodedError::Payload(PayloadError::Io(error)) = &error {
        match error.kind() {
            LATE => return Refusal::TooSlow.into(),
            CROWDED => return Refusal::Crowded(FORMS_CROWDED).into(),
            _ => {}
        }
    }
    let why = "The form cannot be read: fill in each of its fields, and send it from its page.";
    Refusal::Wrong(why.to_owned()).into()
}

/// Is there an address in the route table that differs from this one by its final slash alone?
fn has_page_without_slash(request: &HttpRequest) -> bool {
    let path = request.path();
    let page = path.trim_end_matches('/');
    let is_local = page.len() < path.len() && page.len() > 1 && !page.starts_with("//");
    is_local && request.resource_map().has_resource(page)
}

/// What answers every request that is in no route: of an address that there is, which methods it
/// takes; of one that there is without a slash at its end, where that is; of another, that there
/// is nothing.
pub async fn no_such_page(request: HttpRequest) -> Result<HttpResponse, Refusal> {
    let pattern = request.match_pattern().unwrap_or_default();
    let is_read = matches!(*request.method(), Method::GET | Method::HEAD);
    if is_read && has_page_without_slash(&request) {
        return Ok(without_slash(request).await);
    }
    match methods::allowed(&pattern) {
        Some(allowed) if request.method() == Method::OPTIONS => Ok(methods::told(allowed)),
        Some(allowed) if !methods::takes(allowed, request.method()) => {
            Err(Refusal::WrongMethod(allowed))
        }
        _ => Err(Refusal::NotFound("There is nothing at this address.".to_owned())),
    }
}
