//! How long an event lasts.

use calcard::icalendar::ICalendarDuration;
use chrono::{DateTime, Duration, Utc};
use chrono_tz::Tz;

use super::{When, Zone, zone};

/// How long every occurrence of an event lasts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Length {
    /// Whole days.
    Days(i64),
    /// From DTEND: the same exact length for each occurrence (RFC 5545, section 3.8.5.3).
    Exact(Duration),
    /// From DURATION: days by the calendar and the rest by the clock (sections 3.3.6 and 3.8.5.3).
    Nominal(i64, Duration),
}

/// A century; nothing lasts longer.
const MOST_DAYS: i64 = 36_525;

impl Length {
    /// The length that an event's start, DTEND and DURATION make together. What ends before it
    /// starts has none.
    pub(super) fn between(start: &When, end: Option<&When>, duration: Option<Self>) -> Self {
        if start.is_day() {
            let days = match (end, duration) {
                (Some(end), _) => end.day().signed_duration_since(start.day()).num_days(),
                (None, Some(Self::Nominal(days, rest))) => {
                    days.saturating_add(rest.num_seconds().div_euclid(86_400))
                }
                _ => 1,
            };
            // An event on a day that ends on it is meant to fill it.
            return Self::Days(days.clamp(1, MOST_DAYS));
        }
        let exact = match (end, duration) {
            (None, Some(Self::Nominal(days, rest))) => {
                // No event lasts that long; somebody wrote nonsense.
                let sane = (0..=MOST_DAYS).contains(&days)
                    && (Duration::zero()..=Duration::days(MOST_DAYS)).contains(&rest);
                return if sane {
                    Self::Nominal(days, rest)
                } else {
                    Self::Exact(Duration::zero())
                };
            }
            (None, _) => Duration::zero(),
            (Some(end), _) => match (start, end) {
                (When::At(..), When::At(..)) => {
                    end.instant(Tz::UTC).signed_duration_since(start.instant(Tz::UTC))
                }
                _ => start.reading(end).signed_duration_since(start.local()),
            },
        };
        Self::Exact(exact.clamp(Duration::zero(), Duration::days(MOST_DAYS)))
    }

    /// The end of an occurrence that starts then, and its instant on a computer in `zone`.
    pub(super) fn end(self, start: &When, zone: Tz) -> (When, DateTime<Utc>) {
        let local = start.local();
        let exact = match self {
            Self::Days(days) | Self::Nominal(days, _) => {
                let rest = if let Self::Nominal(_, rest) = self { rest } else { Duration::zero() };
                let moved = local.checked_add_signed(Duration::days(days)).unwrap_or(local);
                if rest.is_zero() {
                    let end = start.at(moved);
                    let instant = end.instant(zone);
                    return (end, instant);
                }
                return Self::Exact(rest).end(&start.at(moved), zone);
            }
            Self::Exact(exact) => exact,
        };
        match start {
            When::At(_, own) => {
                let begun = own.instant(local);
                let instant = begun.checked_add_signed(exact).unwrap_or(begun);
                (When::At(own.local(instant), own.clone()), instant)
            }
            When::Day(_) | When::Floating(_) => {
                let end = start.at(local.checked_add_signed(exact).unwrap_or(local));
                let instant = zone::instant(zone, end.local());
                (end, instant)
            }
        }
    }

    /// A length that is not below this one, wherever the clocks change.
    pub(super) fn at_most(self) -> Duration {
        let day = Duration::days(1);
        let (length, slack) = match self {
            Self::Days(days) => (Duration::days(days), day),
            Self::Nominal(days, rest) if days > 0 => {
                (Duration::days(days).checked_add(&rest).unwrap_or(rest), day)
            }
            Self::Exact(exact) | Self::Nominal(_, exact) => (exact, Duration::zero()),
        };
        length.checked_add(&slack).unwrap_or(length)
    }
}

/// A DURATION. `calcard` holds its numbers at their largest instead of letting them overflow.
pub(super) fn of_duration(duration: &ICalendarDuration) -> Length {
    if duration.neg {
        return Length::Nominal(0, Duration::zero());
    }
    let days = i64::from(duration.weeks) * 7 + i64::from(duration.days);
    let seconds = i64::from(duration.hours) * 3600
        + i64::from(duration.minutes) * 60
        + i64::from(duration.seconds);
    Length::Nominal(days, Duration::try_seconds(seconds).unwrap_or_default())
}

/// The end in the zone in which the event gives it.
pub(super) fn in_zone(end: When, instant: DateTime<Utc>, zone: Option<&Zone>) -> When {
    match zone {
        Some(zone) => When::At(zone.local(instant), zone.clone()),
        None => end,
    }
}
