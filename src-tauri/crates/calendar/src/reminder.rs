//! Reminders: what is due at a moment, and was not shown yet. Whoever asks shows them and says so;
//! none comes twice, also where the computer slept through its time.

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc};
use chrono_tz::Tz;
use fristed_base::Moment;
use rusqlite::Connection;

use crate::calendar::Calendar;
use crate::error::Result;
use crate::event::object;
use crate::ical::{Budget, PartStat, Status, When, Window};
use crate::model::{Reminder, ReminderOf, Reminding, Span};
use crate::network::coming;
use crate::table::meeting::MeetingRecord;
use crate::table::{commitment, event, reminded, reminding};
use crate::view::Look;

/// When on its day a reminder of a meeting or a commitment comes, on the computer's clock.
const HOUR: u32 = 8;
/// How long after its day a commitment is still reminded of, where the computer was off, in days.
const LATE: i64 = 31;
/// How long after its start an event's alarm still makes sense, in minutes.
const BEGUN: i64 = 15;
/// The earliest alarm that is looked for, in minutes: four weeks.
const EARLIEST: i64 = 28 * 24 * 60;
/// How long it is remembered that a reminder was shown, in days.
const REMEMBERED: i64 = 400;

impl Calendar {
    /// When the leader wants to be reminded.
    ///
    /// # Errors
    /// [`crate::CalendarError::Store`].
    pub fn reminding(&self) -> Result<Reminding> {
        self.read(reminding::read)
    }

    /// Keeps when the leader wants to be reminded.
    ///
    /// # Errors
    /// [`crate::CalendarError::Store`].
    pub fn set_reminding(&self, chosen: &Reminding) -> Result<()> {
        self.write(|c| reminding::write(c, chosen))
    }

    /// What is to be reminded of at this moment and was not shown yet. Of several reminders of one
    /// thing that came while nobody asked, the latest is given.
    ///
    /// # Errors
    /// [`crate::CalendarError::Store`].
    pub fn reminders_due(&self, here: Tz, now: Moment) -> Result<Vec<Reminder>> {
        let at = now.date_time().to_utc();
        self.read(|c| {
            let mut due = meetings(c, here, at)?;
            due.extend(commitments(c, here, at)?);
            due.extend(alarms(c, here, at)?);
            let mut fresh = Vec::with_capacity(due.len());
            for reminder in due {
                if !reminded::exists(c, &reminder.key)? {
                    fresh.push(reminder);
                }
            }
            Ok(fresh)
        })
    }

    /// Notes that a reminder was shown.
    ///
    /// # Errors
    /// [`crate::CalendarError::Store`].
    pub fn reminder_shown(&self, key: &str, now: Moment) -> Result<()> {
        let at = now.date_time().to_utc();
        self.write(|c| {
            reminded::forget_before(c, at - TimeDelta::days(REMEMBERED))?;
            reminded::insert(c, key, at)
        })
    }
}

/// The latest day up to today on which a reminder of a meeting came.
fn came_on(meeting: NaiveDate, days_before: &[u8], today: NaiveDate) -> Option<NaiveDate> {
    let days = days_before
        .iter()
        .filter_map(|days| meeting.checked_sub_signed(TimeDelta::days(i64::from(*days))));
    days.filter(|day| *day <= today).max()
}

/// The meetings among those to come that are to be prepared: a reminder has come, and the leader
/// neither put it away nor said that she is ready.
pub(crate) fn to_prepare(
    c: &Connection,
    coming: &[MeetingRecord],
    today: NaiveDate,
    here: Tz,
) -> Result<Vec<MeetingRecord>> {
    let days = reminding::read(c)?.days_before;
    let wanted = coming.iter().filter(|record| {
        let came = came_on(record.row.span.day(here), &days, today);
        wants_preparing(record)
            && came.is_some_and(|came| record.put_away.is_none_or(|away| away < came))
    });
    Ok(wanted.cloned().collect())
}

fn wants_preparing(record: &MeetingRecord) -> bool {
    !record.row.cancelled && !record.row.detached && !record.row.ready
}

/// The day that counts for reminders of whole days: today once it is [`HOUR`] o'clock.
fn day_of_reminders(here: Tz, now: DateTime<Utc>) -> NaiveDate {
    let wall = now.with_timezone(&here).naive_local();
    let begun = NaiveTime::from_hms_opt(HOUR, 0, 0).is_some_and(|hour| wall.time() >= hour);
    if begun { wall.date() } else { wall.date().pred_opt().unwrap_or(wall.date()) }
}

fn meetings(c: &Connection, here: Tz, now: DateTime<Utc>) -> Result<Vec<Reminder>> {
    let today = day_of_reminders(here, now);
    let days = reminding::read(c)?.days_before;
    let mut coming = coming(c, here, now)?;
    coming.retain(|record| record.row.span.instants(here).0 > now);
    let wanted = to_prepare(c, &coming, today, here)?;
    let reminders = wanted.into_iter().filter_map(|record| {
        let came = came_on(record.row.span.day(here), &days, today)?;
        Some(Reminder {
            key: format!("meeting {} {came}", record.row.id),
            of: ReminderOf::Meeting(record.row.id),
            title: record.row.title,
            span: record.row.span,
        })
    });
    Ok(reminders.collect())
}

fn commitments(c: &Connection, here: Tz, now: DateTime<Utc>) -> Result<Vec<Reminder>> {
    if !reminding::read(c)?.commitments {
        return Ok(Vec::new());
    }
    let today = day_of_reminders(here, now);
    let oldest = today.checked_sub_signed(TimeDelta::days(LATE)).unwrap_or(today);
    let mut due = Vec::new();
    for record in commitment::mine_open(c)? {
        let commitment = record.commitment;
        let Some(day) = commitment.form.due.filter(|day| *day <= today && *day >= oldest) else {
            continue;
        };
        // What was overdue when it was written down reminds of itself.
        if day < commitment.made.day() {
            continue;
        }
        due.push(Reminder {
            key: format!("commitment {} {day}", commitment.id),
            of: ReminderOf::Commitment(commitment.id),
            title: commitment.form.what,
            span: Span::Days(day, day.succ_opt().unwrap_or(day)),
        });
    }
    Ok(due)
}

/// The alarms of events in the leader's own calendars.
fn alarms(c: &Connection, here: Tz, now: DateTime<Utc>) -> Result<Vec<Reminder>> {
    let (from, to) = (now - TimeDelta::minutes(BEGUN), now + TimeDelta::minutes(EARLIEST));
    let records = event::alarmed(c, from, to)?;
    let look = Look::new(c, here)?;
    let mut budget = Budget::view();
    let mut due = Vec::new();
    for record in records {
        let Ok(object) = object(&record) else {
            continue;
        };
        // No alarm of it is earlier, so nothing further away is due.
        let reach = record.alarm.unwrap_or_default().clamp(0, EARLIEST);
        let window = Window::new(from, now + TimeDelta::minutes(reach + 1));
        for one in object.occurrences(&window, here, &mut budget).list {
            let minutes = match &one.recurrence_id {
                Some(id) if one.overridden => object.summary_of(id).map(|s| s.alarms),
                _ => Ok(object.summary().alarms),
            };
            let came = |minutes: &i64| {
                (0..=EARLIEST).contains(minutes) && one.starts - TimeDelta::minutes(*minutes) <= now
            };
            let Some(latest) = minutes.unwrap_or_default().into_iter().filter(came).min() else {
                continue;
            };
            if one.starts <= from || one.status == Status::Cancelled {
                continue;
            }
            let seen = look.seen(&record, &object, one);
            if seen.reply == Some(PartStat::Declined) {
                continue;
            }
            due.push(Reminder {
                key: format!("event {} {} {latest}", record.id, seen.starts.timestamp()),
                of: ReminderOf::Event(record.id),
                title: seen.title.to_string(),
                span: span(&seen.start, &seen.end, seen.starts, seen.ends),
            });
        }
    }
    Ok(due)
}

fn span(start: &When, end: &When, starts: DateTime<Utc>, ends: DateTime<Utc>) -> Span {
    match (start, end) {
        (When::Day(first), When::Day(end)) => Span::Days(*first, *end),
        _ => Span::Timed(starts, ends),
    }
}
