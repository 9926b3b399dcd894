//! Bodies that arrive slowly: each has a deadline, and an address may send only so many at once.

use std::future::Future;
use std::io;
use std::net::IpAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use actix_web::HttpMessage;
use actix_web::body::MessageBody;
use actix_web::dev::{Payload, ServiceRequest, ServiceResponse};
use actix_web::error::PayloadError;
use actix_web::middleware::Next;
use actix_web::rt::time::{Sleep, sleep};
use actix_web::web::{Bytes, Data};
use futures_util::Stream;

use crate::collect::{BODY_SECONDS_MAX, ConcurrencyLimit, Dropped, Held};
use crate::web::error::{CROWDED, LATE};
use crate::web::{App, client};

/// A body with a deadline. A body that is there at once, as nearly every one is, costs nothing:
/// only one that has to be waited for counts for its address, and from then on its time runs.
pub struct Awaited<Body> {
    body: Body,
    limit: Arc<ConcurrencyLimit>,
    address: IpAddr,
    waiting: Option<(Held, Pin<Box<Sleep>>)>,
}

/// Gives a body its deadline, and its place among those of its address.
pub fn awaited<Body>(body: Body, app: &App, address: IpAddr) -> Awaited<Body> {
    Awaited { body, limit: app.limits.bodies.clone(), address, waiting: None }
}

impl<Body> Stream for Awaited<Body>
where
    Body: Stream<Item = Result<Bytes, PayloadError>> + Unpin,
{
    type Item = Result<Bytes, PayloadError>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = self.get_mut();
        if let Poll::Ready(piece) = Pin::new(&mut this.body).poll_next(context) {
            if piece.is_none() {
                this.waiting = None;
            }
            return Poll::Ready(piece);
        }
        let failed = |kind| Poll::Ready(Some(Err(PayloadError::Io(io::Error::from(kind)))));
        let (held, mut deadline) = match this.waiting.take() {
            Some(waiting) => waiting,
            None => {
                let Some(held) = this.limit.hold(this.address) else {
                    return failed(CROWDED);
                };
                (held, Box::pin(sleep(Duration::from_secs(BODY_SECONDS_MAX))))
            }
        };
        if deadline.as_mut().poll(context).is_ready() {
            return failed(LATE);
        }
        this.waiting = Some((held, deadline));
        Poll::Pending
    }
}

/// Why a message is refused whose body did not arrive.
pub fn dropped(error: &PayloadError) -> Dropped {
    let kind = match error {
        PayloadError::Io(error) => Some(error.kind()),
        _ => None,
    };
    match kind {
        Some(LATE) => Dropped::BodyTooSlow,
        Some(CROWDED) => Dropped::TooManyRequests,
        _ => Dropped::BodyUnreadable,
    }
}

/// Gives the bodies of forms their deadline.
pub async fn of_forms(
    mut request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, actix_web::Error> {
    let app = request.app_data::<Data<App>>().cloned();
    if let (Some(app), false) = (app, request.method().is_safe()) {
        let address =
            client::address(request.request(), &app.trusted_proxies, app.forwarded_header);
        let body = awaited(request.take_payload(), &app, address);
        request.set_payload(Payload::Stream { payload: Box::pin(body) });
    }
    next.call(request).await
}
