//! The tables `event` and `event_text`.

use chrono::{DateTime, Utc};
use fristed_base::{CalendarId, EventId};
use rusqlite::{Connection, OptionalExtension, Row, named_params, params};

use super::calendar::CalendarNo;
use super::column::{id, number_of, one_of, unreadable};
use crate::error::{CalendarError, Result};
use crate::ical::PartStat;
use crate::model::CalendarKind;

/// An event's number within the store.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct EventNo(pub(crate) i64);

/// What the server of a calendar has still to be told of an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Pending {
    /// Nothing.
    Nothing,
    /// Its text.
    Put,
    /// That it is gone.
    Delete,
}

pub(crate) const PENDING: [Pending; 3] = [Pending::Nothing, Pending::Put, Pending::Delete];
/// What may be answered, in the order of their numbers.
pub(crate) const REPLIES: [PartStat; 4] =
    [PartStat::NeedsAction, PartStat::Accepted, PartStat::Declined, PartStat::Tentative];

/// What an event's columns say of its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Columns {
    pub(crate) uid: String,
    pub(crate) title: String,
    pub(crate) location: String,
    pub(crate) repeats: bool,
    pub(crate) first: DateTime<Utc>,
    pub(crate) last: Option<DateTime<Utc>>,
    pub(crate) alarm: Option<i64>,
    pub(crate) reply: Option<PartStat>,
    pub(crate) sequence: u32,
}

/// A row of `event` with its text and what is known of its calendar.
#[derive(Debug, Clone)]
pub(crate) struct EventRecord {
    pub(crate) no: EventNo,
    pub(crate) id: EventId,
    pub(crate) calendar_no: CalendarNo,
    pub(crate) calendar: CalendarId,
    pub(crate) kind: CalendarKind,
    pub(crate) repeats: bool,
    pub(crate) reply: Option<PartStat>,
    pub(crate) alarm: Option<i64>,
    pub(crate) pending: Pending,
    pub(crate) text: String,
}

fn reply(row: &Row<'_>, at: usize) -> rusqlite::Result<Option<PartStat>> {
    let number: Option<usize> = row.get(at)?;
    number.map(|n| REPLIES.get(n).copied().ok_or_else(|| unreadable(at))).transpose()
}

impl EventRecord {
    /// What stands for an event that is in no calendar yet.
    pub(crate) fn nowhere(repeats: bool, reply: Option<PartStat>) -> Self {
        Self {
            no: EventNo(0),
            id: EventId::from_bytes([0; 16]),
            calendar_no: CalendarNo(0),
            calendar: CalendarId::from_bytes([0; 16]),
            kind: CalendarKind::Own,
            repeats,
            reply,
            alarm: None,
            pending: Pending::Nothing,
            text: String::new(),
        }
    }

    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            no: EventNo(row.get(0)?),
            id: id(row, 1, EventId::from_slice)?,
            calendar_no: CalendarNo(row.get(2)?),
            calendar: id(row, 3, CalendarId::from_slice)?,
            kind: one_of(row, 4, &CalendarKind::ALL)?,
            repeats: row.get(5)?,
            reply: reply(row, 6)?,
            alarm: row.get(7)?,
            pending: one_of(row, 8, &PENDING)?,
            text: row.get(9)?,
        })
    }
}

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT e.no, e.id, e.calendar, c.id, c.kind, e.repeats, e.reply, e.alarm, e.pending, \
             t.text FROM event e JOIN event_text t ON t.event = e.no \
             JOIN calendar c ON c.no = e.calendar ",
            $rest
        )
    };
}

const BY_ID: &str = select!("WHERE e.id = ?1 AND e.pending <> 2");
const ALL_UIDS: &str = "SELECT uid FROM event";
const BY_UID: &str = select!("WHERE e.uid = ?1 AND e.pending <> 2 ORDER BY c.kind IN (1, 3), e.no");
const IN_CALENDAR: &str = select!("WHERE e.calendar = ?1 AND e.pending <> 2 ORDER BY e.no");
const ALL: &str = select!("WHERE e.pending <> 2 ORDER BY e.no");
const HERE: &str = select!("WHERE e.calendar = ?1 AND e.uid = ?2");
// The two halves each follow the index from one end; with an OR between them SQLite sorts.
const ENDING: &str = select!("WHERE e.last_ms >= ?1 AND e.first_ms < ?2 AND e.pending <> 2");
const ENDLESS: &str = select!("WHERE e.last_ms IS NULL AND e.first_ms < ?1 AND e.pending <> 2");
const ALARMED: &str = select!(
    "WHERE e.alarm IS NOT NULL AND e.pending <> 2 AND c.kind <> 1 \
     AND e.first_ms < ?2 + 60000 * min(e.alarm, 40320) \
     AND (e.last_ms IS NULL OR e.last_ms >= ?1)"
);
const TITLES: &str = "SELECT no, title, location FROM event WHERE pending <> 2";
const BY_NO: &str = select!("WHERE e.no = ?1 AND e.pending <> 2");
const UIDS: &str = "SELECT uid FROM event WHERE calendar = ?1 AND pending <> 2";
const INVITED: &str = "SELECT t.event, t.text FROM event_text t WHERE t.text LIKE '%ATTENDEE%'";

const INSERT: &str = "INSERT INTO event (id, calendar, uid, title, location, repeats, first_ms, \
     last_ms, alarm, reply, sequence, changed_ms, href, etag, pending) VALUES (:id, :calendar, \
     :uid, :title, :location, :repeats, :first, :last, :alarm, :reply, :sequence, :changed, NULL, \
     NULL, :pending)";
const INSERT_TEXT: &str = "INSERT INTO event_text (event, text, base) VALUES (?1, ?2, NULL)";
const UPDATE: &str = "UPDATE event SET calendar = :calendar, uid = :uid, title = :title, \
     location = :location, repeats = :repeats, first_ms = :first, last_ms = :last, alarm = :alarm, \
     reply = :reply, sequence = :sequence, changed_ms = :changed, pending = :pending \
     WHERE no = :no";
const UPDATE_TEXT: &str = "UPDATE event_text SET text = ?2 WHERE event = ?1";
const SET_REPLY: &str = "UPDATE event SET reply = ?2 WHERE no = ?1";
const SET_PENDING: &str = "UPDATE event SET pending = ?2, changed_ms = ?3 WHERE no = ?1";
const SET_ID: &str = "UPDATE event SET id = ?2 WHERE no = ?1";
const DELETE: &str = "DELETE FROM event WHERE no = ?1";

fn every(
    c: &Connection,
    sql: &str,
    with: impl rusqlite::Params,
    into: &mut Vec<EventRecord>,
) -> Result<()> {
    let mut statement = c.prepare_cached(sql)?;
    for row in statement.query_map(with, EventRecord::from_row)? {
        into.push(row?);
    }
    Ok(())
}

fn collected(c: &Connection, sql: &str, with: impl rusqlite::Params) -> Result<Vec<EventRecord>> {
    let mut found = Vec::new();
    every(c, sql, with, &mut found)?;
    Ok(found)
}

/// The event with this id.
///
/// # Errors
/// [`CalendarError::NotFound`], also for one that only waits to be deleted on a server.
pub(crate) fn by_id(c: &Connection, wanted: EventId) -> Result<EventRecord> {
    Ok(c.prepare_cached(BY_ID)?.query_row([wanted.as_bytes()], EventRecord::from_row)?)
}

/// The event with this number.
pub(crate) fn by_no(c: &Connection, no: EventNo) -> Result<EventRecord> {
    Ok(c.prepare_cached(BY_NO)?.query_row([no.0], EventRecord::from_row)?)
}

/// The events with this UID, those that can be changed here first.
pub(crate) fn by_uid(c: &Connection, uid: &str) -> Result<Vec<EventRecord>> {
    collected(c, BY_UID, [uid])
}

/// The UID of every event, also of those that wait to be deleted on a server.
pub(crate) fn all_uids(c: &Connection) -> Result<Vec<String>> {
    let mut statement = c.prepare_cached(ALL_UIDS)?;
    let found = statement.query_map([], |row| row.get(0))?;
    Ok(found.collect::<Result<_, _>>()?)
}

/// The event with this UID in a calendar, also where it waits to be deleted on a server.
pub(crate) fn here(c: &Connection, calendar: CalendarNo, uid: &str) -> Result<Option<EventRecord>> {
    let mut statement = c.prepare_cached(HERE)?;
    Ok(statement.query_row(params![calendar.0, uid], EventRecord::from_row).optional()?)
}

/// The events of a calendar, or all.
pub(crate) fn of(c: &Connection, calendar: Option<CalendarNo>) -> Result<Vec<EventRecord>> {
    match calendar {
        Some(calendar) => collected(c, IN_CALENDAR, [calendar.0]),
        None => collected(c, ALL, []),
    }
}

/// The events that may have an occurrence in a stretch of time.
pub(crate) fn between(
    c: &Connection,
    from: DateTime<Utc>,
    to: DateTime<Utc>,
) -> Result<Vec<EventRecord>> {
    let (from, to) = (from.timestamp_millis(), to.timestamp_millis());
    let mut found = collected(c, ENDING, [from, to])?;
    every(c, ENDLESS, [to], &mut found)?;
    Ok(found)
}

/// The events that may have an alarm in a stretch of time, at most four weeks before they start,
/// or are not over when it begins; a subscription's alarms are not the leader's.
pub(crate) fn alarmed(
    c: &Connection,
    from: DateTime<Utc>,
    to: DateTime<Utc>,
) -> Result<Vec<EventRecord>> {
    collected(c, ALARMED, [from.timestamp_millis(), to.timestamp_millis()])
}

/// The number, the title and the place of every event.
pub(crate) fn titles(c: &Connection) -> Result<Vec<(EventNo, String, String)>> {
    let mut statement = c.prepare_cached(TITLES)?;
    let found =
        statement.query_map([], |row| Ok((EventNo(row.get(0)?), row.get(1)?, row.get(2)?)))?;
    Ok(found.collect::<Result<_, _>>()?)
}

/// The UIDs of a calendar's events.
pub(crate) fn uids(c: &Connection, calendar: CalendarNo) -> Result<Vec<String>> {
    let mut statement = c.prepare_cached(UIDS)?;
    let found = statement.query_map([calendar.0], |row| row.get(0))?;
    Ok(found.collect::<Result<_, _>>()?)
}

/// The number and the text of every event that somebody is invited to.
pub(crate) fn invited(c: &Connection) -> Result<Vec<(EventNo, String)>> {
    let mut statement = c.prepare_cached(INVITED)?;
    let found = statement.query_map([], |row| Ok((EventNo(row.get(0)?), row.get(1)?)))?;
    Ok(found.collect::<Result<_, _>>()?)
}

fn reply_number(reply: Option<PartStat>) -> Option<i64> {
    reply.map(|reply| number_of(&reply, &REPLIES))
}

/// Adds an event.
pub(crate) fn insert(
    c: &Connection,
    id: EventId,
    calendar: CalendarNo,
    columns: &Columns,
    text: &str,
    pending: Pending,
    changed: DateTime<Utc>,
) -> Result<EventNo> {
    c.prepare_cached(INSERT)?.execute(named_params! {
        ":id": id.as_bytes(),
        ":calendar": calendar.0,
        ":uid": columns.uid,
        ":title": columns.title,
        ":location": columns.location,
        ":repeats": columns.repeats,
        ":first": columns.first.timestamp_millis(),
        ":last": columns.last.map(|at| at.timestamp_millis()),
        ":alarm": columns.alarm,
        ":reply": reply_number(columns.reply),
        ":sequence": columns.sequence,
        ":changed": changed.timestamp_millis(),
        ":pending": number_of(&pending, &PENDING),
    })?;
    let no = c.last_insert_rowid();
    c.prepare_cached(INSERT_TEXT)?.execute(params![no, text])?;
    Ok(EventNo(no))
}

/// Puts another text in an event's place.
pub(crate) fn update(
    c: &Connection,
    no: EventNo,
    calendar: CalendarNo,
    columns: &Columns,
    text: &str,
    pending: Pending,
    changed: DateTime<Utc>,
) -> Result<()> {
    c.prepare_cached(UPDATE)?.execute(named_params! {
        ":no": no.0,
        ":calendar": calendar.0,
        ":uid": columns.uid,
        ":title": columns.title,
        ":location": columns.location,
        ":repeats": columns.repeats,
        ":first": columns.first.timestamp_millis(),
        ":last": columns.last.map(|at| at.timestamp_millis()),
        ":alarm": columns.alarm,
        ":reply": reply_number(columns.reply),
        ":sequence": columns.sequence,
        ":changed": changed.timestamp_millis(),
        ":pending": number_of(&pending, &PENDING),
    })?;
    c.prepare_cached(UPDATE_TEXT)?.execute(params![no.0, text])?;
    Ok(())
}

/// Notes what the leader answered.
pub(crate) fn set_reply(c: &Connection, no: EventNo, reply: Option<PartStat>) -> Result<()> {
    c.prepare_cached(SET_REPLY)?.execute(params![no.0, reply_number(reply)])?;
    Ok(())
}

/// Notes what the server has still to be told.
pub(crate) fn set_pending(
    c: &Connection,
    no: EventNo,
    pending: Pending,
    changed: DateTime<Utc>,
) -> Result<()> {
    let pending = number_of(&pending, &PENDING);
    c.prepare_cached(SET_PENDING)?.execute(params![no.0, pending, changed.timestamp_millis()])?;
    Ok(())
}

/// Gives an event another id.
pub(crate) fn set_id(c: &Connection, no: EventNo, id: EventId) -> Result<()> {
    c.prepare_cached(SET_ID)?.execute(params![no.0, id.as_bytes()])?;
    Ok(())
}

/// Removes an event.
pub(crate) fn delete(c: &Connection, no: EventNo) -> Result<()> {
    match c.prepare_cached(DELETE)?.execute([no.0])? {
        0 => Err(CalendarError::NotFound),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::super::{calendar, memory};
    use super::*;
    use crate::model::Colour;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().expect("an instant of the test")
    }

    fn columns(uid: &str, last: Option<&str>) -> Columns {
        Columns {
            uid: uid.into(),
            title: "Netværksmøde".into(),
            location: String::new(),
            repeats: last.is_none(),
            first: at("2026-03-01T08:00:00Z"),
            last: last.map(at),
            alarm: None,
            reply: None,
            sequence: 0,
        }
    }

    fn with_two() -> (Connection, CalendarNo) {
        let c = memory();
        let id = CalendarId::new();
        calendar::insert(&c, id, "Arbejde", Colour::Green, CalendarKind::Own).expect("a calendar");
        let (calendar, _) = calendar::by_id(&c, id).expect("it");
        let now = at("2026-01-01T00:00:00Z");
        for (uid, last) in [("once", Some("2026-03-01T09:00:00Z")), ("for ever", None)] {
            let put = Pending::Nothing;
            insert(&c, EventId::new(), calendar, &columns(uid, last), uid, put, now).expect("one");
        }
        (c, calendar)
    }

    fn texts(found: &[EventRecord]) -> Vec<&str> {
        found.iter().map(|record| record.text.as_str()).collect()
    }

    #[test]
    fn a_window_has_what_ends_in_it_and_what_never_ends() {
        let (c, _) = with_two();
        let found = |from, to| between(&c, at(from), at(to)).expect("a window");
        assert!(found("2026-02-01T00:00:00Z", "2026-03-01T08:00:00Z").is_empty());
        let march = found("2026-03-01T00:00:00Z", "2026-04-01T00:00:00Z");
        assert_eq!(texts(&march), ["once", "for ever"]);
        let later = found("2030-03-01T00:00:00Z", "2030-04-01T00:00:00Z");
        assert_eq!(texts(&later), ["for ever"]);
    }

    #[test]
    fn an_event_that_waits_to_be_deleted_on_a_server_is_seen_nowhere_else() {
        let (c, calendar) = with_two();
        let gone = by_uid(&c, "once").expect("it").remove(0);
        set_pending(&c, gone.no, Pending::Delete, at("2026-02-01T00:00:00Z")).expect("noting");
        assert!(by_uid(&c, "once").expect("none").is_empty());
        assert!(matches!(by_id(&c, gone.id), Err(CalendarError::NotFound)));
        assert_eq!(of(&c, Some(calendar)).expect("the rest").len(), 1);
        let waiting = here(&c, calendar, "once").expect("reading").expect("still here");
        assert_eq!(waiting.pending, Pending::Delete);
    }

    #[test]
    fn a_new_text_takes_the_place_of_the_old() {
        let (c, calendar) = with_two();
        let old = by_uid(&c, "once").expect("it").remove(0);
        let mut new = columns("once", None);
        new.reply = Some(PartStat::Declined);
        let now = at("2026-02-01T00:00:00Z");
        update(&c, old.no, calendar, &new, "again", Pending::Put, now).expect("updating");
        let now = by_id(&c, old.id).expect("it");
        assert_eq!((now.text.as_str(), now.repeats), ("again", true));
        assert_eq!((now.reply, now.pending), (Some(PartStat::Declined), Pending::Put));
        delete(&c, now.no).expect("deleting");
        assert_eq!(super::super::rows(&c, "event_text"), 1, "its text goes along");
    }
}
