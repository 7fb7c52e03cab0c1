//! Calendar files on their way in: what one would bring, and bringing it, all of it or nothing.

use std::collections::HashSet;

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use fristed_base::{CalendarId, EventId, Moment};
use rusqlite::Connection;

use crate::calendar::Calendar;
use crate::error::{CalendarError, Result};
use crate::ical::{self, Limits, Method, Object, Reading, Reason, Warning};
use crate::table::calendar::{self as calendar_table, CalendarNo};
use crate::table::event::{self as event_table, EventRecord};
use crate::table::{meeting as meeting_table, own_address};
use crate::{event, meeting};

/// A file that was read, to be brought in.
#[derive(Debug, Clone)]
pub struct FilePlan {
    pub(crate) reading: Reading,
}

/// What a file would bring.
#[derive(Debug, Clone, Default)]
pub struct FilePreview {
    /// The calendar's name, where the file has one.
    pub name: Option<String>,
    /// Events that would be new.
    pub new_events: u32,
    /// Events that are here in an older version.
    pub changed_events: u32,
    /// Events that are here already.
    pub already_here: u32,
    /// The first day.
    pub first_day: Option<NaiveDate>,
    /// The last day; none where a series never ends.
    pub last_day: Option<NaiveDate>,
    /// The zones that are neither known nor defined in it, fit to be shown, the first of them;
    /// times in them are taken as the computer's own.
    pub unknown_zones: Vec<String>,
    /// Parts that were left out or mended, with their lines.
    pub warnings: Vec<Warning>,
}

/// What bringing a file in did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct FileDone {
    /// Events added.
    pub added: u32,
    /// Events that took the place of an older version.
    pub changed: u32,
    /// Events that were here already, in this version or a newer one.
    pub already_here: u32,
    /// Parts of the file that were left out.
    pub skipped: u32,
}

impl FilePlan {
    /// Reads a file.
    ///
    /// # Errors
    /// [`CalendarError::NotACalendar`], [`CalendarError::TooLarge`].
    pub fn read(bytes: &[u8]) -> Result<Self> {
        Ok(Self { reading: ical::read(bytes, &Limits::default())? })
    }

    /// Whether it is an invitation, a change of one or an answer, and not just events.
    #[must_use]
    pub fn is_message(&self) -> bool {
        let message = matches!(
            self.reading.method,
            Some(Method::Request | Method::Cancel | Method::Reply | Method::Counter)
        );
        message && !self.reading.objects.is_empty()
    }

    /// The calendar's name, where the file has one.
    #[must_use]
    pub fn name(&self) -> Option<&str> {
        self.reading.name.as_deref()
    }
}

impl Calendar {
    /// Says what a file would bring; changes nothing.
    ///
    /// # Errors
    /// [`CalendarError::Store`].
    pub fn file_preview(&self, plan: &FilePlan, here: Tz) -> Result<FilePreview> {
        self.read(|c| preview(c, &plan.reading, here))
    }

    /// Brings a file's events into a calendar; all or nothing. An event that is in another
    /// calendar that can be changed stays in that one.
    ///
    /// # Errors
    /// [`CalendarError::ReadOnly`], [`CalendarError::NotFound`].
    pub fn file_run(
        &self,
        plan: &FilePlan,
        calendar: CalendarId,
        here: Tz,
        now: Moment,
    ) -> Result<FileDone> {
        self.write(|c| run(c, &plan.reading, calendar, here, now.date_time().to_utc()))
    }
}

/// How an event that comes stands to the one that is here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Standing {
    /// It says the same.
    Same,
    /// It is a later version.
    Newer,
    /// It is an earlier one.
    Older,
}

/// Compares two versions of one event by SEQUENCE, then by DTSTAMP (RFC 5546, section 2.1.5).
pub(crate) fn standing(here: &Object, coming: &Object) -> Standing {
    let (old, new) = (here.summary(), coming.summary());
    if same_but_for_stamps(here.text(), coming.text()) {
        return Standing::Same;
    }
    match new.sequence.cmp(&old.sequence).then_with(|| new.stamp.cmp(&old.stamp)) {
        std::cmp::Ordering::Greater => Standing::Newer,
        std::cmp::Ordering::Equal => Standing::Same,
        std::cmp::Ordering::Less => Standing::Older,
    }
}

/// Whether two texts differ at most in when they were written out.
fn same_but_for_stamps(one: &str, other: &str) -> bool {
    let said = |line: &&str| {
        let line = line.to_ascii_uppercase();
        !line.starts_with("DTSTAMP") && !line.starts_with("LAST-MODIFIED")
    };
    one.lines().filter(said).eq(other.lines().filter(said))
}

/// The event with this UID that a file's event takes the place of: in the calendar chosen, or in
/// another one that can be changed.
fn known(c: &Connection, uid: &str, chosen: Option<CalendarNo>) -> Result<Option<EventRecord>> {
    let mut all = event_table::by_uid(c, uid)?;
    if let Some(at) = all.iter().position(|record| Some(record.calendar_no) == chosen) {
        return Ok(Some(all.swap_remove(at)));
    }
    Ok(all.into_iter().find(|record| record.kind.is_writable()))
}

/// How many parts of a file were left out; an earlier version of what came is no loss.
#[must_use]
pub fn left_out(warnings: &[Warning]) -> u32 {
    let lost =
        |warning: &&Warning| warning.reason.left_out() && warning.reason != Reason::Superseded;
    u32::try_from(warnings.iter().filter(lost).count()).unwrap_or(u32::MAX)
}

fn preview(c: &Connection, reading: &Reading, here: Tz) -> Result<FilePreview> {
    let mut preview = FilePreview {
        name: reading.name.clone(),
        unknown_zones: reading.unknown_zones.clone(),
        warnings: reading.warnings.clone(),
        ..FilePreview::default()
    };
    let mut endless = false;
    for object in &reading.objects {
        let count = match known(c, object.uid(), None)? {
            None => &mut preview.new_events,
            Some(record) => match standing(&event::object(&record)?, object) {
                Standing::Newer => &mut preview.changed_events,
                Standing::Same | Standing::Older => &mut preview.already_here,
            },
        };
        *count += 1;
        let summary = object.summary();
        let first = summary.start.instant(here).with_timezone(&here).date_naive();
        preview.first_day = Some(preview.first_day.map_or(first, |known| known.min(first)));
        let last = match (summary.recurs, summary.bounds.last_end) {
            (true, None) => {
                endless = true;
                continue;
            }
            // The bounds are as wide as any zone may need; the last day is a day inside them.
            (true, Some(end)) => (end - chrono::TimeDelta::days(1)).date_naive().max(first),
            (false, _) => {
                let end = summary.end.instant(here) - chrono::TimeDelta::seconds(1);
                end.with_timezone(&here).date_naive().max(first)
            }
        };
        preview.last_day = Some(preview.last_day.map_or(last, |known| known.max(last)));
    }
    if endless {
        preview.last_day = None;
    }
    Ok(preview)
}

fn run(
    c: &Connection,
    reading: &Reading,
    target: CalendarId,
    here: Tz,
    now: DateTime<Utc>,
) -> Result<FileDone> {
    let (no, info) = calendar_table::by_id(c, target)?;
    if !info.kind.is_writable() {
        return Err(CalendarError::ReadOnly);
    }
    let own = own_address::all(c)?;
    let meetings: HashSet<String> = meeting_table::uids(c)?.into_iter().collect();
    // Most of what comes is new, and need not be looked for one by one.
    let here_already: HashSet<String> = event_table::all_uids(c)?.into_iter().collect();
    let mut done = FileDone { skipped: left_out(&reading.warnings), ..FileDone::default() };
    for object in &reading.objects {
        if !here_already.contains(object.uid()) {
            event::insert_unknown(c, (no, info.kind), object, &own, now)?;
            done.added += 1;
            refresh(c, object, &meetings, here)?;
            continue;
        }
        match known(c, object.uid(), Some(no))? {
            None => {
                event::insert(c, EventId::new(), (no, info.kind), object, &own, now)?;
                done.added += 1;
            }
            Some(record) => match standing(&event::object(&record)?, object) {
                Standing::Newer => {
                    event::replace(c, &record, object, &own, now)?;
                    done.changed += 1;
                }
                Standing::Same | Standing::Older => {
                    done.already_here += 1;
                    continue;
                }
            },
        }
        refresh(c, object, &meetings, here)?;
    }
    Ok(done)
}

/// Looks anew at the meetings of an event that came.
fn refresh(c: &Connection, of: &Object, meetings: &HashSet<String>, here: Tz) -> Result<()> {
    if meetings.contains(of.uid()) { meeting::refresh(c, of.uid(), here) } else { Ok(()) }
}
