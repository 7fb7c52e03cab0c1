//! Calendars brought in through the terminal, and looked at there.

use fristed_tests::Leader;

const SERIES: &str = "UID:netvaerk@kommunen|DTSTAMP:20260101T120000Z|\
    DTSTART;TZID=Romance Standard Time:20260303T090000|\
    DTEND;TZID=Romance Standard Time:20260303T120000|RRULE:FREQ=WEEKLY;INTERVAL=2;COUNT=4|\
    SUMMARY:Netværksmøde|LOCATION:Skolen i nord";
const HOLIDAY: &str = "UID:ferie@skolen|DTSTAMP:20260101T120000Z|DTSTART;VALUE=DATE:20260403|\
    DTEND;VALUE=DATE:20260407|SUMMARY:Påskeferie";

#[test]
fn a_calendar_file_comes_in_and_the_agenda_shows_it() {
    let karla = Leader::named("Karla");
    let file = karla.calendar_file("skolen.ics", &[SERIES, HOLIDAY]).display().to_string();
    let tried = karla.does(&["import", &file, "--dry-run", "--json"]).json();
    assert_eq!((&tried["added"], &tried["dry_run"]), (&2.into(), &true.into()), "{tried}");
    assert!(karla.agenda("2026-01-01", "2027-01-01").is_empty(), "a dry run stores nothing");

    let done = karla.does(&["import", &file, "--calendar", "Skolen", "--json"]).json();
    assert_eq!((&done["added"], &done["already_here"]), (&2.into(), &0.into()), "{done}");
    let agenda = karla.agenda("2026-01-01", "2027-01-01");
    assert_eq!(agenda.len(), 5, "four times the series, and a holiday");
    let first = &agenda[0];
    let fields: Vec<&str> =
        first.as_object().expect("an object").keys().map(String::as_str).collect();
    let mut promised = [
        "uid",
        "recurrence_id",
        "start",
        "end",
        "all_day",
        "title",
        "location",
        "calendar",
        "network",
    ];
    promised.sort_unstable();
    assert_eq!(fields, promised, "the promised fields and no others");
    assert_eq!(first["start"], "2026-03-03T09:00:00+01:00", "winter time");
    assert_eq!(first["recurrence_id"], "2026-03-03T09:00:00+01:00");
    assert_eq!(agenda[2]["start"], "2026-03-31T09:00:00+02:00", "the same hour in summer");
    assert_eq!(
        (&first["calendar"], &first["location"]),
        (&"Skolen".into(), &"Skolen i nord".into())
    );
    let holiday = &agenda[3];
    assert_eq!((&holiday["start"], &holiday["end"]), (&"2026-04-03".into(), &"2026-04-07".into()));
    assert!(holiday["recurrence_id"].is_null() && holiday["network"].is_null());
    assert_eq!(holiday["all_day"], true);

    assert_eq!(karla.agenda("2026-03-03", "2026-03-04").len(), 1, "the first day is included");
    assert!(karla.agenda("2026-03-02", "2026-03-03").is_empty(), "and the last is not");
    let again = karla.does(&["import", &file, "--calendar", "Skolen", "--json"]).json();
    assert_eq!((&again["added"], &again["already_here"]), (&0.into(), &2.into()), "no doubles");
    let lines = karla.does(&["agenda", "--from", "2026-03-31", "--to", "2026-04-04"]);
    assert_eq!(
        lines.text(),
        "2026-03-31  09:00-12:00  Netværksmøde  (Skolen i nord)\n\
         2026-04-03  hele dagen   Påskeferie\n"
    );
    karla.sees_that_all_is_whole();
}

#[test]
fn a_file_that_can_be_read_in_part_is_taken_in_part_and_says_so() {
    let karla = Leader::named("Karla");
    let bad = "UID:uden@start|SUMMARY:Uden start";
    let file = karla.calendar_file("halv.ics", &[HOLIDAY, bad]).display().to_string();
    let done = karla.does(&["import", &file, "--json"]);
    let json = done.json();
    assert_eq!((&json["added"], &json["skipped"]), (&1.into(), &1.into()), "{json}");
    assert_eq!(json["bad_lines"][0]["line"], 11);
    assert!(done.err.contains("Linje 11"), "the line is named on standard error: {}", done.err);
    assert_eq!(karla.agenda("2026-01-01", "2027-01-01").len(), 1, "the good one came in");
}

#[test]
fn a_file_beyond_the_limit_or_of_another_kind_is_refused_whole() {
    let karla = Leader::named("Karla");
    let one = "UID:1|DTSTART:20260101T080000Z";
    let many = karla.calendar_file("mange.ics", &vec![one; 100_001]).display().to_string();
    let refused = karla.cli(&["import", &many]).answer().failed(1, "tooManyEvents");
    assert!(refused.err.contains("100000"), "with the number that there may be: {}", refused.err);
    let letter = karla.home().join("brev.ics");
    std::fs::write(&letter, "Kære Karla").expect("a letter");
    karla.cli(&["import", &letter.display().to_string()]).answer().failed(1, "unknownFormat");
    assert!(karla.agenda("2026-01-01", "2027-01-01").is_empty());
    karla.cli(&["agenda", "--from", "2026-01-01"]).answer().failed(2, "usage");
    karla.cli(&["agenda", "--from", "i går", "--to", "i dag"]).answer().failed(2, "usage");
}

#[test]
fn a_cancellation_from_a_stranger_changes_nothing() {
    let karla = Leader::named("Karla");
    let message = |name: &str, method: &str, organizer: &str| {
        let event = format!(
            "UID:opstart@kommunen|DTSTART:20260310T080000Z|DTEND:20260310T110000Z|\
             SUMMARY:Opstart|ORGANIZER:mailto:{organizer}"
        );
        let path = karla.calendar_file(name, &[&event]);
        let text = std::fs::read_to_string(&path).expect("the file");
        let text = text.replace("BEGIN:VEVENT", &format!("METHOD:{method}\r\nBEGIN:VEVENT"));
        std::fs::write(&path, text).expect("the message");
        path.display().to_string()
    };
    karla.does(&["import", &message("ind.ics", "REQUEST", "bo@kommunen.example")]);
    let stranger = message("aflyst.ics", "CANCEL", "mallory@andetsteds.example");
    karla.cli(&["import", &stranger]).answer().failed(1, "invitationRefused");
    assert_eq!(karla.agenda("2026-03-10", "2026-03-11").len(), 1, "it takes place");
}
