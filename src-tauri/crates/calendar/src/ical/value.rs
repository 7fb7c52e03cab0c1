//! From `calcard`'s values to ours.

use calcard::common::PartialDateTime;
use calcard::icalendar::{
    ICalendarEntry, ICalendarParameterName, ICalendarParameterValue, ICalendarPeriod,
    ICalendarValue, ICalendarValueType,
};
use chrono::{Duration, NaiveDate};

use super::{When, Zone};

/// A date or time of an entry, in the zone that the entry names. A period is taken by its start.
pub(super) fn when(
    entry: &ICalendarEntry,
    value: &ICalendarValue,
    zone: Option<&Zone>,
) -> Option<When> {
    let parts = match value {
        ICalendarValue::PartialDateTime(parts) => parts,
        ICalendarValue::Period(
            ICalendarPeriod::Range { start, .. } | ICalendarPeriod::Duration { start, .. },
        ) => start,
        // What another VALUE made of it.
        ICalendarValue::Text(text) => return of_text(text, zone),
        _ => return None,
    };
    let says_date = entry.params.iter().any(|parameter| {
        parameter.name == ICalendarParameterName::Value
            && parameter.value == ICalendarParameterValue::Value(ICalendarValueType::Date)
    });
    match of_parts(parts, zone)? {
        other if says_date => Some(When::Day(other.day())),
        other => Some(other),
    }
}

/// A time from its parts; an offset, which the RFC does not know, is turned into UTC.
pub(super) fn of_parts(parts: &PartialDateTime, zone: Option<&Zone>) -> Option<When> {
    let (year, month, day) = (parts.year?, parts.month?, parts.day?);
    let date = NaiveDate::from_ymd_opt(year.into(), month.into(), day.into())?;
    let Some(hour) = parts.hour else { return Some(When::Day(date)) };
    // A leap second is the second before it, and midnight at a day's end is the next day's.
    let second = parts.second.unwrap_or(0).min(59);
    let minute = parts.minute.unwrap_or(0);
    let (date, hour) = match (hour, minute, second) {
        (24, 0, 0) => (date.succ_opt()?, 0),
        _ => (date, hour),
    };
    let local = date.and_hms_opt(hour.into(), minute.into(), second.into())?;
    Some(match (parts.tz_hour, zone) {
        (Some(hours), _) => {
            let east = i64::from(hours) * 60 + i64::from(parts.tz_minute.unwrap_or(0));
            let east = Duration::minutes(if parts.tz_minus { -east } else { east });
            When::At(local.checked_sub_signed(east)?, Zone::Utc)
        }
        (None, Some(zone)) => When::At(local, zone.clone()),
        (None, None) => When::Floating(local),
    })
}

/// A date or time as text, with or without ISO 8601's hyphens and colons.
fn of_text(text: &str, zone: Option<&Zone>) -> Option<When> {
    let clean: String = text.trim().chars().filter(|c| !matches!(c, '-' | ':')).take(16).collect();
    match (When::from_key(&clean)?, zone) {
        (When::Floating(local), Some(zone)) => Some(When::At(local, zone.clone())),
        (other, _) => Some(other),
    }
}
