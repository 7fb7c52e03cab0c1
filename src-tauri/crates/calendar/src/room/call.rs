//! Calling others to a meeting, and calling it off.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use fristed_base::MeetingId;
use rusqlite::Connection;

use super::message::{Message, asked, text};
use super::{Called, Extent, Through};
use crate::error::{CalendarError, Result};
use crate::event;
use crate::ical::{
    self, Change, Draft, Frame, Method, Object, Person, Status, Summary, Tells, When,
};
use crate::meeting;
use crate::table::event::{self as event_table, EventRecord};
use crate::table::room_event::{self, NewRoomEvent, RoomEvent};
use crate::table::{meeting as meeting_table, own_address, room_answer};

/// See [`crate::Calendar::meeting_call`].
pub(super) fn call(
    c: &Connection,
    (id, extent): (MeetingId, Extent),
    through: &Through<'_>,
    (organizer, invited): (&Person, &[Person]),
    here: Tz,
    at: DateTime<Utc>,
) -> Result<Called> {
    let known = meeting_table::by_id(c, id)?;
    let meeting::Place { record, object, occurrence, summary } =
        meeting::place(c, &known, here)?.ok_or(CalendarError::NotFound)?;
    let came = room_event::by_uid(c, object.uid())?;
    if came.as_ref().is_some_and(|came| came.organizer != organizer.address) {
        return Err(CalendarError::Refused);
    }
    let id = occurrence.recurrence_id.as_ref();
    if summary.status == Status::Cancelled {
        // She calls to it again.
        set_status(c, &record, &object, id, Status::Confirmed, at)?;
        meeting::refresh(c, object.uid(), here)?;
    }
    let row = match room_event::of_meeting(c, known.no, through.room)? {
        Some(row) => Some(row),
        None => came,
    };
    let uid = row.as_ref().map_or_else(random_uid, |row| row.uid.clone());
    let alone;
    let told = match extent {
        Extent::Occurrence => {
            alone = Object::create(&uid, &draft(&summary), at)?;
            &alone
        }
        Extent::Series => &object,
    };
    let sequence = row.as_ref().map_or(0, |row| row.version.0.saturating_add(1));
    let frame = Frame {
        uid: &uid,
        sequence,
        stamp: at,
        organizer,
        attendees: &asked(invited),
        tells: Tells::All,
    };
    let told = told.told(&frame)?;
    own_address::insert_of_room(c, through.me)?;
    match &row {
        Some(row) => renew(c, row, &told, (sequence, at))?,
        None => room_event::insert(
            c,
            &NewRoomEvent {
                uid: &uid,
                room: through.room,
                organizer: &organizer.address,
                version: (sequence, at),
                text: told.text(),
                meeting: Some(known.no),
            },
        )?,
    }
    let has_newcomers = row.as_ref().map(|row| has_newcomers(row, invited)).transpose()?;
    let item = row.and_then(|row| row.item);
    let has_newcomers = has_newcomers.unwrap_or_default();
    Ok(Called { ics: text(&told, Method::Request), uid, item, has_newcomers })
}

/// Whether somebody is called who was not the last time.
fn has_newcomers(before: &RoomEvent, invited: &[Person]) -> Result<bool> {
    let called = Object::parse(&before.text)?.summary().attendees;
    let was = |person: &Person| called.iter().any(|one| one.person.address == person.address);
    Ok(!invited.iter().all(was))
}

/// Notes what a meeting is now. At another time nobody has answered.
pub(super) fn renew(
    c: &Connection,
    row: &RoomEvent,
    told: &Object,
    version: room_event::Version,
) -> Result<()> {
    let before = Object::parse(&row.text)?.summary();
    if !super::message::same_times(&before, &told.summary()) {
        room_answer::forget(c, row.no)?;
    }
    room_event::update(c, row.no, version, told.text())
}

/// One meeting of a series, as an event of its own.
fn draft(of: &Summary) -> Draft {
    let mut draft = Draft::new(&of.title, of.start.clone(), of.end.clone());
    draft.location = of.location.clone().unwrap_or_default();
    draft.description = of.description.clone().unwrap_or_default();
    draft
}

/// A UID that says nothing: of when an event was made, by whom, or what else its maker has.
fn random_uid() -> String {
    let mut bytes = [0_u8; 16];
    // There is nothing to fall back to: a UID that can be guessed could be taken by another.
    getrandom::fill(&mut bytes).expect("the operating system has random bytes");
    format!("{:032x}", u128::from_be_bytes(bytes))
}

/// See [`crate::Calendar::meeting_call_off`].
pub(super) fn call_off(
    c: &Connection,
    ics: &str,
    through: &Through<'_>,
    here: Tz,
    at: DateTime<Utc>,
) -> Result<String> {
    let message = Message::read(ics).map_err(|_| CalendarError::Refused)?;
    if message.method == Method::Reply || message.organizer.address != through.me {
        return Err(CalendarError::Refused);
    }
    let row = room_event::by_uid(c, message.object.uid())?;
    let known = row.as_ref().map_or(0, |row| row.version.0);
    let sequence = known.max(message.summary.sequence).saturating_add(1);
    let told = message.object.told(&Frame {
        uid: message.object.uid(),
        sequence,
        stamp: at,
        organizer: &message.organizer,
        attendees: &message.summary.attendees,
        tells: Tells::Cancelled,
    })?;
    if let Some(row) = &row {
        room_event::update(c, row.no, (sequence, at), &row.text)?;
        cancel(c, row, here, at)?;
    }
    Ok(text(&told, Method::Cancel))
}

/// Marks the event here as called off, where it is and can be changed.
pub(super) fn cancel(c: &Connection, row: &RoomEvent, here: Tz, at: DateTime<Utc>) -> Result<()> {
    let Some((record, key)) = self::here(c, row)? else { return Ok(()) };
    let object = event::object(&record)?;
    // Of an event that was called from here only that occurrence, unless all were called.
    let all = Object::parse(&row.text)?.recurs();
    let id = if all { None } else { When::from_key(&key) };
    match set_status(c, &record, &object, id.as_ref(), Status::Cancelled, at) {
        Err(CalendarError::Refused | CalendarError::NotFound) => Ok(()),
        other => other,
    }?;
    meeting::refresh(c, object.uid(), here)
}

fn set_status(
    c: &Connection,
    record: &EventRecord,
    object: &Object,
    id: Option<&When>,
    status: Status,
    at: DateTime<Utc>,
) -> Result<()> {
    if !record.kind.is_writable() {
        return Err(CalendarError::Refused);
    }
    let scope = id.map_or(ical::Scope::All, |id| ical::Scope::This(id.clone()));
    let change = Change { status: Some(status), ..Change::default() };
    let changed = object.change(&scope, &change, at, "")?;
    let changed = changed.first().ok_or(CalendarError::NotFound)?;
    event::replace(c, record, changed, &own_address::all(c)?, at)
}

/// The event here that a row is about, and the key of its occurrence.
pub(super) fn here(c: &Connection, row: &RoomEvent) -> Result<Option<(EventRecord, String)>> {
    let (uid, key) = match row.called {
        true => match room_event::where_it_is(c, row)? {
            Some(place) => place,
            None => return Ok(None),
        },
        false => (row.uid.clone(), String::new()),
    };
    Ok(event_table::by_uid(c, &uid)?.into_iter().next().map(|record| (record, key)))
}
