//! The table `source`: where imported entries came from.

use rusqlite::{Connection, OptionalExtension, params};

use super::entry::EntryNo;
use crate::error::Result;
use crate::model::SourceKey;

const FIND: &str = "SELECT 1 FROM source WHERE key = ?1";
const INSERT: &str = "INSERT INTO source (key, entry) VALUES (?1, ?2)";

/// Whether an entry of this origin is in the journal, the trash included.
pub(crate) fn exists(c: &Connection, key: &SourceKey) -> Result<bool> {
    Ok(c.prepare_cached(FIND)?.query_row([key.0], |_| Ok(())).optional()?.is_some())
}

/// Notes an entry's origin.
pub(crate) fn insert(c: &Connection, key: &SourceKey, entry: EntryNo) -> Result<()> {
    c.prepare_cached(INSERT)?.execute(params![key.0, entry.0])?;
    Ok(())
}
