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
const CHUNKS: &str = "SELECT content FROM blob_chunk WHERE blob = ?1 ORDER BY position";
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

/// Writes a content out, piece by piece.
pub(crate) fn read(c: &Connection, no: BlobNo, out: &mut dyn Write) -> Result<()> {
    let mut statement = c.prepare_cached(CHUNKS)?;
    let mut rows = statement.query([no.0])?;
    while let Some(row) = rows.next()? {
        let chunk = row.get_ref(0)?.as_blob().map_err(rusqlite::Error::from)?;
        out.write_all(chunk)?;
    }
    Ok(())
}

/// Whether a content still has the hash it was stored under.
pub(crate) fn is_sound(c: &Connection, no: BlobNo) -> Result<bool> {
    let expected: Vec<u8> = c.prepare_cached(HASH)?.query_row([no.0], |row| row.get(0))?;
    let mut hash = blake3::Hasher::new();
    read(c, no, &mut hash)?;
    Ok(hash.finalize().as_bytes().as_slice() == expected)
}

/// Removes the contents that no attachment has any more.
pub(crate) fn drop_unused(c: &Connection) -> Result<()> {
    c.prepare_cached(DROP_UNUSED)?.execute([])?;
    Ok(())
}
