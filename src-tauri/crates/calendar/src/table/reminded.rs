//! The table `reminded`: reminders that were shown.

use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, params};

use crate::error::Result;

const FIND: &str = "SELECT 1 FROM reminded WHERE key = ?1";
const INSERT: &str = "INSERT INTO reminded (key, at_ms) VALUES (?1, ?2) ON CONFLICT DO NOTHING";
const DELETE: &str = "DELETE FROM reminded WHERE key = ?1";
const FORGET: &str = "DELETE FROM reminded WHERE at_ms < ?1";

/// Whether a reminder was shown.
pub(crate) fn exists(c: &Connection, key: &str) -> Result<bool> {
    Ok(c.prepare_cached(FIND)?.query_row([key], |_| Ok(())).optional()?.is_some())
}

/// Notes that a reminder was shown.
pub(crate) fn insert(c: &Connection, key: &str, at: DateTime<Utc>) -> Result<()> {
    c.prepare_cached(INSERT)?.execute(params![key, at.timestamp_millis()])?;
    Ok(())
}

/// Takes back that a reminder was shown.
pub(crate) fn delete(c: &Connection, key: &str) -> Result<()> {
    c.prepare_cached(DELETE)?.execute([key])?;
    Ok(())
}

/// Forgets those shown before an instant.
pub(crate) fn forget_before(c: &Connection, at: DateTime<Utc>) -> Result<()> {
    c.prepare_cached(FORGET)?.execute([at.timestamp_millis()])?;
    Ok(())
}
