//! What leaders do with Fristed, told from where they sit.

mod caldav;
mod calendar_files;
mod finding;
mod keys;
mod leaving;
mod network_terminal;
mod networks;
mod old_journals;
mod sharing;
mod sharing_account;
mod sharing_away;
mod sharing_content;
mod sharing_meetings;
mod sharing_rooms;
mod sharing_trust;
mod subscriptions;
mod terminal;
mod writing;
