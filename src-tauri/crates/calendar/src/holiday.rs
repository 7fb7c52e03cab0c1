//! Public holidays in Denmark, and days with a name.
//!
//! The days off are those of the Danish church's year (lov om helligdage; Store Bededag is none
//! from 2024 on, lov nr. 214 af 6. marts 2023). Grundlovsdag and the two eves are no public
//! holidays, but the usual agreements make them days off, and a leader wants to see them.

use chrono::{Datelike, NaiveDate, TimeDelta};

/// A language that holidays are named in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lang {
    /// Danish.
    Da,
    /// English.
    En,
}

/// A day off, or one with a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Holiday {
    /// The day.
    pub day: NaiveDate,
    /// Its name.
    pub name: &'static str,
}

/// A name in both languages.
type Name = (&'static str, &'static str);

/// Days after Easter Sunday.
const MOVABLE: [(i64, Name); 7] = [
    (-3, ("Skærtorsdag", "Maundy Thursday")),
    (-2, ("Langfredag", "Good Friday")),
    (0, ("Påskedag", "Easter Sunday")),
    (1, ("2. påskedag", "Easter Monday")),
    (39, ("Kristi himmelfartsdag", "Ascension Day")),
    (49, ("Pinsedag", "Whit Sunday")),
    (50, ("2. pinsedag", "Whit Monday")),
];

/// Month and day.
const FIXED: [(u32, u32, Name); 6] = [
    (1, 1, ("Nytårsdag", "New Year's Day")),
    (6, 5, ("Grundlovsdag", "Constitution Day")),
    (12, 24, ("Juleaftensdag", "Christmas Eve")),
    (12, 25, ("Juledag", "Christmas Day")),
    (12, 26, ("2. juledag", "Boxing Day")),
    (12, 31, ("Nytårsaftensdag", "New Year's Eve")),
];

/// The last year that had Store Bededag, the fourth Friday after Easter.
const LAST_PRAYER_DAY: i32 = 2023;
const PRAYER_DAY: (i64, Name) = (26, ("Store bededag", "General Prayer Day"));

/// The holidays from one day to another, both included, in order.
#[must_use]
pub fn holidays(first: NaiveDate, last: NaiveDate, lang: Lang) -> Vec<Holiday> {
    let named = |day: Option<NaiveDate>, (da, en): Name| {
        let name = if lang == Lang::Da { da } else { en };
        day.map(|day| Holiday { day, name })
    };
    let mut found = Vec::new();
    for year in first.year()..=last.year() {
        let fixed = FIXED.iter();
        found.extend(fixed.filter_map(|(month, day, name)| {
            named(NaiveDate::from_ymd_opt(year, *month, *day), *name)
        }));
        let Ok(easter) = computus::gregorian_naive(year) else {
            continue;
        };
        let prayer = (year <= LAST_PRAYER_DAY).then_some(&PRAYER_DAY);
        found.extend(MOVABLE.iter().chain(prayer).filter_map(|(days, name)| {
            named(easter.checked_add_signed(TimeDelta::days(*days)), *name)
        }));
    }
    found.retain(|holiday| holiday.day >= first && holiday.day <= last);
    found.sort_by_key(|holiday| holiday.day);
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a day of the test")
    }

    fn year(year: i32) -> Vec<(String, &'static str)> {
        let (first, last) = (day(&format!("{year}-01-01")), day(&format!("{year}-12-31")));
        holidays(first, last, Lang::Da).iter().map(|h| (h.day.to_string(), h.name)).collect()
    }

    #[test]
    fn a_year_has_its_holidays_where_the_almanac_has_them() {
        let all = year(2026);
        for (on, name) in [
            ("2026-01-01", "Nytårsdag"),
            ("2026-04-02", "Skærtorsdag"),
            ("2026-04-03", "Langfredag"),
            ("2026-04-05", "Påskedag"),
            ("2026-04-06", "2. påskedag"),
            ("2026-05-14", "Kristi himmelfartsdag"),
            ("2026-05-24", "Pinsedag"),
            ("2026-05-25", "2. pinsedag"),
            ("2026-06-05", "Grundlovsdag"),
            ("2026-12-24", "Juleaftensdag"),
            ("2026-12-25", "Juledag"),
            ("2026-12-26", "2. juledag"),
            ("2026-12-31", "Nytårsaftensdag"),
        ] {
            assert!(all.contains(&(on.to_owned(), name)), "{name} on {on}");
        }
        assert_eq!(all.len(), 13);
    }

    #[test]
    fn store_bededag_ended_with_2023() {
        let has = |of: i32| year(of).iter().any(|(_, name)| *name == "Store bededag");
        assert!(has(2023) && !has(2024) && !has(2026));
        assert!(year(2023).contains(&("2023-05-05".to_owned(), "Store bededag")));
    }

    #[test]
    fn a_window_has_only_its_own_days_in_either_language() {
        let found = holidays(day("2025-12-30"), day("2026-01-01"), Lang::En);
        let names: Vec<&str> = found.iter().map(|holiday| holiday.name).collect();
        assert_eq!(names, ["New Year's Eve", "New Year's Day"]);
    }
}
