//! The mark of the session that last wrote to the store.

use rusqlite::{Connection, OptionalExtension};

const WRITE: &str = "UPDATE session SET mark = ?1 WHERE one = 1";
const READ: &str = "SELECT mark FROM session WHERE one = 1";

/// The one row of `session`.
pub(crate) struct SessionMark;

impl SessionMark {
    /// The mark, where the store has one.
    pub(crate) fn read(store: &Connection) -> rusqlite::Result<Option<[u8; 16]>> {
        store.query_row(READ, [], |row| row.get(0)).optional()
    }

    /// Sets the mark.
    pub(crate) fn write(store: &Connection, mark: &[u8; 16]) -> rusqlite::Result<()> {
        store.execute(WRITE, [mark]).map(drop)
    }
}
