//! A new event.

use chrono::{DateTime, Utc};

use super::{Attendee, Object, Person, RecurrenceRule, Result, Status, When};

/// What a new event says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// SUMMARY.
    pub title: String,
    /// LOCATION; none where empty.
    pub location: String,
    /// DESCRIPTION; none where empty.
    pub description: String,
    /// URL; none where empty.
    pub url: String,
    /// CATEGORIES.
    pub categories: Vec<String>,
    /// DTSTART.
    pub start: When,
    /// DTEND, of the same kind as the start and not before it; for days the first day after.
    pub end: When,
    /// RRULE.
    pub rule: Option<RecurrenceRule>,
    /// VALARM.
    pub alarms: Vec<Alarm>,
    /// ORGANIZER.
    pub organizer: Option<Person>,
    /// ATTENDEE.
    pub attendees: Vec<Attendee>,
    /// STATUS; confirmed is left out.
    pub status: Status,
    /// TRANSP; busy is left out.
    pub busy: bool,
}

/// A reminder before the start.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Alarm {
    /// How many minutes before.
    pub minutes_before: u32,
}

impl Draft {
    /// An event with a title and nothing else.
    #[must_use]
    pub fn new(title: &str, start: When, end: When) -> Self {
        Self {
            title: title.to_owned(),
            location: String::new(),
            description: String::new(),
            url: String::new(),
            categories: Vec::new(),
            start,
            end,
            rule: None,
            alarms: Vec::new(),
            organizer: None,
            attendees: Vec::new(),
            status: Status::Confirmed,
            busy: true,
        }
    }
}

impl Object {
    /// A new event.
    ///
    /// # Errors
    /// [`super::IcalError::BadTimes`].
    pub fn create(uid: &str, draft: &Draft, now: DateTime<Utc>) -> Result<Self> {
        let _ = (uid, draft, now);
        todo!()
    }
}
