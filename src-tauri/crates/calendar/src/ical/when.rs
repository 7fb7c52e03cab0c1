//! A date or time as an event names it.

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use chrono_tz::Tz;

use super::Zone;

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
        let _ = zone;
        todo!()
    }

    /// What the calendar and the clock on its own wall show.
    #[must_use]
    pub fn local(&self) -> NaiveDateTime {
        todo!()
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
        todo!()
    }

    /// A key for the store: `20261124` for a day, `20261124T164000` for a floating time, and the
    /// instant, `20261124T154000Z`, for one in a zone. Two names of one occurrence have one key,
    /// whatever zone they are written in, and keys sort by time within a series.
    #[must_use]
    pub fn key(&self) -> String {
        todo!()
    }

    /// What a key names; a time in a zone comes back in UTC.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        let _ = key;
        todo!()
    }
}
