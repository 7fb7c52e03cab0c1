//! The table `commitment`.

use chrono::NaiveDate;
use fristed_base::{CommitmentId, MeetingId, MemberId, Moment, NetworkId};
use rusqlite::{Connection, OptionalExtension, Row, named_params, params};

use super::column::{
    day_number, day_or_none, id, id_or_none, moment, moment_or_none, number_of, one_of,
};
use super::meeting::MeetingNo;
use super::member::MemberNo;
use super::network::NetworkNo;
use crate::error::{CalendarError, Result};
use crate::model::{Commitment, CommitmentForm, CommitmentState, Promiser};

/// A commitment's number within the store.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct CommitmentNo(pub(crate) i64);

/// A row of `commitment`, without its history.
#[derive(Debug, Clone)]
pub(crate) struct CommitmentRecord {
    pub(crate) no: CommitmentNo,
    pub(crate) network_no: NetworkNo,
    /// When the meeting begins at which it was made, in milliseconds since 1970.
    pub(crate) meeting_start: Option<i64>,
    pub(crate) commitment: Commitment,
}

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT o.no, o.network, m.start_ms, o.id, n.id, m.id, o.mine, p.id, p.name, o.who, \
             o.what, o.due, o.state, o.made_ms, o.made_offset, o.closed_ms, o.closed_offset \
             FROM commitment o JOIN network n ON n.no = o.network \
             LEFT JOIN meeting m ON m.no = o.meeting LEFT JOIN member p ON p.no = o.member ",
            $rest
        )
    };
}

const BY_ID: &str = select!("WHERE o.id = ?1");
const OF_NETWORK: &str =
    select!("WHERE o.network = ?1 ORDER BY o.state <> 0, o.due IS NULL, o.due, o.no");
const MINE_OPEN: &str =
    select!("WHERE o.mine = 1 AND o.state = 0 ORDER BY o.due IS NULL, o.due, o.no");
const INSERT: &str = "INSERT INTO commitment (id, network, meeting, mine, member, who, what, due, \
     state, made_ms, made_offset, closed_ms, closed_offset) VALUES (:id, :network, :meeting, \
     :mine, :member, :who, :what, :due, 0, :made_ms, :made_offset, NULL, NULL)";
const UPDATE: &str = "UPDATE commitment SET mine = :mine, member = :member, who = :who, \
     what = :what, due = :due WHERE no = :no";
const SET_STATE: &str =
    "UPDATE commitment SET state = ?2, closed_ms = ?3, closed_offset = ?4 WHERE no = ?1";
const KEEP_NAME: &str = "UPDATE commitment SET who = ?2 WHERE member = ?1";
const MADE_AT: &str = "SELECT count(*) FROM commitment WHERE meeting = ?1";
const IN_NETWORK: &str = "SELECT count(*) FROM commitment WHERE network = ?1";
const DELETE: &str = "DELETE FROM commitment WHERE no = ?1";

/// Who promised, as it lies in the columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Who {
    pub(crate) mine: bool,
    pub(crate) member: Option<MemberNo>,
    pub(crate) name: String,
}

fn from_row(row: &Row<'_>) -> rusqlite::Result<CommitmentRecord> {
    let kept: String = row.get(9)?;
    let (who, who_name) = if row.get(6)? {
        (Promiser::Me, String::new())
    } else if let Some(member) = id_or_none(row, 7, MemberId::from_slice)? {
        (Promiser::Member(member), row.get(8)?)
    } else {
        (Promiser::Other(kept.clone()), kept)
    };
    Ok(CommitmentRecord {
        no: CommitmentNo(row.get(0)?),
        network_no: NetworkNo(row.get(1)?),
        meeting_start: row.get(2)?,
        commitment: Commitment {
            id: id(row, 3, CommitmentId::from_slice)?,
            network: id(row, 4, NetworkId::from_slice)?,
            meeting: id_or_none(row, 5, MeetingId::from_slice)?,
            form: CommitmentForm { who, what: row.get(10)?, due: day_or_none(row, 11)? },
            who_name,
            state: one_of(row, 12, &CommitmentState::ALL)?,
            made: moment(row, 13)?,
            closed: moment_or_none(row, 15)?,
            history: Vec::new(),
        },
    })
}

/// The commitment with this id.
///
/// # Errors
/// [`CalendarError::NotFound`].
pub(crate) fn by_id(c: &Connection, wanted: CommitmentId) -> Result<CommitmentRecord> {
    let found = c.prepare_cached(BY_ID)?.query_row([wanted.as_bytes()], from_row).optional()?;
    found.ok_or(CalendarError::NotFound)
}

/// The commitments of a network: open first, by due day.
pub(crate) fn of_network(c: &Connection, network: NetworkNo) -> Result<Vec<CommitmentRecord>> {
    let mut statement = c.prepare_cached(OF_NETWORK)?;
    let found = statement.query_map([network.0], from_row)?;
    Ok(found.collect::<Result<_, _>>()?)
}

/// The leader's open commitments, by due day.
pub(crate) fn mine_open(c: &Connection) -> Result<Vec<CommitmentRecord>> {
    let mut statement = c.prepare_cached(MINE_OPEN)?;
    let found = statement.query_map([], from_row)?;
    Ok(found.collect::<Result<_, _>>()?)
}

/// Adds an open commitment.
#[allow(clippy::too_many_arguments)]
pub(crate) fn insert(
    c: &Connection,
    id: CommitmentId,
    network: NetworkNo,
    meeting: Option<MeetingNo>,
    who: &Who,
    what: &str,
    due: Option<NaiveDate>,
    made: Moment,
) -> Result<()> {
    c.prepare_cached(INSERT)?.execute(named_params! {
        ":id": id.as_bytes(),
        ":network": network.0,
        ":meeting": meeting.map(|m| m.0),
        ":mine": who.mine,
        ":member": who.member.map(|m| m.0),
        ":who": who.name,
        ":what": what,
        ":due": due.map(day_number),
        ":made_ms": made.millis(),
        ":made_offset": made.offset_minutes(),
    })?;
    Ok(())
}

/// Changes who, what and by when.
pub(crate) fn update(
    c: &Connection,
    no: CommitmentNo,
    who: &Who,
    what: &str,
    due: Option<NaiveDate>,
) -> Result<()> {
    c.prepare_cached(UPDATE)?.execute(named_params! {
        ":no": no.0,
        ":mine": who.mine,
        ":member": who.member.map(|m| m.0),
        ":who": who.name,
        ":what": what,
        ":due": due.map(day_number),
    })?;
    Ok(())
}

/// Changes how it stands; `closed` is none where it is open.
pub(crate) fn set_state(
    c: &Connection,
    no: CommitmentNo,
    state: CommitmentState,
    closed: Option<Moment>,
) -> Result<()> {
    let state = number_of(&state, &CommitmentState::ALL);
    let (millis, offset) = (closed.map(|m| m.millis()), closed.map(|m| m.offset_minutes()));
    c.prepare_cached(SET_STATE)?.execute(params![no.0, state, millis, offset])?;
    Ok(())
}

/// Notes a member's name in their commitments, which keep it when the member goes.
pub(crate) fn keep_name(c: &Connection, member: MemberNo, name: &str) -> Result<()> {
    c.prepare_cached(KEEP_NAME)?.execute(params![member.0, name])?;
    Ok(())
}

/// How many were made at a meeting.
pub(crate) fn made_at(c: &Connection, meeting: MeetingNo) -> Result<u32> {
    Ok(c.prepare_cached(MADE_AT)?.query_row([meeting.0], |row| row.get(0))?)
}

/// How many a network has.
pub(crate) fn in_network(c: &Connection, network: NetworkNo) -> Result<u32> {
    Ok(c.prepare_cached(IN_NETWORK)?.query_row([network.0], |row| row.get(0))?)
}

/// Removes a commitment and its history.
pub(crate) fn delete(c: &Connection, no: CommitmentNo) -> Result<()> {
    c.prepare_cached(DELETE)?.execute([no.0])?;
    Ok(())
}
