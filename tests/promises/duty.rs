//! The duties: the month for the Single Digital Gateway says what was released, and nothing more.

use jiff::civil::date;

use crate::audience::problem;
use crate::clocked::{Clocked, folder_with_sites};
use crate::service::{run, wait_until};
use parvis::app;
use serde_json::{Value, json};

const HOST: &str = "www.example.fr";

const IPHONE: &str = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 \
    (KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1";

const WINDOWS: &str = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:144.0) Gecko/20100101 \
    Firefox/144.0";

/// A network of France, and one of Greece: of the operators' own allocations.
const FRANCE: &str = "90.0.0";
const GREECE: &str = "79.128.0";

fn line(day: i8, address: &str, path: &str, agent: &str) -> String {
    let day = date(2026, 10, day);
    let stamp = day.strftime("%d/%b/%Y");
    format!(
        "{address} - - [{stamp}:10:00:00 +0100] \"GET {path} HTTP/1.1\" 200 512 \"-\" \"{agent}\"\n"
    )
}

/// October: 30 read /a from France at a desk and 20 from Greece on a telephone; 4 more from France
/// on a telephone; 3 read /few.
fn october() -> Vec<String> {
    let mut lines = Vec::new();
    let mut read = |visitors: std::ops::Range<u32>, network: &str, path: &str, agent: &str| {
        for visitor in visitors {
            lines.push(line(31, &format!("{network}.{visitor}"), path, agent));
        }
    };
    read(0..30, FRANCE, "/a", WINDOWS);
    read(30..34, FRANCE, "/a", IPHONE);
    read(0..20, GREECE, "/a", IPHONE);
    read(0..3, FRANCE, "/few", WINDOWS);
    lines
}

fn counted() -> (tempfile::TempDir, Clocked) {
    let (folder, data) = folder_with_sites(&[(HOST, "Europe/Paris")]);
    let service = Clocked::start(data, "2026-11-01T09:00:00Z");
    let said = service.import(HOST, &october(), false);
    println!("{said}");
    println!("{:?}", app::publish(&service.options.data, (service.machine.clock)()));
    (folder, service)
}

#[test]
fn the_month_of_the_gateway_has_pages_by_country_and_device() {
    let (_folder, service) = counted();
    let path = format!("/data/{HOST}/sdg/2026-10.json");
    println!("{}", service.get(&path, &[]).body);
    wait_until("the month is released", || service.get(&path, &[]).status == 200);
    let file = service.json(&path);
    println!("{file:#}");
    println!("{:#}", service.json(&format!("/data/{HOST}/sdg/2026-10-note.json")));
    for q in [
        "page",
        "country",
        "device",
        "country_device",
        "country?filter=page:is:/a&",
        "device?filter=page:is:/a&",
        "country?filter=device:is:mobile&",
        "country_device?filter=page:is:/a&",
    ] {
        let q = if q.contains('?') { q.to_owned() } else { format!("{q}?") };
        for period in ["2026-10", "2026-10-31"] {
            let a = service.get(
                &format!("/api/v1/sites/{HOST}/breakdown/{q}period={period}&metrics=visits"),
                &[],
            );
            let v: Value = serde_json::from_str(&a.body).unwrap();
            println!("{q} {period}: {}", v["rows"]);
        }
    }
    let _: Value = json!({});
    let _ = (problem, run);
}
