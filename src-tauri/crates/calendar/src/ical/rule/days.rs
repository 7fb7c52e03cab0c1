//! On which days a rule falls, which `rrule` answers.
//!
//! The engine is asked for whole days in UTC, which stands in for every wall; it never sees hours,
//! zones, COUNT or BYSETPOS. It begins at the period (a week, a month, a year) in which the window
//! begins, so that a series from the last century costs no more than one from last week; and it
//! ends with the window, so that a rule which never comes true ends too.

use chrono::{Datelike, Days as Whole, Month, NaiveDate, NaiveTime};
use rrule::{NWeekday, RRule, RRuleSet, Tz, Unvalidated};

use super::{Days, Frequency, RecurrenceRule};

/// What a rule says about days, with the parts that it leaves to its start filled in, and so
/// independent of its start but for the beat.
pub(super) struct DayRule {
    rule: RecurrenceRule,
    /// Whether the n of the n-th weekday is for us to look at, since the engine knows no fifth
    /// from the end.
    nth_here: bool,
}

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
        let nth_here = rule.by_day.iter().any(|day| day.nth.is_some_and(|n| n < least(frequency)));
        Self { rule, nth_here }
    }

    /// The first day of the period that holds this day, counted in the rule's beat from `start`:
    /// the one that holds the day, or the last before it.
    pub(super) fn period(&self, start: NaiveDate, day: NaiveDate) -> Option<NaiveDate> {
        let interval = i64::from(self.rule.interval);
        let beats = |distance: i64| distance.max(0) / interval * interval;
        match self.rule.frequency {
            Frequency::Weekly => {
                let first = start.week(self.rule.week_start).checked_first_day()?;
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

    /// The last day that may stand in one period with this day.
    pub(super) fn period_end(&self, day: NaiveDate) -> NaiveDate {
        let days = match self.rule.frequency {
            Frequency::Yearly => 366,
            Frequency::Monthly => 31,
            Frequency::Weekly => 7,
            _ => 0,
        };
        day.checked_add_days(Whole::new(days)).unwrap_or(day)
    }

    /// What two days of one period have in common.
    pub(super) fn same_period(&self, a: NaiveDate, b: NaiveDate) -> bool {
        match self.rule.frequency {
            Frequency::Yearly => a.year() == b.year(),
            Frequency::Monthly => (a.year(), a.month()) == (b.year(), b.month()),
            Frequency::Weekly => {
                let week = |day: NaiveDate| day.week(self.rule.week_start).checked_first_day();
                week(a) == week(b)
            }
            _ => a == b,
        }
    }

    /// The days from the beginning of a period up to and with `last`, in order.
    pub(super) fn from(
        &self,
        period: NaiveDate,
        last: NaiveDate,
    ) -> impl Iterator<Item = NaiveDate> {
        let set = self.engine(period, last);
        let days = set.map(|set| set.into_iter().map(|at| at.date_naive()));
        days.into_iter().flatten().filter(|day| self.agrees(*day))
    }

    fn engine(&self, period: NaiveDate, last: NaiveDate) -> Option<RRuleSet> {
        let rule = &self.rule;
        // The engine counts intervals in 16 bits. Beyond, the second period is centuries away.
        let interval = u16::try_from(rule.interval).unwrap_or(u16::MAX);
        let midnight =
            |day: NaiveDate| day.and_time(NaiveTime::MIN).and_utc().with_timezone(&Tz::UTC);
        let (start, until) = (midnight(period), midnight(last));
        let weekdays: Vec<NWeekday> = rule.by_day.iter().map(|day| self.weekday(*day)).collect();
        let months: Vec<Month> =
            rule.by_month.iter().filter_map(|month| Month::try_from(*month).ok()).collect();
        let mut asked: RRule<Unvalidated> = RRule::new(match rule.frequency {
            Frequency::Yearly => rrule::Frequency::Yearly,
            Frequency::Monthly => rrule::Frequency::Monthly,
            Frequency::Weekly => rrule::Frequency::Weekly,
            _ => rrule::Frequency::Daily,
        })
        .interval(interval)
        .week_start(rule.week_start)
        .until(until)
        .by_month(&months)
        .by_weekday(weekdays)
        .by_week_no(rule.by_week_no.clone());
        if rule.frequency != Frequency::Weekly {
            asked = asked.by_month_day(rule.by_month_day.clone());
        }
        if rule.frequency == Frequency::Yearly {
            asked = asked.by_year_day(rule.by_year_day.clone());
        }
        let asked = asked.validate(start).ok()?;
        Some(RRuleSet::new(start).limit().rrule(asked))
    }

    fn weekday(&self, day: Days) -> NWeekday {
        match day.nth.filter(|_| !self.nth_here) {
            Some(nth) => NWeekday::Nth(nth, day.weekday),
            None => NWeekday::Every(day.weekday),
        }
    }

    /// The parts that the engine refuses together with a frequency: they narrow what it found.
    fn agrees(&self, day: NaiveDate) -> bool {
        let rule = &self.rule;
        let month_day =
            rule.frequency != Frequency::Weekly || on_month_day(&rule.by_month_day, day);
        let year_day = rule.frequency == Frequency::Yearly || on_year_day(&rule.by_year_day, day);
        let nth = !self.nth_here
            || rule.by_day.iter().any(|wanted| {
                let whole_year = rule.frequency == Frequency::Yearly && rule.by_month.is_empty();
                wanted.weekday == day.weekday()
                    && wanted.nth.is_none_or(|nth| is_nth(nth, day, whole_year))
            });
        month_day && year_day && nth
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

/// The last n-th from the end that the engine knows.
const fn least(frequency: Frequency) -> i16 {
    if matches!(frequency, Frequency::Yearly) { -52 } else { -4 }
}

fn months(day: NaiveDate) -> i64 {
    i64::from(day.year()) * 12 + i64::from(day.month0())
}

/// Whether BYMONTHDAY, where there is one, has this day.
pub(super) fn on_month_day(wanted: &[i8], day: NaiveDate) -> bool {
    let from_start = i64::from(day.day());
    let from_end = from_start - i64::from(day.num_days_in_month()) - 1;
    wanted.is_empty()
        || wanted.iter().any(|n| i64::from(*n) == from_start || i64::from(*n) == from_end)
}

/// Whether BYYEARDAY, where there is one, has this day.
pub(super) fn on_year_day(wanted: &[i16], day: NaiveDate) -> bool {
    let from_start = i64::from(day.ordinal());
    let from_end = from_start - i64::from(year_length(day)) - 1;
    wanted.is_empty()
        || wanted.iter().any(|n| i64::from(*n) == from_start || i64::from(*n) == from_end)
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
