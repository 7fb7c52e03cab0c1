//! The table `agenda_item`.

use rusqlite::{Connection, params};

use super::meeting::MeetingNo;
use crate::error::Result;
use crate::model::AgendaItem;

const OF_MEETING: &str =
    "SELECT title, minutes FROM agenda_item WHERE meeting = ?1 ORDER BY position";
const INSERT: &str =
    "INSERT INTO agenda_item (meeting, position, title, minutes) VALUES (?1, ?2, ?3, ?4)";
const CLEAR: &str = "DELETE FROM agenda_item WHERE meeting = ?1";

/// The agenda of a meeting, in order.
pub(crate) fn of_meeting(c: &Connection, meeting: MeetingNo) -> Result<Vec<AgendaItem>> {
    let mut statement = c.prepare_cached(OF_MEETING)?;
    let found = statement.query_map([meeting.0], |row| {
        Ok(AgendaItem { title: row.get(0)?, minutes: row.get(1)? })
    })?;
    Ok(found.collect::<Result<_, _>>()?)
}

/// Gives a meeting this agenda and no other.
pub(crate) fn set(c: &Connection, meeting: MeetingNo, items: &[AgendaItem]) -> Result<()> {
    c.prepare_cached(CLEAR)?.execute([meeting.0])?;
    for (position, item) in (0_i64..).zip(items) {
        let row = params![meeting.0, position, item.title, item.minutes];
        c.prepare_cached(INSERT)?.execute(row)?;
    }
    Ok(())
}
