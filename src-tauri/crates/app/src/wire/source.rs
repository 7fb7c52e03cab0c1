//! What crosses to the interface of where calendars come from, and of what is settled with a server.

use fristed_base::Secret;
use serde::{Deserialize, Serialize};
use specta::Type;

use super::ErrorCode;
use super::calendar::Event;

/// How a calendar is kept in step with an address.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Source {
    /// The address, without name and password.
    pub address: String,
    /// The account's name, where one is needed.
    pub user: Option<String>,
    /// Minutes between two looks; 0 is only when asked.
    pub every_minutes: u32,
    /// When it last went well.
    pub last_success: Option<String>,
    /// Why the last try did not; none after a good one.
    pub trouble: Option<ErrorCode>,
    /// Changes made here that the server does not have yet.
    pub waiting: u32,
    /// Events changed on both sides, which the leader is asked about.
    pub conflicts: u32,
    /// Events that are gone from the server and wait for a yes before they go from here too; 0
    /// where nothing is asked.
    pub missing: u32,
    /// Events that were deleted here and wait for a yes before they go from the server too; 0
    /// where nothing is asked.
    pub deleted: u32,
}

/// A calendar on a server.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct RemoteCalendar {
    /// Its address.
    pub address: String,
    /// Its name there, made safe to show.
    pub name: String,
    /// Whether it can be changed.
    pub writable: bool,
    /// It is among the calendars here.
    pub here: bool,
}

/// An account on a CalDAV server, or an address to read.
#[derive(Debug, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Account {
    /// The address as typed.
    pub address: String,
    /// The account's name; empty where none is needed.
    pub user: String,
    /// The password; kept in the vault alone. Where an account is changed and nothing was typed,
    /// the one that is kept stays, as long as the name and the server stay too.
    #[serde(deserialize_with = "secret")]
    #[specta(type = String)]
    pub password: Secret,
}

/// An event that was changed on both sides since they last agreed.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Conflict {
    /// Its id.
    pub id: String,
    /// As it is here; none where it was deleted here.
    pub mine: Option<Event>,
    /// As it is on the server; none where it was deleted there.
    pub theirs: Option<Event>,
}

/// How a conflict ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum Keep {
    /// The server gets what is here.
    Mine,
    /// What is on the server comes here.
    Theirs,
    /// What is here becomes an event of its own beside the server's.
    Both,
}

fn secret<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Secret, D::Error> {
    String::deserialize(from).map(Secret::new)
}
