//! The use cases of Fristed: what the window and the terminal ask for, in one place.
//!
//! Here the vault, the journal, the calendars and the exchange formats meet; none of them knows another's
//! business. Nothing here knows Tauri, holds SQL, or asks what time it is: the moment is passed
//! in by the shell and by the terminal.

pub mod config;
pub mod error;
pub mod fristed;
pub mod place;
pub mod strength;
pub mod terminal;
pub mod wire;

mod calendar;
mod calendar_files;
mod convert;
mod first_run;
mod here;
mod keys;
mod meetings;
mod networks;
mod prep_sheet;
mod reminders;
mod sharing;
mod spoken;
mod suggestions;
mod sync;
mod transfer;
mod writing;

pub use calendar::{Agenda, AgendaRow};
pub use calendar_files::CalendarImport;
pub use config::Directories;
pub use error::AppError;
pub use fristed::{Fristed, KeyCost, OpenVault};
pub use fristed_calendar::{Reminder, ReminderOf};
pub use fristed_network::session::{Finding as ServerFinding, Health as ServerHealth};
pub use fristed_vault::{WIPING, wipe_what_is_freed};
pub use reminders::{About, Named, ToShow};
