//! Letting go of a meeting that its caller took back.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use fristed_base::ItemId;
use rusqlite::Connection;

use crate::error::Result;
use crate::table::meeting::MeetingRecord;
use crate::table::{agenda_item, brought, event, meeting, own_address, question, room_event};

/// See [`crate::Calendar::room_gone`].
pub(super) fn gone(c: &Connection, item: ItemId, here: Tz, at: DateTime<Utc>) -> Result<bool> {
    let Some(row) = room_event::of_item(c, item)? else { return Ok(false) };
    if row.called || own_address::all(c)?.contains(&own_address::folded(&row.organizer)) {
        // The leader called it, here or from another computer: the event is her own.
        return Ok(false);
    }
    for record in event::by_uid(c, &row.uid)?.iter().filter(|one| one.kind.is_writable()) {
        crate::event::remove(c, record, at)?;
    }
    // Whoever calls to it again calls to another.
    room_event::delete(c, row.no)?;
    crate::meeting::refresh(c, &row.uid, here)?;
    for record in meeting::of_uid(c, &row.uid)? {
        if is_prepared(c, &record)? {
            meeting::forget_words(c, record.no)?;
        } else {
            meeting::delete(c, record.no)?;
        }
    }
    Ok(true)
}

/// Whether there is anything of the leader's own in a meeting.
fn is_prepared(c: &Connection, record: &MeetingRecord) -> Result<bool> {
    let text = meeting::text(c, record.no)?;
    let people = meeting::people(c, record.no)?;
    let written = [&text.aim, &text.notes, &text.carry_over, &people.method];
    Ok(record.row.ready
        || record.reflection.is_some()
        || written.iter().any(|text| !text.trim().is_empty())
        || people.host.is_some()
        || people.facilitator.is_some()
        || !agenda_item::of_meeting(c, record.no)?.is_empty()
        || !question::of_meeting(c, record.no)?.is_empty()
        || !brought::of_meeting(c, record.no)?.is_empty())
}
