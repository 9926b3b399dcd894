//! What a request waits on while its hit is written: the hit is stored or given up, and never both.
//!
//! A request may stop waiting (it waited too long, its visitor left). If the writer had not taken
//! the hit by then, it never will; if it had, the request waits for the outcome. So what was
//! answered 503 is not counted.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use futures_util::task::AtomicWaker;

use crate::journal::{JournalError, Stored};

const WAITING: u8 = 0;
const TAKEN: u8 = 1;
const GIVEN_UP: u8 = 2;
const STORED: u8 = 3;
const STORED_AGAIN: u8 = 4;
const REFUSED: u8 = 5;

struct Slot {
    state: AtomicU8,
    waker: AtomicWaker,
}

/// The writer's end. Dropped without an outcome, it refuses the hit.
pub struct Ticket(Arc<Slot>);

/// The request's end. Dropped before the writer has taken the hit, it gives the hit up.
pub struct Wait(Arc<Slot>);

/// The two ends of one wait.
pub fn pair() -> (Ticket, Wait) {
    let slot = Arc::new(Slot { state: AtomicU8::new(WAITING), waker: AtomicWaker::new() });
    (Ticket(slot.clone()), Wait(slot))
}

impl Ticket {
    /// Takes the hit for writing; false if nobody waits for it any more.
    pub fn take(&self) -> bool {
        self.0.state.compare_exchange(WAITING, TAKEN, Ordering::AcqRel, Ordering::Acquire).is_ok()
    }

    /// Tells the outcome.
    pub fn resolve(self, outcome: Result<Stored, JournalError>) {
        self.settle(match outcome {
            Ok(Stored::New) => STORED,
            Ok(Stored::Again) => STORED_AGAIN,
            Err(_) => REFUSED,
        });
    }

    fn settle(&self, state: u8) {
        self.0.state.store(state, Ordering::Release);
        self.0.waker.wake();
    }
}

impl Drop for Ticket {
    fn drop(&mut self) {
        if matches!(self.0.state.load(Ordering::Acquire), WAITING | TAKEN) {
            self.settle(REFUSED);
        }
    }
}

impl Wait {
    /// Waits for the outcome, for so long as the writer has not taken the hit.
    pub async fn within(mut self, longest: Duration) -> Result<Stored, JournalError> {
        match tokio::time::timeout(longest, &mut self).await {
            Ok(outcome) => outcome,
            Err(_) if self.give_up() => Err(JournalError::Stalled),
            Err(_) => self.await,
        }
    }

    fn give_up(&self) -> bool {
        let state = &self.0.state;
        state.compare_exchange(WAITING, GIVEN_UP, Ordering::AcqRel, Ordering::Acquire).is_ok()
    }

    fn outcome(&self) -> Option<Result<Stored, JournalError>> {
        match self.0.state.load(Ordering::Acquire) {
            STORED => Some(Ok(Stored::New)),
            STORED_AGAIN => Some(Ok(Stored::Again)),
            REFUSED => Some(Err(JournalError::Refused)),
            _ => None,
        }
    }
}

impl Future for Wait {
    type Output = Result<Stored, JournalError>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        if let Some(outcome) = self.outcome() {
            return Poll::Ready(outcome);
        }
        self.0.waker.register(context.waker());
        // The outcome may have come between the look and the registration.
        self.outcome().map_or(Poll::Pending, Poll::Ready)
    }
}

impl Drop for Wait {
    fn drop(&mut self) {
        self.give_up();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wait_for(wait: Wait, longest: Duration) -> Result<Stored, JournalError> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
        runtime.block_on(wait.within(longest))
    }

    #[test]
    fn a_hit_given_up_is_never_taken() {
        let (ticket, wait) = pair();
        assert_eq!(wait_for(wait, Duration::from_millis(5)), Err(JournalError::Stalled));
        assert!(!ticket.take());
        let (ticket, wait) = pair();
        drop(wait);
        assert!(!ticket.take());
    }

    #[test]
    fn a_hit_that_was_taken_is_waited_for() {
        let (ticket, wait) = pair();
        assert!(ticket.take());
        let writer = std::thread::spawn(move || {
            std::thread::sleep(Duration::from_millis(30));
            ticket.resolve(Ok(Stored::New));
        });
        assert_eq!(wait_for(wait, Duration::from_millis(5)), Ok(Stored::New));
        writer.join().unwrap();
    }

    #[test]
    fn a_ticket_that_is_lost_refuses_its_hit() {
        let (ticket, wait) = pair();
        assert!(ticket.take());
        drop(ticket);
        assert_eq!(wait_for(wait, Duration::from_secs(1)), Err(JournalError::Refused));
    }
}
