//! The tables `tag` and `entry_tag`.

use fristed_vault::vouch;
use rusqlite::{Connection, OptionalExtension, params};

use super::entry::EntryNo;
use crate::error::Result;
use crate::model::TagCount;

const FIND: &str = "SELECT no, entries FROM tag WHERE name = ?1";
const ADD: &str = "INSERT INTO tag (name, entries) VALUES (?1, 0)";
const OF_ENTRY: &str = "SELECT tag.name FROM entry_tag JOIN tag ON tag.no = entry_tag.tag \
     WHERE entry_tag.entry = ?1 ORDER BY entry_tag.position";
/// These read one index and no table.
const NAMES: &str = "SELECT no, name FROM tag ORDER BY name";
const NAMES_DOWN: &str = "SELECT no, name FROM tag ORDER BY name DESC";
const USES: &str =
    "SELECT entry, position, tag FROM entry_tag INDEXED BY entry_tag_use ORDER BY tag";
const USES_DOWN: &str =
    "SELECT entry, position, tag FROM entry_tag INDEXED BY entry_tag_use ORDER BY tag DESC";
const GIVE: &str = "INSERT INTO entry_tag (entry, position, tag, live_ord) VALUES (?1, ?2, ?3, ?4)";
const TAKE: &str = "DELETE FROM entry_tag WHERE entry = ?1";
const MOVE: &str = "UPDATE entry_tag SET live_ord = ?2 WHERE entry = ?1";
const DROP_UNUSED: &str =
    "DELETE FROM tag WHERE entries = 0 AND no NOT IN (SELECT tag FROM entry_tag)";
const COUNTS: &str = "SELECT name, entries FROM tag WHERE entries > 0 ORDER BY entries DESC, name";

/// The number of a tag and how many entries outside the trash have it.
pub(crate) fn find(c: &Connection, name: &str) -> Result<Option<(i64, u32)>> {
    let found = c.prepare_cached(FIND)?.query_row([name], |row| Ok((row.get(0)?, row.get(1)?)));
    Ok(found.optional()?)
}

/// The tags of an entry in their order.
pub(crate) fn of_entry(c: &Connection, entry: EntryNo) -> Result<Vec<String>> {
    let mut statement = c.prepare_cached(OF_ENTRY)?;
    let found = statement.query_map([entry.0], |row| row.get(0))?;
    Ok(found.collect::<Result<_, _>>()?)
}

/// Tells `each` the tags' numbers and names by their index, from its start or its end. Where a
/// damaged page ends it, it has told what came before.
pub(crate) fn names(
    c: &Connection,
    from_end: bool,
    each: &mut dyn FnMut(i64, String),
) -> Result<()> {
    let mut statement = c.prepare_cached(if from_end { NAMES_DOWN } else { NAMES })?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let (no, name) = (row.get(0)?, row.get(1)?);
        // A name may be long enough to end on a page of its own.
        vouch(c)?;
        each(no, name);
    }
    Ok(())
}

/// Tells `each` which entry has which tag at which position, like [`names`].
pub(crate) fn uses(
    c: &Connection,
    from_end: bool,
    each: &mut dyn FnMut((EntryNo, i64), i64),
) -> Result<()> {
    let mut statement = c.prepare_cached(if from_end { USES_DOWN } else { USES })?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        each((EntryNo(row.get(0)?), row.get(1)?), row.get(2)?);
    }
    Ok(())
}

/// Gives a new entry its tags; `live_ord` is its place, none in the trash.
pub(crate) fn give(
    c: &Connection,
    entry: EntryNo,
    tags: &[String],
    live_ord: Option<i64>,
) -> Result<()> {
    for (position, name) in (0_i64..).zip(tags) {
        let no = match find(c, name)? {
            Some((no, _)) => no,
            None => {
                c.prepare_cached(ADD)?.execute([name])?;
                c.last_insert_rowid()
            }
        };
        c.prepare_cached(GIVE)?.execute(params![entry.0, position, no, live_ord])?;
    }
    Ok(())
}

/// Takes all tags from an entry.
pub(crate) fn take(c: &Connection, entry: EntryNo) -> Result<()> {
    c.prepare_cached(TAKE)?.execute([entry.0])?;
    Ok(())
}

/// Notes an entry's new place, none in the trash.
pub(crate) fn place(c: &Connection, entry: EntryNo, live_ord: Option<i64>) -> Result<()> {
    c.prepare_cached(MOVE)?.execute(params![entry.0, live_ord])?;
    Ok(())
}

/// Forgets tags that no entry has.
pub(crate) fn drop_unused(c: &Connection) -> Result<()> {
    c.prepare_cached(DROP_UNUSED)?.execute([])?;
    Ok(())
}

/// The tags in use outside the trash, the most used first.
pub(crate) fn counts(c: &Connection) -> Result<Vec<TagCount>> {
    let mut statement = c.prepare_cached(COUNTS)?;
    let found =
        statement.query_map([], |row| Ok(TagCount { tag: row.get(0)?, count: row.get(1)? }))?;
    Ok(found.collect::<Result<_, _>>()?)
}

/// Tags as they are kept: blanks at the ends removed, empty ones and repetitions left out.
pub(crate) fn tidy(tags: &[String]) -> Vec<String> {
    let mut kept: Vec<String> = Vec::with_capacity(tags.len());
    for tag in tags.iter().map(|tag| tag.trim()) {
        if !tag.is_empty() && !kept.iter().any(|known| known == tag) {
            kept.push(tag.to_owned());
        }
    }
    kept
}
