//! The calendar's use cases in the words of the wire.

use fristed_base::{CalendarId, EventId, Moment, UndoId};
use fristed_calendar as calendar;

use crate::error::AppError;
use crate::fristed::Fristed;
use crate::wire::calendar::{
    Calendar, CalendarView, Changed, Colour, Event, EventForm, Occurrence, Scope,
};
use crate::wire::network::Touched;
use crate::writing::{day, id};
use crate::{config, convert};

impl Fristed {
    /// Every calendar.
    ///
    /// # Errors
    /// What keeps a store from being read.
    pub fn calendars(&self) -> Result<Vec<Calendar>, AppError> {
        let all = self.calendar()?.calendars()?.into_iter();
        Ok(all.map(|one| convert::calendar::calendar(one, self.zone())).collect())
    }

    /// Makes a calendar of the leader's own.
    ///
    /// # Errors
    /// What keeps a store from being written.
    pub fn calendar_create(&self, name: &str, colour: Colour) -> Result<Calendar, AppError> {
        let colour = convert::calendar::to_colour(colour);
        let made = self.calendar()?.calendar_create(name, colour, calendar::CalendarKind::Own)?;
        Ok(convert::calendar::calendar(made, self.zone()))
    }

    /// Changes what the leader chose of a calendar.
    ///
    /// # Errors
    /// `NotFound`.
    pub fn calendar_change(
        &self,
        of: &str,
        name: &str,
        colour: Colour,
        shown: bool,
    ) -> Result<Calendar, AppError> {
        let colour = convert::calendar::to_colour(colour);
        let changed = self.calendar()?.calendar_change(id(of)?, name, colour, shown)?;
        Ok(convert::calendar::calendar(changed, self.zone()))
    }

    /// Removes a calendar and its events.
    ///
    /// # Errors
    /// `NotFound`.
    pub fn calendar_delete(&self, of: &str) -> Result<(), AppError> {
        Ok(self.calendar()?.calendar_delete(id(of)?, self.zone())?)
    }

    /// What removing a calendar also touches.
    ///
    /// # Errors
    /// `NotFound`.
    pub fn calendar_touches(&self, of: &str) -> Result<Touched, AppError> {
        let touched = self.calendar()?.calendar_touches(id::<CalendarId>(of)?)?;
        Ok(convert::network::touched(touched, self.zone()))
    }

    /// What the calendars that are shown hold from one day to another, both included.
    ///
    /// # Errors
    /// `BadTime` for a day that cannot be read.
    pub fn calendar_view(&self, first: &str, last: &str) -> Result<CalendarView, AppError> {
        let (first, last) = (day(first)?, day(last)?);
        let zone = self.zone();
        let view = self.calendar()?.view(first, last, zone)?;
        let language = config::language(&self.state().config.settings);
        let holidays = calendar::holidays(first, last, convert::calendar::language(language));
        Ok(convert::calendar::view(view, &holidays, zone))
    }

    /// The occurrences of all calendars from one day up to another that is not included, each with
    /// its UID.
    ///
    /// # Errors
    /// What keeps a store from being read.
    pub fn agenda(
        &self,
        from: chrono::NaiveDate,
        to: chrono::NaiveDate,
    ) -> Result<Agenda, AppError> {
        let zone = self.zone();
        let open = self.calendar()?;
        let view = open.agenda(from, to, zone)?;
        let named = |seen: calendar::Seen| AgendaRow {
            uid: seen.uid.to_string(),
            recurrence_id: seen
                .recurrence
                .as_ref()
                .map(|original| convert::calendar::when(original, zone)),
            occurrence: convert::calendar::occurrence(&seen, zone),
        };
        Ok(Agenda {
            rows: view.seen.into_iter().map(named).collect(),
            shown_up_to: view.shown_up_to.map(|at| convert::calendar::instant(at, zone)),
        })
    }

    /// The events whose title or place has what was typed.
    ///
    /// # Errors
    /// What keeps a store from being read.
    pub fn calendar_search(&self, query: &str, now: Moment) -> Result<Vec<Occurrence>, AppError> {
        let zone = self.zone();
        let found = self.calendar()?.search(query, zone, now)?;
        Ok(found.iter().map(|seen| convert::calendar::occurrence(seen, zone)).collect())
    }

    /// One event, or one occurrence of it, whole.
    ///
    /// # Errors
    /// `NotFound`.
    pub fn event_get(&self, event: &str, recurrence: Option<&str>) -> Result<Event, AppError> {
        let zone = self.zone();
        let info = self.calendar()?.event(id(event)?, recurrence, zone)?;
        Ok(convert::calendar::event(info, zone))
    }

    /// Makes an event.
    ///
    /// # Errors
    /// `BadTime`, `EndBeforeStart`, `CalendarReadOnly`, `NotFound`.
    pub fn event_create(&self, form: EventForm, now: Moment) -> Result<Changed, AppError> {
        let form = convert::calendar::to_form(form)?;
        let changed = self.calendar()?.event_create(&form, self.zone(), now)?;
        Ok(convert::calendar::changed(changed))
    }

    /// Changes an event, as far as the form says something else than what was shown.
    ///
    /// # Errors
    /// As [`Fristed::event_create`], and `SeriesTooLong`, `EventAlreadyThere`.
    pub fn event_change(
        &self,
        event: &str,
        recurrence: Option<&str>,
        scope: Scope,
        form: EventForm,
        now: Moment,
    ) -> Result<Changed, AppError> {
        let form = convert::calendar::to_form(form)?;
        let event = (id(event)?, recurrence);
        let scope = convert::calendar::to_scope(scope);
        let changed = self.calendar()?.event_change(event, scope, &form, self.zone(), now)?;
        Ok(convert::calendar::changed(changed))
    }

    /// Moves an event to other times on the computer's clock.
    ///
    /// # Errors
    /// As [`Fristed::event_change`].
    pub fn event_move(
        &self,
        event: &str,
        recurrence: Option<&str>,
        scope: Scope,
        times: (&str, &str),
        now: Moment,
    ) -> Result<Changed, AppError> {
        let times = (convert::calendar::to_time(times.0)?, convert::calendar::to_time(times.1)?);
        let event = (id(event)?, recurrence);
        let scope = convert::calendar::to_scope(scope);
        let changed = self.calendar()?.event_move(event, scope, times, self.zone(), now)?;
        Ok(convert::calendar::changed(changed))
    }

    /// Deletes an event, or some of its occurrences.
    ///
    /// # Errors
    /// `CalendarReadOnly`, `NotFound`.
    pub fn event_delete(
        &self,
        event: &str,
        recurrence: Option<&str>,
        scope: Scope,
        now: Moment,
    ) -> Result<Changed, AppError> {
        let event = (id(event)?, recurrence);
        let scope = convert::calendar::to_scope(scope);
        let changed = self.calendar()?.event_delete(event, scope, self.zone(), now)?;
        Ok(convert::calendar::changed(changed))
    }

    /// What deleting an event, or some of its occurrences, also touches.
    ///
    /// # Errors
    /// `NotFound`.
    pub fn event_touches(
        &self,
        event: &str,
        recurrence: Option<&str>,
        scope: Scope,
    ) -> Result<Touched, AppError> {
        let zone = self.zone();
        let event = (id(event)?, recurrence);
        let scope = convert::calendar::to_scope(scope);
        let touched = self.calendar()?.event_touches(event, scope, zone)?;
        Ok(convert::network::touched(touched, zone))
    }

    /// Takes a change of the calendar back.
    ///
    /// # Errors
    /// `UndoGone` where it was taken back already, or what it touched was changed again since.
    pub fn calendar_undo(&self, undo: &str, now: Moment) -> Result<(), AppError> {
        Ok(self.calendar()?.undo(id::<UndoId>(undo)?, self.zone(), now)?)
    }

    /// One event, one calendar or everything as the text of an iCalendar file, and a name for it.
    ///
    /// # Errors
    /// `NotFound`.
    pub fn calendar_export(
        &self,
        of: Option<&str>,
        event: Option<&str>,
    ) -> Result<(String, String), AppError> {
        let calendar = self.calendar()?;
        let of = of.map(id::<CalendarId>).transpose()?;
        let event = event.map(id::<EventId>).transpose()?;
        let text = calendar.export(of, event)?;
        let name = if let Some(event) = event {
            calendar.event(event, None, self.zone())?.summary.title
        } else if let Some(of) = of {
            let all = calendar.calendars()?;
            all.into_iter().find(|info| info.id == of).map(|info| info.name).unwrap_or_default()
        } else {
            String::new()
        };
        Ok((text, file_name(&name)))
    }

    /// The leader's own e-mail addresses.
    ///
    /// # Errors
    /// What keeps a store from being read.
    pub fn own_addresses(&self) -> Result<Vec<String>, AppError> {
        Ok(self.calendar()?.own_addresses()?)
    }

    /// Keeps these as the leader's own addresses.
    ///
    /// # Errors
    /// What keeps a store from being written.
    pub fn own_addresses_save(&self, addresses: &[String]) -> Result<(), AppError> {
        Ok(self.calendar()?.set_own_addresses(addresses)?)
    }
}

/// What all calendars hold in a stretch of time.
#[derive(Debug)]
pub struct Agenda {
    /// By start.
    pub rows: Vec<AgendaRow>,
    /// Where a series had too many occurrences: what comes after may be missing.
    pub shown_up_to: Option<String>,
}

/// One occurrence with what names it elsewhere.
#[derive(Debug)]
pub struct AgendaRow {
    /// The event's UID.
    pub uid: String,
    /// Its original start, in the form of the start; none where it does not repeat.
    pub recurrence_id: Option<String>,
    /// The occurrence.
    pub occurrence: Occurrence,
}

/// The name of a file, from a title.
fn file_name(title: &str) -> String {
    let kept: String = title
        .chars()
        .map(|c| if c.is_alphanumeric() || matches!(c, ' ' | '-' | '_') { c } else { ' ' })
        .collect();
    let words: Vec<&str> = kept.split_whitespace().collect();
    let name: String = words.join(" ").chars().take(60).collect();
    if name.is_empty() { "fristed.ics".into() } else { format!("{}.ics", name.trim()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_gives_a_harmless_file_name() {
        assert_eq!(file_name("Netværksmøde: skole/SFO"), "Netværksmøde skole SFO.ics");
        assert_eq!(file_name("../.."), "fristed.ics");
    }
}
