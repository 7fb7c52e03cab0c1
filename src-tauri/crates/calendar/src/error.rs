//! What can go wrong with calendars and networks, as far as a caller can do something about it.

use fristed_vault::StoreError;

use crate::ical::IcalError;

/// An error of a calendar or a network; never with a word of either.
#[derive(Debug, thiserror::Error)]
pub enum CalendarError {
    /// Nothing has this id, or the series has no such occurrence.
    #[error("it is not there")]
    NotFound,
    /// It was changed elsewhere since the version that was handed in.
    #[error("it was changed since")]
    Changed,
    /// A change cannot be taken back any more: it was already, what it touched was changed since, or
    /// the vault was locked.
    #[error("the change cannot be taken back")]
    UndoGone,
    /// The calendar is only read here.
    #[error("the calendar cannot be changed here")]
    ReadOnly,
    /// The occurrence belongs to a meeting already.
    #[error("the occurrence belongs to a meeting already")]
    AlreadyMeeting,
    /// An event with the same UID is in that calendar already.
    #[error("the event is in that calendar already")]
    AlreadyThere,
    /// A calendar from that address is here already.
    #[error("the calendar is here already")]
    SourceHere,
    /// The end is before the start, or the times are none that a calendar holds.
    #[error("the times do not go together")]
    BadTimes,
    /// A repetition of this length cannot be changed from one occurrence on.
    #[error("the series is too long to be split")]
    TooLong,
    /// There is no calendar in the file.
    #[error("no calendar is in this file")]
    NotACalendar,
    /// The file asks for more than the limits allow.
    #[error("the file is above a limit of {limit}")]
    TooLarge {
        /// The number of components or bytes that there may be.
        limit: usize,
        /// Whether the limit is one of components.
        components: bool,
    },
    /// The invitation changes nothing, since it does not come from whom it should, or too late.
    #[error("the invitation changes nothing")]
    Refused,
    /// Nobody with the leader's address is invited.
    #[error("she is not among those invited")]
    NotInvited,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<rusqlite::Error> for CalendarError {
    fn from(error: rusqlite::Error) -> Self {
        match error {
            rusqlite::Error::QueryReturnedNoRows => Self::NotFound,
            other => Self::Store(StoreError::from(other)),
        }
    }
}

impl From<IcalError> for CalendarError {
    fn from(error: IcalError) -> Self {
        match error {
            IcalError::NotACalendar | IcalError::NotOneEvent => Self::NotACalendar,
            IcalError::TooManyComponents { limit } => Self::TooLarge { limit, components: true },
            IcalError::TooLarge { limit } => Self::TooLarge { limit, components: false },
            IcalError::NoSuchOccurrence => Self::NotFound,
            IcalError::NoSuchAttendee => Self::NotInvited,
            IcalError::BadTimes => Self::BadTimes,
            IcalError::TooLong => Self::TooLong,
        }
    }
}

/// What the functions of this crate give back.
pub type Result<T, E = CalendarError> = std::result::Result<T, E>;
