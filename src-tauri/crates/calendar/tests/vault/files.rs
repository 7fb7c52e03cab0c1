//! Calendar files, brought in and given out.

use fristed_calendar::ical::UNKNOWN_ZONES;
use fristed_calendar::{CalendarError, FilePlan, Scope};

use crate::trial::{HERE, Trial, now, time};

fn file(events: &[&str]) -> String {
    let events: String = events
        .iter()
        .map(|event| format!("BEGIN:VEVENT\r\n{event}\r\nEND:VEVENT\r\n").replace('|', "\r\n"))
        .collect();
    format!(
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Test//\r\nX-WR-CALNAME:Skolens år\r\n{events}END:VCALENDAR\r\n"
    )
}

fn plan(events: &[&str]) -> FilePlan {
    FilePlan::read(file(events).as_bytes()).expect("a calendar")
}

const EXAM: &str = "UID:exam@skolen|DTSTAMP:20260101T120000Z|DTSTART;TZID=Romance Standard Time:20260310T090000|\
    DTEND;TZID=Romance Standard Time:20260310T100000|SUMMARY:Prøve|X-SKOLEN-LOKALE:4B";
const HOLIDAY: &str = "UID:holiday@skolen|DTSTAMP:20260101T120000Z|DTSTART;VALUE=DATE:20260403|\
    DTEND;VALUE=DATE:20260407|SUMMARY:Påskeferie";

#[test]
fn a_file_comes_in_once_however_often_it_is_brought() {
    let karla = Trial::new();
    let plan = plan(&[EXAM, HOLIDAY]);
    let preview = karla.open.file_preview(&plan, HERE).expect("a preview");
    assert_eq!((preview.new_events, preview.name.as_deref()), (2, Some("Skolens år")));
    assert_eq!(preview.first_day.map(|d| d.to_string()).as_deref(), Some("2026-03-10"));
    assert_eq!(preview.last_day.map(|d| d.to_string()).as_deref(), Some("2026-04-06"));
    let done = karla.open.file_run(&plan, karla.work, HERE, now()).expect("in");
    assert_eq!((done.added, done.already_here), (2, 0));
    assert_eq!(karla.shows("2026-03-10", "2026-03-10"), ["2026-03-10 09:00 Prøve"]);
    let again = karla.open.file_run(&plan, karla.work, HERE, now()).expect("in");
    assert_eq!((again.added, again.already_here), (0, 2));
    assert_eq!(karla.open.file_preview(&plan, HERE).expect("a preview").already_here, 2);
}

#[test]
fn a_later_version_takes_the_place_of_an_earlier_one_and_not_the_other_way() {
    let karla = Trial::new();
    let old = plan(&[EXAM]);
    let later = EXAM.replace("20260310", "20260311") + "|SEQUENCE:2";
    let new = plan(&[&later]);
    karla.open.file_run(&old, karla.work, HERE, now()).expect("in");
    let done = karla.open.file_run(&new, karla.work, HERE, now()).expect("in");
    assert_eq!((done.changed, done.added), (1, 0));
    assert_eq!(karla.shows("2026-03-09", "2026-03-13"), ["2026-03-11 09:00 Prøve"]);
    let back = karla.open.file_run(&old, karla.work, HERE, now()).expect("in");
    assert_eq!((back.changed, back.already_here), (0, 1), "an old file changes nothing");
    assert_eq!(karla.shows("2026-03-09", "2026-03-13"), ["2026-03-11 09:00 Prøve"]);
}

#[test]
fn what_fristed_does_not_understand_survives_a_change_and_an_export() {
    let karla = Trial::new();
    karla.open.file_run(&plan(&[EXAM]), karla.work, HERE, now()).expect("in");
    let event = karla.on("2026-03-10").event;
    let times = (time("2026-03-12 13:00"), time("2026-03-12 14:00"));
    karla.open.event_move((event, None), Scope::All, times, HERE, now()).expect("moved");
    let text = karla.open.export(Some(karla.work), None).expect("an export");
    assert!(text.contains("X-SKOLEN-LOKALE:4B"), "{text}");
    assert!(text.contains("TZID=Romance Standard Time:20260312T130000"), "{text}");
    let anew = Trial::new();
    let plan = FilePlan::read(text.as_bytes()).expect("a calendar again");
    anew.open.file_run(&plan, anew.work, HERE, now()).expect("in");
    assert_eq!(anew.shows("2026-03-12", "2026-03-12"), ["2026-03-12 13:00 Prøve"]);
}

#[test]
fn the_good_parts_of_a_file_come_in_and_the_bad_ones_are_named() {
    let karla = Trial::new();
    let plan = plan(&[EXAM, "UID:bad@skolen|SUMMARY:uden start", HOLIDAY]);
    let preview = karla.open.file_preview(&plan, HERE).expect("a preview");
    assert_eq!((preview.new_events, preview.warnings.len()), (2, 1));
    assert_eq!(preview.warnings[0].line, 13, "where the bad event begins");
    let done = karla.open.file_run(&plan, karla.work, HERE, now()).expect("in");
    assert_eq!((done.added, done.skipped), (2, 1));
}

#[test]
fn zones_that_are_not_known_are_named_once_and_fit_to_be_shown() {
    let karla = Trial::new();
    let odd = EXAM.replace("Romance Standard Time", "\"Skolens\u{202e} egen tid\"");
    let other = odd.replace("exam@", "other@");
    let found = plan(&[&odd, &other, HOLIDAY]);
    let preview = karla.open.file_preview(&found, HERE).expect("a preview");
    assert_eq!(preview.unknown_zones, ["Skolens egen tid"]);
    karla.open.file_run(&found, karla.work, HERE, now()).expect("in");
    let nine = "2026-03-10 09:00 Prøve";
    assert_eq!(karla.shows("2026-03-10", "2026-03-10"), [nine, nine], "on this computer's clock");
    let known = karla.open.file_preview(&plan(&[EXAM, HOLIDAY]), HERE).expect("a preview");
    assert!(known.unknown_zones.is_empty());
    let many: Vec<String> =
        (0..50).map(|at| EXAM.replace("Romance Standard", &format!("Skole {at}"))).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    let preview = karla.open.file_preview(&plan(&many), HERE).expect("a preview");
    assert_eq!(preview.unknown_zones.len(), UNKNOWN_ZONES, "the first of them");
}

#[test]
fn what_is_no_calendar_is_refused() {
    assert!(matches!(FilePlan::read(b"Hej Karla"), Err(CalendarError::NotACalendar)));
    let many =
        "BEGIN:VEVENT\r\nUID:1\r\nDTSTART:20260101T000000Z\r\nEND:VEVENT\r\n".repeat(100_001);
    let many = format!("BEGIN:VCALENDAR\r\n{many}END:VCALENDAR\r\n");
    let refused = FilePlan::read(many.as_bytes());
    assert!(
        matches!(refused, Err(CalendarError::TooLarge { limit: 100_000, components: true })),
        "{refused:?}"
    );
}
