//! Bodies that arrive slowly: each has a deadline, and an address may send only so many at once.

use std::borrow::Borrow;
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

/// A body with a deadline. A body that came with its head, as nearly every one does, costs nothing:
/// only one that has to be waited for counts for its address, and from then on its time runs.
pub struct Awaited<Body, Limit> {
    body: Body,
    limit: Limit,
    address: IpAddr,
    was_missed: bool,
    waiting: Option<(Held, Pin<Box<Sleep>>)>,
}

/// Gives a body its deadline, and its place among those of its address.
pub fn awaited<Body, Limit>(body: Body, limit: Limit, address: IpAddr) -> Awaited<Body, Limit> {
    Awaited { body, limit, address, was_missed: false, waiting: None }
}

impl<Body, Limit> Stream for Awaited<Body, Limit>
where
    Body: Stream<Item = Result<Bytes, PayloadError>> + Unpin,
    Limit: Borrow<Arc<ConcurrencyLimit>> + Unpin,
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
        if !this.was_missed {
            // The framework asks for a body before it takes it out of what has arrived with the
            // head, so it is looked for once more at once.
            this.was_missed = true;
            context.waker().wake_by_ref();
            return Poll::Pending;
        }
        let failed = |kind| Poll::Ready(Some(Err(PayloadError::Io(io::Error::from(kind)))));
        let (held, mut deadline) = match this.waiting.take() {
            Some(waiting) => waiting,
            None => {
                let Some(held) = this.limit.borrow().hold(this.address) else {
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
        let body = awaited(request.take_payload(), app.limits.bodies.clone(), address);
        request.set_payload(Payload::Stream { payload: Box::pin(body) });
    }
    next.call(request).await
}

#[cfg(test)]
mod tests {
    use futures_util::StreamExt;
    use futures_util::stream::poll_fn;

    use super::*;

    /// The first piece of a body that is missed so many times, of an address that may send so many
    /// bodies at once.
    fn first_piece(missed: usize, held_max: u32) -> Result<Bytes, PayloadError> {
        let mut polls = 0;
        let body = poll_fn(move |context| {
            polls += 1;
            if polls > missed {
                return Poll::Ready(Some(Ok(Bytes::from_static(b"{}"))));
            }
            // After the first time nobody says when to ask again.
            if polls > 1 {
                context.waker().wake_by_ref();
            }
            Poll::Pending
        });
        let limit = ConcurrencyLimit::new(held_max);
        let mut body = awaited(body, &limit, IpAddr::from([192, 0, 2, 1]));
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build();
        let runtime = runtime.expect("there is a runtime");
        let piece = async { tokio::time::timeout(Duration::from_secs(5), body.next()).await };
        let piece = runtime.block_on(piece).expect("it asks again of itself");
        piece.expect("the body has a piece")
    }

    #[test]
    fn only_a_body_that_has_to_be_waited_for_takes_a_place_of_its_address() {
        assert!(first_piece(0, 0).is_ok() && first_piece(1, 0).is_ok());
        assert_eq!(dropped(&first_piece(2, 0).unwrap_err()), Dropped::TooManyRequests);
        assert!(first_piece(2, 1).is_ok());
    }
}
