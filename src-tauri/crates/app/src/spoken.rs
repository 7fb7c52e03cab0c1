//! Days and times in words, as they are written in Danish and in English.

use chrono::{Datelike, Days, NaiveDate, NaiveDateTime, Timelike};

use crate::wire::Language;

const WEEKDAYS: [(&str, &str); 7] = [
    ("mandag", "Monday"),
    ("tirsdag", "Tuesday"),
    ("onsdag", "Wednesday"),
    ("torsdag", "Thursday"),
    ("fredag", "Friday"),
    ("lørdag", "Saturday"),
    ("søndag", "Sunday"),
];

const MONTHS: [(&str, &str); 12] = [
    ("januar", "January"),
    ("februar", "February"),
    ("marts", "March"),
    ("april", "April"),
    ("maj", "May"),
    ("juni", "June"),
    ("juli", "July"),
    ("august", "August"),
    ("september", "September"),
    ("oktober", "October"),
    ("november", "November"),
    ("december", "December"),
];

/// A day: `tirsdag den 10. marts 2026`.
pub(crate) fn day(day: NaiveDate, language: Language) -> String {
    let (weekday, month) = (day.weekday().num_days_from_monday() as usize, day.month0() as usize);
    let weekday = WEEKDAYS.get(weekday).copied().unwrap_or_default();
    let month = MONTHS.get(month).copied().unwrap_or_default();
    match language {
        Language::Da => format!("{} den {}. {} {}", weekday.0, day.day(), month.0, day.year()),
        Language::En => format!("{} {} {} {}", weekday.1, day.day(), month.1, day.year()),
    }
}

fn clock(at: NaiveDateTime, language: Language) -> String {
    match language {
        Language::Da => format!("{}.{:02}", at.hour(), at.minute()),
        Language::En => format!("{:02}:{:02}", at.hour(), at.minute()),
    }
}

fn moment(at: NaiveDateTime, language: Language) -> String {
    let (day, clock) = (day(at.date(), language), clock(at, language));
    match language {
        Language::Da => format!("{day} kl. {clock}"),
        Language::En => format!("{day}, {clock}"),
    }
}

/// From one time to another: `tirsdag den 10. marts 2026 kl. 9.00–12.00`.
pub(crate) fn times(start: NaiveDateTime, end: NaiveDateTime, language: Language) -> String {
    let begins = moment(start, language);
    if start.date() == end.date() {
        format!("{begins}–{}", clock(end, language))
    } else {
        format!("{begins} – {}", moment(end, language))
    }
}

/// From one day up to another that is not included.
pub(crate) fn days(first: NaiveDate, end: NaiveDate, language: Language) -> String {
    match end.checked_sub_days(Days::new(1)) {
        Some(last) if last > first => {
            format!("{} – {}", day(first, language), day(last, language))
        }
        _ => day(first, language),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> NaiveDateTime {
        text.parse().expect("a time of the test")
    }

    #[test]
    fn times_are_written_as_danes_and_as_the_english_write_them() {
        let (start, end) = (at("2026-03-10T09:00:00"), at("2026-03-10T12:05:00"));
        assert_eq!(times(start, end, Language::Da), "tirsdag den 10. marts 2026 kl. 9.00–12.05");
        assert_eq!(times(start, end, Language::En), "Tuesday 10 March 2026, 09:00–12:05");
        assert_eq!(
            times(start, at("2026-03-11T12:00:00"), Language::Da),
            "tirsdag den 10. marts 2026 kl. 9.00 – onsdag den 11. marts 2026 kl. 12.00"
        );
        let (first, next) = (start.date(), at("2026-03-11T00:00:00").date());
        assert_eq!(days(first, next, Language::Da), "tirsdag den 10. marts 2026");
    }
}
