//! Locking: by hand, after idle minutes, when the session locks or sleeps, and before the end.
//!
//! The window is asked first, so that it can save what is being written; it answers by calling
//! `lock`. A window that does not answer within [`PATIENCE`] is locked without its answer.

use std::thread;
use std::time::Duration;

use fristed_app::wire::AppStatus;
use tauri::{AppHandle, Manager as _};

use crate::state::Shell;
use crate::{clock, events, window};

/// How long the window may take to save before the vault closes under it.
pub const PATIENCE: Duration = Duration::from_secs(2);

/// How long the end of the program, and the computer's sleep, wait for a lock that another began:
/// the window's patience, and a store that is slow to be closed.
const CLOSING: Duration = Duration::from_secs(30);

/// Closes the vault and throws the page away, with every text in its memory.
///
/// Where the leader asked to leave, the program ends here.
pub fn close(app: &AppHandle) -> AppStatus {
    let shell = app.state::<Shell>();
    let was_open = shell.is_open();
    let part = shell.closing().begin();
    let fristed = shell.fristed();
    fristed.foresee_reminders(clock::now());
    let status = fristed.lock();
    drop(part);
    if shell.is_leaving() {
        end(app);
    } else if was_open {
        events::stage(app, &status);
        window::forget_page(app);
    }
    status
}

/// Asks the window to save and lock, and locks without it when it does not answer.
///
/// Returns once the vault is closed, whoever closes it: a moment after [`PATIENCE`] at the latest,
/// unless the store is slow to be closed. So not for the thread that draws.
pub fn request(app: &AppHandle) {
    let shell = app.state::<Shell>();
    if let Some(asked) = shell.closing().ask() {
        ask(app, &shell);
        drop(asked);
    }
    // Another may have asked before, and the window's own answer closes the vault on a thread of
    // its own, while it no longer shows as open.
    if !shell.closing().is_over_within(CLOSING) {
        tracing::warn!("the vault is not closed yet, and nobody waits for it any longer");
    }
}

/// Gives the window its time to save and lock, and locks without it after that.
fn ask(app: &AppHandle, shell: &Shell) {
    if !shell.is_open() {
        return;
    }
    events::lock_requested(app);
    let step = Duration::from_millis(25);
    let mut waited = Duration::ZERO;
    while shell.is_open() && waited < PATIENCE {
        thread::sleep(step);
        waited += step;
    }
    if shell.is_open() {
        close(app);
    }
}

/// Ends the program: saves and closes first where a vault is open, and waits where one is being
/// closed already.
pub fn leave(app: &AppHandle) {
    let shell = app.state::<Shell>();
    shell.leave();
    if shell.may_end() {
        app.exit(0);
        return;
    }
    let app = app.clone();
    thread::spawn(move || {
        request(&app);
        end(&app);
    });
}

/// Ends the program once long work has stopped: an export takes away what it wrote.
fn end(app: &AppHandle) {
    let shell = app.state::<Shell>();
    shell.cancel_work();
    let step = Duration::from_millis(25);
    let mut waited = Duration::ZERO;
    while shell.is_working() && waited < CLOSING {
        thread::sleep(step);
        waited += step;
    }
    app.exit(0);
}

/// Whether nobody has been here for as long as the settings allow; 0 minutes is never.
#[must_use]
pub fn is_due(idle: Duration, idle_minutes: u16) -> bool {
    idle_minutes > 0 && idle >= Duration::from_secs(u64::from(idle_minutes) * 60)
}

/// Watches the idle clock for as long as the program runs.
///
/// # Errors
/// When the system gives no thread.
pub fn watch_idle(app: AppHandle) -> std::io::Result<()> {
    thread::Builder::new().name("idle".into()).spawn(move || {
        loop {
            thread::sleep(Duration::from_secs(1));
            let shell = app.state::<Shell>();
            if shell.is_open() && is_due(shell.idle(), idle_minutes(&shell)) {
                request(&app);
            }
        }
    })?;
    Ok(())
}

fn idle_minutes(shell: &Shell) -> u16 {
    shell.fristed().status().settings.idle_minutes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_vault_locks_when_the_minutes_are_up_and_not_before() {
        assert!(!is_due(Duration::from_secs(599), 10));
        assert!(is_due(Duration::from_secs(600), 10));
        assert!(is_due(Duration::from_secs(8 * 3600), 10), "also after a night asleep");
    }

    #[test]
    fn no_minutes_means_never() {
        assert!(!is_due(Duration::from_secs(u64::MAX), 0));
    }
}
