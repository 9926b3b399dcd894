//! Who may know of what: the web server, the database, addresses, statuses, clock and chance.

use crate::source::{Finding, Tree, is_in_any};

/// One row: these names appear only in these places. Tighten a row by shortening its places.
struct Knowledge {
    /// What is written, as the segments of a path: `Instant::now` matches wherever the two
    /// follow each other. A first segment ending in `*` stands for every crate beginning so.
    names: &'static [&'static str],
    /// Whether the name is a crate, that is, only its first segment counts.
    is_crate: bool,
    places: &'static [&'static str],
    /// Whether unit tests anywhere may name it.
    in_tests: bool,
    cure: &'static str,
}

const FOREIGN: &[Knowledge] = &[
    Knowledge {
        names: &["actix*", "awc"],
        is_crate: true,
        places: &["src/web", "src/app"],
        in_tests: false,
        cure: "only src/web knows the web server (and src/app starts it): return plain values and \
            let src/web turn them into answers.",
    },
    Knowledge {
        names: &["rusqlite", "libsqlite3_sys"],
        is_crate: true,
        places: &["src/store", "src/journal"],
        in_tests: true,
        cure: "only src/store and src/journal know SQLite: ask their traits instead.",
    },
    Knowledge {
        names: &["IpAddr", "Ipv4Addr", "Ipv6Addr", "std::net::*"],
        is_crate: false,
        places: &["src/web", "src/privacy", "src/signal", "src/config", "src/collect"],
        in_tests: false,
        cure: "an address may be seen only on its way to `privacy::seal`: pass on what was derived \
            from it, or widen the table in tests/architecture/knowledge.rs and say why.",
    },
];

/// Statuses of refusal, in the three spellings of actix.
const REFUSALS: &[(&str, &str)] = &[
    ("BAD_REQUEST", "BadRequest"),
    ("UNAUTHORIZED", "Unauthorized"),
    ("PAYMENT_REQUIRED", "PaymentRequired"),
    ("FORBIDDEN", "Forbidden"),
    ("NOT_FOUND", "NotFound"),
    ("METHOD_NOT_ALLOWED", "MethodNotAllowed"),
    ("NOT_ACCEPTABLE", "NotAcceptable"),
    ("PROXY_AUTHENTICATION_REQUIRED", "ProxyAuthenticationRequired"),
    ("REQUEST_TIMEOUT", "RequestTimeout"),
    ("CONFLICT", "Conflict"),
    ("GONE", "Gone"),
    ("LENGTH_REQUIRED", "LengthRequired"),
    ("PRECONDITION_FAILED", "PreconditionFailed"),
    ("PAYLOAD_TOO_LARGE", "PayloadTooLarge"),
    ("URI_TOO_LONG", "UriTooLong"),
    ("UNSUPPORTED_MEDIA_TYPE", "UnsupportedMediaType"),
    ("RANGE_NOT_SATISFIABLE", "RangeNotSatisfiable"),
    ("EXPECTATION_FAILED", "ExpectationFailed"),
    ("IM_A_TEAPOT", "ImATeapot"),
    ("MISDIRECTED_REQUEST", "MisdirectedRequest"),
    ("UNPROCESSABLE_ENTITY", "UnprocessableEntity"),
    ("LOCKED", "Locked"),
    ("FAILED_DEPENDENCY", "FailedDependency"),
    ("UPGRADE_REQUIRED", "UpgradeRequired"),
    ("PRECONDITION_REQUIRED", "PreconditionRequired"),
    ("TOO_MANY_REQUESTS", "TooManyRequests"),
    ("REQUEST_HEADER_FIELDS_TOO_LARGE", "RequestHeaderFieldsTooLarge"),
    ("UNAVAILABLE_FOR_LEGAL_REASONS", "UnavailableForLegalReasons"),
    ("INTERNAL_SERVER_ERROR", "InternalServerError"),
    ("NOT_IMPLEMENTED", "NotImplemented"),
    ("BAD_GATEWAY", "BadGateway"),
    ("SERVICE_UNAVAILABLE", "ServiceUnavailable"),
    ("GATEWAY_TIMEOUT", "GatewayTimeout"),
    ("HTTP_VERSION_NOT_SUPPORTED", "VersionNotSupported"),
    ("VARIANT_ALSO_NEGOTIATES", "VariantAlsoNegotiates"),
    ("INSUFFICIENT_STORAGE", "InsufficientStorage"),
    ("LOOP_DETECTED", "LoopDetected"),
    ("NOT_EXTENDED", "NotExtended"),
    ("NETWORK_AUTHENTICATION_REQUIRED", "NetworkAuthenticationRequired"),
];

const STATUS: &str = "a refusal has its status in src/web/error.rs: return the error enum and let \
    that file choose the number.";

const WORLD: &[Knowledge] = &[
    Knowledge {
        names: &["SystemTime::now", "Timestamp::now", "Zoned::now"],
        is_crate: false,
        places: TOP,
        in_tests: false,
        cure: "the time is read at the top alone: take the moment, or a clock, as an argument.",
    },
    Knowledge {
        names: &["Instant::now"],
        is_crate: false,
        // The places after the top may measure how long something took, each with its reason.
        places: &["src/app", "src/config", "src/main"],
        in_tests: false,
        cure: "the clock is read at the top alone: take an `Instant`, or a clock, as an argument, \
            or add the file to this row in tests/architecture/knowledge.rs with its reason.",
    },
    Knowledge {
        names: &["getrandom", "rand", "fastrand"],
        is_crate: true,
        places: TOP,
        in_tests: false,
        cure: "chance is read at the top alone: take the random bytes, or a source of them, as an \
            argument.",
    },
    Knowledge {
        names: &["OsRng", "SysRng", "ThreadRng"],
        is_crate: false,
        places: TOP,
        in_tests: false,
        cure: "chance is read at the top alone: take the random bytes, or a source of them, as an \
            argument.",
    },
    Knowledge {
        names: &["std::env", "env::var"],
        is_crate: false,
        places: TOP,
        in_tests: false,
        cure: "the environment is read at the top alone: let src/config read it and hand the value \
            down.",
    },
];

const TOP: &[&str] = &["src/app", "src/config", "src/main"];

/// Rule: foreign crates and addresses stay where they belong.
pub fn check_foreign(tree: &Tree) -> Vec<Finding> {
    strangers(tree, FOREIGN)
}

/// Rule: clock, chance and environment are read at the top.
pub fn check_world(tree: &Tree) -> Vec<Finding> {
    strangers(tree, WORLD)
}

/// Rule: statuses of refusal are chosen in one file. Unit tests may compare with them.
pub fn check_statuses(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for source in tree.product().filter(|source| source.path != "src/web/error.rs") {
        for fact in source.facts.iter().filter(|fact| !fact.in_test) {
            let Some([.., holder, name]) = fact.kind.path().map(Vec::as_slice) else { continue };
            let refuses = REFUSALS.iter().any(|(constant, builder)| match holder.as_str() {
                "StatusCode" => name == constant || name == "from_u16",
                "HttpResponse" | "HttpResponseBuilder" => name == builder,
                "error" => name.strip_prefix("Error") == Some(builder),
                _ => false,
            });
            if refuses {
                let what = format!("`{holder}::{name}`");
                findings.push(Finding::new(&source.path, fact.line, what, STATUS));
            }
        }
    }
    findings
}

fn strangers(tree: &Tree, rows: &[Knowledge]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for source in tree.product() {
        for row in rows.iter().filter(|row| !is_in_any(&source.path, row.places)) {
            for fact in source.facts.iter().filter(|fact| !(fact.in_test && row.in_tests)) {
                let Some(path) = fact.kind.path() else { continue };
                if row.names.iter().any(|name| row.matches(name, path)) {
                    let what = format!("`{}`", path.join("::"));
                    findings.push(Finding::new(&source.path, fact.line, what, row.cure));
                }
            }
        }
    }
    findings
}

impl Knowledge {
    fn matches(&self, name: &str, path: &[String]) -> bool {
        if self.is_crate {
            let first = path.first().map(String::as_str).unwrap_or_default();
            let beginning = name.strip_suffix('*');
            return beginning.map_or(first == name, |beginning| first.starts_with(beginning));
        }
        let name: Vec<&str> = name.split("::").collect();
        path.windows(name.len()).any(|window| window.iter().eq(name.iter()))
    }
}
