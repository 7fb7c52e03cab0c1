//! The table `meeting`.

use chrono::{DateTime, NaiveDate, Utc};
use fristed_base::{EntryId, MeetingId, MemberId, NetworkId};
use rusqlite::{Connection, OptionalExtension, Row, named_params, params};

use super::column::{day_number, day_or_none, id, id_or_none, instant, one_of};
use super::member::MemberNo;
use super::network::NetworkNo;
use crate::error::{CalendarError, Result};
use crate::model::{Colour, MeetingPeople, MeetingRow, MeetingText, Parts, Span};

/// A meeting's number within the store.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct MeetingNo(pub(crate) i64);

/// A row of `meeting` without its long texts. Whether what was promised is closed is not known
/// here; the row says that it is.
#[derive(Debug, Clone)]
pub(crate) struct MeetingRecord {
    pub(crate) no: MeetingNo,
    pub(crate) network_no: NetworkNo,
    pub(crate) row: MeetingRow,
    pub(crate) uid: String,
    pub(crate) recurrence: String,
    pub(crate) reflection: Option<EntryId>,
    /// The day on which its reminder was put away.
    pub(crate) put_away: Option<NaiveDate>,
}

/// What is known of a meeting's occurrence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Snapshot<'a> {
    pub(crate) title: &'a str,
    pub(crate) location: &'a str,
    pub(crate) span: Span,
    pub(crate) cancelled: bool,
}

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT m.no, m.network, m.id, n.id, n.name, n.colour, m.title, m.location, m.all_day, \
             m.start_ms, m.end_ms, m.detached, m.cancelled, m.ready, m.uid, m.recurrence, \
             m.reflection, m.put_away, trim(m.aim) <> '', \
             EXISTS (SELECT 1 FROM question q WHERE q.meeting = m.no) AND NOT EXISTS \
             (SELECT 1 FROM question q WHERE q.meeting = m.no AND trim(q.answer) = '' \
             AND q.entry IS NULL), \
             EXISTS (SELECT 1 FROM brought b WHERE b.meeting = m.no), \
             EXISTS (SELECT 1 FROM agenda_item a WHERE a.meeting = m.no) \
             FROM meeting m JOIN network n ON n.no = m.network ",
            $rest
        )
    };
}

const BY_ID: &str = select!("WHERE m.id = ?1");
const OF_NETWORK: &str = select!("WHERE m.network = ?1 ORDER BY m.start_ms, m.no");
const OF_UID: &str = select!("WHERE m.uid = ?1 ORDER BY m.start_ms, m.no");
const OF_OCCURRENCE: &str = select!("WHERE m.uid = ?1 AND m.recurrence = ?2 ORDER BY m.no");
const FROM: &str = select!("WHERE m.end_ms >= ?1 ORDER BY m.start_ms, m.no");
const OF_ENTRY: &str = select!(
    "WHERE m.no IN (SELECT meeting FROM brought WHERE entry = ?1) OR m.reflection = ?1 \
     OR m.no IN (SELECT meeting FROM question WHERE entry = ?1) ORDER BY m.start_ms DESC, m.no"
);
const POINTERS: &str = "SELECT m.uid, m.recurrence, m.id, n.id FROM meeting m \
     JOIN network n ON n.no = m.network WHERE m.detached = 0";
const UIDS: &str = "SELECT DISTINCT uid FROM meeting";
const TEXT: &str = "SELECT aim, notes, carry_over, version FROM meeting WHERE no = ?1";
const PEOPLE: &str = "SELECT h.id, f.id, m.method FROM meeting m LEFT JOIN member h ON h.no = m.host \
     LEFT JOIN member f ON f.no = m.facilitator WHERE m.no = ?1";

const INSERT: &str = "INSERT INTO meeting (id, network, uid, recurrence, title, location, all_day, \
     start_ms, end_ms, detached, cancelled, ready, host, facilitator, method, aim, notes, \
     carry_over, version, reflection, put_away) VALUES (:id, :network, :uid, :recurrence, :title, \
     :location, :all_day, :start, :end, 0, :cancelled, 0, NULL, NULL, '', '', '', '', 1, NULL, NULL)";
const SNAPSHOT: &str = "UPDATE meeting SET title = :title, location = :location, \
     all_day = :all_day, start_ms = :start, end_ms = :end, cancelled = :cancelled, detached = 0 \
     WHERE no = :no";
const DETACH: &str = "UPDATE meeting SET detached = 1 WHERE no = ?1";
const FORGET_WORDS: &str = "UPDATE meeting SET title = '', location = '' WHERE no = ?1";
const POINT: &str = "UPDATE meeting SET uid = ?2, recurrence = ?3 WHERE no = ?1";
const SAVE: &str = "UPDATE meeting SET aim = ?2, notes = ?3, carry_over = ?4, version = ?5 \
     WHERE no = ?1";
const SET_PEOPLE: &str =
    "UPDATE meeting SET host = ?2, facilitator = ?3, method = ?4 WHERE no = ?1";
const SET_READY: &str = "UPDATE meeting SET ready = ?2 WHERE no = ?1";
const SET_REFLECTION: &str = "UPDATE meeting SET reflection = ?2 WHERE no = ?1";
const FORGET_REFLECTION: &str = "UPDATE meeting SET reflection = NULL WHERE reflection = ?1";
const PUT_AWAY: &str = "UPDATE meeting SET put_away = ?2 WHERE no = ?1";
const DELETE: &str = "DELETE FROM meeting WHERE no = ?1";

fn span(row: &Row<'_>, at: usize) -> rusqlite::Result<Span> {
    let (start, end) = (instant(row, at + 1)?, instant(row, at + 2)?);
    let days: bool = row.get(at)?;
    Ok(if days {
        Span::Days(start.date_naive(), end.date_naive())
    } else {
        Span::Timed(start, end)
    })
}

/// A span as it lies in the columns: whether it is day-long, and two instants.
fn columns(span: Span) -> (bool, i64, i64) {
    let midnight = |day: NaiveDate| day.and_time(chrono::NaiveTime::MIN).and_utc();
    let (days, start, end) = match span {
        Span::Timed(start, end) => (false, start, end),
        Span::Days(first, end) => (true, midnight(first), midnight(end)),
    };
    (days, start.timestamp_millis(), end.timestamp_millis())
}

fn from_row(row: &Row<'_>) -> rusqlite::Result<MeetingRecord> {
    Ok(MeetingRecord {
        no: MeetingNo(row.get(0)?),
        network_no: NetworkNo(row.get(1)?),
        row: MeetingRow {
            id: id(row, 2, MeetingId::from_slice)?,
            network: id(row, 3, NetworkId::from_slice)?,
            network_name: row.get(4)?,
            colour: one_of(row, 5, &Colour::ALL)?,
            title: row.get(6)?,
            location: row.get(7)?,
            span: span(row, 8)?,
            detached: row.get(11)?,
            cancelled: row.get(12)?,
            ready: row.get(13)?,
            parts: Parts {
                aim: row.get(18)?,
                questions: row.get(19)?,
                entries: row.get(20)?,
                promised: true,
                agenda: row.get(21)?,
            },
        },
        uid: row.get(14)?,
        recurrence: row.get(15)?,
        reflection: id_or_none(row, 16, EntryId::from_slice)?,
        put_away: day_or_none(row, 17)?,
    })
}

fn collected(c: &Connection, sql: &str, with: impl rusqlite::Params) -> Result<Vec<MeetingRecord>> {
    let mut statement = c.prepare_cached(sql)?;
    let found = statement.query_map(with, from_row)?;
    Ok(found.collect::<Result<_, _>>()?)
}

/// The meeting with this id.
///
/// # Errors
/// [`CalendarError::NotFound`].
pub(crate) fn by_id(c: &Connection, wanted: MeetingId) -> Result<MeetingRecord> {
    let found = c.prepare_cached(BY_ID)?.query_row([wanted.as_bytes()], from_row).optional()?;
    found.ok_or(CalendarError::NotFound)
}

/// The meetings of a network, by start.
pub(crate) fn of_network(c: &Connection, network: NetworkNo) -> Result<Vec<MeetingRecord>> {
    collected(c, OF_NETWORK, [network.0])
}

/// The meetings that are occurrences of an event, detached ones too.
pub(crate) fn of_uid(c: &Connection, uid: &str) -> Result<Vec<MeetingRecord>> {
    collected(c, OF_UID, [uid])
}

/// The meeting that is this occurrence.
pub(crate) fn of_occurrence(
    c: &Connection,
    uid: &str,
    recurrence: &str,
) -> Result<Option<MeetingRecord>> {
    Ok(collected(c, OF_OCCURRENCE, [uid, recurrence])?.into_iter().next())
}

/// The meetings that end at this instant or later, by start. Day-long ones count by their day in
/// UTC; whoever asks looks a day further back.
pub(crate) fn ending_from(c: &Connection, from: DateTime<Utc>) -> Result<Vec<MeetingRecord>> {
    collected(c, FROM, [from.timestamp_millis()])
}

/// The meetings to which an entry is brought, or on which it reflects, latest first.
pub(crate) fn of_entry(c: &Connection, entry: EntryId) -> Result<Vec<MeetingRecord>> {
    collected(c, OF_ENTRY, [entry.as_bytes()])
}

/// Which occurrence each meeting is, by UID and recurrence key.
pub(crate) fn pointers(c: &Connection) -> Result<Vec<(String, String, MeetingId, NetworkId)>> {
    let mut statement = c.prepare_cached(POINTERS)?;
    let found = statement.query_map([], |row| {
        let meeting = id(row, 2, MeetingId::from_slice)?;
        Ok((row.get(0)?, row.get(1)?, meeting, id(row, 3, NetworkId::from_slice)?))
    })?;
    Ok(found.collect::<Result<_, _>>()?)
}

/// The UID of every meeting's event, detached ones too.
pub(crate) fn uids(c: &Connection) -> Result<Vec<String>> {
    let mut statement = c.prepare_cached(UIDS)?;
    let found = statement.query_map([], |row| row.get(0))?;
    Ok(found.collect::<Result<_, _>>()?)
}

/// What is written on a meeting's page.
pub(crate) fn text(c: &Connection, no: MeetingNo) -> Result<MeetingText> {
    Ok(c.prepare_cached(TEXT)?.query_row([no.0], |row| {
        Ok(MeetingText {
            aim: row.get(0)?,
            notes: row.get(1)?,
            carry_over: row.get(2)?,
            version: row.get(3)?,
        })
    })?)
}

/// Who does what.
pub(crate) fn people(c: &Connection, no: MeetingNo) -> Result<MeetingPeople> {
    Ok(c.prepare_cached(PEOPLE)?.query_row([no.0], |row| {
        Ok(MeetingPeople {
            host: id_or_none(row, 0, MemberId::from_slice)?,
            facilitator: id_or_none(row, 1, MemberId::from_slice)?,
            method: row.get(2)?,
        })
    })?)
}

/// Adds a meeting.
pub(crate) fn insert(
    c: &Connection,
    id: MeetingId,
    network: NetworkNo,
    (uid, recurrence): (&str, &str),
    known: &Snapshot<'_>,
) -> Result<()> {
    let (all_day, start, end) = columns(known.span);
    c.prepare_cached(INSERT)?.execute(named_params! {
        ":id": id.as_bytes(),
        ":network": network.0,
        ":uid": uid,
        ":recurrence": recurrence,
        ":title": known.title,
        ":location": known.location,
        ":all_day": all_day,
        ":start": start,
        ":end": end,
        ":cancelled": known.cancelled,
    })?;
    Ok(())
}

/// Notes what is known of a meeting's occurrence now; it is not detached then.
pub(crate) fn set_snapshot(c: &Connection, no: MeetingNo, known: &Snapshot<'_>) -> Result<()> {
    let (all_day, start, end) = columns(known.span);
    c.prepare_cached(SNAPSHOT)?.execute(named_params! {
        ":no": no.0,
        ":title": known.title,
        ":location": known.location,
        ":all_day": all_day,
        ":start": start,
        ":end": end,
        ":cancelled": known.cancelled,
    })?;
    Ok(())
}

/// Notes that a meeting's occurrence is gone.
pub(crate) fn detach(c: &Connection, no: MeetingNo) -> Result<()> {
    c.prepare_cached(DETACH)?.execute([no.0])?;
    Ok(())
}

/// Forgets what a meeting's event said.
pub(crate) fn forget_words(c: &Connection, no: MeetingNo) -> Result<()> {
    c.prepare_cached(FORGET_WORDS)?.execute([no.0])?;
    Ok(())
}

/// Points a meeting to another occurrence.
pub(crate) fn point(c: &Connection, no: MeetingNo, uid: &str, recurrence: &str) -> Result<()> {
    c.prepare_cached(POINT)?.execute(params![no.0, uid, recurrence])?;
    Ok(())
}

/// Puts other texts in a meeting's place.
pub(crate) fn save(c: &Connection, no: MeetingNo, text: &MeetingText) -> Result<()> {
    let row = params![no.0, text.aim, text.notes, text.carry_over, text.version];
    c.prepare_cached(SAVE)?.execute(row)?;
    Ok(())
}

/// Sets who does what.
pub(crate) fn set_people(
    c: &Connection,
    no: MeetingNo,
    host: Option<MemberNo>,
    facilitator: Option<MemberNo>,
    method: &str,
) -> Result<()> {
    let row = params![no.0, host.map(|m| m.0), facilitator.map(|m| m.0), method];
    c.prepare_cached(SET_PEOPLE)?.execute(row)?;
    Ok(())
}

/// Sets or takes the leader's word that she is ready.
pub(crate) fn set_ready(c: &Connection, no: MeetingNo, ready: bool) -> Result<()> {
    c.prepare_cached(SET_READY)?.execute(params![no.0, ready])?;
    Ok(())
}

/// Ties the reflection afterwards to a meeting, or none.
pub(crate) fn set_reflection(c: &Connection, no: MeetingNo, entry: Option<EntryId>) -> Result<()> {
    let bytes = entry.map(|entry| *entry.as_bytes());
    c.prepare_cached(SET_REFLECTION)?.execute(params![no.0, bytes])?;
    Ok(())
}

/// Takes an entry from the meetings that it reflects on.
pub(crate) fn forget_reflection(c: &Connection, entry: EntryId) -> Result<()> {
    c.prepare_cached(FORGET_REFLECTION)?.execute([entry.as_bytes()])?;
    Ok(())
}

/// Puts a meeting's reminders away that have come by this day.
pub(crate) fn put_away(c: &Connection, no: MeetingNo, day: NaiveDate) -> Result<()> {
    c.prepare_cached(PUT_AWAY)?.execute(params![no.0, day_number(day)])?;
    Ok(())
}

/// Removes a meeting.
pub(crate) fn delete(c: &Connection, no: MeetingNo) -> Result<()> {
    match c.prepare_cached(DELETE)?.execute([no.0])? {
        0 => Err(CalendarError::NotFound),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::super::{memory, network};
    use super::*;
    use crate::model::NetworkForm;

    fn one() -> (Connection, MeetingRecord) {
        let c = memory();
        let of = NetworkId::new();
        network::insert(&c, of, &NetworkForm { name: "Nord".into(), ..NetworkForm::default() })
            .expect("a network");
        let no = network::by_id(&c, of).expect("it").no;
        let id = MeetingId::new();
        insert(&c, id, no, ("uid", "20260324T080000Z"), &timed()).expect("a meeting");
        let record = by_id(&c, id).expect("it");
        (c, record)
    }

    fn timed() -> Snapshot<'static> {
        let at = |text: &str| text.parse::<DateTime<Utc>>().expect("an instant of the test");
        Snapshot {
            title: "Netværksmøde",
            location: "Skolen",
            span: Span::Timed(at("2026-03-24T08:00:00Z"), at("2026-03-24T11:00:00Z")),
            cancelled: false,
        }
    }

    #[test]
    fn a_meeting_keeps_what_was_known_of_its_occurrence() {
        let (c, made) = one();
        assert_eq!((made.row.title.as_str(), made.row.span), ("Netværksmøde", timed().span));
        assert_eq!(made.row.network_name, "Nord");
        detach(&c, made.no).expect("detaching");
        assert!(by_id(&c, made.row.id).expect("it").row.detached);
        let day = |d| NaiveDate::from_ymd_opt(2026, 3, d).expect("a day");
        let days = Snapshot { span: Span::Days(day(24), day(25)), ..timed() };
        set_snapshot(&c, made.no, &days).expect("knowing again");
        let again = by_id(&c, made.row.id).expect("it");
        assert_eq!((again.row.detached, again.row.span), (false, days.span));
    }

    #[test]
    fn the_occurrence_of_a_meeting_is_known_while_it_is_there() {
        let (c, made) = one();
        assert_eq!(pointers(&c).expect("all").len(), 1);
        assert!(of_occurrence(&c, "uid", "20260324T080000Z").expect("reading").is_some());
        assert!(of_occurrence(&c, "uid", "").expect("reading").is_none());
        detach(&c, made.no).expect("detaching");
        assert!(pointers(&c).expect("all").is_empty());
        point(&c, made.no, "other", "").expect("pointing");
        assert!(of_occurrence(&c, "other", "").expect("reading").is_some());
    }

    #[test]
    fn an_entry_is_known_by_the_meeting_it_reflects_on() {
        let (c, made) = one();
        let entry = EntryId::new();
        set_reflection(&c, made.no, Some(entry)).expect("tying");
        assert_eq!(of_entry(&c, entry).expect("reading").len(), 1);
        forget_reflection(&c, entry).expect("forgetting");
        assert!(of_entry(&c, entry).expect("reading").is_empty());
    }
}
