//! Reminders: what is due at a moment, and was not shown yet. Whoever asks shows them and says so;
//! none comes twice, also where the computer slept through its time.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use chrono::{DateTime, NaiveDate, TimeDelta, TimeZone as _, Utc};
use chrono_tz::Tz;
use fristed_base::Moment;
use rusqlite::Connection;

use crate::calendar::Calendar;
use crate::error::Result;
use crate::event::object;
use crate::ical::{Budget, PartStat, Status, Trigger, When, Window};
use crate::model::{Reminder, ReminderOf, Reminding, Span, midnight};
use crate::network::coming;
use crate::table::meeting::MeetingRecord;
use crate::table::{commitment, event, reminded, reminding};
use crate::view::Look;

/// When on its day a reminder of a meeting or a commitment comes, on the computer's clock.
const HOUR: u32 = 8;
/// How long after its day a commitment is still reminded of, where the computer was off, in days.
const LATE: i64 = 31;
/// How long after its time and its event's start an alarm still makes sense, in minutes.
const BEGUN: i64 = 15;
/// The earliest alarm that is looked for, in minutes: four weeks.
const EARLIEST: i64 = 28 * 24 * 60;
/// How many reminders ahead are given at most.
const AHEAD: usize = 500;
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
        let now = now.date_time().to_utc();
        self.read(|c| unshown(c, Reminder::latest(gathered(c, here, now, now)?)))
    }

    /// What is to be reminded of after this moment and within so long, soonest first, at most
    /// [`AHEAD`] of them: for whoever cannot ask when the time comes. Whoever shows them takes
    /// [`Reminder::latest`] of those that have come.
    ///
    /// # Errors
    /// [`crate::CalendarError::Store`].
    pub fn reminders_ahead(
        &self,
        here: Tz,
        now: Moment,
        ahead: TimeDelta,
    ) -> Result<Vec<Reminder>> {
        let now = now.date_time().to_utc();
        self.read(|c| {
            let mut coming = gathered(c, here, now, now + ahead)?;
            coming.retain(|reminder| reminder.at > now);
            coming.sort_by_key(|reminder| reminder.at);
            coming.truncate(AHEAD);
            unshown(c, coming)
        })
    }

    /// Notes that a reminder was shown, or is about to be.
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

    /// Takes back that a reminder was shown, since it could not be.
    ///
    /// # Errors
    /// [`crate::CalendarError::Store`].
    pub fn reminder_not_shown(&self, key: &str) -> Result<()> {
        self.write(|c| reminded::delete(c, key))
    }
}

impl Reminder {
    /// Of several that are about one thing, the one that comes last.
    #[must_use]
    pub fn latest(all: Vec<Self>) -> Vec<Self> {
        let mut latest: Vec<Self> = Vec::with_capacity(all.len());
        let mut places = HashMap::new();
        for reminder in all {
            match places.entry((reminder.of, reminder.span)) {
                Entry::Vacant(new) => {
                    new.insert(latest.len());
                    latest.push(reminder);
                }
                Entry::Occupied(known) => {
                    if let Some(one) = latest.get_mut(*known.get())
                        && one.at < reminder.at
                    {
                        *one = reminder;
                    }
                }
            }
        }
        latest
    }
}

fn unshown(c: &Connection, all: Vec<Reminder>) -> Result<Vec<Reminder>> {
    let mut fresh = Vec::with_capacity(all.len());
    for reminder in all {
        if !reminded::exists(c, &reminder.key)? {
            fresh.push(reminder);
        }
    }
    Ok(fresh)
}

/// The name of a reminder, from which nobody learns what it is about: it may lie outside the vault.
fn key(kind: &str, id: &str, when: &str) -> String {
    let hash = blake3::hash(format!("{kind} {id} {when}").as_bytes());
    hash.to_hex().chars().take(32).collect()
}

/// The latest day up to today on which a reminder of a meeting came.
fn came_on(meeting: NaiveDate, days_before: &[u8], today: NaiveDate) -> Option<NaiveDate> {
    days_of(meeting, days_before).filter(|day| *day <= today).max()
}

/// The days on which reminders of a meeting come.
fn days_of(meeting: NaiveDate, days_before: &[u8]) -> impl Iterator<Item = NaiveDate> {
    let before = move |days: &u8| meeting.checked_sub_signed(TimeDelta::days(i64::from(*days)));
    days_before.iter().filter_map(before)
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
        wants_preparing(record) && came.is_some_and(|came| !is_put_away(record, came))
    });
    Ok(wanted.cloned().collect())
}

fn wants_preparing(record: &MeetingRecord) -> bool {
    !record.row.cancelled && !record.row.detached && !record.row.ready
}

fn is_put_away(record: &MeetingRecord, came: NaiveDate) -> bool {
    record.put_away.is_some_and(|away| away >= came)
}

/// When the reminders of a day come.
fn hour_of(day: NaiveDate, here: Tz) -> DateTime<Utc> {
    let wall = day.and_hms_opt(HOUR, 0, 0);
    let found = wall.and_then(|wall| here.from_local_datetime(&wall).earliest());
    found.map_or_else(|| midnight(day, here), |at| at.to_utc())
}

/// Every reminder that comes up to an instant and still matters now, shown or not.
fn gathered(
    c: &Connection,
    here: Tz,
    now: DateTime<Utc>,
    until: DateTime<Utc>,
) -> Result<Vec<Reminder>> {
    let chosen = reminding::read(c)?;
    let mut all = meetings(c, here, now, &chosen)?;
    if chosen.commitments {
        all.extend(commitments(c, here)?);
    }
    all.retain(|reminder| reminder.at <= until && reminder.gone > now);
    all.extend(alarms(c, here, now, until)?);
    Ok(all)
}

fn meetings(
    c: &Connection,
    here: Tz,
    now: DateTime<Utc>,
    chosen: &Reminding,
) -> Result<Vec<Reminder>> {
    let mut all = Vec::new();
    for record in coming(c, here, now)?.into_iter().filter(wants_preparing) {
        let span = record.row.span;
        for day in days_of(span.day(here), &chosen.days_before) {
            if is_put_away(&record, day) {
                continue;
            }
            all.push(Reminder {
                key: key("meeting", &record.row.id.to_string(), &day.to_string()),
                of: ReminderOf::Meeting(record.row.id),
                title: record.row.title.clone(),
                span,
                at: hour_of(day, here),
                gone: span.instants(here).0,
            });
        }
    }
    Ok(all)
}

fn commitments(c: &Connection, here: Tz) -> Result<Vec<Reminder>> {
    let mut all = Vec::new();
    for record in commitment::mine_open(c)? {
        let commitment = record.commitment;
        let Some(day) = commitment.form.due else { continue };
        let at = hour_of(day, here);
        // What was due when it was written down reminds of itself.
        if at <= commitment.made.date_time().to_utc() {
            continue;
        }
        all.push(Reminder {
            key: key("commitment", &commitment.id.to_string(), &day.to_string()),
            of: ReminderOf::Commitment(commitment.id),
            title: commitment.form.what,
            span: Span::Days(day, day.succ_opt().unwrap_or(day)),
            at,
            gone: at + TimeDelta::days(LATE),
        });
    }
    Ok(all)
}

/// The alarms of events in the leader's own calendars: of each occurrence the latest that came,
/// and those that come up to an instant.
fn alarms(
    c: &Connection,
    here: Tz,
    now: DateTime<Utc>,
    until: DateTime<Utc>,
) -> Result<Vec<Reminder>> {
    let late = TimeDelta::minutes(BEGUN);
    let records = event::alarmed(c, now - late, until + TimeDelta::minutes(1))?;
    let look = Look::new(c, here)?;
    let mut budget = Budget::view();
    let mut all = Vec::new();
    for record in records {
        let Ok(object) = object(&record) else {
            continue;
        };
        // No alarm of it is earlier, so nothing further away comes.
        let reach = TimeDelta::minutes(record.alarm.unwrap_or_default().clamp(0, EARLIEST) + 1);
        let window = Window::new(now - late, until + reach);
        let of_all = object.summary().triggers;
        for one in object.occurrences(&window, here, &mut budget).list {
            if one.status == Status::Cancelled {
                continue;
            }
            let own = one.recurrence_id.as_ref().filter(|_| one.overridden);
            let own = own.and_then(|id| object.summary_of(id).ok()).map(|it| it.triggers);
            // An instant that stands for a whole series says nothing of when each of it is.
            let alone = one.recurrence_id.is_none() || own.is_some();
            let triggers = own.as_ref().unwrap_or(&of_all);
            let triggers = triggers.iter().filter(|one| alone || !matches!(one, Trigger::At(_)));
            let (starts, ends) = (one.starts, one.ends);
            let matters = |at: &DateTime<Utc>| {
                starts - *at <= TimeDelta::minutes(EARLIEST)
                    && *at <= until
                    && starts.max(*at) + late > now
            };
            let mut instants: Vec<_> =
                triggers.filter_map(|it| it.instant(starts, ends)).filter(matters).collect();
            instants.sort_unstable();
            instants.dedup();
            let latest = instants.iter().rposition(|at| *at <= now).unwrap_or_default();
            if instants.is_empty() {
                continue;
            }
            let seen = look.seen(&record, &object, one);
            if seen.reply == Some(PartStat::Declined) {
                continue;
            }
            for at in instants.drain(latest..) {
                let when = format!("{} {}", starts.timestamp(), at.timestamp());
                all.push(Reminder {
                    key: key("event", &record.id.to_string(), &when),
                    of: ReminderOf::Event(record.id),
                    title: seen.title.to_string(),
                    span: span(&seen.start, &seen.end, seen.starts, seen.ends),
                    at,
                    gone: starts.max(at) + late,
                });
            }
        }
    }
    Ok(all)
}

fn span(start: &When, end: &When, starts: DateTime<Utc>, ends: DateTime<Utc>) -> Span {
    match (start, end) {
        (When::Day(first), When::Day(end)) => Span::Days(*first, *end),
        _ => Span::Timed(starts, ends),
    }
}
