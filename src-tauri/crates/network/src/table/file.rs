//! The table `shared_file`: where the files of events are.

use fristed_base::SharedFileId;
use rusqlite::{Connection, OptionalExtension, params};
use serde_json::Value;

use super::column::{id, json_or_none, to_json};
use super::event::EventNo;
use crate::error::Result;

/// A row of `shared_file`.
#[derive(Debug, Clone)]
pub(crate) struct FileRecord {
    pub(crate) id: SharedFileId,
    pub(crate) event: EventNo,
    pub(crate) source: Option<Value>,
}

const BY_ID: &str = "SELECT id, event, source FROM shared_file WHERE id = ?1";
const OF_EVENT: &str = "SELECT id, event, source FROM shared_file WHERE event = ?1";
const BYTES: &str = "SELECT bytes FROM shared_file WHERE id = ?1";
const INSERT: &str = "INSERT INTO shared_file (id, event, source, bytes) VALUES (?1, ?2, ?3, ?4)";
const UPLOADED: &str = "UPDATE shared_file SET source = ?2, bytes = NULL WHERE event = ?1";
const DELETE: &str = "DELETE FROM shared_file WHERE event = ?1";

/// The file with this id.
///
/// # Errors
/// [`crate::NetworkError::NotFound`].
pub(crate) fn by_id(c: &Connection, wanted: SharedFileId) -> Result<FileRecord> {
    Ok(c.prepare_cached(BY_ID)?.query_row([wanted.as_bytes()], from_row)?)
}

/// The file of an event.
pub(crate) fn of_event(c: &Connection, event: EventNo) -> Result<Option<FileRecord>> {
    Ok(c.prepare_cached(OF_EVENT)?.query_row([event.0], from_row).optional()?)
}

fn from_row(row: &rusqlite::Row<'_>) -> rusqlite::Result<FileRecord> {
    Ok(FileRecord {
        id: id(row, 0, SharedFileId::from_slice)?,
        event: EventNo(row.get(1)?),
        source: json_or_none(row, 2)?,
    })
}

/// The bytes of a file that was not uploaded yet.
pub(crate) fn bytes(c: &Connection, file: SharedFileId) -> Result<Option<Vec<u8>>> {
    Ok(c.prepare_cached(BYTES)?.query_row([file.as_bytes()], |row| row.get(0))?)
}

/// Adds the file of an event.
pub(crate) fn insert(
    c: &Connection,
    event: EventNo,
    source: Option<&Value>,
    bytes: Option<&[u8]>,
) -> Result<()> {
    let source = source.map(to_json).transpose()?;
    let id = SharedFileId::new();
    c.prepare_cached(INSERT)?.execute(params![id.as_bytes(), event.0, source, bytes])?;
    Ok(())
}

/// Notes where the file of an event is, and drops its bytes.
pub(crate) fn uploaded(c: &Connection, event: EventNo, source: &Value) -> Result<()> {
    c.prepare_cached(UPLOADED)?.execute(params![event.0, to_json(source)?])?;
    Ok(())
}

/// Removes the file of an event.
pub(crate) fn delete(c: &Connection, event: EventNo) -> Result<()> {
    c.prepare_cached(DELETE)?.execute([event.0])?;
    Ok(())
}
