//! What the window's program holds while it runs.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use fristed_app::Fristed;
use fristed_app::wire::Opening;

use crate::clock;
use crate::closing::Closing;
#[cfg(target_os = "linux")]
use crate::reminders::Bell;

/// The use cases, and the few things that only a window has: an idle clock, a wish to stop long
/// work, and a wish to leave.
pub struct Shell {
    fristed: Arc<Fristed>,
    /// Milliseconds on [`clock::since_start`] when somebody was last seen.
    last_seen: AtomicU64,
    cancelled: Arc<AtomicBool>,
    leaving: AtomicBool,
    closing: Closing,
    /// What the program was asked to open, until the window takes it.
    opening: Mutex<Option<Opening>>,
    #[cfg(target_os = "linux")]
    bell: Bell,
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
            closing: Closing::default(),
            opening: Mutex::default(),
            #[cfg(target_os = "linux")]
            bell: Bell::default(),
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

    /// Remembers what the program was asked to open; the latest counts.
    pub fn wish(&self, opening: Opening) {
        *self.opening.lock().unwrap_or_else(PoisonError::into_inner) = Some(opening);
    }

    /// Gives what the program was asked to open, once.
    #[must_use]
    pub fn take_opening(&self) -> Option<Opening> {
        self.opening.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    /// What wakes the clock of the reminders.
    #[cfg(target_os = "linux")]
    #[must_use]
    pub const fn bell(&self) -> &Bell {
        &self.bell
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

    /// Begins long work, which lasts until what this gives is dropped: whoever asks to stop from
    /// now on means this one.
    #[must_use]
    pub fn begin_work(&self) -> Arc<AtomicBool> {
        self.cancelled.store(false, Ordering::Relaxed);
        Arc::clone(&self.cancelled)
    }

    /// Whether long work is under way still.
    #[must_use]
    pub fn is_working(&self) -> bool {
        Arc::strong_count(&self.cancelled) > 1
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

    /// Who is about to close the vault.
    #[must_use]
    pub const fn closing(&self) -> &Closing {
        &self.closing
    }

    /// Whether the program may end as it stands: no vault is open, none is being closed, and no
    /// export still takes away what it wrote.
    #[must_use]
    pub fn may_end(&self) -> bool {
        // In this order: a vault no longer shows as open while somebody closes it.
        !self.is_open() && !self.closing.is_under_way() && !self.is_working()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use fristed_app::{Directories, KeyCost};

    #[test]
    fn long_work_keeps_the_program_until_it_has_stopped() {
        let shell = Shell::new(Fristed::new(Directories::of_this_user(), None, KeyCost::Tuned));
        assert!(shell.may_end());
        let work = shell.begin_work();
        assert!(!shell.may_end());
        shell.cancel_work();
        assert!(work.load(Ordering::Relaxed) && !shell.may_end(), "it stops at its next step");
        drop(work);
        assert!(shell.may_end());
    }
}
