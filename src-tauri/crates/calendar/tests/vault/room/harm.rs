//! Messages of those who mean harm, and texts that are no calls to a meeting.

use super::*;

#[test]
fn nobody_speaks_for_another() {
    let (karla, bo) = (Member::new(KARLA), Member::new(BO));
    let call = karla.calls(karla.meets());
    assert_eq!(bo.takes(&call, MALLORY), refused(Refusal::NotFromOrganizer));
    assert!(bo.trial.shows("2026-03-01", "2026-03-31").is_empty());
    bo.takes(&call, KARLA);
    let yes = bo.answers(&call, PartStat::Accepted);
    assert_eq!(karla.takes(&yes, METTE), refused(Refusal::NotInvited), "Bo's, sent by Mette");
    let hers = with(&yes, BO, MALLORY);
    assert_eq!(karla.takes(&hers, MALLORY), refused(Refusal::NotInvited), "she was not invited");
    let upper = with(&yes, BO, "matrix:u/BO:kommune.dk");
    assert_eq!(karla.takes(&upper, "matrix:u/BO:kommune.dk"), refused(Refusal::NotInvited));

    let newer = with(&call, "SEQUENCE:0", "SEQUENCE:7");
    let stolen = with(&newer, KARLA, MALLORY);
    assert_eq!(bo.takes(&newer, MALLORY), refused(Refusal::NotFromOrganizer));
    assert_eq!(bo.takes(&stolen, MALLORY), refused(Refusal::NotFromOrganizer), "another organiser");
    for (text, from) in [(&newer, MALLORY), (&stolen, MALLORY), (&newer, BO)] {
        let off = with(text, "METHOD:REQUEST", "METHOD:CANCEL");
        assert_eq!(bo.takes(&off, from), refused(Refusal::NotFromOrganizer));
    }
    assert_eq!(bo.trial.on("2026-03-10").status, Status::Confirmed);
    assert_eq!(
        karla.takes(&stolen, MALLORY),
        refused(Refusal::NotFromOrganizer),
        "what she called"
    );
    let unknown = with(&with(&call, "METHOD:REQUEST", "METHOD:CANCEL"), "UID:", "UID:x");
    assert_eq!(bo.takes(&unknown, KARLA), refused(Refusal::UnknownEvent));
}

#[test]
fn an_organiser_answers_for_nobody() {
    let (karla, bo) = (Member::new(KARLA), Member::new(BO));
    let call = karla.calls(karla.meets());
    let said = with(&call, "RSVP=TRUE", "PARTSTAT=ACCEPTED");
    assert!(matches!(bo.takes(&said, KARLA), Came::New(_)));
    assert_eq!(bo.trial.on("2026-03-10").reply, Some(PartStat::NeedsAction));
    assert_eq!(bo.who_comes(), (0, 2));
}

#[test]
fn an_event_that_came_otherwise_is_nobodys_to_take_over() {
    let (karla, bo) = (Member::new(KARLA), Member::new(BO));
    let call = karla.calls(karla.meets());
    let own = bo.trial.makes(&bo.trial.form("Lægen", "2026-03-12 09:00", "2026-03-12 10:00"));
    let id = own.event.expect("an event").to_string();
    let uid = Invited::read(&call).expect("a call").uid;
    let aimed = with(&call, &uid, &id);
    assert_eq!(bo.takes(&aimed, KARLA), refused(Refusal::NotFromOrganizer));
    assert_eq!(bo.trial.shows("2026-03-01", "2026-03-31"), ["2026-03-12 09:00 Lægen"]);
}

#[test]
fn what_is_no_call_to_a_meeting_is_not_taken() {
    let (karla, bo) = (Member::new(KARLA), Member::new(BO));
    let call = karla.calls(karla.meets());
    let end = |ics: &str| {
        let at = ics.find("DTEND").expect("an end");
        ics[at..].lines().next().expect("a line").to_owned()
    };
    let event = {
        let (from, to) = (call.find("BEGIN:VEVENT").unwrap(), call.find("END:VCALENDAR").unwrap());
        call[from..to].to_owned()
    };
    let second = event.replace("UID:", "UID:anden-");
    let crowd = format!("{}ATTENDEE", "ATTENDEE:matrix:u/x:y.dk\r\n".repeat(600));
    let long = format!("DESCRIPTION:{}", "æ".repeat(500_000));
    for (text, why) in [
        (with(&call, &end(&call), "DTEND:20460310T120000Z"), NotTaken::Unreadable),
        (with(&call, &end(&call), "DURATION:P9999D"), NotTaken::Unreadable),
        (with(&call, "END:VEVENT", "RRULE:FREQ=SECONDLY\r\nEND:VEVENT"), NotTaken::Unreadable),
        (with(&call, "END:VCALENDAR", &format!("{second}END:VCALENDAR")), NotTaken::Unreadable),
        (with(&call, "END:VCALENDAR", &format!("{event}END:VCALENDAR")), NotTaken::Unreadable),
        (
            with(&call, "END:VEVENT", "RECURRENCE-ID:20260310T080000Z\r\nEND:VEVENT"),
            NotTaken::Unreadable,
        ),
        (with(&call, "TZID=Europe/Copenhagen", "TZID=Atlantis"), NotTaken::Unreadable),
        (with(&call, "METHOD:REQUEST\r\n", ""), NotTaken::Unreadable),
        (with(&call, "METHOD:REQUEST", "METHOD:COUNTER"), NotTaken::Unreadable),
        (with(&call, "ORGANIZER", "X-ORGANIZER"), NotTaken::Unreadable),
        (with(&call, "DESCRIPTION:Dagsorden: løfter", &long), NotTaken::TooMuch),
        (with(&call, "UID:", &format!("UID:{}", "x".repeat(300))), NotTaken::TooMuch),
        (with(&call, "ATTENDEE", &crowd), NotTaken::TooMuch),
        ("hej".to_owned(), NotTaken::Unreadable),
    ] {
        let begun = text.get(..text.len().min(60)).unwrap_or_default();
        assert_eq!(bo.takes(&text, KARLA), Came::NotTaken(why), "{begun}");
    }
    assert!(bo.trial.shows("2026-03-01", "2026-03-31").is_empty());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4))]

    /// Calls, an answer and a cancellation, in any order and as often as may be: what counts last
    /// is what was sent last.
    #[test]
    fn the_order_in_which_messages_come_changes_nothing(order in proptest::collection::vec(0_usize..4, 4..16)) {
        let (karla, bo) = (Member::new(KARLA), Member::new(BO));
        let meeting = karla.meets();
        let (first, second) = (karla.calls(meeting), karla.calls(meeting));
        let off = karla.trial.open.meeting_call_off(&second, &karla.through(), HERE, now());
        let all = [first, second, off.expect("off"), karla.calls(meeting)];
        for at in order {
            bo.takes(&all[at], KARLA);
        }
        bo.takes(&all[3], KARLA);
        prop_assert_eq!(bo.trial.on("2026-03-10").status, Status::Confirmed);
        prop_assert_eq!(bo.takes(&all[2], KARLA), refused(Refusal::OutOfDate));
    }

    /// Whatever a message is broken into, nothing panics and the calendar can be read.
    #[test]
    fn a_broken_message_breaks_nothing(cuts in proptest::collection::vec((0_usize..900, "[ -~\r\n]{0,8}"), 60)) {
        let (karla, bo) = (Member::new(KARLA), Member::new(BO));
        let call = karla.calls(karla.meets());
        for (cut, new) in cuts {
            let cut = call.floor_char_boundary(cut);
            let text = format!("{}{new}{}", &call[..cut], call[cut..].get(1..).unwrap_or_default());
            bo.takes(&text, KARLA);
            let _ = Invited::read(&text);
        }
        bo.trial.shows("2026-03-01", "2026-03-31");
    }
}
