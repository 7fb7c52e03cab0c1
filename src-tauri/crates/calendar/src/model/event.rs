//! Calendars and events.

use std::sync::Arc;

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use chrono_tz::Tz;
use fristed_base::{CalendarId, EventId, MeetingId, NetworkId, UndoId};

use super::network::MeetingRow;
use super::source::SourceInfo;
use crate::ical::{PartStat, Status, Summary, When};

/// One of the eight colours in which calendars and networks are told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[allow(missing_docs)]
pub enum Colour {
    #[default]
    Green,
    Blue,
    Violet,
    Rose,
    Red,
    Amber,
    Olive,
    Grey,
}

impl Colour {
    /// All of them, in the order of their numbers in the store.
    pub const ALL: [Self; 8] = [
        Self::Green,
        Self::Blue,
        Self::Violet,
        Self::Rose,
        Self::Red,
        Self::Amber,
        Self::Olive,
        Self::Grey,
    ];
}

/// Where a calendar's events come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CalendarKind {
    /// Made here, and nowhere else.
    Own,
    /// Read from an address now and then; cannot be changed here.
    Subscription,
    /// Kept in step with a CalDAV server, both ways (RFC 4791).
    CalDav,
    /// On a CalDAV server where the account may only read it.
    CalDavRead,
}

impl CalendarKind {
    /// All of them, in the order of their numbers in the store.
    pub(crate) const ALL: [Self; 4] =
        [Self::Own, Self::Subscription, Self::CalDav, Self::CalDavRead];

    /// Whether events can be made and changed here.
    #[must_use]
    pub const fn is_writable(self) -> bool {
        matches!(self, Self::Own | Self::CalDav)
    }
}

/// A calendar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CalendarInfo {
    /// Its id.
    pub id: CalendarId,
    /// The name the leader gave.
    pub name: String,
    /// Its colour.
    pub colour: Colour,
    /// Whether the views show it.
    pub shown: bool,
    /// Where its events come from.
    pub kind: CalendarKind,
    /// How many events it has, a series counting once.
    pub events: u32,
    /// How it is kept in step; none for one of the leader's own.
    pub source: Option<SourceInfo>,
}

/// One occurrence, as a view shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// The event's id.
    pub event: EventId,
    /// Its UID.
    pub uid: Arc<str>,
    /// Which occurrence of a series; none for an event that does not repeat.
    pub recurrence: Option<When>,
    /// The calendar's id.
    pub calendar: CalendarId,
    /// When it starts, as the event says it.
    pub start: When,
    /// When it ends; for days the first day after.
    pub end: When,
    /// The instant of the start, on this computer.
    pub starts: DateTime<Utc>,
    /// The instant of the end.
    pub ends: DateTime<Utc>,
    /// Its title, fit to be shown.
    pub title: Arc<str>,
    /// Its place, fit to be shown; empty where none is given.
    pub location: Arc<str>,
    /// Whether it takes place.
    pub status: Status,
    /// Whether it belongs to a series.
    pub repeats: bool,
    /// What the leader answered, where she was invited.
    pub reply: Option<PartStat>,
    /// The meeting that it is, and that meeting's network.
    pub meeting: Option<(MeetingId, NetworkId)>,
}

impl Seen {
    /// The key of its recurrence id; empty for an event that does not repeat.
    #[must_use]
    pub fn key(&self) -> String {
        self.recurrence.as_ref().map(When::key).unwrap_or_default()
    }
}

/// What a stretch of time holds.
#[derive(Debug, Clone, Default)]
pub struct View {
    /// By start, day-long ones first within a day.
    pub seen: Vec<Seen>,
    /// Where a series had more occurrences than the budget allows: nothing after this instant is
    /// certain to be here.
    pub shown_up_to: Option<DateTime<Utc>>,
}

/// One event, or one occurrence of it, whole.
#[derive(Debug, Clone)]
pub struct EventInfo {
    /// The occurrence.
    pub seen: Seen,
    /// What the event says of itself, at this occurrence.
    pub summary: Summary,
    /// How it repeats, where a form can say it.
    pub repeat: Option<Repeat>,
    /// The repetition is more than a form can say.
    pub repeat_beyond_form: bool,
    /// Whether it can be changed here.
    pub writable: bool,
}

/// A time as a form has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FormTime {
    /// A whole day.
    Day(NaiveDate),
    /// A time on the clock of the form's zone.
    Local(NaiveDateTime),
}

/// What the form for an event holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventForm {
    /// The calendar.
    pub calendar: CalendarId,
    /// Its title.
    pub title: String,
    /// Its place.
    pub location: String,
    /// What it is about.
    pub description: String,
    /// When it starts.
    pub start: FormTime,
    /// When it ends, exclusive.
    pub end: FormTime,
    /// Its zone; none is the computer's.
    pub zone: Option<Tz>,
    /// How it repeats; left alone where the event's own is beyond a form.
    pub repeat: Option<Repeat>,
    /// Minutes before the start at which a reminder comes.
    pub alarms: Vec<u32>,
}

/// How often an event repeats, as far as a form can say it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repeat {
    /// The unit.
    pub every: RepeatUnit,
    /// How many units between two, at least 1.
    pub interval: u32,
    /// For weeks: the days, 1 Monday to 7 Sunday; empty is the day of the start.
    pub weekdays: Vec<u8>,
    /// For months: the n-th such weekday of the month (1 to 4, -1 the last) instead of the date.
    pub nth_weekday: Option<i8>,
    /// When it stops.
    pub end: RepeatEnd,
}

/// The unit of a repetition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum RepeatUnit {
    Day,
    Week,
    Month,
    Year,
}

/// When a repetition stops.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RepeatEnd {
    /// Never.
    Never,
    /// After so many times.
    Count(u32),
    /// With the last one on or before this day.
    Until(NaiveDate),
}

/// Which occurrences of a series a change is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// This one alone.
    This,
    /// This one and those after it.
    Following,
    /// The whole series; also for an event that does not repeat.
    All,
}

/// That a change of the calendar is in the store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    /// The event that now holds what was changed; none where it was deleted.
    pub event: Option<EventId>,
    /// The key of its occurrence, where it is one of a series.
    pub recurrence: Option<String>,
    /// What takes the change back; it holds until the vault locks.
    pub undo: UndoId,
}

/// What a deletion also touches.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Touched {
    /// Meetings that lose their place in the calendar.
    pub meetings: Vec<MeetingRow>,
    /// How many commitments go along, or stay without their meeting.
    pub commitments: u32,
}
