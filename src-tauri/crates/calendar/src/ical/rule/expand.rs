//! The times that a rule gives within a stretch of time, by the reading of its own clock.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime, Timelike};

use super::days::DayRule;
use super::{End, Frequency, RecurrenceRule, subday};

/// Counts steps down.
#[derive(Debug)]
pub(in crate::ical) struct Meter {
    left: u64,
}

impl Meter {
    pub(in crate::ical) const fn new(steps: u64) -> Self {
        Self { left: steps }
    }

    /// Whether there were so many steps left; they are gone then.
    pub(in crate::ical) fn spend(&mut self, steps: u64) -> bool {
        let enough = self.left >= steps;
        self.left = self.left.saturating_sub(steps);
        enough
    }

    pub(in crate::ical) const fn left(&self) -> u64 {
        self.left
    }
}

/// A stretch of time on one wall, both ends within it.
#[derive(Debug, Clone, Copy)]
pub(in crate::ical) struct Span {
    pub from: NaiveDateTime,
    pub to: NaiveDateTime,
}

/// What an expansion needs to know besides the rule.
pub(super) struct Task<'a> {
    pub start: NaiveDateTime,
    /// Whether the start has a time; the parts about hours count for nothing where it has none.
    pub timed: bool,
    pub span: Span,
    /// Whether a time lies behind the rule's end.
    pub past: &'a dyn Fn(NaiveDateTime) -> bool,
    pub meter: &'a mut Meter,
    pub out: &'a mut Vec<NaiveDateTime>,
    left: Option<u32>,
    begun: bool,
    /// The last time that was looked at.
    reached: NaiveDateTime,
}

/// Whether to go on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Next {
    On,
    /// The rule or the span has ended.
    End,
    /// The steps are spent.
    Spent,
}

impl Task<'_> {
    /// Takes one time that the rule gives. They come in order.
    pub(super) fn take(&mut self, at: NaiveDateTime) -> Next {
        self.reached = at;
        if at < self.start {
            return if self.meter.spend(1) { Next::On } else { Next::Spent };
        }
        if at > self.span.to || (self.past)(at) {
            return Next::End;
        }
        if !std::mem::replace(&mut self.begun, true) && at > self.start {
            // The start always counts as the first (RFC 5545, section 3.3.10, COUNT).
            if let Some(left) = &mut self.left {
                *left = left.saturating_sub(1);
            }
        }
        match &mut self.left {
            Some(0) => return Next::End,
            Some(left) => *left -= 1,
            None => {}
        }
        // An occurrence is worth more than a day looked at: it is placed, named and shown.
        let inside = at >= self.span.from;
        if !self.meter.spend(if inside { 4 } else { 1 }) {
            return Next::Spent;
        }
        if inside {
            self.out.push(at);
        }
        Next::On
    }

    /// The time up to which was looked, where the steps are spent.
    pub(super) const fn spent(&self) -> Option<NaiveDateTime> {
        Some(self.reached)
    }

    pub(super) const fn counts(&self) -> bool {
        self.left.is_some()
    }
}

/// Adds the times that a rule gives within the span to `out`, in order, and gives the time up to
/// which it looked where the steps were spent. The start is among them where the rule gives it.
pub(in crate::ical) fn expand(
    rule: &RecurrenceRule,
    (start, timed): (NaiveDateTime, bool),
    span: Span,
    past: &dyn Fn(NaiveDateTime) -> bool,
    meter: &mut Meter,
    out: &mut Vec<NaiveDateTime>,
) -> Option<NaiveDateTime> {
    let left = match rule.end {
        End::Count(count) => Some(count),
        End::Never | End::Until(_) => None,
    };
    if span.to < start {
        return None;
    }
    let reached = span.from;
    let mut task = Task { start, timed, span, past, meter, out, left, begun: false, reached };
    if rule.frequency < Frequency::Daily && timed {
        subday::expand(rule, &mut task)
    } else {
        by_days(rule, &mut task)
    }
}

/// The last day that the RFC can write.
pub(super) fn last_day() -> NaiveDate {
    NaiveDate::from_ymd_opt(9999, 12, 31).unwrap_or(NaiveDate::MAX)
}

fn by_days(rule: &RecurrenceRule, task: &mut Task<'_>) -> Option<NaiveDateTime> {
    let first = task.start.date();
    let days = DayRule::new(rule, first);
    // What counts has to be counted from the start.
    let aim = if task.counts() { first } else { first.max(task.span.from.date()) };
    let mut period = days.period(first, aim)?;
    let last = task.span.to.date().min(last_day());
    let times = times(rule, task);
    if !task.meter.spend(u64::try_from(times.len()).unwrap_or(u64::MAX) / 16) {
        return task.spent();
    }
    let mut found = Vec::new();
    while period <= last {
        found.clear();
        let looked = days.of_period(period, &mut found);
        if found.is_empty() {
            task.reached = period.and_time(NaiveTime::MIN).max(task.reached);
            if (task.past)(period.and_time(NaiveTime::MIN)) {
                return None;
            }
        }
        if !task.meter.spend(u64::from(looked / 8) + u64::from(found.is_empty())) {
            return task.spent();
        }
        let next = if rule.by_set_pos.is_empty() {
            // What lies before is neither counted nor seen.
            found.retain(|day| *day >= aim);
            all(&found, &times, task)
        } else {
            positions(&rule.by_set_pos, &found, &times, task)
        };
        match next {
            Next::On => {}
            Next::End => return None,
            Next::Spent => return task.spent(),
        }
        period = days.after(period)?;
    }
    None
}

/// Takes every time of every day.
fn all(days: &[NaiveDate], times: &[NaiveTime], task: &mut Task<'_>) -> Next {
    for day in days {
        for time in times {
            match task.take(day.and_time(*time)) {
                Next::On => {}
                other => return other,
            }
        }
    }
    Next::On
}

/// Takes those of a period that BYSETPOS names. The set is never made: its n-th is computed.
fn positions(wanted: &[i32], days: &[NaiveDate], times: &[NaiveTime], task: &mut Task<'_>) -> Next {
    let size = i64::try_from(days.len().saturating_mul(times.len())).unwrap_or(i64::MAX);
    for index in indexes(wanted, size) {
        let (day, time) = (index.checked_div(times.len()), index.checked_rem(times.len()));
        let (Some(day), Some(time)) =
            (day.and_then(|at| days.get(at)), time.and_then(|at| times.get(at)))
        else {
            continue;
        };
        match task.take(day.and_time(*time)) {
            Next::On => {}
            other => return other,
        }
    }
    Next::On
}

/// The places, from 0 and in order, that BYSETPOS names in a set of this size.
pub(super) fn indexes(wanted: &[i32], size: i64) -> Vec<usize> {
    let mut found: Vec<usize> = wanted
        .iter()
        .map(|n| i64::from(*n))
        .map(|n| if n > 0 { n - 1 } else { size + n })
        .filter(|at| (0..size).contains(at))
        .filter_map(|at| usize::try_from(at).ok())
        .collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// The times of day at which a rule by days falls.
fn times(rule: &RecurrenceRule, task: &Task<'_>) -> Vec<NaiveTime> {
    if !task.timed {
        return vec![NaiveTime::MIN];
    }
    let start = task.start.time();
    let hours = sorted(&rule.by_hour, start.hour());
    let minutes = sorted(&rule.by_minute, start.minute());
    let seconds = sorted(&rule.by_second, start.second());
    let mut times = Vec::with_capacity(hours.len() * minutes.len() * seconds.len());
    for hour in &hours {
        for minute in &minutes {
            times
                .extend(seconds.iter().filter_map(|s| NaiveTime::from_hms_opt(*hour, *minute, *s)));
        }
    }
    times
}

/// The values of a part in order and each once, or what the start says where there is none. A
/// leap second is the second before it.
pub(super) fn sorted(values: &[u8], start: u32) -> Vec<u32> {
    let mut found: Vec<u32> = values.iter().map(|value| u32::from(*value).min(59)).collect();
    if found.is_empty() {
        found.push(start);
    }
    found.sort_unstable();
    found.dedup();
    found
}
