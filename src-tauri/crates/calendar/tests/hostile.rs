//! Files that somebody made to do harm (threats 43 to 48): bounded, refused or listed; and good
//! components come in beside bad ones.

#![allow(missing_docs, clippy::unwrap_used)]

use std::time::{Duration, Instant};

use chrono::{DateTime, TimeZone, Utc};
use chrono_tz::Tz;
use fristed_calendar::ical::{
    Budget, Change, IcalError, Limits, Object, Occurrences, Reading, Reason, Scope, Warning,
    Window, read,
};

/// How soon a hostile file is done with, in a build without optimisation on a busy computer;
/// the benchmark holds the release to the real times.
const SOON: Duration = Duration::from_secs(60);

fn calendar(components: &str) -> String {
    format!("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{components}END:VCALENDAR\r\n")
}

fn event(lines: &str) -> String {
    format!("BEGIN:VEVENT\r\nUID:1\r\nDTSTAMP:20260101T000000Z\r\n{lines}END:VEVENT\r\n")
}

fn reading(text: &str) -> Reading {
    let begun = Instant::now();
    let reading = read(text.as_bytes(), &Limits::default()).unwrap();
    assert!(begun.elapsed() < SOON, "{:?}", begun.elapsed());
    reading
}

fn object(lines: &str) -> Object {
    let reading = reading(&calendar(&event(lines)));
    reading.objects.into_iter().next().unwrap()
}

fn at(year: i32, month: u32, day: u32) -> DateTime<Utc> {
    Utc.with_ymd_and_hms(year, month, day, 0, 0, 0).unwrap()
}

fn march(object: &Object) -> Occurrences {
    let begun = Instant::now();
    let window = Window::new(at(2026, 3, 1), at(2026, 4, 1));
    let found = object.occurrences(&window, Tz::Europe__Copenhagen, &mut Budget::view());
    assert!(begun.elapsed() < SOON, "{:?}", begun.elapsed());
    found
}

#[test]
fn a_rule_for_every_second_of_a_thousand_years_is_shown_up_to_a_time() {
    for rule in [
        "FREQ=SECONDLY;UNTIL=29700101T000000Z",
        "FREQ=SECONDLY",
        "FREQ=MINUTELY;BYSECOND=1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23",
        "FREQ=DAILY;BYHOUR=0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23;BYMINUTE=0,\
         1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31,32,33",
    ] {
        let found = march(&object(&format!("DTSTART:19700101T000000Z\r\nRRULE:{rule}\r\n")));
        let until = found.shown_up_to.unwrap();
        assert!(until >= at(2026, 3, 1) && until < at(2026, 4, 1), "{rule}: {until}");
        assert!(!found.list.is_empty() && found.list.len() <= 10_000, "{}", found.list.len());
        assert!(found.list.iter().all(|occurrence| occurrence.starts <= until));
    }
}

#[test]
fn rules_that_never_come_true_end() {
    for rule in [
        "FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30;COUNT=3",
        "FREQ=MINUTELY;BYHOUR=3;BYMINUTE=7;INTERVAL=8;BYMONTH=2;BYMONTHDAY=30;COUNT=3",
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=31;COUNT=1",
        "FREQ=WEEKLY;BYDAY=MO;BYMONTH=2;BYMONTHDAY=31;COUNT=1",
        "FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=31",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=31;COUNT=9",
        "FREQ=YEARLY;BYWEEKNO=53;BYMONTH=6",
        "FREQ=YEARLY;BYYEARDAY=366;BYMONTH=1",
        "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=300",
        "FREQ=HOURLY;BYSETPOS=61",
        "FREQ=HOURLY;BYMINUTE=59;BYHOUR=23;INTERVAL=24;COUNT=1",
    ] {
        for start in ["00010101T000000Z", "19700101T000000Z", "20260301T000000Z"] {
            let found = march(&object(&format!("DTSTART:{start}\r\nRRULE:{rule}\r\n")));
            assert!(found.list.len() <= 1, "{rule} {start}: {}", found.list.len());
        }
    }
}

#[test]
fn a_rule_that_names_every_second_of_a_year_makes_no_list_of_them() {
    let list = |end: u32| (0..end).map(|n| n.to_string()).collect::<Vec<_>>().join(",");
    let lists = format!("BYHOUR={};BYMINUTE={};BYSECOND={}", list(24), list(60), list(60));
    for rule in [
        format!("FREQ=YEARLY;BYDAY=MO,TU,WE,TH,FR,SA,SU;{lists}"),
        format!("FREQ=YEARLY;BYDAY=MO,TU,WE,TH,FR,SA,SU;{lists};BYSETPOS=-1,31000000"),
        format!("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR,SA,SU;{lists};COUNT=1000000"),
    ] {
        let found = march(&object(&format!("DTSTART:20200101T000000Z\r\nRRULE:{rule}\r\n")));
        assert!(found.list.len() <= 10_000, "{rule}: {}", found.list.len());
    }
}

#[test]
fn looking_in_vain_takes_steps_too() {
    let vain =
        object("DTSTART:00010101T000000Z\r\nRRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=31;COUNT=1\r\n");
    let mut budget = Budget::view();
    let window = Window::new(at(2026, 3, 1), at(2026, 4, 1));
    let found = vain.occurrences(&window, Tz::UTC, &mut budget);
    assert!(found.shown_up_to.is_some() && found.list.is_empty());
    assert!(budget.left() < Budget::view().left() - 30_000, "{}", budget.left());
}

#[test]
fn many_endless_rules_share_one_budget() {
    let object = object("DTSTART:19700101T000000Z\r\nRRULE:FREQ=SECONDLY\r\n");
    let quiet = self::object("DTSTART:20260310T100000Z\r\nRRULE:FREQ=WEEKLY\r\n");
    let mut budget = Budget::view();
    let window = Window::new(at(2026, 3, 1), at(2026, 4, 1));
    let mut all = 0;
    for _ in 0..10 {
        all += object.occurrences(&window, Tz::UTC, &mut budget).list.len();
    }
    let found = quiet.occurrences(&window, Tz::UTC, &mut budget);
    assert_eq!((found.list.len(), found.shown_up_to), (4, None), "it has its own share");
    for _ in 0..1_000 {
        all += object.occurrences(&window, Tz::UTC, &mut budget).list.len();
    }
    assert!(all <= 260_000, "{all}");
    let spent = quiet.occurrences(&window, Tz::UTC, &mut budget);
    assert!(spent.shown_up_to.is_some(), "who gets nothing is told so");
}

#[test]
fn a_million_events_are_refused_with_the_number_that_is_allowed() {
    let one = "BEGIN:VEVENT\r\nUID:1\r\nEND:VEVENT\r\n";
    let text = calendar(&one.repeat(1_000_000));
    let begun = Instant::now();
    let error = read(text.as_bytes(), &Limits::default()).unwrap_err();
    assert_eq!(error, IcalError::TooManyComponents { limit: 100_000 });
    assert!(error.to_string().contains("100000"));
    assert!(begun.elapsed() < SOON);
    let small = Limits { bytes: 100, ..Limits::default() };
    assert_eq!(read(text.as_bytes(), &small).unwrap_err(), IcalError::TooLarge { limit: 100 });
}

#[test]
fn a_line_of_many_megabytes_is_listed_and_the_others_come_in() {
    let good = event("DTSTART:20260310T100000Z\r\n");
    let long = event(&format!("DTSTART:20260310T100000Z\r\nSUMMARY:{}\r\n", "x".repeat(60 << 20)));
    let reading = reading(&calendar(&format!("{long}{}", good.replace("UID:1", "UID:2"))));
    assert_eq!(reading.objects.len(), 1);
    assert_eq!(reading.warnings, [Warning { line: 3, reason: Reason::LineTooLong }]);
    let folded = "X:\r\n".to_owned() + &" y\r\n".repeat(5_000_000);
    let reading =
        self::reading(&calendar(&event(&format!("DTSTART:20260310T100000Z\r\n{folded}"))));
    assert_eq!(reading.warnings, [Warning { line: 3, reason: Reason::LineTooLong }]);
}

#[test]
fn components_a_hundred_thousand_deep_exhaust_nothing() {
    let deep = "BEGIN:X\r\n".repeat(99_990) + &"END:X\r\n".repeat(99_990);
    let text = calendar(&format!("{deep}{}", event("DTSTART:20260310T100000Z\r\n")));
    let reading = reading(&text);
    assert_eq!(reading.warnings, [Warning { line: 3, reason: Reason::TooDeep }]);
    assert_eq!(reading.objects.len(), 1);
    for name in ["VEVENT", "VCALENDAR", "VALARM", "X"] {
        let open = format!("BEGIN:{name}\r\n").repeat(100_000);
        let _ = read(calendar(&open).as_bytes(), &Limits::default());
        let open = format!("BEGIN:VEVENT\r\n{}", format!("BEGIN:{name}\r\n").repeat(90_000));
        let _ = read(calendar(&open).as_bytes(), &Limits::default());
        let _ = Object::parse(&calendar(&open));
    }
}

#[test]
fn two_hundred_thousand_exceptions_are_kept_and_more_are_refused() {
    let day = at(1970, 1, 1);
    let dates = |count: i64| {
        let dates: Vec<String> = (0..count)
            .map(|n| (day + chrono::Duration::hours(n)).format("%Y%m%dT%H%M%SZ").to_string())
            .collect();
        dates.join(",")
    };
    let rule = "DTSTART:19700101T000000Z\r\nRRULE:FREQ=DAILY\r\n";
    let text = event(&format!("{rule}EXDATE:{}\r\n", dates(200_000)));
    let reading = reading(&calendar(&text));
    assert!(reading.warnings.is_empty());
    let object = &reading.objects[0];
    let window = Window::new(at(1990, 1, 1), at(1993, 1, 1));
    let found = object.occurrences(&window, Tz::UTC, &mut Budget::view());
    let first = found.list.first().unwrap().starts;
    assert!(first > day + chrono::Duration::hours(199_999) && first < at(1992, 11, 1), "{first}");
    let separate: String =
        dates(200_000).split(',').map(|date| format!("EXDATE:{date}\r\n")).collect();
    assert!(self::reading(&calendar(&event(&format!("{rule}{separate}")))).warnings.is_empty());
    let more = event(&format!("{rule}RDATE:{}\r\n", dates(250_001)));
    let warnings = self::reading(&calendar(&more)).warnings;
    assert_eq!(warnings, [Warning { line: 3, reason: Reason::TooManyDates }]);
}

#[test]
fn a_zone_whose_clocks_change_every_second_stalls_nothing() {
    let zone = "BEGIN:VTIMEZONE\r\nTZID:X\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\n\
                TZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200\r\nRRULE:FREQ=SECONDLY\r\nEND:STANDARD\r\n\
                END:VTIMEZONE\r\n";
    let text = format!("{zone}{}", event("DTSTART;TZID=X:20260310T100000\r\nRRULE:FREQ=DAILY\r\n"));
    let reading = reading(&calendar(&text));
    assert_eq!(march(&reading.objects[0]).list.len(), 22);
}

#[test]
fn the_definition_of_a_zone_is_not_multiplied_without_a_bound() {
    let filler = format!("X-FILL:{}\r\n", "x".repeat(500_000));
    let zone = format!(
        "BEGIN:VTIMEZONE\r\nTZID:X\r\n{filler}BEGIN:STANDARD\r\nDTSTART:19700101T000000\r\n\
         TZOFFSETFROM:+0100\r\nTZOFFSETTO:+0100\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n"
    );
    let events: String = (0..5_000)
        .map(|n| event("DTSTART;TZID=X:20260310T100000\r\n").replace("UID:1", &format!("UID:{n}")))
        .collect();
    let reading = reading(&calendar(&format!("{zone}{events}")));
    assert_eq!(reading.objects.len(), 5_000);
    let bytes: usize = reading.objects.iter().map(|object| object.text().len()).sum();
    assert!(bytes < 80 << 20, "{bytes}");
    assert!(reading.warnings.iter().all(|warning| warning.reason == Reason::ZoneNotCopied));
}

#[test]
fn numbers_beyond_all_calendars_do_no_harm() {
    let lines = [
        "DTSTART:20260310T100000Z\r\nDURATION:P99999999999999999W\r\n",
        "DTSTART:20260310T100000Z\r\nDURATION:-P99999999999999999W\r\n",
        "DTSTART:20260310T100000Z\r\nDURATION:PT99999999999999999S\r\nRRULE:FREQ=DAILY\r\n",
        "DTSTART;VALUE=DATE:20260310\r\nDURATION:P99999999999999999D\r\nRRULE:FREQ=DAILY\r\n",
        "DTSTART:99991231T235959Z\r\nDTEND:99991231T235959Z\r\nRRULE:FREQ=DAILY\r\n",
        "DTSTART;TZID=Europe/Copenhagen:99991231T235959\r\nDURATION:P36525D\r\nRRULE:FREQ=YEARLY\r\n",
        "DTSTART:00010101T000000Z\r\nRRULE:FREQ=DAILY\r\n",
        "DTSTART;TZID=Europe/Copenhagen:00010101T000000\r\nRRULE:FREQ=MONTHLY;INTERVAL=4294967295\r\n",
        "DTSTART:00000101T000000Z\r\nRRULE:FREQ=WEEKLY\r\n",
        "DTSTART;VALUE=DATE:00010101\r\nDTEND;VALUE=DATE:99991231\r\nRRULE:FREQ=YEARLY\r\n",
        "DTSTART:20260310T100000Z\r\nRRULE:FREQ=DAILY;INTERVAL=0\r\n",
        "DTSTART:20260310T100000Z\r\nRRULE:FREQ=DAILY;INTERVAL=4294967295\r\n",
        "DTSTART:20260310T100000Z\r\nRRULE:FREQ=SECONDLY;INTERVAL=4294967295;COUNT=4294967295\r\n",
        "DTSTART:20260310T100000Z\r\nRRULE:FREQ=WEEKLY;INTERVAL=65535\r\n",
        "DTSTART:00010310T100000Z\r\nRRULE:FREQ=MONTHLY;INTERVAL=65536;COUNT=3\r\n",
        "DTSTART:20260310T100000Z\r\nRRULE:FREQ=YEARLY;COUNT=99999999999999\r\n",
        "DTSTART:20260310T100000Z\r\nRRULE:FREQ=DAILY;UNTIL=99991231T235959Z\r\n",
        "DTSTART:20260310T100000Z\r\nSEQUENCE:99999999999999999999\r\nRDATE:99991231T235959Z\r\n",
        "DTSTART:20260310T100000Z\r\nBEGIN:VALARM\r\nTRIGGER:-P99999999999999999W\r\nEND:VALARM\r\n",
        "DTSTART:20261399T256199Z\r\nDTSTART:20260310T100000Z\r\n",
    ];
    for line in lines {
        let reading = reading(&calendar(&event(line)));
        for object in &reading.objects {
            let _ = march(object);
            let everything = Window::new(DateTime::<Utc>::MIN_UTC, DateTime::<Utc>::MAX_UTC);
            let _ = object.occurrences(&everything, Tz::Pacific__Kiritimati, &mut Budget::view());
            let _ = object.summary();
            let change = Change { title: Some("A".into()), ..Change::default() };
            let _ = object.change(&Scope::All, &change, at(2026, 1, 1), "2");
        }
    }
}

#[test]
fn what_could_deceive_is_not_shown() {
    let reading = reading(&calendar(&event(
        "DTSTART:20260310T100000Z\r\nSUMMARY:a\u{0}b\u{1b}[31m\u{202e}fdp.exe\r\nLOCATION:x\u{2066}y\r\n\
         DESCRIPTION:l1\\nl2\u{7}\r\n",
    )));
    let summary = reading.objects[0].summary();
    assert!(!summary.title.contains(['\u{0}', '\u{1b}', '\u{202e}']), "{:?}", summary.title);
    assert!(summary.title.ends_with("fdp.exe"));
    assert_eq!(summary.location.as_deref(), Some("xy"));
    assert!(summary.description.unwrap().starts_with("l1\nl2"));
    let found = march(&reading.objects[0]);
    assert_eq!(*found.list[0].title, *summary.title);
}

#[test]
fn bad_components_are_listed_by_their_line_and_good_ones_come_in() {
    let text = "BEGIN:VCALENDAR\n\
        BEGIN:VEVENT\nUID:1\nDTSTART:20260310T100000Z\nEND:VEVENT\n\
        BEGIN:VEVENT\nUID:2\nSUMMARY:no start\nEND:VEVENT\n\
        BEGIN:VTODO\nUID:3\nEND:VTODO\n\
        BEGIN:VEVENT\nDTSTART:20260311T100000Z\nSUMMARY:no uid\nEND:VEVENT\n\
        BEGIN:VEVENT\nUID:4\nDTSTART;TZID=Nowhere:20260312T100000\nEND:VEVENT\n\
        BEGIN:VEVENT\nUID:5\nDTSTART:20260313T100000Z\nRRULE:FREQ=SOMETIMES\nEND:VEVENT\n\
        BEGIN:VEVENT\nUID:6\nDTSTART:20260314T100000Z\n\
        BEGIN:VEVENT\nUID:7\nDTSTART:20260315T100000Z\nEND:VEVENT\n\
        BEGIN:VEVENT\nUID:7\nSEQUENCE:2\nDTSTART:20260316T100000Z\nEND:VEVENT\n\
        END:VCALENDAR\n";
    let reading = reading(text);
    let listed: Vec<(usize, Reason)> =
        reading.warnings.iter().map(|warning| (warning.line, warning.reason)).collect();
    assert_eq!(
        listed,
        [
            (6, Reason::NoStart),
            (10, Reason::NotAnEvent),
            (13, Reason::NoUid),
            (17, Reason::UnknownZone),
            (21, Reason::BadRule),
            (26, Reason::NotClosed),
            (29, Reason::Superseded),
        ]
    );
    assert_eq!(reading.objects.len(), 5);
    for object in &reading.objects {
        let again = Object::parse(object.text()).unwrap();
        assert_eq!((again.uid(), again.summary()), (object.uid(), object.summary()));
    }
    assert_eq!(
        read(text.as_bytes(), &Limits::default()).unwrap().objects[1].uid(),
        reading.objects[1].uid()
    );
}

#[test]
fn what_is_no_calendar_is_refused() {
    for bytes in [&b""[..], b"Hej", b"{\"a\":1}", b"\xFF\xFE", b"PK\x03\x04\0\0", b"BEGIN:\r\n"] {
        let result = read(bytes, &Limits::default());
        assert!(result.is_err() || result.unwrap().objects.is_empty());
    }
    assert_eq!(read(b"Hej", &Limits::default()).unwrap_err(), IcalError::NotACalendar);
}
