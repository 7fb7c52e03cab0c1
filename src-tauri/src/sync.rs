//! Looks at calendars from elsewhere when it is time to, for as long as the vault is open.

use std::thread;
use std::time::{Duration, Instant};

use fristed_app::AppError;
use fristed_app::wire::ErrorCode;
use tauri::{AppHandle, Manager as _};

use crate::clock::now;
use crate::events;
use crate::state::Shell;

/// How often is asked whether it is time; a change made here is sent within a few of these.
const TICK: Duration = Duration::from_secs(1);
/// How long nothing is tried after the store itself failed: a full disk, or one that cannot be
/// written.
const AFTER_A_FAULT: Duration = Duration::from_secs(60);

/// Watches for as long as the program runs. A vault that is opened is looked at once; a lock ends
/// a look that is under way.
///
/// # Errors
/// When the system gives no thread.
pub fn watch(app: AppHandle) -> std::io::Result<()> {
    thread::Builder::new().name("sync".into()).spawn(move || {
        let mut was_open = false;
        let mut not_before = Instant::now();
        loop {
            thread::sleep(TICK);
            let shell = app.state::<Shell>();
            let is_open = shell.is_open();
            if is_open
                && (!was_open || Instant::now() >= not_before)
                && let Err(failed) = look(&app, &shell, !was_open)
            {
                report(&failed);
                not_before = Instant::now() + AFTER_A_FAULT;
            }
            was_open = is_open;
        }
    })?;
    Ok(())
}

/// Looks at what it is time for, and tells the window after each.
fn look(app: &AppHandle, shell: &Shell, opened: bool) -> Result<(), AppError> {
    let fristed = shell.fristed();
    if opened {
        fristed.sync_soon()?;
    }
    for id in fristed.sync_due(now())? {
        match fristed.calendar_sync(&id, now()) {
            Ok(_) => events::calendars(app),
            // Deleted, or locked, in between.
            Err(gone) if matches!(gone.code, ErrorCode::NotFound | ErrorCode::Locked) => {}
            Err(failed) => return Err(failed),
        }
    }
    Ok(())
}

/// Notes a fault of the program or the store; that a lock came in between is none.
fn report(failed: &AppError) {
    if failed.code != ErrorCode::Locked {
        tracing::error!(code = ?failed.code, "a calendar could not be looked at");
    }
}
