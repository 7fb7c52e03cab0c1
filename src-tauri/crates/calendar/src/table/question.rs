//! The table `question`: the network's questions for a meeting.

use fristed_base::EntryId;
use rusqlite::{Connection, params};

use super::column::id_or_none;
use super::meeting::MeetingNo;
use crate::error::Result;
use crate::model::Question;

const OF_MEETING: &str =
    "SELECT text, answer, entry FROM question WHERE meeting = ?1 ORDER BY position";
const INSERT: &str =
    "INSERT INTO question (meeting, position, text, answer, entry) VALUES (?1, ?2, ?3, ?4, ?5)";
const CLEAR: &str = "DELETE FROM question WHERE meeting = ?1";
const FORGET: &str = "UPDATE question SET entry = NULL WHERE entry = ?1";

/// The questions of a meeting, in order.
pub(crate) fn of_meeting(c: &Connection, meeting: MeetingNo) -> Result<Vec<Question>> {
    let mut statement = c.prepare_cached(OF_MEETING)?;
    let found = statement.query_map([meeting.0], |row| {
        let entry = id_or_none(row, 2, EntryId::from_slice)?;
        Ok(Question { text: row.get(0)?, answer: row.get(1)?, entry })
    })?;
    Ok(found.collect::<Result<_, _>>()?)
}

/// Gives a meeting these questions and no others.
pub(crate) fn set(c: &Connection, meeting: MeetingNo, questions: &[Question]) -> Result<()> {
    c.prepare_cached(CLEAR)?.execute([meeting.0])?;
    for (position, question) in (0_i64..).zip(questions) {
        let entry = question.entry.map(|entry| *entry.as_bytes());
        let row = params![meeting.0, position, question.text, question.answer, entry];
        c.prepare_cached(INSERT)?.execute(row)?;
    }
    Ok(())
}

/// Takes an entry from the questions that it answers.
pub(crate) fn forget_entry(c: &Connection, entry: EntryId) -> Result<()> {
    c.prepare_cached(FORGET)?.execute([entry.as_bytes()])?;
    Ok(())
}
