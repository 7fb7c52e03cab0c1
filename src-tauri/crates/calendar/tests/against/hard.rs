//! Hard cases of our own.

use chrono::NaiveDate;
use fristed_calendar::ical::{Limits, read};
use serde_json::json;

use super::differences::Found;
use super::reference::answers;
use super::{apart, ours};

struct Case {
    name: String,
    window: (i64, i64),
    ics: String,
}

/// The cases in `hard.txt`: `== name`, `-- from to`, and the components.
fn cases() -> Vec<Case> {
    let text = include_str!("hard.txt");
    text.split("\n== ")
        .skip(1)
        .map(|case| {
            let (name, rest) = case.split_once("\n-- ").unwrap();
            let (window, components) = rest.split_once('\n').unwrap();
            let (from, to) = window.split_once(' ').unwrap();
            let instant =
                |day: &str| day.parse::<NaiveDate>().unwrap().and_hms_opt(0, 0, 0).unwrap();
            let ics = format!(
                "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//Fristed//hard//DA\n{}\nEND:VCALENDAR\n",
                components.trim()
            );
            Case {
                name: name.to_owned(),
                window: (instant(from).and_utc().timestamp(), instant(to).and_utc().timestamp()),
                ics: ics.replace('\n', "\r\n"),
            }
        })
        .collect()
}

#[test]
fn hard_cases_give_the_same_occurrences() {
    let cases = cases();
    assert!(cases.len() >= 60, "{}", cases.len());
    let questions: Vec<_> =
        cases.iter().map(|c| json!({ "ics": c.ics, "windows": [c.window] })).collect();
    let mut found = Found::default();
    for (case, theirs) in cases.iter().zip(answers(&questions)) {
        let reading = read(case.ics.as_bytes(), &Limits::default()).unwrap();
        let left_out = reading
            .warnings
            .iter()
            .filter(|warning| warning.reason.left_out() && !case.name.contains("newer"));
        assert_eq!(left_out.count(), 0, "{}: {:?}", case.name, reading.warnings);
        let ours = ours(&reading.objects, &[case.window]);
        let theirs = theirs.unwrap();
        assert!(theirs.unread.is_empty(), "{}", case.name);
        let (more, less) = apart(&ours, &theirs.rows);
        let all: u32 = ours.values().sum();
        let common = usize::try_from(all).unwrap() - more.len();
        found.add(&case.name, common, (more, less));
    }
    println!("{} hard cases; {} agree in full", cases.len(), cases.len() - found.apart.len());
    found.is_exactly(include_str!("hard-differences.txt"));
}
