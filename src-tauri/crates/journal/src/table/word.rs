//! The tables `word` and `word_part`: the vocabulary of the search index, and which words hold
//! which three letters.

use rusqlite::{Connection, OptionalExtension, params};

use crate::error::Result;

const COUNT: &str = "SELECT entries FROM word WHERE text = ?1";
const ADD: &str = "INSERT INTO word (text, entries) VALUES (?1, ?2)";
const ADD_PARTS: &str = "INSERT INTO word_part (rowid, text) VALUES (?1, ?2)";
const GROW: &str = "UPDATE word SET entries = entries + ?2 WHERE text = ?1";
const SHRINK: &str = "UPDATE word SET entries = entries - 1 WHERE text = ?1 RETURNING no, entries";
const DELETE: &str = "DELETE FROM word WHERE no = ?1";
const DELETE_PARTS: &str =
    "INSERT INTO word_part (word_part, rowid, text) VALUES ('delete', ?1, ?2)";
const COUNT_PARTS: &str =
    "SELECT count(*) FROM (SELECT 1 FROM word_part WHERE word_part MATCH ?1 LIMIT ?2)";
const WITH_PARTS: &str = "SELECT word.text FROM word_part \
     JOIN word ON word.no = word_part.rowid WHERE word_part MATCH ?1";
const FROM: &str = "SELECT text FROM word WHERE text >= ?1 AND text < ?2 LIMIT ?3";
const CLEAR: &str = "DELETE FROM word";
const CLEAR_PARTS: &str = "INSERT INTO word_part (word_part) VALUES ('delete-all')";
const HASH_SIZE: &str = "INSERT INTO word_part (word_part, rank) VALUES ('hashsize', ?1)";
const OPTIMIZE: &str = "INSERT INTO word_part (word_part) VALUES ('optimize')";
const SOUND: &str = "PRAGMA integrity_check(word_part)";

/// Notes that so many more entries hold this word.
pub(crate) fn grow(c: &Connection, text: &str, by: u32) -> Result<()> {
    if c.prepare_cached(GROW)?.execute(params![text, by])? == 0 {
        c.prepare_cached(ADD)?.execute(params![text, by])?;
        let no = c.last_insert_rowid();
        c.prepare_cached(ADD_PARTS)?.execute(params![no, text])?;
    }
    Ok(())
}

/// Notes that one entry less holds this word; the last one takes it out of the vocabulary.
pub(crate) fn shrink(c: &Connection, text: &str) -> Result<()> {
    let left = c
        .prepare_cached(SHRINK)?
        .query_row([text], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?)))
        .optional()?;
    if let Some((no, ..=0)) = left {
        c.prepare_cached(DELETE_PARTS)?.execute(params![no, text])?;
        c.prepare_cached(DELETE)?.execute([no])?;
    }
    Ok(())
}

/// How many entries hold exactly this word.
pub(crate) fn entries(c: &Connection, text: &str) -> Result<u32> {
    let found = c.prepare_cached(COUNT)?.query_row([text], |row| row.get(0)).optional()?;
    Ok(found.unwrap_or(0))
}

/// The words that contain `part`, which has three letters or more; none of them and `false` where
/// there are about `most` of them or more. Counting takes a few pages of the index, reading takes
/// a page for nearly each word.
pub(crate) fn containing(c: &Connection, part: &str, most: usize) -> Result<(Vec<String>, bool)> {
    let letters: Vec<char> = part.chars().collect();
    let mut query = String::new();
    for three in letters.windows(3) {
        if !query.is_empty() {
            query.push(' ');
        }
        query.push('"');
        query.extend(three);
        query.push('"');
    }
    let count: i64 =
        c.prepare_cached(COUNT_PARTS)?.query_row(params![query, limit(most)], |row| row.get(0))?;
    if count == limit(most) {
        return Ok((Vec::new(), false));
    }
    let mut statement = c.prepare_cached(WITH_PARTS)?;
    let mut rows = statement.query([query])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let text = row.get_ref(0)?.as_str().map_err(rusqlite::Error::from)?;
        if text.contains(part) {
            found.push(text.to_owned());
        }
    }
    Ok((found, true))
}

/// Words that begin with `start`; at most `most` of them. The second value is whether these are
/// all.
pub(crate) fn beginning(c: &Connection, start: &str, most: usize) -> Result<(Vec<String>, bool)> {
    let mut statement = c.prepare_cached(FROM)?;
    let after = format!("{start}{}", char::MAX);
    let rows = statement.query_map(params![start, after, limit(most)], |row| row.get(0))?;
    let mut found = rows.collect::<Result<Vec<_>, _>>()?;
    let all = found.len() <= most;
    found.truncate(most);
    Ok((found, all))
}

/// One more than asked for, which tells whether there are more.
fn limit(most: usize) -> i64 {
    i64::try_from(most).map_or(i64::MAX, |most| most.saturating_add(1))
}

/// Empties the vocabulary.
pub(crate) fn clear(c: &Connection) -> Result<()> {
    c.execute(CLEAR_PARTS, [])?;
    c.execute(CLEAR, [])?;
    Ok(())
}

/// Sets how many bytes of new words' parts are gathered in memory before they are written.
pub(crate) fn set_hash_size(c: &Connection, bytes: u32) -> Result<()> {
    c.execute(HASH_SIZE, [bytes])?;
    Ok(())
}

/// Joins all segments of the index of parts into one.
pub(crate) fn optimize(c: &Connection) -> Result<()> {
    c.execute(OPTIMIZE, [])?;
    Ok(())
}

/// Whether SQLite finds the index of parts sound; asked after a query, as in
/// [`super::word_index::is_sound`].
pub(crate) fn is_sound(c: &Connection) -> Result<bool> {
    containing(c, "aaa", 0)?;
    Ok(c.query_row(SOUND, [], |row| row.get::<_, String>(0))? == "ok")
}
