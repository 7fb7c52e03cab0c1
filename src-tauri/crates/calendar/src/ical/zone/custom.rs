//! Zones that a file defines (RFC 5545, section 3.6.5).

use std::sync::{Arc, OnceLock};

use chrono::{Duration, NaiveDate, NaiveDateTime};

use super::super::lines::split;
use super::super::rule::{End, Frequency, Meter, RecurrenceRule, Span, expand};
use super::super::scan::Part;

/// How many changes of the clocks one observance may have; a zone that has more goes on with its
/// last.
const CHANGES: u64 = 2_000;
/// How many observances a zone may have; further ones are passed over.
const OBSERVANCES: usize = 200;

/// A zone that a file defines.
#[derive(Debug)]
pub struct Custom {
    name: Arc<str>,
    observances: Vec<Observance>,
    /// The changes of the clocks, worked out when first asked for.
    changes: OnceLock<Vec<Change>>,
}

impl PartialEq for Custom {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name && self.observances == other.observances
    }
}

impl Eq for Custom {}

/// STANDARD or DAYLIGHT: a set of changes to one offset.
#[derive(Debug, PartialEq, Eq)]
struct Observance {
    start: NaiveDateTime,
    /// Seconds east of Greenwich before and after.
    from: i32,
    to: i32,
    rules: Vec<RecurrenceRule>,
    dates: Vec<NaiveDateTime>,
}

#[derive(Debug, Clone, Copy)]
struct Change {
    /// The instant.
    utc: NaiveDateTime,
    /// What the clocks showed before they changed.
    local: NaiveDateTime,
    from: i32,
    to: i32,
}

/// The zone in a VTIMEZONE's text, under this name. `None` where no offset in it can be read.
pub(in crate::ical) fn define(name: &str, text: &str) -> Option<Custom> {
    let part = Part::of(text);
    let observances: Vec<Observance> = part
        .inner
        .iter()
        .filter(|(name, _)| name == "STANDARD" || name == "DAYLIGHT")
        .take(OBSERVANCES)
        .filter_map(|(_, span)| observance(text.get(span.clone())?))
        .collect();
    let name = name.into();
    (!observances.is_empty()).then_some(Custom { name, observances, changes: OnceLock::new() })
}

fn observance(text: &str) -> Option<Observance> {
    let (mut start, mut from, mut to) = (None, None, None);
    let (mut rules, mut dates) = (Vec::new(), Vec::new());
    for line in Part::of(text).own {
        let content = line.content(text);
        let Some((name, _, value)) = split(&content) else { continue };
        match name.as_str() {
            "DTSTART" => start = local(value),
            "TZOFFSETFROM" => from = offset(value),
            "TZOFFSETTO" => to = offset(value),
            "RRULE" => rules.extend(value.parse().ok()),
            "RDATE" => {
                let most = usize::try_from(CHANGES).unwrap_or(0);
                dates.extend(value.split(',').take(most).filter_map(local));
            }
            _ => {}
        }
    }
    let to = to?;
    Some(Observance { start: start?, from: from.unwrap_or(to), to, rules, dates })
}

/// A local time; a period's end or a `Z` that does not belong there is passed over, and a day is
/// its first moment.
fn local(value: &str) -> Option<NaiveDateTime> {
    if let Ok(day) = NaiveDate::parse_from_str(value.trim(), "%Y%m%d") {
        return Some(day.into());
    }
    let value = value.trim().get(..15)?;
    NaiveDateTime::parse_from_str(value, "%Y%m%dT%H%M%S").ok()
}

/// UTC-OFFSET (RFC 5545, section 3.3.14) in seconds; a colon within is passed over.
fn offset(value: &str) -> Option<i32> {
    let clean: String = value.chars().filter(|c| !matches!(c, ':' | ' ')).collect();
    let (sign, digits) = match clean.strip_prefix('-') {
        Some(digits) => (-1, digits),
        None => (1, clean.strip_prefix('+').unwrap_or(&clean)),
    };
    if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let two = |at: usize| digits.get(at..at + 2).map_or(Some(0), |two| two.parse::<i32>().ok());
    let (hours, minutes, seconds) = (digits.get(..2)?.parse::<i32>().ok()?, two(2)?, two(4)?);
    let offset = sign * (hours * 3600 + minutes * 60 + seconds);
    (offset.abs() <= 24 * 3600).then_some(offset)
}

impl Custom {
    /// The name that the file gives it.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Seconds east of Greenwich where a clock shows this; see [`super::Zone::instant`].
    pub(super) fn offset_at_local(&self, local: NaiveDateTime) -> i32 {
        let changes = self.changes();
        let behind = changes.partition_point(|change| change.local <= local);
        match behind.checked_sub(1).and_then(|at| changes.get(at)) {
            Some(change) => {
                let skipped = Duration::seconds(i64::from(change.to) - i64::from(change.from));
                let in_gap = local.signed_duration_since(change.local) < skipped;
                if in_gap { change.from } else { change.to }
            }
            None => self.first_offset(),
        }
    }

    /// Seconds east of Greenwich at an instant.
    pub(super) fn offset_at_instant(&self, utc: NaiveDateTime) -> i32 {
        let changes = self.changes();
        let behind = changes.partition_point(|change| change.utc <= utc);
        match behind.checked_sub(1).and_then(|at| changes.get(at)) {
            Some(change) => change.to,
            None => self.first_offset(),
        }
    }

    fn first_offset(&self) -> i32 {
        self.changes().first().map_or(0, |change| change.from)
    }

    fn changes(&self) -> &[Change] {
        self.changes.get_or_init(|| {
            let mut changes: Vec<Change> =
                self.observances.iter().flat_map(Observance::changes).collect();
            changes.sort_by_key(|change| change.utc);
            changes.dedup_by_key(|change| change.utc);
            changes
        })
    }
}

/// The years for which the changes of the clocks are worked out.
const YEARS: std::ops::RangeInclusive<i32> = 1900..=2100;

impl Observance {
    fn changes(&self) -> Vec<Change> {
        let mut onsets = vec![self.start];
        onsets.extend(&self.dates);
        for rule in &self.rules {
            self.expand(rule, &mut onsets);
        }
        onsets.into_iter().filter_map(|local| self.change(local)).collect()
    }

    fn change(&self, local: NaiveDateTime) -> Option<Change> {
        let utc = local.checked_sub_signed(Duration::seconds(self.from.into()))?;
        Some(Change { utc, local, from: self.from, to: self.to })
    }

    fn expand(&self, rule: &RecurrenceRule, onsets: &mut Vec<NaiveDateTime>) {
        let past = |local: NaiveDateTime| match &rule.end {
            End::Until(until) if until.zone_name().is_some() => {
                self.change(local).is_none_or(|change| change.utc > until.local())
            }
            End::Until(until) if until.is_day() => local.date() > until.day(),
            End::Until(until) => local > until.local(),
            End::Never | End::Count(_) => false,
        };
        if let Some((month, nth)) = plain(rule) {
            let years = YEARS
                .filter_map(|year| Some(nth_of(year, month, nth)?.and_time(self.start.time())));
            onsets.extend(years.filter(|local| *local >= self.start && !past(*local)));
            return;
        }
        let day = |year, month, day| NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default();
        let span =
            Span { from: day(*YEARS.start(), 1, 1).into(), to: day(*YEARS.end(), 12, 31).into() };
        expand(rule, (self.start, true), span, &past, &mut Meter::new(CHANGES * 10), onsets);
    }
}

/// The rule that nearly every zone has: on the n-th weekday of one month, every year. It is
/// worked out here, since a view may meet a thousand of them.
fn plain(rule: &RecurrenceRule) -> Option<(u32, super::super::rule::Days)> {
    let ([month], [day]) = (rule.by_month.as_slice(), rule.by_day.as_slice()) else { return None };
    let mut same = RecurrenceRule::every(Frequency::Yearly);
    same.by_month = vec![*month];
    same.by_day = vec![*day];
    same.week_start = rule.week_start;
    same.end = rule.end.clone();
    let counted = matches!(rule.end, End::Count(_));
    (same == *rule && !counted && day.nth.is_some_and(|n| (-4..=4).contains(&n)))
        .then_some((u32::from(*month), *day))
}

fn nth_of(year: i32, month: u32, day: super::super::rule::Days) -> Option<NaiveDate> {
    let nth = day.nth?;
    if let Ok(n) = u8::try_from(nth) {
        return NaiveDate::from_weekday_of_month_opt(year, month, day.weekday, n);
    }
    (4..=5)
        .rev()
        .find_map(|n| NaiveDate::from_weekday_of_month_opt(year, month, day.weekday, n))?
        .checked_sub_days(chrono::Days::new(7 * (u64::from(nth.unsigned_abs()) - 1)))
}

#[cfg(test)]
mod tests {
    use super::super::Zone;
    use super::*;

    const OUTLOOK: &str = "BEGIN:VTIMEZONE\r\nTZID:Customized Time Zone\r\nBEGIN:STANDARD\r\n\
        DTSTART:16010101T030000\r\nTZOFFSETFROM:+0200\r\nTZOFFSETTO:+0100\r\n\
        RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10\r\nEND:STANDARD\r\nBEGIN:DAYLIGHT\r\n\
        DTSTART:16010101T020000\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200\r\n\
        RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=3\r\nEND:DAYLIGHT\r\nEND:VTIMEZONE\r\n";

    fn at(text: &str) -> NaiveDateTime {
        text.parse().expect("a time of the test")
    }

    #[test]
    fn a_defined_zone_agrees_with_the_one_it_describes() {
        let own = Zone::Custom(Arc::new(define("X", OUTLOOK).unwrap()));
        let known = Zone::from(chrono_tz::Tz::Europe__Copenhagen);
        let mut time = at("1997-01-01T00:30:00");
        while time < at("2037-12-31T00:00:00") {
            assert_eq!(own.instant(time), known.instant(time), "{time}");
            assert_eq!(own.local(time.and_utc()), known.local(time.and_utc()), "{time}");
            time += Duration::minutes(90 * 7 + 30);
        }
        for edge in ["2026-03-29T02:30:00", "2026-10-25T02:30:00", "2026-10-25T03:00:00"] {
            assert_eq!(own.instant(at(edge)), known.instant(at(edge)), "{edge}");
        }
    }

    #[test]
    fn a_zone_whose_clocks_change_every_second_ends() {
        let text = OUTLOOK.replace("FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10", "FREQ=SECONDLY");
        let own = Zone::Custom(Arc::new(define("X", &text).unwrap()));
        let _ = own.instant(at("2026-11-24T16:40:00"));
    }

    #[test]
    fn offsets_are_read_and_nonsense_is_not() {
        assert_eq!(offset("+0100"), Some(3600));
        assert_eq!(offset("-03:30"), Some(-12600));
        assert_eq!(offset("+005328"), Some(3208));
        for bad in ["", "+", "æ", "+9900", "+0x00"] {
            assert_eq!(offset(bad), None, "{bad}");
        }
    }
}
