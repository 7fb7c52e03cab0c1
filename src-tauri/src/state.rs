//! What the window's program holds while it runs.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use fristed_app::Fristed;

use crate::clock;

/// The use cases, and the few things that only a window has: an idle clock, a wish to stop long
/// work, and a wish to leave.
pub struct Shell {
    fristed: Arc<Fristed>,
    /// Milliseconds on [`clock::since_start`] when somebody was last seen.
    last_seen: AtomicU64,
    cancelled: Arc<AtomicBool>,
    leaving: AtomicBool,
    locking: AtomicBool,
}

impl Shell {
    /// The state of a program that has just started.
    #[must_use]
    pub fn new(fristed: Fristed) -> Self {
        let shell = Self {
            fristed: Arc::new(fristed),
            last_seen: AtomicU64::new(0),
            cancelled: Arc::default(),
            leaving: AtomicBool::new(false),
            locking: AtomicBool::new(false),
        };
        shell.somebody_is_here();
        shell
    }

    /// The use cases.
    #[must_use]
    pub fn fristed(&self) -> Arc<Fristed> {
        Arc::clone(&self.fristed)
    }

    /// Whether the vault is open.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.fristed.journal().is_ok()
    }

    /// Starts the idle clock anew.
    pub fn somebody_is_here(&self) {
        let now = u64::try_from(clock::since_start().as_millis()).unwrap_or(u64::MAX);
        self.last_seen.store(now, Ordering::Relaxed);
    }

    /// How long nobody has been seen.
    #[must_use]
    pub fn idle(&self) -> Duration {
        let seen = Duration::from_millis(self.last_seen.load(Ordering::Relaxed));
        clock::since_start().saturating_sub(seen)
    }

    /// Begins long work: whoever asks to stop from now on means this one.
    #[must_use]
    pub fn begin_work(&self) -> Arc<AtomicBool> {
        self.cancelled.store(false, Ordering::Relaxed);
        Arc::clone(&self.cancelled)
    }

    /// Asks the long work to stop at its next step.
    pub fn cancel_work(&self) {
        self.cancelled.store(true, Ordering::Relaxed);
    }

    /// Remembers that the program shall end once the vault is closed.
    pub fn leave(&self) {
        self.leaving.store(true, Ordering::Relaxed);
    }

    /// Whether the program shall end once the vault is closed.
    #[must_use]
    pub fn is_leaving(&self) -> bool {
        self.leaving.load(Ordering::Relaxed)
    }

    /// Marks that the window was asked to lock; false where it has been asked already.
    #[must_use]
    pub fn begin_locking(&self) -> bool {
        !self.locking.swap(true, Ordering::AcqRel)
    }

    /// Marks that the wish to lock has been met.
    pub fn end_locking(&self) {
        self.locking.store(false, Ordering::Release);
    }
}
