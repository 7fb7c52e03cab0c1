//! The table `brought`: the entries that are brought to a meeting.

use fristed_base::EntryId;
use rusqlite::{Connection, params};

use super::column::id;
use super::meeting::MeetingNo;
use super::network::NetworkNo;
use crate::error::Result;

const OF_MEETING: &str = "SELECT entry FROM brought WHERE meeting = ?1 ORDER BY position";
const OF_NETWORK: &str = "SELECT DISTINCT b.entry FROM brought b JOIN meeting m ON m.no = b.meeting \
     WHERE m.network = ?1 ORDER BY m.start_ms DESC, b.position LIMIT ?2";
const NAMED: &str = "SELECT entry FROM brought UNION \
     SELECT entry FROM question WHERE entry IS NOT NULL UNION \
     SELECT reflection FROM meeting WHERE reflection IS NOT NULL";
const INSERT: &str = "INSERT INTO brought (meeting, position, entry) VALUES (?1, ?2, ?3)";
const CLEAR: &str = "DELETE FROM brought WHERE meeting = ?1";
const FORGET: &str = "DELETE FROM brought WHERE entry = ?1";

/// The entries brought to a meeting, in order.
pub(crate) fn of_meeting(c: &Connection, meeting: MeetingNo) -> Result<Vec<EntryId>> {
    let mut statement = c.prepare_cached(OF_MEETING)?;
    let found = statement.query_map([meeting.0], |row| id(row, 0, EntryId::from_slice))?;
    Ok(found.collect::<Result<_, _>>()?)
}

/// The entries brought to a network's meetings, the latest first, at most `limit`.
pub(crate) fn of_network(c: &Connection, network: NetworkNo, limit: u32) -> Result<Vec<EntryId>> {
    let mut statement = c.prepare_cached(OF_NETWORK)?;
    let found =
        statement.query_map(params![network.0, limit], |row| id(row, 0, EntryId::from_slice))?;
    Ok(found.collect::<Result<_, _>>()?)
}

/// Every entry that any meeting names, each once.
pub(crate) fn named(c: &Connection) -> Result<Vec<EntryId>> {
    let mut statement = c.prepare_cached(NAMED)?;
    let found = statement.query_map([], |row| id(row, 0, EntryId::from_slice))?;
    Ok(found.collect::<Result<_, _>>()?)
}

/// Gives a meeting these entries and no others; one that is named twice is brought once.
pub(crate) fn set(c: &Connection, meeting: MeetingNo, entries: &[EntryId]) -> Result<()> {
    c.prepare_cached(CLEAR)?.execute([meeting.0])?;
    let mut known: Vec<EntryId> = Vec::with_capacity(entries.len());
    for entry in entries {
        if known.contains(entry) {
            continue;
        }
        let position = i64::try_from(known.len()).unwrap_or(i64::MAX);
        c.prepare_cached(INSERT)?.execute(params![meeting.0, position, entry.as_bytes()])?;
        known.push(*entry);
    }
    Ok(())
}

/// Takes an entry from every meeting.
pub(crate) fn forget_entry(c: &Connection, entry: EntryId) -> Result<()> {
    c.prepare_cached(FORGET)?.execute([entry.as_bytes()])?;
    Ok(())
}
