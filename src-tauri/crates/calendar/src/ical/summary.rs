//! What an event says of itself.

use chrono::{DateTime, Utc};

use super::{RecurrenceRule, When};

/// What stands in the master event, or in the only one; every text is fit to be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Summary {
    /// SUMMARY, on one line; empty where there is none.
    pub title: String,
    /// LOCATION.
    pub location: Option<String>,
    /// DESCRIPTION, with its line breaks.
    pub description: Option<String>,
    /// URL, as text; it is shown and never fetched.
    pub url: Option<String>,
    /// CATEGORIES.
    pub categories: Vec<String>,
    /// ORGANIZER.
    pub organizer: Option<Person>,
    /// ATTENDEE, in the file's order.
    pub attendees: Vec<Attendee>,
    /// SEQUENCE; 0 where there is none.
    pub sequence: u32,
    /// DTSTAMP.
    pub stamp: Option<DateTime<Utc>>,
    /// STATUS.
    pub status: Status,
    /// Whether it takes the leader's time (TRANSP).
    pub busy: bool,
    /// The first start.
    pub start: When,
    /// The first end; for days the first day after.
    pub end: When,
    /// Whether it is about whole days.
    pub all_day: bool,
    /// RRULE, where it is one that is understood; the first, where there are several.
    pub rule: Option<RecurrenceRule>,
    /// Whether there is more than one occurrence, by RRULE or RDATE.
    pub recurs: bool,
    /// The minutes before the start at which alarms go off.
    pub alarms: Vec<i64>,
    /// For the store's index.
    pub bounds: Bounds,
}

/// Between which instants all occurrences lie; wide enough for every zone that a computer may
/// have, so that an index over it never misses one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounds {
    /// Nothing is before this.
    pub first_start: DateTime<Utc>,
    /// Nothing is after this; `None` for a series without an end, or one whose end is far.
    pub last_end: Option<DateTime<Utc>>,
}

/// Whether an event takes place (RFC 5545, section 3.8.1.11).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Status {
    /// It does, or nothing is said.
    #[default]
    Confirmed,
    /// It may.
    Tentative,
    /// It does not.
    Cancelled,
}

/// Somebody with a calendar address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// The address without `mailto:`.
    pub address: String,
    /// CN.
    pub name: Option<String>,
}

/// Somebody who is invited.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attendee {
    /// Who.
    pub person: Person,
    /// ROLE.
    pub role: Role,
    /// PARTSTAT.
    pub partstat: PartStat,
    /// RSVP: whether an answer is asked for.
    pub rsvp: bool,
}

/// What is expected of an attendee (RFC 5545, section 3.2.16).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Role {
    /// Leads the meeting.
    Chair,
    /// Has to be there.
    #[default]
    Required,
    /// May be there.
    Optional,
    /// Is only told.
    Informed,
}

/// What an attendee answered (RFC 5545, section 3.2.12).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum PartStat {
    /// Nothing yet.
    #[default]
    NeedsAction,
    /// Comes.
    Accepted,
    /// Does not come.
    Declined,
    /// Comes perhaps.
    Tentative,
    /// Sends somebody else.
    Delegated,
}
