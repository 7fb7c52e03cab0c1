//! Events in the store: made, changed, moved, deleted, and taken back.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use fristed_base::{CalendarId, EventId, MeetingId, Moment};
use rusqlite::Connection;

use crate::error::{CalendarError, Result};
use crate::form::{self, Shown};
use crate::ical::{self, Object, Occurrence, PartStat, Summary};
use crate::meeting;
use crate::model::{CalendarKind, EventForm, FormTime, Scope};
use crate::occurrence::{find, key_of};
use crate::series::Change;
use crate::table::calendar::{self, CalendarNo};
use crate::table::event::{self, Columns, EventRecord, Pending};
use crate::table::meeting as meeting_table;
use crate::table::own_address::{self, folded};
use crate::undo::{Before, Step};

/// What the leader answered, where she is among those invited.
pub(crate) fn own_reply(summary: &Summary, own: &[String]) -> Option<PartStat> {
    let mine = |address: &str| own.contains(&folded(address));
    let found = summary.attendees.iter().find(|attendee| mine(&attendee.person.address))?;
    Some(match found.partstat {
        // Whoever sends somebody else does not come.
        PartStat::Delegated => PartStat::Declined,
        answer => answer,
    })
}

/// What an event's columns say of it.
pub(crate) fn columns(object: &Object, own: &[String]) -> Columns {
    let summary = object.summary();
    Columns {
        uid: object.uid().to_owned(),
        reply: own_reply(&summary, own),
        alarm: object.alarm_reach(),
        repeats: summary.recurs,
        first: summary.bounds.first_start,
        last: summary.bounds.last_end,
        sequence: summary.sequence,
        title: summary.title,
        location: summary.location.unwrap_or_default(),
    }
}

/// What the server has to be told after a change here.
const fn to_tell(kind: CalendarKind) -> Pending {
    match kind {
        CalendarKind::CalDav => Pending::Put,
        CalendarKind::Own | CalendarKind::Subscription | CalendarKind::CalDavRead => {
            Pending::Nothing
        }
    }
}

/// Puts an event in a calendar under this id.
///
/// # Errors
/// [`CalendarError::AlreadyThere`] where one with its UID is there.
pub(crate) fn insert(
    c: &Connection,
    id: EventId,
    (calendar, kind): (CalendarNo, CalendarKind),
    object: &Object,
    own: &[String],
    now: DateTime<Utc>,
) -> Result<()> {
    let columns = columns(object, own);
    match event::here(c, calendar, object.uid())? {
        // It was deleted, and the server does not know yet: it never went.
        Some(waiting) if waiting.pending == Pending::Delete => {
            event::set_id(c, waiting.no, id)?;
            event::update(c, waiting.no, calendar, &columns, object.text(), to_tell(kind), now)
        }
        Some(_) => Err(CalendarError::AlreadyThere),
        None => {
            event::insert(c, id, calendar, &columns, object.text(), to_tell(kind), now).map(drop)
        }
    }
}

/// Puts an event whose UID no event has in a calendar.
pub(crate) fn insert_unknown(
    c: &Connection,
    (calendar, kind): (CalendarNo, CalendarKind),
    object: &Object,
    own: &[String],
    now: DateTime<Utc>,
) -> Result<()> {
    let (id, columns) = (EventId::new(), columns(object, own));
    event::insert(c, id, calendar, &columns, object.text(), to_tell(kind), now).map(drop)
}

/// Puts another text in an event's place.
pub(crate) fn replace(
    c: &Connection,
    record: &EventRecord,
    object: &Object,
    own: &[String],
    now: DateTime<Utc>,
) -> Result<()> {
    let columns = columns(object, own);
    let (no, calendar) = (record.no, record.calendar_no);
    event::update(c, no, calendar, &columns, object.text(), to_tell(record.kind), now)
}

/// Takes an event out of its calendar; where a server knows it, it waits for that to be told.
pub(crate) fn remove(c: &Connection, record: &EventRecord, now: DateTime<Utc>) -> Result<()> {
    if record.kind == CalendarKind::CalDav {
        event::set_pending(c, record.no, Pending::Delete, now)
    } else {
        event::delete(c, record.no)
    }
}

/// An event that can be changed, with the occurrence that is meant.
pub(crate) struct Chosen {
    pub(crate) record: EventRecord,
    pub(crate) object: Object,
    pub(crate) occurrence: Occurrence,
    /// What the event says of itself at this occurrence.
    pub(crate) summary: Summary,
    /// What the series says of itself.
    pub(crate) master: Summary,
}

/// Reads an event's text back.
pub(crate) fn object(record: &EventRecord) -> Result<Object> {
    Object::parse(&record.text)
        .map_err(|_| CalendarError::Store(fristed_vault::StoreError::Damaged))
}

/// The event and the occurrence that is meant: of a series without a key its first one.
///
/// # Errors
/// [`CalendarError::NotFound`].
pub(crate) fn choose(c: &Connection, id: EventId, key: Option<&str>, here: Tz) -> Result<Chosen> {
    let record = event::by_id(c, id)?;
    let object = object(&record)?;
    let master = object.summary();
    let key = match key {
        Some(key) => key.to_owned(),
        None if master.recurs => master.start.key(),
        None => String::new(),
    };
    let hint = meeting_table::of_occurrence(c, object.uid(), &key)?.map(|m| m.row.span);
    let occurrence = find(&object, &key, hint, here).ok_or(CalendarError::NotFound)?;
    let summary = match &occurrence.recurrence_id {
        Some(id) => object.summary_of(id)?,
        None => master.clone(),
    };
    Ok(Chosen { record, object, occurrence, summary, master })
}

impl Chosen {
    /// The scope in the engine's terms.
    ///
    /// # Errors
    /// [`CalendarError::ReadOnly`].
    fn scope(&self, scope: Scope) -> Result<ical::Scope> {
        if !self.record.kind.is_writable() {
            return Err(CalendarError::ReadOnly);
        }
        Ok(match (scope, &self.occurrence.recurrence_id) {
            (Scope::This, Some(id)) => ical::Scope::This(id.clone()),
            (Scope::Following, Some(id)) => ical::Scope::ThisAndFuture(id.clone()),
            _ => ical::Scope::All,
        })
    }

    fn shown<'a>(&'a self, scope: &ical::Scope) -> Shown<'a> {
        Shown {
            summary: &self.summary,
            master: &self.master,
            occurrence: &self.occurrence,
            all: *scope == ical::Scope::All,
            one: matches!(scope, ical::Scope::This(_)),
        }
    }
}

/// What was done, for the caller and for taking it back.
pub(crate) struct Done {
    pub(crate) event: Option<EventId>,
    pub(crate) recurrence: Option<String>,
    pub(crate) step: Step,
}

/// See [`crate::Calendar::event_create`].
pub(crate) fn create(c: &Connection, form: &EventForm, here: Tz, now: Moment) -> Result<Done> {
    let (calendar, info) = calendar::by_id(c, form.calendar)?;
    if !info.kind.is_writable() {
        return Err(CalendarError::ReadOnly);
    }
    let id = EventId::new();
    let at = now.date_time().to_utc();
    let object = Object::create(&id.to_string(), &form::draft(form, here)?, at)?;
    insert(c, id, (calendar, info.kind), &object, &own_address::all(c)?, at)?;
    let made = Before { event: id, was: None, is: Some(object.text().to_owned()) };
    let summary = object.summary();
    let recurrence = summary.recurs.then(|| summary.start.key());
    let step = Step { events: vec![made], meetings: Vec::new() };
    Ok(Done { event: Some(id), recurrence, step })
}

/// See [`crate::Calendar::event_change`].
pub(crate) fn change(
    c: &Connection,
    (id, key): (EventId, Option<&str>),
    scope: Scope,
    form: &EventForm,
    here: Tz,
    now: Moment,
) -> Result<Done> {
    let chosen = choose(c, id, key, here)?;
    let scope = chosen.scope(scope)?;
    let change = chosen.shown(&scope).change(form, here)?;
    let target = (form.calendar != chosen.record.calendar).then_some(form.calendar);
    apply(c, &chosen, &scope, &change, target, here, now)
}

/// See [`crate::Calendar::event_move`].
pub(crate) fn move_to(
    c: &Connection,
    (id, key): (EventId, Option<&str>),
    scope: Scope,
    (start, end): (FormTime, FormTime),
    here: Tz,
    now: Moment,
) -> Result<Done> {
    let chosen = choose(c, id, key, here)?;
    let scope = chosen.scope(scope)?;
    let change = chosen.shown(&scope).moved(start, end, here)?;
    apply(c, &chosen, &scope, &change, None, here, now)
}

fn apply(
    c: &Connection,
    chosen: &Chosen,
    scope: &ical::Scope,
    change: &ical::Change,
    target: Option<CalendarId>,
    here: Tz,
    now: Moment,
) -> Result<Done> {
    let at = now.date_time().to_utc();
    let new = EventId::new();
    let after = if *change == ical::Change::default() {
        vec![chosen.object.clone()]
    } else {
        chosen.object.change(scope, change, at, &new.to_string())?
    };
    let own = own_address::all(c)?;
    let mut step = Step::default();
    let record = &chosen.record;
    let mut first_id = record.id;
    for (place, object) in after.iter().enumerate() {
        if place > 0 {
            insert(c, new, (record.calendar_no, record.kind), object, &own, at)?;
            let is = Some(object.text().to_owned());
            step.events.push(Before { event: new, was: None, is });
        } else if object.text() != record.text {
            replace(c, record, object, &own, at)?;
            step.events.push(Before {
                event: record.id,
                was: Some((record.calendar, record.text.clone())),
                is: Some(object.text().to_owned()),
            });
        }
    }
    if let (Some(target), ical::Scope::All, Some(object)) = (target, scope, after.first()) {
        first_id = into_another(c, record, object, target, &own, at, &mut step)?;
    }
    let series = Change { before: &chosen.object, after: &after, scope, here };
    step.meetings = meeting::follow(c, &series)?;
    let key = key_of(&chosen.occurrence);
    let now_at = series.follow(&key, None);
    let (uid, key) = now_at.unwrap_or_else(|| (chosen.object.uid().to_owned(), key));
    let event = if after.len() > 1 && uid == new.to_string() { new } else { first_id };
    Ok(Done { event: Some(event), recurrence: (!key.is_empty()).then_some(key), step })
}

/// Moves an event to another calendar. Between calendars that no server knows it keeps its id.
fn into_another(
    c: &Connection,
    record: &EventRecord,
    object: &Object,
    target: CalendarId,
    own: &[String],
    now: DateTime<Utc>,
    step: &mut Step,
) -> Result<EventId> {
    let (calendar, info) = calendar::by_id(c, target)?;
    if !info.kind.is_writable() {
        return Err(CalendarError::ReadOnly);
    }
    step.events.retain(|before| before.event != record.id);
    let was = Some((record.calendar, record.text.clone()));
    let is = Some(object.text().to_owned());
    if record.kind == CalendarKind::Own && info.kind == CalendarKind::Own {
        let columns = columns(object, own);
        event::update(c, record.no, calendar, &columns, object.text(), Pending::Nothing, now)?;
        step.events.push(Before { event: record.id, was, is });
        return Ok(record.id);
    }
    remove(c, record, now)?;
    let id = EventId::new();
    insert(c, id, (calendar, info.kind), object, own, now)?;
    step.events.push(Before { event: record.id, was, is: None });
    step.events.push(Before { event: id, was: None, is });
    Ok(id)
}

/// See [`crate::Calendar::event_delete`].
pub(crate) fn delete(
    c: &Connection,
    (id, key): (EventId, Option<&str>),
    scope: Scope,
    here: Tz,
    now: Moment,
) -> Result<Done> {
    let chosen = choose(c, id, key, here)?;
    let scope = chosen.scope(scope)?;
    let at = now.date_time().to_utc();
    let rest = match scope {
        ical::Scope::All => None,
        _ => chosen.object.remove(&scope, at)?,
    };
    let record = &chosen.record;
    match &rest {
        Some(object) => replace(c, record, object, &own_address::all(c)?, at)?,
        None => remove(c, record, at)?,
    }
    let step = Step {
        events: vec![Before {
            event: record.id,
            was: Some((record.calendar, record.text.clone())),
            is: rest.as_ref().map(|object| object.text().to_owned()),
        }],
        meetings: Vec::new(),
    };
    meeting::refresh(c, chosen.object.uid(), here)?;
    Ok(Done { event: rest.is_some().then_some(record.id), recurrence: None, step })
}

/// See [`crate::Calendar::event_touches`].
pub(crate) fn touched(
    c: &Connection,
    (id, key): (EventId, Option<&str>),
    scope: Scope,
    here: Tz,
) -> Result<Vec<MeetingId>> {
    let chosen = choose(c, id, key, here)?;
    let key = key_of(&chosen.occurrence);
    let meetings = meeting_table::of_uid(c, chosen.object.uid())?;
    let goes = |recurrence: &str| match scope {
        _ if key.is_empty() => true,
        Scope::All => true,
        Scope::This => recurrence == key,
        Scope::Following => recurrence >= key.as_str(),
    };
    let touched = meetings.iter().filter(|m| !m.row.detached && goes(&m.recurrence));
    Ok(touched.map(|m| m.row.id).collect())
}

/// See [`crate::Calendar::undo`].
pub(crate) fn take_back(c: &Connection, step: &Step, here: Tz, now: Moment) -> Result<()> {
    let at = now.date_time().to_utc();
    let own = own_address::all(c)?;
    let mut uids = Vec::new();
    for before in step.events.iter().rev() {
        let current = match event::by_id(c, before.event) {
            Ok(record) => Some(record),
            Err(CalendarError::NotFound) => None,
            Err(error) => return Err(error),
        };
        if current.as_ref().map(|record| record.text.as_str()) != before.is.as_deref() {
            return Err(CalendarError::UndoGone);
        }
        if let Some(record) = &current {
            uids.push(object(record)?.uid().to_owned());
        }
        match (&before.was, current) {
            (Some((calendar, text)), current) => {
                let object = Object::parse(text)?;
                let (calendar, info) = calendar::by_id(c, *calendar)?;
                uids.push(object.uid().to_owned());
                match current {
                    Some(record) => {
                        let record = EventRecord { calendar_no: calendar, ..record };
                        replace(c, &record, &object, &own, at)?;
                    }
                    None => insert(c, before.event, (calendar, info.kind), &object, &own, at)?,
                }
            }
            (None, Some(record)) => remove(c, &record, at)?,
            (None, None) => {}
        }
    }
    for (id, uid, key) in &step.meetings {
        match meeting_table::by_id(c, *id) {
            Ok(record) => meeting_table::point(c, record.no, uid, key)?,
            // It was deleted meanwhile, and stays so.
            Err(CalendarError::NotFound) => {}
            Err(error) => return Err(error),
        }
        uids.push(uid.clone());
    }
    uids.sort_unstable();
    uids.dedup();
    uids.iter().try_for_each(|uid| meeting::refresh(c, uid, here))
}

/// Looks anew which of those invited the leader is.
pub(crate) fn renew_replies(c: &Connection) -> Result<()> {
    let own = own_address::all(c)?;
    for (no, text) in event::invited(c)? {
        if let Ok(object) = Object::parse(&text) {
            event::set_reply(c, no, own_reply(&object.summary(), &own))?;
        }
    }
    Ok(())
}
