//! The tables `blob` and `blob_chunk`: bytes, in pieces, once for each content.

use std::io::{self, Read, Write};

use fristed_base::AttachmentId;
use rusqlite::{Connection, OptionalExtension, params};

use crate::error::{JournalError, Result};

/// The number of a content within the store.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct BlobNo(pub(crate) i64);

/// Bytes in one piece.
const CHUNK: usize = 256 * 1024;

/// The largest attachment, in bytes.
pub const ATTACHMENT_LIMIT: u32 = 50_000_000;

const ADD: &str = "INSERT INTO blob (hash, size) VALUES (?1, 0)";
const ADD_CHUNK: &str = "INSERT INTO blob_chunk (blob, position, content) VALUES (?1, ?2, ?3)";
const NAME: &str = "UPDATE blob SET hash = ?2, size = ?3 WHERE no = ?1";
const BY_HASH: &str = "SELECT no FROM blob WHERE hash = ?1";
const HASH: &str = "SELECT hash FROM blob WHERE no = ?1";
const DELETE: &str = "DELETE FROM blob WHERE no = ?1";
const CHUNKS: &str = "SELECT rowid FROM blob_chunk WHERE blob = ?1 ORDER BY position";
const CHUNKS_UNINDEXED: &str =
    "SELECT rowid FROM blob_chunk NOT INDEXED WHERE blob = ?1 ORDER BY position";
const CONTENT: &str = "SELECT content FROM blob_chunk WHERE rowid = ?1";
const SIZE: &str = "SELECT size FROM blob WHERE no = ?1";
/// Reads no content: how long it is stands before it.
const SIZE_OF_CHUNKS: &str = "SELECT sum(length(content)) FROM blob_chunk WHERE blob = ?1";
const DROP_UNUSED: &str = "DELETE FROM blob WHERE no NOT IN (SELECT blob FROM attachment)";

/// Stores what `content` gives, piece by piece, or finds it stored already.
///
/// # Errors
/// [`JournalError::AttachmentTooLarge`] above [`ATTACHMENT_LIMIT`]; the caller's transaction rolls
/// back what was written by then.
pub(crate) fn store(c: &Connection, content: &mut dyn Read) -> Result<BlobNo> {
    // Until the content's hash is known, a name that no hash will have stands in for it.
    let unnamed = AttachmentId::new();
    c.prepare_cached(ADD)?.execute([unnamed.as_bytes().as_slice()])?;
    let no = c.last_insert_rowid();

    let mut hash = blake3::Hasher::new();
    let mut size = 0_u32;
    let mut buffer = vec![0_u8; CHUNK];
    for position in 0_i64.. {
        let filled = fill(content, &mut buffer)?;
        if filled == 0 {
            break;
        }
        size = u32::try_from(filled)
            .ok()
            .and_then(|filled| size.checked_add(filled))
            .filter(|size| *size <= ATTACHMENT_LIMIT)
            .ok_or(JournalError::AttachmentTooLarge)?;
        hash.update(&buffer[..filled]);
        c.prepare_cached(ADD_CHUNK)?.execute(params![no, position, &buffer[..filled]])?;
    }

    let hash = hash.finalize();
    let known = c.prepare_cached(BY_HASH)?.query_row([hash.as_bytes()], |row| row.get(0));
    if let Some(known) = known.optional()? {
        c.prepare_cached(DELETE)?.execute([no])?;
        return Ok(BlobNo(known));
    }
    c.prepare_cached(NAME)?.execute(params![no, hash.as_bytes(), size])?;
    Ok(BlobNo(no))
}

/// Reads until the buffer is full or nothing is left.
fn fill(content: &mut dyn Read, buffer: &mut [u8]) -> io::Result<usize> {
    let mut filled = 0;
    while filled < buffer.len() {
        match content.read(&mut buffer[filled..]) {
            Ok(0) => break,
            Ok(count) => filled += count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(filled)
}

/// The pieces of a content in their order, found with or without their index. They are good for
/// the transaction that they were found in.
pub(crate) fn chunks(c: &Connection, no: BlobNo, indexed: bool) -> Result<Vec<i64>> {
    let mut statement = c.prepare_cached(if indexed { CHUNKS } else { CHUNKS_UNINDEXED })?;
    let found = statement.query_map([no.0], |row| row.get(0))?;
    Ok(found.collect::<Result<_, _>>()?)
}

/// Writes these pieces out, one after the other.
pub(crate) fn read(c: &Connection, chunks: &[i64], out: &mut dyn Write) -> Result<()> {
    let mut statement = c.prepare_cached(CONTENT)?;
    for chunk in chunks {
        let mut rows = statement.query([chunk])?;
        let row = rows.next()?.ok_or(rusqlite::Error::QueryReturnedNoRows)?;
        out.write_all(row.get_ref(0)?.as_blob().map_err(rusqlite::Error::from)?)?;
    }
    Ok(())
}

/// The size of a content in bytes, as it was noted or as its pieces have it.
pub(crate) fn size(c: &Connection, no: BlobNo, by_chunks: bool) -> Result<u32> {
    let sql = if by_chunks { SIZE_OF_CHUNKS } else { SIZE };
    Ok(c.prepare_cached(sql)?.query_row([no.0], |row| row.get::<_, Option<u32>>(0))?.unwrap_or(0))
}

/// Whether a content still has the hash it was stored under.
pub(crate) fn is_sound(c: &Connection, no: BlobNo) -> Result<bool> {
    let expected: Vec<u8> = c.prepare_cached(HASH)?.query_row([no.0], |row| row.get(0))?;
    let mut hash = blake3::Hasher::new();
    read(c, &chunks(c, no, true)?, &mut hash)?;
    Ok(hash.finalize().as_bytes().as_slice() == expected)
}

/// Removes the contents that no attachment has any more.
pub(crate) fn drop_unused(c: &Connection) -> Result<()> {
    c.prepare_cached(DROP_UNUSED)?.execute([])?;
    Ok(())
}
