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
#[cfg(test)]
use rusqlite::Connection;

/// Gives the indexes the form in which words leave at once; once more after they were emptied,
/// which takes the form back.
pub(crate) const SEARCH_FORM: &str = include_str!("102_search_form.sql");

/// The journal's part of the store's schema; only ever appended to.
pub const MIGRATIONS: &[Migration] = &[
    Migration { number: 100, name: "journal", sql: include_str!("100_journal.sql") },
    Migration { number: 101, name: "search", sql: include_str!("101_search.sql") },
    Migration { number: 102, name: "search form", sql: SEARCH_FORM },
];

/// A store in memory with the journal's tables.
#[cfg(test)]
pub(crate) fn memory() -> Connection {
    let connection = Connection::open_in_memory().expect("memory");
    connection.pragma_update(None, "foreign_keys", true).expect("a pragma");
    connection.pragma_update(None, "trusted_schema", false).expect("a pragma");
    for migration in MIGRATIONS {
        connection.execute_batch(migration.sql).expect("a migration");
    }
    connection
}

/// How many rows a table has.
#[cfg(test)]
pub(crate) fn rows(c: &Connection, table: &str) -> u32 {
    c.query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get(0)).expect("a count")
}

/// The tables that hold these letters anywhere, the search index's own too.
#[cfg(test)]
pub(crate) fn tables_that_hold(c: &Connection, letters: &str) -> Vec<String> {
    use rusqlite::types::ValueRef;

    let mut tables = c
        .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE '%VIRTUAL%'")
        .expect("the schema");
    let tables = tables.query_map([], |row| row.get::<_, String>(0)).expect("tables");
    let mut found = Vec::new();
    for table in tables.map(|table| table.expect("a table")) {
        let mut all = c.prepare(&format!("SELECT * FROM {table}")).expect("a table");
        let columns = all.column_count();
        let mut rows = all.query([]).expect("rows");
        while let Some(row) = rows.next().expect("a row") {
            for at in 0..columns {
                let (ValueRef::Text(bytes) | ValueRef::Blob(bytes)) =
                    row.get_ref(at).expect("a column")
                else {
                    continue;
                };
                if bytes.windows(letters.len()).any(|part| part == letters.as_bytes()) {
                    found.push(table.clone());
                }
            }
        }
    }
    found
}
