//! One event with its overrides and zones.

use std::ops::Range;
use std::sync::Arc;

use chrono::{DateTime, Utc};

use super::event::{Context, Event, Noticed};
use super::scan::scan;
use super::zone::Zones;
use super::{IcalError, Limits, Result, Status, When};

/// All components of one UID, the master and its overrides, and the zones they name: a whole
/// calendar text of its own, as CalDAV keeps it (RFC 4791, section 4.1).
#[derive(Debug, Clone)]
pub struct Object {
    pub(super) uid: Arc<str>,
    pub(super) text: String,
    /// The master first, where there is one.
    pub(super) events: Vec<Event>,
}

impl Object {
    /// Reads one object back from its text.
    ///
    /// # Errors
    /// [`super::IcalError::NotOneEvent`] where the text has no event, or two of different UIDs.
    pub fn parse(text: &str) -> Result<Self> {
        Self::own(text.to_owned())
    }

    /// See [`Object::parse`].
    pub(super) fn own(text: String) -> Result<Self> {
        let limits = Limits { bytes: usize::MAX, line: usize::MAX, ..Limits::default() };
        let scan = scan(&text, &limits)?;
        let mut events = Vec::new();
        let mut uid: Option<String> = None;
        for calendar in &scan.calendars {
            let mut zones = Zones::of(&text, calendar);
            for found in calendar.components.iter().filter(|found| found.name == "VEVENT") {
                let part = text.get(found.span.clone()).unwrap_or_default();
                let mut context = Context {
                    text: &text,
                    zones: &mut zones,
                    limits: &limits,
                    message: true,
                    noticed: Noticed::default(),
                };
                let mut event =
                    Event::read(part, &mut context).map_err(|_| IcalError::NotOneEvent)?;
                let own = event.uid.take().unwrap_or_default();
                if *uid.get_or_insert_with(|| own.clone()) != own {
                    return Err(IcalError::NotOneEvent);
                }
                event.span = found.span.clone();
                events.push(event);
            }
        }
        let uid = uid.filter(|uid| !uid.is_empty()).ok_or(IcalError::NotOneEvent)?;
        newest(&mut events);
        Ok(Self { uid: uid.into(), text, events })
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

    /// Whether the master recurs, or there are overrides without it.
    #[must_use]
    pub fn recurs(&self) -> bool {
        self.master().is_none_or(Event::recurs)
    }
}

/// Leaves the newest of the events that stand for the same, the master first. Gives the places of
/// those that went.
pub(super) fn newest(events: &mut Vec<Event>) -> Vec<Range<usize>> {
    let mut kept: Vec<Event> = Vec::with_capacity(events.len());
    let mut gone = Vec::new();
    let mut seen = std::collections::HashMap::new();
    for event in events.drain(..) {
        let point = event.recurrence_id.as_ref().map(When::point);
        match seen.get(&point).and_then(|at: &usize| kept.get_mut(*at)) {
            Some(other) if event.is_newer_than(other) => {
                gone.push(std::mem::replace(other, event).span);
            }
            Some(_) => gone.push(event.span),
            None => {
                seen.insert(point, kept.len());
                kept.push(event);
            }
        }
    }
    kept.sort_by_key(|event| event.recurrence_id.is_some());
    *events = kept;
    gone
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
    /// When it ends; for days the first day after. Where it ends in the second coming of an hour
    /// that the clocks show twice, `ends` tells it from the first.
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
