//! What the program is asked to open from outside: by the system, a second start, or a click on a
//! notification.

use std::path::Path;

use fristed_app::wire::Opening;
use tauri::{AppHandle, Manager as _};

use crate::state::Shell;
use crate::{events, window};

/// A calendar file, to be previewed.
pub fn calendar_file(path: &Path) -> Opening {
    Opening::CalendarFile { path: path.display().to_string() }
}

/// Brings the window to the front, and leads it there as soon as the vault is open.
pub fn open(app: &AppHandle, opening: Opening) {
    app.state::<Shell>().wish(opening);
    window::raise(app);
    events::opening(app);
}
