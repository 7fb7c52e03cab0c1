//! Changing events: what is named changes, and every other byte stays (threat 66).

#![allow(missing_docs, clippy::unwrap_used)]

use chrono::{DateTime, NaiveDate, TimeZone, Utc};
use chrono_tz::Tz;
use fristed_calendar::ical::{
    Alarm, Attendee, Budget, Change, IcalError, Limits, Object, PartStat, Person, RecurrenceRule,
    Role, Scope, Status, When, Window, Zone, read,
};

const ZONE: &str = "BEGIN:VTIMEZONE\r\nTZID:Romance Standard Time\r\nBEGIN:STANDARD\r\n\
    DTSTART:16010101T030000\r\nTZOFFSETFROM:+0200\r\nTZOFFSETTO:+0100\r\n\
    RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10\r\nEND:STANDARD\r\nBEGIN:DAYLIGHT\r\n\
    DTSTART:16010101T020000\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200\r\n\
    RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=3\r\nEND:DAYLIGHT\r\nEND:VTIMEZONE\r\n";

/// An event as Outlook writes it, with what only Outlook understands.
const OUTLOOK: &str = "BEGIN:VEVENT\r\nORGANIZER;CN=Ann:mailto:ann@a.example\r\n\
    ATTENDEE;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE;CN=\"Bo; leder\";X-NUM-GUESTS\r\n\
    \u{20}=0:MAILTO:Bo@b.example\r\n\
    ATTENDEE;ROLE=OPT-PARTICIPANT;PARTSTAT=ACCEPTED;CN=Cilia;SCHEDULE-STATUS=\"1.2\":mailto:cilia@c\r\n\
    \u{20}.example\r\n\
    DESCRIPTION;LANGUAGE=da-DK:Dagsorden\\n1. Velkomst\\n2. L\u{f8}fter\r\n\
    RRULE:FREQ=WEEKLY;COUNT=8;BYDAY=TU;WKST=MO\r\n\
    EXDATE;TZID=Romance Standard Time:20261020T090000\r\nUID:040000008200E00074C5B7101A82E008\r\n\
    SUMMARY;LANGUAGE=da-DK:Ledernetv\u{e6}rk\r\nDTSTART;TZID=Romance Standard Time:20261006T090000\r\n\
    DTEND;TZID=Romance Standard Time:20261006T103000\r\nCLASS:PUBLIC\r\nPRIORITY:5\r\n\
    DTSTAMP:20260901T080000Z\r\nTRANSP:OPAQUE\r\nSTATUS:CONFIRMED\r\nSEQUENCE:3\r\n\
    LOCATION;LANGUAGE=da-DK:R\u{e5}dhuset\r\nX-MICROSOFT-CDO-APPT-SEQUENCE:3\r\n\
    X-ALT-DESC;FMTTYPE=text/html:<p>Dagsorden</p>\r\nX-MS-OLK-CONFTYPE:0\r\nBEGIN:VALARM\r\n\
    DESCRIPTION:REMINDER\r\nTRIGGER;RELATED=START:-PT15M\r\nACTION:DISPLAY\r\nX-WR-ALARMUID:A\r\n\
    END:VALARM\r\nEND:VEVENT\r\n";

fn outlook() -> Object {
    let file = format!(
        "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nPRODID:Microsoft Exchange Server 2010\r\n\
         VERSION:2.0\r\nX-WR-RELCALID:Q\r\n{ZONE}{OUTLOOK}END:VCALENDAR\r\n"
    );
    let reading = read(file.as_bytes(), &Limits::default()).unwrap();
    assert!(reading.warnings.is_empty(), "{:?}", reading.warnings);
    reading.objects.into_iter().next().unwrap()
}

fn now() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 9, 2, 10, 0, 0).unwrap()
}

fn local(text: &str) -> When {
    let zone = Zone::named("Romance Standard Time").unwrap();
    When::At(text.parse().unwrap(), zone)
}

fn day(text: &str) -> When {
    When::Day(text.parse::<NaiveDate>().unwrap())
}

/// The starts and titles of a year.
fn starts(object: &Object) -> Vec<String> {
    let at = |year| Utc.with_ymd_and_hms(year, 1, 1, 0, 0, 0).unwrap();
    let window = Window::new(at(2026), at(2028));
    let found = object.occurrences(&window, Tz::Europe__Copenhagen, &mut Budget::view());
    assert_eq!(found.shown_up_to, None);
    let line = |o: fristed_calendar::ical::Occurrence| {
        format!("{} {}", o.start.local().format("%m-%d %H:%M"), o.title)
    };
    found.list.into_iter().map(line).collect()
}

/// The lines in which two texts differ: those gone and those new.
fn changed(before: &str, after: &str) -> (Vec<String>, Vec<String>) {
    let lines = |text: &str| text.split_inclusive('\n').map(str::to_owned).collect::<Vec<_>>();
    let (old, new) = (lines(before), lines(after));
    let gone = old.iter().filter(|line| !new.contains(line)).cloned().collect();
    let come = new.iter().filter(|line| !old.contains(line)).cloned().collect();
    (gone, come)
}

fn one(mut objects: Vec<Object>) -> Object {
    assert_eq!(objects.len(), 1);
    objects.remove(0)
}

#[test]
fn a_file_with_one_event_is_kept_but_for_its_method() {
    let object = outlook();
    assert!(object.text().contains("X-WR-RELCALID:Q\r\n"));
    assert!(!object.text().contains("METHOD"));
    assert!(object.text().contains(ZONE) && object.text().contains(OUTLOOK));
    assert_eq!(Object::parse(object.text()).unwrap().summary(), object.summary());
}

#[test]
fn one_field_changes_and_every_other_byte_stays() {
    let before = outlook();
    let change = Change { title: Some("Netværk".into()), ..Change::default() };
    let after = one(before.change(&Scope::All, &change, now(), "").unwrap());
    let (gone, come) = changed(before.text(), after.text());
    assert_eq!(
        gone,
        [
            "SUMMARY;LANGUAGE=da-DK:Ledernetværk\r\n",
            "DTSTAMP:20260901T080000Z\r\n",
            "SEQUENCE:3\r\n"
        ]
    );
    assert_eq!(
        come,
        [
            "SUMMARY;LANGUAGE=da-DK:Netværk\r\n",
            "DTSTAMP:20260902T100000Z\r\n",
            "SEQUENCE:4\r\n",
            "LAST-MODIFIED:20260902T100000Z\r\n",
        ]
    );
    assert_eq!(starts(&after).len(), 7, "eight less the one that was excluded");
}

#[test]
fn every_field_can_be_changed_and_taken_away() {
    let before = outlook();
    let bo = Attendee {
        person: Person { address: "bo@b.example".into(), name: None },
        role: Role::Chair,
        partstat: PartStat::NeedsAction,
        rsvp: true,
    };
    let dorte = Attendee {
        person: Person { address: "dorte@d.example".into(), name: Some("Dorte".into()) },
        role: Role::Required,
        partstat: PartStat::NeedsAction,
        rsvp: false,
    };
    let change = Change {
        location: Some(String::new()),
        description: Some("Kort; ny, tekst\nto linjer".into()),
        url: Some("https://net.example/a".into()),
        categories: Some(vec!["Netværk".into(), "Ledelse, A".into()]),
        alarms: Some(vec![Alarm { minutes_before: 60 }]),
        attendees: Some(vec![bo, dorte]),
        status: Some(Status::Tentative),
        busy: Some(false),
        ..Change::default()
    };
    let after = one(before.change(&Scope::All, &change, now(), "").unwrap());
    let summary = after.summary();
    assert_eq!(summary.location, None);
    assert_eq!(summary.description.as_deref(), Some("Kort; ny, tekst\nto linjer"));
    assert_eq!(summary.url.as_deref(), Some("https://net.example/a"));
    assert_eq!(summary.categories, ["Netværk", "Ledelse, A"]);
    assert_eq!(summary.alarms, [60]);
    assert_eq!((summary.status, summary.busy), (Status::Tentative, false));
    let people: Vec<&str> = summary.attendees.iter().map(|a| a.person.address.as_str()).collect();
    assert_eq!(people, ["Bo@b.example", "dorte@d.example"]);
    assert_eq!(summary.attendees[0].role, Role::Chair);
    let unfolded = after.text().replace("\r\n ", "");
    assert!(
        unfolded.contains("RSVP=TRUE;CN=\"Bo; leder\";X-NUM-GUESTS=0:"),
        "what stays keeps all"
    );
    assert!(after.text().contains("X-ALT-DESC;FMTTYPE=text/html:<p>Dagsorden</p>\r\n"));
}

#[test]
fn an_answer_changes_one_parameter_of_one_line() {
    let before = outlook();
    let after =
        before.set_partstat(&Scope::All, "bo@B.example", PartStat::Accepted, now()).unwrap();
    let (gone, come) = changed(before.text(), after.text());
    assert_eq!(gone.len(), 3, "the folded line and the stamp: {gone:?}");
    let line = come.concat().replace("\r\n ", "");
    assert!(line.contains("PARTSTAT=ACCEPTED;RSVP=TRUE;CN=\"Bo; leder\";X-NUM-GUESTS=0:MAILTO:Bo"));
    assert_eq!(after.summary().attendees[0].partstat, PartStat::Accepted);
    assert_eq!(after.summary().sequence, 3, "an answer is no new version");
    let nobody = before.set_partstat(&Scope::All, "eva@e.example", PartStat::Declined, now());
    assert_eq!(nobody.unwrap_err(), IcalError::NoSuchAttendee);
    let this = Scope::This(local("2026-11-03T09:00:00"));
    let after =
        before.set_partstat(&this, "mailto:bo@b.example", PartStat::Declined, now()).unwrap();
    assert_eq!(after.summary().attendees[0].partstat, PartStat::NeedsAction);
    let summary = after.summary_of(&local("2026-11-03T09:00:00")).unwrap();
    assert_eq!(summary.attendees[0].partstat, PartStat::Declined);
    assert_eq!(starts(&after), starts(&before));
}

#[test]
fn one_occurrence_moves_and_keeps_its_name_in_the_series() {
    let before = outlook();
    let id = local("2026-11-03T09:00:00");
    let change = Change {
        title: Some("Flyttet".into()),
        times: Some((local("2026-11-04T13:00:00"), local("2026-11-04T14:00:00"))),
        ..Change::default()
    };
    let after = one(before.change(&Scope::This(id.clone()), &change, now(), "").unwrap());
    assert!(starts(&after).contains(&"11-04 13:00 Flyttet".to_owned()));
    assert_eq!(starts(&after).len(), 7);
    assert!(after.text().contains("RECURRENCE-ID;TZID=Romance Standard Time:20261103T090000\r\n"));
    assert_eq!(after.text().matches("RRULE:FREQ=WEEKLY").count(), 1, "an override has no rule");
    assert!(after.text().contains(OUTLOOK), "the master is untouched");
    // Named in UTC, it is the same occurrence.
    let utc = When::from_key(&id.key()).unwrap();
    let again = Change { title: Some("Igen".into()), ..Change::default() };
    let after = one(after.change(&Scope::This(utc), &again, now(), "").unwrap());
    assert_eq!(after.text().matches("RECURRENCE-ID").count(), 1);
    assert!(starts(&after).contains(&"11-04 13:00 Igen".to_owned()));
    let never = Scope::This(local("2026-11-05T09:00:00"));
    let error = before.change(&never, &again, now(), "").unwrap_err();
    assert_eq!(error, IcalError::NoSuchOccurrence);
}

#[test]
fn one_occurrence_is_removed_by_an_exception() {
    let before = outlook();
    let this = Scope::This(local("2026-11-03T09:00:00"));
    let after = before.remove(&this, now()).unwrap().unwrap();
    assert!(after.text().contains("EXDATE;TZID=Romance Standard Time:20261103T090000\r\n"));
    assert!(after.text().contains("EXDATE;TZID=Romance Standard Time:20261020T090000\r\n"));
    assert_eq!(starts(&after).len(), 6);
    assert_eq!(after.remove(&this, now()).unwrap_err(), IcalError::NoSuchOccurrence);
    let change = Change { title: Some("A".into()), ..Change::default() };
    let changed = one(before.change(&this, &change, now(), "").unwrap());
    let after = changed.remove(&this, now()).unwrap().unwrap();
    assert!(!after.text().contains("RECURRENCE-ID"), "its override goes with it");
    assert_eq!(starts(&after).len(), 6);
    assert!(before.remove(&Scope::All, now()).unwrap().is_none());
}

#[test]
fn from_one_occurrence_on_the_series_becomes_a_new_one() {
    let before = outlook();
    let moved = Change { title: Some("Undtagelse".into()), ..Change::default() };
    let id = local("2026-11-17T09:00:00");
    let before = one(before.change(&Scope::This(id), &moved, now(), "").unwrap());
    let change = Change {
        times: Some((local("2026-11-04T13:00:00"), local("2026-11-04T14:30:00"))),
        ..Change::default()
    };
    let scope = Scope::ThisAndFuture(local("2026-11-03T09:00:00"));
    let parts = before.change(&scope, &change, now(), "ny@fristed").unwrap();
    let [old, new] = parts.as_slice() else { panic!("two") };
    assert_eq!((old.uid(), new.uid()), (before.uid(), "ny@fristed"));
    assert_eq!(
        starts(old),
        ["10-06 09:00 Ledernetværk", "10-13 09:00 Ledernetværk", "10-27 09:00 Ledernetværk"]
    );
    assert_eq!(
        starts(new),
        [
            "11-04 13:00 Ledernetværk",
            "11-11 13:00 Ledernetværk",
            "11-18 13:00 Undtagelse",
            "11-25 13:00 Ledernetværk",
        ],
        "the weekday moved along, the count is what was left, the override came along"
    );
    assert!(old.text().contains("UNTIL=20261103T075959Z"));
    assert!(!old.text().contains("RECURRENCE-ID"));
    assert!(new.text().contains("X-ALT-DESC;FMTTYPE=text/html:<p>Dagsorden</p>\r\n"));
    let ended = before.remove(&scope, now()).unwrap().unwrap();
    assert_eq!(starts(&ended), starts(old));
    let first = Scope::ThisAndFuture(local("2026-10-06T09:00:00"));
    assert_eq!(before.change(&first, &change, now(), "x").unwrap().len(), 1);
    assert!(before.remove(&first, now()).unwrap().is_none());
}

#[test]
fn exceptions_and_overrides_move_with_the_series() {
    let before = outlook();
    let title = Change { title: Some("Undtagelse".into()), ..Change::default() };
    let own = Change {
        times: Some((local("2026-11-10T15:00:00"), local("2026-11-10T16:00:00"))),
        ..Change::default()
    };
    let this = |text: &str| Scope::This(local(text));
    let with = one(before.change(&this("2026-11-03T09:00:00"), &title, now(), "").unwrap());
    let with = one(with.change(&this("2026-11-10T09:00:00"), &own, now(), "").unwrap());
    let change = Change {
        times: Some((local("2026-10-07T10:00:00"), local("2026-10-07T12:00:00"))),
        location: Some("Skolen".into()),
        ..Change::default()
    };
    let after = one(with.change(&Scope::All, &change, now(), "").unwrap());
    assert_eq!(
        starts(&after),
        [
            "10-07 10:00 Ledernetværk",
            "10-14 10:00 Ledernetværk",
            "10-28 10:00 Ledernetværk",
            "11-04 10:00 Undtagelse",
            "11-10 15:00 Ledernetværk",
            "11-18 10:00 Ledernetværk",
            "11-25 10:00 Ledernetværk",
        ]
    );
    assert!(after.text().contains("EXDATE;TZID=Romance Standard Time:20261021T100000\r\n"));
    assert_eq!(after.text().matches("LOCATION;LANGUAGE=da-DK:Skolen").count(), 3);
    let summary = after.summary_of(&local("2026-11-04T10:00:00")).unwrap();
    assert_eq!(summary.end, local("2026-11-04T12:00:00"), "it had the series' length");
}

#[test]
fn a_series_can_become_one_of_days_and_one_event() {
    let before = outlook();
    let days = Change { times: Some((day("2026-10-06"), day("2026-10-07"))), ..Change::default() };
    let after = one(before.change(&Scope::All, &days, now(), "").unwrap());
    assert!(after.summary().all_day);
    assert_eq!(starts(&after).len(), 7, "the exception is one of days now");
    assert!(after.text().contains("EXDATE;VALUE=DATE:20261020\r\n"));
    let single = Change { rule: Some(None), ..Change::default() };
    let after = one(before.change(&Scope::All, &single, now(), "").unwrap());
    assert_eq!(starts(&after), ["10-06 09:00 Ledernetværk"]);
    assert!(!after.text().contains("EXDATE"));
    let rule: RecurrenceRule = "FREQ=MONTHLY;BYDAY=1TU;UNTIL=20261231".parse().unwrap();
    let monthly = Change { rule: Some(Some(rule)), ..Change::default() };
    let after = one(before.change(&Scope::All, &monthly, now(), "").unwrap());
    assert_eq!(starts(&after).len(), 3);
    assert!(after.text().contains("UNTIL=20261231T225959Z"), "UTC, as the start has a zone");
}

#[test]
fn a_new_zone_is_defined() {
    let before = outlook();
    let at = |text: &str| When::At(text.parse().unwrap(), Zone::named("America/New_York").unwrap());
    let change = Change {
        times: Some((at("2026-10-06T03:00:00"), at("2026-10-06T04:30:00"))),
        ..Change::default()
    };
    let after = one(before.change(&Scope::All, &change, now(), "").unwrap());
    assert!(after.text().contains("BEGIN:VTIMEZONE\r\nTZID:America/New_York\r\n"));
    assert!(after.text().contains("DTSTART;TZID=America/New_York:20261006T030000\r\n"));
}

#[test]
fn times_that_do_not_go_together_are_refused() {
    let before = outlook();
    for times in [
        (local("2026-10-06T09:00:00"), local("2026-10-06T08:00:00")),
        (day("2026-10-06"), local("2026-10-06T08:00:00")),
        (day("2026-10-06"), day("2026-10-06")),
    ] {
        let change = Change { times: Some(times), ..Change::default() };
        let error = before.change(&Scope::All, &change, now(), "").unwrap_err();
        assert_eq!(error, IcalError::BadTimes);
    }
}

#[test]
fn a_range_that_others_wrote_is_understood_when_it_is_split() {
    let text = "BEGIN:VCALENDAR\nVERSION:2.0\nBEGIN:VEVENT\nUID:1\nDTSTART:20261001T080000Z\n\
                DTEND:20261001T090000Z\nSUMMARY:A\nRRULE:FREQ=DAILY;COUNT=10\nEND:VEVENT\n\
                BEGIN:VEVENT\nUID:1\nRECURRENCE-ID;RANGE=THISANDFUTURE:20261003T080000Z\n\
                DTSTART:20261003T100000Z\nDTEND:20261003T103000Z\nSUMMARY:B\nEND:VEVENT\n\
                END:VCALENDAR\n";
    let before = Object::parse(text).unwrap();
    let at = |text: &str| When::At(text.parse().unwrap(), Zone::Utc);
    let scope = Scope::ThisAndFuture(at("2026-10-06T08:00:00"));
    let change = Change { location: Some("Her".into()), ..Change::default() };
    let parts = before.change(&scope, &change, now(), "2").unwrap();
    assert_eq!(
        starts(&parts[0]),
        ["10-01 08:00 A", "10-02 08:00 A", "10-03 10:00 B", "10-04 10:00 B", "10-05 10:00 B"]
    );
    assert_eq!(
        starts(&parts[1]),
        ["10-06 10:00 B", "10-07 10:00 B", "10-08 10:00 B", "10-09 10:00 B", "10-10 10:00 B"]
    );
    // One of them alone is made of the range's text.
    let this = Scope::This(at("2026-10-08T08:00:00"));
    let one_of = Change { title: Some("C".into()), ..Change::default() };
    let after = one(before.change(&this, &one_of, now(), "").unwrap());
    assert!(starts(&after).contains(&"10-08 10:00 C".to_owned()));
    assert!(starts(&after).contains(&"10-09 10:00 B".to_owned()));
}
