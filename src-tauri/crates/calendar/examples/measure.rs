//! Measures what a view costs: `cargo run --release -p fristed-calendar --example measure`.
//!
//! One line a figure, `name value unit`, so that a benchmark can read them. Times are the
//! processor's, where the system tells them, so that other work on the computer does not count.

#![allow(missing_docs, clippy::unwrap_used)]

use std::hint::black_box;
use std::time::Instant;

use calcard::icalendar::ICalendar;
use chrono::{DateTime, TimeZone, Utc};
use chrono_tz::Tz;
use fristed_calendar::ical::{Budget, Limits, Object, Window, read};

/// A weekly meeting without an end, each on another day since 2010.
fn endless(n: u32) -> String {
    let (year, month, day) = (2010 + n % 15, 1 + n % 12, 1 + n % 28);
    event(n, &format!("{year}{month:02}{day:02}"), "RRULE:FREQ=WEEKLY\r\n")
}

/// A meeting once.
fn once(n: u32) -> String {
    event(n, &format!("{}{:02}{:02}", 2015 + n % 12, 1 + n % 12, 1 + n % 28), "")
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

fn calendar(events: impl Iterator<Item = String>) -> String {
    let events: String = events.collect();
    format!("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//measure//DA\r\n{events}END:VCALENDAR\r\n")
}

fn at(year: i32, month: u32) -> DateTime<Utc> {
    Utc.with_ymd_and_hms(year, month, 1, 0, 0, 0).unwrap()
}

/// The milliseconds that this thread has had of the processor.
fn processor() -> Option<f64> {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    text.split(' ').next()?.parse::<f64>().ok().map(|nanoseconds| nanoseconds / 1e6)
}

fn timed<T>(name: &str, work: impl FnOnce() -> T) -> T {
    let (begun, used) = (Instant::now(), processor());
    let done = work();
    let passed = begun.elapsed().as_secs_f64() * 1000.0;
    let used = processor().zip(used).map(|(now, then)| now - then);
    println!("{name} {:.2} ms", used.unwrap_or(passed));
    done
}

fn view(objects: &[Object], window: &Window) -> usize {
    let mut budget = Budget::view();
    let found = objects.iter().map(|object| {
        black_box(object.occurrences(window, Tz::Europe__Copenhagen, &mut budget)).list.len()
    });
    found.sum()
}

fn main() {
    let limits = Limits::default();
    let month = Window::new(at(2026, 3), at(2026, 4));

    let rules = calendar((0..1_000).map(endless));
    let objects = timed("read_1000", || read(rules.as_bytes(), &limits).unwrap().objects);
    let texts: Vec<&str> = objects.iter().map(Object::text).collect();
    let found = timed("month_of_1000_endless", || view(&objects, &month));
    println!("occurrences {found} pieces");
    timed("month_of_1000_endless_from_text", || {
        let again: Vec<Object> = texts.iter().map(|text| Object::parse(text).unwrap()).collect();
        view(&again, &month)
    });

    let many = calendar((0..10_000).map(|n| if n < 1_000 { endless(n) } else { once(n) }));
    let objects = timed("read_10000", || read(many.as_bytes(), &limits).unwrap().objects);
    timed("month_of_10000", || view(&objects, &month));
    // A view asks the store for those that may be seen, and reads their texts.
    let seen: Vec<&str> = objects
        .iter()
        .filter(|object| {
            let bounds = object.bounds();
            bounds.first_start < month.to && bounds.last_end.is_none_or(|end| end > month.from)
        })
        .map(Object::text)
        .collect();
    timed("month_of_10000_from_texts", || {
        let again: Vec<Object> = seen.iter().map(|text| Object::parse(text).unwrap()).collect();
        view(&again, &month)
    });
    timed("summaries_of_10000", || objects.iter().map(Object::summary).collect::<Vec<_>>());

    let secondly = calendar(std::iter::once(event(1, "19700101", "RRULE:FREQ=SECONDLY\r\n")));
    let objects = read(secondly.as_bytes(), &limits).unwrap().objects;
    timed("month_of_every_second", || view(&objects, &month));
    hostile(&limits);

    // calcard's own expander has no window; it is given the occurrences up to the month's end.
    if std::env::args().any(|argument| argument == "--calcard") {
        let calendars: Vec<ICalendar> =
            texts.iter().filter_map(|text| ICalendar::parse(text).ok()).collect();
        let found = timed("calcard_month_of_1000_endless", || {
            let expanded = calendars.iter().map(|calendar| {
                let events = calendar.expand_dates(Tz::Europe__Copenhagen, 3_000).events;
                events
                    .into_iter()
                    .filter_map(|event| event.try_into_date_time())
                    .filter(|event| month.sees(event.start.to_utc(), event.end.to_utc()))
                    .count()
            });
            expanded.sum::<usize>()
        });
        println!("calcard_occurrences {found} pieces");
    }
}

/// Threat 44.
fn hostile(limits: &Limits) {
    let events = calendar((0..1_000_000).map(|_| "BEGIN:VEVENT\r\nEND:VEVENT\r\n".to_owned()));
    timed("refuse_1000000_events", || read(events.as_bytes(), limits).unwrap_err());
    let full = calendar((0..99_000).map(once));
    timed("read_99000_events", || read(full.as_bytes(), limits).unwrap().objects.len());
    let line = calendar(std::iter::once(format!(
        "BEGIN:VEVENT\r\nUID:1\r\nSUMMARY:{}\r\nEND:VEVENT\r\n",
        "x".repeat(limits.bytes - 200)
    )));
    timed("line_of_64_megabytes", || read(line.as_bytes(), limits).unwrap().warnings.len());
    let deep = calendar(std::iter::once("BEGIN:X\r\n".repeat(99_999)));
    timed("components_99999_deep", || read(deep.as_bytes(), limits).unwrap().warnings.len());
    let day = at(1970, 1);
    let dates: Vec<String> = (0..200_000)
        .map(|n| (day + chrono::Duration::hours(n)).format("%Y%m%dT%H%M%SZ").to_string())
        .collect();
    let exdates = format!("RRULE:FREQ=DAILY\r\nEXDATE:{}\r\n", dates.join(","));
    let excluded = calendar(std::iter::once(event(1, "19700101", &exdates)));
    let objects = timed("read_200000_exceptions", || read(excluded.as_bytes(), limits).unwrap());
    let month = Window::new(at(2026, 3), at(2026, 4));
    timed("month_with_200000_exceptions", || view(&objects.objects, &month));
}
