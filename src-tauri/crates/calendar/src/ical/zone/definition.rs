//! A VTIMEZONE for a zone of the IANA database.

use std::fmt::Write as _;

use chrono::{DateTime, Datelike, Days, Duration, NaiveDate, NaiveDateTime, Offset, TimeZone, Utc};
use chrono_tz::Tz;

/// The definition of a zone as it holds from a year on, so that programs which do not know its
/// name read the event's times right. Where its clocks change, both changes are rules of the kind
/// "last Sunday of March".
pub(in crate::ical) fn definition(tz: Tz, name: &str, year: i32) -> String {
    let year = year.clamp(1971, 2036);
    let changes = changes(tz, year);
    let mut out = format!("BEGIN:VTIMEZONE\r\nTZID:{name}\r\n");
    match changes.as_slice() {
        [_, _] => {
            for change in &changes {
                observance(tz, *change, true, &mut out);
            }
        }
        // Nobody knows a rule for what changes once, or more than twice.
        _ => {
            let start = NaiveDate::from_ymd_opt(1970, 1, 1).unwrap_or_default();
            observance(tz, start.and_time(chrono::NaiveTime::MIN).and_utc(), false, &mut out);
            for change in changes {
                observance(tz, change, false, &mut out);
            }
        }
    }
    out.push_str("END:VTIMEZONE\r\n");
    out
}

fn offset(tz: Tz, at: NaiveDateTime) -> i32 {
    tz.offset_from_utc_datetime(&at).fix().local_minus_utc()
}

/// The instants of a year at which the clocks change.
fn changes(tz: Tz, year: i32) -> Vec<DateTime<Utc>> {
    let Some(mut day) = NaiveDate::from_ymd_opt(year, 1, 1) else { return Vec::new() };
    let mut found = Vec::new();
    while day.year() == year {
        let Some(next) = day.checked_add_days(Days::new(1)) else { break };
        let (mut low, mut high) = (NaiveDateTime::from(day), NaiveDateTime::from(next));
        if offset(tz, low) != offset(tz, high) {
            while high.signed_duration_since(low) > Duration::seconds(1) {
                let middle = low + high.signed_duration_since(low) / 2;
                if offset(tz, middle) == offset(tz, low) { low = middle } else { high = middle }
            }
            found.push(high.and_utc());
        }
        day = next;
    }
    found
}

fn observance(tz: Tz, at: DateTime<Utc>, yearly: bool, out: &mut String) {
    let utc = at.naive_utc();
    let from = offset(tz, utc - Duration::seconds(1));
    let to = offset(tz, utc);
    let local = utc + Duration::seconds(from.into());
    let kind = if to > from { "DAYLIGHT" } else { "STANDARD" };
    let _ = write!(out, "BEGIN:{kind}\r\nDTSTART:{}\r\n", local.format("%Y%m%dT%H%M%S"));
    let _ = write!(out, "TZOFFSETFROM:{}\r\nTZOFFSETTO:{}\r\n", written(from), written(to));
    if yearly {
        let nth = if local.day() + 7 > u32::from(local.date().num_days_in_month()) {
            -1
        } else {
            i64::from(local.day0() / 7 + 1)
        };
        let weekday = local.weekday().to_string().to_uppercase();
        let weekday = weekday.get(..2).unwrap_or("SU");
        let _ = write!(out, "RRULE:FREQ=YEARLY;BYDAY={nth}{weekday};BYMONTH={}\r\n", local.month());
    }
    let _ = write!(out, "END:{kind}\r\n");
}

fn written(offset: i32) -> String {
    let (sign, seconds) = (if offset < 0 { '-' } else { '+' }, offset.unsigned_abs());
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if seconds == 0 {
        format!("{sign}{hours:02}{minutes:02}")
    } else {
        format!("{sign}{hours:02}{minutes:02}{seconds:02}")
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Zone, define};
    use super::*;

    #[test]
    fn the_definition_of_copenhagen_is_the_known_one() {
        let text = definition(Tz::Europe__Copenhagen, "Europe/Copenhagen", 2026);
        assert_eq!(
            text,
            "BEGIN:VTIMEZONE\r\nTZID:Europe/Copenhagen\r\nBEGIN:DAYLIGHT\r\n\
             DTSTART:20260329T020000\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200\r\n\
             RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3\r\nEND:DAYLIGHT\r\nBEGIN:STANDARD\r\n\
             DTSTART:20261025T030000\r\nTZOFFSETFROM:+0200\r\nTZOFFSETTO:+0100\r\n\
             RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n"
        );
    }

    #[test]
    fn definitions_mean_what_the_database_means() {
        for tz in [Tz::Europe__Copenhagen, Tz::America__New_York, Tz::Asia__Tokyo, Tz::UTC] {
            let own = define("X", &definition(tz, "X", 2025)).unwrap();
            let (own, known) = (Zone::Custom(std::sync::Arc::new(own)), Zone::from(tz));
            for hours in 0..(24 * 365 * 2) {
                let at = "2026-01-01T00:30:00".parse::<NaiveDateTime>().unwrap()
                    + Duration::hours(hours);
                assert_eq!(own.instant(at), known.instant(at), "{tz} {at}");
            }
        }
    }
}
