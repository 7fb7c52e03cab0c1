//! The table `peer_identity`: by which identity each peer is known.

use rusqlite::{Connection, OptionalExtension as _, params};

use super::column::{number_of, one_of};
use crate::error::Result;
use crate::model::{Changed, PeerKey};

const BY_USER: &str = "SELECT key, changed FROM peer_identity WHERE user = ?1";
const PUT: &str = "INSERT INTO peer_identity (user, key) VALUES (?1, ?2) \
     ON CONFLICT (user) DO UPDATE SET key = excluded.key, \
     changed = iif(changed > 0 OR key <> excluded.key, 2, 0)";
const CHANGED: &str = "UPDATE peer_identity SET changed = ?2 WHERE user = ?1";

/// By which identity somebody is known.
pub(crate) fn by_user(c: &Connection, user: &str) -> Result<Option<PeerKey>> {
    let found = c.prepare_cached(BY_USER)?.query_row([user], |row| {
        Ok(PeerKey { key: row.get(0)?, changed: one_of(row, 1, &Changed::ALL)? })
    });
    Ok(found.optional()?)
}

/// Notes the key of somebody's identity in the place of any other, as the leader wishes.
pub(crate) fn put(c: &Connection, user: &str, key: &str) -> Result<()> {
    c.prepare_cached(PUT)?.execute(params![user, key])?;
    Ok(())
}

/// Notes that somebody's identity was seen to be another than the one that is known.
pub(crate) fn set_changed(c: &Connection, user: &str) -> Result<()> {
    let undecided = number_of(&Changed::Undecided, &Changed::ALL);
    c.prepare_cached(CHANGED)?.execute(params![user, undecided])?;
    Ok(())
}
