//! Changing an event: single lines of its text, and all else as it was.

use chrono::{DateTime, Utc};

use super::{Alarm, Attendee, Object, PartStat, Person, RecurrenceRule, Result, Status, When};

/// Which occurrences of a series a change is about. An event that does not recur has only `All`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scope {
    /// The whole series.
    All,
    /// The one whose recurrence id this is.
    This(When),
    /// That one and all after it.
    ThisAndFuture(When),
}

/// What is to be changed; `None` leaves a field as it stands, and an empty text or list takes it
/// away.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Change {
    /// SUMMARY.
    pub title: Option<String>,
    /// LOCATION.
    pub location: Option<String>,
    /// DESCRIPTION.
    pub description: Option<String>,
    /// URL.
    pub url: Option<String>,
    /// CATEGORIES.
    pub categories: Option<Vec<String>>,
    /// DTSTART and DTEND of the occurrence that the scope names; of the first, for the whole
    /// series.
    pub times: Option<(When, When)>,
    /// RRULE; `Some(None)` takes the repetition away. One occurrence has none to change.
    pub rule: Option<Option<RecurrenceRule>>,
    /// The reminders; every VALARM gives way to them.
    pub alarms: Option<Vec<Alarm>>,
    /// ORGANIZER.
    pub organizer: Option<Person>,
    /// ATTENDEE; who stays keeps every parameter that is not changed.
    pub attendees: Option<Vec<Attendee>>,
    /// STATUS.
    pub status: Option<Status>,
    /// TRANSP.
    pub busy: Option<bool>,
}

impl Object {
    /// The event with a change made; the bytes of every line that it does not concern are kept.
    ///
    /// `This` adds an override or changes the one there is. `ThisAndFuture` ends the series
    /// before that occurrence and begins a new one with `new_uid`, which comes second; from the
    /// first occurrence on it is the same as `All`. `All` moves exceptions and overrides along
    /// where the start moves.
    ///
    /// # Errors
    /// [`super::IcalError::NoSuchOccurrence`], [`super::IcalError::BadTimes`],
    /// [`super::IcalError::TooLong`].
    pub fn change(
        &self,
        scope: &Scope,
        change: &Change,
        now: DateTime<Utc>,
        new_uid: &str,
    ) -> Result<Vec<Self>> {
        let _ = (scope, change, now, new_uid);
        todo!()
    }

    /// The event without some occurrences: an EXDATE for one, an earlier end for one and all
    /// after it. `None` where nothing is left.
    ///
    /// # Errors
    /// [`super::IcalError::NoSuchOccurrence`].
    pub fn remove(&self, scope: &Scope, now: DateTime<Utc>) -> Result<Option<Self>> {
        let _ = (scope, now);
        todo!()
    }

    /// The event with an attendee's answer; every other parameter of the line is kept. The answer
    /// to one occurrence stands in its override.
    ///
    /// # Errors
    /// [`super::IcalError::NoSuchAttendee`], [`super::IcalError::NoSuchOccurrence`].
    pub fn set_partstat(
        &self,
        scope: &Scope,
        address: &str,
        answer: PartStat,
        now: DateTime<Utc>,
    ) -> Result<Self> {
        let _ = (scope, address, answer, now);
        todo!()
    }
}
