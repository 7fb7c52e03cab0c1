//! Memory for work on many entries at once.

use rusqlite::Connection;

use super::{word, word_index};
use crate::error::Result;

const CACHE: &str = "cache_size";
const SHRINK: &str = "PRAGMA shrink_memory";

/// Pages that bulk work may keep, in kibibytes. With less, pages of the indexes that are written
/// all over are encrypted and decrypted again and again.
const ROOMY_CACHE: i64 = 64 * 1024;
/// New words that bulk work gathers before they are written, in bytes; and SQLite's own measure.
const ROOMY_HASH: u32 = 16 << 20;
const USUAL_HASH: u32 = 1 << 20;

/// Runs `work` with room for bulk work, and takes the room back after it.
pub(crate) fn with_room<T, E: From<rusqlite::Error> + From<crate::JournalError>>(
    c: &Connection,
    work: impl FnOnce() -> Result<T, E>,
) -> Result<T, E> {
    let usual: i64 = c.pragma_query_value(None, CACHE, |row| row.get(0))?;
    c.pragma_update(None, CACHE, -ROOMY_CACHE)?;
    word_index::set_hash_size(c, ROOMY_HASH)?;
    word::set_hash_size(c, ROOMY_HASH)?;
    let done = work();
    if done.is_ok() {
        // After a failure the transaction rolls back, and these with it.
        word_index::set_hash_size(c, USUAL_HASH)?;
        word::set_hash_size(c, USUAL_HASH)?;
    }
    c.pragma_update(None, CACHE, usual)?;
    c.execute_batch(SHRINK)?;
    done
}
