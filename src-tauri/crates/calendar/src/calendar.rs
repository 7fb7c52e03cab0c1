//! Calendars and events in an open store.

use std::sync::Arc;

use chrono::NaiveDate;
use chrono_tz::Tz;
use fristed_base::{CalendarId, EventId, Moment, UndoId};
use fristed_vault::Store;
use rusqlite::Connection;

use crate::error::{CalendarError, Result};
use crate::event::Done;
use crate::ical::{Object, write};
use crate::model::{
    CalendarInfo, CalendarKind, Changed, Colour, EventForm, EventInfo, FormTime, Scope, Seen,
    Touched, View,
};
use crate::occurrence::key_of;
use crate::room::with_answers;
use crate::table::{account, calendar, event as event_table, own_address};
use crate::undo::Undo;
use crate::view::{self, Look};
use crate::{event, meeting, repeat, sync};

/// A leader's calendars and networks. Cloning it is cheap; all clones are one.
///
/// `here` is the computer's zone in every method. Every method gives [`CalendarError::Store`]
/// where the store fails or was closed by a lock.
#[derive(Clone)]
pub struct Calendar {
    store: Store,
    undo: Arc<Undo>,
}

impl Calendar {
    /// The calendars in this store, whose schema must include [`crate::MIGRATIONS`].
    #[must_use]
    pub fn new(store: Store) -> Self {
        Self { store, undo: Arc::default() }
    }

    pub(crate) fn read<T>(&self, f: impl FnOnce(&Connection) -> Result<T>) -> Result<T> {
        self.store.read(f)
    }

    pub(crate) fn write<T>(&self, f: impl FnOnce(&Connection) -> Result<T>) -> Result<T> {
        self.store.write(|transaction| f(transaction))
    }

    /// Every calendar, in the order they were made.
    ///
    /// # Errors
    /// [`CalendarError::Store`].
    pub fn calendars(&self) -> Result<Vec<CalendarInfo>> {
        self.read(|c| calendar::all(c)?.into_iter().map(|one| sync::with_source(c, one)).collect())
    }

    /// Makes a calendar.
    ///
    /// # Errors
    /// [`CalendarError::Store`].
    pub fn calendar_create(
        &self,
        name: &str,
        colour: Colour,
        kind: CalendarKind,
    ) -> Result<CalendarInfo> {
        let id = CalendarId::new();
        self.write(|c| {
            calendar::insert(c, id, name, colour, kind)?;
            sync::with_source(c, calendar::by_id(c, id)?)
        })
    }

    /// Changes what the leader chose of a calendar.
    ///
    /// # Errors
    /// [`CalendarError::NotFound`].
    pub fn calendar_change(
        &self,
        id: CalendarId,
        name: &str,
        colour: Colour,
        shown: bool,
    ) -> Result<CalendarInfo> {
        self.write(|c| {
            calendar::update(c, id, name, colour, shown)?;
            sync::with_source(c, calendar::by_id(c, id)?)
        })
    }

    /// What deleting a calendar also touches.
    ///
    /// # Errors
    /// [`CalendarError::NotFound`].
    pub fn calendar_touches(&self, id: CalendarId) -> Result<Touched> {
        self.read(|c| {
            let (no, _) = calendar::by_id(c, id)?;
            Ok(Touched { meetings: meeting::of_calendar(c, no)?, commitments: 0 })
        })
    }

    /// Removes a calendar with its events; meetings among them stay, detached.
    ///
    /// # Errors
    /// [`CalendarError::NotFound`].
    pub fn calendar_delete(&self, id: CalendarId, here: Tz) -> Result<()> {
        self.write(|c| {
            let (no, _) = calendar::by_id(c, id)?;
            let uids = meeting::uids_in(c, no)?;
            calendar::delete(c, id)?;
            account::sweep(c)?;
            uids.iter().try_for_each(|uid| meeting::refresh(c, uid, here))
        })
    }

    /// What the calendars that are shown hold from one day to another, both included.
    ///
    /// # Errors
    /// [`CalendarError::Store`].
    pub fn view(&self, first: NaiveDate, last: NaiveDate, here: Tz) -> Result<View> {
        self.read(|c| view::between(c, &view::window_of(first, last, here), true, here))
    }

    /// What all calendars hold from one day up to another that is not included.
    ///
    /// # Errors
    /// [`CalendarError::Store`].
    pub fn agenda(&self, from: NaiveDate, to: NaiveDate, here: Tz) -> Result<View> {
        let Some(last) = to.pred_opt().filter(|last| *last >= from) else {
            return Ok(View::default());
        };
        self.read(|c| view::between(c, &view::window_of(from, last, here), false, here))
    }

    /// The events whose title or place has every word that was typed, each at its occurrence
    /// nearest to now, the nearest first; at most a hundred.
    ///
    /// # Errors
    /// [`CalendarError::Store`].
    pub fn search(&self, typed: &str, here: Tz, now: Moment) -> Result<Vec<Seen>> {
        self.read(|c| view::search(c, typed, here, now.date_time().to_utc()))
    }

    /// One event, or one occurrence of it, whole; of a series without a key its first one.
    ///
    /// # Errors
    /// [`CalendarError::NotFound`].
    pub fn event(&self, id: EventId, key: Option<&str>, here: Tz) -> Result<EventInfo> {
        self.read(|c| {
            let mut chosen = event::choose(c, id, key, here)?;
            let occurrence = key_of(&chosen.occurrence);
            with_answers(c, chosen.object.uid(), &occurrence, &mut chosen.summary)?;
            let look = Look::new(c, here)?;
            let (repeat, repeat_beyond_form) = repeat::of_summary(&chosen.master);
            Ok(EventInfo {
                seen: look.seen(&chosen.record, &chosen.object, chosen.occurrence),
                summary: chosen.summary,
                repeat,
                repeat_beyond_form,
                writable: chosen.record.kind.is_writable(),
            })
        })
    }

    /// Makes an event.
    ///
    /// # Errors
    /// [`CalendarError::BadTimes`], [`CalendarError::ReadOnly`], [`CalendarError::NotFound`] of
    /// the calendar.
    pub fn event_create(&self, form: &EventForm, here: Tz, now: Moment) -> Result<Changed> {
        self.change(|c| event::create(c, form, here, now))
    }

    /// Changes an event, as far as the form says something else than what was shown. Meetings
    /// follow their occurrences.
    ///
    /// # Errors
    /// [`CalendarError::BadTimes`], [`CalendarError::ReadOnly`], [`CalendarError::NotFound`],
    /// [`CalendarError::TooLong`], [`CalendarError::AlreadyThere`].
    pub fn event_change(
        &self,
        event: (EventId, Option<&str>),
        scope: Scope,
        form: &EventForm,
        here: Tz,
        now: Moment,
    ) -> Result<Changed> {
        self.change(|c| event::change(c, event, scope, form, here, now))
    }

    /// Moves an event to other times on the computer's clock; it stays in its own zone.
    ///
    /// # Errors
    /// As [`Calendar::event_change`].
    pub fn event_move(
        &self,
        event: (EventId, Option<&str>),
        scope: Scope,
        times: (FormTime, FormTime),
        here: Tz,
        now: Moment,
    ) -> Result<Changed> {
        self.change(|c| event::move_to(c, event, scope, times, here, now))
    }

    /// Deletes an event or some of its occurrences; meetings among them stay, detached.
    ///
    /// # Errors
    /// [`CalendarError::ReadOnly`], [`CalendarError::NotFound`].
    pub fn event_delete(
        &self,
        event: (EventId, Option<&str>),
        scope: Scope,
        here: Tz,
        now: Moment,
    ) -> Result<Changed> {
        self.change(|c| event::delete(c, event, scope, here, now))
    }

    /// What deleting an event, or some of its occurrences, also touches.
    ///
    /// # Errors
    /// [`CalendarError::NotFound`].
    pub fn event_touches(
        &self,
        event: (EventId, Option<&str>),
        scope: Scope,
        here: Tz,
    ) -> Result<Touched> {
        self.read(|c| {
            let ids = event::touched(c, event, scope, here)?;
            Ok(Touched { meetings: meeting::rows_of(c, &ids)?, commitments: 0 })
        })
    }

    /// Takes a change of the calendar back.
    ///
    /// # Errors
    /// [`CalendarError::UndoGone`] where it was taken back already, what it touched was changed again,
    /// or the vault was locked since.
    pub fn undo(&self, id: UndoId, here: Tz, now: Moment) -> Result<()> {
        let step = self.undo.get(id).ok_or(CalendarError::UndoGone)?;
        self.write(|c| event::take_back(c, &step, here, now))?;
        self.undo.forget(id);
        Ok(())
    }

    /// The text of one event, of one calendar, or of everything, as one iCalendar file.
    ///
    /// # Errors
    /// [`CalendarError::NotFound`].
    pub fn export(&self, calendar: Option<CalendarId>, event: Option<EventId>) -> Result<String> {
        let records = self.read(|c| {
            if let Some(event) = event {
                return Ok(vec![event_table::by_id(c, event)?]);
            }
            let no = calendar.map(|id| calendar::by_id(c, id)).transpose()?.map(|(no, _)| no);
            event_table::of(c, no)
        })?;
        let objects: Vec<Object> = records.iter().map(event::object).collect::<Result<_>>()?;
        Ok(write(objects.iter(), None))
    }

    /// The leader's own e-mail addresses, in lower case; those that she has in rooms are not hers
    /// to change here.
    ///
    /// # Errors
    /// [`CalendarError::Store`].
    pub fn own_addresses(&self) -> Result<Vec<String>> {
        self.read(own_address::typed)
    }

    /// Keeps these as the leader's own addresses, and no others.
    ///
    /// # Errors
    /// [`CalendarError::Store`].
    pub fn set_own_addresses(&self, addresses: &[String]) -> Result<()> {
        self.write(|c| {
            own_address::clear(c)?;
            for address in addresses.iter().filter(|address| !address.trim().is_empty()) {
                own_address::insert(c, address)?;
            }
            event::renew_replies(c)
        })
    }

    /// Makes a change, and keeps what takes it back once it is in the store.
    fn change(&self, f: impl FnOnce(&Connection) -> Result<Done>) -> Result<Changed> {
        let done = self.write(f)?;
        let undo = self.undo.keep(done.step);
        Ok(Changed { event: done.event, recurrence: done.recurrence, undo })
    }
}
