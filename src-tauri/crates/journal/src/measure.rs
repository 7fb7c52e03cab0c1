//! The journal on a connection of any kind, for measuring it against SQLite without encryption.
//! Nothing else uses it.

use std::ops::ControlFlow;

use fristed_base::EntryId;
use fristed_base::Moment;
use rusqlite::Connection;

use crate::error::{JournalError, Mixed, Result};
use crate::model::{EntryRow, Filter, Hits, ImportOutcome, Incoming, Saved, Text};
use crate::search::index;
use crate::table::{MIGRATIONS, list};
use crate::{import, search, writing};

/// Makes the journal's tables.
///
/// # Errors
/// The store's.
pub fn make_tables(c: &Connection) -> Result<()> {
    for migration in MIGRATIONS {
        c.execute_batch(migration.sql)?;
    }
    Ok(())
}

/// [`crate::Journal::import`], within a transaction of the caller's.
///
/// # Errors
/// As there.
pub fn import(c: &Connection, incoming: impl Iterator<Item = Incoming>) -> Result<ImportOutcome> {
    let done =
        import::run::<JournalError>(c, &mut incoming.map(Ok), &mut |_| ControlFlow::Continue(()));
    done.map_err(Mixed::into_theirs)
}

/// [`crate::Journal::save`], within a transaction of the caller's.
///
/// # Errors
/// As there.
pub fn save(c: &Connection, id: EntryId, text: &Text, now: Moment) -> Result<Saved> {
    writing::save(c, id, text, now)
}

/// Brings the search index up to date, within a transaction of the caller's.
///
/// # Errors
/// The store's.
pub fn catch_up(c: &Connection) -> Result<()> {
    index::catch_up(c, None)
}

/// [`crate::Journal::search`].
///
/// # Errors
/// As there.
pub fn search(c: &Connection, typed: &str, offset: u32, limit: u32) -> Result<Hits> {
    search::search(c, typed, offset, limit)
}

/// The rows of [`crate::Journal::page`].
///
/// # Errors
/// As there.
pub fn page(c: &Connection, filter: &Filter, offset: u32, limit: u32) -> Result<Vec<EntryRow>> {
    Ok(list::page(c, filter, offset, limit)?.0)
}
