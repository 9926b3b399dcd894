//! For the machines that watch the service: is it alive, and can it count?

use actix_web::HttpResponse;
use actix_web::web::{self, Data};

use crate::web::App;
use crate::web::error::Refusal;

/// `GET /healthz`: the process answers.
pub async fn alive() -> HttpResponse {
    HttpResponse::Ok().content_type("text/plain; charset=utf-8").body("alive\n")
}

/// `GET /readyz`: the tables are compiled, the journal can be written, the clock is believed, the
/// store can be read, and the day has its salt.
pub async fn ready(app: Data<App>) -> Result<HttpResponse, Refusal> {
    if !app.tables.agents.is_warm() {
        return Err(Refusal::Unavailable("The tables are being compiled.".to_owned()));
    }
    if app.journal.trouble().is_some() {
        let why = "The journal cannot be written; the log has the reason.";
        return Err(Refusal::Unavailable(why.to_owned()));
    }
    if (app.clock_watch)().trouble.is_some() {
        let why = "The machine's clock does not agree with the time that has passed; the log says \
                   what is done about it.";
        return Err(Refusal::Unavailable(why.to_owned()));
    }
    let app = app.into_inner();
    web::block(move || {
        app.store.sites()?;
        app.collector.check_day().map_err(|error| {
            tracing::error!("no view can be counted: {error}");
            Refusal::Unavailable("The day cannot be opened; the log has the reason.".to_owned())
        })
    })
    .await??;
    Ok(HttpResponse::Ok().content_type("text/plain; charset=utf-8").body("ready\n"))
}
