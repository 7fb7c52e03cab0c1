//! The table `shared_words`: what a search looks in.

use rusqlite::{Connection, OptionalExtension as _, params};

use super::item::ItemNo;
use super::room::RoomNo;
use crate::error::Result;

const OF: &str = "SELECT text FROM shared_words WHERE rowid = ?1";
const INSERT: &str = "INSERT INTO shared_words (rowid, text) VALUES (?1, ?2)";
const DELETE: &str = "DELETE FROM shared_words WHERE rowid = ?1";
// Folded words have none of GLOB's own characters in them.
const WITH: &str = "SELECT i.no, w.text FROM shared_words w JOIN shared_item i ON i.no = w.rowid \
     WHERE w.text GLOB '*' || ?1 || '*' AND (?2 IS NULL OR i.room = ?2) \
     ORDER BY i.at_ms DESC, i.root DESC, i.no DESC";

/// Gives a thing these folded words and no others. Taking words out of the index takes longer than
/// everything else about a thing together, so those that are there already stay.
pub(crate) fn put(c: &Connection, item: ItemNo, words: &str) -> Result<()> {
    let known: Option<String> =
        c.prepare_cached(OF)?.query_row([item.0], |row| row.get(0)).optional()?;
    match known {
        Some(known) if known == words => return Ok(()),
        Some(_) => delete(c, item)?,
        None => {}
    }
    c.prepare_cached(INSERT)?.execute(params![item.0, words])?;
    Ok(())
}

/// Takes a thing's words out.
pub(crate) fn delete(c: &Connection, item: ItemNo) -> Result<()> {
    c.prepare_cached(DELETE)?.execute([item.0])?;
    Ok(())
}

/// The things whose words hold this one, and for which `all` says yes of their words, newest first.
pub(crate) fn with(
    c: &Connection,
    word: &str,
    room: Option<RoomNo>,
    all: impl Fn(&str) -> bool,
) -> Result<Vec<ItemNo>> {
    let mut statement = c.prepare_cached(WITH)?;
    let mut rows = statement.query(params![word, room.map(|room| room.0)])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        if all(row.get_ref(1)?.as_str().map_err(rusqlite::Error::from)?) {
            found.push(ItemNo(row.get(0)?));
        }
    }
    Ok(found)
}

/// The index itself, by its blocks.
#[cfg(test)]
pub(crate) fn index(c: &Connection) -> Result<Vec<(i64, Vec<u8>)>> {
    let mut blocks = c.prepare("SELECT id, block FROM shared_words_data ORDER BY id")?;
    let blocks = blocks.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(blocks.collect::<Result<_, _>>()?)
}
