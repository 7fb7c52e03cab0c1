//! A wrong key takes longer each time.
//!
//! Guesses against a copied file are slowed by Argon2id alone. This slows guesses at the open
//! window, and sees to it that a wrong key never answers sooner than a right one, which still
//! has the store to open.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{LazyLock, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

/// What the first wrong key waits, longer than a store takes to open.
const FIRST: Duration = Duration::from_millis(250);

/// No wrong key waits longer.
const LONGEST: Duration = Duration::from_secs(8);

static FAILURES: LazyLock<Mutex<HashMap<PathBuf, u32>>> = LazyLock::new(Mutex::default);

/// A key was wrong: waits, longer each time in this process.
pub(crate) fn wrong_key(folder: &Path) {
    let before = {
        let mut failures = FAILURES.lock().unwrap_or_else(PoisonError::into_inner);
        let count = failures.entry(folder.to_owned()).or_default();
        *count += 1;
        *count - 1
    };
    thread::sleep(delay(before));
}

/// A key was right: the next mistake waits as the first one did.
pub(crate) fn right_key(folder: &Path) {
    FAILURES.lock().unwrap_or_else(PoisonError::into_inner).remove(folder);
}

fn delay(failures_before: u32) -> Duration {
    FIRST.saturating_mul(1 << failures_before.min(16)).min(LONGEST)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_delay_grows_and_ends_growing() {
        assert_eq!(delay(0), FIRST);
        assert_eq!(delay(1), 2 * FIRST);
        assert_eq!(delay(3), 8 * FIRST);
        assert_eq!(delay(u32::MAX), LONGEST);
    }
}
