//! Streams through the whole running service: beacons over HTTP, and the staff's API.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use jiff::Timestamp;
use parvis::app::{self, Machine, Options, Running};
use parvis::config::Config;
use parvis::dimension::CROSSINGS;
use parvis::model::Metric;
use parvis::query::Shown;
use parvis::store::{Sites as _, SqliteStore};
use serde_json::Value;
use ureq::Agent;

use crate::brute::{Day, Figures, Flaw, NOTHING, days_of};
use crate::compare::{Difference, Lines, added, all_values, breakdown, ends, shown_by_themselves};
use crate::events::{Act, Event, Place, Stream};
use crate::gaps::Ran;
use crate::live::{CASES, cases, try_streams};
use crate::product::{folder, message, new_site, random};
use crate::questions::{readable, value};

/// Steps of one stream: a service takes longer to start than a stream to happen.
const STEPS_MAX: usize = 120;

const LOGIN: &str = "model";
const PASSWORD: &str = "a long enough password";

/// A service whose time is ours, with a member of staff at its door.
struct Served {
    running: Option<Running>,
    now: Arc<AtomicI64>,
    options: Options,
    machine: Machine,
    agent: Agent,
    cookie: String,
}

impl Served {
    fn start(data: PathBuf, stream: &Stream) -> Self {
        let store = SqliteStore::open(&data).unwrap();
        for place in &stream.places {
            store.add_site(&new_site(place), Timestamp::UNIX_EPOCH).unwrap();
        }
        drop(store);
        let now = Arc::new(AtomicI64::new(0));
        let shown = now.clone();
        let clock = move || Timestamp::from_second(shown.load(Ordering::SeqCst)).unwrap();
        let machine = Machine::with_clock(Arc::new(clock), random());
        app::add_user(&data, LOGIN, PASSWORD, &machine).unwrap();
        let config = Config::read(None, &|_| None).unwrap();
        let options = Options { data, listen: "127.0.0.1:0".into(), config, demo: false };
        let agent = Agent::config_builder().http_status_as_error(false).max_redirects(0).build();
        let agent = agent.into();
        let cookie = String::new();
        let mut served = Self { running: None, now, options, machine, agent, cookie };
        let first = stream.events().first().map_or(Timestamp::UNIX_EPOCH, |event| event.moment);
        served.restart(first);
        served
    }

    /// Stops, which drains what is written, and starts again at a moment.
    fn restart(&mut self, at: Timestamp) {
        if let Some(running) = self.running.take() {
            running.stop().unwrap();
        }
        self.now.store(at.as_second(), Ordering::SeqCst);
        self.running = Some(app::start(&self.options, &self.machine).unwrap());
    }

    fn base(&self) -> String {
        format!("http://{}", self.running.as_ref().unwrap().address())
    }

    fn send(&self, event: &Event, stream: &Stream) {
        self.now.store(event.moment.as_second(), Ordering::SeqCst);
        let mut request = self.agent.post(format!("{}/api/event", self.base()));
        request = request.header("user-agent", event.person.agent);
        request = request.header("x-forwarded-for", event.person.address);
        let said = [
            ("accept-language", event.language),
            ("sec-gpc", event.gpc.then_some("1")),
            ("dnt", event.dnt.then_some("1")),
        ];
        for (name, value) in said {
            if let Some(value) = value {
                request = request.header(name, value);
            }
        }
        let message = message(event, &stream.places).to_string();
        let response = request.send(message.as_bytes()).unwrap();
        assert_eq!(response.status().as_u16(), 202, "{event:?}");
    }

    fn sign_in(&mut self) {
        let form = [("login", LOGIN), ("password", PASSWORD)];
        let form = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
        let request = self.agent.post(format!("{}/admin/sign-in", self.base()));
        let request = request.header("content-type", "application/x-www-form-urlencoded");
        let response = request.send(form.as_bytes()).unwrap();
        let cookie = response.headers().get("set-cookie").unwrap().to_str().unwrap();
        self.cookie = cookie.split(';').next().unwrap().to_owned();
    }

    /// The answer's lines, by the text of their label, and whether it is provisional.
    fn ask(
        &self,
        host: &str,
        what: &str,
        pairs: &[(&str, &str)],
    ) -> (BTreeMap<String, Vec<Value>>, bool) {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        query.extend_pairs(pairs).append_pair("limit", "10000");
        let url = format!("{}/admin/api/v1/sites/{host}/{what}?{}", self.base(), query.finish());
        let mut response = self.agent.get(&url).header("cookie", &self.cookie).call().unwrap();
        let body = response.body_mut().read_to_string().unwrap();
        assert_eq!(response.status().as_u16(), 200, "{url}: {body}");
        let answer: Value = serde_json::from_str(&body).unwrap();
        let mut lines = BTreeMap::new();
        for row in answer["rows"].as_array().unwrap() {
            let columns = row.as_object().unwrap();
            let is_label = |name: &str| Metric::named(name).is_none() && !name.ends_with("status");
            // A title and the method may stand beside a label, and are no part of it.
            let beside = ["title", "method"];
            let labels = columns.iter().filter(|(name, _)| is_label(name));
            let labels = labels.filter(|(name, _)| !beside.contains(&name.as_str()));
            // Everything comes by the tag here; of nothing there is no method.
            let method = columns["method"].as_str().unwrap();
            assert!(["beacon", ""].contains(&method), "{url}: {method}");
            let labels: Vec<_> = labels.map(|(_, text)| text.as_str().unwrap()).collect();
            let figures = Metric::ALL.map(|metric| columns[metric.name()].clone());
            lines.insert(labels.join("\t"), figures.to_vec());
        }
        (lines, answer["provisional"].as_bool().unwrap())
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        if let Some(running) = self.running.take() {
            running.stop().unwrap();
        }
    }
}

/// A figure as it is written: ratios to two places.
fn written(metric: Metric, line: Figures) -> Value {
    match value(metric, line) {
        Shown::Count(count) => count.into(),
        Shown::Ratio(Some(ratio)) => ((ratio * 100.0).round() / 100.0).into(),
        Shown::Ratio(None) | Shown::Withheld | Shown::NotCollected => Value::Null,
    }
}

fn same(
    what: String,
    product: (BTreeMap<String, Vec<Value>>, bool),
    model: Lines,
) -> Result<(), Difference> {
    let model = model.into_iter().map(|(label, figures)| (readable(&label), Some(figures)));
    same_series(what, product, model.collect())
}

/// The same of lines that may be gaps.
fn same_series(
    what: String,
    (product, provisional): (BTreeMap<String, Vec<Value>>, bool),
    model: BTreeMap<String, Option<Figures>>,
) -> Result<(), Difference> {
    let line = |figures: Option<Figures>| {
        let written = |metric| figures.map_or(Value::Null, |figures| written(metric, figures));
        Metric::ALL.map(written).to_vec()
    };
    let model: BTreeMap<_, _> =
        model.into_iter().map(|(label, figures)| (label, line(figures))).collect();
    if product == model && !provisional {
        return Ok(());
    }
    Err(format!("{what}: the service says {product:?} and the model {model:?}"))
}

fn compare(
    served: &Served,
    (place, ran, now): (&Place, &Ran, Timestamp),
    days: &[&Day],
) -> Result<(), Difference> {
    let (first, last) = ends(days);
    let host = place.host.as_str();
    let period = [("from", &*first.to_string()), ("to", &*last.to_string())];
    let at = |what: &str| format!("{host} from {first} to {last}: {what}");
    let totals = Lines::from([(String::new(), added(days, &[]))]);
    same(at("totals"), served.ask(host, "totals", &period), totals)?;
    let dates = first.series(jiff::ToSpan::day(1)).take_while(|date| *date <= last);
    let of_days = dates.map(|date| {
        let day = days.iter().find(|day| day.date == date).map(|day| day.count(&[]));
        let quiet = ran.on_day(place, date, now).then_some(NOTHING);
        (date.to_string(), day.or(quiet))
    });
    let by_day = [period[0], period[1], ("interval", "day")];
    same_series(at("days"), served.ask(host, "timeseries", &by_day), of_days.collect())?;
    if let [day] = days {
        let counted = day.hours();
        let hours = Ran::hours(place, day.date, now).into_iter().chain(counted.iter().cloned());
        let hours = hours.map(|hour| {
            let is_known = counted.contains(&hour) || ran.in_hour(&hour, now);
            (hour.clone(), is_known.then(|| day.count_hour(&hour)))
        });
        let by_hour = [period[0], period[1], ("interval", "hour")];
        same_series(at("hours"), served.ask(host, "timeseries", &by_hour), hours.collect())?;
    }
    for dimension in shown_by_themselves() {
        let model = breakdown(days, dimension, &[], &[dimension]);
        let what = format!("breakdown/{dimension}");
        same(at(dimension), served.ask(host, &what, &period), model)?;
    }
    for (shown, filtered) in CROSSINGS.map(|(one, other)| (one.name, other.name)) {
        let Some(chosen) = all_values(days, filtered).pop() else { continue };
        let is_it = |said: &str| said == chosen;
        let model = breakdown(days, shown, &[(filtered, &is_it)], &[shown, filtered]);
        let filter = format!("{filtered}:is:{chosen}");
        let pairs = [period[0], period[1], ("filter", &*filter)];
        same(at(&filter), served.ask(host, &format!("breakdown/{shown}"), &pairs), model)?;
    }
    Ok(())
}

fn check(stream: &Stream) -> Result<(), Difference> {
    let kept = folder();
    let mut served = Served::start(kept.path().join("data"), stream);
    for act in &stream.acts {
        match act {
            Act::Happens(event) => served.send(event, stream),
            Act::Restarts { drains: true, at } => served.restart(*at),
            // The service drains twice a second by itself, whatever its clock shows.
            Act::Restarts { at, .. } | Act::Drains(at) | Act::Looks(at) => {
                served.now.store(at.as_second(), Ordering::SeqCst);
            }
        }
    }
    served.restart(stream.end());
    wait_until_closed(&served);
    served.sign_in();
    let first = stream.events().first().map_or(Timestamp::UNIX_EPOCH, |event| event.moment);
    let is_real = |act: &Act| matches!(act, Act::Restarts { drains: true, .. });
    let mut ran = Ran::during(&stream.acts, first, is_real);
    ran.restarted(stream.end());
    let model = days_of(stream, Flaw::None);
    for (number, place) in stream.places.iter().enumerate() {
        let mut days: Vec<&Day> = model.iter().filter(|day| day.site == number).collect();
        days.sort_by_key(|day| day.date);
        for day in &days {
            compare(&served, (place, &ran, stream.end()), &[day])?;
        }
        if days.len() > 1 {
            compare(&served, (place, &ran, stream.end()), &days)?;
        }
    }
    Ok(())
}

/// Every day is over: the drain's first rounds close them and delete their files.
fn wait_until_closed(served: &Served) {
    let salts = served.options.data.join("salts");
    let began = std::time::Instant::now();
    while salts.read_dir().unwrap().next().is_some() {
        assert!(began.elapsed().as_secs() < 60, "the days are not closed");
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
}

#[test]
fn the_running_service_answers_what_the_model_counts() {
    try_streams(cases(CASES / 20), STEPS_MAX, 4, check);
}
