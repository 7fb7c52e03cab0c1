//! Why a calendar could not be read or changed.

/// An error of reading or changing iCalendar; it holds no content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum IcalError {
    /// There is no calendar in these bytes.
    #[error("no calendar is in this file")]
    NotACalendar,
    /// The file has more bytes than [`super::Limits::bytes`].
    #[error("the file has more than {limit} bytes")]
    TooLarge {
        /// How many there may be.
        limit: usize,
    },
    /// The file has more components than [`super::Limits::components`].
    #[error("the file has more than {limit} components")]
    TooManyComponents {
        /// How many there may be.
        limit: usize,
    },
    /// The text is not one event with its overrides.
    #[error("this is not one event")]
    NotOneEvent,
    /// The series has no occurrence with this key.
    #[error("the series has no such occurrence")]
    NoSuchOccurrence,
    /// No attendee has this address.
    #[error("nobody with this address is invited")]
    NoSuchAttendee,
    /// The new start, end or rule is none that a calendar can hold: the end before the start, a
    /// day where a time stands, or a year beyond 9999.
    #[error("the event's times do not go together")]
    BadTimes,
    /// The series cannot be split within the steps that one change may take.
    #[error("the series is too long to be split")]
    TooLong,
}

/// What the functions of this module give back.
pub type Result<T, E = IcalError> = std::result::Result<T, E>;
