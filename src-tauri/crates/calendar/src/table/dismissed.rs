//! The table `dismissed`: occurrences that are no meeting of a network.

use rusqlite::{Connection, params};

use super::network::NetworkNo;
use crate::error::Result;

const OF_NETWORK: &str = "SELECT uid, recurrence FROM dismissed WHERE network = ?1";
const INSERT: &str =
    "INSERT INTO dismissed (network, uid, recurrence) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING";

/// What a network's suggestions leave out, by UID and recurrence key.
pub(crate) fn of_network(c: &Connection, network: NetworkNo) -> Result<Vec<(String, String)>> {
    let mut statement = c.prepare_cached(OF_NETWORK)?;
    let found = statement.query_map([network.0], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(found.collect::<Result<_, _>>()?)
}

/// Leaves an occurrence out from now on.
pub(crate) fn insert(
    c: &Connection,
    network: NetworkNo,
    uid: &str,
    recurrence: &str,
) -> Result<()> {
    c.prepare_cached(INSERT)?.execute(params![network.0, uid, recurrence])?;
    Ok(())
}
