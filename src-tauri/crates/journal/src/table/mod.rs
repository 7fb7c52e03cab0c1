//! Every table of the journal: one file each, its SQL as constants beside what they fill.

pub(crate) mod attachment;
pub(crate) mod blob;
pub(crate) mod column;
pub(crate) mod entry;
pub(crate) mod list;
pub(crate) mod revision;
pub(crate) mod room;
pub(crate) mod source;
pub(crate) mod tag;
pub(crate) mod unindexed;
pub(crate) mod word;
pub(crate) mod word_index;

use fristed_vault::Migration;

/// The journal's part of the store's schema; only ever appended to.
pub const MIGRATIONS: &[Migration] = &[
    Migration { number: 100, name: "journal", sql: include_str!("100_journal.sql") },
    Migration { number: 101, name: "search", sql: include_str!("101_search.sql") },
];

/// A store in memory with the journal's tables.
#[cfg(test)]
pub(crate) fn memory() -> rusqlite::Connection {
    let connection = rusqlite::Connection::open_in_memory().expect("memory");
    connection.pragma_update(None, "foreign_keys", true).expect("a pragma");
    connection.pragma_update(None, "trusted_schema", false).expect("a pragma");
    for migration in MIGRATIONS {
        connection.execute_batch(migration.sql).expect("a migration");
    }
    connection
}
