//! Meetings: occurrences that belong to a network, with all that is gathered around them.

use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};

use chrono_tz::Tz;
use fristed_base::{EntryId, EventId, MeetingId, MemberId, NetworkId};
use rusqlite::Connection;

use crate::calendar::Calendar;
use crate::commitment::{self, Carried};
use crate::error::{CalendarError, Result};
use crate::event::{choose, object};
use crate::ical::{Object, Occurrence, PartStat, Summary};
use crate::model::{
    AgendaItem, CarriedOver, Meeting, MeetingPeople, MeetingRow, MeetingText, Question, Seen,
    Touched,
};
use crate::occurrence::{find, key_of, snapshot};
use crate::room::with_answers;
use crate::series::Change;
use crate::table::calendar::CalendarNo;
use crate::table::commitment::CommitmentRecord;
use crate::table::event::EventRecord;
use crate::table::meeting::{self, MeetingRecord};
use crate::table::member::{self, MemberNo};
use crate::table::network::{self, NetworkNo};
use crate::table::{agenda_item, brought, commitment as commitments, dismissed, event, question};
use crate::view::Look;

/// How many of the entries brought before are looked at for suggestions.
const BROUGHT_BEFORE: u32 = 50;

impl Calendar {
    /// Makes a meeting of an occurrence; one that is a meeting of this network stays the one it is.
    ///
    /// # Errors
    /// [`CalendarError::AlreadyMeeting`] where it is one of another network,
    /// [`CalendarError::NotFound`].
    pub fn meeting_tie(
        &self,
        network: NetworkId,
        (event, key): (EventId, Option<&str>),
        here: Tz,
    ) -> Result<MeetingId> {
        self.write(|c| tie(c, network, (event, key), here))
    }

    /// Ties a meeting to another occurrence, as a detached one has to be.
    ///
    /// # Errors
    /// [`CalendarError::AlreadyMeeting`] where that occurrence is another meeting,
    /// [`CalendarError::NotFound`].
    pub fn meeting_retie(
        &self,
        id: MeetingId,
        (event, key): (EventId, Option<&str>),
        here: Tz,
    ) -> Result<()> {
        self.write(|c| {
            let record = meeting::by_id(c, id)?;
            let chosen = choose(c, event, key, here)?;
            let (uid, key) = (chosen.object.uid(), key_of(&chosen.occurrence));
            if meeting::of_occurrence(c, uid, &key)?.is_some_and(|other| other.no != record.no) {
                return Err(CalendarError::AlreadyMeeting);
            }
            meeting::point(c, record.no, uid, &key)?;
            meeting::set_snapshot(c, record.no, &snapshot(&chosen.occurrence))
        })
    }

    /// Says that an occurrence is no meeting of a network; it is not suggested again.
    ///
    /// # Errors
    /// [`CalendarError::NotFound`].
    pub fn suggestion_dismiss(
        &self,
        network: NetworkId,
        (event, key): (EventId, Option<&str>),
        here: Tz,
    ) -> Result<()> {
        self.write(|c| {
            let of = network::by_id(c, network)?;
            let chosen = choose(c, event, key, here)?;
            dismissed::insert(c, of.no, chosen.object.uid(), &key_of(&chosen.occurrence))
        })
    }

    /// A meeting, whole.
    ///
    /// # Errors
    /// [`CalendarError::NotFound`].
    pub fn meeting(&self, id: MeetingId, here: Tz) -> Result<Meeting> {
        self.read(|c| whole(c, id, here))
    }

    /// Removes a meeting; its event stays, and what was promised at it too.
    ///
    /// # Errors
    /// [`CalendarError::NotFound`].
    pub fn meeting_delete(&self, id: MeetingId) -> Result<()> {
        self.write(|c| meeting::delete(c, meeting::by_id(c, id)?.no))
    }

    /// What deleting a meeting also touches: the commitments that stay without it.
    ///
    /// # Errors
    /// [`CalendarError::NotFound`].
    pub fn meeting_touches(&self, id: MeetingId) -> Result<Touched> {
        self.read(|c| {
            let commitments = commitments::made_at(c, meeting::by_id(c, id)?.no)?;
            Ok(Touched { meetings: Vec::new(), commitments })
        })
    }

    /// Saves a meeting's texts; they are on the disk when this returns. Gives the new version.
    ///
    /// # Errors
    /// [`CalendarError::Changed`] where the store has a newer version, [`CalendarError::NotFound`].
    pub fn meeting_save(&self, id: MeetingId, text: &MeetingText) -> Result<u32> {
        self.write(|c| {
            let no = meeting::by_id(c, id)?.no;
            let kept = meeting::text(c, no)?;
            if kept.version != text.version {
                return Err(CalendarError::Changed);
            }
            if kept == *text {
                return Ok(kept.version);
            }
            let version = kept.version.saturating_add(1);
            meeting::save(c, no, &MeetingText { version, ..text.clone() })?;
            Ok(version)
        })
    }

    /// Gives a meeting this agenda and no other.
    ///
    /// # Errors
    /// [`CalendarError::NotFound`].
    pub fn meeting_set_agenda(&self, id: MeetingId, items: &[AgendaItem]) -> Result<()> {
        self.write(|c| agenda_item::set(c, meeting::by_id(c, id)?.no, items))
    }

    /// Gives a meeting these questions and no others.
    ///
    /// # Errors
    /// [`CalendarError::NotFound`].
    pub fn meeting_set_questions(&self, id: MeetingId, questions: &[Question]) -> Result<()> {
        self.write(|c| question::set(c, meeting::by_id(c, id)?.no, questions))
    }

    /// Brings these entries to a meeting and no others.
    ///
    /// # Errors
    /// [`CalendarError::NotFound`].
    pub fn meeting_set_entries(&self, id: MeetingId, entries: &[EntryId]) -> Result<()> {
        self.write(|c| brought::set(c, meeting::by_id(c, id)?.no, entries))
    }

    /// Sets who hosts and who facilitates a meeting, and its method.
    ///
    /// # Errors
    /// [`CalendarError::NotFound`], also of a member of another network.
    pub fn meeting_set_people(&self, id: MeetingId, people: &MeetingPeople) -> Result<()> {
        self.write(|c| {
            let record = meeting::by_id(c, id)?;
            let host = member_of(c, record.network_no, people.host)?;
            let facilitator = member_of(c, record.network_no, people.facilitator)?;
            meeting::set_people(c, record.no, host, facilitator, &people.method)
        })
    }

    /// Sets or takes the leader's word that she is ready.
    ///
    /// # Errors
    /// [`CalendarError::NotFound`].
    pub fn meeting_set_ready(&self, id: MeetingId, ready: bool) -> Result<()> {
        self.write(|c| meeting::set_ready(c, meeting::by_id(c, id)?.no, ready))
    }

    /// Ties the reflection afterwards to a meeting, or none.
    ///
    /// # Errors
    /// [`CalendarError::NotFound`].
    pub fn meeting_set_reflection(&self, id: MeetingId, entry: Option<EntryId>) -> Result<()> {
        self.write(|c| meeting::set_reflection(c, meeting::by_id(c, id)?.no, entry))
    }

    /// The meetings to which an entry was brought, or on which it reflects, latest first.
    ///
    /// # Errors
    /// [`CalendarError::Store`].
    pub fn entry_meetings(&self, entry: EntryId) -> Result<Vec<MeetingRow>> {
        self.read(|c| rows(c, &meeting::of_entry(c, entry)?))
    }

    /// The entries that were brought to meetings of this one's network before, the latest first.
    ///
    /// # Errors
    /// [`CalendarError::NotFound`].
    pub fn brought_before(&self, id: MeetingId) -> Result<Vec<EntryId>> {
        self.read(|c| brought::of_network(c, meeting::by_id(c, id)?.network_no, BROUGHT_BEFORE))
    }

    /// Every entry that a meeting names: brought, answering a question, or reflecting on it.
    ///
    /// # Errors
    /// [`CalendarError::Store`].
    pub fn named_entries(&self) -> Result<Vec<EntryId>> {
        self.read(brought::named)
    }

    /// Takes an entry that is gone from the journal out of every meeting.
    ///
    /// # Errors
    /// [`CalendarError::Store`].
    pub fn forget_entry(&self, entry: EntryId) -> Result<()> {
        self.write(|c| {
            brought::forget_entry(c, entry)?;
            question::forget_entry(c, entry)?;
            meeting::forget_reflection(c, entry)
        })
    }
}

/// See [`Calendar::meeting_tie`].
pub(crate) fn tie(
    c: &Connection,
    network: NetworkId,
    (event, key): (EventId, Option<&str>),
    here: Tz,
) -> Result<MeetingId> {
    let of = network::by_id(c, network)?;
    let chosen = choose(c, event, key, here)?;
    let (uid, key) = (chosen.object.uid(), key_of(&chosen.occurrence));
    if let Some(known) = meeting::of_occurrence(c, uid, &key)? {
        meeting::set_snapshot(c, known.no, &snapshot(&chosen.occurrence))?;
        return if known.network_no == of.no {
            Ok(known.row.id)
        } else {
            Err(CalendarError::AlreadyMeeting)
        };
    }
    let id = MeetingId::new();
    meeting::insert(c, id, of.no, (uid, &key), &snapshot(&chosen.occurrence))?;
    Ok(id)
}

fn member_of(c: &Connection, network: NetworkNo, id: Option<MemberId>) -> Result<Option<MemberNo>> {
    let Some(id) = id else {
        return Ok(None);
    };
    let (no, of) = member::find(c, id)?;
    if of == network { Ok(Some(no)) } else { Err(CalendarError::NotFound) }
}

/// Meetings as lists show them, with whether what was promised is closed.
pub(crate) fn rows(c: &Connection, records: &[MeetingRecord]) -> Result<Vec<MeetingRow>> {
    let mut promised: HashMap<NetworkNo, Vec<CommitmentRecord>> = HashMap::new();
    let mut rows = Vec::with_capacity(records.len());
    for record in records {
        let all = match promised.entry(record.network_no) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(new) => new.insert(commitments::of_network(c, record.network_no)?),
        };
        rows.push(row(record, all, None));
    }
    Ok(rows)
}

/// One meeting as a list shows it.
pub(crate) fn row(
    record: &MeetingRecord,
    all: &[CommitmentRecord],
    previous: Option<&MeetingRecord>,
) -> MeetingRow {
    let mut row = record.row.clone();
    let carried = Carried::to(record, previous);
    row.parts.promised = !all
        .iter()
        .any(|one| one.commitment.is_mine() && one.commitment.is_open() && carried.has(one));
    row
}

/// The meetings with these ids.
pub(crate) fn rows_of(c: &Connection, ids: &[MeetingId]) -> Result<Vec<MeetingRow>> {
    let records = ids.iter().map(|id| meeting::by_id(c, *id)).collect::<Result<Vec<_>>>()?;
    rows(c, &records)
}

fn whole(c: &Connection, id: MeetingId, here: Tz) -> Result<Meeting> {
    let record = meeting::by_id(c, id)?;
    let siblings: Vec<MeetingRecord> = meeting::of_network(c, record.network_no)?
        .into_iter()
        .filter(|other| !other.row.cancelled || other.no == record.no)
        .collect();
    let at = siblings.iter().position(|other| other.no == record.no).unwrap_or_default();
    let previous = at.checked_sub(1).and_then(|before| siblings.get(before));
    let next = siblings.get(at + 1);
    let all = commitments::of_network(c, record.network_no)?;
    let carried = Carried::to(&record, previous);
    let promises = |mine: bool| -> Result<Vec<_>> {
        let wanted = all.iter().filter(|one| one.commitment.is_mine() == mine);
        wanted.filter(|one| carried.has(one)).map(|one| commitment::with_history(c, one)).collect()
    };
    let carried_over = previous.map(|before| carried_over(c, before, here)).transpose()?.flatten();
    let made_here = all.iter().filter(|one| one.commitment.meeting == Some(id));
    let (seen, summary) = occurrence(c, &record, here)?;
    let answered = |wanted: PartStat| {
        let all = summary.iter().flat_map(|summary| &summary.attendees);
        u32::try_from(all.filter(|a| a.partstat == wanted).count()).unwrap_or(u32::MAX)
    };
    Ok(Meeting {
        row: row(&record, &all, previous),
        seen,
        description: summary.as_ref().and_then(|it| it.description.clone()).unwrap_or_default(),
        coming: answered(PartStat::Accepted),
        unanswered: answered(PartStat::NeedsAction),
        text: meeting::text(c, record.no)?,
        people: meeting::people(c, record.no)?,
        agenda: agenda_item::of_meeting(c, record.no)?,
        questions: question::of_meeting(c, record.no)?,
        entries: brought::of_meeting(c, record.no)?,
        my_promises: promises(true)?,
        their_promises: promises(false)?,
        made_here: made_here.map(|one| commitment::with_history(c, one)).collect::<Result<_>>()?,
        reflection: record.reflection,
        previous: previous.map(|other| row(other, &all, None)),
        next: next.map(|other| row(other, &all, None)),
        carried_over,
    })
}

/// What a meeting noted for the next one; none where that is nothing.
fn carried_over(c: &Connection, record: &MeetingRecord, here: Tz) -> Result<Option<CarriedOver>> {
    let text = meeting::text(c, record.no)?.carry_over;
    let noted = !text.trim().is_empty();
    let (meeting, day) = (record.row.id, record.row.span.day(here));
    Ok(noted.then_some(CarriedOver { meeting, day, text }))
}

/// Where a meeting is in the calendar.
pub(crate) struct Place {
    pub(crate) record: EventRecord,
    pub(crate) object: Object,
    pub(crate) occurrence: Occurrence,
    /// What the event says of itself there.
    pub(crate) summary: Summary,
}

/// The occurrence that a meeting is; none where it is detached.
pub(crate) fn place(c: &Connection, of: &MeetingRecord, here: Tz) -> Result<Option<Place>> {
    for record in event::by_uid(c, &of.uid)? {
        let object = object(&record)?;
        let Some(found) = find(&object, &of.recurrence, Some(of.row.span), here) else {
            continue;
        };
        let summary = match &found.recurrence_id {
            Some(id) => object.summary_of(id)?,
            None => object.summary(),
        };
        return Ok(Some(Place { record, object, occurrence: found, summary }));
    }
    Ok(None)
}

/// The occurrence that a meeting is, and what its event says of itself there, with who comes.
fn occurrence(
    c: &Connection,
    record: &MeetingRecord,
    here: Tz,
) -> Result<(Option<Seen>, Option<Summary>)> {
    let Some(mut place) = place(c, record, here)? else { return Ok((None, None)) };
    with_answers(c, &record.uid, &record.recurrence, &mut place.summary)?;
    let seen = Look::new(c, here)?.seen(&place.record, &place.object, place.occurrence);
    Ok((Some(seen), Some(place.summary)))
}

/// Looks anew at the occurrences of the meetings that are of this event: those that are there are
/// as the calendar has them, the others are detached.
pub(crate) fn refresh(c: &Connection, uid: &str, here: Tz) -> Result<()> {
    let meetings = meeting::of_uid(c, uid)?;
    if meetings.is_empty() {
        return Ok(());
    }
    let events = event::by_uid(c, uid)?;
    let objects = events.iter().map(object).collect::<Result<Vec<_>>>()?;
    for record in meetings {
        let hint = Some(record.row.span);
        let found = objects.iter().find_map(|object| find(object, &record.recurrence, hint, here));
        match found {
            Some(found) => meeting::set_snapshot(c, record.no, &snapshot(&found))?,
            None => meeting::detach(c, record.no)?,
        }
    }
    Ok(())
}

/// Lets the meetings of a series follow their occurrences through a change of it; gives where
/// those that moved were before.
pub(crate) fn follow(
    c: &Connection,
    series: &Change<'_>,
) -> Result<Vec<(MeetingId, String, String)>> {
    let uid = series.before.uid();
    let mut moved = Vec::new();
    for record in meeting::of_uid(c, uid)? {
        let Some((to, key)) = series.follow(&record.recurrence, Some(record.row.span)) else {
            continue;
        };
        if to != uid || key != record.recurrence {
            moved.push((record.row.id, uid.to_owned(), record.recurrence));
            meeting::point(c, record.no, &to, &key)?;
        }
    }
    refresh(c, uid, series.here)?;
    for object in series.after.iter().filter(|object| object.uid() != uid) {
        refresh(c, object.uid(), series.here)?;
    }
    Ok(moved)
}

/// The UIDs of a calendar's events that have meetings.
pub(crate) fn uids_in(c: &Connection, calendar: CalendarNo) -> Result<Vec<String>> {
    let known: HashSet<String> = meeting::uids(c)?.into_iter().collect();
    let mut uids = event::uids(c, calendar)?;
    uids.retain(|uid| known.contains(uid));
    Ok(uids)
}

/// The meetings that are occurrences of a calendar's events.
pub(crate) fn of_calendar(c: &Connection, calendar: CalendarNo) -> Result<Vec<MeetingRow>> {
    let mut found = Vec::new();
    for uid in uids_in(c, calendar)? {
        found.extend(meeting::of_uid(c, &uid)?.into_iter().filter(|m| !m.row.detached));
    }
    rows(c, &found)
}
