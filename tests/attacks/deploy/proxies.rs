//! A real reverse proxy with the example's settings in front of the real program, on this machine.
//! Its readers have the addresses 127.0.0.2 and on.

use std::fs;
use std::io::{BufRead, BufReader};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use crate::attacks::deploy::example;
use crate::attacks::deploy::programs::{found, free_port, said};
use crate::service::{FIREFOX, Service, folder_with_site, program, query, wait_until};

/// The name that the examples have for the service.
const HOST: &str = "stats.example.fr";

/// A network that Parvis believes, too: what its addresses forge would be believed if it got
/// through.
const TRUSTED: &str = "127.0.0.1/32,127.0.0.4/32";
const FORGER: &str = "127.0.0.4";

/// A proxy, and how the example is fitted to a test.
pub trait Proxy {
    /// Writes its settings into a folder, for a service and a port of its own, and checks them.
    fn check(&self, folder: &Path, service: &str, port: u16);
    /// How it is started with them, in the foreground.
    fn command(&self, folder: &Path) -> Command;
}

pub struct Nginx(Box<dyn Fn() -> Command>);

pub struct Caddy(Box<dyn Fn() -> Command>);

/// Replaces all that stands there, which has to stand there.
fn replaced(text: &str, pairs: &[(&str, &str)]) -> String {
    pairs.iter().fold(text.to_owned(), |text, (from, to)| {
        assert!(text.contains(from), "the example lacks {from:?}");
        text.replace(from, to)
    })
}

impl Nginx {
    pub fn found() -> Option<Self> {
        let (nginx, _, _) = (found("nginx")?, found("openssl")?, found("curl")?);
        Some(Self(Box::new(nginx)))
    }
}

impl Proxy for Nginx {
    fn check(&self, folder: &Path, service: &str, port: u16) {
        let at = |name: &str| folder.join(name).to_str().unwrap().to_owned();
        let mut openssl = found("openssl").unwrap()();
        openssl.args(["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"]);
        openssl.args(["-subj", &format!("/CN={HOST}")]);
        openssl.args(["-keyout", &at("key.pem"), "-out", &at("certificate.pem")]);
        assert!(openssl.output().unwrap().status.success());
        let plain = free_port();
        let settings = replaced(
            &example("nginx.conf"),
            &[
                ("127.0.0.1:8080", service),
                ("listen 80;", &format!("listen 127.0.0.1:{plain};")),
                ("listen 443 ssl http2;", &format!("listen 127.0.0.1:{port} ssl http2;")),
                ("    listen [::]:80;\n", ""),
                ("    listen [::]:443 ssl http2;\n", ""),
                ("/etc/ssl/certs/stats.example.fr.pem", &at("certificate.pem")),
                ("/etc/ssl/private/stats.example.fr.key", &at("key.pem")),
                ("/var/log/nginx/parvis.log", &at("errors.log")),
            ],
        );
        fs::write(at("parvis.conf"), settings).unwrap();
        // What stands in the file that includes the example, in a folder of its own.
        let temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];
        let temporary = temporary.map(|name| format!("{name}_temp_path {};\n", at(name))).concat();
        let (pid, included) = (at("pid"), at("parvis.conf"));
        let whole = format!(
            "daemon off;\nmaster_process off;\npid {pid};\nevents {{}}\n\
             http {{\naccess_log {};\n{temporary}include {included};\n}}\n",
            at("access.log"),
        );
        fs::write(at("nginx.conf"), whole).unwrap();
        let mut test = self.command(folder);
        test.arg("-t");
        let (is_right, complaints) = said(test);
        assert!(is_right, "{complaints}");
    }

    fn command(&self, folder: &Path) -> Command {
        let mut command = self.0();
        command.arg("-p").arg(folder).arg("-c").arg(folder.join("nginx.conf"));
        command.args(["-e", "stderr"]);
        command
    }
}

impl Caddy {
    pub fn found() -> Option<Self> {
        let (caddy, _) = (found("caddy")?, found("curl")?);
        Some(Self(Box::new(caddy)))
    }
}

impl Proxy for Caddy {
    fn check(&self, folder: &Path, service: &str, port: u16) {
        // The example itself is whole.
        let mut test = self.0();
        test.args(["validate", "--adapter", "caddyfile", "--config"]);
        test.arg(super::path_of("Caddyfile")).env("XDG_DATA_HOME", folder).env("HOME", folder);
        let (is_right, complaints) = said(test);
        assert!(is_right, "{complaints}");
        let plain = free_port();
        let ports = format!("{{\n\tadmin off\n\thttp_port {plain}\n\thttps_port {port}\n");
        let own = format!("\n{HOST} {{\n");
        let settings = replaced(
            &example("Caddyfile"),
            &[
                ("127.0.0.1:8080", service),
                ("\n{\n", &format!("\n{ports}\tskip_install_trust\n")),
                (&own, &format!("{own}\ttls internal\n\tbind 127.0.0.1\n")),
            ],
        );
        fs::write(folder.join("Caddyfile"), settings).unwrap();
    }

    fn command(&self, folder: &Path) -> Command {
        let mut command = self.0();
        command.args(["run", "--adapter", "caddyfile", "--config"]).arg(folder.join("Caddyfile"));
        command.env("XDG_DATA_HOME", folder).env("XDG_CONFIG_HOME", folder).env("HOME", folder);
        command
    }
}

/// A proxy that runs.
struct Front {
    process: Child,
    port: u16,
    folder: tempfile::TempDir,
}

impl Front {
    fn start(proxy: &impl Proxy, service: &Service) -> Self {
        let (folder, port) = (tempfile::tempdir().unwrap(), free_port());
        proxy.check(folder.path(), service.base.trim_start_matches("http://"), port);
        let log = || fs::File::options().create(true).append(true).open(folder.path().join("said"));
        let mut command = proxy.command(folder.path());
        command.stdout(log().unwrap()).stderr(log().unwrap());
        let front = Self { process: command.spawn().unwrap(), port, folder };
        wait_until("the proxy listens", || TcpStream::connect(("127.0.0.1", port)).is_ok());
        wait_until("the proxy answers", || front.status("127.0.0.2", "/healthz", &[]) == "200");
        front
    }

    /// A request from an address of this machine.
    fn curl(&self, address: &str, path: &str, words: &[&str]) -> Command {
        let mut curl = found("curl").unwrap()();
        // The certificate is nobody's.
        curl.args(["--silent", "--insecure", "--max-time", "30", "--interface", address]);
        curl.args(["--resolve", &format!("{HOST}:{}:127.0.0.1", self.port)]);
        curl.args(["--user-agent", FIREFOX, "--header", &format!("Host: {HOST}")]);
        curl.args(words).arg(format!("https://{HOST}:{}{path}", self.port));
        curl
    }

    /// The status of an answer.
    fn status(&self, address: &str, path: &str, words: &[&str]) -> String {
        let mut curl = self.curl(address, path, words);
        curl.args(["--output", "/dev/null", "--write-out", "%{http_code}"]);
        said(curl).1
    }

    fn view(&self, address: &str, key: &str, headers: &[&str]) -> String {
        let body = format!(r#"{{"n":"pageview","u":"https://www.example.fr/page","k":"{key}"}}"#);
        let mut words = vec!["--data", &body];
        headers.iter().for_each(|header| words.extend(["--header", header]));
        self.status(address, "/api/event", &words)
    }

    /// All that the proxy wrote while it ran.
    fn written(&self) -> Vec<(PathBuf, String)> {
        let files = walkdir::WalkDir::new(self.folder.path()).into_iter().map(Result::unwrap);
        let files = files.filter(|file| file.file_type().is_file());
        files
            .map(|file| {
                let text = String::from_utf8_lossy(&fs::read(file.path()).unwrap()).into_owned();
                (file.into_path(), text)
            })
            .collect()
    }
}

impl Drop for Front {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Puts the proxy in front of a service: views count under the address that the proxy saw, whatever
/// is forged; what is too large is refused; the live stream flows; nobody's address is written.
pub fn hold_in_front(proxy: impl Proxy) {
    let (_folder, data) = folder_with_site();
    let mut command = program();
    command.env("PARVIS_TRUSTED_PROXIES", TRUSTED);
    let service = Service::start_with(command, &data, &[]);
    let front = Front::start(&proxy, &service);
    assert_eq!(front.view("127.0.0.2", "1", &[]), "202");
    assert_eq!(front.view("127.0.0.3", "2", &[]), "202");
    // Of one address, whatever it says: one visitor.
    for (number, forged) in [
        "X-Forwarded-For: 203.0.113.1",
        "X-Forwarded-For: 203.0.113.2, 203.0.113.3",
        "Forwarded: for=203.0.113.4",
        "X-Real-IP: 203.0.113.5",
        "X-Forwarded-Host: evil.example",
    ]
    .into_iter()
    .enumerate()
    {
        assert_eq!(front.view(FORGER, &format!("forged {number}"), &[forged]), "202", "{forged}");
    }
    refuses_large_bodies(&front);
    streams(&front, &service);
    // What goes wrong behind it is said without anybody's address, too.
    assert!(service.stop().success());
    wait_until("the proxy says that the service is gone", || {
        front.status("127.0.0.2", "/healthz", &[]) == "502"
    });
    assert_ne!(front.view("127.0.0.2", "nobody hears it", &[]), "202");
    let of = |column: &str| {
        let sql = format!("select sum({column}) from count_day where dimension = 0");
        query(&data.join("store.sqlite"), &sql)
    };
    assert_eq!((of("views"), of("visitors")), (9, 3));
    for (path, text) in front.written() {
        for trace in ["127.0.0.2", "127.0.0.3", FORGER, "203.0.113.", FIREFOX] {
            assert!(!text.contains(trace), "{trace} in {}: {text}", path.display());
        }
    }
}

/// The views of this are all refused, but for one.
fn refuses_large_bodies(front: &Front) {
    let body = |bytes: usize| {
        let start = r#"{"n":"pageview","u":"https://www.example.fr/page","k":"large","t":""#;
        format!("{start}{}\"}}", "x".repeat(bytes - start.len() - 2))
    };
    let sent = |bytes: usize, words: &[&str]| {
        // Longer than a command line may be.
        let file = tempfile::NamedTempFile::new().unwrap();
        fs::write(file.path(), body(bytes)).unwrap();
        let data = format!("@{}", file.path().display());
        // Over HTTP/2 curl 7.88 misses answers that come before it has sent all.
        let whole = ["--http1.1", "--data-binary", &data];
        let words: Vec<_> = whole.iter().chain(words).copied().collect();
        front.status("127.0.0.2", "/api/event", &words)
    };
    assert_eq!(sent(65 * 1024, &[]), "413");
    assert_eq!(sent(65 * 1024, &["--header", "Transfer-Encoding: chunked"]), "413");
    assert_eq!(sent(64 * 1024, &[]), "202");
}

/// A view is seen on the live page's stream while that goes on.
fn streams(front: &Front, service: &Service) {
    let token = service.first_link.as_deref().unwrap().split_once("token=").unwrap().1.to_owned();
    let form = format!("token={token}&login=jeanne&password=a-long-password");
    let mut curl = front.curl("127.0.0.2", "/admin/first", &["--data", &form, "--include"]);
    curl.stderr(Stdio::null());
    let (_, head) = said(curl);
    let cookie = head.lines().find(|line| line.to_ascii_lowercase().starts_with("set-cookie:"));
    let cookie = cookie.unwrap_or_else(|| panic!("{head}"));
    let cookie = cookie.split_once(':').unwrap().1.trim().split(';').next().unwrap();
    let header = format!("Cookie: {cookie}");
    let words = ["--no-buffer", "--header", &header];
    let mut curl = front.curl("127.0.0.2", "/admin/live/events?site=www.example.fr", &words);
    let mut stream = curl.stdout(Stdio::piped()).spawn().unwrap();
    let mut lines = BufReader::new(stream.stdout.take().unwrap()).lines().map(Result::unwrap);
    let mut figures = || lines.find(|line| line.starts_with("data:"));
    assert!(figures().is_some());
    assert_eq!(front.view("127.0.0.3", "seen at once", &[]), "202");
    // Only what comes while the answer goes on is seen here: it lasts for minutes.
    while !figures().is_some_and(|said| said.contains("\"views_today\":9")) {
        assert!(stream.try_wait().unwrap().is_none(), "the stream ended");
    }
    let _ = stream.kill();
    let _ = stream.wait();
}
