//! The table `room_answer`: what those invited through a room answered.

use rusqlite::{Connection, OptionalExtension as _, Row, params};

use super::column::{instant, number_of, one_of};
use super::event::REPLIES;
use super::room_event::{RoomEventNo, Version};
use crate::error::Result;
use crate::ical::PartStat;

const OF: &str = "SELECT address, reply FROM room_answer WHERE event = ?1 ORDER BY address";
const FIND: &str =
    "SELECT reply, sequence, stamp_ms FROM room_answer WHERE event = ?1 AND address = ?2";
const PUT: &str = "INSERT INTO room_answer (event, address, reply, sequence, stamp_ms) \
     VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (event, address) DO UPDATE SET \
     reply = excluded.reply, sequence = excluded.sequence, stamp_ms = excluded.stamp_ms";
const FORGET: &str = "DELETE FROM room_answer WHERE event = ?1";

/// Everybody's answers, by address.
pub(crate) fn of(c: &Connection, event: RoomEventNo) -> Result<Vec<(String, PartStat)>> {
    let mut statement = c.prepare_cached(OF)?;
    let found =
        statement.query_map([event.0], |row| Ok((row.get(0)?, one_of(row, 1, &REPLIES)?)))?;
    Ok(found.collect::<Result<_, _>>()?)
}

/// Somebody's answer.
pub(crate) fn find(
    c: &Connection,
    event: RoomEventNo,
    address: &str,
) -> Result<Option<(PartStat, Version)>> {
    let read = |row: &Row<'_>| Ok((one_of(row, 0, &REPLIES)?, (row.get(1)?, instant(row, 2)?)));
    let mut statement = c.prepare_cached(FIND)?;
    Ok(statement.query_row(params![event.0, address], read).optional()?)
}

/// Notes somebody's answer in the place of any other.
pub(crate) fn put(
    c: &Connection,
    event: RoomEventNo,
    address: &str,
    reply: PartStat,
    (sequence, stamp): Version,
) -> Result<()> {
    let reply = number_of(&reply, &REPLIES);
    let row = params![event.0, address, reply, sequence, stamp.timestamp_millis()];
    c.prepare_cached(PUT)?.execute(row)?;
    Ok(())
}

/// Forgets them, as when the meeting is at another time.
pub(crate) fn forget(c: &Connection, event: RoomEventNo) -> Result<()> {
    c.prepare_cached(FORGET)?.execute([event.0])?;
    Ok(())
}
