//! The limit for any collector: a bare handler that reads and parses the same body and says 202.

use actix_web::{App, HttpResponse, HttpServer, web};
use parvis::collect::Message;

async fn event(body: web::Bytes) -> HttpResponse {
    match Message::read(&body) {
        Ok(_) => HttpResponse::Accepted().finish(),
        Err(_) => HttpResponse::BadRequest().finish(),
    }
}

#[actix_web::main]
async fn main() -> std::io::Result<()> {
    let listen = std::env::args().nth(1).unwrap_or_else(|| "127.0.0.1:0".to_owned());
    let app = || App::new().route("/api/event", web::post().to(event));
    let server = HttpServer::new(app).bind(listen)?;
    println!("{}", server.addrs()[0]);
    server.run().await
}
