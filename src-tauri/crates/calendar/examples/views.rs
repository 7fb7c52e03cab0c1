//! Measures the views in a real vault: `cargo run --release -p fristed-calendar --example views`.
//!
//! One line a figure, `name value unit`, so that a benchmark can read them. Of each view the median
//! of eleven is told, and the first one, which finds nothing in memory.

#![allow(missing_docs, clippy::unwrap_used)]

use std::hint::black_box;
use std::time::Instant;

use chrono::{DateTime, NaiveDate};
use chrono_tz::Europe::Copenhagen;
use fristed_base::{Moment, Secret};
use fristed_calendar::{Calendar, CalendarKind, Colour, FilePlan, MIGRATIONS};
use fristed_vault::{KdfCost, RecoveryKey, Schema, Setup, Vault};

fn event(n: u32, day: &str, more: &str) -> String {
    let hour = 8 + n % 9;
    format!(
        "BEGIN:VEVENT\r\nUID:{n}@measure\r\nDTSTAMP:20260101T000000Z\r\n\
         DTSTART;TZID=Europe/Copenhagen:{day}T{hour:02}0000\r\n\
         DTEND;TZID=Europe/Copenhagen:{day}T{hour:02}4500\r\n{more}SUMMARY:Møde {n}\r\n\
         LOCATION:Rådhuset\\, lokale {n}\r\nDESCRIPTION:Dagsorden følger\r\n\
         ORGANIZER:mailto:bo@kommunen.example\r\n\
         ATTENDEE;PARTSTAT=ACCEPTED:mailto:karla@skolen.example\r\nEND:VEVENT\r\n"
    )
}

/// A tenth of them weekly and without an end, the others spread over twelve years.
fn file(events: u32) -> String {
    let mut text = String::from("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//measure//DA\r\n");
    for n in 0..events {
        text += &if n % 10 == 0 {
            let m = n / 10;
            let day = format!("{}{:02}{:02}", 2010 + m % 15, 1 + m % 12, 1 + m % 28);
            event(n, &day, "RRULE:FREQ=WEEKLY\r\n")
        } else {
            event(n, &format!("{}{:02}{:02}", 2015 + n % 12, 1 + n % 12, 1 + n % 28), "")
        };
    }
    text + "END:VCALENDAR\r\n"
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn timed<T>(name: &str, mut work: impl FnMut() -> T) {
    let mut times: Vec<f64> = (0..11)
        .map(|_| {
            let begun = Instant::now();
            black_box(work());
            begun.elapsed().as_secs_f64() * 1000.0
        })
        .collect();
    let first = times[0];
    times.sort_by(f64::total_cmp);
    println!("{name} {:.2} ms (first {first:.2} ms)", times[5]);
}

fn main() {
    let now = Moment::new(DateTime::parse_from_rfc3339("2026-11-24T08:00:00+01:00").unwrap());
    for events in [100, 1_000, 10_000] {
        let folder = tempfile::tempdir().unwrap();
        let setup = Setup {
            passphrase: &Secret::new("en sætning som ingen gætter".into()),
            recovery: &RecoveryKey::generate(),
            cost: KdfCost::floor(),
            computer: None,
        };
        let vault =
            Vault::create(&folder.path().join("vault"), setup, &Schema(MIGRATIONS), now).unwrap();
        let open = Calendar::new(vault.store().clone());
        let work = open.calendar_create("Arbejde", Colour::Green, CalendarKind::Own).unwrap();
        let text = file(events);
        let begun = Instant::now();
        let plan = FilePlan::read(text.as_bytes()).unwrap();
        let read = begun.elapsed().as_secs_f64() * 1000.0;
        let done = open.file_run(&plan, work.id, Copenhagen, now).unwrap();
        let whole = begun.elapsed().as_secs_f64() * 1000.0;
        println!("{events}-import {whole:.0} ms (reading {read:.0} ms, {} events)", done.added);
        let view = |first: &str, last: &str| {
            open.view(day(first), day(last), Copenhagen).unwrap().seen.len()
        };
        println!("{events}-shown {}", view("2026-11-01", "2026-11-30"));
        timed(&format!("{events}-day"), || view("2026-11-24", "2026-11-24"));
        timed(&format!("{events}-week"), || view("2026-11-23", "2026-11-29"));
        timed(&format!("{events}-month"), || view("2026-10-26", "2026-12-06"));
        timed(&format!("{events}-search"), || open.search("lokale 77", Copenhagen, now).unwrap());
        timed(&format!("{events}-reminders"), || open.reminders_due(Copenhagen, now).unwrap());
    }
}
