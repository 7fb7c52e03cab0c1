//! Rules as text.

use std::fmt;
use std::str::FromStr;

use chrono::{NaiveDate, NaiveDateTime, Weekday};

use super::{Days, End, Frequency, RecurrenceRule};
use crate::ical::{When, Zone};

/// A text that is no rule: no FREQ, or a number that is none or out of its range.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a recurrence rule")]
pub struct NotARule;

/// The values in one part of a rule; more are no rule that a person made.
const MOST: usize = 500;

impl FromStr for RecurrenceRule {
    type Err = NotARule;

    /// Lenient where no meaning is lost: parts in any order and case, a part that is not known,
    /// blanks, an INTERVAL of 0, a COUNT below 1 (which some programs write for "no end"), and
    /// parts that the RFC forbids together. A part that stands twice counts as it stood last.
    fn from_str(text: &str) -> Result<Self, NotARule> {
        let mut rule = Self::every(Frequency::Daily);
        let mut frequency = None;
        // Some programs escape the semicolons as if this were a text.
        let text = text.replace('\\', "");
        for part in text.split(';').map(str::trim).filter(|part| !part.is_empty()) {
            let (name, value) = part.split_once('=').ok_or(NotARule)?;
            let value = value.trim();
            match name.trim().to_ascii_uppercase().as_str() {
                "FREQ" => frequency = Some(named(value)?),
                "INTERVAL" => rule.interval = number::<u32>(value)?.max(1),
                "COUNT" => match number::<i64>(value)? {
                    count if count < 1 => {}
                    count => rule.end = End::Count(u32::try_from(count).unwrap_or(u32::MAX)),
                },
                "UNTIL" => rule.end = End::Until(until(value)?),
                "BYSECOND" => rule.by_second = list(value, 0..=60)?,
                "BYMINUTE" => rule.by_minute = list(value, 0..=59)?,
                "BYHOUR" => rule.by_hour = list(value, 0..=23)?,
                "BYDAY" => rule.by_day = pieces(value).map(days).collect::<Result<_, _>>()?,
                "BYMONTHDAY" => rule.by_month_day = list(value, -31..=31)?,
                "BYYEARDAY" => rule.by_year_day = list(value, -366..=366)?,
                "BYWEEKNO" => rule.by_week_no = list(value, -53..=53)?,
                "BYMONTH" => rule.by_month = list(value, 1..=12)?,
                "BYSETPOS" => rule.by_set_pos = list(value, -1_000_000..=1_000_000)?,
                "WKST" => rule.week_start = weekday(value)?,
                // RFC 7529: another calendar's rule is not to be taken for this one's.
                "RSCALE" if !value.eq_ignore_ascii_case("GREGORIAN") => return Err(NotARule),
                "SKIP" if !value.eq_ignore_ascii_case("OMIT") => return Err(NotARule),
                _ => {}
            }
        }
        let zero = rule.by_month_day.contains(&0)
            || rule.by_year_day.contains(&0)
            || rule.by_week_no.contains(&0)
            || rule.by_set_pos.contains(&0);
        rule.frequency = frequency.filter(|_| !zero).ok_or(NotARule)?;
        Ok(rule)
    }
}

fn number<T: FromStr>(value: &str) -> Result<T, NotARule> {
    value.trim().parse().map_err(|_| NotARule)
}

fn pieces(value: &str) -> impl Iterator<Item = &str> {
    value.split(',').map(str::trim).filter(|piece| !piece.is_empty()).take(MOST)
}

fn list<T: FromStr + PartialOrd + Ord + Copy>(
    value: &str,
    range: std::ops::RangeInclusive<T>,
) -> Result<Vec<T>, NotARule> {
    let mut found = Vec::new();
    for piece in pieces(value) {
        let number = number::<T>(piece.strip_prefix('+').unwrap_or(piece))?;
        if !range.contains(&number) {
            return Err(NotARule);
        }
        found.push(number);
    }
    Ok(found)
}

fn named(value: &str) -> Result<Frequency, NotARule> {
    FREQUENCIES
        .iter()
        .find(|(name, _)| value.eq_ignore_ascii_case(name))
        .map(|(_, frequency)| *frequency)
        .ok_or(NotARule)
}

fn weekday(value: &str) -> Result<Weekday, NotARule> {
    WEEKDAYS
        .iter()
        .find(|(name, _)| value.trim().eq_ignore_ascii_case(name))
        .map(|(_, weekday)| *weekday)
        .ok_or(NotARule)
}

fn days(piece: &str) -> Result<Days, NotARule> {
    let at = piece.len().checked_sub(2).ok_or(NotARule)?;
    let (nth, name) = piece.split_at_checked(at).ok_or(NotARule)?;
    let nth = match nth.trim() {
        "" => None,
        nth => Some(number::<i16>(nth.strip_prefix('+').unwrap_or(nth))?),
    };
    if nth.is_some_and(|nth| nth == 0 || nth.unsigned_abs() > 53) {
        return Err(NotARule);
    }
    Ok(Days { nth, weekday: weekday(name)? })
}

/// UNTIL: a day, a time on the event's own wall, or one in UTC.
fn until(value: &str) -> Result<When, NotARule> {
    let digits: String = value.chars().filter(|c| !matches!(c, '-' | ':')).collect();
    let (local, utc) = match digits.strip_suffix(['Z', 'z']) {
        Some(local) => (local, true),
        None => (digits.as_str(), false),
    };
    if let Ok(day) = NaiveDate::parse_from_str(local, "%Y%m%d") {
        return Ok(When::Day(day));
    }
    let local = NaiveDateTime::parse_from_str(local, "%Y%m%dT%H%M%S").map_err(|_| NotARule)?;
    Ok(if utc { When::At(local, Zone::Utc) } else { When::Floating(local) })
}

const FREQUENCIES: [(&str, Frequency); 7] = [
    ("SECONDLY", Frequency::Secondly),
    ("MINUTELY", Frequency::Minutely),
    ("HOURLY", Frequency::Hourly),
    ("DAILY", Frequency::Daily),
    ("WEEKLY", Frequency::Weekly),
    ("MONTHLY", Frequency::Monthly),
    ("YEARLY", Frequency::Yearly),
];

const WEEKDAYS: [(&str, Weekday); 7] = [
    ("MO", Weekday::Mon),
    ("TU", Weekday::Tue),
    ("WE", Weekday::Wed),
    ("TH", Weekday::Thu),
    ("FR", Weekday::Fri),
    ("SA", Weekday::Sat),
    ("SU", Weekday::Sun),
];

impl fmt::Display for Days {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(nth) = self.nth {
            write!(f, "{nth}")?;
        }
        f.write_str(short(self.weekday))
    }
}

fn short(weekday: Weekday) -> &'static str {
    WEEKDAYS.iter().find(|(_, day)| *day == weekday).map_or("MO", |(name, _)| *name)
}

impl fmt::Display for RecurrenceRule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let frequency =
            FREQUENCIES.iter().find(|(_, it)| *it == self.frequency).map_or("DAILY", |(n, _)| *n);
        write!(f, "FREQ={frequency}")?;
        match &self.end {
            End::Never => {}
            End::Count(count) => write!(f, ";COUNT={count}")?,
            End::Until(until) => write!(f, ";UNTIL={}", until.key())?,
        }
        if self.interval > 1 {
            write!(f, ";INTERVAL={}", self.interval)?;
        }
        part(f, "BYSECOND", &self.by_second)?;
        part(f, "BYMINUTE", &self.by_minute)?;
        part(f, "BYHOUR", &self.by_hour)?;
        part(f, "BYDAY", &self.by_day)?;
        part(f, "BYMONTHDAY", &self.by_month_day)?;
        part(f, "BYYEARDAY", &self.by_year_day)?;
        part(f, "BYWEEKNO", &self.by_week_no)?;
        part(f, "BYMONTH", &self.by_month)?;
        part(f, "BYSETPOS", &self.by_set_pos)?;
        if self.week_start != Weekday::Mon {
            write!(f, ";WKST={}", short(self.week_start))?;
        }
        Ok(())
    }
}

fn part<T: fmt::Display>(f: &mut fmt::Formatter<'_>, name: &str, values: &[T]) -> fmt::Result {
    for (at, value) in values.iter().enumerate() {
        if at == 0 {
            write!(f, ";{name}={value}")?;
        } else {
            write!(f, ",{value}")?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_is_read_and_written() {
        for text in [
            "FREQ=DAILY",
            "FREQ=MONTHLY;COUNT=7;INTERVAL=2;BYDAY=1MO,-1FR,WE;BYSETPOS=-1",
            "FREQ=YEARLY;UNTIL=20261124T154000Z;BYMONTHDAY=-1,13;BYMONTH=2,11;WKST=SU",
            "FREQ=WEEKLY;UNTIL=20261124",
            "FREQ=SECONDLY;BYSECOND=0,30;BYMINUTE=1;BYHOUR=23",
            "FREQ=YEARLY;BYYEARDAY=-366,1;BYWEEKNO=20",
        ] {
            assert_eq!(text.parse::<RecurrenceRule>().unwrap().to_string(), text);
        }
    }

    #[test]
    fn what_others_write_carelessly_is_understood() {
        for (careless, meant) in [
            ("interval=1;freq=weekly;byday=mo, tu", "FREQ=WEEKLY;BYDAY=MO,TU"),
            ("FREQ=DAILY;COUNT=-1;INTERVAL=0;X-NEW=1;", "FREQ=DAILY"),
            ("FREQ=DAILY\\;COUNT=10", "FREQ=DAILY;COUNT=10"),
            ("FREQ=DAILY;UNTIL=2026-11-24", "FREQ=DAILY;UNTIL=20261124"),
            ("FREQ=MONTHLY;BYDAY=+2TU;BYMONTHDAY=+1", "FREQ=MONTHLY;BYDAY=2TU;BYMONTHDAY=1"),
        ] {
            assert_eq!(careless.parse::<RecurrenceRule>().unwrap().to_string(), meant);
        }
    }

    #[test]
    fn what_is_no_rule_is_refused() {
        for text in [
            "",
            "COUNT=3",
            "FREQ=FORTNIGHTLY",
            "FREQ=DAILY;BYHOUR=24",
            "FREQ=DAILY;BYMONTHDAY=0",
            "FREQ=DAILY;COUNT=mange",
            "FREQ=DAILY;INTERVAL=99999999999999999999",
            "FREQ=WEEKLY;BYDAY=æ",
            "FREQ=WEEKLY;BYDAY=99MO",
            "FREQ",
            "FREQ=YEARLY;RSCALE=CHINESE",
        ] {
            assert_eq!(text.parse::<RecurrenceRule>(), Err(NotARule), "{text}");
        }
    }
}
