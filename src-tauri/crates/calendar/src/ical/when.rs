//! A date or time as an event names it.

use std::fmt;

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Utc};
use chrono_tz::Tz;

use super::Zone;
use super::zone;

/// A day, a time on every wall, or a time in a zone (RFC 5545, sections 3.3.4 and 3.3.5).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum When {
    /// A whole day, wherever one is.
    Day(NaiveDate),
    /// A time that is the same on every wall, wherever one is.
    Floating(NaiveDateTime),
    /// A time on the walls of one zone.
    At(NaiveDateTime, Zone),
}

impl When {
    /// The instant; `zone`, the computer's, is for days and floating times.
    ///
    /// A time that the clocks skipped is taken with the offset that held before, one that came
    /// twice as its first coming (RFC 5545, section 3.3.5).
    #[must_use]
    pub fn instant(&self, zone: Tz) -> DateTime<Utc> {
        match self {
            Self::Day(_) | Self::Floating(_) => zone::instant(zone, self.local()),
            Self::At(local, own) => own.instant(*local),
        }
    }

    /// What the calendar and the clock on its own wall show.
    #[must_use]
    pub fn local(&self) -> NaiveDateTime {
        match self {
            Self::Day(day) => day.and_time(NaiveTime::MIN),
            Self::Floating(local) | Self::At(local, _) => *local,
        }
    }

    /// The day on its own wall.
    #[must_use]
    pub fn day(&self) -> NaiveDate {
        self.local().date()
    }

    /// Whether it is a whole day.
    #[must_use]
    pub const fn is_day(&self) -> bool {
        matches!(self, Self::Day(_))
    }

    /// The name of its zone as the file has it; none for days and floating times.
    #[must_use]
    pub fn zone_name(&self) -> Option<&str> {
        match self {
            Self::At(_, zone) => Some(zone.name()),
            Self::Day(_) | Self::Floating(_) => None,
        }
    }

    /// A key for the store: `20261124` for a day, `20261124T164000` for a floating time, and the
    /// instant, `20261124T154000Z`, for one in a zone. Two names of one occurrence have one key,
    /// whatever zone they are written in, and keys sort by time within a series.
    #[must_use]
    pub fn key(&self) -> String {
        self.point().to_string()
    }

    /// What a key names; a time in a zone comes back in UTC.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        const TIME: &str = "%Y%m%dT%H%M%S";
        if let Some(utc) = key.strip_suffix('Z') {
            return Some(Self::At(NaiveDateTime::parse_from_str(utc, TIME).ok()?, Zone::Utc));
        }
        match key.len() {
            8 => NaiveDate::parse_from_str(key, "%Y%m%d").ok().map(Self::Day),
            _ => NaiveDateTime::parse_from_str(key, TIME).ok().map(Self::Floating),
        }
    }

    /// What it is compared by.
    pub(super) fn point(&self) -> Point {
        match self {
            Self::Day(day) => Point::Day(*day),
            Self::Floating(local) => Point::Local(*local),
            Self::At(local, zone) => Point::Instant(zone.instant(*local)),
        }
    }

    /// The same kind of time, in the same zone, at another reading of the clock.
    pub(super) fn at(&self, local: NaiveDateTime) -> Self {
        match self {
            Self::Day(_) => Self::Day(local.date()),
            Self::Floating(_) => Self::Floating(local),
            Self::At(_, zone) => Self::At(local, zone.clone()),
        }
    }

    /// What the walls of this time show where the other time is: the other's day for days, and
    /// the other's clock where one of both is on every wall.
    pub(super) fn reading(&self, other: &Self) -> NaiveDateTime {
        match (self, other) {
            (Self::Day(_), other) => other.day().and_time(NaiveTime::MIN),
            (Self::At(_, zone), Self::At(local, other)) if zone != other => {
                zone.local(other.instant(*local))
            }
            (_, other) => other.local(),
        }
    }
}

/// A time stripped down to what it is compared by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Point {
    Day(NaiveDate),
    Local(NaiveDateTime),
    Instant(DateTime<Utc>),
}

impl fmt::Display for Point {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Day(day) => day.format("%Y%m%d").fmt(f),
            Self::Local(local) => local.format("%Y%m%dT%H%M%S").fmt(f),
            Self::Instant(at) => at.format("%Y%m%dT%H%M%SZ").fmt(f),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn local(text: &str) -> NaiveDateTime {
        text.parse().expect("a time of the test")
    }

    #[test]
    fn one_occurrence_has_one_key_in_whatever_zone_it_is_written() {
        let here = When::At(local("2026-11-24T16:40:00"), Tz::Europe__Copenhagen.into());
        let there = When::At(local("2026-11-24T15:40:00"), Zone::Utc);
        assert_eq!(here.key(), "20261124T154000Z");
        assert_eq!(there.key(), here.key());
        assert_eq!(When::from_key(&here.key()), Some(there));
    }

    #[test]
    fn keys_of_days_and_floating_times_come_back() {
        for when in [
            When::Day(local("2026-11-24T00:00:00").date()),
            When::Floating(local("2026-11-24T16:40:05")),
        ] {
            assert_eq!(When::from_key(&when.key()), Some(when));
        }
        for bad in ["", "2026", "20261324", "20261124T9", "Z", "æøå"] {
            assert_eq!(When::from_key(bad), None, "{bad}");
        }
    }
}
