//! Questions that take time to answer: as many at once as there are processors, behind the beacons
//! in the order of the threads, and only so many that wait.

use std::num::NonZero;
use std::sync::Arc;
use std::time::Duration;

use actix_web::HttpRequest;
use actix_web::rt::time::timeout;
use actix_web::web::Data;
use tokio::runtime::{Builder, Handle, Runtime};
use tokio::sync::Semaphore;

use crate::collect::ConcurrencyLimit;
use crate::web::error::Refusal;
use crate::web::{App, client};

/// Questions that are being answered or wait for it; those that come beyond are refused at once. As
/// many readers may ask at the same moment.
pub const QUESTIONS_MAX: usize = 2_048;

/// Of these, those of one address: one that asks without end leaves room for others.
pub const QUESTIONS_PER_ADDRESS_MAX: u32 = 32;

/// Seconds that a question waits for its turn: nobody looks at a page for longer that stays empty.
pub const QUESTION_WAIT_SECONDS_MAX: u64 = 10;

/// What is added to the niceness of the threads (setpriority(2)): a beacon that arrives runs first.
const NICENESS: i32 = 10;

/// The threads that answer questions.
pub fn threads() -> std::io::Result<Runtime> {
    Builder::new_current_thread()
        .max_blocking_threads(processors())
        .thread_name("question")
        // Where the system refuses it, questions run beside the beacons.
        .on_thread_start(|| {
            let _ = rustix::process::setpriority_process(None, NICENESS);
        })
        .build()
}

/// As many questions are answered at once.
fn processors() -> usize {
    std::thread::available_parallelism().map_or(1, NonZero::get)
}

/// Who answers questions, and how many there are.
pub struct Questions {
    threads: Handle,
    places: Arc<Semaphore>,
    turns: Arc<Semaphore>,
    of_address: Arc<ConcurrencyLimit>,
}

impl Questions {
    /// Answers on these threads.
    pub fn on(threads: Handle) -> Self {
        Self {
            threads,
            places: Arc::new(Semaphore::new(QUESTIONS_MAX)),
            turns: Arc::new(Semaphore::new(processors())),
            of_address: ConcurrencyLimit::new(QUESTIONS_PER_ADDRESS_MAX),
        }
    }
}

/// Answers a question on the threads that are for it. The place of a question is free again when
/// its work is done, also where its asker has gone.
pub async fn computed<Answer: Send + 'static>(
    request: &HttpRequest,
    work: impl FnOnce() -> Answer + Send + 'static,
) -> Result<Answer, Refusal> {
    let app = request.app_data::<Data<App>>().ok_or(Refusal::Internal)?;
    let address = client::address(request, &app.trusted_proxies, app.forwarded_header);
    let questions = &app.limits.questions;
    let full = || {
        Refusal::Unavailable("Too many questions are being answered; ask again soon.".to_owned())
    };
    let held = questions.of_address.hold(address).ok_or_else(full)?;
    let place = questions.places.clone().try_acquire_owned().map_err(|_| full())?;
    let patience = Duration::from_secs(QUESTION_WAIT_SECONDS_MAX);
    let turn = timeout(patience, questions.turns.clone().acquire_owned());
    let turn = turn.await.map_err(|_| full())?.map_err(|_| full())?;
    let answering = questions.threads.spawn_blocking(move || {
        let answer = work();
        drop((held, place, turn));
        answer
    });
    answering.await.map_err(|error| {
        tracing::error!("a question broke off: {error}");
        Refusal::Internal
    })
}
