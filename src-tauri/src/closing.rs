//! Who is about to close the vault, for whoever must not go on before it is closed: the end of
//! the program, and the computer's sleep.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// Whether the window was asked to lock, and how many close the vault now.
#[derive(Default)]
pub struct Closing {
    under_way: Mutex<UnderWay>,
    changed: Condvar,
}

#[derive(Default)]
struct UnderWay {
    asked: bool,
    closers: usize,
}

impl UnderWay {
    const fn is_over(&self) -> bool {
        !self.asked && self.closers == 0
    }
}

impl Closing {
    /// The window is asked to lock, until what this gives is dropped; none where somebody else
    /// has asked it already.
    #[must_use]
    pub fn ask(&self) -> Option<Part<'_>> {
        let mut now = self.now();
        if now.asked {
            return None;
        }
        now.asked = true;
        Some(Part { closing: self, asks: true })
    }

    /// The vault is being closed, until what this gives is dropped.
    #[must_use]
    pub fn begin(&self) -> Part<'_> {
        self.now().closers += 1;
        Part { closing: self, asks: false }
    }

    /// Whether somebody has asked the window, or is closing the vault.
    #[must_use]
    pub fn is_under_way(&self) -> bool {
        !self.now().is_over()
    }

    /// Waits until nobody asks or closes any more; false where that took longer than `patience`.
    #[must_use]
    pub fn is_over_within(&self, patience: Duration) -> bool {
        let waited = self.changed.wait_timeout_while(self.now(), patience, |now| !now.is_over());
        waited.unwrap_or_else(PoisonError::into_inner).0.is_over()
    }

    fn now(&self) -> MutexGuard<'_, UnderWay> {
        self.under_way.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// One who asks or closes; dropping it ends that, also where a thread panicked.
pub struct Part<'a> {
    closing: &'a Closing,
    asks: bool,
}

impl Drop for Part<'_> {
    fn drop(&mut self) {
        let mut now = self.closing.now();
        if self.asks {
            now.asked = false;
        } else {
            now.closers -= 1;
        }
        drop(now);
        self.closing.changed.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicBool, Ordering};
    use std::thread;

    use super::*;

    const LONG: Duration = Duration::from_secs(20);

    #[test]
    fn only_one_asks_the_window_at_a_time() {
        let closing = Closing::default();
        let asked = closing.ask();
        assert!(asked.is_some());
        assert!(closing.ask().is_none(), "one question is enough");
        drop(asked);
        assert!(closing.ask().is_some(), "the next lock asks again");
    }

    #[test]
    fn whoever_waits_goes_on_when_the_last_one_has_closed_and_not_before() {
        let closing = Closing::default();
        let closed = AtomicBool::new(false);
        thread::scope(|threads| {
            let asked = closing.ask();
            let part = closing.begin();
            threads.spawn(|| {
                let _part = part;
                thread::sleep(Duration::from_millis(50));
                closed.store(true, Ordering::SeqCst);
            });
            drop(asked);
            assert!(closing.is_under_way(), "the question is over, the closing is not");
            assert!(closing.is_over_within(LONG));
            assert!(closed.load(Ordering::SeqCst), "nobody went on before");
        });
    }

    #[test]
    fn nobody_waits_for_longer_than_the_patience() {
        let closing = Closing::default();
        let _part = closing.begin();
        assert!(!closing.is_over_within(Duration::from_millis(20)));
        assert!(closing.is_under_way());
    }

    #[test]
    fn where_nothing_is_closed_nobody_waits() {
        assert!(Closing::default().is_over_within(Duration::ZERO));
    }

    #[test]
    fn a_closer_that_panics_holds_nobody_up() {
        let closing = Closing::default();
        thread::scope(|threads| {
            let closer = threads.spawn(|| {
                let _part = closing.begin();
                panic!("as the test wants it");
            });
            assert!(closer.join().is_err());
        });
        assert!(closing.is_over_within(LONG));
    }
}
