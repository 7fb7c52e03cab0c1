//! What the program tells the window without being asked.

use fristed_app::wire::{AppStatus, Progress};
use tauri::{AppHandle, Emitter as _};

/// The window's label; it is the only one.
pub const WINDOW: &str = "main";

/// The stage changed: locked by the program itself, or opened.
pub fn stage(app: &AppHandle, status: &AppStatus) {
    tell(app, "stage", status.clone());
}

/// The window shall save what is being written, then call `lock`.
pub fn lock_requested(app: &AppHandle) {
    tell(app, "lock-requested", ());
}

/// How far a long piece of work has come.
pub fn progress(app: &AppHandle, progress: Progress) {
    tell(app, "progress", progress);
}

/// Calendars or their events changed, or how they are kept in step did, without the window having
/// asked for it.
pub fn calendars(app: &AppHandle) {
    tell(app, "calendars", ());
}

/// Something about sharing changed.
pub fn sharing(app: &AppHandle) {
    tell(app, "sharing", ());
}

/// The program was asked to open something; the window takes it when the vault is open.
pub fn opening(app: &AppHandle) {
    tell(app, "opening", ());
}

/// Something was chosen in the system menu.
pub fn menu(app: &AppHandle, item: &str) {
    tell(app, "menu", item);
}

fn tell<P: serde::Serialize + Clone>(app: &AppHandle, event: &str, payload: P) {
    if let Err(error) = app.emit_to(WINDOW, event, payload) {
        tracing::warn!(event, %error, "the window was not told");
    }
}
