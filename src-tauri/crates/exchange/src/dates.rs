//! Dates and times as people and programs write them, in file names and front matter.
//!
//! Read are `2026-11-24` (also with `_`, `.`, `/` or nothing between), `24-11-2026`, `24.11.2026`,
//! `24. november 2026`, `November 24, 2026`, each alone or with a time after it: `16:40`, `16.40`,
//! `kl. 16.40`, `T1640`, `4:40 PM`, with seconds, fractions and an offset.

use std::ops::Range;

use chrono::{FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, TimeZone};
use fristed_base::Moment;

use crate::zone::{Zone, noon};

/// A date found in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Found {
    /// The bytes it stands on.
    pub range: Range<usize>,
    /// The day.
    pub day: NaiveDate,
    /// The time, where one follows.
    pub time: Option<NaiveTime>,
    /// The offset from UTC, where one follows.
    pub offset: Option<FixedOffset>,
}

impl Found {
    /// The moment; noon where there is no time. Without an offset, and where the offset is that of
    /// Greenwich, which programs write for anywhere, it is told in the given zone.
    pub(crate) fn moment(&self, zone: &dyn Zone) -> Moment {
        let local = self.local();
        match self.offset.and_then(|offset| offset.from_local_datetime(&local).single()) {
            Some(at) if at.offset().local_minus_utc() == 0 => zone.at_instant(at.to_utc()),
            Some(at) => Moment::new(at),
            None => zone.at_local(local),
        }
    }

    /// Date and time; noon where there is no time.
    pub(crate) fn local(&self) -> NaiveDateTime {
        self.time.map_or_else(|| noon(self.day), |time| self.day.and_time(time))
    }
}

/// The date that a whole text is, such as the value of a front matter field.
pub(crate) fn value(text: &str) -> Option<Found> {
    let text = text.trim();
    let found = at(text, 0)?;
    (found.range == (0..text.len())).then_some(found)
}

/// The first date in a file's name.
pub(crate) fn in_name(name: &str) -> Option<Found> {
    let mut before = None;
    for (start, c) in name.char_indices() {
        let begins = match before {
            Some(last) if c.is_ascii_digit() => !char::is_ascii_digit(&last),
            Some(last) => !char::is_alphanumeric(last),
            None => true,
        };
        if begins && let Some(found) = at(name, start) {
            return Some(found);
        }
        before = Some(c);
    }
    None
}

/// A date that begins at this byte.
fn at(text: &str, start: usize) -> Option<Found> {
    let (day, compact, end) = year_first(text, start)
        .or_else(|| day_first(text, start).map(|(day, end)| (day, false, end)))
        .or_else(|| month_first(text, start).map(|(day, end)| (day, false, end)))?;
    let (time, end) = match time(text, end, compact) {
        Some((time, end)) => (Some(time), end),
        None => (None, end),
    };
    let (offset, end) = match time.and_then(|_| offset(text, end)) {
        Some((offset, end)) => (Some(offset), end),
        None => (None, end),
    };
    Some(Found { range: start..end, day, time, offset })
}

/// Reads on from left to right.
struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Reader<'_> {
    fn new(text: &str, at: usize) -> Reader<'_> {
        Reader { bytes: text.as_bytes(), at }
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn one_of(&mut self, marks: &[u8]) -> Option<u8> {
        let found = self.peek().filter(|b| marks.contains(b))?;
        self.at += 1;
        Some(found)
    }

    fn spaces(&mut self) {
        while self.one_of(b" ").is_some() {}
    }

    /// How many digits stand here.
    fn digits(&self) -> usize {
        self.bytes[self.at..].iter().take_while(|b| b.is_ascii_digit()).count()
    }

    /// A number of exactly this many digits, more may follow.
    fn number(&mut self, digits: usize) -> Option<u32> {
        if self.digits() < digits {
            return None;
        }
        let mut number = 0;
        for b in &self.bytes[self.at..self.at + digits] {
            number = number * 10 + u32::from(b - b'0');
        }
        self.at += digits;
        Some(number)
    }

    /// A number of one or two digits, no more.
    fn short(&mut self) -> Option<u32> {
        match self.digits() {
            digits @ 1..=2 => self.number(digits),
            _ => None,
        }
    }

    /// A number of exactly this many digits, no more.
    fn exactly(&mut self, digits: usize) -> Option<u32> {
        if self.digits() == digits { self.number(digits) } else { None }
    }
}

fn day_of(year: u32, month: u32, day: u32) -> Option<NaiveDate> {
    if !(1700..=2999).contains(&year) {
        return None;
    }
    NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)
}

fn year_first(text: &str, start: usize) -> Option<(NaiveDate, bool, usize)> {
    let mut reader = Reader::new(text, start);
    let together = reader.digits();
    if matches!(together, 8 | 12 | 14) {
        let day = day_of(reader.number(4)?, reader.number(2)?, reader.number(2)?)?;
        return Some((day, true, reader.at));
    }
    let year = reader.exactly(4)?;
    let mark = reader.one_of(b"-_./ ")?;
    let month = reader.short()?;
    reader.one_of(&[mark])?;
    let day = reader.short()?;
    Some((day_of(year, month, day)?, false, reader.at))
}

fn day_first(text: &str, start: usize) -> Option<(NaiveDate, usize)> {
    let mut reader = Reader::new(text, start);
    let day = reader.short()?;
    let after_day = reader.at;
    if let Some(mark) = reader.one_of(b"-./")
        && let Some(month) = reader.short()
        && reader.one_of(&[mark]).is_some()
        && let Some(year) = reader.exactly(4)
    {
        return Some((day_of(year, month, day)?, reader.at));
    }
    reader.at = after_day;
    reader.one_of(b".");
    reader.one_of(b" _-")?;
    reader.spaces();
    let month = month_name(&mut reader)?;
    reader.one_of(b".,");
    reader.one_of(b" _-")?;
    reader.spaces();
    let year = reader.exactly(4)?;
    Some((day_of(year, month, day)?, reader.at))
}

fn month_first(text: &str, start: usize) -> Option<(NaiveDate, usize)> {
    let mut reader = Reader::new(text, start);
    let month = month_name(&mut reader)?;
    reader.one_of(b".");
    reader.one_of(b" _-")?;
    let day = reader.short()?;
    reader.one_of(b",");
    reader.one_of(b" _-")?;
    reader.spaces();
    let year = reader.exactly(4)?;
    Some((day_of(year, month, day)?, reader.at))
}

/// The months in Danish and English; each may be cut to its first three letters.
const MONTHS: [[&str; 2]; 12] = [
    ["januar", "january"],
    ["februar", "february"],
    ["marts", "march"],
    ["april", "april"],
    ["maj", "may"],
    ["juni", "june"],
    ["juli", "july"],
    ["august", "august"],
    ["september", "september"],
    ["oktober", "october"],
    ["november", "november"],
    ["december", "december"],
];

fn month_name(reader: &mut Reader<'_>) -> Option<u32> {
    let letters =
        reader.bytes[reader.at..].iter().take(10).take_while(|b| b.is_ascii_alphabetic()).count();
    let word = std::str::from_utf8(&reader.bytes[reader.at..reader.at + letters]).ok()?;
    let word = word.to_ascii_lowercase();
    let is = |name: &str| name == word || (word.len() == 3 && name.starts_with(&word));
    let month = MONTHS.iter().position(|names| names.iter().any(|name| is(name)))?;
    let number = u32::try_from(month + 1).ok()?;
    reader.at += letters;
    Some(number)
}

/// A time that follows a date which ended here.
fn time(text: &str, from: usize, compact: bool) -> Option<(NaiveTime, usize)> {
    let mut reader = Reader::new(text, from);
    let directly = reader.digits() > 0;
    let mark = if directly { None } else { Some(between(text, &mut reader)?) };
    let (hour, minute, second, millis) = match reader.digits() {
        4 | 6 if (directly && compact) || mark.is_some_and(|m| b"T_-".contains(&m)) => {
            let long = reader.digits() == 6;
            let (hour, minute) = (reader.number(2)?, reader.number(2)?);
            (hour, minute, if long { reader.number(2)? } else { 0 }, 0)
        }
        1 | 2 if !directly => {
            let hour = reader.short()?;
            let colon = reader.one_of(b":.-h")?;
            let minute = reader.exactly(2)?;
            seconds(&mut reader, colon).map(|(second, millis)| (hour, minute, second, millis))?
        }
        _ => return None,
    };
    let hour = half_of_day(&mut reader, hour)?;
    if reader.peek().is_some_and(|b| b.is_ascii_digit()) {
        return None;
    }
    let time = NaiveTime::from_hms_milli_opt(hour, minute, second, millis)?;
    Some((time, reader.at))
}

/// What stands between a date and its time; gives the mark that counts.
fn between(text: &str, reader: &mut Reader<'_>) -> Option<u8> {
    let rest = text.get(reader.at..)?;
    for (words, mark) in
        [(" kl. ", b' '), (" kl ", b' '), (", ", b' '), (" - ", b' '), (" at ", b' ')]
    {
        if rest.starts_with(words) {
            reader.at += words.len();
            return Some(mark);
        }
    }
    reader.one_of(b"Tt_- ").map(|mark| mark.to_ascii_uppercase())
}

/// Seconds and their fraction, where they follow after the same mark.
fn seconds(reader: &mut Reader<'_>, mark: u8) -> Option<(u32, u32)> {
    let back = reader.at;
    if reader.one_of(&[mark]).is_none() || reader.digits() < 2 {
        reader.at = back;
        return Some((0, 0));
    }
    let Some(second) = reader.exactly(2).map(|second| second.min(59)) else {
        reader.at = back;
        return Some((0, 0));
    };
    let mut millis = 0;
    if mark == b':' && reader.one_of(b".,").is_some() {
        let digits = reader.digits();
        let mut scale = 100;
        for _ in 0..digits {
            millis += reader.number(1)? * scale;
            scale /= 10;
        }
    }
    Some((second, millis))
}

fn half_of_day(reader: &mut Reader<'_>, hour: u32) -> Option<u32> {
    let back = reader.at;
    reader.spaces();
    let half = reader.one_of(b"aApP");
    let is_half = half.is_some()
        && reader.one_of(b"mM").is_some()
        && !reader.peek().is_some_and(|b| b.is_ascii_alphanumeric());
    match (half, is_half) {
        (Some(half), true) if (1..=12).contains(&hour) => {
            Some(hour % 12 + if half.eq_ignore_ascii_case(&b'p') { 12 } else { 0 })
        }
        (_, true) => None,
        _ => {
            reader.at = back;
            Some(hour)
        }
    }
}

fn offset(text: &str, from: usize) -> Option<(FixedOffset, usize)> {
    let mut reader = Reader::new(text, from);
    reader.one_of(b" ");
    let rest = text.get(reader.at..)?;
    if rest.starts_with("UTC") || rest.starts_with("GMT") {
        return Some((FixedOffset::east_opt(0)?, reader.at + 3));
    }
    let sign = match reader.one_of(b"Zz+-")? {
        b'+' => 1,
        b'-' => -1,
        _ => return Some((FixedOffset::east_opt(0)?, reader.at)),
    };
    let hours = reader.number(2)?;
    let colon = reader.one_of(b":").is_some();
    let minutes = if colon || reader.digits() == 2 { reader.exactly(2)? } else { 0 };
    if hours > 23 || minutes > 59 {
        return None;
    }
    let seconds = i32::try_from(hours * 3600 + minutes * 60).ok()?;
    Some((FixedOffset::east_opt(sign * seconds)?, reader.at))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> String {
        value(text).map_or_else(
            || "-".into(),
            |found| {
                let time = found.time.map_or(String::new(), |t| format!(" {t}"));
                let offset = found.offset.map_or(String::new(), |o| format!(" {o}"));
                format!("{}{time}{offset}", found.day)
            },
        )
    }

    #[test]
    fn dates_are_read_as_programs_write_them() {
        for (text, meant) in [
            ("2026-11-24", "2026-11-24"),
            ("2026-11-24 15:40:00Z", "2026-11-24 15:40:00 +00:00"),
            ("2026-11-24T16:40:00.250+01:00", "2026-11-24 16:40:00.250 +01:00"),
            ("2026-11-24T16:40:00+0100", "2026-11-24 16:40:00 +01:00"),
            ("2026-11-24T16:40", "2026-11-24 16:40:00"),
            ("2026/11/24 4:40 PM", "2026-11-24 16:40:00"),
            ("24-11-2026 08:05", "2026-11-24 08:05:00"),
            ("24.11.2026", "2026-11-24"),
            ("24. november 2026 kl. 16.40", "2026-11-24 16:40:00"),
            ("November 24, 2026", "2026-11-24"),
            ("20261124", "2026-11-24"),
            ("i går", "-"),
            ("2026-02-30", "-"),
            ("2026-11-24 og mere", "-"),
            ("", "-"),
        ] {
            assert_eq!(read(text), meant, "{text}");
        }
    }

    #[test]
    fn dates_are_found_in_file_names_and_other_numbers_are_not() {
        for (name, meant) in [
            ("2026-11-24", Some("2026-11-24T12:00:00")),
            ("20261124", Some("2026-11-24T12:00:00")),
            ("20261124164005 Note", Some("2026-11-24T16:40:05")),
            ("2026-11-24 16.40", Some("2026-11-24T16:40:00")),
            ("2026-11-24T1640 MUS", Some("2026-11-24T16:40:00")),
            ("2026_11_24", Some("2026-11-24T12:00:00")),
            ("24. november 2026", Some("2026-11-24T12:00:00")),
            ("Møde 1. okt 2026 om løn", Some("2026-10-01T12:00:00")),
            ("2026-11-24 12 gode råd", Some("2026-11-24T12:00:00")),
            ("2026-11-24 25.70 kr", Some("2026-11-24T12:00:00")),
            ("Plan 20262030", None),
            ("1234567890123", None),
            ("Sag 12-2026", None),
            ("Noter", None),
            ("æøå", None),
        ] {
            let found = in_name(name).map(|found| found.local().format("%FT%T").to_string());
            assert_eq!(found.as_deref(), meant, "{name}");
        }
    }
}
