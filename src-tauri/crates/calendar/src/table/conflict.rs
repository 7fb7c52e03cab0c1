//! The table `conflict`: events that were changed here and on the server.

use fristed_base::ConflictId;
use rusqlite::{Connection, Row, params};

use super::calendar::CalendarNo;
use super::column::id;
use super::event::EventNo;
use crate::error::Result;

/// A row of `conflict`.
#[derive(Debug, Clone)]
pub(crate) struct ConflictRecord {
    pub(crate) event: EventNo,
    pub(crate) id: ConflictId,
    /// The text and its version; none where it is gone.
    pub(crate) theirs: Option<(String, String)>,
}

const BY_ID: &str = "SELECT event, id, theirs, etag FROM conflict WHERE id = ?1";
const IN_CALENDAR: &str = "SELECT f.event, f.id, f.theirs, f.etag FROM conflict f \
     JOIN event e ON e.no = f.event WHERE e.calendar = ?1 ORDER BY f.event";
// A conflict that goes on keeps its id, so that whoever looks at it can still answer.
const PUT: &str = "INSERT INTO conflict (event, id, theirs, etag) VALUES (?1, ?2, ?3, ?4) \
     ON CONFLICT (event) DO UPDATE SET theirs = excluded.theirs, etag = excluded.etag";
const DELETE: &str = "DELETE FROM conflict WHERE event = ?1";

fn from_row(row: &Row<'_>) -> rusqlite::Result<ConflictRecord> {
    let theirs: Option<String> = row.get(2)?;
    let etag: Option<String> = row.get(3)?;
    Ok(ConflictRecord {
        event: EventNo(row.get(0)?),
        id: id(row, 1, ConflictId::from_slice)?,
        theirs: theirs.zip(etag),
    })
}

/// The conflict with this id.
///
/// # Errors
/// [`crate::CalendarError::NotFound`].
pub(crate) fn by_id(c: &Connection, wanted: ConflictId) -> Result<ConflictRecord> {
    Ok(c.prepare_cached(BY_ID)?.query_row([wanted.as_bytes()], from_row)?)
}

/// The conflicts of a calendar.
pub(crate) fn of_calendar(c: &Connection, calendar: CalendarNo) -> Result<Vec<ConflictRecord>> {
    let mut statement = c.prepare_cached(IN_CALENDAR)?;
    let found = statement.query_map([calendar.0], from_row)?;
    Ok(found.collect::<Result<_, _>>()?)
}

/// Notes what the server has of an event that was changed here too.
pub(crate) fn put(c: &Connection, event: EventNo, theirs: Option<(&str, &str)>) -> Result<()> {
    let (text, etag) = theirs.unzip();
    let id = ConflictId::new();
    c.prepare_cached(PUT)?.execute(params![event.0, id.as_bytes(), text, etag])?;
    Ok(())
}

/// Ends a conflict, where there is one.
pub(crate) fn delete(c: &Connection, event: EventNo) -> Result<()> {
    c.prepare_cached(DELETE)?.execute([event.0])?;
    Ok(())
}
