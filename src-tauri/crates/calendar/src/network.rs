//! Networks and their members, and what a day shows of them.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use chrono_tz::Tz;
use fristed_base::{MeetingId, MemberId, Moment, NetworkId};
use rusqlite::Connection;

use crate::calendar::Calendar;
use crate::error::{CalendarError, Result};
use crate::ical::{Budget, Window};
use crate::model::{
    MeetingRow, Member, MemberForm, Network, NetworkDay, NetworkForm, NetworkRow, Seen, Touched,
};
use crate::table::meeting::{self, MeetingRecord};
use crate::table::network::{self, NetworkRecord};
use crate::table::{commitment as commitments, dismissed, event, member};
use crate::view::Look;
use crate::{commitment, meeting as meetings, reminder};

/// How far ahead commitments count as due soon, in days.
const SOON: i64 = 7;
/// How far back and ahead suggestions are looked for, in days.
const BACK: i64 = 31;
const AHEAD: i64 = 400;
/// How many suggestions are given.
const SUGGESTIONS: usize = 40;

impl Calendar {
    /// Every network, in the order they were made.
    ///
    /// # Errors
    /// [`crate::CalendarError::Store`].
    pub fn networks(&self, here: Tz, now: Moment) -> Result<Vec<NetworkRow>> {
        let at = now.date_time().to_utc();
        self.read(|c| network::all(c)?.into_iter().map(|one| row(c, one, here, at)).collect())
    }

    /// A network, whole.
    ///
    /// # Errors
    /// [`crate::CalendarError::NotFound`].
    pub fn network(&self, id: NetworkId, here: Tz, now: Moment) -> Result<Network> {
        let at = now.date_time().to_utc();
        self.read(|c| {
            let record = network::by_id(c, id)?;
            let all = meetings::rows(c, &meeting::of_network(c, record.no)?)?;
            let (coming, mut held): (Vec<_>, Vec<_>) =
                all.into_iter().partition(|row| is_coming(row, here, at));
            held.reverse();
            let promised = commitments::of_network(c, record.no)?;
            Ok(Network {
                id,
                members: member::of_network(c, record.no)?,
                coming,
                held,
                suggestions: suggestions(c, &record, here, at)?,
                commitments: promised
                    .iter()
                    .map(|one| commitment::with_history(c, one))
                    .collect::<Result<_>>()?,
                form: record.form,
            })
        })
    }

    /// Makes a network.
    ///
    /// # Errors
    /// [`crate::CalendarError::Store`].
    pub fn network_create(&self, form: &NetworkForm) -> Result<NetworkId> {
        let id = NetworkId::new();
        self.write(|c| network::insert(c, id, form))?;
        Ok(id)
    }

    /// Changes a network.
    ///
    /// # Errors
    /// [`crate::CalendarError::NotFound`].
    pub fn network_change(&self, id: NetworkId, form: &NetworkForm) -> Result<()> {
        self.write(|c| network::update(c, id, form))
    }

    /// What goes along with a network: its meetings and commitments. Their events stay.
    ///
    /// # Errors
    /// [`crate::CalendarError::NotFound`].
    pub fn network_touches(&self, id: NetworkId) -> Result<Touched> {
        self.read(|c| {
            let no = network::by_id(c, id)?.no;
            let meetings = meetings::rows(c, &meeting::of_network(c, no)?)?;
            Ok(Touched { meetings, commitments: commitments::in_network(c, no)? })
        })
    }

    /// Whether there is such a network.
    ///
    /// # Errors
    /// [`crate::CalendarError::Store`].
    pub fn has_network(&self, id: NetworkId) -> Result<bool> {
        self.read(|c| match network::by_id(c, id) {
            Ok(_) => Ok(true),
            Err(CalendarError::NotFound) => Ok(false),
            Err(failed) => Err(failed),
        })
    }

    /// Removes a network with its members, meetings and commitments; its events stay.
    ///
    /// # Errors
    /// [`crate::CalendarError::NotFound`].
    pub fn network_delete(&self, id: NetworkId) -> Result<()> {
        self.write(|c| network::delete(c, id))
    }

    /// The members of a network, by name.
    ///
    /// # Errors
    /// [`crate::CalendarError::NotFound`].
    pub fn members(&self, id: NetworkId) -> Result<Vec<Member>> {
        self.read(|c| member::of_network(c, network::by_id(c, id)?.no))
    }

    /// Adds a member.
    ///
    /// # Errors
    /// [`crate::CalendarError::NotFound`].
    pub fn member_add(&self, network: NetworkId, form: &MemberForm) -> Result<Member> {
        let id = MemberId::new();
        self.write(|c| member::insert(c, id, network::by_id(c, network)?.no, form))?;
        Ok(Member { id, form: form.clone() })
    }

    /// Changes a member.
    ///
    /// # Errors
    /// [`crate::CalendarError::NotFound`].
    pub fn member_change(&self, id: MemberId, form: &MemberForm) -> Result<Member> {
        self.write(|c| {
            let (no, _) = member::find(c, id)?;
            member::update(c, no, form)?;
            commitments::keep_name(c, no, &form.name)
        })?;
        Ok(Member { id, form: form.clone() })
    }

    /// Removes a member; their commitments keep the name.
    ///
    /// # Errors
    /// [`crate::CalendarError::NotFound`].
    pub fn member_remove(&self, id: MemberId) -> Result<()> {
        self.write(|c| member::delete(c, member::find(c, id)?.0))
    }

    /// What a day shows of the networks.
    ///
    /// # Errors
    /// [`crate::CalendarError::Store`].
    pub fn network_day(&self, today: NaiveDate, here: Tz, now: Moment) -> Result<NetworkDay> {
        let at = now.date_time().to_utc();
        self.read(|c| {
            let coming = coming(c, here, at)?;
            let mut next = coming.iter().filter(|m| !m.row.cancelled && !m.row.detached);
            let next = next.next().map(|m| meetings::rows(c, std::slice::from_ref(m)));
            let open = commitments::mine_open(c)?;
            let soon = today.checked_add_signed(TimeDelta::days(SOON)).unwrap_or(today);
            let due = open.iter().filter(|one| one.commitment.form.due.is_some_and(|d| d <= soon));
            let due = due.map(|one| commitment::with_history(c, one)).collect::<Result<_>>()?;
            Ok(NetworkDay {
                next: next.transpose()?.and_then(|mut rows| rows.pop()),
                due,
                open: u32::try_from(open.len()).unwrap_or(u32::MAX),
                reminders: meetings::rows(c, &reminder::to_prepare(c, &coming, today, here)?)?,
            })
        })
    }

    /// Puts a meeting's reminders away that have come by today.
    ///
    /// # Errors
    /// [`crate::CalendarError::NotFound`].
    pub fn reminder_put_away(&self, id: MeetingId, today: NaiveDate) -> Result<()> {
        self.write(|c| meeting::put_away(c, meeting::by_id(c, id)?.no, today))
    }
}

/// Whether a meeting has not ended.
fn is_coming(row: &MeetingRow, here: Tz, now: DateTime<Utc>) -> bool {
    row.span.instants(here).1 > now
}

/// The meetings of all networks that have not ended, soonest first.
pub(crate) fn coming(c: &Connection, here: Tz, now: DateTime<Utc>) -> Result<Vec<MeetingRecord>> {
    // A day-long meeting counts by its day in UTC in the table.
    let mut all = meeting::ending_from(c, now - TimeDelta::days(1))?;
    all.retain(|record| is_coming(&record.row, here, now));
    all.sort_by_key(|record| record.row.span.instants(here).0);
    Ok(all)
}

fn row(c: &Connection, record: NetworkRecord, here: Tz, now: DateTime<Utc>) -> Result<NetworkRow> {
    let all = meeting::of_network(c, record.no)?;
    let next =
        all.iter().find(|m| is_coming(&m.row, here, now) && !m.row.cancelled && !m.row.detached);
    let next = next.map(|m| meetings::rows(c, std::slice::from_ref(m))).transpose()?;
    Ok(NetworkRow {
        id: record.id,
        members: record.members,
        next: next.and_then(|mut rows| rows.pop()),
        open_commitments: record.open,
        form: record.form,
    })
}

/// What a network's rule finds and is no meeting yet.
fn suggestions(
    c: &Connection,
    network: &NetworkRecord,
    here: Tz,
    now: DateTime<Utc>,
) -> Result<Vec<Seen>> {
    if network.form.title_contains.trim().is_empty() {
        return Ok(Vec::new());
    }
    let mut records = Vec::new();
    for (no, title, _) in event::titles(c)? {
        if fits(&network.form, &title) {
            records.push(event::by_no(c, no)?);
        }
    }
    let window = Window::new(now - TimeDelta::days(BACK), now + TimeDelta::days(AHEAD));
    let mut found = Look::new(c, here)?.expand(&records, &window, &mut Budget::view()).seen;
    let left_out = dismissed::of_network(c, network.no)?;
    found.retain(|seen| {
        let key = seen.key();
        seen.meeting.is_none() && !left_out.iter().any(|(uid, k)| **uid == *seen.uid && *k == key)
    });
    found.truncate(SUGGESTIONS);
    Ok(found)
}

/// Whether a title fits a network's rule.
pub(crate) fn fits(form: &NetworkForm, title: &str) -> bool {
    let rule = form.title_contains.trim().to_lowercase();
    !rule.is_empty() && title.to_lowercase().contains(&rule)
}
