//! What crosses to the interface of calendars and events.
//!
//! A moment is RFC 3339 with the offset that holds in the computer's zone; a day is `YYYY-MM-DD`.
//! Ends are exclusive, as iCalendar has them (RFC 5545, section 3.6.1): a day-long event of the
//! 24th ends on the 25th.

use serde::{Deserialize, Serialize};
use specta::Type;

use super::source::Source;

/// One of the eight colours in which calendars and networks are told apart; the interface owns
/// what each looks like in light and dark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize, Type)]
#[serde(rename_all = "lowercase")]
pub enum Colour {
    /// The first, and the default.
    #[default]
    Green,
    /// Blue.
    Blue,
    /// Violet.
    Violet,
    /// Rose.
    Rose,
    /// Red.
    Red,
    /// Amber.
    Amber,
    /// Olive.
    Olive,
    /// Grey.
    Grey,
}

/// Where a calendar's events come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum CalendarKind {
    /// Made here, and nowhere else.
    Own,
    /// Read from an address now and then (webcal); cannot be changed here.
    Subscription,
    /// Kept in step with a CalDAV server, both ways (RFC 4791).
    CalDav,
}

/// A calendar.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Calendar {
    /// Its id.
    pub id: String,
    /// The name the leader gave.
    pub name: String,
    /// Its colour.
    pub colour: Colour,
    /// Whether the views show it.
    pub shown: bool,
    /// Where its events come from.
    pub kind: CalendarKind,
    /// Whether events can be made and changed here.
    pub writable: bool,
    /// How many events it has, a series counting once.
    pub events: u32,
    /// How it is kept in step; none for an own calendar.
    pub source: Option<Source>,
}

/// Whether an event takes place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum EventStatus {
    /// It does.
    Confirmed,
    /// Perhaps.
    Tentative,
    /// It was called off.
    Cancelled,
}

/// What somebody answered to an invitation (PARTSTAT, RFC 5545, section 3.2.12).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum Reply {
    /// Nothing yet.
    NeedsAction,
    /// Comes.
    Accepted,
    /// Does not come.
    Declined,
    /// Perhaps comes.
    Tentative,
}

/// One occurrence, as a view shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Occurrence {
    /// The event's id.
    pub event: String,
    /// Which occurrence of a series; none for an event that does not repeat.
    pub recurrence_id: Option<String>,
    /// The calendar's id.
    pub calendar: String,
    /// When it begins: a moment, or a day where it is day-long.
    pub start: String,
    /// When it ends, exclusive.
    pub end: String,
    /// Whether it takes whole days.
    pub all_day: bool,
    /// Its title, made safe to show.
    pub title: String,
    /// Its place, made safe to show; empty where none is given.
    pub location: String,
    /// Whether it takes place.
    pub status: EventStatus,
    /// Whether it belongs to a series.
    pub repeats: bool,
    /// What the leader answered, where she was invited.
    pub reply: Option<Reply>,
    /// The network's meeting that it is.
    pub meeting: Option<String>,
    /// That meeting's network.
    pub network: Option<String>,
}

/// A day off, or one with a name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Holiday {
    /// The day.
    pub day: String,
    /// Its name in the language in force.
    pub name: String,
}

/// What a view of some days shows.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct CalendarView {
    /// In the order of their starts; day-long ones first within a day.
    pub occurrences: Vec<Occurrence>,
    /// Public holidays in Denmark.
    pub holidays: Vec<Holiday>,
    /// Set where a series had too many occurrences to show: what comes after this moment may be
    /// missing.
    pub shown_up_to: Option<String>,
}

/// How often an event repeats, as far as the form can say it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum RepeatUnit {
    /// Days.
    Day,
    /// Weeks.
    Week,
    /// Months.
    Month,
    /// Years.
    Year,
}

/// When a repetition stops.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum RepeatEnd {
    /// Never.
    Never,
    /// After so many times.
    Count {
        /// At least 1.
        times: u32,
    },
    /// With the last one on or before this day.
    Until {
        /// The day.
        day: String,
    },
}

/// Who is invited, or invites.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Attendee {
    /// The name, or the address where none is given; made safe to show.
    pub name: String,
    /// The e-mail address; empty where it is none.
    pub email: String,
    /// What they answered.
    pub reply: Reply,
    /// Whether they invite.
    pub organizer: bool,
}

/// One event, or one occurrence of it, whole.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Event {
    /// The occurrence as the views show it.
    pub occurrence: Occurrence,
    /// What it is about, plain text made safe to show.
    pub description: String,
    /// The zone that it was made in, by its IANA name; none where it floats or is day-long.
    pub zone: Option<String>,
    /// How it repeats, where the form can say it.
    pub repeat: Option<Repeat>,
    /// The repetition is more than the form can say; it is kept as it is.
    pub repeat_beyond_form: bool,
    /// Who is invited, the organiser first.
    pub attendees: Vec<Attendee>,
    /// A web address that belongs to it.
    pub link: Option<String>,
    /// Minutes before the start at which a reminder comes.
    pub alarms: Vec<u32>,
    /// Whether it can be changed here.
    pub writable: bool,
}

/// What the form for an event holds.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct EventForm {
    /// The calendar's id.
    pub calendar: String,
    /// Its title.
    pub title: String,
    /// Its place.
    pub location: String,
    /// What it is about.
    pub description: String,
    /// `YYYY-MM-DDTHH:MM` on the clock of `zone`, or `YYYY-MM-DD` where it is day-long.
    pub start: String,
    /// As the start; exclusive.
    pub end: String,
    /// Whether it takes whole days.
    pub all_day: bool,
    /// The IANA name of its zone; none is the computer's.
    pub zone: Option<String>,
    /// How it repeats. Left alone where the event's own is beyond the form.
    pub repeat: Option<Repeat>,
    /// Minutes before the start at which a reminder comes.
    pub alarms: Vec<u32>,
}

/// Which occurrences of a series a change is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum Scope {
    /// This one alone.
    This,
    /// This one and those after it.
    Following,
    /// The whole series; also for an event that does not repeat.
    All,
}

/// That a change of the calendar is in the store.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Changed {
    /// The event that now holds what was changed; none where it was deleted.
    pub event: Option<String>,
    /// Its occurrence, where it is one of a series.
    pub recurrence_id: Option<String>,
    /// Hand this to `calendar_undo` to take the change back; it holds until the vault locks.
    pub undo: String,
}

/// A line of a calendar file that could not be used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct BadLine {
    /// Its number, from 1.
    pub line: u32,
    /// Why.
    pub reason: BadLineReason,
}

/// Why a part of a calendar file could not be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum BadLineReason {
    /// The event has no start, or one that is no date.
    NoStart,
    /// The event has no id of its own; it was given one.
    NoUid,
    /// The rule of its repetition cannot be read; it was taken once.
    BadRule,
    /// A begin without its end, or the other way round.
    Unbalanced,
    /// It cannot be read at all.
    Unreadable,
    /// A kind of component that is not shown (tasks, journals, free and busy times).
    NotAnEvent,
}

/// What a calendar file would bring.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct CalendarPreview {
    /// The calendar's name, where the file has one.
    pub name: Option<String>,
    /// Events that would be new.
    pub new_events: u32,
    /// Events that are here in an older version.
    pub changed_events: u32,
    /// Events that are here already.
    pub already_here: u32,
    /// The first day.
    pub first_day: Option<String>,
    /// The last day; none where a series never ends.
    pub last_day: Option<String>,
    /// Parts that could not be used, at most 200 of them.
    pub bad_lines: Vec<BadLine>,
    /// How many in all.
    pub bad_lines_total: u32,
    /// Names of time zones in it that are not known, made safe to show, at most 20 of them; times
    /// in them are taken as the computer's own.
    pub unknown_zones: Vec<String>,
    /// Set where the file is an invitation or an answer to one (RFC 5546).
    pub invitation: Option<Invitation>,
}

/// An invitation, a change of one, or an answer.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Invitation {
    /// What it asks for.
    pub kind: InvitationKind,
    /// The event as it would be.
    pub event: Event,
    /// Who answered, where it is an answer.
    pub from: Option<Attendee>,
    /// Why it changes nothing, where it does not.
    pub refused: Option<InvitationRefusal>,
    /// The network whose rule the title fits.
    pub network: Option<String>,
    /// The address that is taken for the leader's among those invited; none where it is not
    /// known which of them she is.
    pub you: Option<String>,
}

/// What an invitation file asks for (METHOD, RFC 5546, section 1.4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum InvitationKind {
    /// Come to this.
    Request,
    /// It has changed.
    Update,
    /// It is called off.
    Cancel,
    /// Somebody answers.
    Reply,
    /// Somebody proposes another time; shown, and changes nothing by itself.
    Counter,
}

/// Why an invitation changes nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum InvitationRefusal {
    /// A newer version is here already.
    OutOfDate,
    /// It does not come from the organiser.
    NotFromOrganizer,
    /// It comes from somebody who was not invited.
    NotInvited,
    /// The event is not here.
    UnknownEvent,
}
