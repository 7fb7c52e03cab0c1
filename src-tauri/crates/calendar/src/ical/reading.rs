//! Reading a whole file.

use super::{Limits, Object, Result};

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
    /// What was left out or mended, in the file's order.
    pub warnings: Vec<Warning>,
}

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
    /// Left out: a component that never ends, or ends another one.
    NotClosed,
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

/// Reads a whole file: UTF-8 with or without its mark, UTF-16, or what Windows once wrote; lines
/// that end in LF, CR or CRLF; with good and bad components side by side.
///
/// # Errors
/// [`super::IcalError::NotACalendar`] where no component begins, and the errors of the limits.
pub fn read(bytes: &[u8], limits: &Limits) -> Result<Reading> {
    let _ = (bytes, limits);
    todo!()
}
