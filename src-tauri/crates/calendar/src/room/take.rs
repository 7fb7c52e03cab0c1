//! Taking in what came through a room.

use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;
use fristed_base::{CalendarId, EventId, ItemId};
use rusqlite::Connection;

use super::answer::take_reply;
use super::call::{cancel, renew};
use super::message::{Message, same_times};
use super::{Came, NotTaken, Through};
use crate::error::{CalendarError, Result};
use crate::ical::{self, Budget, Method, Object, Window};
use crate::invitation::{Refusal, is_from_organiser};
use crate::model::{CalendarKind, Colour};
use crate::table::calendar::{self as calendar_table, CalendarNo};
use crate::table::event::{self as event_table, EventRecord};
use crate::table::room_event::{self, NewRoomEvent, RoomEvent};
use crate::table::{network, own_address, room_answer};
use crate::{event, meeting};

/// How many meetings of one sender are taken in from a room.
const MOST_FROM_ONE: u32 = 1_000;

/// How far ahead the next meeting of a series is looked for.
const AHEAD: TimeDelta = TimeDelta::days(400);

const fn refused(why: Refusal) -> Came {
    Came::NotTaken(NotTaken::Refused(why))
}

/// See [`crate::Calendar::room_take`].
pub(super) fn take(
    c: &Connection,
    ics: &str,
    (from, item): (&str, Option<ItemId>),
    through: &Through<'_>,
    here: Tz,
    at: DateTime<Utc>,
) -> Result<Came> {
    let message = match Message::read(ics) {
        Ok(message) => message,
        Err(why) => return Ok(Came::NotTaken(why)),
    };
    let came = understood(c, &message, from, through, here, at)?;
    if let (Some(item), Came::New(_) | Came::Changed | Came::Nothing) = (item, came) {
        room_event::set_item(c, message.object.uid(), item)?;
    }
    Ok(came)
}

fn understood(
    c: &Connection,
    message: &Message,
    from: &str,
    through: &Through<'_>,
    here: Tz,
    at: DateTime<Utc>,
) -> Result<Came> {
    if message.method == Method::Reply {
        return take_reply(c, message, from, through);
    }
    let row = room_event::by_uid(c, message.object.uid())?;
    let organiser = row.as_ref().is_none_or(|row| row.organizer == from);
    if message.organizer.address != from || !organiser {
        return Ok(refused(Refusal::NotFromOrganizer));
    }
    match row {
        None if message.method == Method::Cancel => Ok(refused(Refusal::UnknownEvent)),
        None => bring(c, message, through, here, at),
        Some(row) => match message.version().cmp(&row.version) {
            std::cmp::Ordering::Less => Ok(refused(Refusal::OutOfDate)),
            std::cmp::Ordering::Equal => Ok(Came::Nothing),
            std::cmp::Ordering::Greater if message.method == Method::Cancel => {
                room_event::update(c, row.no, message.version(), &row.text)?;
                cancel(c, &row, here, at)?;
                Ok(Came::Changed)
            }
            std::cmp::Ordering::Greater => change(c, &row, message, through, here, at),
        },
    }
}

/// Takes a call in before it is answered, also where its event was deleted here.
pub(super) fn take_again(
    c: &Connection,
    message: &Message,
    from: &str,
    through: &Through<'_>,
    here: Tz,
    at: DateTime<Utc>,
) -> Result<Came> {
    if message.organizer.address != from {
        return Ok(refused(Refusal::NotFromOrganizer));
    }
    let Some(row) = room_event::by_uid(c, message.object.uid())? else {
        return bring(c, message, through, here, at);
    };
    if row.organizer != from {
        return Ok(refused(Refusal::NotFromOrganizer));
    }
    if message.version() < row.version {
        return Ok(refused(Refusal::OutOfDate));
    }
    if event_table::by_uid(c, &row.uid)?.is_empty() {
        renew(c, &row, &message.object, message.version())?;
        let id = insert(c, &message.object, through, at)?;
        meeting::refresh(c, &row.uid, here)?;
        return Ok(Came::New(id));
    }
    if message.version() == row.version {
        return Ok(Came::Nothing);
    }
    change(c, &row, message, through, here, at)
}

/// A meeting that was not known: into a calendar, and among the network's meetings.
fn bring(
    c: &Connection,
    message: &Message,
    through: &Through<'_>,
    here: Tz,
    at: DateTime<Utc>,
) -> Result<Came> {
    let object = &message.object;
    let known = event_table::by_uid(c, object.uid())?;
    for record in &known {
        // Somebody may know what an event is called that others told the leader of.
        if !is_from_organiser(&message.summary, &event::object(record)?.summary()) {
            return Ok(refused(Refusal::NotFromOrganizer));
        }
    }
    if room_event::count(c, through.room, &message.organizer.address)? >= MOST_FROM_ONE {
        return Ok(Came::NotTaken(NotTaken::TooMuch));
    }
    own_address::insert_of_room(c, through.me)?;
    room_event::insert(
        c,
        &NewRoomEvent {
            uid: object.uid(),
            room: through.room,
            organizer: &message.organizer.address,
            version: message.version(),
            text: object.text(),
            meeting: None,
        },
    )?;
    let id = match known.first() {
        Some(record) => record.id,
        None => insert(c, object, through, at)?,
    };
    tie(c, object, id, through, here, at)?;
    meeting::refresh(c, object.uid(), here)?;
    Ok(Came::New(id))
}

fn insert(
    c: &Connection,
    object: &Object,
    through: &Through<'_>,
    at: DateTime<Utc>,
) -> Result<EventId> {
    let own = own_address::all(c)?;
    let id = EventId::new();
    event::insert(c, id, calendar(c, through)?, object, &own, at)?;
    Ok(id)
}

/// The first calendar that is the leader's own and no server's: who is in a network is not told
/// to one. Where there is none, one with the network's name.
fn calendar(c: &Connection, through: &Through<'_>) -> Result<(CalendarNo, CalendarKind)> {
    let mut all = calendar_table::all(c)?.into_iter();
    if let Some((no, _)) = all.find(|(_, info)| info.kind == CalendarKind::Own) {
        return Ok((no, CalendarKind::Own));
    }
    let form = through.network.and_then(|id| network::by_id(c, id).ok()).map(|one| one.form);
    let (name, colour) = form.map_or((String::new(), Colour::default()), |f| (f.name, f.colour));
    let id = CalendarId::new();
    calendar_table::insert(c, id, &name, colour, CalendarKind::Own)?;
    Ok((calendar_table::by_id(c, id)?.0, CalendarKind::Own))
}

/// Makes it a meeting of the network; of a series the next one.
fn tie(
    c: &Connection,
    object: &Object,
    id: EventId,
    through: &Through<'_>,
    here: Tz,
    at: DateTime<Utc>,
) -> Result<()> {
    let Some(network) = through.network else { return Ok(()) };
    let key = object.recurs().then(|| {
        let window = Window::new(at, at + AHEAD);
        let found = object.occurrences(&window, here, &mut Budget::view()).list;
        let next = found.first().and_then(|one| one.recurrence_id.clone());
        next.unwrap_or_else(|| object.summary().start).key()
    });
    match meeting::tie(c, network, (id, key.as_deref()), here) {
        // It is one already, or the network is gone.
        Ok(_) | Err(CalendarError::AlreadyMeeting | CalendarError::NotFound) => Ok(()),
        Err(error) => Err(error),
    }
}

/// A later version of a meeting that is known.
fn change(
    c: &Connection,
    row: &RoomEvent,
    message: &Message,
    through: &Through<'_>,
    here: Tz,
    at: DateTime<Utc>,
) -> Result<Came> {
    renew(c, row, &message.object, message.version())?;
    if row.called {
        // Called from here, and told anew from another computer of hers: the event here is hers.
        return Ok(Came::Changed);
    }
    let writable = |record: &EventRecord| record.kind.is_writable();
    let Some(record) = event_table::by_uid(c, &row.uid)?.into_iter().find(writable) else {
        // She deleted it; the feed tells of it.
        return Ok(Came::Nothing);
    };
    let before = event::object(&record)?;
    let mut object = message.object.with_alarms_of(&before)?;
    let mine = room_answer::find(c, row.no, through.me)?;
    if let Some((answer, _)) = mine.filter(|_| same_times(&before.summary(), &message.summary)) {
        let stamp = message.version().1;
        let answered = object.set_partstat(&ical::Scope::All, through.me, answer, stamp);
        object = answered.unwrap_or(object);
    }
    event::replace(c, &record, &object, &own_address::all(c)?, at)?;
    meeting::refresh(c, &row.uid, here)?;
    Ok(Came::Changed)
}
