//! The form to declare a re-use: it works without script, keeps what was typed, and says next to
//! each field what to do.

use actix_web::http::header;
use actix_web::web::{self, Data, Form, FormConfig};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use serde::Deserialize;

use crate::model::ReuseKind;
use crate::publish::portal::{Declaration, Fault, judge};
use crate::store::Declared;
use crate::web::error::{Refusal, wrong_form};
use crate::web::frame::Frame;
use crate::web::limits::questions::computed;
use crate::web::open_data::described;
use crate::web::pages::asked::Asked;
use crate::web::pages::reuses::DATASET;
use crate::web::{App, forms};

/// Re-uses that one address may declare in a minute: one person types no faster.
pub const DECLARATIONS_PER_MINUTE: u32 = 5;

/// Longest form, in bytes: a field of every length that is allowed, each sign of it written as
/// twelve in a form.
const FORM_BYTES_MAX: usize = 64 * 1024;

/// What a person sends.
#[derive(Deserialize)]
#[serde(default)]
#[derive(Default)]
pub struct DeclarationForm {
    title: String,
    url: String,
    kind: String,
    datasets: String,
    description: String,
    /// A field that people do not see: who fills it in is a program.
    website: String,
}

/// A kind to choose.
struct KindChoice {
    name: &'static str,
    title: &'static str,
    is_chosen: bool,
}

/// Something that is wrong, with what to do.
struct FaultLine {
    field: &'static str,
    text: String,
}

#[derive(Template)]
#[template(path = "reuse_form.html")]
struct FormPage {
    frame: Frame,
    typed: Declaration,
    kinds: Vec<KindChoice>,
    faults: Vec<FaultLine>,
    /// Why nothing can be declared right now, whatever is typed.
    trouble: Option<String>,
}

impl FormPage {
    fn new(frame: Frame, typed: Declaration) -> Self {
        let choice = |kind: ReuseKind| KindChoice {
            name: kind.name(),
            title: frame.locale.of(kind.title()),
            is_chosen: kind.name() == typed.kind,
        };
        let kinds = ReuseKind::ALL.map(choice).into();
        Self { frame, typed, kinds, faults: Vec::new(), trouble: None }
    }

    /// What is wrong with a field.
    fn faults_of(&self, field: &str) -> Vec<&str> {
        let faults = self.faults.iter().filter(|fault| fault.field == field);
        faults.map(|fault| fault.text.as_str()).collect()
    }

    /// What describes a field: its hint, and what is wrong with it.
    fn described_by(&self, field: &str) -> String {
        match self.faults_of(field).is_empty() {
            true => format!("{field}-hint"),
            false => format!("{field}-hint {field}-fault"),
        }
    }

    fn refused(self, refusal: &Refusal) -> HttpResponse {
        self.frame.answer_refused(refusal, &self)
    }
}

#[derive(Template)]
#[template(path = "reuse_waiting.html")]
struct WaitingPage {
    frame: Frame,
}

/// How forms are read here.
pub fn form_config() -> FormConfig {
    FormConfig::default().limit(FORM_BYTES_MAX).error_handler(wrong_form)
}

/// `GET /reuses/new`: the form; a dataset may be filled in by the link that leads here.
pub async fn empty(request: HttpRequest, app: Data<App>) -> Result<HttpResponse, Refusal> {
    let asked = Asked::of(request.query_string());
    let datasets = asked.get(DATASET).unwrap_or_default().to_owned();
    let typed = Declaration { datasets, ..Declaration::default() };
    let page = FormPage::new(Frame::of(&request, &app), typed);
    page.frame.answer(&request, &page)
}

/// `GET /reuses/waiting`: what happens now.
pub async fn waiting(request: HttpRequest, app: Data<App>) -> Result<HttpResponse, Refusal> {
    let page = WaitingPage { frame: Frame::of(&request, &app) };
    page.frame.answer(&request, &page)
}

/// `POST /reuses`: lets a re-use wait to be looked at.
pub async fn declare(
    request: HttpRequest,
    form: Form<DeclarationForm>,
    app: Data<App>,
) -> Result<HttpResponse, Refusal> {
    let frame = Frame::of(&request, &app);
    let DeclarationForm { title, url, kind, datasets, description, website } = form.into_inner();
    if !website.is_empty() {
        return Ok(to_waiting(&frame));
    }
    let typed = Declaration { title, url, kind, datasets, description };
    let (judged, asked, reached) = (typed.clone(), app.clone(), forms::reached(&request));
    let judged = computed(&request, move || {
        Ok::<_, Refusal>(judge(&*described(&asked)?, &reached, &judged))
    });
    let new = match judged.await?? {
        Ok(new) => new,
        Err(faults) => return Ok(with_faults(FormPage::new(frame, typed), &faults)),
    };
    if let Err(refusal) = forms::limit(&request, &app, &app.declarations) {
        let trouble = Some(frame.say("reuse-trouble-many").to_string());
        return Ok(FormPage { trouble, ..FormPage::new(frame, typed) }.refused(&refusal));
    }
    let (store, now) = (app.store.clone(), (app.clock)());
    match web::block(move || store.declare_reuse(&new, now)).await?? {
        Declared::Waits => Ok(to_waiting(&frame)),
        Declared::Known(state) => {
            let text = frame.say(format!("reuse-known-{}", state.name())).to_string();
            let faults = vec![FaultLine { field: "url", text }];
            let page = FormPage { faults, ..FormPage::new(frame, typed) };
            Ok(page.refused(&Refusal::Wrong(String::new())))
        }
        Declared::Full => {
            let trouble = Some(frame.say("reuse-trouble-full").to_string());
            let page = FormPage { trouble, ..FormPage::new(frame, typed) };
            Ok(page.refused(&Refusal::Unavailable(String::new())))
        }
    }
}

/// The form again, with what is wrong.
fn with_faults(mut page: FormPage, faults: &[Fault]) -> HttpResponse {
    page.faults = faults.iter().map(|fault| fault_line(&page.frame, fault)).collect();
    page.refused(&Refusal::Wrong(String::new()))
}

fn fault_line(frame: &Frame, fault: &Fault) -> FaultLine {
    let key = format!("reuse-fault-{}", fault.name());
    let said = frame.say(key).with("most", fault.most().unwrap_or_default());
    let named = match fault {
        Fault::DatasetUnknown(name) => name.as_str(),
        _ => "",
    };
    FaultLine { field: fault.field(), text: said.with("named", named).to_string() }
}

fn to_waiting(frame: &Frame) -> HttpResponse {
    let page = frame.to("/reuses/waiting");
    HttpResponse::SeeOther().insert_header((header::LOCATION, page)).finish()
}
