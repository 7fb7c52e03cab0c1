//! The table `shared_item`: the things of a feed.

use fristed_base::{EntryId, ItemId, Moment};
use rusqlite::{Connection, OptionalExtension, Row, named_params, params};

use super::column::{id, id_or_none, number_of, one_of, one_of_or_none};
use super::event::EventNo;
use super::room::RoomNo;
use crate::content::CopyId;
use crate::error::Result;
use crate::model::{FeedKind, NoKey};

/// A thing's number within the store.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct ItemNo(pub(crate) i64);

/// How a thing is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shown {
    /// Whole.
    Whole,
    /// Its key or its text is missing.
    Waiting,
    /// Withdrawn or removed.
    Ended,
    /// It cannot be read.
    Unreadable,
}

impl Shown {
    const ALL: [Self; 4] = [Self::Whole, Self::Waiting, Self::Ended, Self::Unreadable];
}

/// What follows from a thing's events.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Derived {
    pub(crate) kind: Option<FeedKind>,
    pub(crate) state: Shown,
    pub(crate) why: Option<NoKey>,
    pub(crate) at: i64,
    pub(crate) edited: Option<i64>,
    /// When and by whom it was ended.
    pub(crate) ended: Option<(i64, String)>,
    /// The event whose content is shown.
    pub(crate) shown: Option<EventNo>,
    /// The id of its first event.
    pub(crate) root: Option<String>,
    /// The event that it replies to.
    pub(crate) target: Option<String>,
}

/// A row of `shared_item`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ItemRecord {
    pub(crate) no: ItemNo,
    pub(crate) id: ItemId,
    pub(crate) room: RoomNo,
    pub(crate) sender: String,
    pub(crate) mine: bool,
    pub(crate) copy: Option<CopyId>,
    pub(crate) entry: Option<EntryId>,
    pub(crate) unread: bool,
    /// When the leader withdrew it here.
    pub(crate) taken_back: Option<i64>,
    pub(crate) derived: Derived,
}

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT i.no, i.id, i.room, i.sender, i.mine, i.copy, i.entry, i.unread, \
             i.taken_back_ms, i.kind, i.state, i.why, i.at_ms, i.edited_ms, i.ended_ms, \
             i.ended_by, i.shown, i.root, i.target FROM shared_item i ",
            $rest
        )
    };
}

// A reply stands below its beginning; one whose beginning is not here stands for itself.
macro_rules! top {
    () => {
        "(?1 IS NULL OR i.room = ?1) AND NOT EXISTS (SELECT 1 FROM shared_event e \
         WHERE e.room = i.room AND e.event = i.target AND e.item IS NOT NULL)"
    };
}

const BY_NO: &str = select!("WHERE i.no = ?1");
const BY_ID: &str = select!("WHERE i.id = ?1");
const BY_COPY: &str = select!("WHERE i.room = ?1 AND i.sender = ?2 AND i.copy = ?3");
const OF_ENTRY: &str = select!("WHERE i.entry = ?1 ORDER BY i.at_ms DESC, i.no DESC");
const MINE: &str =
    select!("WHERE i.room = ?1 AND i.mine = 1 AND i.sender = ?2 AND i.state <> 2 ORDER BY i.no");
const TAKEN_BACK: &str = "SELECT no FROM shared_item \
     WHERE mine = 1 AND sender = ?1 AND taken_back_ms IS NOT NULL ORDER BY no";
const PAGE: &str = concat!(
    "SELECT i.no FROM shared_item i WHERE ",
    top!(),
    " ORDER BY i.at_ms DESC, i.root DESC, i.no DESC LIMIT ?3 OFFSET ?2"
);
// All less those below others: both are counted in indexes alone, and few have anything above them.
const COUNT: &str = "SELECT (SELECT count(*) FROM shared_item i WHERE ?1 IS NULL OR i.room = ?1) \
     - (SELECT count(*) FROM shared_item i WHERE i.target IS NOT NULL \
     AND (?1 IS NULL OR i.room = ?1) AND EXISTS (SELECT 1 FROM shared_event e \
     WHERE e.room = i.room AND e.event = i.target AND e.item IS NOT NULL))";
const BELOW: &str = "WITH RECURSIVE below (no) AS (SELECT ?1 UNION \
     SELECT i.no FROM below b JOIN shared_event e ON e.item = b.no AND e.part IN (1, 2) \
     JOIN shared_item i ON i.room = e.room AND i.target = e.event) \
     SELECT i.no FROM below b JOIN shared_item i ON i.no = b.no WHERE i.no <> ?1 \
     ORDER BY i.at_ms, i.root, i.no";
const ENTRIES: &str =
    "SELECT DISTINCT entry FROM shared_item WHERE entry IS NOT NULL AND state <> 2";
const MEETINGS: &str =
    "SELECT no FROM shared_item WHERE kind = ?1 AND state = 0 ORDER BY at_ms, no";
const UNREAD: &str = "SELECT count(*) FROM shared_item \
     WHERE unread = 1 AND state = 0 AND (?1 IS NULL OR room = ?1)";
const INSERT: &str = "INSERT INTO shared_item (id, room, sender, mine, copy, entry, unread, \
     taken_back_ms, kind, state, why, at_ms, edited_ms, ended_ms, ended_by, shown, root, target) \
     VALUES (:id, :room, :sender, :mine, :copy, :entry, :unread, NULL, NULL, 1, NULL, :at_ms, \
     NULL, NULL, NULL, NULL, NULL, NULL)";
const DERIVE: &str = "UPDATE shared_item SET kind = :kind, state = :state, why = :why, \
     at_ms = :at_ms, edited_ms = :edited_ms, ended_ms = :ended_ms, ended_by = :ended_by, \
     shown = :shown, root = :root, target = :target WHERE no = :no";
const SET_COPY: &str = "UPDATE shared_item SET copy = ?2 WHERE no = ?1";
const TAKE_BACK: &str = "UPDATE shared_item SET taken_back_ms = ?2 WHERE no = ?1";
const CLAIM: &str = "UPDATE shared_item SET mine = 1, unread = 0 WHERE sender = ?1 AND mine = 0";
const READ: &str = "UPDATE shared_item SET unread = 0 WHERE no = ?1";
const READ_ALL: &str = "UPDATE shared_item SET unread = 0 WHERE room = ?1 AND unread = 1";
const DELETE: &str = "DELETE FROM shared_item WHERE no = ?1";

fn from_row(row: &Row<'_>) -> rusqlite::Result<ItemRecord> {
    let ended_at: Option<i64> = row.get(14)?;
    let ended_by: Option<String> = row.get(15)?;
    Ok(ItemRecord {
        no: ItemNo(row.get(0)?),
        id: id(row, 1, ItemId::from_slice)?,
        room: RoomNo(row.get(2)?),
        sender: row.get(3)?,
        mine: row.get(4)?,
        copy: id_or_none(row, 5, |bytes| bytes.try_into().ok().map(CopyId))?,
        entry: id_or_none(row, 6, EntryId::from_slice)?,
        unread: row.get(7)?,
        taken_back: row.get(8)?,
        derived: Derived {
            kind: one_of_or_none(row, 9, &FeedKind::ALL)?,
            state: one_of(row, 10, &Shown::ALL)?,
            why: one_of_or_none(row, 11, &NoKey::ALL)?,
            at: row.get(12)?,
            edited: row.get(13)?,
            ended: ended_at.zip(ended_by),
            shown: row.get::<_, Option<i64>>(16)?.map(EventNo),
            root: row.get(17)?,
            target: row.get(18)?,
        },
    })
}

/// The thing with this number.
pub(crate) fn by_no(c: &Connection, no: ItemNo) -> Result<ItemRecord> {
    Ok(c.prepare_cached(BY_NO)?.query_row([no.0], from_row)?)
}

/// The thing with this id.
///
/// # Errors
/// [`crate::NetworkError::NotFound`].
pub(crate) fn by_id(c: &Connection, wanted: ItemId) -> Result<ItemRecord> {
    Ok(c.prepare_cached(BY_ID)?.query_row([wanted.as_bytes()], from_row)?)
}

/// The thing that a sender gave this copy id.
pub(crate) fn by_copy(
    c: &Connection,
    room: RoomNo,
    sender: &str,
    copy: CopyId,
) -> Result<Option<ItemRecord>> {
    let key = params![room.0, sender, copy.0];
    Ok(c.prepare_cached(BY_COPY)?.query_row(key, from_row).optional()?)
}

/// The copies of an entry, newest first.
pub(crate) fn of_entry(c: &Connection, entry: EntryId) -> Result<Vec<ItemRecord>> {
    let mut statement = c.prepare_cached(OF_ENTRY)?;
    Ok(statement.query_map([entry.as_bytes()], from_row)?.collect::<Result<_, _>>()?)
}

/// A leader's own things of a room that were not ended.
pub(crate) fn mine(c: &Connection, room: RoomNo, user: &str) -> Result<Vec<ItemRecord>> {
    let mut statement = c.prepare_cached(MINE)?;
    Ok(statement.query_map(params![room.0, user], from_row)?.collect::<Result<_, _>>()?)
}

/// A leader's own things that she withdrew.
pub(crate) fn taken_back(c: &Connection, user: &str) -> Result<Vec<ItemNo>> {
    let mut statement = c.prepare_cached(TAKEN_BACK)?;
    let found = statement.query_map([user], |row| row.get(0).map(ItemNo))?;
    Ok(found.collect::<Result<_, _>>()?)
}

/// Some of what a feed shows, newest first, and how many there are.
pub(crate) fn page(
    c: &Connection,
    room: Option<RoomNo>,
    offset: u32,
    limit: u32,
) -> Result<(Vec<ItemNo>, u32)> {
    let room = room.map(|room| room.0);
    let mut statement = c.prepare_cached(PAGE)?;
    let found = statement.query_map(params![room, offset, limit], |row| row.get(0).map(ItemNo))?;
    let found = found.collect::<Result<_, _>>()?;
    Ok((found, c.prepare_cached(COUNT)?.query_row([room], |row| row.get(0))?))
}

/// The replies to a thing and to its replies, oldest first.
pub(crate) fn below(c: &Connection, no: ItemNo) -> Result<Vec<ItemNo>> {
    let mut statement = c.prepare_cached(BELOW)?;
    let found = statement.query_map([no.0], |row| row.get(0).map(ItemNo))?;
    Ok(found.collect::<Result<_, _>>()?)
}

/// The entries of which copies are shared.
pub(crate) fn entries(c: &Connection) -> Result<Vec<EntryId>> {
    let mut statement = c.prepare_cached(ENTRIES)?;
    let found = statement.query_map([], |row| id(row, 0, EntryId::from_slice))?;
    Ok(found.collect::<Result<_, _>>()?)
}

/// The meetings that are whole, oldest first.
pub(crate) fn meetings(c: &Connection) -> Result<Vec<ItemNo>> {
    let mut statement = c.prepare_cached(MEETINGS)?;
    let kind = number_of(&FeedKind::Meeting, &FeedKind::ALL);
    let found = statement.query_map([kind], |row| row.get(0).map(ItemNo))?;
    Ok(found.collect::<Result<_, _>>()?)
}

/// How many things are unread, in one room or in all.
pub(crate) fn unread(c: &Connection, room: Option<RoomNo>) -> Result<u32> {
    Ok(c.prepare_cached(UNREAD)?.query_row([room.map(|room| room.0)], |row| row.get(0))?)
}

/// What a new thing is made with.
#[derive(Debug, Clone, Copy)]
pub(crate) struct NewItem<'a> {
    pub(crate) room: RoomNo,
    pub(crate) sender: &'a str,
    pub(crate) mine: bool,
    pub(crate) copy: Option<CopyId>,
    pub(crate) entry: Option<EntryId>,
    pub(crate) at: i64,
}

/// Adds a thing, of which nothing follows yet.
pub(crate) fn insert(c: &Connection, new: NewItem<'_>) -> Result<(ItemNo, ItemId)> {
    let id = ItemId::new();
    c.prepare_cached(INSERT)?.execute(named_params! {
        ":id": id.as_bytes(),
        ":room": new.room.0,
        ":sender": new.sender,
        ":mine": new.mine,
        ":copy": new.copy.map(|copy| copy.0),
        ":entry": new.entry.map(|entry| *entry.as_bytes()),
        ":unread": !new.mine,
        ":at_ms": new.at,
    })?;
    Ok((ItemNo(c.last_insert_rowid()), id))
}

/// Keeps what follows from a thing's events.
pub(crate) fn derive(c: &Connection, no: ItemNo, derived: &Derived) -> Result<()> {
    let (ended_ms, ended_by) = derived.ended.as_ref().map(|(at, by)| (at, by)).unzip();
    c.prepare_cached(DERIVE)?.execute(named_params! {
        ":no": no.0,
        ":kind": derived.kind.map(|kind| number_of(&kind, &FeedKind::ALL)),
        ":state": number_of(&derived.state, &Shown::ALL),
        ":why": derived.why.map(|why| number_of(&why, &NoKey::ALL)),
        ":at_ms": derived.at,
        ":edited_ms": derived.edited,
        ":ended_ms": ended_ms,
        ":ended_by": ended_by,
        ":shown": derived.shown.map(|shown| shown.0),
        ":root": derived.root,
        ":target": derived.target,
    })?;
    Ok(())
}

/// Notes the copy id of a thing that was opened.
pub(crate) fn set_copy(c: &Connection, no: ItemNo, copy: CopyId) -> Result<()> {
    c.prepare_cached(SET_COPY)?.execute(params![no.0, copy.0])?;
    Ok(())
}

/// Notes that the leader withdrew a thing.
pub(crate) fn take_back(c: &Connection, no: ItemNo, now: Moment) -> Result<()> {
    c.prepare_cached(TAKE_BACK)?.execute(params![no.0, now.millis()])?;
    Ok(())
}

/// Notes that what somebody shared is her own, who is signed in now.
pub(crate) fn claim(c: &Connection, user: &str) -> Result<()> {
    c.prepare_cached(CLAIM)?.execute([user])?;
    Ok(())
}

/// Marks a thing as read.
pub(crate) fn read(c: &Connection, no: ItemNo) -> Result<()> {
    c.prepare_cached(READ)?.execute([no.0])?;
    Ok(())
}

/// Marks everything in a room as read.
pub(crate) fn read_all(c: &Connection, room: RoomNo) -> Result<()> {
    c.prepare_cached(READ_ALL)?.execute([room.0])?;
    Ok(())
}

/// Removes a thing and its steps in the outbox; its events stay, of no thing.
pub(crate) fn delete(c: &Connection, no: ItemNo) -> Result<()> {
    c.prepare_cached(DELETE)?.execute([no.0])?;
    Ok(())
}
