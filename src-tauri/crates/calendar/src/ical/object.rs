//! One event with its overrides and zones.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use super::{Budget, Result, Status, Summary, When, Window};

/// All components of one UID, the master and its overrides, and the zones they name: a whole
/// calendar text of its own, as CalDAV keeps it (RFC 4791, section 4.1).
#[derive(Debug, Clone)]
pub struct Object {
    uid: String,
    text: String,
}

impl Object {
    /// Reads one object back from its text.
    ///
    /// # Errors
    /// [`super::IcalError::NotOneEvent`] where the text has no event, or two of different UIDs.
    pub fn parse(text: &str) -> Result<Self> {
        let _ = text;
        todo!()
    }

    /// The UID.
    #[must_use]
    pub fn uid(&self) -> &str {
        &self.uid
    }

    /// The text to be stored.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// What the event says of itself.
    #[must_use]
    pub fn summary(&self) -> Summary {
        todo!()
    }

    /// What the override of one occurrence says of itself, or the master where there is none.
    ///
    /// # Errors
    /// [`super::IcalError::NoSuchOccurrence`].
    pub fn summary_of(&self, recurrence_id: &When) -> Result<Summary> {
        let _ = recurrence_id;
        todo!()
    }

    /// The occurrences that are seen in a window, by start. `zone` is the computer's, for days
    /// and floating times.
    #[must_use]
    pub fn occurrences(&self, window: &Window, zone: Tz, budget: &mut Budget) -> Occurrences {
        let _ = (window, zone, budget);
        todo!()
    }
}

/// What was found in a window.
#[derive(Debug, Clone, Default)]
pub struct Occurrences {
    /// The occurrences, by start.
    pub list: Vec<Occurrence>,
    /// Where the budget was spent: nothing after this instant was looked for. A view shows it as
    /// "shown up to"; the earliest one of all series counts.
    pub shown_up_to: Option<DateTime<Utc>>,
}

/// One occurrence of an event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Occurrence {
    /// The event's UID.
    pub uid: Arc<str>,
    /// Which occurrence of a series it is: its original start. `None` for an event that does not
    /// recur.
    pub recurrence_id: Option<When>,
    /// When it starts.
    pub start: When,
    /// When it ends; for days the first day after.
    pub end: When,
    /// The instant of the start, on the computer whose zone was given.
    pub starts: DateTime<Utc>,
    /// The instant of the end.
    pub ends: DateTime<Utc>,
    /// Its title, fit to be shown.
    pub title: Arc<str>,
    /// Its place, fit to be shown.
    pub location: Option<Arc<str>>,
    /// Whether it takes place.
    pub status: Status,
    /// Whether it takes the leader's time.
    pub busy: bool,
    /// Whether an override changed it.
    pub overridden: bool,
}
