//! Time zones: whose walls a time is on.

mod custom;
mod definition;
mod names;
mod table;

use std::sync::Arc;

use chrono::{DateTime, Duration, LocalResult, NaiveDateTime, Offset, TimeZone, Utc};
use chrono_tz::Tz;

pub use custom::Custom;
pub(super) use custom::define;
pub(super) use definition::definition;
pub(super) use table::Zones;

/// Whose walls a time is on.
#[derive(Debug, Clone)]
pub enum Zone {
    /// Coordinated universal time, written with a `Z`.
    Utc,
    /// A zone of the IANA database, found by its name, by Windows' name, or by the name that
    /// Windows shows; with the name that the file uses.
    Named(Tz, Arc<str>),
    /// A zone that the file defines (RFC 5545, section 3.6.5).
    Custom(Arc<Custom>),
}

impl PartialEq for Zone {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Utc, Self::Utc) => true,
            (Self::Named(a, _), Self::Named(b, _)) => a == b,
            (Self::Custom(a), Self::Custom(b)) => a == b,
            _ => false,
        }
    }
}

impl Eq for Zone {}

impl From<Tz> for Zone {
    fn from(tz: Tz) -> Self {
        Self::Named(tz, tz.name().into())
    }
}

impl Zone {
    /// The zone with this name, if it is known: `Europe/Copenhagen`, `Romance Standard Time`,
    /// `(UTC+01:00) Brussels, Copenhagen, Madrid, Paris`, and what other programs make of them.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        names::find(name).map(|tz| Self::Named(tz, name.into()))
    }

    /// Its name as the file has it.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::Utc => "UTC",
            Self::Named(_, name) => name,
            Self::Custom(custom) => custom.name(),
        }
    }

    /// The zone of the IANA database, where it is one.
    #[must_use]
    pub fn tz(&self) -> Option<Tz> {
        match self {
            Self::Utc => Some(Tz::UTC),
            Self::Named(tz, _) => Some(*tz),
            Self::Custom(_) => None,
        }
    }

    /// The instant at which a clock on these walls shows this. One that the clocks skipped is
    /// taken with the offset before the gap, one that came twice as its first coming (RFC 5545,
    /// section 3.3.5).
    pub(super) fn instant(&self, local: NaiveDateTime) -> DateTime<Utc> {
        match self {
            Self::Utc => local.and_utc(),
            Self::Named(tz, _) => instant(*tz, local),
            Self::Custom(custom) => minus(local, custom.offset_at_local(local)),
        }
    }

    /// What a clock on these walls shows at an instant.
    pub(super) fn local(&self, instant: DateTime<Utc>) -> NaiveDateTime {
        let utc = instant.naive_utc();
        let offset = match self {
            Self::Utc => 0,
            Self::Named(tz, _) => tz.offset_from_utc_datetime(&utc).fix().local_minus_utc(),
            Self::Custom(custom) => custom.offset_at_instant(utc),
        };
        utc.checked_add_signed(Duration::seconds(offset.into())).unwrap_or(utc)
    }
}

/// See [`Zone::instant`].
pub(super) fn instant(tz: Tz, local: NaiveDateTime) -> DateTime<Utc> {
    let offset = match tz.offset_from_local_datetime(&local) {
        LocalResult::Single(offset) | LocalResult::Ambiguous(offset, _) => Some(offset),
        // Clocks jump by an hour or so, and twice in history by a day.
        LocalResult::None => [3, 27].into_iter().find_map(|hours| {
            let before = local.checked_sub_signed(Duration::hours(hours))?;
            tz.offset_from_local_datetime(&before).latest()
        }),
    };
    minus(local, offset.map_or(0, |offset| offset.fix().local_minus_utc()))
}

fn minus(local: NaiveDateTime, offset: i32) -> DateTime<Utc> {
    local.checked_sub_signed(Duration::seconds(offset.into())).unwrap_or(local).and_utc()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn local(text: &str) -> NaiveDateTime {
        text.parse().expect("a time of the test")
    }

    #[test]
    fn a_skipped_hour_is_taken_as_if_the_clocks_had_not_jumped() {
        let zone = Zone::from(Tz::Europe__Copenhagen);
        let at = zone.instant(local("2026-03-29T02:30:00"));
        assert_eq!(at.to_rfc3339(), "2026-03-29T01:30:00+00:00");
        assert_eq!(zone.local(at), local("2026-03-29T03:30:00"));
        let samoa = Zone::from(Tz::Pacific__Apia);
        let never = samoa.instant(local("2011-12-30T12:00:00"));
        assert_eq!(samoa.local(never), local("2011-12-31T12:00:00"), "a day that never was");
    }

    #[test]
    fn an_hour_that_comes_twice_is_its_first_coming() {
        let zone = Zone::from(Tz::Europe__Copenhagen);
        let at = zone.instant(local("2026-10-25T02:30:00"));
        assert_eq!(at.to_rfc3339(), "2026-10-25T00:30:00+00:00");
    }

    #[test]
    fn the_ends_of_all_time_do_no_harm() {
        for zone in [Zone::Utc, Zone::from(Tz::Europe__Copenhagen)] {
            for edge in [NaiveDateTime::MIN, NaiveDateTime::MAX] {
                let _ = zone.local(zone.instant(edge));
            }
        }
    }
}
