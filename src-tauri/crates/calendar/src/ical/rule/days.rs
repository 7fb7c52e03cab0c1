//! On which days of a period a rule falls.

use chrono::{Datelike, Days as Whole, Months, NaiveDate};

use super::{Days, Frequency, RecurrenceRule};

/// What a rule says about days, with the parts that it leaves to its start filled in, and so
/// independent of its start but for the beat.
pub(super) struct DayRule(RecurrenceRule);

impl DayRule {
    /// The rule of a series that starts on this day.
    pub(super) fn new(rule: &RecurrenceRule, start: NaiveDate) -> Self {
        let mut rule = rule.clone();
        let frequency = rule.frequency;
        if frequency < Frequency::Monthly || !rule.by_week_no.is_empty() {
            // RFC 5545, section 3.3.10: no n-th here; it is passed over.
            rule.by_day.iter_mut().for_each(|day| day.nth = None);
        }
        if frequency != Frequency::Yearly {
            rule.by_week_no.clear();
        }
        fill_in(&mut rule, start);
        Self(rule)
    }

    /// The first day of the period that holds this day, counted in the rule's beat from `start`:
    /// the one that holds the day, or the last before it.
    pub(super) fn period(&self, start: NaiveDate, day: NaiveDate) -> Option<NaiveDate> {
        let interval = i64::from(self.0.interval);
        let beats = |distance: i64| distance.max(0) / interval * interval;
        match self.0.frequency {
            Frequency::Weekly => {
                let first = start.week(self.0.week_start).checked_first_day()?;
                let weeks = beats(day.signed_duration_since(first).num_days() / 7);
                first.checked_add_days(Whole::new(weeks.checked_mul(7)?.unsigned_abs()))
            }
            Frequency::Monthly => {
                let months = beats(months(day) - months(start)).checked_add(months(start))?;
                let year = i32::try_from(months.div_euclid(12)).ok()?;
                let month = u32::try_from(months.rem_euclid(12)).ok()?.checked_add(1)?;
                NaiveDate::from_ymd_opt(year, month, 1)
            }
            Frequency::Yearly => {
                let years = beats(i64::from(day.year()) - i64::from(start.year()));
                let year = i64::from(start.year()).checked_add(years)?;
                NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, 1, 1)
            }
            _ => {
                let days = beats(day.signed_duration_since(start).num_days());
                start.checked_add_days(Whole::new(days.unsigned_abs()))
            }
        }
    }

    /// The beginning of the period that comes after the one that begins here.
    pub(super) fn after(&self, period: NaiveDate) -> Option<NaiveDate> {
        let interval = self.0.interval;
        match self.0.frequency {
            Frequency::Yearly => period.checked_add_months(Months::new(interval.checked_mul(12)?)),
            Frequency::Monthly => period.checked_add_months(Months::new(interval)),
            Frequency::Weekly => period.checked_add_days(Whole::new(u64::from(interval) * 7)),
            _ => period.checked_add_days(Whole::new(interval.into())),
        }
    }

    /// Adds the days of the period that begins here, in order, and gives how many were looked at.
    ///
    /// Every part narrows, as in most programs: where the RFC's table lets one expand, it does so
    /// because a period has all its days to begin with.
    pub(super) fn of_period(&self, period: NaiveDate, out: &mut Vec<NaiveDate>) -> u32 {
        let mut looked = 0;
        let mut look = |from: NaiveDate, days: u32| {
            looked += days;
            out.extend(
                from.iter_days().take(days.try_into().unwrap_or(0)).filter(|d| self.falls(*d)),
            );
        };
        match self.0.frequency {
            Frequency::Yearly => {
                for month in 1..=12_u8 {
                    let first = NaiveDate::from_ymd_opt(period.year(), month.into(), 1);
                    if let Some(first) = first.filter(|_| self.in_month(month.into())) {
                        look(first, first.num_days_in_month().into());
                    }
                }
            }
            Frequency::Monthly if self.in_month(period.month()) => {
                look(period, period.num_days_in_month().into());
            }
            Frequency::Monthly => {}
            Frequency::Weekly => look(period, 7),
            _ => look(period, 1),
        }
        looked
    }

    fn in_month(&self, month: u32) -> bool {
        self.0.by_month.is_empty() || self.0.by_month.iter().any(|it| u32::from(*it) == month)
    }

    fn falls(&self, day: NaiveDate) -> bool {
        let rule = &self.0;
        let of_year = rule.frequency == Frequency::Yearly && rule.by_month.is_empty();
        let on_day = |wanted: &Days| {
            wanted.weekday == day.weekday()
                && wanted.nth.is_none_or(|nth| is_nth(nth, day, of_year))
        };
        (rule.by_day.is_empty() || rule.by_day.iter().any(on_day))
            && self.in_month(day.month())
            && on_month_day(&rule.by_month_day, day)
            && on_year_day(&rule.by_year_day, day)
            && self.in_week(day)
    }

    /// BYWEEKNO: the first week of a year is the one that has four days of it (RFC 5545, section
    /// 3.3.10). A week at a year's edge has days in both years.
    fn in_week(&self, day: NaiveDate) -> bool {
        if self.0.by_week_no.is_empty() {
            return true;
        }
        let first = day.week(self.0.week_start).checked_first_day();
        let Some(middle) = first.and_then(|day| day.checked_add_days(Whole::new(3))) else {
            return false;
        };
        let from_start = i64::from(middle.ordinal0()) / 7 + 1;
        let from_end = -(i64::from(year_length(middle) - middle.ordinal()) / 7 + 1);
        one_of(&self.0.by_week_no, from_start, from_end)
    }
}

/// What the rule leaves to its start (RFC 5545, section 3.3.10: "information, not contained in
/// the rule, necessary to determine the various recurrence instance start time and dates are
/// derived from the Start Time").
fn fill_in(rule: &mut RecurrenceRule, start: NaiveDate) {
    let day = i8::try_from(start.day()).unwrap_or(1);
    let weekday = Days { nth: None, weekday: start.weekday() };
    let says_day = !rule.by_day.is_empty()
        || !rule.by_month_day.is_empty()
        || (!rule.by_year_day.is_empty() && rule.frequency == Frequency::Yearly);
    match rule.frequency {
        Frequency::Weekly if rule.by_day.is_empty() => rule.by_day.push(weekday),
        Frequency::Monthly if !says_day => rule.by_month_day.push(day),
        Frequency::Yearly if !says_day && !rule.by_week_no.is_empty() => rule.by_day.push(weekday),
        Frequency::Yearly if !says_day => {
            if rule.by_month.is_empty() {
                rule.by_month.push(u8::try_from(start.month()).unwrap_or(1));
            }
            rule.by_month_day.push(day);
        }
        _ => {}
    }
}

fn months(day: NaiveDate) -> i64 {
    i64::from(day.year()) * 12 + i64::from(day.month0())
}

/// Whether BYMONTHDAY, where there is one, has this day.
pub(super) fn on_month_day(wanted: &[i8], day: NaiveDate) -> bool {
    let from_start = i64::from(day.day());
    let from_end = from_start - i64::from(day.num_days_in_month()) - 1;
    wanted.is_empty() || one_of(wanted, from_start, from_end)
}

/// Whether BYYEARDAY, where there is one, has this day.
pub(super) fn on_year_day(wanted: &[i16], day: NaiveDate) -> bool {
    let from_start = i64::from(day.ordinal());
    let from_end = from_start - i64::from(year_length(day)) - 1;
    wanted.is_empty() || one_of(wanted, from_start, from_end)
}

fn one_of<N: Copy + Into<i64>>(wanted: &[N], from_start: i64, from_end: i64) -> bool {
    wanted.iter().any(|n| (*n).into() == from_start || (*n).into() == from_end)
}

fn year_length(day: NaiveDate) -> u32 {
    if day.leap_year() { 366 } else { 365 }
}

fn is_nth(nth: i16, day: NaiveDate, of_year: bool) -> bool {
    let (at, length) = if of_year {
        (day.ordinal0(), year_length(day))
    } else {
        (day.day0(), u32::from(day.num_days_in_month()))
    };
    let (from_start, from_end) = (at / 7 + 1, (length - 1 - at) / 7 + 1);
    i64::from(nth) == i64::from(from_start) || i64::from(nth) == -i64::from(from_end)
}
