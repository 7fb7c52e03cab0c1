//! What an event says of itself.

use calcard::icalendar::{ICalendarProperty as Property, ICalendarValue};
use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use fristed_base::shown::{shown, shown_line};

use super::alarm::{Trigger, triggers};
use super::bounds::Bounds;
use super::event::{Event, component, texts};
use super::length::{Length, in_zone};
use super::series::Overrides;
use super::{Attendee, IcalError, Object, Person, RecurrenceRule, Result, When};

/// What stands in the master event, or in the only one; every text is fit to be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Summary {
    /// SUMMARY, on one line; empty where there is none.
    pub title: String,
    /// LOCATION.
    pub location: Option<String>,
    /// DESCRIPTION, with its line breaks.
    pub description: Option<String>,
    /// URL, as text; it is shown and never fetched.
    pub url: Option<String>,
    /// CATEGORIES.
    pub categories: Vec<String>,
    /// ORGANIZER.
    pub organizer: Option<Person>,
    /// ATTENDEE, in the file's order.
    pub attendees: Vec<Attendee>,
    /// SEQUENCE; 0 where there is none.
    pub sequence: u32,
    /// DTSTAMP.
    pub stamp: Option<DateTime<Utc>>,
    /// STATUS.
    pub status: Status,
    /// Whether it takes the leader's time (TRANSP).
    pub busy: bool,
    /// The first start.
    pub start: When,
    /// The first end; for days the first day after.
    pub end: When,
    /// Whether it is about whole days.
    pub all_day: bool,
    /// RRULE, where it is one that is understood; the first, where there are several.
    pub rule: Option<RecurrenceRule>,
    /// Whether there is more than one occurrence, by RRULE or RDATE.
    pub recurs: bool,
    /// When its alarms go off that are shown or heard.
    pub triggers: Vec<Trigger>,
    /// The minutes before the start at which alarms go off; those that are set by the end, by an
    /// instant, or after the start are not among them.
    pub alarms: Vec<i64>,
    /// For the store's index.
    pub bounds: Bounds,
}

/// Whether an event takes place (RFC 5545, section 3.8.1.11).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Status {
    /// It does, or nothing is said.
    #[default]
    Confirmed,
    /// It may.
    Tentative,
    /// It does not.
    Cancelled,
}

impl Object {
    /// What the master says of the whole; where there are only overrides, what the first says.
    #[must_use]
    pub fn summary(&self) -> Summary {
        match self.events.first() {
            Some(event) => self.summarised(event, event.start.clone(), event.length),
            // No object is made without an event.
            None => self.summarised_nothing(),
        }
    }

    /// What one occurrence says of itself: its override, or the master at its time.
    ///
    /// # Errors
    /// [`super::IcalError::NoSuchOccurrence`] where neither is there. Whether the series' rule
    /// gives this time is not asked.
    pub fn summary_of(&self, recurrence_id: &When) -> Result<Summary> {
        let Some(master) = self.master() else {
            let point = recurrence_id.point();
            let event = self
                .events
                .iter()
                .find(|event| event.recurrence_id.as_ref().is_some_and(|id| id.point() == point))
                .ok_or(IcalError::NoSuchOccurrence)?;
            return Ok(self.summarised(event, event.start.clone(), event.length));
        };
        let local = master.start.reading(recurrence_id);
        let start = master.start.at(local);
        let point = start.point();
        if master.excludes(point, local) {
            return Err(IcalError::NoSuchOccurrence);
        }
        let overrides = Overrides::of(master, &self.events);
        if let Some(event) = overrides.at(point, local) {
            return Ok(self.summarised(event, event.start.clone(), event.length));
        }
        Ok(match overrides.before(point) {
            Some((moved, event)) => {
                let local = local.checked_add_signed(moved).unwrap_or(local);
                let start = event.start.at(event.start.reading(&master.start.at(local)));
                self.summarised(event, start, event.length)
            }
            None => self.summarised(master, start, master.length_at(local)),
        })
    }

    pub(super) fn summarised(&self, event: &Event, start: When, length: Length) -> Summary {
        let read = component(self.text.get(event.span.clone()).unwrap_or_default());
        let read = read.unwrap_or_default();
        let text = |name: Property| {
            let entry = read.entries.iter().find(|entry| entry.name == name);
            entry.map(texts).filter(|text| !text.trim().is_empty())
        };
        let named = |name: Property| read.entries.iter().filter(move |entry| entry.name == name);
        let (end, ends) = length.end(&start, Tz::UTC);
        let triggers = triggers(self.text.get(event.span.clone()).unwrap_or_default());
        Summary {
            title: event.title.to_string(),
            location: event.location.as_ref().map(ToString::to_string),
            description: text(Property::Description).map(|text| shown(&text)),
            url: text(Property::Url).map(|text| shown_line(&text)),
            categories: named(Property::Categories)
                .flat_map(|entry| &entry.values)
                .filter_map(ICalendarValue::as_text)
                .map(shown_line)
                .filter(|category| !category.is_empty())
                .collect(),
            organizer: named(Property::Organizer).find_map(Person::of),
            attendees: named(Property::Attendee).filter_map(Attendee::of).collect(),
            sequence: u32::try_from(event.sequence).unwrap_or(0),
            stamp: event.stamp,
            status: event.status,
            busy: event.busy,
            all_day: start.is_day(),
            end: in_zone(end, ends, event.end_zone.as_ref()),
            start,
            rule: event.rules.first().cloned(),
            recurs: event.recurs(),
            alarms: triggers.iter().filter_map(Trigger::minutes_before).collect(),
            triggers,
            bounds: self.bounds(),
        }
    }

    fn summarised_nothing(&self) -> Summary {
        let start = When::At(DateTime::<Utc>::UNIX_EPOCH.naive_utc(), super::Zone::Utc);
        Summary {
            title: String::new(),
            location: None,
            description: None,
            url: None,
            categories: Vec::new(),
            organizer: None,
            attendees: Vec::new(),
            sequence: 0,
            stamp: None,
            status: Status::Confirmed,
            busy: false,
            end: start.clone(),
            start,
            all_day: false,
            rule: None,
            recurs: false,
            triggers: Vec::new(),
            alarms: Vec::new(),
            bounds: self.bounds(),
        }
    }
}
