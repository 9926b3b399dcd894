//! The limit for any collector: a bare handler that reads and parses the same body and says 202.

use actix_web::{App, HttpResponse, HttpServer, web};
use parvis::collect::Message;

async fn event(body: web::Bytes) -> HttpResponse {
    match Message::read(&body) {
        Ok(_) => HttpResponse::Accepted().finish(),
        Err(_) => HttpResponse::BadRequest().finish(),
    }
}

/// Serves until it is ended.
pub fn serve() -> std::io::Result<()> {
    actix_web::rt::System::new().block_on(async {
        let app = || App::new().route("/api/event", web::post().to(event));
        let server = HttpServer::new(app).bind("127.0.0.1:0")?;
        println!("publishes at http://{}/", server.addrs()[0]);
        server.run().await
    })
}
