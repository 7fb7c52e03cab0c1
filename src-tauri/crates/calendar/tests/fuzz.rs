//! Whatever is in a file, nothing panics, everything ends, and what was read can be read again.

#![allow(missing_docs, clippy::unwrap_used)]

use chrono::{DateTime, TimeZone, Utc};
use chrono_tz::Tz;
use fristed_calendar::ical::{
    Budget, Change, Limits, Object, RecurrenceRule, Scope, When, Window, Zone, read, write,
};
use proptest::prelude::*;

fn cases(quick: u32) -> ProptestConfig {
    let long = std::env::var("FRISTED_LONG").is_ok_and(|value| value == "1");
    ProptestConfig { cases: if long { quick * 20 } else { quick }, ..ProptestConfig::default() }
}

/// Pieces of calendars, whole and broken.
fn piece() -> impl Strategy<Value = String> {
    let time = prop_oneof![
        Just("20260310T100000Z".to_owned()),
        Just("20260329T023000".to_owned()),
        Just("20261025T023000".to_owned()),
        Just("20260310".to_owned()),
        Just("99991231T235959".to_owned()),
        Just("00010101".to_owned()),
        "[0-9TZ:-]{0,20}",
    ];
    let parameters = prop_oneof![
        Just(String::new()),
        Just(";VALUE=DATE".to_owned()),
        Just(";TZID=Europe/Copenhagen".to_owned()),
        Just(";TZID=X".to_owned()),
        Just(";RANGE=THISANDFUTURE".to_owned()),
        Just(";VALUE=PERIOD".to_owned()),
        Just(";ENCODING=QUOTED-PRINTABLE;CHARSET=latin1".to_owned()),
        ";[A-Z]{1,8}=\"?[^\r\n]{0,12}\"?",
    ];
    let name = prop_oneof![
        Just("DTSTART"),
        Just("DTEND"),
        Just("RECURRENCE-ID"),
        Just("EXDATE"),
        Just("RDATE"),
        Just("DTSTAMP"),
        Just("SUMMARY"),
        Just("ATTENDEE"),
        Just("SEQUENCE"),
        Just("UID"),
    ];
    prop_oneof![
        4 => (name, parameters, time).prop_map(|(name, more, time)| format!("{name}{more}:{time}\r\n")),
        2 => rule().prop_map(|rule| format!("RRULE:{rule}\r\n")),
        1 => "DURATION:-?P[0-9]{0,20}[WDT]{0,2}[0-9]{0,4}[HMS]?\r\n",
        1 => "BEGIN:(VEVENT|VALARM|VCALENDAR|VTIMEZONE|STANDARD|X)\r\n",
        1 => "END:(VEVENT|VALARM|VCALENDAR|VTIMEZONE|STANDARD|X)\r\n",
        1 => "TZOFFSET(FROM|TO):[+-]?[0-9]{0,6}\r\n",
        1 => "TZID:X\r\n",
        1 => "\\PC{0,40}\r?\n? ?",
    ]
}

fn rule() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        "INTERVAL=[0-9]{1,10}",
        "COUNT=-?[0-9]{1,10}",
        "UNTIL=[0-9]{8}(T[0-9]{6}Z?)?",
        "BYDAY=(-?[0-9]{0,2}(MO|TU|WE|TH|FR|SA|SU),?){1,4}",
        "BYMONTHDAY=(-?[1-3][0-9]?,?){1,3}",
        "BYMONTH=(1?[0-9],?){1,3}",
        "BYSETPOS=-?[0-9]{1,3}",
        "BYYEARDAY=(-?[0-9]{1,3},?){1,2}",
        "BYWEEKNO=(-?[0-9]{1,2},?){1,2}",
        "BYHOUR=(1?[0-9],?){1,3}",
        "BYMINUTE=([0-5]?[0-9],?){1,3}",
        "BYSECOND=([0-5]?[0-9],?){1,3}",
        "WKST=(MO|SU|WE)",
        "[A-Z]{1,6}=.{0,6}",
    ];
    let frequency = "FREQ=(SECONDLY|MINUTELY|HOURLY|DAILY|WEEKLY|MONTHLY|YEARLY)";
    (frequency, prop::collection::vec(part, 0..5))
        .prop_map(|(frequency, parts)| format!("{frequency};{}", parts.join(";")))
}

fn now() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 1, 1, 0, 0, 0).unwrap()
}

/// Everything that can be asked of an object.
fn ask(object: &Object) {
    let window = Window::new(now(), Utc.with_ymd_and_hms(2027, 1, 1, 0, 0, 0).unwrap());
    let mut budget = Budget::new(50_000, 5_000);
    let found = object.occurrences(&window, Tz::Europe__Copenhagen, &mut budget);
    for pair in found.list.windows(2) {
        assert!(pair[0].starts <= pair[1].starts);
    }
    let bounds = object.bounds();
    for occurrence in &found.list {
        assert!(window.sees(occurrence.starts, occurrence.ends));
        assert!(
            bounds.first_start <= occurrence.starts,
            "{bounds:?} {occurrence:?}\n{}",
            object.text()
        );
        assert!(
            bounds.last_end.is_none_or(|end| end >= occurrence.ends),
            "{bounds:?} {occurrence:?}\n{}",
            object.text()
        );
    }
    let again = Object::parse(object.text()).unwrap();
    assert_eq!(again.summary(), object.summary());
    let change = Change { title: Some("Ny".into()), ..Change::default() };
    let some = found.list.get(found.list.len() / 2).and_then(|it| it.recurrence_id.clone());
    let id = some.unwrap_or_else(|| When::At(now().naive_utc(), Zone::Utc));
    let start = When::At(now().naive_utc(), Zone::from(Tz::Europe__Copenhagen));
    let times = Change { times: Some((start.clone(), start)), ..Change::default() };
    for scope in [Scope::All, Scope::This(id.clone()), Scope::ThisAndFuture(id)] {
        for change in [&change, &times] {
            for changed in object.change(&scope, change, now(), "ny").into_iter().flatten() {
                let _ = changed.occurrences(&window, Tz::UTC, &mut Budget::new(5_000, 5_000));
                let again = Object::parse(changed.text()).unwrap();
                assert_eq!(again.summary(), changed.summary());
            }
        }
        let _ = object.remove(&scope, now());
    }
}

#[test]
fn what_begins_in_the_hour_that_never_came_lies_within_its_bounds() {
    for more in [
        "RRULE:FREQ=MINUTELY;COUNT=90",
        "RRULE:FREQ=HOURLY;COUNT=2",
        "RDATE;TZID=Europe/Copenhagen:20260329T030000",
    ] {
        for start in ["20260329T023000", "20260329T010000", "20260329T014500"] {
            let object = Object::parse(&format!(
                "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nDTSTART;TZID=Europe/Copenhagen:{start}\n\
                 {more}\nEND:VEVENT\nEND:VCALENDAR\n"
            ));
            ask(&object.unwrap());
        }
    }
}

proptest! {
    #![proptest_config(cases(150))]

    #[test]
    fn pieces_of_calendars_do_no_harm(pieces in prop::collection::vec(piece(), 0..30)) {
        let text = format!("BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1\r\n{}END:VEVENT\r\nEND:VCALENDAR\r\n", pieces.concat());
        if let Ok(reading) = read(text.as_bytes(), &Limits::default()) {
            for object in &reading.objects {
                ask(object);
            }
            let all = write(reading.objects.iter(), None);
            let again = read(all.as_bytes(), &Limits::default()).unwrap();
            prop_assert_eq!(again.objects.len(), reading.objects.len());
        }
    }

    #[test]
    fn any_bytes_do_no_harm(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let mut text = b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART:20260101T000000Z\r\n".to_vec();
        text.extend(bytes);
        text.extend(b"\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n");
        for object in read(&text, &Limits::default()).into_iter().flat_map(|it| it.objects) {
            ask(&object);
        }
    }

    #[test]
    fn a_rule_that_is_read_is_written_as_one_that_means_the_same(text in rule()) {
        if let Ok(rule) = text.parse::<RecurrenceRule>() {
            prop_assert_eq!(rule.to_string().parse::<RecurrenceRule>(), Ok(rule));
        }
    }

    #[test]
    fn the_window_does_not_change_what_is_found(
        text in rule(),
        year in 1990_i32..2026,
        day in 1_u32..29,
        split in 1_i64..360,
    ) {
        let Ok(rule) = text.parse::<RecurrenceRule>() else { return Ok(()) };
        prop_assume!(rule.frequency >= fristed_calendar::ical::Frequency::Daily);
        let object = Object::parse(&format!(
            "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nDTSTART;TZID=Europe/Copenhagen:{year}01{day:02}T023000\n\
             RRULE:{rule}\nEND:VEVENT\nEND:VCALENDAR\n"
        )).unwrap();
        let starts = |from, to| {
            let mut budget = Budget::new(5_000_000, 5_000_000);
            let found = object.occurrences(&Window::new(from, to), Tz::UTC, &mut budget);
            found.list.into_iter().map(|it| it.starts).collect::<Vec<_>>()
        };
        let (from, to) = (now(), now() + chrono::Duration::days(400));
        let middle = from + chrono::Duration::days(split);
        let mut parts = starts(from, middle);
        parts.extend(starts(middle, to));
        prop_assert_eq!(parts, starts(from, to));
    }
}
