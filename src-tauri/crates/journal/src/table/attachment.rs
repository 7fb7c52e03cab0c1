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
/// These name no other table; the two that are not indexed read the table from its start.
const NOS: &str = "SELECT no FROM attachment WHERE entry = ?1 ORDER BY no";
const NOS_UNINDEXED: &str = "SELECT no FROM attachment NOT INDEXED WHERE entry = ?1 ORDER BY no";
const BLOB: &str = "SELECT blob FROM attachment WHERE id = ?1";
const BLOB_UNINDEXED: &str = "SELECT blob FROM attachment NOT INDEXED WHERE id = ?1";
const ROW: &str = "SELECT id, name, media_type, blob FROM attachment WHERE no = ?1";

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

/// Where the bytes of the attachment with this id are, found with or without the index of ids.
pub(crate) fn blob_of(c: &Connection, wanted: AttachmentId, indexed: bool) -> Result<BlobNo> {
    let sql = if indexed { BLOB } else { BLOB_UNINDEXED };
    Ok(c.prepare_cached(sql)?.query_row([wanted.as_bytes()], |row| row.get(0).map(BlobNo))?)
}

/// The numbers of an entry's attachments, found with or without the index of entries.
pub(crate) fn nos(c: &Connection, entry: EntryNo, indexed: bool) -> Result<Vec<i64>> {
    let mut statement = c.prepare_cached(if indexed { NOS } else { NOS_UNINDEXED })?;
    let found = statement.query_map([entry.0], |row| row.get(0))?;
    Ok(found.collect::<Result<_, _>>()?)
}

/// What the row of an attachment tells of itself: all but its size, which is 0 here, and the id
/// of its entry, which is `entry`.
pub(crate) fn row(c: &Connection, no: i64, entry: EntryId) -> Result<(Attachment, BlobNo)> {
    Ok(c.prepare_cached(ROW)?.query_row([no], |row| {
        let id = id(row, 0, AttachmentId::from_slice)?;
        let attachment =
            Attachment { id, entry, name: row.get(1)?, media_type: row.get(2)?, size: 0 };
        Ok((attachment, BlobNo(row.get(3)?)))
    })?)
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
