//! The server of the service: where it listens, with which bounds, on threads of its own.

use std::net::{SocketAddr, TcpListener, ToSocketAddrs};
use std::num::NonZero;
use std::sync::mpsc::sync_channel;
use std::thread::JoinHandle;

use actix_web::dev::ServerHandle;
use actix_web::web::Data;
use actix_web::{App as WebApp, HttpServer};

use crate::app::machine::raise_file_limit;
use crate::app::{AppError, Options};
use crate::web;
use crate::web::limits::connections;

/// Seconds that open requests have to end when the service stops: what is left of the ten that a
/// stop may take is for the journal and the store.
const STOP_SECONDS: u64 = 3;

/// Connections that wait to be accepted.
const BACKLOG_CONNECTIONS: i32 = 4_096;

/// Listens at every address of a name, such as both of `localhost`; returns the first of them too.
/// From now on connections wait to be accepted.
pub fn listen(name: &str) -> Result<(Vec<TcpListener>, SocketAddr), AppError> {
    let refused = |error| AppError::Listen(name.to_owned(), error);
    let (mut listeners, mut why) = (Vec::new(), None);
    for address in name.to_socket_addrs().map_err(refused)? {
        let listener = TcpListener::bind(address).and_then(|listener| {
            rustix::net::listen(&listener, BACKLOG_CONNECTIONS)?;
            Ok(listener)
        });
        match listener {
            Ok(listener) => listeners.push(listener),
            Err(error) => why = Some(error),
        }
    }
    let nowhere = || why.unwrap_or_else(|| std::io::ErrorKind::AddrNotAvailable.into());
    let first = listeners.first().ok_or_else(nowhere).and_then(TcpListener::local_addr);
    let address = first.map_err(refused)?;
    Ok((listeners, address))
}

/// Starts the server on a thread of its own, so that tests can run several in one process.
pub fn serve(
    options: &Options,
    listeners: Vec<TcpListener>,
    app: Data<web::App>,
) -> Result<(ServerHandle, JoinHandle<std::io::Result<()>>), AppError> {
    let workers = match options.config.workers {
        0 => std::thread::available_parallelism().map_or(1, NonZero::get),
        workers => workers,
    };
    let of_worker = connections::of_worker(raise_file_limit(), workers);
    let trusted = options.config.trusted_proxies.clone();
    let on_connect = connections::on_connect(of_worker.saturating_mul(workers), trusted);
    let (tell, told) = sync_channel(1);
    let thread = thread("server", move || {
        actix_web::rt::System::new().block_on(async move {
            let mut server =
                HttpServer::new(move || WebApp::new().app_data(app.clone()).configure(web::routes))
                    .disable_signals()
                    .shutdown_timeout(STOP_SECONDS)
                    // Head and body are sent apart: the second of them would wait for the reader's
                    // system to acknowledge the first, which may take 40 ms.
                    .tcp_nodelay(true)
                    .on_connect(on_connect)
                    .max_connections(of_worker)
                    .workers(workers);
            for listener in listeners {
                server = server.listen(listener)?;
            }
            let server = server.run();
            let _ = tell.send(server.handle());
            server.await
        })
    })?;
    let refused = |error: std::sync::mpsc::RecvError| AppError::Machine(error.to_string());
    Ok((told.recv().map_err(refused)?, thread))
}

/// Starts a thread of this name.
pub fn thread<Outcome: Send + 'static>(
    name: &str,
    run: impl FnOnce() -> Outcome + Send + 'static,
) -> Result<JoinHandle<Outcome>, AppError> {
    let started = std::thread::Builder::new().name(name.to_owned()).spawn(run);
    started.map_err(|error| AppError::Machine(error.to_string()))
}
