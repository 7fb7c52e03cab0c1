//! By when: the day at the end of a line, or after "inden", "by" and their like anywhere in it.

use chrono::{Datelike, Months, NaiveDate, TimeDelta, Weekday};

/// Words before a day that say that something is due then.
const STRONG: [&str; 7] = ["inden", "senest", "før", "by", "before", "due", "deadline"];
/// Words that may stand before a day and say little.
const WEAK: [&str; 11] = ["til", "den", "d", "på", "on", "the", "until", "of", "af", "nu", "this"];

const WEEKDAYS: [(&[&str], Weekday); 7] = [
    (&["mandag", "monday"], Weekday::Mon),
    (&["tirsdag", "tuesday"], Weekday::Tue),
    (&["onsdag", "wednesday"], Weekday::Wed),
    (&["torsdag", "thursday"], Weekday::Thu),
    (&["fredag", "friday"], Weekday::Fri),
    (&["lørdag", "saturday"], Weekday::Sat),
    (&["søndag", "sunday"], Weekday::Sun),
];

const MONTHS: [&[&str]; 12] = [
    &["januar", "january", "jan"],
    &["februar", "february", "feb"],
    &["marts", "march", "mar"],
    &["april", "apr"],
    &["maj", "may"],
    &["juni", "june", "jun"],
    &["juli", "july", "jul"],
    &["august", "aug"],
    &["september", "sep", "sept"],
    &["oktober", "october", "okt", "oct"],
    &["november", "nov"],
    &["december", "dec"],
];

const NUMBERS: [&[&str]; 6] = [
    &["en", "et", "én", "ét", "a", "one"],
    &["to", "two"],
    &["tre", "three"],
    &["fire", "four"],
    &["fem", "five"],
    &["seks", "six"],
];

/// A word of a line: where it begins and ends, and how it is compared.
struct Word {
    start: usize,
    end: usize,
    /// In lower case, without what stands around it; a full stop after a number stays.
    text: String,
    /// Whether a comma or a dash stands before it.
    set_off: bool,
}

/// The due day, and the line without the words that say it.
pub(super) fn find(line: &str, today: NaiveDate) -> (Option<NaiveDate>, String) {
    let words = words(line);
    for at in 0..words.len() {
        if let Some(day) = phrase(words.get(at..).unwrap_or_default(), today) {
            return (
                Some(day),
                line.get(..words.get(at).map_or(0, |w| w.start)).unwrap_or_default().to_owned(),
            );
        }
    }
    // Not at the end: only where a word says plainly that a day follows.
    for at in (0..words.len()).filter(|at| is(&words, *at, &STRONG)) {
        for end in (at + 2..words.len()).rev() {
            if let Some(day) = phrase(words.get(at..end).unwrap_or_default(), today) {
                let before = words.get(at).and_then(|w| line.get(..w.start)).unwrap_or_default();
                let rest = words.get(end).and_then(|w| line.get(w.start..)).unwrap_or_default();
                return (Some(day), format!("{before}{rest}"));
            }
        }
    }
    (None, line.to_owned())
}

fn words(line: &str) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let mut set_off = false;
    let mut rest = 0;
    for piece in line.split_whitespace() {
        let start = line.get(rest..).and_then(|tail| tail.find(piece)).map_or(rest, |at| rest + at);
        rest = start + piece.len();
        let trimmed = piece.trim_matches(|c: char| {
            matches!(c, ',' | ';' | '!' | '?' | '(' | ')' | '–' | '—' | '-')
        });
        if trimmed.is_empty() {
            // A dash between the parts goes with the words after it.
            set_off = true;
            continue;
        }
        let number = trimmed.starts_with(|c: char| c.is_ascii_digit());
        let text = if number { trimmed } else { trimmed.trim_end_matches('.') };
        let leads = piece.starts_with(['–', '—', '-', '(']);
        let before = set_off
            || leads
            || words.last().is_some_and(|last| {
                line.get(last.start..last.end)
                    .is_some_and(|text| text.ends_with([',', ';', '–', '—', '-']))
            });
        words.push(Word { start, end: rest, text: text.to_lowercase(), set_off: before });
        set_off = false;
    }
    words
}

fn is(words: &[Word], at: usize, among: &[&str]) -> bool {
    words.get(at).is_some_and(|word| among.contains(&word.text.as_str()))
}

/// The day that all of these words say together.
fn phrase(words: &[Word], today: NaiveDate) -> Option<NaiveDate> {
    let mut at = 0;
    let mut led = words.first()?.set_off;
    while is(words, at, &STRONG) || is(words, at, &WEAK) {
        led = true;
        at += 1;
    }
    let text: Vec<&str> = words.get(at..)?.iter().map(|word| word.text.as_str()).collect();
    let article = at > 0 && is(words, at - 1, &["den", "d", "the"]);
    relative(&text, today)
        .or_else(|| weekday(&text, today))
        .or_else(|| dated(&text, today, led))
        .or_else(|| article.then(|| day_of_month(&text, today)).flatten())
}

/// Days that count from today.
fn relative(text: &[&str], today: NaiveDate) -> Option<NaiveDate> {
    let in_days = |days: i64| today.checked_add_signed(TimeDelta::days(days));
    match text {
        ["i", "dag"] | ["idag" | "today" | "tonight"] | ["i", "aften"] => Some(today),
        ["i", "morgen"] | ["imorgen" | "tomorrow"] => in_days(1),
        ["i", "overmorgen"] | ["overmorgen"] | ["day", "after", "tomorrow"] => in_days(2),
        ["næste", "uge"] | ["i", "næste", "uge"] | ["next", "week"] => {
            week_day(today, 1, Weekday::Fri)
        }
        ["denne" | "i", "uge"]
        | ["i", "denne", "uge"]
        | ["week"]
        | ["ugens", "udgang"]
        | ["end", "week"]
        | ["end", "of", "week"]
        | ["end", "of", "the" | "this", "week"] => {
            if text == ["i", "uge"] {
                None
            } else {
                end_of_week(today)
            }
        }
        ["uge" | "week", number] => numbered_week(number, today),
        ["i", "uge", number] => numbered_week(number, today),
        ["næste", "måned"] | ["i", "næste", "måned"] | ["next", "month"] => {
            end_of_month(today, 1)
        }
        ["denne", "måned"]
        | ["i", "denne", "måned"]
        | ["month"]
        | ["månedens", "udgang"]
        | ["end", "of", "month"]
        | ["end", "of", "the" | "this", "month"] => end_of_month(today, 0),
        ["om" | "in", count, unit] => {
            let count = number(count)?;
            match *unit {
                "dag" | "dage" | "day" | "days" => in_days(i64::from(count)),
                "uge" | "uger" | "week" | "weeks" => in_days(7 * i64::from(count)),
                "måned" | "måneder" | "month" | "months" => {
                    today.checked_add_months(Months::new(count))
                }
                _ => None,
            }
        }
        _ => None,
    }
}

fn number(text: &str) -> Option<u32> {
    let named = NUMBERS.iter().position(|names| names.contains(&text));
    let named = named.and_then(|at| u32::try_from(at + 1).ok());
    named.or_else(|| text.parse().ok()).filter(|number| (1..=999).contains(number))
}

/// The Friday of this week, or its Sunday where Friday has been.
fn end_of_week(today: NaiveDate) -> Option<NaiveDate> {
    let friday = week_day(today, 0, Weekday::Fri)?;
    if friday >= today { Some(friday) } else { week_day(today, 0, Weekday::Sun) }
}

/// The last day of the month that is so many ahead.
fn end_of_month(today: NaiveDate, ahead: u32) -> Option<NaiveDate> {
    today.with_day(1)?.checked_add_months(Months::new(ahead + 1))?.pred_opt()
}

/// A weekday of the week that is so many ahead.
fn week_day(today: NaiveDate, ahead: i64, day: Weekday) -> Option<NaiveDate> {
    let monday = today - TimeDelta::days(i64::from(today.weekday().num_days_from_monday()));
    let days = 7 * ahead + i64::from(day.num_days_from_monday());
    monday.checked_add_signed(TimeDelta::days(days))
}

/// The Friday of the next week with this number (ISO 8601).
fn numbered_week(text: &str, today: NaiveDate) -> Option<NaiveDate> {
    let week: u32 = text.trim_end_matches('.').parse().ok()?;
    let year = today.iso_week().year();
    let fridays =
        (year..=year + 1).filter_map(|y| NaiveDate::from_isoywd_opt(y, week, Weekday::Fri));
    fridays.into_iter().find(|friday| *friday >= today)
}

/// A weekday: the next one after today, or that of next week.
fn weekday(text: &[&str], today: NaiveDate) -> Option<NaiveDate> {
    let named =
        |word: &str| WEEKDAYS.iter().find(|(names, _)| names.contains(&word)).map(|(_, day)| *day);
    match text {
        [day] | ["denne" | "førstkommende" | "coming", day] => {
            let day = named(day)?;
            (1..=7).find_map(|days| {
                let then = today.checked_add_signed(TimeDelta::days(days))?;
                (then.weekday() == day).then_some(then)
            })
        }
        ["næste" | "next", day]
        | [day, "næste" | "next", "uge" | "week"]
        | [day, "i", "næste", "uge"] => week_day(today, 1, named(day)?),
        // "Fredag den 4. december": the date says it.
        [day, "den" | "d" | "the", rest @ ..] | [day, rest @ ..] if named(day).is_some() => {
            dated(rest, today, true)
        }
        _ => None,
    }
}

/// A date with a month. Without a year it is the next one; `led` says that something before it
/// announced a day, so that a version number is not taken for one.
fn dated(text: &[&str], today: NaiveDate, led: bool) -> Option<NaiveDate> {
    match text {
        [one] => {
            if let Ok(day) = one.trim_end_matches('.').parse::<NaiveDate>() {
                return Some(day);
            }
            numeric(one, today, led)
        }
        [day, month] | [day, "of" | "i", month] if month_of(month).is_some() => {
            whole(None, month_of(month)?, ordinal(day)?, today)
        }
        [month, day] if month_of(month).is_some() => {
            whole(None, month_of(month)?, ordinal(day)?, today)
        }
        [day, month, year] | [day, "of", month, year] if month_of(month).is_some() => {
            whole(Some(year_of(year)?), month_of(month)?, ordinal(day)?, today)
        }
        [month, day, year] if month_of(month).is_some() => {
            whole(Some(year_of(year)?), month_of(month)?, ordinal(day)?, today)
        }
        _ => None,
    }
}

fn month_of(word: &str) -> Option<u32> {
    let at = MONTHS.iter().position(|names| names.contains(&word))?;
    u32::try_from(at + 1).ok()
}

/// The number of a day: `4`, `4.`, `4th`.
fn ordinal(word: &str) -> Option<u32> {
    let word = word.trim_end_matches('.');
    let digits = ["st", "nd", "rd", "th"].iter().find_map(|end| word.strip_suffix(end));
    digits.unwrap_or(word).parse().ok()
}

fn year_of(word: &str) -> Option<i32> {
    let word = word.trim_end_matches('.');
    let year: i32 = word.parse().ok()?;
    match word.len() {
        2 => Some(2000 + year),
        4 => Some(year),
        _ => None,
    }
}

/// `4/12`, `4/12-2026`, `4.12.2026`, `4-12-2026`; the day first, as in Denmark.
fn numeric(word: &str, today: NaiveDate, led: bool) -> Option<NaiveDate> {
    let word = word.trim_end_matches('.');
    let parts: Vec<&str> = word.split(['/', '.', '-']).collect();
    let slashed = word.contains('/');
    let (day, month, year) = match parts.as_slice() {
        [day, month] if slashed || (led && word.contains('.')) => (*day, *month, None),
        [day, month, year] => (*day, *month, Some(year_of(year)?)),
        _ => return None,
    };
    let (day, month): (u32, u32) = (day.parse().ok()?, month.parse().ok()?);
    whole(year, month, day, today).or_else(|| whole(year, day, month, today))
}

/// A date, that of the next year that has it where none was named.
fn whole(year: Option<i32>, month: u32, day: u32, today: NaiveDate) -> Option<NaiveDate> {
    if let Some(year) = year {
        return NaiveDate::from_ymd_opt(year, month, day);
    }
    let years = today.year()..=today.year() + 8;
    let mut days = years.filter_map(|year| NaiveDate::from_ymd_opt(year, month, day));
    days.find(|day| *day >= today)
}

/// "Den 4.": the next day with this number.
fn day_of_month(text: &[&str], today: NaiveDate) -> Option<NaiveDate> {
    let [word] = text else {
        return None;
    };
    let day = ordinal(word)?;
    let first = today.with_day(1)?;
    let months = (0..12).filter_map(|ahead| first.checked_add_months(Months::new(ahead)));
    months.filter_map(|month| month.with_day(day)).find(|found| *found >= today)
}
