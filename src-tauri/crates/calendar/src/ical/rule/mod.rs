//! Recurrence rules (RFC 5545, section 3.3.10).

mod days;
mod expand;
mod parse;
mod subday;

use chrono::Weekday;

use super::When;

pub(super) use expand::{Meter, Span, expand};
pub use parse::NotARule;

/// How often a rule comes round.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)]
pub enum Frequency {
    Secondly,
    Minutely,
    Hourly,
    Daily,
    Weekly,
    Monthly,
    Yearly,
}

/// A weekday of a rule: every one, or the n-th of the month or year, from the end where negative.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Days {
    /// The n of the n-th; `None` for every one.
    pub nth: Option<i16>,
    /// The weekday.
    pub weekday: Weekday,
}

/// Where a rule ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum End {
    /// Never.
    Never,
    /// After so many occurrences.
    Count(u32),
    /// After this day or time, which still belongs to it; a time in a zone is written in UTC.
    Until(When),
}

/// A recurrence rule. `Display` writes it as it stands after `RRULE:`, and `FromStr` reads that.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct RecurrenceRule {
    pub frequency: Frequency,
    /// Every how many periods; at least 1.
    pub interval: u32,
    pub end: End,
    pub by_second: Vec<u8>,
    pub by_minute: Vec<u8>,
    pub by_hour: Vec<u8>,
    pub by_day: Vec<Days>,
    pub by_month_day: Vec<i8>,
    pub by_year_day: Vec<i16>,
    pub by_week_no: Vec<i8>,
    pub by_month: Vec<u8>,
    pub by_set_pos: Vec<i32>,
    /// On which day a week begins.
    pub week_start: Weekday,
}

impl RecurrenceRule {
    /// Every period, without an end.
    #[must_use]
    pub const fn every(frequency: Frequency) -> Self {
        Self {
            frequency,
            interval: 1,
            end: End::Never,
            by_second: Vec::new(),
            by_minute: Vec::new(),
            by_hour: Vec::new(),
            by_day: Vec::new(),
            by_month_day: Vec::new(),
            by_year_day: Vec::new(),
            by_week_no: Vec::new(),
            by_month: Vec::new(),
            by_set_pos: Vec::new(),
            week_start: Weekday::Mon,
        }
    }
}
