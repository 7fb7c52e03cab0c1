//! Which offset from UTC a clock on the wall had.

use chrono::{
    DateTime, Duration, FixedOffset, LocalResult, NaiveDate, NaiveDateTime, Offset, TimeZone, Utc,
};
use fristed_base::Moment;

/// The zone in which times without one were written down.
///
/// Every [`TimeZone`] of `chrono` is one: `chrono::Local` for the computer's own, a `chrono_tz::Tz`
/// for a named one, a `FixedOffset`.
pub trait Zone {
    /// The moment at which a clock on this wall showed this date and time.
    ///
    /// An hour that came twice is taken as its first coming; one that never came, when the clocks
    /// went forward, is taken as the same distance from what came before it.
    fn at_local(&self, local: NaiveDateTime) -> Moment;

    /// The instant with the offset that held here.
    fn at_instant(&self, instant: DateTime<Utc>) -> Moment;
}

impl<Z: TimeZone> Zone for Z {
    fn at_local(&self, local: NaiveDateTime) -> Moment {
        let offset = match self.offset_from_local_datetime(&local) {
            LocalResult::Single(offset) | LocalResult::Ambiguous(offset, _) => offset.fix(),
            LocalResult::None => local
                .checked_sub_signed(Duration::hours(3))
                .and_then(|before| self.offset_from_local_datetime(&before).earliest())
                .map_or_else(utc, |offset| offset.fix()),
        };
        let offset = whole_minutes(offset);
        offset
            .from_local_datetime(&local)
            .single()
            .map_or_else(|| Moment::from(local.and_utc()), Moment::new)
    }

    fn at_instant(&self, instant: DateTime<Utc>) -> Moment {
        let offset = whole_minutes(self.offset_from_utc_datetime(&instant.naive_utc()).fix());
        Moment::new(instant.with_timezone(&offset))
    }
}

/// Noon of a day of which no time is known: far from both its ends.
pub(crate) fn noon(day: NaiveDate) -> NaiveDateTime {
    day.and_hms_opt(12, 0, 0).unwrap_or_default()
}

fn utc() -> FixedOffset {
    Utc.fix()
}

/// Offsets before the time of zones had seconds; a moment has minutes.
fn whole_minutes(offset: FixedOffset) -> FixedOffset {
    FixedOffset::east_opt(offset.local_minus_utc() / 60 * 60).unwrap_or(offset)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn local(text: &str) -> NaiveDateTime {
        NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").expect("a time of the test")
    }

    #[test]
    fn summer_and_winter_have_their_own_offsets() {
        let zone = chrono_tz::Europe::Copenhagen;
        assert_eq!(
            zone.at_local(local("2026-07-01 08:00")).to_rfc3339(),
            "2026-07-01T08:00:00+02:00"
        );
        assert_eq!(
            zone.at_local(local("2026-11-24 16:40")).to_rfc3339(),
            "2026-11-24T16:40:00+01:00"
        );
    }

    #[test]
    fn the_hour_that_came_twice_and_the_one_that_never_came_have_a_moment() {
        let zone = chrono_tz::Europe::Copenhagen;
        assert_eq!(
            zone.at_local(local("2026-10-25 02:30")).to_rfc3339(),
            "2026-10-25T02:30:00+02:00"
        );
        assert_eq!(
            zone.at_local(local("2026-03-29 02:30")).to_rfc3339(),
            "2026-03-29T02:30:00+01:00"
        );
    }

    #[test]
    fn an_offset_with_seconds_is_cut_to_minutes() {
        let zone = chrono_tz::Europe::Copenhagen;
        let moment = zone.at_local(local("1880-01-01 12:00"));
        assert_eq!(moment.date_time().offset().local_minus_utc() % 60, 0);
        assert_eq!(moment.local(), local("1880-01-01 12:00"));
    }
}
