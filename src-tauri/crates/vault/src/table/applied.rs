//! Which migrations a store has been through.

use fristed_base::Moment;
use rusqlite::{Connection, Transaction, params};

use crate::migrate::Migration;

/// The vault's own migrations, numbers 1 to 99.
pub(crate) const OWN: &[Migration] = &[Migration {
    number: 1,
    name: "the vault's own tables",
    sql: "
        -- One row for each migration that this store has been through.
        CREATE TABLE migration (
            number INTEGER PRIMARY KEY,
            name TEXT NOT NULL,
            -- Milliseconds since 1970 in UTC.
            applied_at INTEGER NOT NULL
        ) STRICT;
        -- One row: a random mark of the session that last wrote here.
        CREATE TABLE session (
            one INTEGER PRIMARY KEY CHECK (one = 1),
            mark BLOB NOT NULL
        ) STRICT;
        INSERT INTO session (one, mark) VALUES (1, zeroblob(16));
    ",
}];

const APPLY: &str = "INSERT INTO migration (number, name, applied_at) VALUES (?1, ?2, ?3)";
const NUMBERS: &str = "SELECT number FROM migration ORDER BY number";

/// The rows of `migration`, and the number in the file's header that repeats the last of them.
pub(crate) struct Applied;

impl Applied {
    /// The number of the last migration; 0 for an empty store.
    ///
    /// It is `user_version` in the file's header, so that it can be read without any table.
    pub(crate) fn last(store: &Connection) -> rusqlite::Result<u32> {
        store.pragma_query_value(None, "user_version", |row| row.get(0))
    }

    /// Every number, ascending.
    pub(crate) fn numbers(store: &Connection) -> rusqlite::Result<Vec<u32>> {
        store.prepare(NUMBERS)?.query_map([], |row| row.get(0))?.collect()
    }

    /// Runs one migration and notes it.
    pub(crate) fn apply(
        change: &Transaction<'_>,
        migration: &Migration,
        now: Moment,
    ) -> rusqlite::Result<()> {
        change.execute_batch(migration.sql)?;
        change.execute(APPLY, params![migration.number, migration.name, now.millis()])?;
        change.pragma_update(None, "user_version", migration.number)
    }
}
