//! The table `attachment`: files that belong to entries.

use fristed_base::{AttachmentId, EntryId};
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::blob::BlobNo;
use super::column::id;
use super::entry::EntryNo;
use crate::error::{JournalError, Result};
use crate::model::Attachment;

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT a.id, e.id, a.name, a.media_type, b.size, b.no FROM attachment a \
             JOIN entry e ON e.no = a.entry JOIN blob b ON b.no = a.blob ",
            $rest
        )
    };
}

const BY_ID: &str = select!("WHERE a.id = ?1");
const OF_ENTRY: &str = select!("WHERE a.entry = ?1 ORDER BY a.no");
const ALL: &str = select!("ORDER BY a.no");
const INSERT: &str = "INSERT INTO attachment (id, entry, blob, name, media_type) \
     VALUES (?1, ?2, ?3, ?4, ?5)";
const DELETE: &str = "DELETE FROM attachment WHERE id = ?1";

fn from_row(row: &Row<'_>) -> rusqlite::Result<(Attachment, BlobNo)> {
    let attachment = Attachment {
        id: id(row, 0, AttachmentId::from_slice)?,
        entry: id(row, 1, EntryId::from_slice)?,
        name: row.get(2)?,
        media_type: row.get(3)?,
        size: row.get(4)?,
    };
    Ok((attachment, BlobNo(row.get(5)?)))
}

/// The attachment with this id and where its bytes are.
pub(crate) fn by_id(c: &Connection, wanted: AttachmentId) -> Result<(Attachment, BlobNo)> {
    Ok(c.prepare_cached(BY_ID)?.query_row([wanted.as_bytes()], from_row)?)
}

/// Whether an attachment has this id.
pub(crate) fn exists(c: &Connection, wanted: AttachmentId) -> Result<bool> {
    Ok(c.prepare_cached(BY_ID)?.query_row([wanted.as_bytes()], |_| Ok(())).optional()?.is_some())
}

/// The attachments of an entry in the order they were added.
pub(crate) fn of_entry(c: &Connection, entry: EntryNo) -> Result<Vec<Attachment>> {
    let mut statement = c.prepare_cached(OF_ENTRY)?;
    let found = statement.query_map([entry.0], |row| Ok(from_row(row)?.0))?;
    Ok(found.collect::<Result<_, _>>()?)
}

/// Every attachment and where its bytes are.
pub(crate) fn all(c: &Connection) -> Result<Vec<(Attachment, BlobNo)>> {
    let mut statement = c.prepare_cached(ALL)?;
    let found = statement.query_map([], from_row)?;
    Ok(found.collect::<Result<_, _>>()?)
}

/// Ties stored bytes to an entry.
pub(crate) fn insert(
    c: &Connection,
    new: AttachmentId,
    entry: EntryNo,
    blob: BlobNo,
    name: &str,
    media_type: &str,
) -> Result<()> {
    let row = params![new.as_bytes(), entry.0, blob.0, name, media_type];
    c.prepare_cached(INSERT)?.execute(row)?;
    Ok(())
}

/// Removes an attachment; its bytes stay until [`super::blob::drop_unused`].
pub(crate) fn delete(c: &Connection, wanted: AttachmentId) -> Result<()> {
    match c.prepare_cached(DELETE)?.execute([wanted.as_bytes()])? {
        0 => Err(JournalError::NotFound),
        _ => Ok(()),
    }
}
