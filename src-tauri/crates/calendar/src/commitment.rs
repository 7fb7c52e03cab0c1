//! Commitments: what somebody promised to do, by when, carried from meeting to meeting until it
//! is closed.

pub mod line;

use chrono::NaiveDate;
use fristed_base::{CommitmentId, MeetingId, Moment, NetworkId};
use rusqlite::Connection;

use crate::calendar::Calendar;
use crate::error::{CalendarError, Result};
use crate::model::{Commitment, CommitmentForm, CommitmentState, Promiser, Span};
use crate::table::commitment::{self, CommitmentRecord, Who};
use crate::table::meeting::{self, MeetingRecord};
use crate::table::network::{self, NetworkNo};
use crate::table::{commitment_change, member};

impl Calendar {
    /// Understands a line such as "Mette: sender årshjulet inden fredag"; gives it with the name
    /// of who promised, empty for the leader.
    ///
    /// # Errors
    /// [`CalendarError::NotFound`].
    pub fn commitment_parse(
        &self,
        network: NetworkId,
        typed: &str,
        today: NaiveDate,
    ) -> Result<(CommitmentForm, String)> {
        self.read(|c| {
            let members = member::of_network(c, network::by_id(c, network)?.no)?;
            let names: Vec<&str> = members.iter().map(|m| m.form.name.as_str()).collect();
            let parsed = line::parse(typed, today, &names);
            let (who, name) = match parsed.who {
                line::Who::Me => (Promiser::Me, String::new()),
                line::Who::Known(at) => match members.get(at) {
                    Some(member) => (Promiser::Member(member.id), member.form.name.clone()),
                    None => (Promiser::Me, String::new()),
                },
                line::Who::Other(name) => (Promiser::Other(name.clone()), name),
            };
            Ok((CommitmentForm { who, what: parsed.what, due: parsed.due }, name))
        })
    }

    /// Notes what somebody promised.
    ///
    /// # Errors
    /// [`CalendarError::NotFound`], also where the meeting or the member is of another network.
    pub fn commitment_add(
        &self,
        network: NetworkId,
        meeting: Option<MeetingId>,
        form: &CommitmentForm,
        now: Moment,
    ) -> Result<Commitment> {
        let id = CommitmentId::new();
        self.write(|c| {
            let of = network::by_id(c, network)?.no;
            let meeting = meeting.map(|id| meeting::by_id(c, id)).transpose()?;
            if meeting.as_ref().is_some_and(|meeting| meeting.network_no != of) {
                return Err(CalendarError::NotFound);
            }
            let who = who(c, of, &form.who)?;
            let meeting = meeting.map(|meeting| meeting.no);
            commitment::insert(c, id, of, meeting, &who, &form.what, form.due, now)?;
            one(c, id)
        })
    }

    /// Changes who, what or by when; what it was is kept.
    ///
    /// # Errors
    /// [`CalendarError::NotFound`].
    pub fn commitment_change(
        &self,
        id: CommitmentId,
        form: &CommitmentForm,
        now: Moment,
    ) -> Result<Commitment> {
        self.write(|c| {
            let record = commitment::by_id(c, id)?;
            let was = &record.commitment.form;
            if was.what != form.what || was.due != form.due {
                commitment_change::insert(c, record.no, &record.commitment, now)?;
            }
            if was != form {
                let who = who(c, record.network_no, &form.who)?;
                commitment::update(c, record.no, &who, &form.what, form.due)?;
            }
            one(c, id)
        })
    }

    /// A commitment.
    ///
    /// # Errors
    /// [`CalendarError::NotFound`].
    pub fn commitment(&self, id: CommitmentId) -> Result<Commitment> {
        self.read(|c| one(c, id))
    }

    /// Changes how a commitment stands; how it stood is kept.
    ///
    /// # Errors
    /// [`CalendarError::NotFound`].
    pub fn commitment_set_state(
        &self,
        id: CommitmentId,
        state: CommitmentState,
        now: Moment,
    ) -> Result<Commitment> {
        self.write(|c| {
            let record = commitment::by_id(c, id)?;
            if record.commitment.state != state {
                commitment_change::insert(c, record.no, &record.commitment, now)?;
                let closed = (state != CommitmentState::Open).then_some(now);
                commitment::set_state(c, record.no, state, closed)?;
            }
            one(c, id)
        })
    }

    /// Removes a commitment and its history.
    ///
    /// # Errors
    /// [`CalendarError::NotFound`].
    pub fn commitment_delete(&self, id: CommitmentId) -> Result<()> {
        self.write(|c| commitment::delete(c, commitment::by_id(c, id)?.no))
    }
}

fn who(c: &Connection, network: NetworkNo, who: &Promiser) -> Result<Who> {
    Ok(match who {
        Promiser::Me => Who { mine: true, member: None, name: String::new() },
        Promiser::Other(name) => Who { mine: false, member: None, name: name.clone() },
        Promiser::Member(id) => {
            let (no, _) = member::find(c, *id)?;
            let known = member::of_network(c, network)?;
            let member = known.into_iter().find(|member| member.id == *id);
            let name = member.ok_or(CalendarError::NotFound)?.form.name;
            Who { mine: false, member: Some(no), name }
        }
    })
}

fn one(c: &Connection, id: CommitmentId) -> Result<Commitment> {
    with_history(c, &commitment::by_id(c, id)?)
}

/// A commitment with what it was before.
pub(crate) fn with_history(c: &Connection, record: &CommitmentRecord) -> Result<Commitment> {
    let history = commitment_change::of_commitment(c, record.no)?;
    Ok(Commitment { history, ..record.commitment.clone() })
}

/// Which commitments come to a meeting from those before it.
pub(crate) struct Carried {
    meeting: MeetingId,
    start: i64,
    /// When the meeting before began; none where there was none.
    previous: Option<i64>,
}

impl Carried {
    pub(crate) fn to(meeting: &MeetingRecord, previous: Option<&MeetingRecord>) -> Self {
        Self {
            meeting: meeting.row.id,
            start: start_of(meeting.row.span),
            previous: previous.map(|previous| start_of(previous.row.span)),
        }
    }

    /// Whether it was made before the meeting, and was open at its time or closed since the
    /// meeting before it.
    pub(crate) fn has(&self, record: &CommitmentRecord) -> bool {
        let commitment = &record.commitment;
        let made = record.meeting_start.unwrap_or_else(|| commitment.made.millis());
        let before = commitment.meeting != Some(self.meeting) && made < self.start;
        let closed = commitment.closed.map(|closed| closed.millis());
        let lives = match (closed, self.previous) {
            (Some(closed), Some(previous)) => closed >= previous,
            _ => true,
        };
        before && lives
    }
}

/// As the column `start_ms` has it.
fn start_of(span: Span) -> i64 {
    match span {
        Span::Timed(start, _) => start.timestamp_millis(),
        Span::Days(first, _) => first.and_time(chrono::NaiveTime::MIN).and_utc().timestamp_millis(),
    }
}
