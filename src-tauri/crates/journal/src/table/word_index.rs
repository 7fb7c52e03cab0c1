//! The table `word_index`: folded words of every entry outside the trash, and which rule folded
//! them.

use rusqlite::{Connection, params};

use super::entry::EntryNo;
use crate::error::Result;

const INSERT: &str = "INSERT INTO word_index (rowid, title, body, tags) VALUES (?1, ?2, ?3, ?4)";
const DELETE: &str = "INSERT INTO word_index (word_index, rowid, title, body, tags) \
     VALUES ('delete', ?1, ?2, ?3, ?4)";
const CLEAR: &str = "INSERT INTO word_index (word_index) VALUES ('delete-all')";
const SOUND: &str = "PRAGMA integrity_check(word_index)";
const HITS: &str = "SELECT e.no, e.ord FROM \
     (SELECT rowid AS ord FROM word_index WHERE word_index MATCH ?1 AND rowid BETWEEN ?2 AND ?3 \
     ORDER BY rowid DESC LIMIT ?4 OFFSET ?5) AS hit \
     JOIN entry e ON e.ord = hit.ord ORDER BY hit.ord DESC";
const STREAM: &str = "SELECT rowid FROM word_index WHERE word_index MATCH ?1 \
     AND rowid BETWEEN ?2 AND ?3 ORDER BY rowid DESC";
const COUNT: &str = "SELECT count(*) FROM word_index WHERE word_index MATCH ?1 \
     AND rowid BETWEEN ?2 AND ?3";
const HASH_SIZE: &str = "INSERT INTO word_index (word_index, rank) VALUES ('hashsize', ?1)";
const OPTIMIZE: &str = "INSERT INTO word_index (word_index) VALUES ('optimize')";
const RULE: &str = "SELECT fold FROM word_rule";
const SET_RULE: &str = "UPDATE word_rule SET fold = ?1";
const TEXT_AT: &str = "SELECT e.no, t.title, t.body FROM entry e \
     JOIN entry_text t ON t.entry = e.no WHERE e.ord = ?1";

/// What the index holds for one entry: folded words with spaces between them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Document {
    pub(crate) title: String,
    pub(crate) body: String,
    /// The tags' words, and the marks of [`crate::search::index`] that stand for whole tags.
    pub(crate) tags: String,
}

/// Adds a document at a place that has none.
pub(crate) fn insert(c: &Connection, ord: i64, document: &Document) -> Result<()> {
    let Document { title, body, tags } = document;
    c.prepare_cached(INSERT)?.execute(params![ord, title, body, tags])?;
    Ok(())
}

/// Takes a document out; it must be the one that was put in.
pub(crate) fn delete(c: &Connection, ord: i64, document: &Document) -> Result<()> {
    let Document { title, body, tags } = document;
    c.prepare_cached(DELETE)?.execute(params![ord, title, body, tags])?;
    Ok(())
}

/// Empties the index.
pub(crate) fn clear(c: &Connection) -> Result<()> {
    c.execute(CLEAR, [])?;
    Ok(())
}

/// Sets how many bytes of new words are gathered in memory before they are written.
pub(crate) fn set_hash_size(c: &Connection, bytes: u32) -> Result<()> {
    c.execute(HASH_SIZE, [bytes])?;
    Ok(())
}

/// Joins all segments of the index into one, so that a word is looked up once and not in each.
pub(crate) fn optimize(c: &Connection) -> Result<()> {
    c.execute(OPTIMIZE, [])?;
    Ok(())
}

/// The rule by which the index's words were folded.
pub(crate) fn rule(c: &Connection) -> Result<i64> {
    Ok(c.prepare_cached(RULE)?.query_row([], |row| row.get(0))?)
}

/// Notes the rule by which the index's words were folded.
pub(crate) fn set_rule(c: &Connection, rule: i64) -> Result<()> {
    c.execute(SET_RULE, [rule])?;
    Ok(())
}

/// A range of places, both ends included.
pub(crate) type Range = (i64, i64);

/// The entries that match and their places, newest first.
pub(crate) fn hits(
    c: &Connection,
    query: &str,
    range: Range,
    offset: usize,
    limit: usize,
) -> Result<Vec<(EntryNo, i64)>> {
    let mut statement = c.prepare_cached(HITS)?;
    let (limit, offset) = (count_of(limit), count_of(offset));
    let found = statement.query_map(params![query, range.0, range.1, limit, offset], |row| {
        Ok((EntryNo(row.get(0)?), row.get(1)?))
    })?;
    Ok(found.collect::<Result<_, _>>()?)
}

/// How many entries match.
pub(crate) fn count(c: &Connection, query: &str, range: Range) -> Result<usize> {
    let found: i64 =
        c.prepare_cached(COUNT)?.query_row(params![query, range.0, range.1], |row| row.get(0))?;
    Ok(usize::try_from(found).unwrap_or(0))
}

/// Hands the places that match to `each`, newest first, until it gives `false`.
pub(crate) fn stream(
    c: &Connection,
    query: &str,
    range: Range,
    mut each: impl FnMut(i64) -> Result<bool>,
) -> Result<()> {
    let mut statement = c.prepare_cached(STREAM)?;
    let mut rows = statement.query(params![query, range.0, range.1])?;
    while let Some(row) = rows.next()? {
        if !each(row.get(0)?)? {
            break;
        }
    }
    Ok(())
}

/// Hands title and body of the entry at this place to `look`.
pub(crate) fn text_at<T>(
    c: &Connection,
    ord: i64,
    look: impl FnOnce(EntryNo, &str, &str) -> T,
) -> Result<T> {
    let mut statement = c.prepare_cached(TEXT_AT)?;
    let mut look = Some(look);
    Ok(statement.query_row([ord], |row| {
        let title = row.get_ref(1)?.as_str()?;
        let body = row.get_ref(2)?.as_str()?;
        let look = look.take().ok_or(rusqlite::Error::QueryReturnedMoreThanOneRow)?;
        Ok(look(EntryNo(row.get(0)?), title, body))
    })?)
}

fn count_of(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// Whether SQLite finds the index sound.
///
/// FTS5's check (SQLite 3.46) begins from the list of segments that the connection read last, which
/// a writer may have replaced since; a query reads it anew.
pub(crate) fn is_sound(c: &Connection) -> Result<bool> {
    count(c, "\"\"", (0, 0))?;
    Ok(c.query_row(SOUND, [], |row| row.get::<_, String>(0))? == "ok")
}
