//! The table `commitment_change`: what a commitment was until it was changed.

use fristed_base::Moment;
use rusqlite::{Connection, params};

use super::column::{day_number, day_or_none, moment, number_of, one_of};
use super::commitment::CommitmentNo;
use crate::error::Result;
use crate::model::{Commitment, CommitmentChange, CommitmentState};

const OF_COMMITMENT: &str = "SELECT at_ms, at_offset, what, due, state FROM commitment_change \
     WHERE commitment = ?1 ORDER BY no DESC";
const INSERT: &str = "INSERT INTO commitment_change (commitment, at_ms, at_offset, what, due, state) \
     VALUES (?1, ?2, ?3, ?4, ?5, ?6)";

/// What a commitment was, latest first.
pub(crate) fn of_commitment(c: &Connection, no: CommitmentNo) -> Result<Vec<CommitmentChange>> {
    let mut statement = c.prepare_cached(OF_COMMITMENT)?;
    let found = statement.query_map([no.0], |row| {
        Ok(CommitmentChange {
            at: moment(row, 0)?,
            what: row.get(2)?,
            due: day_or_none(row, 3)?,
            state: one_of(row, 4, &CommitmentState::ALL)?,
        })
    })?;
    Ok(found.collect::<Result<_, _>>()?)
}

/// Keeps what a commitment is until now.
pub(crate) fn insert(
    c: &Connection,
    no: CommitmentNo,
    was: &Commitment,
    now: Moment,
) -> Result<()> {
    c.prepare_cached(INSERT)?.execute(params![
        no.0,
        now.millis(),
        now.offset_minutes(),
        was.form.what,
        was.form.due.map(day_number),
        number_of(&was.state, &CommitmentState::ALL),
    ])?;
    Ok(())
}
