//! Every table of sharing: one file each, its SQL as constants beside what they fill.

pub(crate) mod account;
pub(crate) mod column;
pub(crate) mod event;
pub(crate) mod file;
pub(crate) mod item;
pub(crate) mod outbox;
pub(crate) mod peer;
pub(crate) mod peer_identity;
pub(crate) mod reply_draft;
pub(crate) mod room;
pub(crate) mod words;

use fristed_vault::Migration;

/// Sharing's part of the store's schema; only ever appended to.
pub const MIGRATIONS: &[Migration] = &[
    Migration { number: 400, name: "sharing", sql: include_str!("400_sharing.sql") },
    Migration { number: 401, name: "identity", sql: include_str!("401_identity.sql") },
    Migration { number: 402, name: "readers", sql: include_str!("402_readers.sql") },
    Migration { number: 403, name: "drafts", sql: include_str!("403_drafts.sql") },
    Migration { number: 404, name: "excerpts", sql: include_str!("404_excerpts.sql") },
    Migration { number: 405, name: "left", sql: include_str!("405_left.sql") },
    Migration { number: 406, name: "changed", sql: include_str!("406_changed.sql") },
];

#[cfg(test)]
pub(crate) use trial::{at, memory};

#[cfg(test)]
mod trial {
    use std::path::Path;

    use rusqlite::Connection;

    use super::MIGRATIONS;

    /// A store with sharing's tables, in a file that a test may read.
    pub(crate) fn at(path: &Path) -> Connection {
        with_tables(Connection::open(path).expect("a file"))
    }

    /// A store in memory with sharing's tables.
    pub(crate) fn memory() -> Connection {
        with_tables(Connection::open_in_memory().expect("memory"))
    }

    fn with_tables(connection: Connection) -> Connection {
        let pragmas =
            [("foreign_keys", 1), ("secure_delete", 1), ("trusted_schema", 0), ("synchronous", 0)];
        for (name, value) in pragmas {
            connection.pragma(None, name, value, |_| Ok(())).expect("a pragma");
        }
        for migration in MIGRATIONS {
            connection.execute_batch(migration.sql).expect("a migration");
        }
        connection
    }
}
