//! Who comes: the leader's own answer, and those of others.

use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;
use rusqlite::Connection;

use super::message::{Message, asked, same_times, text};
use super::{Came, NotTaken, Through, call, take};
use crate::error::{CalendarError, Result};
use crate::event;
use crate::ical::{self, Attendee, Frame, Method, Object, PartStat, Summary, Tells};
use crate::invitation::Refusal;
use crate::table::room_event::{self, RoomEvent, Version};
use crate::table::{own_address, room_answer};

/// See [`crate::Calendar::room_reply`].
pub(super) fn reply(
    c: &Connection,
    ics: &str,
    from: &str,
    through: &Through<'_>,
    answer: PartStat,
    here: Tz,
    at: DateTime<Utc>,
) -> Result<String> {
    let message = Message::read(ics).map_err(|_| CalendarError::Refused)?;
    if message.method != Method::Request || message.organizer.address == through.me {
        return Err(CalendarError::Refused);
    }
    let me = message.summary.attendees.iter().find(|one| one.person.address == through.me);
    let me = me.ok_or(CalendarError::NotInvited)?;
    if let Came::NotTaken(_) = take::take_again(c, &message, from, through, here, at)? {
        return Err(CalendarError::Refused);
    }
    let row = room_event::by_uid(c, message.object.uid())?.ok_or(CalendarError::Refused)?;
    // Whatever the computer's clock did since, this answer is the later one.
    let before = room_answer::find(c, row.no, through.me)?;
    let next = before.map_or(at, |(_, (_, stamp))| at.max(stamp + TimeDelta::seconds(1)));
    let version = (message.summary.sequence, next);
    note(c, &row, through, through.me, answer, version)?;
    let told = message.object.told(&Frame {
        uid: message.object.uid(),
        sequence: version.0,
        stamp: version.1,
        organizer: &message.organizer,
        attendees: &[Attendee { partstat: answer, rsvp: false, ..me.clone() }],
        tells: Tells::Times,
    })?;
    Ok(text(&told, Method::Reply))
}

/// Takes an answer in that came.
pub(super) fn take_reply(
    c: &Connection,
    message: &Message,
    from: &str,
    through: &Through<'_>,
) -> Result<Came> {
    let refused = |why| Ok(Came::NotTaken(NotTaken::Refused(why)));
    let [one] = message.summary.attendees.as_slice() else {
        return Ok(Came::NotTaken(NotTaken::Unreadable));
    };
    let Some(row) = room_event::by_uid(c, message.object.uid())? else {
        return refused(Refusal::UnknownEvent);
    };
    let now = Object::parse(&row.text)?.summary();
    let invited = now.attendees.iter().any(|known| known.person.address == from);
    if one.person.address != from || !invited {
        return refused(Refusal::NotInvited);
    }
    if message.organizer.address != row.organizer {
        return refused(Refusal::NotFromOrganizer);
    }
    if !same_times(&now, &message.summary) {
        return refused(Refusal::OutOfDate);
    }
    let version = message.version();
    match room_answer::find(c, row.no, from)?.map(|(_, known)| version.cmp(&known)) {
        Some(std::cmp::Ordering::Less) => refused(Refusal::OutOfDate),
        Some(std::cmp::Ordering::Equal) => Ok(Came::Nothing),
        _ => {
            note(c, &row, through, from, one.partstat, version)?;
            Ok(Came::Changed)
        }
    }
}

fn note(
    c: &Connection,
    row: &RoomEvent,
    through: &Through<'_>,
    by: &str,
    answer: PartStat,
    version: Version,
) -> Result<()> {
    let answer = if answer == PartStat::Delegated { PartStat::Declined } else { answer };
    room_answer::put(c, row.no, by, answer, version)?;
    if by != through.me || row.called {
        return Ok(());
    }
    let Some((record, _)) = call::here(c, row)?.filter(|(found, _)| found.kind.is_writable())
    else {
        return Ok(());
    };
    let object = event::object(&record)?;
    match object.set_partstat(&ical::Scope::All, by, answer, version.1) {
        Ok(object) => event::replace(c, &record, &object, &own_address::all(c)?, version.1),
        // The leader took herself out of her copy.
        Err(_) => Ok(()),
    }
}

/// Lets what an event says of itself say who was called to it through a room, and who comes.
pub(crate) fn with_answers(
    c: &Connection,
    uid: &str,
    key: &str,
    summary: &mut Summary,
) -> Result<()> {
    let mut rows: Vec<RoomEvent> = room_event::by_uid(c, uid)?.into_iter().collect();
    for (row, occurrence) in room_event::of_event(c, uid)? {
        let told = Object::parse(&row.text)?;
        if occurrence == key || told.recurs() {
            let said = told.summary();
            let people: Vec<_> = said.attendees.into_iter().map(|one| one.person).collect();
            summary.organizer = summary.organizer.take().or(said.organizer);
            summary.attendees.extend(asked(&people));
            rows.push(row);
        }
    }
    for row in rows {
        for (address, answer) in room_answer::of(c, row.no)? {
            let of = summary.attendees.iter_mut().filter(|one| one.person.address == address);
            of.for_each(|one| one.partstat = answer);
        }
    }
    Ok(())
}
