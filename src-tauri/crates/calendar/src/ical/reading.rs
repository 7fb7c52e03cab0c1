//! What reading a file gives.

#[cfg(doc)]
use super::Limits;
use super::Object;

/// What was read of a file.
#[derive(Debug, Clone)]
pub struct Reading {
    /// The events, one object for each UID, in the file's order.
    pub objects: Vec<Object>,
    /// METHOD, where the file is a message (RFC 5546).
    pub method: Option<Method>,
    /// The calendar's name (NAME or X-WR-CALNAME), fit to be shown.
    pub name: Option<String>,
    /// The calendar's colour (COLOR or X-APPLE-CALENDAR-COLOR) as `#rrggbb`.
    pub colour: Option<String>,
    /// The zones that are neither known nor defined, fit to be shown, at most
    /// [`UNKNOWN_ZONES`] of them; times in them were read as floating.
    pub unknown_zones: Vec<String>,
    /// What was left out or mended, in the file's order.
    pub warnings: Vec<Warning>,
}

/// How many zones that are not known are named.
pub const UNKNOWN_ZONES: usize = 20;

/// Something in a file that was left out or mended. It holds no text of the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Warning {
    /// The line, from 1, where the component or the mistake begins.
    pub line: usize,
    /// What is the matter.
    pub reason: Reason,
}

/// What is the matter with a part of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// Left out: an event without a start that can be read.
    NoStart,
    /// Left out: a component that never ends.
    NotClosed,
    /// Left out: components deeper in it than [`Limits::depth`].
    TooDeep,
    /// Left out: a second event with the same UID, or a second override of one occurrence, where
    /// another one is newer.
    Superseded,
    /// Left out: nothing in it could be read.
    Unreadable,
    /// Left out: a line longer than [`Limits::line`].
    LineTooLong,
    /// Left out: more dates than [`Limits::dates`].
    TooManyDates,
    /// Left out: a task, a journal entry, a free-busy list, or a component that is not known.
    NotAnEvent,
    /// Kept: the event had no UID and was given one.
    NoUid,
    /// Kept: bytes that are not UTF-8 were read as Windows-1252.
    Charset,
    /// Kept without its repetition: a rule that cannot be read.
    BadRule,
    /// Kept, as a floating time: a zone that is neither known nor defined.
    UnknownZone,
    /// Kept: the event's zone is named only, since the definitions of zones became too large.
    ZoneNotCopied,
}

impl Reason {
    /// Whether the component was left out.
    #[must_use]
    pub const fn left_out(self) -> bool {
        matches!(
            self,
            Self::NoStart
                | Self::NotClosed
                | Self::TooDeep
                | Self::Superseded
                | Self::Unreadable
                | Self::LineTooLong
                | Self::TooManyDates
                | Self::NotAnEvent
        )
    }
}

/// What a message asks for (RFC 5546, section 1.4).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Method {
    Publish,
    Request,
    Reply,
    Add,
    Cancel,
    Refresh,
    Counter,
    DeclineCounter,
}

const METHODS: [(&str, Method); 8] = [
    ("PUBLISH", Method::Publish),
    ("REQUEST", Method::Request),
    ("REPLY", Method::Reply),
    ("ADD", Method::Add),
    ("CANCEL", Method::Cancel),
    ("REFRESH", Method::Refresh),
    ("COUNTER", Method::Counter),
    ("DECLINECOUNTER", Method::DeclineCounter),
];

impl Method {
    pub(super) fn named(name: &str) -> Option<Self> {
        let name = name.trim();
        METHODS.iter().find(|(known, _)| name.eq_ignore_ascii_case(known)).map(|(_, it)| *it)
    }

    /// As it is written.
    #[must_use]
    pub fn name(self) -> &'static str {
        METHODS.iter().find(|(_, method)| *method == self).map_or("PUBLISH", |(name, _)| *name)
    }
}
