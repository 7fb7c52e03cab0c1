//! The calendar: a month of endless rules beside calcard's own expander, a file of 10,000 events
//! beside Python's icalendar and recurring-ical-events, and what each view costs as it grows.
//!
//! Times are the processor's, for Python too, so that other work on the computer does not count.

use std::fs;
use std::hint::black_box;
use std::path::Path;
use std::process::Command;

use calcard::icalendar::ICalendar;
use chrono::{DateTime, NaiveDate, TimeZone as _, Utc};
use chrono_tz::Europe::Copenhagen;
use fristed_base::{Moment, Secret};
use fristed_calendar::ical::{Budget, Limits, Object, Window, read};
use fristed_calendar::{Calendar, CalendarKind, Colour, FilePlan, MIGRATIONS};
use fristed_vault::{KdfCost, RecoveryKey, Schema, Setup, Vault};

use crate::table::{Bound, Row, quantile};

/// How many rules calcard's own expander is given. It needs about a tenth of a second for each, so
/// its time for a thousand is worked out from these.
const FEWER: usize = 20;
const RULES: usize = 1_000;
const ROUNDS: usize = 15;
/// Rounds of what takes seconds.
const FEW_ROUNDS: usize = 3;

/// Measures the calendar; `python` is the interpreter that has the packages compared to.
///
/// # Errors
/// A sentence saying which step failed.
pub fn measure(python: Option<&Path>, scratch: &Path) -> Result<Vec<Row>, String> {
    let mut rows = vec![expanding()?];
    match python {
        Some(python) => rows.extend(importing(python, scratch)?),
        None => println!("not measured here: icalendar from Python (run cargo xtask bench)"),
    }
    rows.extend(views(scratch)?);
    Ok(rows)
}

fn event(n: u32, day: &str, more: &str) -> String {
    let hour = 8 + n % 9;
    format!(
        "BEGIN:VEVENT\r\nUID:{n}@measure\r\nDTSTAMP:20260101T000000Z\r\n\
         DTSTART;TZID=Europe/Copenhagen:{day}T{hour:02}0000\r\n\
         DTEND;TZID=Europe/Copenhagen:{day}T{hour:02}4500\r\n{more}SUMMARY:Møde {n}\r\n\
         LOCATION:Rådhuset\\, lokale {n}\r\nDESCRIPTION:Dagsorden følger\r\nEND:VEVENT\r\n"
    )
}

/// A weekly meeting without an end, each on another day since 2010.
fn endless(n: u32) -> String {
    let day = format!("{}{:02}{:02}", 2010 + n % 15, 1 + n % 12, 1 + n % 28);
    event(n, &day, "RRULE:FREQ=WEEKLY\r\n")
}

/// So many events, a tenth of them endless rules.
fn file(events: u32) -> String {
    let all = (0..events).map(|n| {
        if n % 10 == 0 {
            endless(n)
        } else {
            event(n, &format!("{}{:02}{:02}", 2015 + n % 12, 1 + n % 12, 1 + n % 28), "")
        }
    });
    calendar(all)
}

fn calendar(events: impl Iterator<Item = String>) -> String {
    let events: String = events.collect();
    format!("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//measure//DA\r\n{events}END:VCALENDAR\r\n")
}

/// The time that this thread has had of the processor, in milliseconds.
fn processor() -> f64 {
    let at = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
    at.tv_sec as f64 * 1000.0 + at.tv_nsec as f64 / 1e6
}

/// What something gives, and the milliseconds that it took.
fn timed<T>(work: impl FnOnce() -> T) -> (T, f64) {
    let begun = processor();
    let done = black_box(work());
    (done, processor() - begun)
}

/// The median of the milliseconds that something takes.
fn median<T>(rounds: usize, mut work: impl FnMut() -> T) -> f64 {
    let mut times: Vec<f64> = (0..rounds).map(|_| timed(&mut work).1).collect();
    quantile(&mut times, 0.5)
}

fn march() -> Result<Window, String> {
    let at = |month| Utc.with_ymd_and_hms(2026, month, 1, 0, 0, 0).single().ok_or("no such day");
    Ok(Window::new(at(3)?, at(4)?))
}

fn expanding() -> Result<Row, String> {
    let text = calendar((0..RULES as u32).map(endless));
    let objects = read(text.as_bytes(), &Limits::default()).map_err(said)?.objects;
    let month = march()?;
    let found = |objects: &[Object]| -> usize {
        let mut budget = Budget::view();
        let each = |object: &Object| object.occurrences(&month, Copenhagen, &mut budget).list.len();
        objects.iter().map(each).sum()
    };
    let ours = median(ROUNDS, || found(&objects));
    let parsed: Vec<ICalendar> =
        objects.iter().take(FEWER).filter_map(|it| ICalendar::parse(it.text()).ok()).collect();
    let by_calcard = || -> usize {
        let all = parsed.iter().flat_map(|it| it.expand_dates(Copenhagen, 3_000).events);
        let seen = all.filter_map(|event| event.try_into_date_time());
        seen.filter(|event| month.sees(event.start.to_utc(), event.end.to_utc())).count()
    };
    let (few, theirs) = (found(objects.get(..FEWER).unwrap_or_default()), by_calcard());
    if few != theirs {
        return Err(format!("{few} occurrences of {FEWER} rules here, {theirs} by calcard"));
    }
    let theirs = median(FEW_ROUNDS, by_calcard) * RULES as f64 / FEWER as f64;
    Ok(Row {
        what: format!("a month of {RULES} endless weekly rules"),
        unit: "ms",
        ours,
        theirs: Some((theirs, "calcard, from 20 rules")),
        bound: Bound::FasterBy(50.0),
    })
}

fn said(error: impl std::fmt::Display) -> String {
    error.to_string()
}

fn moment() -> Result<Moment, String> {
    let text = "2026-11-24T08:00:00+01:00";
    DateTime::parse_from_rfc3339(text).map(Moment::new).map_err(said)
}

/// An empty calendar in a vault of its own.
fn open(folder: &Path) -> Result<(Vault, Calendar, fristed_base::CalendarId), String> {
    let setup = Setup {
        passphrase: &Secret::new("havtorn blyant torsdag kande".into()),
        recovery: &RecoveryKey::generate(),
        cost: KdfCost::floor(),
        computer: None,
    };
    let vault = Vault::create(folder, setup, &Schema(MIGRATIONS), moment()?).map_err(said)?;
    let open = Calendar::new(vault.store().clone());
    let made = open.calendar_create("Arbejde", Colour::Green, CalendarKind::Own).map_err(said)?;
    Ok((vault, open, made.id))
}

const EVENTS: u32 = 10_000;

/// Reading a file alone, reading it and showing a month of it, and the same with everything written
/// to the vault in between, which is what an import is and what the packages compared to do not.
fn importing(python: &Path, scratch: &Path) -> Result<Vec<Row>, String> {
    let text = file(EVENTS);
    let path = scratch.join("events.ics");
    fs::write(&path, &text).map_err(|e| format!("writing the events: {e}"))?;
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("bench/reference.py");
    let asked = Command::new(python)
        .arg(script)
        .arg(&path)
        .arg(FEW_ROUNDS.to_string())
        .output()
        .map_err(|e| format!("{}: {e}", python.display()))?;
    if !asked.status.success() {
        return Err(String::from_utf8_lossy(&asked.stderr).into_owned());
    }
    let answer = String::from_utf8_lossy(&asked.stdout);
    let column = |at: usize| -> Vec<f64> {
        let numbers = answer.lines().filter_map(|line| line.split(' ').nth(at)?.parse().ok());
        numbers.collect()
    };
    let (mut reading, mut whole, found) = (column(0), column(1), column(2));
    if reading.len() != FEW_ROUNDS {
        return Err(format!("the reference answers: {answer}"));
    }

    let now = moment()?;
    let reading_alone = median(FEW_ROUNDS, || FilePlan::read(text.as_bytes()).map(drop));
    let month = march()?;
    let shown = median(FEW_ROUNDS, || {
        let objects = read(text.as_bytes(), &Limits::default()).map(|it| it.objects);
        let mut budget = Budget::view();
        let of = |object: &Object| object.occurrences(&month, Copenhagen, &mut budget).list.len();
        objects.unwrap_or_default().iter().map(of).sum::<usize>()
    });
    let mut times = Vec::new();
    for round in 0..FEW_ROUNDS {
        let folder = scratch.join(format!("import-{round}"));
        let (vault, calendar, into) = open(&folder)?;
        let (first, last) = (day("2026-03-01")?, day("2026-03-31")?);
        let import = || -> Result<usize, fristed_calendar::CalendarError> {
            let plan = FilePlan::read(text.as_bytes())?;
            calendar.file_run(&plan, into, Copenhagen, now)?;
            Ok(calendar.view(first, last, Copenhagen)?.seen.len())
        };
        let (seen, took) = timed(import);
        let seen = seen.map_err(said)?;
        times.push(took);
        vault.close();
        if found.first() != Some(&(seen as f64)) {
            return Err(format!("{seen} occurrences here, {found:?} by the reference"));
        }
    }
    let row = |what: &str, ours, theirs: &mut [f64], beside| Row {
        what: what.into(),
        unit: "ms",
        ours,
        theirs: Some((quantile(theirs, 0.5), beside)),
        bound: Bound::FasterBy(20.0),
    };
    Ok(vec![
        row("reading a file of 10,000 events", reading_alone, &mut reading, "icalendar"),
        row("reading it and showing a month", shown, &mut whole, "recurring-ical-events"),
        row(
            "importing it into the vault and showing a month",
            quantile(&mut times, 0.5),
            &mut whole,
            "recurring-ical-events",
        ),
    ])
}

fn day(text: &str) -> Result<NaiveDate, String> {
    text.parse().map_err(said)
}

/// The views, by name and by their first and last day.
const VIEWS: [(&str, &str, &str); 4] = [
    ("day", "2026-11-24", "2026-11-24"),
    ("week", "2026-11-23", "2026-11-29"),
    ("month", "2026-10-26", "2026-12-06"),
    ("agenda", "2026-11-24", "2027-01-04"),
];

/// How much more each thing shown may cost among ten times as many. Growth by the square would make
/// it ten; a store that no longer fits the caches makes it up to half as much again.
const GROWN: f64 = 1.5;

/// Each view's data at 100, 1,000 and 10,000 events. What is shown grows with the events, so that
/// the time for each thing shown must not.
fn views(scratch: &Path) -> Result<Vec<Row>, String> {
    let mut measured: Vec<Vec<(f64, usize)>> = vec![Vec::new(); VIEWS.len()];
    for events in [100, 1_000, 10_000] {
        let folder = scratch.join(format!("views-{events}"));
        let (vault, calendar, into) = open(&folder)?;
        let plan = FilePlan::read(file(events).as_bytes()).map_err(said)?;
        calendar.file_run(&plan, into, Copenhagen, moment()?).map_err(said)?;
        for ((_, first, last), of_view) in VIEWS.iter().zip(&mut measured) {
            let (first, last) = (day(first)?, day(last)?);
            let view = || calendar.view(first, last, Copenhagen);
            let shown = view().map_err(said)?.seen.len();
            of_view.push((median(ROUNDS, || view().map(drop)), shown));
        }
        vault.close();
    }
    let mut rows = Vec::new();
    for ((name, ..), of_view) in VIEWS.iter().zip(measured) {
        let [small, middle, large] = of_view.as_slice() else {
            return Err("a view was not measured".into());
        };
        let row = |what: String, ours, theirs, bound| Row { what, unit: "ms", ours, theirs, bound };
        rows.push(row(
            format!("the {name} of 10,000 events, 1,000 of them endless"),
            large.0,
            None,
            Bound::AtMost(100.0),
        ));
        for (events, one, (less, other)) in
            [("10,000", large, ("1,000", middle)), ("1,000", middle, ("100", small))]
        {
            let grown = other.0 * (one.1 as f64 / other.1.max(1) as f64);
            rows.push(row(
                format!("the {name}: {} of {events} shown, {} of {less}", one.1, other.1),
                one.0,
                Some((grown, "as much for each shown")),
                Bound::RatioAtMost(GROWN),
            ));
        }
    }
    Ok(rows)
}
