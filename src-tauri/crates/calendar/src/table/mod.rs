//! Every table of calendars and networks: one file each, its SQL as constants beside what they
//! fill.

pub(crate) mod account;
pub(crate) mod agenda_item;
pub(crate) mod brought;
pub(crate) mod calendar;
pub(crate) mod column;
pub(crate) mod commitment;
pub(crate) mod commitment_change;
pub(crate) mod conflict;
pub(crate) mod dismissed;
pub(crate) mod event;
pub(crate) mod meeting;
pub(crate) mod member;
pub(crate) mod network;
pub(crate) mod own_address;
pub(crate) mod question;
pub(crate) mod reminded;
pub(crate) mod reminding;
pub(crate) mod remote;
pub(crate) mod room_answer;
pub(crate) mod room_event;
pub(crate) mod source;

use fristed_vault::Migration;

/// The calendar's part of the store's schema; only ever appended to.
pub const MIGRATIONS: &[Migration] = &[
    Migration { number: 200, name: "calendar", sql: include_str!("200_calendar.sql") },
    Migration { number: 201, name: "network", sql: include_str!("201_network.sql") },
    Migration { number: 300, name: "source", sql: include_str!("300_source.sql") },
    Migration { number: 310, name: "notifications", sql: include_str!("310_notifications.sql") },
    Migration { number: 320, name: "room", sql: include_str!("320_room.sql") },
];

/// A store in memory with the calendar's tables.
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

/// How many rows a table has.
#[cfg(test)]
pub(crate) fn rows(c: &rusqlite::Connection, table: &str) -> u32 {
    c.query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get(0)).expect("a count")
}
