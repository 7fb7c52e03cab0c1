//! A moment as it is typed: a day, a day and a time, or RFC 3339.

use chrono::{
    DateTime, Duration, FixedOffset, MappedLocalTime, NaiveDate, NaiveDateTime, NaiveTime, TimeZone,
};
use fristed_base::Moment;

/// What stood behind `--at`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum At {
    /// A moment with its own offset from UTC.
    Moment(DateTime<FixedOffset>),
    /// A date and a time on the wall of the place where the program runs.
    Local(NaiveDateTime),
    /// A day; the time of day is the present one.
    Day(NaiveDate),
}

impl At {
    /// Reads what was typed.
    ///
    /// # Errors
    /// A sentence for the terminal where it is no moment.
    pub fn parse(text: &str) -> Result<Self, &'static str> {
        let text = text.trim();
        if let Ok(day) = NaiveDate::parse_from_str(text, "%Y-%m-%d") {
            return Ok(Self::Day(day));
        }
        if let Ok(at) = DateTime::parse_from_rfc3339(text) {
            return Ok(Self::Moment(at));
        }
        ["%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S"]
            .iter()
            .find_map(|form| NaiveDateTime::parse_from_str(text, form).ok())
            .map(Self::Local)
            .ok_or("2026-11-24 | 2026-11-24 16:40 | 2026-11-24T16:40:00+01:00")
    }

    /// The moment meant, in a place whose clock follows `zone`, where it is `now`.
    ///
    /// A time that the clocks skip in spring is taken as much later as they skip; of a time that
    /// they show twice in autumn the first is taken. `None` is a date beyond every calendar.
    pub fn in_zone<Z: TimeZone>(self, zone: &Z, now: Moment) -> Option<Moment> {
        match self {
            Self::Moment(at) => Some(Moment::new(at)),
            Self::Local(local) => on_the_wall(zone, local),
            Self::Day(day) => {
                let time = now.local().time();
                let minute = NaiveTime::from_hms_opt(
                    chrono::Timelike::hour(&time),
                    chrono::Timelike::minute(&time),
                    0,
                )?;
                on_the_wall(zone, day.and_time(minute))
            }
        }
    }
}

fn on_the_wall<Z: TimeZone>(zone: &Z, local: NaiveDateTime) -> Option<Moment> {
    let found = match zone.from_local_datetime(&local) {
        MappedLocalTime::Single(at) | MappedLocalTime::Ambiguous(at, _) => at,
        MappedLocalTime::None => {
            let before = local.checked_sub_signed(Duration::hours(3))?;
            let known = zone.from_local_datetime(&before).earliest()?;
            known.checked_add_signed(Duration::hours(3))?
        }
    };
    Some(Moment::new(found.fixed_offset()))
}

#[cfg(test)]
mod tests {
    use chrono_tz::Europe::Copenhagen;

    use super::*;

    fn in_copenhagen(text: &str) -> String {
        let now =
            Moment::new(DateTime::parse_from_rfc3339("2026-11-24T16:40:12+01:00").expect("now"));
        At::parse(text).expect("a moment").in_zone(&Copenhagen, now).expect("in range").to_rfc3339()
    }

    #[test]
    fn a_day_keeps_the_present_time_of_day_and_takes_its_own_offset() {
        assert_eq!(in_copenhagen("2026-11-20"), "2026-11-20T16:40:00+01:00");
        assert_eq!(
            in_copenhagen("2026-07-01"),
            "2026-07-01T16:40:00+02:00",
            "summer time holds there"
        );
    }

    #[test]
    fn a_day_and_a_time_are_those_on_the_wall() {
        assert_eq!(in_copenhagen("2026-11-20 08:15"), "2026-11-20T08:15:00+01:00");
        assert_eq!(in_copenhagen("2026-11-20T08:15"), "2026-11-20T08:15:00+01:00");
    }

    #[test]
    fn a_moment_with_an_offset_keeps_it() {
        assert_eq!(in_copenhagen("2026-11-20T08:15:00-05:00"), "2026-11-20T08:15:00-05:00");
        assert_eq!(in_copenhagen("2026-11-20T08:15:00Z"), "2026-11-20T08:15:00+00:00");
    }

    #[test]
    fn a_time_that_the_clocks_skip_comes_as_much_later() {
        assert_eq!(in_copenhagen("2026-03-29 02:30"), "2026-03-29T03:30:00+02:00");
    }

    #[test]
    fn of_a_time_that_comes_twice_the_first_is_taken() {
        assert_eq!(in_copenhagen("2026-10-25 02:30"), "2026-10-25T02:30:00+02:00");
    }

    #[test]
    fn what_is_no_moment_is_refused() {
        for text in ["", "i går", "2026-13-01", "2026-02-30", "24/11/2026", "2026-11-24 25:00"] {
            assert!(At::parse(text).is_err(), "{text} is no moment");
        }
    }
}
