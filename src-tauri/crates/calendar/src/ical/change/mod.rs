//! Changing an event: single lines of its text, and all else as it was.

pub(super) mod edit;
pub(super) mod fields;
mod moving;
mod one;
mod split;

use chrono::{DateTime, Utc};

use super::lines::line_break;
use super::people::bare;
use super::{
    Alarm, Attendee, IcalError, Object, PartStat, Person, RecurrenceRule, Result, Status, When,
};
use edit::{Edit, with};
pub(super) use moving::fit_end;

/// Which occurrences of a series a change is about. An event that does not recur has only one, and
/// every scope means it.
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
    /// The same event under another UID, so that it is one of its own.
    ///
    /// # Errors
    /// [`super::IcalError::NotOneEvent`].
    pub fn with_uid(&self, uid: &str) -> Result<Self> {
        let line_break = line_break(&self.text);
        let parts = self.events.iter().map(|event| {
            let mut edit = Edit::of(self.part(event), line_break);
            edit.put("UID", "", uid);
            (event.span.clone(), edit.done())
        });
        self.rebuilt(parts.collect())
    }

    /// The event with a change made; the bytes of every line that it does not concern are kept.
    ///
    /// `This` adds an override or changes the one there is. `ThisAndFuture` ends the series
    /// before that occurrence and begins a new one with `new_uid`, which comes second; from the
    /// first occurrence on it is the same as `All`. `All` moves exceptions and overrides along
    /// where the start moves; a rule that names the start's weekday or day of the month moves
    /// too, where the change gives none; an override's text that was the series' changes with it.
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
        if let Some((start, end)) = &change.times {
            fields::check(start, end)?;
        }
        match scope {
            Scope::This(id) if self.recurs() => Ok(vec![self.change_one(id, change, now)?]),
            Scope::ThisAndFuture(id) if self.recurs() && !self.begins_with(id) => {
                let (old, new) = self.split_at(id, now, new_uid)?;
                let mut objects = vec![old];
                objects.push(new.change_all(change, now)?);
                Ok(objects)
            }
            _ => Ok(vec![self.change_all(change, now)?]),
        }
    }

    /// The event without some occurrences: an EXDATE for one, an earlier end for one and all
    /// after it. `None` where nothing is left.
    ///
    /// # Errors
    /// [`super::IcalError::NoSuchOccurrence`].
    pub fn remove(&self, scope: &Scope, now: DateTime<Utc>) -> Result<Option<Self>> {
        match scope {
            Scope::This(id) if self.recurs() => self.remove_one(id, now),
            Scope::ThisAndFuture(id) if self.recurs() && !self.begins_with(id) => {
                Ok(Some(self.ended_before(id, now)?))
            }
            _ => Ok(None),
        }
    }

    /// The event with an attendee's answer; every other parameter of the line is kept. The answer
    /// to one occurrence stands in its override; `ThisAndFuture` is answered as the whole series
    /// is, since an answer does not split it.
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
        let line_break = line_break(&self.text);
        let mut found = false;
        let mut answered = |text: &str| {
            let mut edit = Edit::of(text, line_break);
            for line in edit.all("ATTENDEE") {
                if bare(&line.value).eq_ignore_ascii_case(bare(address)) {
                    found = true;
                    let parameters = with(&line.parameters, "PARTSTAT", answer.name());
                    edit.replace(&line, "ATTENDEE", &parameters, &line.value);
                }
            }
            edit.put("DTSTAMP", "", &fields::utc(now));
            edit.done()
        };
        let object = match scope {
            Scope::This(id) if self.recurs() => {
                let (span, text) = self.override_for(id)?;
                let text = answered(&text);
                self.rebuilt(vec![(span, text)])?
            }
            _ => {
                let events = self.events.iter();
                let texts = events.map(|it| (it.span.clone(), answered(self.part(it)))).collect();
                self.rebuilt(texts)?
            }
        };
        if found { Ok(object) } else { Err(IcalError::NoSuchAttendee) }
    }
}
