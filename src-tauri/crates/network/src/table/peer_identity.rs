//! The table `peer_identity`: by which identity each peer is known.

use rusqlite::{Connection, OptionalExtension as _, params};

use crate::error::Result;

const BY_USER: &str = "SELECT key FROM peer_identity WHERE user = ?1";
const PUT: &str = "INSERT INTO peer_identity (user, key) VALUES (?1, ?2) \
     ON CONFLICT (user) DO UPDATE SET key = excluded.key";

/// The key of somebody's identity.
pub(crate) fn by_user(c: &Connection, user: &str) -> Result<Option<String>> {
    Ok(c.prepare_cached(BY_USER)?.query_row([user], |row| row.get(0)).optional()?)
}

/// Notes the key of somebody's identity in the place of any other.
pub(crate) fn put(c: &Connection, user: &str, key: &str) -> Result<()> {
    c.prepare_cached(PUT)?.execute(params![user, key])?;
    Ok(())
}
