//! Calendars, networks and promises in a real, encrypted vault.

mod events;
mod files;
mod in_step;
mod meetings;
mod messages;
mod promises;
mod reminders;
mod room;
mod trial;
