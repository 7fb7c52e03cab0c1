//! What the tables `event`, `event_text` and `asked` hold of the server's side of an event.

use chrono::{DateTime, Utc};
use fristed_base::EventId;
use rusqlite::{Connection, OptionalExtension as _, Row, named_params, params};

use super::calendar::CalendarNo;
use super::column::{id, instant, number_of, one_of};
use super::event::{EventNo, PENDING, Pending};
use crate::error::Result;

/// An event as it stands to the server.
#[derive(Debug, Clone)]
pub(crate) struct RemoteRecord {
    pub(crate) no: EventNo,
    pub(crate) id: EventId,
    pub(crate) uid: String,
    /// Its path on the server and its version there; none where it is not there yet.
    pub(crate) there: Option<(String, String)>,
    pub(crate) pending: Pending,
    pub(crate) changed: DateTime<Utc>,
    pub(crate) text: String,
    /// As last agreed with the server.
    pub(crate) base: Option<String>,
}

/// What the leader was asked of an event, or has answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Asked {
    /// It is gone from the server; shall it go from here?
    Gone,
    /// It was deleted here, and she said that it may go from the server.
    MayGo,
}

const ASKED: [Asked; 2] = [Asked::Gone, Asked::MayGo];

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT e.no, e.id, e.uid, e.href, e.etag, e.pending, e.changed_ms, t.text, t.base \
             FROM event e JOIN event_text t ON t.event = e.no ",
            $rest
        )
    };
}

const BY_NO: &str = select!("WHERE e.no = ?1");
const BY_HREF: &str = select!("WHERE e.calendar = ?1 AND e.href = ?2");
const BY_UID: &str = select!("WHERE e.calendar = ?1 AND e.uid = ?2");
const PENDING_IN: &str = select!(
    "WHERE e.calendar = ?1 AND e.pending <> 0 \
     AND NOT EXISTS (SELECT 1 FROM conflict f WHERE f.event = e.no) ORDER BY e.changed_ms, e.no"
);
const ASKED_IN: &str = select!(
    "WHERE e.calendar = ?1 AND e.no IN (SELECT event FROM asked WHERE what = ?2) ORDER BY e.no"
);
const VERSIONS: &str = "SELECT href, etag FROM event WHERE calendar = ?1 AND href IS NOT NULL";
const KNOWN: &str =
    "SELECT count(*) FROM event WHERE calendar = ?1 AND href IS NOT NULL AND pending <> 2";
const COUNTS: &str = "SELECT \
     (SELECT count(*) FROM event WHERE calendar = ?1 AND pending <> 0), \
     (SELECT count(*) FROM conflict f JOIN event e ON e.no = f.event WHERE e.calendar = ?1), \
     (SELECT count(*) FROM asked a JOIN event e ON e.no = a.event \
        WHERE e.calendar = ?1 AND a.what = 0)";
const NEWEST: &str = "SELECT max(changed_ms) FROM event WHERE calendar = ?1 AND pending <> 0";
const AGREE: &str = "UPDATE event SET href = :href, etag = :etag, pending = :pending \
     WHERE no = :no";
const SET_BASE: &str = "UPDATE event_text SET base = ?2 WHERE event = ?1";
const FORGET: &str = "UPDATE event SET href = NULL, etag = NULL, pending = ?2 WHERE no = ?1";
const FOUND: &str = "UPDATE event SET href = ?2, etag = '' WHERE no = ?1";
const ASK: &str = "INSERT INTO asked (event, what) VALUES (?1, ?2) \
     ON CONFLICT (event) DO UPDATE SET what = excluded.what";
const ANSWERED: &str = "DELETE FROM asked WHERE event = ?1";
const IS_ASKED: &str = "SELECT count(*) FROM asked WHERE event = ?1 AND what = ?2";

fn from_row(row: &Row<'_>) -> rusqlite::Result<RemoteRecord> {
    let href: Option<String> = row.get(3)?;
    let etag: Option<String> = row.get(4)?;
    Ok(RemoteRecord {
        no: EventNo(row.get(0)?),
        id: id(row, 1, EventId::from_slice)?,
        uid: row.get(2)?,
        there: href.zip(etag),
        pending: one_of(row, 5, &PENDING)?,
        changed: instant(row, 6)?,
        text: row.get(7)?,
        base: row.get(8)?,
    })
}

/// The event with this number, also where it waits to be deleted.
pub(crate) fn by_no(c: &Connection, no: EventNo) -> Result<RemoteRecord> {
    Ok(c.prepare_cached(BY_NO)?.query_row([no.0], from_row)?)
}

/// The event at a path on the server.
pub(crate) fn by_href(
    c: &Connection,
    calendar: CalendarNo,
    href: &str,
) -> Result<Option<RemoteRecord>> {
    Ok(c.prepare_cached(BY_HREF)?.query_row(params![calendar.0, href], from_row).optional()?)
}

/// The event with this UID in a calendar.
pub(crate) fn by_uid(
    c: &Connection,
    calendar: CalendarNo,
    uid: &str,
) -> Result<Option<RemoteRecord>> {
    Ok(c.prepare_cached(BY_UID)?.query_row(params![calendar.0, uid], from_row).optional()?)
}

fn collected(c: &Connection, sql: &str, with: impl rusqlite::Params) -> Result<Vec<RemoteRecord>> {
    let mut statement = c.prepare_cached(sql)?;
    let found = statement.query_map(with, from_row)?;
    Ok(found.collect::<Result<_, _>>()?)
}

/// What the server has still to be told, the oldest first, but for what the leader is asked about.
pub(crate) fn pending(c: &Connection, calendar: CalendarNo) -> Result<Vec<RemoteRecord>> {
    collected(c, PENDING_IN, [calendar.0])
}

/// The events of which the leader was asked this.
pub(crate) fn asked(
    c: &Connection,
    calendar: CalendarNo,
    what: Asked,
) -> Result<Vec<RemoteRecord>> {
    collected(c, ASKED_IN, params![calendar.0, number_of(&what, &ASKED)])
}

/// The path and the version of every event that the server has.
pub(crate) fn versions(c: &Connection, calendar: CalendarNo) -> Result<Vec<(String, String)>> {
    let mut statement = c.prepare_cached(VERSIONS)?;
    let found = statement.query_map([calendar.0], |row| {
        let etag: Option<String> = row.get(1)?;
        Ok((row.get(0)?, etag.unwrap_or_default()))
    })?;
    Ok(found.collect::<Result<_, _>>()?)
}

/// How many of a calendar's events are on the server.
pub(crate) fn known(c: &Connection, calendar: CalendarNo) -> Result<u32> {
    Ok(c.prepare_cached(KNOWN)?.query_row([calendar.0], |row| row.get(0))?)
}

/// How many changes wait, how many conflicts there are, and how many events are gone from the
/// server.
pub(crate) fn counts(c: &Connection, calendar: CalendarNo) -> Result<(u32, u32, u32)> {
    let of = |row: &Row<'_>| Ok((row.get(0)?, row.get(1)?, row.get(2)?));
    Ok(c.prepare_cached(COUNTS)?.query_row([calendar.0], of)?)
}

/// When the latest change was made that the server has still to be told.
pub(crate) fn newest(c: &Connection, calendar: CalendarNo) -> Result<Option<DateTime<Utc>>> {
    let millis: Option<i64> =
        c.prepare_cached(NEWEST)?.query_row([calendar.0], |row| row.get(0))?;
    Ok(millis.and_then(DateTime::from_timestamp_millis))
}

/// Notes what both sides have: the path, the version, the text; and what is still to be told.
pub(crate) fn agree(
    c: &Connection,
    no: EventNo,
    (href, etag): (&str, &str),
    base: &str,
    pending: Pending,
) -> Result<()> {
    c.prepare_cached(AGREE)?.execute(named_params! {
        ":no": no.0,
        ":href": href,
        ":etag": etag,
        ":pending": number_of(&pending, &PENDING),
    })?;
    c.prepare_cached(SET_BASE)?.execute(params![no.0, base])?;
    Ok(())
}

/// Notes that the server has nothing of an event.
pub(crate) fn forget(c: &Connection, no: EventNo, pending: Pending) -> Result<()> {
    c.prepare_cached(FORGET)?.execute(params![no.0, number_of(&pending, &PENDING)])?;
    c.prepare_cached(SET_BASE)?.execute(params![no.0, None::<String>])?;
    Ok(())
}

/// Notes where an event was found on the server, in a version that nobody has agreed on.
pub(crate) fn found(c: &Connection, no: EventNo, href: &str) -> Result<()> {
    c.prepare_cached(FOUND)?.execute(params![no.0, href])?;
    Ok(())
}

/// Asks of an event, or notes the answer.
pub(crate) fn ask(c: &Connection, no: EventNo, what: Asked) -> Result<()> {
    c.prepare_cached(ASK)?.execute(params![no.0, number_of(&what, &ASKED)])?;
    Ok(())
}

/// Ends what was asked of an event.
pub(crate) fn answered(c: &Connection, no: EventNo) -> Result<()> {
    c.prepare_cached(ANSWERED)?.execute([no.0])?;
    Ok(())
}

/// Whether this was asked of an event.
pub(crate) fn is_asked(c: &Connection, no: EventNo, what: Asked) -> Result<bool> {
    let with = params![no.0, number_of(&what, &ASKED)];
    let count: u32 = c.prepare_cached(IS_ASKED)?.query_row(with, |row| row.get(0))?;
    Ok(count > 0)
}
