//! The table `calendar`.

use fristed_base::CalendarId;
use rusqlite::{Connection, Row, params};

use super::column::{id, number_of, one_of};
use crate::error::{CalendarError, Result};
use crate::model::{CalendarInfo, CalendarKind, Colour};

/// A calendar's number within the store.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct CalendarNo(pub(crate) i64);

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT c.no, c.id, c.name, c.colour, c.shown, c.kind, \
             (SELECT count(*) FROM event e WHERE e.calendar = c.no AND e.pending <> 2) \
             FROM calendar c ",
            $rest
        )
    };
}

const BY_ID: &str = select!("WHERE c.id = ?1");
const ALL: &str = select!("ORDER BY c.no");
const INSERT: &str =
    "INSERT INTO calendar (id, name, colour, shown, kind) VALUES (?1, ?2, ?3, 1, ?4)";
const UPDATE: &str = "UPDATE calendar SET name = ?2, colour = ?3, shown = ?4 WHERE id = ?1";
const DELETE: &str = "DELETE FROM calendar WHERE id = ?1";

fn from_row(row: &Row<'_>) -> rusqlite::Result<(CalendarNo, CalendarInfo)> {
    let info = CalendarInfo {
        id: id(row, 1, CalendarId::from_slice)?,
        name: row.get(2)?,
        colour: one_of(row, 3, &Colour::ALL)?,
        shown: row.get(4)?,
        kind: one_of(row, 5, &CalendarKind::ALL)?,
        events: row.get(6)?,
        source: None,
    };
    Ok((CalendarNo(row.get(0)?), info))
}

/// The calendar with this id.
///
/// # Errors
/// [`CalendarError::NotFound`].
pub(crate) fn by_id(c: &Connection, wanted: CalendarId) -> Result<(CalendarNo, CalendarInfo)> {
    Ok(c.prepare_cached(BY_ID)?.query_row([wanted.as_bytes()], from_row)?)
}

/// Every calendar, in the order they were made.
pub(crate) fn all(c: &Connection) -> Result<Vec<(CalendarNo, CalendarInfo)>> {
    let mut statement = c.prepare_cached(ALL)?;
    let found = statement.query_map([], from_row)?;
    Ok(found.collect::<Result<_, _>>()?)
}

/// Adds a calendar.
pub(crate) fn insert(
    c: &Connection,
    id: CalendarId,
    name: &str,
    colour: Colour,
    kind: CalendarKind,
) -> Result<()> {
    let (colour, kind) = (number_of(&colour, &Colour::ALL), number_of(&kind, &CalendarKind::ALL));
    c.prepare_cached(INSERT)?.execute(params![id.as_bytes(), name, colour, kind])?;
    Ok(())
}

/// Changes what the leader chose of a calendar.
///
/// # Errors
/// [`CalendarError::NotFound`].
pub(crate) fn update(
    c: &Connection,
    id: CalendarId,
    name: &str,
    colour: Colour,
    shown: bool,
) -> Result<()> {
    let colour = number_of(&colour, &Colour::ALL);
    match c.prepare_cached(UPDATE)?.execute(params![id.as_bytes(), name, colour, shown])? {
        0 => Err(CalendarError::NotFound),
        _ => Ok(()),
    }
}

/// Removes a calendar and its events.
///
/// # Errors
/// [`CalendarError::NotFound`].
pub(crate) fn delete(c: &Connection, id: CalendarId) -> Result<()> {
    match c.prepare_cached(DELETE)?.execute([id.as_bytes()])? {
        0 => Err(CalendarError::NotFound),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::super::memory;
    use super::*;

    #[test]
    fn a_calendar_keeps_what_it_was_given_until_it_is_deleted() {
        let c = memory();
        let made = CalendarId::new();
        insert(&c, made, "Arbejde", Colour::Rose, CalendarKind::CalDav).expect("inserting");
        update(&c, made, "Skolen", Colour::Grey, false).expect("updating");
        let (_, info) = by_id(&c, made).expect("it is there");
        assert_eq!((info.name.as_str(), info.colour), ("Skolen", Colour::Grey));
        assert_eq!((info.shown, info.kind, info.events), (false, CalendarKind::CalDav, 0));
        assert_eq!(all(&c).expect("all").len(), 1);
        delete(&c, made).expect("deleting");
        assert!(matches!(by_id(&c, made), Err(CalendarError::NotFound)));
        assert!(matches!(delete(&c, made), Err(CalendarError::NotFound)));
    }
}
