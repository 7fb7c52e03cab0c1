//! A moment as a leader lived it: an instant, and what her clock showed then.

use std::cmp::Ordering;
use std::hash::{Hash, Hasher};

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime, SubsecRound, Utc};

/// An instant with the offset from UTC that held where it was written down.
///
/// The instant orders things across zones; the offset keeps the day and the hour that the leader
/// saw, also after she moved or the clocks changed. Precision is one millisecond.
///
/// Two moments are the same where both the instant and the offset are; the earlier instant comes
/// first, whatever the clocks showed.
#[derive(Debug, Clone, Copy)]
pub struct Moment(DateTime<FixedOffset>);

impl PartialEq for Moment {
    fn eq(&self, other: &Self) -> bool {
        self.parts() == other.parts()
    }
}

impl Eq for Moment {}

impl PartialOrd for Moment {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Moment {
    fn cmp(&self, other: &Self) -> Ordering {
        self.parts().cmp(&other.parts())
    }
}

impl Hash for Moment {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.parts().hash(state);
    }
}

impl Moment {
    /// The moment of this date and time, cut to whole milliseconds.
    #[must_use]
    pub fn new(at: DateTime<FixedOffset>) -> Self {
        Self(at.trunc_subsecs(3))
    }

    /// From milliseconds since 1970 in UTC and the offset in minutes east of Greenwich.
    ///
    /// `None` where either is beyond what a calendar holds.
    #[must_use]
    pub fn from_parts(millis: i64, offset_minutes: i32) -> Option<Self> {
        let offset = FixedOffset::east_opt(offset_minutes.checked_mul(60)?)?;
        let utc = DateTime::<Utc>::from_timestamp_millis(millis)?;
        utc.naive_utc().checked_add_offset(offset)?;
        Some(Self(utc.with_timezone(&offset)))
    }

    /// The instant and the offset; chrono's own comparison looks at the instant alone.
    fn parts(&self) -> (i64, i32) {
        (self.millis(), self.offset_minutes())
    }

    /// Milliseconds since 1970 in UTC.
    #[must_use]
    pub fn millis(&self) -> i64 {
        self.0.timestamp_millis()
    }

    /// Minutes east of Greenwich.
    #[must_use]
    pub fn offset_minutes(&self) -> i32 {
        self.0.offset().local_minus_utc() / 60
    }

    /// What the calendar on the wall showed.
    #[must_use]
    pub fn day(&self) -> NaiveDate {
        self.0.date_naive()
    }

    /// What the calendar and the clock on the wall showed.
    #[must_use]
    pub fn local(&self) -> NaiveDateTime {
        self.0.naive_local()
    }

    /// The date, the time and the offset.
    #[must_use]
    pub const fn date_time(&self) -> DateTime<FixedOffset> {
        self.0
    }

    /// RFC 3339 with the offset, to the second (`2026-11-24T16:40:00+01:00`), or to the
    /// millisecond where there is one.
    #[must_use]
    pub fn to_rfc3339(&self) -> String {
        let form = if self.0.timestamp_subsec_millis() == 0 {
            chrono::SecondsFormat::Secs
        } else {
            chrono::SecondsFormat::Millis
        };
        self.0.to_rfc3339_opts(form, false)
    }
}

impl From<DateTime<FixedOffset>> for Moment {
    fn from(at: DateTime<FixedOffset>) -> Self {
        Self::new(at)
    }
}

impl From<DateTime<Utc>> for Moment {
    fn from(at: DateTime<Utc>) -> Self {
        Self::new(at.fixed_offset())
    }
}

impl From<DateTime<chrono::Local>> for Moment {
    fn from(at: DateTime<chrono::Local>) -> Self {
        Self::new(at.fixed_offset())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moment(text: &str) -> Moment {
        Moment::new(DateTime::parse_from_rfc3339(text).expect("a date of the test"))
    }

    #[test]
    fn the_day_is_the_one_on_the_wall_and_not_the_one_in_greenwich() {
        let late = moment("2026-11-25T00:30:00+01:00");
        assert_eq!(late.day().to_string(), "2026-11-25");
        assert_eq!(late.to_rfc3339(), "2026-11-25T00:30:00+01:00");
    }

    #[test]
    fn a_moment_comes_back_from_its_parts() {
        for text in ["2026-11-24T16:40:00+01:00", "1969-12-31T23:59:59.250-03:30"] {
            let at = moment(text);
            assert_eq!(Moment::from_parts(at.millis(), at.offset_minutes()), Some(at));
            assert_eq!(at.to_rfc3339(), text);
        }
    }

    #[test]
    fn the_same_instant_under_another_clock_is_another_moment() {
        let (here, there) = (moment("2026-11-24T16:40:00+01:00"), moment("2026-11-24T15:40:00Z"));
        assert_ne!(here, there);
        assert!(there < here, "the instants are one, and the offset decides");
        assert!(here < moment("2026-11-24T15:40:01Z"));
    }

    #[test]
    fn what_no_calendar_holds_is_refused() {
        assert_eq!(Moment::from_parts(i64::MAX, 0), None);
        assert_eq!(Moment::from_parts(0, i32::MAX), None);
    }
}
