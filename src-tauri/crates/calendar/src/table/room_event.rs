//! The table `room_event`: meetings that travel through a room.

use chrono::{DateTime, Utc};
use fristed_base::ItemId;
use rusqlite::{Connection, OptionalExtension as _, Row, named_params, params};

use super::column::{id, id_or_none, instant};
use super::meeting::MeetingNo;
use crate::error::Result;

/// A row's number within the store.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct RoomEventNo(pub(crate) i64);

/// What is known of a message: the later of two is the one that counts (RFC 5546, section 2.1.5).
pub(crate) type Version = (u32, DateTime<Utc>);

/// A row of `room_event`.
#[derive(Debug, Clone)]
pub(crate) struct RoomEvent {
    pub(crate) no: RoomEventNo,
    pub(crate) uid: String,
    pub(crate) organizer: String,
    pub(crate) version: Version,
    pub(crate) text: String,
    pub(crate) called: bool,
    pub(crate) meeting: Option<MeetingNo>,
    pub(crate) item: Option<ItemId>,
}

/// What a new row says.
pub(crate) struct NewRoomEvent<'a> {
    pub(crate) uid: &'a str,
    pub(crate) room: &'a str,
    pub(crate) organizer: &'a str,
    pub(crate) version: Version,
    pub(crate) text: &'a str,
    /// The meeting, where it was called here.
    pub(crate) meeting: Option<MeetingNo>,
}

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT r.no, r.uid, r.organizer, r.sequence, r.stamp_ms, r.text, r.called, r.meeting, \
             r.item FROM room_event r ",
            $rest
        )
    };
}

const BY_UID: &str = select!("WHERE r.uid = ?1");
const OF_MEETING: &str = select!("WHERE r.meeting = ?1 AND r.room = ?2 ORDER BY r.no DESC LIMIT 1");
const OF_EVENT: &str = "SELECT r.no, r.uid, r.organizer, r.sequence, r.stamp_ms, r.text, r.called, r.meeting, r.item, \
     m.recurrence FROM room_event r JOIN meeting m ON m.no = r.meeting WHERE m.uid = ?1 ORDER BY r.no";
const WHERE_IT_IS: &str = "SELECT m.uid, m.recurrence FROM meeting m WHERE m.no = ?1";
const COUNT: &str = "SELECT count(*) FROM room_event WHERE room = ?1 AND organizer = ?2";
const INSERT: &str = "INSERT INTO room_event (uid, room, organizer, sequence, stamp_ms, text, called, \
     meeting, item) VALUES (:uid, :room, :organizer, :sequence, :stamp, :text, :called, :meeting, NULL)";
const UPDATE: &str = "UPDATE room_event SET sequence = ?2, stamp_ms = ?3, text = ?4 WHERE no = ?1";
const SET_ITEM: &str = "UPDATE room_event SET item = ?2 WHERE uid = ?1 AND item IS NOT ?2";
const ITEMS: &str = "SELECT item FROM room_event WHERE called = 0 AND item IS NOT NULL ORDER BY no";
const OF_ITEM: &str = select!("WHERE r.item = ?1 ORDER BY r.no LIMIT 1");
const DELETE: &str = "DELETE FROM room_event WHERE no = ?1";

fn from_row(row: &Row<'_>) -> rusqlite::Result<RoomEvent> {
    let meeting: Option<i64> = row.get(7)?;
    Ok(RoomEvent {
        no: RoomEventNo(row.get(0)?),
        uid: row.get(1)?,
        organizer: row.get(2)?,
        version: (row.get(3)?, instant(row, 4)?),
        text: row.get(5)?,
        called: row.get(6)?,
        meeting: meeting.map(MeetingNo),
        item: id_or_none(row, 8, ItemId::from_slice)?,
    })
}

/// The one that travels under this UID.
pub(crate) fn by_uid(c: &Connection, uid: &str) -> Result<Option<RoomEvent>> {
    Ok(c.prepare_cached(BY_UID)?.query_row([uid], from_row).optional()?)
}

/// What a meeting was called under in a room.
pub(crate) fn of_meeting(
    c: &Connection,
    meeting: MeetingNo,
    room: &str,
) -> Result<Option<RoomEvent>> {
    let mut statement = c.prepare_cached(OF_MEETING)?;
    Ok(statement.query_row(params![meeting.0, room], from_row).optional()?)
}

/// What was called from an event here, each with the key of the occurrence that its meeting is.
pub(crate) fn of_event(c: &Connection, uid: &str) -> Result<Vec<(RoomEvent, String)>> {
    let mut statement = c.prepare_cached(OF_EVENT)?;
    let found = statement.query_map([uid], |row| Ok((from_row(row)?, row.get(9)?)))?;
    Ok(found.collect::<Result<_, _>>()?)
}

/// The UID and the key of the occurrence that was called.
pub(crate) fn where_it_is(c: &Connection, of: &RoomEvent) -> Result<Option<(String, String)>> {
    let Some(meeting) = of.meeting else { return Ok(None) };
    let mut statement = c.prepare_cached(WHERE_IT_IS)?;
    Ok(statement.query_row([meeting.0], |row| Ok((row.get(0)?, row.get(1)?))).optional()?)
}

/// How many somebody called in a room.
pub(crate) fn count(c: &Connection, room: &str, organizer: &str) -> Result<u32> {
    Ok(c.prepare_cached(COUNT)?.query_row([room, organizer], |row| row.get(0))?)
}

/// Adds one.
pub(crate) fn insert(c: &Connection, new: &NewRoomEvent<'_>) -> Result<()> {
    c.prepare_cached(INSERT)?.execute(named_params! {
        ":uid": new.uid,
        ":room": new.room,
        ":organizer": new.organizer,
        ":sequence": new.version.0,
        ":stamp": new.version.1.timestamp_millis(),
        ":text": new.text,
        ":called": new.meeting.is_some(),
        ":meeting": new.meeting.map(|no| no.0),
    })?;
    Ok(())
}

/// Notes a later message.
pub(crate) fn update(c: &Connection, no: RoomEventNo, version: Version, text: &str) -> Result<()> {
    let row = params![no.0, version.0, version.1.timestamp_millis(), text];
    c.prepare_cached(UPDATE)?.execute(row)?;
    Ok(())
}

/// Notes as what it is in the feed.
pub(crate) fn set_item(c: &Connection, uid: &str, item: ItemId) -> Result<()> {
    c.prepare_cached(SET_ITEM)?.execute(params![uid, item.as_bytes()])?;
    Ok(())
}

/// What those are in the feed that came.
pub(crate) fn items(c: &Connection) -> Result<Vec<ItemId>> {
    let mut statement = c.prepare_cached(ITEMS)?;
    let found = statement.query_map([], |row| id(row, 0, ItemId::from_slice))?;
    Ok(found.collect::<Result<_, _>>()?)
}

/// The one that is this thing of the feed.
pub(crate) fn of_item(c: &Connection, item: ItemId) -> Result<Option<RoomEvent>> {
    let mut statement = c.prepare_cached(OF_ITEM)?;
    Ok(statement.query_row([item.as_bytes()], from_row).optional()?)
}

/// Removes one, with what was answered.
pub(crate) fn delete(c: &Connection, no: RoomEventNo) -> Result<()> {
    c.prepare_cached(DELETE)?.execute([no.0])?;
    Ok(())
}
