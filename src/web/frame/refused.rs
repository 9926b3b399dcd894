//! A refusal as a page, for a person with a browser.

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderValue};
use actix_web::middleware::Next;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, ResponseError};
use askama::Template;

use crate::web::accept::preferred;
use crate::web::error::Refusal;
use crate::web::frame::Frame;
use crate::web::{App, CONTENT_SECURITY_POLICY};

#[derive(Template)]
#[template(path = "refusal.html")]
struct RefusalPage<'a> {
    frame: &'a Frame,
    title: String,
    why: String,
    /// What it was, in the words of the log and the API, which are English.
    detail: Option<String>,
}

impl Frame {
    /// A page that is not there, with a text that says what is not.
    pub fn not_found(&self, why: &str) -> HttpResponse {
        let title = self.say("refusal-not_found").to_string();
        let why = self.say(why).to_string();
        let page = RefusalPage { frame: self, title, why, detail: None };
        refused(Refusal::NotFound(String::new()).status_code(), &page)
    }

    /// A page that answers a question, or says itself what is wrong with it.
    pub fn answer_or_refuse(
        &self,
        request: &HttpRequest,
        page: &impl Template,
        problem: Option<&str>,
    ) -> Result<HttpResponse, Refusal> {
        match problem {
            Some(why) => Ok(self.answer_refused(&Refusal::Wrong(why.to_owned()), page)),
            None => self.answer(request, page),
        }
    }

    /// A page that says itself why something was refused.
    pub fn answer_refused(&self, refusal: &Refusal, page: &impl Template) -> HttpResponse {
        let mut response = refused(refusal.status_code(), page);
        if let Some(after) = refusal.error_response().headers().get(header::RETRY_AFTER) {
            response.headers_mut().insert(header::RETRY_AFTER, after.clone());
        }
        response
    }

    fn refusal(&self, status: StatusCode, refusal: &Refusal) -> HttpResponse {
        let name = refusal.name();
        let is_told = matches!(
            refusal,
            Refusal::Wrong(_) | Refusal::NoExactAnswer(_) | Refusal::Unavailable(_)
        );
        let page = RefusalPage {
            frame: self,
            title: self.say(format!("refusal-{name}")).to_string(),
            why: self.say(format!("refusal-{name}-why")).to_string(),
            detail: is_told.then(|| refusal.to_string()),
        };
        refused(status, &page)
    }
}

fn refused(status: StatusCode, page: &impl Template) -> HttpResponse {
    let Ok(text) = page.render() else { return Refusal::Internal.error_response() };
    HttpResponse::build(status)
        .content_type("text/html; charset=utf-8")
        .insert_header((header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY))
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .insert_header((header::VARY, "accept-language"))
        .body(text)
}

/// Shows a refusal as a page to who asks for one: a person with a browser.
pub async fn in_words(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let mut response = next.call(request).await?.map_into_boxed_body();
    let refusal = response.response().error().and_then(|error| error.as_error::<Refusal>());
    let Some(refusal) = refusal else { return Ok(response) };
    let vary = HeaderValue::from_static("accept, accept-language");
    let app = response.request().app_data::<Data<App>>();
    let Some(app) = app.filter(|_| wants_page(response.request())) else {
        response.headers_mut().insert(header::VARY, vary);
        return Ok(response);
    };
    let frame = Frame::of(response.request(), app);
    let mut page = frame.refusal(response.status(), refusal);
    page.headers_mut().insert(header::VARY, vary);
    for name in [header::RETRY_AFTER, header::ALLOW] {
        if let Some(value) = response.headers().get(&name) {
            page.headers_mut().insert(name, value.clone());
        }
    }
    Ok(response.into_response(page))
}

/// Did a browser ask for a page to look at?
fn wants_page(request: &HttpRequest) -> bool {
    let offered = ["application/problem+json", "application/json", "text/html"];
    preferred(request, &offered) == "text/html"
}
