//! Rules that come round more than once a day: every so many hours, minutes or seconds.

use chrono::{Datelike, Duration, NaiveDateTime, NaiveTime, Timelike};

use super::days::{on_month_day, on_year_day};
use super::expand::{Next, Task, indexes, sorted};
use super::{Frequency, RecurrenceRule};

/// See [`super::expand()`]. Days and hours that the rule leaves out are leapt over.
pub(super) fn expand(rule: &RecurrenceRule, task: &mut Task<'_>) -> Option<NaiveDateTime> {
    let unit = match rule.frequency {
        Frequency::Hourly => 3600,
        Frequency::Minutely => 60,
        _ => 1,
    };
    let beat = i64::from(rule.interval).checked_mul(unit)?;
    let origin = floor(task.start, unit)?;
    let mut at = origin;
    if !task.counts() && task.span.from > origin {
        at = first_not_before(origin, beat, floor(task.span.from, unit)?)?;
    }
    let minutes = sorted(&rule.by_minute, task.start.minute());
    let seconds = sorted(&rule.by_second, task.start.second());
    while at <= task.span.to {
        if let Some(later) = leap(rule, at) {
            // Whatever is next, it is not before that.
            if (task.past)(at) {
                return None;
            }
            if !task.meter.spend(1) {
                return Some(at);
            }
            at = first_not_before(origin, beat, later?)?;
            continue;
        }
        match within(rule, at, &minutes, &seconds, task) {
            Next::On => {}
            Next::End => return None,
            Next::Spent => return task.spent(),
        }
        at = at.checked_add_signed(Duration::seconds(beat))?;
    }
    None
}

/// Where a period is none of the rule's: the earliest time at which one may be.
#[allow(clippy::option_option)]
fn leap(rule: &RecurrenceRule, at: NaiveDateTime) -> Option<Option<NaiveDateTime>> {
    let day = at.date();
    let on_day = (rule.by_month.is_empty()
        || rule.by_month.iter().any(|month| u32::from(*month) == day.month()))
        && (rule.by_day.is_empty()
            || rule.by_day.iter().any(|wanted| wanted.weekday == day.weekday()))
        && on_month_day(&rule.by_month_day, day)
        && on_year_day(&rule.by_year_day, day);
    if !on_day {
        return Some(day.succ_opt().map(|next| next.and_time(NaiveTime::MIN)));
    }
    let has = |part: &[u8], value: u32| {
        part.is_empty() || part.iter().any(|wanted| u32::from(*wanted).min(59) == value)
    };
    if !has(&rule.by_hour, at.hour()) {
        return Some(floor(at, 3600).and_then(|at| at.checked_add_signed(Duration::hours(1))));
    }
    if rule.frequency < Frequency::Hourly && !has(&rule.by_minute, at.minute()) {
        return Some(floor(at, 60).and_then(|at| at.checked_add_signed(Duration::minutes(1))));
    }
    if rule.frequency == Frequency::Secondly && !has(&rule.by_second, at.second()) {
        return Some(at.checked_add_signed(Duration::seconds(1)));
    }
    None
}

/// Takes the times within one period.
fn within(
    rule: &RecurrenceRule,
    at: NaiveDateTime,
    minutes: &[u32],
    seconds: &[u32],
    task: &mut Task<'_>,
) -> Next {
    let times: Vec<NaiveTime> = match rule.frequency {
        Frequency::Hourly => minutes
            .iter()
            .flat_map(|m| seconds.iter().map(|s| NaiveTime::from_hms_opt(at.hour(), *m, *s)))
            .flatten()
            .collect(),
        Frequency::Minutely => seconds
            .iter()
            .filter_map(|s| NaiveTime::from_hms_opt(at.hour(), at.minute(), *s))
            .collect(),
        _ => vec![at.time()],
    };
    let chosen = if rule.by_set_pos.is_empty() {
        (0..times.len()).collect()
    } else {
        indexes(&rule.by_set_pos, i64::try_from(times.len()).unwrap_or(0))
    };
    if chosen.is_empty() && !task.meter.spend(1) {
        return Next::Spent;
    }
    for time in chosen.into_iter().filter_map(|index| times.get(index)) {
        match task.take(at.date().and_time(*time)) {
            Next::On => {}
            other => return other,
        }
    }
    Next::On
}

/// The beginning of the hour, minute or second.
fn floor(at: NaiveDateTime, unit: i64) -> Option<NaiveDateTime> {
    let over = i64::from(at.num_seconds_from_midnight()).checked_rem(unit)?;
    at.checked_sub_signed(Duration::seconds(over))
}

/// The first beat, counted from `origin`, that is not before `aim`.
fn first_not_before(origin: NaiveDateTime, beat: i64, aim: NaiveDateTime) -> Option<NaiveDateTime> {
    let distance = aim.signed_duration_since(origin).num_seconds();
    let beats = distance.checked_add(beat - 1)?.checked_div(beat)?;
    origin.checked_add_signed(Duration::try_seconds(beats.max(0).checked_mul(beat)?)?)
}
