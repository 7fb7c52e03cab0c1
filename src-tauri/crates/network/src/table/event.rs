//! The table `shared_event`: the log of what came and what is the leader's own.

use rusqlite::{Connection, OptionalExtension, Row, named_params, params};

use super::column::{id_or_none, json_or_none, number_of, one_of, one_of_or_none, to_json};
use super::item::ItemNo;
use super::room::RoomNo;
use crate::content::{Content, CopyId};
use crate::error::Result;
use crate::model::{FeedKind, NoKey};

/// An event's number within the store.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct EventNo(pub(crate) i64);

/// What an event is a part of something as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Part {
    /// It was not opened.
    Unopened,
    /// What a feed shows.
    Original,
    /// A new version of an original.
    Edit,
    /// A file that goes along.
    File,
    /// A sign.
    Sign,
    /// An answer to a meeting.
    Answer,
    /// It ends another.
    Redaction,
    /// Nothing that is kept; noted, so that it does not seem to be waiting again.
    Nothing,
}

impl Part {
    const ALL: [Self; 8] = [
        Self::Unopened,
        Self::Original,
        Self::Edit,
        Self::File,
        Self::Sign,
        Self::Answer,
        Self::Redaction,
        Self::Nothing,
    ];

    /// Whether it makes its thing a thing.
    pub(crate) const fn is_first(self) -> bool {
        matches!(self, Self::Unopened | Self::Original)
    }
}

/// Whether an event's content is here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum EventState {
    /// It is.
    Whole,
    /// Its key is missing.
    Waiting,
    /// It cannot be read.
    Unreadable,
    /// Its text has to be fetched.
    Fetch,
}

impl EventState {
    const ALL: [Self; 4] = [Self::Whole, Self::Waiting, Self::Unreadable, Self::Fetch];
}

/// A row of `shared_event`.
#[derive(Debug, Clone)]
pub(crate) struct EventRecord {
    pub(crate) no: EventNo,
    pub(crate) room: RoomNo,
    pub(crate) event: Option<String>,
    pub(crate) item: Option<ItemNo>,
    pub(crate) sender: String,
    pub(crate) mine: bool,
    pub(crate) at: i64,
    pub(crate) part: Part,
    pub(crate) kind: Option<FeedKind>,
    pub(crate) target: Option<String>,
    pub(crate) copy: Option<CopyId>,
    pub(crate) parent: Option<CopyId>,
    pub(crate) content: Option<Content>,
    pub(crate) state: EventState,
    pub(crate) why: Option<NoKey>,
    pub(crate) entry_version: Option<u32>,
    /// An own copy of a part of its entry's text.
    pub(crate) excerpt: bool,
    pub(crate) may: bool,
    /// When and by whom it was redacted.
    pub(crate) ended: Option<(i64, String)>,
}

impl EventRecord {
    /// One that is not in the store yet.
    pub(crate) fn new(room: RoomNo, sender: &str, mine: bool, at: i64, part: Part) -> Self {
        Self {
            no: EventNo(0),
            room,
            event: None,
            item: None,
            sender: sender.to_owned(),
            mine,
            at,
            part,
            kind: None,
            target: None,
            copy: None,
            parent: None,
            content: None,
            state: EventState::Whole,
            why: None,
            entry_version: None,
            excerpt: false,
            may: false,
            ended: None,
        }
    }

    /// Its place among others: by the server's time, then by id; what was not sent is last.
    pub(crate) fn order(&self) -> (bool, i64, Option<&str>) {
        (self.event.is_none(), self.at, self.event.as_deref())
    }
}

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT no, room, event, item, sender, mine, at_ms, part, kind, target, copy, parent, \
             content, state, why, entry_version, may, ended_ms, ended_by, excerpt FROM shared_event ",
            $rest
        )
    };
}

const BY_NO: &str = select!("WHERE no = ?1");
const BY_EVENT: &str = select!("WHERE room = ?1 AND event = ?2");
const OF_ITEM: &str = select!("WHERE item = ?1 ORDER BY no");
const AT: &str = select!("WHERE room = ?1 AND target = ?2 ORDER BY no");
const ALONG: &str = select!("WHERE room = ?1 AND parent = ?2 AND sender = ?3 ORDER BY no");
const UNSENT: &str = select!("WHERE room = ?1 AND mine = 1 AND event IS NULL ORDER BY no");
const IN_STATE: &str = "SELECT no FROM shared_event WHERE state = ?1 AND ended_ms IS NULL \
     AND event IS NOT NULL AND (?2 IS NULL OR room = ?2) ORDER BY room, at_ms, no";
const ROOM_OF: &str = "SELECT r.room FROM shared_room r JOIN shared_event e ON e.room = r.no \
     WHERE e.no = ?1";
const INSERT: &str = "INSERT INTO shared_event (room, event, item, sender, mine, at_ms, part, kind, \
     target, copy, parent, content, state, why, entry_version, may, ended_ms, ended_by, excerpt) \
     VALUES (:room, :event, :item, :sender, :mine, :at_ms, :part, :kind, :target, :copy, :parent, \
     :content, :state, :why, :entry_version, :may, :ended_ms, :ended_by, :excerpt)";
const UPDATE: &str = "UPDATE shared_event SET event = :event, item = :item, sender = :sender, \
     mine = :mine, at_ms = :at_ms, part = :part, kind = :kind, target = :target, copy = :copy, \
     parent = :parent, content = :content, state = :state, why = :why, \
     entry_version = :entry_version, may = :may, ended_ms = :ended_ms, ended_by = :ended_by, \
     excerpt = :excerpt, room = :room WHERE no = :no";
const CLAIM: &str = "UPDATE shared_event SET mine = 1 WHERE sender = ?1 AND mine = 0";
const SET_ITEM: &str = "UPDATE shared_event SET item = ?2 WHERE no = ?1";
const MOVE: &str = "UPDATE shared_event SET item = ?2 WHERE item = ?1";
const EMPTY: &str = "UPDATE shared_event SET content = NULL WHERE no = ?1";
const DELETE: &str = "DELETE FROM shared_event WHERE no = ?1";

fn from_row(row: &Row<'_>) -> rusqlite::Result<EventRecord> {
    let copy = |bytes: &[u8]| bytes.try_into().ok().map(CopyId);
    let ended_at: Option<i64> = row.get(17)?;
    let ended_by: Option<String> = row.get(18)?;
    Ok(EventRecord {
        no: EventNo(row.get(0)?),
        room: RoomNo(row.get(1)?),
        event: row.get(2)?,
        item: row.get::<_, Option<i64>>(3)?.map(ItemNo),
        sender: row.get(4)?,
        mine: row.get(5)?,
        at: row.get(6)?,
        part: one_of(row, 7, &Part::ALL)?,
        kind: one_of_or_none(row, 8, &FeedKind::ALL)?,
        target: row.get(9)?,
        copy: id_or_none(row, 10, copy)?,
        parent: id_or_none(row, 11, copy)?,
        content: json_or_none(row, 12)?,
        state: one_of(row, 13, &EventState::ALL)?,
        why: one_of_or_none(row, 14, &NoKey::ALL)?,
        entry_version: row.get(15)?,
        may: row.get(16)?,
        excerpt: row.get(19)?,
        ended: ended_at.zip(ended_by),
    })
}

/// The event with this number.
pub(crate) fn by_no(c: &Connection, no: EventNo) -> Result<EventRecord> {
    Ok(c.prepare_cached(BY_NO)?.query_row([no.0], from_row)?)
}

/// The event with this id.
pub(crate) fn by_event(c: &Connection, room: RoomNo, event: &str) -> Result<Option<EventRecord>> {
    Ok(c.prepare_cached(BY_EVENT)?.query_row(params![room.0, event], from_row).optional()?)
}

/// Every event of a thing.
pub(crate) fn of_item(c: &Connection, item: ItemNo) -> Result<Vec<EventRecord>> {
    let mut statement = c.prepare_cached(OF_ITEM)?;
    Ok(statement.query_map([item.0], from_row)?.collect::<Result<_, _>>()?)
}

/// Every event that is about this one.
pub(crate) fn at(c: &Connection, room: RoomNo, target: &str) -> Result<Vec<EventRecord>> {
    let mut statement = c.prepare_cached(AT)?;
    Ok(statement.query_map(params![room.0, target], from_row)?.collect::<Result<_, _>>()?)
}

/// The files that a sender let go along with a copy.
pub(crate) fn along(
    c: &Connection,
    room: RoomNo,
    copy: CopyId,
    sender: &str,
) -> Result<Vec<EventRecord>> {
    let mut statement = c.prepare_cached(ALONG)?;
    let found = statement.query_map(params![room.0, copy.0, sender], from_row)?;
    Ok(found.collect::<Result<_, _>>()?)
}

/// The leader's own events of a room to which the server has not answered.
pub(crate) fn unsent(c: &Connection, room: RoomNo) -> Result<Vec<EventRecord>> {
    let mut statement = c.prepare_cached(UNSENT)?;
    Ok(statement.query_map([room.0], from_row)?.collect::<Result<_, _>>()?)
}

/// The events in a state that were not ended, in one room or in all.
pub(crate) fn in_state(
    c: &Connection,
    state: EventState,
    room: Option<RoomNo>,
) -> Result<Vec<EventNo>> {
    let mut statement = c.prepare_cached(IN_STATE)?;
    let state = number_of(&state, &EventState::ALL);
    let found = statement
        .query_map(params![state, room.map(|room| room.0)], |row| row.get(0).map(EventNo))?;
    Ok(found.collect::<Result<_, _>>()?)
}

/// The id of the room that an event is in.
pub(crate) fn room_of(c: &Connection, no: EventNo) -> Result<String> {
    Ok(c.prepare_cached(ROOM_OF)?.query_row([no.0], |row| row.get(0))?)
}

fn write(c: &Connection, sql: &str, one: &EventRecord, no: Option<i64>) -> Result<()> {
    let content = one.content.as_ref().map(to_json).transpose()?;
    let (ended_ms, ended_by) = one.ended.as_ref().map(|(at, by)| (at, by)).unzip();
    let mut statement = c.prepare_cached(sql)?;
    let values = named_params! {
        ":room": one.room.0,
        ":event": one.event,
        ":item": one.item.map(|item| item.0),
        ":sender": one.sender,
        ":mine": one.mine,
        ":at_ms": one.at,
        ":part": number_of(&one.part, &Part::ALL),
        ":kind": one.kind.map(|kind| number_of(&kind, &FeedKind::ALL)),
        ":target": one.target,
        ":copy": one.copy.map(|copy| copy.0),
        ":parent": one.parent.map(|parent| parent.0),
        ":content": content,
        ":state": number_of(&one.state, &EventState::ALL),
        ":why": one.why.map(|why| number_of(&why, &NoKey::ALL)),
        ":entry_version": one.entry_version,
        ":may": one.may,
        ":excerpt": one.excerpt,
        ":ended_ms": ended_ms,
        ":ended_by": ended_by,
    };
    if let Some(no) = no {
        let mut all = values.to_vec();
        all.push((":no", &no));
        statement.execute(all.as_slice())?;
    } else {
        statement.execute(values)?;
    }
    Ok(())
}

/// Adds an event.
pub(crate) fn insert(c: &Connection, one: &EventRecord) -> Result<EventNo> {
    write(c, INSERT, one, None)?;
    Ok(EventNo(c.last_insert_rowid()))
}

/// Writes an event anew.
pub(crate) fn update(c: &Connection, one: &EventRecord) -> Result<()> {
    write(c, UPDATE, one, Some(one.no.0))
}

/// Notes that what somebody sent is her own, who is signed in now.
pub(crate) fn claim(c: &Connection, user: &str) -> Result<()> {
    c.prepare_cached(CLAIM)?.execute([user])?;
    Ok(())
}

/// Says which thing an event belongs to.
pub(crate) fn set_item(c: &Connection, no: EventNo, item: ItemNo) -> Result<()> {
    c.prepare_cached(SET_ITEM)?.execute(params![no.0, item.0])?;
    Ok(())
}

/// Gives every event of one thing to another.
pub(crate) fn move_all(c: &Connection, from: ItemNo, to: ItemNo) -> Result<()> {
    c.prepare_cached(MOVE)?.execute(params![from.0, to.0])?;
    Ok(())
}

/// Drops an event's content.
pub(crate) fn empty(c: &Connection, no: EventNo) -> Result<()> {
    c.prepare_cached(EMPTY)?.execute([no.0])?;
    Ok(())
}

/// Removes an event with its file and its steps in the outbox.
pub(crate) fn delete(c: &Connection, no: EventNo) -> Result<()> {
    c.prepare_cached(DELETE)?.execute([no.0])?;
    Ok(())
}
