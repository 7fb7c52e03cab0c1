//! The table `unindexed`: entries whose text is newer than the search index.

use rusqlite::{Connection, OptionalExtension, params};

use super::entry::EntryNo;
use super::word_index::Document;
use crate::error::Result;

const FIND: &str = "SELECT indexed, title, body, tags FROM unindexed WHERE entry = ?1";
const EXISTS: &str = "SELECT 1 FROM unindexed WHERE entry = ?1";
const INSERT: &str =
    "INSERT INTO unindexed (entry, indexed, title, body, tags) VALUES (?1, ?2, ?3, ?4, ?5)";
const DELETE: &str = "DELETE FROM unindexed WHERE entry = ?1";
const ALL: &str = "SELECT u.entry FROM unindexed u JOIN entry e ON e.no = u.entry ORDER BY e.ord";
const ANY: &str = "SELECT EXISTS (SELECT 1 FROM unindexed)";
const FRESH: &str = "SELECT count(*) FROM unindexed WHERE indexed = 0";

/// Whether an entry waits for the index.
pub(crate) fn exists(c: &Connection, entry: EntryNo) -> Result<bool> {
    Ok(c.prepare_cached(EXISTS)?.query_row([entry.0], |_| Ok(())).optional()?.is_some())
}

/// Takes an entry off the list. `None` where it was not on it; otherwise what the index holds for
/// it, `None` where that is nothing.
pub(crate) fn take(c: &Connection, entry: EntryNo) -> Result<Option<Option<Document>>> {
    let found = c
        .prepare_cached(FIND)?
        .query_row([entry.0], |row| {
            let document = Document { title: row.get(1)?, body: row.get(2)?, tags: row.get(3)? };
            Ok(row.get::<_, bool>(0)?.then_some(document))
        })
        .optional()?;
    if found.is_some() {
        c.prepare_cached(DELETE)?.execute([entry.0])?;
    }
    Ok(found)
}

/// Puts an entry on the list, with what the index holds for it.
pub(crate) fn insert(c: &Connection, entry: EntryNo, indexed: Option<&Document>) -> Result<()> {
    let (title, body, tags) =
        indexed.map_or(("", "", ""), |d| (d.title.as_str(), d.body.as_str(), d.tags.as_str()));
    let row = params![entry.0, indexed.is_some(), title, body, tags];
    c.prepare_cached(INSERT)?.execute(row)?;
    Ok(())
}

/// The entries that wait, the oldest first.
pub(crate) fn all(c: &Connection) -> Result<Vec<EntryNo>> {
    let mut statement = c.prepare_cached(ALL)?;
    let found = statement.query_map([], |row| row.get(0).map(EntryNo))?;
    Ok(found.collect::<Result<_, _>>()?)
}

/// Whether any entry waits.
pub(crate) fn any(c: &Connection) -> Result<bool> {
    Ok(c.prepare_cached(ANY)?.query_row([], |row| row.get(0))?)
}

/// How many entries wait that the index has nothing for.
pub(crate) fn fresh(c: &Connection) -> Result<usize> {
    let count: u32 = c.query_row(FRESH, [], |row| row.get(0))?;
    Ok(count as usize)
}
