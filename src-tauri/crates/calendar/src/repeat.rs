//! How an event repeats: between the rule and what a form can say of it.

use chrono::{Datelike, NaiveDate, NaiveTime, TimeDelta, Utc, Weekday};

use crate::ical::{Days, End, Frequency, RecurrenceRule, Summary, When, Zone};
use crate::model::{Repeat, RepeatEnd, RepeatUnit};

/// Monday to Sunday, in the order of their numbers from 1.
const WEEK: [Weekday; 7] = [
    Weekday::Mon,
    Weekday::Tue,
    Weekday::Wed,
    Weekday::Thu,
    Weekday::Fri,
    Weekday::Sat,
    Weekday::Sun,
];

/// What a form says of an event's repetition; the second is true where it repeats in a way that
/// no form can say.
pub(crate) fn of_summary(summary: &Summary) -> (Option<Repeat>, bool) {
    if !summary.recurs {
        return (None, false);
    }
    match summary.rule.as_ref().and_then(|rule| of_rule(rule, &summary.start)) {
        Some(repeat) => (Some(repeat), false),
        None => (None, true),
    }
}

/// What a form says of a rule, for an event that begins at `start`.
fn of_rule(rule: &RecurrenceRule, start: &When) -> Option<Repeat> {
    let plain = rule.by_second.is_empty()
        && rule.by_minute.is_empty()
        && rule.by_hour.is_empty()
        && rule.by_year_day.is_empty()
        && rule.by_week_no.is_empty()
        && rule.by_set_pos.is_empty();
    if !plain {
        return None;
    }
    let day = start.day();
    let mut weekdays = Vec::new();
    let mut nth_weekday = None;
    let every = match rule.frequency {
        Frequency::Daily if only(rule, false, false, false) => RepeatUnit::Day,
        Frequency::Weekly if only(rule, true, false, false) => {
            if rule.by_day.iter().any(|days| days.nth.is_some()) {
                return None;
            }
            weekdays = rule.by_day.iter().map(|days| number(days.weekday)).collect();
            weekdays.sort_unstable();
            RepeatUnit::Week
        }
        Frequency::Monthly if only(rule, false, true, false) => {
            if !is_the(&rule.by_month_day, day.day()) {
                return None;
            }
            RepeatUnit::Month
        }
        Frequency::Monthly if only(rule, true, false, false) => {
            let [days] = rule.by_day.as_slice() else {
                return None;
            };
            let nth = i8::try_from(days.nth?).ok()?;
            if days.weekday != day.weekday() || !matches!(nth, 1..=4 | -1) {
                return None;
            }
            nth_weekday = Some(nth);
            RepeatUnit::Month
        }
        Frequency::Yearly if only(rule, false, true, true) => {
            let month = rule.by_month.is_empty()
                || matches!(rule.by_month.as_slice(), [month] if u32::from(*month) == day.month());
            if !month || !is_the(&rule.by_month_day, day.day()) {
                return None;
            }
            RepeatUnit::Year
        }
        _ => return None,
    };
    let end = match &rule.end {
        End::Never => RepeatEnd::Never,
        End::Count(times) => RepeatEnd::Count(*times),
        End::Until(last) => RepeatEnd::Until(last_day(last, start)),
    };
    Some(Repeat { every, interval: rule.interval.max(1), weekdays, nth_weekday, end })
}

/// Whether a rule names no weekday, day of the month or month but where it may.
fn only(rule: &RecurrenceRule, weekdays: bool, month_days: bool, months: bool) -> bool {
    (weekdays || rule.by_day.is_empty())
        && (month_days || rule.by_month_day.is_empty())
        && (months || rule.by_month.is_empty())
}

/// Whether a list of days of the month is empty or names just this day.
fn is_the(days: &[i8], day: u32) -> bool {
    match days {
        [] => true,
        [one] => i64::from(*one) == i64::from(day),
        _ => false,
    }
}

/// The day of an UNTIL on the wall where the event is.
fn last_day(last: &When, start: &When) -> NaiveDate {
    match (last, start) {
        (When::At(at, Zone::Utc), When::At(_, zone)) => match zone.tz() {
            Some(tz) => at.and_utc().with_timezone(&tz).date_naive(),
            None => at.date(),
        },
        _ => last.day(),
    }
}

fn number(weekday: Weekday) -> u8 {
    u8::try_from(weekday.number_from_monday()).unwrap_or(1)
}

/// The rule of a form's repetition, for an event that begins at `start`.
pub(crate) fn to_rule(repeat: &Repeat, start: &When) -> RecurrenceRule {
    let frequency = match repeat.every {
        RepeatUnit::Day => Frequency::Daily,
        RepeatUnit::Week => Frequency::Weekly,
        RepeatUnit::Month => Frequency::Monthly,
        RepeatUnit::Year => Frequency::Yearly,
    };
    let mut rule = RecurrenceRule::every(frequency);
    rule.interval = repeat.interval.max(1);
    match (repeat.every, repeat.nth_weekday) {
        (RepeatUnit::Week, _) => {
            let named = WEEK.iter().filter(|day| repeat.weekdays.contains(&number(**day)));
            rule.by_day = named.map(|day| Days { nth: None, weekday: *day }).collect();
        }
        (RepeatUnit::Month, Some(nth)) => {
            rule.by_day = vec![Days { nth: Some(nth.into()), weekday: start.day().weekday() }];
        }
        _ => {}
    }
    rule.end = match repeat.end {
        RepeatEnd::Never => End::Never,
        RepeatEnd::Count(times) => End::Count(times.max(1)),
        RepeatEnd::Until(day) => End::Until(until(day, start)),
    };
    rule
}

/// The last moment of a day, as UNTIL wants it of an event that begins at `start` (RFC 5545,
/// section 3.3.10).
fn until(day: NaiveDate, start: &When) -> When {
    let last = day.and_time(NaiveTime::from_hms_opt(23, 59, 59).unwrap_or_default());
    match start {
        When::Day(_) => When::Day(day),
        When::Floating(_) => When::Floating(last),
        When::At(_, zone) => {
            let at = When::At(last, zone.clone()).instant(chrono_tz::UTC);
            When::At(at.with_timezone(&Utc).naive_utc(), Zone::Utc)
        }
    }
}

/// A rule for a series whose day was moved: what it says of the day moves along, as far as a form
/// can say it.
pub(crate) fn moved(rule: &RecurrenceRule, from: NaiveDate, to: NaiveDate) -> RecurrenceRule {
    let mut rule = rule.clone();
    let shift = usize::try_from((to - from).num_days().rem_euclid(7)).unwrap_or(0);
    match rule.frequency {
        Frequency::Weekly => {
            for days in &mut rule.by_day {
                let at = usize::from(number(days.weekday)) - 1 + shift;
                days.weekday = WEEK.get(at % 7).copied().unwrap_or(days.weekday);
            }
        }
        Frequency::Monthly | Frequency::Yearly => {
            if let [days] = rule.by_day.as_mut_slice()
                && days.nth.is_some()
                && rule.frequency == Frequency::Monthly
            {
                days.weekday = to.weekday();
                days.nth = Some(nth_of(to, days.nth == Some(-1)));
            }
            if let [day] = rule.by_month_day.as_mut_slice() {
                *day = i8::try_from(to.day()).unwrap_or(*day);
            }
            if let [month] = rule.by_month.as_mut_slice() {
                *month = u8::try_from(to.month()).unwrap_or(*month);
            }
        }
        _ => {}
    }
    rule
}

/// The how-manieth such weekday of its month a day is; the last counts as -1 where `was_last`, or
/// where it is a fifth one.
fn nth_of(day: NaiveDate, was_last: bool) -> i16 {
    let is_last =
        day.checked_add_signed(TimeDelta::days(7)).is_none_or(|next| next.month() != day.month());
    let nth = i16::try_from((day.day() - 1) / 7 + 1).unwrap_or(1);
    if is_last && (was_last || nth > 4) { -1 } else { nth }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a day of the test")
    }

    fn start() -> When {
        let wall = day("2026-03-24").and_hms_opt(9, 0, 0).expect("a time");
        When::At(wall, Zone::named("Europe/Copenhagen").expect("a zone"))
    }

    fn repeat(every: RepeatUnit) -> Repeat {
        Repeat { every, interval: 2, weekdays: vec![], nth_weekday: None, end: RepeatEnd::Never }
    }

    #[test]
    fn what_a_form_says_comes_back_from_the_rule() {
        let weeks = Repeat { weekdays: vec![2, 4], ..repeat(RepeatUnit::Week) };
        let nth = Repeat { nth_weekday: Some(4), ..repeat(RepeatUnit::Month) };
        let ends = Repeat { end: RepeatEnd::Count(6), ..repeat(RepeatUnit::Year) };
        let until = Repeat { end: RepeatEnd::Until(day("2026-10-25")), ..repeat(RepeatUnit::Day) };
        for said in [weeks, nth, ends, until, repeat(RepeatUnit::Month)] {
            assert_eq!(of_rule(&to_rule(&said, &start()), &start()), Some(said));
        }
    }

    #[test]
    fn what_no_form_can_say_is_left_to_the_rule() {
        let mut rule = RecurrenceRule::every(Frequency::Monthly);
        rule.by_month_day = vec![-1];
        assert_eq!(of_rule(&rule, &start()), None, "the last day of the month");
        let mut rule = RecurrenceRule::every(Frequency::Weekly);
        rule.by_set_pos = vec![1];
        assert_eq!(of_rule(&rule, &start()), None);
        assert_eq!(of_rule(&RecurrenceRule::every(Frequency::Hourly), &start()), None);
    }

    #[test]
    fn a_rule_follows_the_day_it_names() {
        let weekly =
            to_rule(&Repeat { weekdays: vec![2, 7], ..repeat(RepeatUnit::Week) }, &start());
        let later = moved(&weekly, day("2026-03-24"), day("2026-03-25"));
        let days: Vec<u8> = later.by_day.iter().map(|days| number(days.weekday)).collect();
        assert_eq!(days, [3, 1]);
        let last =
            to_rule(&Repeat { nth_weekday: Some(-1), ..repeat(RepeatUnit::Month) }, &start());
        let earlier = moved(&last, day("2026-03-31"), day("2026-03-24"));
        assert_eq!(earlier.by_day, [Days { nth: Some(4), weekday: Weekday::Tue }]);
        let later = moved(&last, day("2026-03-24"), day("2026-03-31"));
        assert_eq!(later.by_day, [Days { nth: Some(-1), weekday: Weekday::Tue }]);
    }
}
