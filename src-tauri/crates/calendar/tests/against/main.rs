//! The same questions put to Fristed and to `recurring-ical-events`, which the Python world reads
//! recurring calendars with: sixty hard cases of our own, and the calendars that packages ship for
//! their own tests. Every difference stands in a list, with who is right and why.

#![allow(missing_docs, clippy::unwrap_used)]

mod differences;
mod drawn;
mod files;
mod hard;
mod reference;

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use fristed_calendar::ical::{Budget, Object, When, Window};

/// An occurrence as both sides write it: UID, start, end.
type Row = (String, String, String);

/// How often each occurrence was found.
type Rows = BTreeMap<Row, u32>;

/// What the objects of one file give in some windows, on a computer that is set to UTC.
fn ours(objects: &[Object], windows: &[(i64, i64)]) -> Rows {
    let mut rows = Rows::new();
    for (from, to) in windows {
        let instant = |at: &i64| DateTime::<Utc>::from_timestamp(*at, 0).unwrap();
        let window = Window::new(instant(from), instant(to));
        for object in objects {
            let mut budget = Budget::new(10_000_000, 1_000_000);
            let found = object.occurrences(&window, chrono_tz::Tz::UTC, &mut budget);
            for occurrence in found.list {
                let text = |when: &When, at: DateTime<Utc>| match when {
                    When::Day(_) => when.key(),
                    _ => at.format("%Y%m%dT%H%M%SZ").to_string(),
                };
                let start = text(&occurrence.start, occurrence.starts);
                let end = text(&occurrence.end, occurrence.ends);
                let uid = occurrence.uid.to_string();
                let uid = if uid.ends_with("@fristed") { String::new() } else { uid };
                *rows.entry((uid, start, end)).or_default() += 1;
            }
        }
    }
    rows
}

/// What one side found and the other did not: ours, then theirs.
fn apart(ours: &Rows, theirs: &Rows) -> (Vec<Row>, Vec<Row>) {
    let more = |one: &Rows, other: &Rows| {
        one.iter()
            .flat_map(|(row, count)| {
                let common = other.get(row).copied().unwrap_or(0);
                let left = usize::try_from(count.saturating_sub(common)).unwrap();
                std::iter::repeat_n(row.clone(), left)
            })
            .collect::<Vec<_>>()
    };
    (more(ours, theirs), more(theirs, ours))
}
