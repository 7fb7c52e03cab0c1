//! Looks at calendars from elsewhere when it is time to, for as long as the vault is open.

use std::thread;
use std::time::Duration;

use fristed_app::AppError;
use fristed_app::wire::ErrorCode;
use tauri::{AppHandle, Manager as _};

use crate::clock::now;
use crate::events;
use crate::state::Shell;

/// How often is asked whether it is time; a change made here is sent within a few of these.
const TICK: Duration = Duration::from_secs(1);

/// Watches for as long as the program runs. A vault that is opened is looked at once; a lock ends
/// a look that is under way.
///
/// # Errors
/// When the system gives no thread.
pub fn watch(app: AppHandle) -> std::io::Result<()> {
    thread::Builder::new().name("sync".into()).spawn(move || {
        let mut was_open = false;
        loop {
            thread::sleep(TICK);
            let shell = app.state::<Shell>();
            let is_open = shell.is_open();
            if is_open && look(&app, &shell, !was_open) {
                events::calendars(&app);
            }
            was_open = is_open;
        }
    })?;
    Ok(())
}

/// Looks at what it is time for; whether it looked at anything.
fn look(app: &AppHandle, shell: &Shell, opened: bool) -> bool {
    let fristed = shell.fristed();
    if opened && let Err(failed) = fristed.sync_soon() {
        report(&failed);
    }
    let due = match fristed.sync_due(now()) {
        Ok(due) => due,
        Err(failed) => {
            report(&failed);
            return false;
        }
    };
    for (place, id) in due.iter().enumerate() {
        // The window need not wait for a server that does not answer to see what another had.
        if place > 0 {
            events::calendars(app);
        }
        if let Err(failed) = fristed.calendar_sync(id, now()) {
            report(&failed);
        }
    }
    !due.is_empty()
}

/// Notes a fault of the program or the store; that a lock came in between is none.
fn report(failed: &AppError) {
    if failed.code != ErrorCode::Locked && failed.code != ErrorCode::NotFound {
        tracing::error!(code = ?failed.code, "a calendar could not be looked at");
    }
}
