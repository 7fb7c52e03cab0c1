//! Where calendars come from, as their callers see it.

use chrono::{DateTime, Utc};
use fristed_base::{CalendarId, ConflictId, EventId, Secret};

use super::event::{CalendarKind, EventInfo};

/// Why a look at a server failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// It does not answer.
    Unreachable,
    /// It does not take the name or the password.
    SignInRefused,
    /// The address is not fetched from.
    AddressRefused,
    /// Its certificate is not trusted.
    CertificateBad,
    /// There is no calendar.
    NotACalendar,
    /// It said no.
    ServerRefused,
    /// The calendar has more bytes than are taken in.
    TooLarge,
    /// The calendar has more events than are taken in.
    TooManyEvents,
}

impl Trouble {
    /// All of them, in the order of their numbers in the store.
    pub(crate) const ALL: [Self; 8] = [
        Self::Unreachable,
        Self::SignInRefused,
        Self::AddressRefused,
        Self::CertificateBad,
        Self::NotACalendar,
        Self::ServerRefused,
        Self::TooLarge,
        Self::TooManyEvents,
    ];

    /// Whether trying again soon would change nothing, or could lock an account.
    pub(crate) const fn needs_the_leader(self) -> bool {
        !matches!(self, Self::Unreachable | Self::ServerRefused)
    }
}

/// How a calendar is kept in step with an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceInfo {
    /// The address, without name and password.
    pub address: String,
    /// The account's name; none where nobody signs in.
    pub user: Option<String>,
    /// Minutes between two looks; 0 is only when asked.
    pub every_minutes: u32,
    /// When it last went well.
    pub last_success: Option<DateTime<Utc>>,
    /// Why the last try did not.
    pub trouble: Option<Trouble>,
    /// Changes made here that the server does not have yet.
    pub waiting: u32,
    /// Events changed on both sides.
    pub conflicts: u32,
    /// Events that are gone from the server and wait for a yes.
    pub missing: u32,
    /// Events that were deleted here and wait for a yes; 0 where nothing is asked.
    pub deleted: u32,
}

/// A server and who signs in there.
#[derive(Debug)]
pub struct Login {
    /// The server's address as typed.
    pub address: String,
    /// The account's name; empty where nobody signs in.
    pub user: String,
    /// The password.
    pub password: Secret,
}

/// What is needed to look at a source.
#[derive(Debug)]
pub struct SourceState {
    /// What it is.
    pub kind: CalendarKind,
    /// The calendar's own address.
    pub address: String,
    /// Who signs in.
    pub login: Login,
    /// How far a CalDAV calendar was read.
    pub mark: Option<String>,
    /// The version of a subscription that was read: ETag and Last-Modified.
    pub version: (Option<String>, Option<String>),
}

/// A resource on a server: its path, its version and its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resource {
    /// Its path.
    pub href: String,
    /// Its version (ETag).
    pub etag: String,
    /// Its text.
    pub text: String,
}

/// A change that a server has still to be told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToSend {
    /// The event.
    pub event: EventId,
    /// Its UID.
    pub uid: String,
    /// The path and the version that the server has; none where it has none.
    pub there: Option<(String, String)>,
    /// What to tell.
    pub what: What,
    /// When it was changed, to see whether it was again meanwhile.
    pub(crate) changed: DateTime<Utc>,
}

/// What a server has still to be told of an event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// Its text.
    Put(String),
    /// That it is gone.
    Delete,
}

/// An event that was changed on both sides since they last agreed.
#[derive(Debug, Clone)]
pub struct Conflict {
    /// Its id.
    pub id: ConflictId,
    /// The calendar.
    pub calendar: CalendarId,
    /// As it is here; none where it was deleted.
    pub mine: Option<EventInfo>,
    /// As it is there; none where it was deleted.
    pub theirs: Option<EventInfo>,
}

/// How a conflict ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keep {
    /// The server gets what is here.
    Mine,
    /// What is on the server comes here.
    Theirs,
    /// What is here becomes an event of its own beside the server's.
    Both,
}
