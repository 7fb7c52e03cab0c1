//! The table `calendar_source`: where a calendar comes from, and how it is kept in step.

use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension as _, Row, named_params, params};

use super::account::AccountNo;
use super::calendar::CalendarNo;
use super::column::{number_of, one_of, unreadable};
use crate::error::Result;
use crate::model::Trouble;

/// A row of `calendar_source`.
#[derive(Debug, Clone)]
pub(crate) struct SourceRecord {
    pub(crate) calendar: CalendarNo,
    pub(crate) account: AccountNo,
    pub(crate) address: String,
    pub(crate) every_minutes: u32,
    pub(crate) mark: Option<String>,
    pub(crate) etag: Option<String>,
    pub(crate) last_modified: Option<String>,
    pub(crate) looked: Option<DateTime<Utc>>,
    pub(crate) good: Option<DateTime<Utc>>,
    pub(crate) failures: u32,
    pub(crate) trouble: Option<Trouble>,
}

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT calendar, account, address, every_minutes, mark, etag, last_modified, \
             looked_ms, good_ms, failures, trouble FROM calendar_source ",
            $rest
        )
    };
}

const OF: &str = select!("WHERE calendar = ?1");
const ALL: &str = select!("ORDER BY calendar");
const INSERT: &str = "INSERT INTO calendar_source (calendar, account, address, every_minutes, mark, etag, \
     last_modified, looked_ms, good_ms, failures, trouble) \
     VALUES (?1, ?2, ?3, ?4, NULL, NULL, NULL, NULL, NULL, 0, NULL)";
const SET_EVERY: &str = "UPDATE calendar_source SET every_minutes = ?2 WHERE calendar = ?1";
const SET_ADDRESS: &str = "UPDATE calendar_source SET address = ?2, mark = NULL, etag = NULL, last_modified = NULL \
     WHERE calendar = ?1";
const SET_ACCOUNT: &str = "UPDATE calendar_source SET account = ?2 WHERE calendar = ?1";
const SET_MARK: &str = "UPDATE calendar_source SET mark = ?2 WHERE calendar = ?1";
const SET_VERSION: &str =
    "UPDATE calendar_source SET etag = ?2, last_modified = ?3 WHERE calendar = ?1";
const WENT_WELL: &str = "UPDATE calendar_source SET looked_ms = ?2, good_ms = ?2, failures = 0, \
     trouble = NULL WHERE calendar = ?1";
const FAILED: &str = "UPDATE calendar_source SET looked_ms = :at, failures = failures + 1, \
     trouble = :trouble WHERE calendar = :calendar";

fn instant(row: &Row<'_>, at: usize) -> rusqlite::Result<Option<DateTime<Utc>>> {
    let millis: Option<i64> = row.get(at)?;
    millis.map(|ms| DateTime::from_timestamp_millis(ms).ok_or_else(|| unreadable(at))).transpose()
}

fn from_row(row: &Row<'_>) -> rusqlite::Result<SourceRecord> {
    let trouble: Option<i64> = row.get(10)?;
    Ok(SourceRecord {
        calendar: CalendarNo(row.get(0)?),
        account: AccountNo(row.get(1)?),
        address: row.get(2)?,
        every_minutes: row.get(3)?,
        mark: row.get(4)?,
        etag: row.get(5)?,
        last_modified: row.get(6)?,
        looked: instant(row, 7)?,
        good: instant(row, 8)?,
        failures: row.get(9)?,
        trouble: trouble.map(|_| one_of(row, 10, &Trouble::ALL)).transpose()?,
    })
}

/// Where a calendar comes from; none of the leader's own.
pub(crate) fn of(c: &Connection, calendar: CalendarNo) -> Result<Option<SourceRecord>> {
    Ok(c.prepare_cached(OF)?.query_row([calendar.0], from_row).optional()?)
}

/// Every source, in the order of the calendars.
pub(crate) fn all(c: &Connection) -> Result<Vec<SourceRecord>> {
    let mut statement = c.prepare_cached(ALL)?;
    let found = statement.query_map([], from_row)?;
    Ok(found.collect::<Result<_, _>>()?)
}

/// Says where a calendar comes from.
pub(crate) fn insert(
    c: &Connection,
    calendar: CalendarNo,
    account: AccountNo,
    address: &str,
    every_minutes: u32,
) -> Result<()> {
    c.prepare_cached(INSERT)?.execute(params![calendar.0, account.0, address, every_minutes])?;
    Ok(())
}

/// Sets the minutes between two looks.
pub(crate) fn set_every(c: &Connection, calendar: CalendarNo, minutes: u32) -> Result<()> {
    c.prepare_cached(SET_EVERY)?.execute(params![calendar.0, minutes])?;
    Ok(())
}

/// Sets another address, of which nothing is known yet.
pub(crate) fn set_address(c: &Connection, calendar: CalendarNo, address: &str) -> Result<()> {
    c.prepare_cached(SET_ADDRESS)?.execute(params![calendar.0, address])?;
    Ok(())
}

/// Sets another account.
pub(crate) fn set_account(c: &Connection, calendar: CalendarNo, account: AccountNo) -> Result<()> {
    c.prepare_cached(SET_ACCOUNT)?.execute(params![calendar.0, account.0])?;
    Ok(())
}

/// Notes how far a calendar was read.
pub(crate) fn set_mark(c: &Connection, calendar: CalendarNo, mark: Option<&str>) -> Result<()> {
    c.prepare_cached(SET_MARK)?.execute(params![calendar.0, mark])?;
    Ok(())
}

/// Notes which version of a subscription was read.
pub(crate) fn set_version(
    c: &Connection,
    calendar: CalendarNo,
    etag: Option<&str>,
    last_modified: Option<&str>,
) -> Result<()> {
    c.prepare_cached(SET_VERSION)?.execute(params![calendar.0, etag, last_modified])?;
    Ok(())
}

/// Notes that a look went well.
pub(crate) fn went_well(c: &Connection, calendar: CalendarNo, at: DateTime<Utc>) -> Result<()> {
    c.prepare_cached(WENT_WELL)?.execute(params![calendar.0, at.timestamp_millis()])?;
    Ok(())
}

/// Notes that a look failed.
pub(crate) fn failed(
    c: &Connection,
    calendar: CalendarNo,
    trouble: Trouble,
    at: DateTime<Utc>,
) -> Result<()> {
    c.prepare_cached(FAILED)?.execute(named_params! {
        ":calendar": calendar.0,
        ":at": at.timestamp_millis(),
        ":trouble": number_of(&trouble, &Trouble::ALL),
    })?;
    Ok(())
}
