//! The calendars that packages ship for their own tests (threat 48).

use std::fs;
use std::path::{Path, PathBuf};

use fristed_calendar::ical::{Limits, Object, read};
use serde_json::json;
use walkdir::WalkDir;

use super::differences::Found;
use super::reference::{answers, beside_the_build};
use super::{apart, ours};

/// How many files there are at least; fewer means that something was not set up.
const FILES: usize = 320;

/// Every calendar of the packages that `cargo xtask python` sets up, with a name that tells where
/// it is from.
fn calendars() -> Vec<(String, PathBuf)> {
    let roots = [beside_the_build("python/lib"), beside_the_build("calendars")];
    let mut found: Vec<(String, PathBuf)> = roots
        .iter()
        .flat_map(|root| WalkDir::new(root).follow_links(true).into_iter().filter_map(Result::ok))
        .filter(|entry| entry.path().extension().is_some_and(|it| it.eq_ignore_ascii_case("ics")))
        .map(|entry| (name(entry.path()), entry.path().to_path_buf()))
        .collect();
    found.sort();
    assert!(
        found.len() >= FILES,
        "{} calendars are here, {FILES} should be: `cargo xtask python` sets them up",
        found.len()
    );
    found
}

fn name(path: &Path) -> String {
    let text = path.to_string_lossy();
    let after = ["site-packages/", "calendars/"];
    let at = after.iter().find_map(|mark| text.find(mark).map(|at| at + mark.len()));
    text[at.unwrap_or(0)..].to_owned()
}

/// Three years from the first event on, and three years from the last.
fn windows(objects: &[Object]) -> Vec<(i64, i64)> {
    const YEARS: i64 = 3 * 366 * 86_400;
    let bounds = || objects.iter().map(Object::bounds);
    let Some(first) = bounds().map(|bounds| bounds.first_start.timestamp()).min() else {
        return Vec::new();
    };
    let last = bounds().map(|bounds| bounds.first_start.timestamp()).max().unwrap_or(first);
    // The reference cannot look beyond the years that Python has.
    let fits = |at: i64| (-60_000_000_000..240_000_000_000).contains(&at);
    [(first, first + YEARS), (last.max(first + YEARS), last.max(first + YEARS) + YEARS)]
        .into_iter()
        .filter(|(from, _)| fits(*from))
        .collect()
}

#[test]
fn real_calendars_give_the_same_occurrences() {
    let files = calendars();
    let mut asked = Vec::new();
    let mut questions = Vec::new();
    for (name, path) in &files {
        let Ok(reading) = read(&fs::read(path).unwrap(), &Limits::default()) else { continue };
        let windows = windows(&reading.objects);
        if windows.is_empty() {
            continue;
        }
        questions.push(json!({ "path": path, "windows": windows }));
        asked.push((name, ours(&reading.objects, &windows)));
    }
    let mut found = Found::default();
    let (mut unread, mut left_out) = (0, 0);
    for ((name, ours), theirs) in asked.iter().zip(answers(&questions)) {
        match theirs {
            Ok(theirs) => {
                let mut ours = ours.clone();
                ours.retain(|(uid, _, _), _| !theirs.unread.contains(uid));
                left_out += theirs.unread.len();
                let (more, less) = apart(&ours, &theirs.rows);
                let all: u32 = ours.values().sum();
                let common = usize::try_from(all).unwrap() - more.len();
                found.add(name, common, (more, less));
            }
            Err(_) => unread += 1,
        }
    }
    println!(
        "{} files; {} compared, {unread} files and {left_out} series that only Fristed reads; \
         {} occurrences agree, {:.2} %",
        files.len(),
        asked.len() - unread,
        found.agreed,
        found.share() * 100.0
    );
    found.is_exactly(include_str!("files.txt"));
    assert!(found.share() >= 0.99, "{:.4}", found.share());
}

#[test]
fn no_file_is_refused_that_calcard_reads() {
    let mut refused = Vec::new();
    let mut read_by_both = 0;
    for (name, path) in calendars() {
        let bytes = fs::read(&path).unwrap();
        let text = String::from_utf8_lossy(&bytes);
        let calcard = matches!(
            calcard::Parser::new(&text).entry(),
            calcard::Entry::ICalendar(calendar) if calendar.components.len() > 1
        );
        match read(&bytes, &Limits::default()) {
            Ok(_) => read_by_both += usize::from(calcard),
            Err(error) if calcard => refused.push(format!("{name}: {error}")),
            Err(_) => {}
        }
    }
    println!("{read_by_both} files that both read");
    assert!(refused.is_empty(), "{refused:#?}");
}
