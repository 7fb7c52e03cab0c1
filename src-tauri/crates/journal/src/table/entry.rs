//! The tables `entry` and `entry_text`: a reflection and what stands in it.

use fristed_base::{EntryId, Moment};
use rusqlite::{Connection, OptionalExtension, Row, named_params, params};

use super::column::{day_number, id, moment, moment_or_none};
use crate::error::{JournalError, Result};

/// An entry's number within the store.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct EntryNo(pub(crate) i64);

/// A row of `entry` joined with its text.
#[derive(Debug, Clone)]
pub(crate) struct EntryRecord {
    pub(crate) no: EntryNo,
    pub(crate) id: EntryId,
    pub(crate) ord: i64,
    pub(crate) written: Moment,
    pub(crate) updated: Moment,
    pub(crate) version: u32,
    pub(crate) starred: bool,
    pub(crate) template: Option<String>,
    pub(crate) trashed: Option<Moment>,
    pub(crate) shown_title: String,
    pub(crate) title: String,
    pub(crate) body: String,
    /// When its first text was saved, in milliseconds since 1970.
    pub(crate) begun: i64,
}

impl EntryRecord {
    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            no: EntryNo(row.get(0)?),
            id: id(row, 1, EntryId::from_slice)?,
            ord: row.get(2)?,
            written: moment(row, 3)?,
            updated: moment(row, 5)?,
            version: row.get(7)?,
            starred: row.get(8)?,
            template: row.get(9)?,
            trashed: moment_or_none(row, 10)?,
            shown_title: row.get(12)?,
            title: row.get(13)?,
            body: row.get(14)?,
            begun: row.get(15)?,
        })
    }
}

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT e.no, e.id, e.ord, e.written_ms, e.written_offset, e.updated_ms, \
             e.updated_offset, e.version, e.starred, e.template, e.trashed_ms, e.trashed_offset, \
             e.shown_title, t.title, t.body, e.begun_ms \
             FROM entry e JOIN entry_text t ON t.entry = e.no ",
            $rest
        )
    };
}

const BY_ID: &str = select!("WHERE e.id = ?1");
const BY_NO: &str = select!("WHERE e.no = ?1");
const LIVE_OLDEST_FIRST: &str = select!("WHERE e.trashed_ms IS NULL ORDER BY e.ord");
const NO_BY_ID: &str = "SELECT no FROM entry WHERE id = ?1";
const TRASHED_BEFORE: &str =
    "SELECT no FROM entry WHERE trashed_ms IS NOT NULL AND trashed_ms <= ?1 ORDER BY trashed_ms";

/// Numbers are given from 1 on, so that the highest bounds them; each table tells it of its own.
const HIGHEST: &str = "SELECT max(no) FROM entry";
const HIGHEST_TEXT: &str = "SELECT max(entry) FROM entry_text";
/// These four read one index and no table.
const PLACES: &str = "SELECT no, ord FROM entry WHERE trashed_ms IS NULL ORDER BY ord";
const PLACES_DOWN: &str = "SELECT no, ord FROM entry WHERE trashed_ms IS NULL ORDER BY ord DESC";
const IDS: &str = "SELECT no, id FROM entry ORDER BY id";
const IDS_DOWN: &str = "SELECT no, id FROM entry ORDER BY id DESC";
/// These two read a table and no index.
const PLACE: &str = "SELECT ord FROM entry WHERE no = ?1 AND trashed_ms IS NULL";
const TEXT: &str = "SELECT title, body FROM entry_text WHERE entry = ?1";

const INSERT: &str = "INSERT INTO entry (id, ord, day, written_ms, written_offset, updated_ms, \
     updated_offset, begun_ms, version, starred, template, trashed_ms, trashed_offset, shown_title, preview) \
     VALUES (:id, :ord, :day, :written_ms, :written_offset, :updated_ms, :updated_offset, \
     :updated_ms, 1, :starred, :template, NULL, NULL, :shown_title, :preview)";
const INSERT_TEXT: &str = "INSERT INTO entry_text (entry, title, body) VALUES (?1, ?2, ?3)";

const UPDATE: &str = "UPDATE entry SET updated_ms = :updated_ms, updated_offset = :updated_offset, \
     version = :version, shown_title = :shown_title, preview = :preview WHERE no = :no";
const UPDATE_TEXT: &str = "UPDATE entry_text SET title = ?2, body = ?3 WHERE entry = ?1";
const SET_WRITTEN: &str = "UPDATE entry SET ord = :ord, day = :day, written_ms = :ms, \
     written_offset = :offset WHERE no = :no";
const SET_STARRED: &str = "UPDATE entry SET starred = ?2 WHERE no = ?1";
const SET_TRASHED: &str = "UPDATE entry SET trashed_ms = ?2, trashed_offset = ?3 WHERE no = ?1";
const TOUCH: &str = "UPDATE entry SET updated_ms = ?2, updated_offset = ?3 WHERE no = ?1";
const DELETE: &str = "DELETE FROM entry WHERE no = ?1";

/// The lowest free place from `?1` on: `?1` itself, or the first after a run of taken ones.
const FREE_AFTER: &str = "SELECT CASE WHEN NOT EXISTS (SELECT 1 FROM entry WHERE ord = ?1) THEN ?1 \
     ELSE (SELECT e.ord + 1 FROM entry e WHERE e.ord >= ?1 AND NOT EXISTS \
     (SELECT 1 FROM entry n WHERE n.ord = e.ord + 1) ORDER BY e.ord LIMIT 1) END";
/// The highest free place below `?1`, which is taken.
const FREE_BEFORE: &str = "SELECT e.ord - 1 FROM entry e WHERE e.ord <= ?1 AND NOT EXISTS \
     (SELECT 1 FROM entry n WHERE n.ord = e.ord - 1) ORDER BY e.ord DESC LIMIT 1";
const ORDS: &str = "SELECT ord FROM entry";
const COUNT: &str = "SELECT count(*) FROM entry";

/// A new row of `entry` with its text.
pub(crate) struct NewRecord<'a> {
    pub(crate) id: EntryId,
    pub(crate) ord: i64,
    pub(crate) written: Moment,
    pub(crate) updated: Moment,
    pub(crate) starred: bool,
    pub(crate) template: Option<&'a str>,
    pub(crate) shown_title: &'a str,
    pub(crate) preview: &'a str,
    pub(crate) title: &'a str,
    pub(crate) body: &'a str,
}

/// The place of a moment among the others, before a free one is looked for: whole seconds on the
/// leader's own clock since 1970.
pub(crate) fn wanted_ord(written: Moment) -> i64 {
    written.local().and_utc().timestamp()
}

/// Seconds in a day, and so the places of one.
const DAY: i64 = 86_400;

/// The first and the last place of the day that a place lies in.
pub(crate) const fn day_places(ord: i64) -> (i64, i64) {
    let first = ord.div_euclid(DAY) * DAY;
    (first, first + DAY - 1)
}

/// The first free place from the wanted one on, or where the day is full by then, the last before
/// it: a place never leaves its day, so that a range of days is a range of places.
pub(crate) fn free_ord(c: &Connection, written: Moment) -> Result<i64> {
    let wanted = wanted_ord(written);
    let after = c.prepare_cached(FREE_AFTER)?.query_row([wanted], |row| row.get(0))?;
    if after <= day_places(wanted).1 {
        return Ok(after);
    }
    Ok(c.prepare_cached(FREE_BEFORE)?.query_row([wanted], |row| row.get(0))?)
}

/// Every place that is taken, the trash's too.
pub(crate) fn ords(c: &Connection) -> Result<Vec<i64>> {
    let mut statement = c.prepare_cached(ORDS)?;
    let found = statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
    Ok(found)
}

/// Every entry, the trash too.
pub(crate) fn count(c: &Connection) -> Result<u32> {
    Ok(c.query_row(COUNT, [], |row| row.get(0))?)
}

/// The entry with this id.
///
/// # Errors
/// [`JournalError::NotFound`] where there is none.
pub(crate) fn by_id(c: &Connection, id: EntryId) -> Result<EntryRecord> {
    Ok(c.prepare_cached(BY_ID)?.query_row([id.as_bytes()], EntryRecord::from_row)?)
}

/// The entry with this number.
pub(crate) fn by_no(c: &Connection, no: EntryNo) -> Result<EntryRecord> {
    Ok(c.prepare_cached(BY_NO)?.query_row([no.0], EntryRecord::from_row)?)
}

/// The number of the entry with this id, if there is one.
pub(crate) fn no_of(c: &Connection, id: EntryId) -> Result<Option<EntryNo>> {
    let found = c.prepare_cached(NO_BY_ID)?.query_row([id.as_bytes()], |row| row.get(0));
    Ok(found.optional()?.map(EntryNo))
}

/// Hands every entry outside the trash to `each`, oldest first, one at a time.
pub(crate) fn each_live<E>(
    c: &Connection,
    mut each: impl FnMut(EntryRecord) -> Result<(), E>,
) -> Result<(), E>
where
    E: From<rusqlite::Error>,
{
    let mut statement = c.prepare_cached(LIVE_OLDEST_FIRST)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        each(EntryRecord::from_row(row)?)?;
    }
    Ok(())
}

/// The highest number that an entry has, by the entries or by their texts; 0 where there are none.
pub(crate) fn highest(c: &Connection, by_text: bool) -> Result<i64> {
    let sql = if by_text { HIGHEST_TEXT } else { HIGHEST };
    Ok(c.query_row(sql, [], |row| row.get::<_, Option<i64>>(0))?.unwrap_or(0))
}

/// Tells `each` where the entries outside the trash stand by the index, from its start or its end.
/// Where a damaged page ends it, it has told what came before.
pub(crate) fn places(
    c: &Connection,
    from_end: bool,
    each: &mut dyn FnMut(EntryNo, i64),
) -> Result<()> {
    let mut statement = c.prepare_cached(if from_end { PLACES_DOWN } else { PLACES })?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        each(EntryNo(row.get(0)?), row.get(1)?);
    }
    Ok(())
}

/// Tells `each` the ids of all entries by their index, like [`places`].
pub(crate) fn ids(
    c: &Connection,
    from_end: bool,
    each: &mut dyn FnMut(EntryNo, EntryId),
) -> Result<()> {
    let mut statement = c.prepare_cached(if from_end { IDS_DOWN } else { IDS })?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        each(EntryNo(row.get(0)?), id(row, 1, EntryId::from_slice)?);
    }
    Ok(())
}

/// Where an entry stands, if it is outside the trash, by its row alone.
pub(crate) fn place(c: &Connection, no: EntryNo) -> Result<Option<i64>> {
    Ok(c.prepare_cached(PLACE)?.query_row([no.0], |row| row.get(0)).optional()?)
}

/// An entry's title and text, without what its row holds.
pub(crate) fn text(c: &Connection, no: EntryNo) -> Result<(String, String)> {
    Ok(c.prepare_cached(TEXT)?.query_row([no.0], |row| Ok((row.get(0)?, row.get(1)?)))?)
}

/// What was put in the trash at this moment or before.
pub(crate) fn trashed_before(c: &Connection, millis: i64) -> Result<Vec<EntryNo>> {
    let mut statement = c.prepare_cached(TRASHED_BEFORE)?;
    let found = statement.query_map([millis], |row| row.get(0).map(EntryNo))?;
    Ok(found.collect::<Result<_, _>>()?)
}

/// Adds an entry and its text.
pub(crate) fn insert(c: &Connection, new: &NewRecord<'_>) -> Result<EntryNo> {
    c.prepare_cached(INSERT)?.execute(named_params! {
        ":id": new.id.as_bytes(),
        ":ord": new.ord,
        ":day": day_number(new.written.day()),
        ":written_ms": new.written.millis(),
        ":written_offset": new.written.offset_minutes(),
        ":updated_ms": new.updated.millis(),
        ":updated_offset": new.updated.offset_minutes(),
        ":starred": new.starred,
        ":template": new.template,
        ":shown_title": new.shown_title,
        ":preview": new.preview,
    })?;
    let no = c.last_insert_rowid();
    c.prepare_cached(INSERT_TEXT)?.execute(params![no, new.title, new.body])?;
    Ok(EntryNo(no))
}

/// What a change of text writes.
pub(crate) struct TextChange<'a> {
    pub(crate) updated: Moment,
    pub(crate) version: u32,
    pub(crate) shown_title: &'a str,
    pub(crate) preview: &'a str,
    pub(crate) title: &'a str,
    pub(crate) body: &'a str,
}

/// Replaces an entry's text.
pub(crate) fn update(c: &Connection, no: EntryNo, change: &TextChange<'_>) -> Result<()> {
    c.prepare_cached(UPDATE)?.execute(named_params! {
        ":no": no.0,
        ":updated_ms": change.updated.millis(),
        ":updated_offset": change.updated.offset_minutes(),
        ":version": change.version,
        ":shown_title": change.shown_title,
        ":preview": change.preview,
    })?;
    c.prepare_cached(UPDATE_TEXT)?.execute(params![no.0, change.title, change.body])?;
    Ok(())
}

/// Moves an entry to another moment.
pub(crate) fn set_written(c: &Connection, no: EntryNo, ord: i64, written: Moment) -> Result<()> {
    c.prepare_cached(SET_WRITTEN)?.execute(named_params! {
        ":no": no.0,
        ":ord": ord,
        ":day": day_number(written.day()),
        ":ms": written.millis(),
        ":offset": written.offset_minutes(),
    })?;
    Ok(())
}

/// Sets or takes the star.
pub(crate) fn set_starred(c: &Connection, no: EntryNo, starred: bool) -> Result<()> {
    c.prepare_cached(SET_STARRED)?.execute(params![no.0, starred])?;
    Ok(())
}

/// Puts an entry in the trash or takes it out.
pub(crate) fn set_trashed(c: &Connection, no: EntryNo, trashed: Option<Moment>) -> Result<()> {
    let (millis, offset) = (trashed.map(|m| m.millis()), trashed.map(|m| m.offset_minutes()));
    c.prepare_cached(SET_TRASHED)?.execute(params![no.0, millis, offset])?;
    Ok(())
}

/// Notes that an entry was changed at this moment.
pub(crate) fn touch(c: &Connection, no: EntryNo, now: Moment) -> Result<()> {
    c.prepare_cached(TOUCH)?.execute(params![no.0, now.millis(), now.offset_minutes()])?;
    Ok(())
}

/// Removes an entry and all that hangs on it.
pub(crate) fn delete(c: &Connection, no: EntryNo) -> Result<()> {
    match c.prepare_cached(DELETE)?.execute([no.0])? {
        0 => Err(JournalError::NotFound),
        _ => Ok(()),
    }
}
