//! Beacons that go on while something else is done to the service, and are all counted at the end.

use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::service::{Service, views_counted};

const PAGE: &str = "https://www.example.fr/page";

/// Sends one view after the other while `attack` lasts; each has to be acknowledged, and each that
/// was is counted, beside those before, when the service has stopped.
pub fn counted_beside(service: Service, data: &Path, before: i64, attack: impl FnOnce(&Service)) {
    let is_over = AtomicBool::new(false);
    let acknowledged = std::thread::scope(|scope| {
        let sender = scope.spawn(|| {
            let mut acknowledged = 0;
            while !is_over.load(Ordering::Relaxed) || acknowledged == 0 {
                let address = format!("203.0.113.{}", acknowledged % 250);
                let answer = service.view(&address, PAGE, &format!("beside {acknowledged}"));
                assert_eq!(answer.status, 202, "after {acknowledged}: {}", answer.body);
                acknowledged += 1;
            }
            acknowledged
        });
        // An attack that fails ends the test too.
        let over = Over(&is_over);
        attack(&service);
        drop(over);
        sender.join().unwrap()
    });
    assert!(service.stop().success());
    assert_eq!(views_counted(data), before + acknowledged);
}

struct Over<'a>(&'a AtomicBool);

impl Drop for Over<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}
