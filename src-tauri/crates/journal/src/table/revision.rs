//! The table `revision`: earlier texts.

use fristed_base::{EntryId, Moment, RevisionId};
use rusqlite::{Connection, OptionalExtension, named_params};

use super::column::{id, moment};
use super::entry::EntryNo;
use crate::error::Result;
use crate::model::{RevisionInfo, RevisionText};

const OF_ENTRY: &str = "SELECT id, saved_ms, saved_offset, characters FROM revision \
     WHERE entry = ?1 ORDER BY saved_ms DESC, no DESC";
const BY_ID: &str = "SELECT r.id, e.id, r.saved_ms, r.saved_offset, r.title, r.body \
     FROM revision r JOIN entry e ON e.no = r.entry WHERE r.id = ?1";
const TIMES: &str = "SELECT no, saved_ms FROM revision WHERE entry = ?1 ORDER BY saved_ms, no";
const LAST: &str = "SELECT kept_ms FROM revision WHERE entry = ?1 ORDER BY no DESC LIMIT 1";
const LAST_TEXT: &str =
    "SELECT title, body FROM revision WHERE entry = ?1 ORDER BY no DESC LIMIT 1";
const INSERT: &str = "INSERT INTO revision (id, entry, saved_ms, saved_offset, kept_ms, \
     characters, title, body) VALUES (:id, :entry, :saved_ms, :saved_offset, :kept_ms, \
     :characters, :title, :body)";
const DELETE: &str = "DELETE FROM revision WHERE no = ?1";

/// The earlier texts of an entry, the latest first.
pub(crate) fn of_entry(c: &Connection, entry: EntryNo) -> Result<Vec<RevisionInfo>> {
    let mut statement = c.prepare_cached(OF_ENTRY)?;
    let found = statement.query_map([entry.0], |row| {
        Ok(RevisionInfo {
            id: id(row, 0, RevisionId::from_slice)?,
            saved: moment(row, 1)?,
            characters: row.get(3)?,
        })
    })?;
    Ok(found.collect::<Result<_, _>>()?)
}

/// An earlier text.
pub(crate) fn by_id(c: &Connection, wanted: RevisionId) -> Result<RevisionText> {
    let mut statement = c.prepare_cached(BY_ID)?;
    Ok(statement.query_row([wanted.as_bytes()], |row| {
        Ok(RevisionText {
            id: id(row, 0, RevisionId::from_slice)?,
            entry: id(row, 1, EntryId::from_slice)?,
            saved: moment(row, 2)?,
            title: row.get(4)?,
            body: row.get(5)?,
        })
    })?)
}

/// When a text was last kept, in milliseconds since 1970.
pub(crate) fn last_kept(c: &Connection, entry: EntryNo) -> Result<Option<i64>> {
    Ok(c.prepare_cached(LAST)?.query_row([entry.0], |row| row.get(0)).optional()?)
}

/// The text that was kept last.
pub(crate) fn last_text(c: &Connection, entry: EntryNo) -> Result<Option<(String, String)>> {
    let found =
        c.prepare_cached(LAST_TEXT)?.query_row([entry.0], |row| Ok((row.get(0)?, row.get(1)?)));
    Ok(found.optional()?)
}

/// The numbers of an entry's earlier texts and when they were saved, the oldest first.
pub(crate) fn times(c: &Connection, entry: EntryNo) -> Result<Vec<(i64, i64)>> {
    let mut statement = c.prepare_cached(TIMES)?;
    let found = statement.query_map([entry.0], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(found.collect::<Result<_, _>>()?)
}

/// Keeps a text that was saved at one moment and replaced at another.
pub(crate) fn insert(
    c: &Connection,
    entry: EntryNo,
    saved: Moment,
    kept: Moment,
    (title, body): (&str, &str),
) -> Result<()> {
    let characters = u32::try_from(title.chars().count() + body.chars().count());
    c.prepare_cached(INSERT)?.execute(named_params! {
        ":id": RevisionId::new().as_bytes(),
        ":entry": entry.0,
        ":saved_ms": saved.millis(),
        ":saved_offset": saved.offset_minutes(),
        ":kept_ms": kept.millis(),
        ":characters": characters.unwrap_or(u32::MAX),
        ":title": title,
        ":body": body,
    })?;
    Ok(())
}

/// Drops a kept text.
pub(crate) fn delete(c: &Connection, no: i64) -> Result<()> {
    c.prepare_cached(DELETE)?.execute([no])?;
    Ok(())
}
