//! A leader comes to her network's meetings prepared, and leaves with promises that are kept.

use fristed_app::wire::NewEntry;
use fristed_app::wire::calendar::{Colour, Scope};
use fristed_app::wire::network::{
    AgendaItem, CommitmentState, Meeting, MeetingText, MemberForm, NetworkForm, Question,
    SuggestedFor,
};
use fristed_app::{AppError, Fristed};
use fristed_base::Moment;
use fristed_tests::Leader;
use fristed_tests::window::at;

const SERIES: &str = "UID:netvaerk@kommunen|DTSTAMP:20260101T120000Z|\
    DTSTART;TZID=Romance Standard Time:20260303T090000|\
    DTEND;TZID=Romance Standard Time:20260303T120000|RRULE:FREQ=WEEKLY;INTERVAL=2|\
    SUMMARY:Netværksmøde|LOCATION:Skolen i nord";

/// A leader with a journal, and a network that meets every other Tuesday at nine.
fn karla_with_a_network(now: Moment) -> (Leader, Fristed, String) {
    let karla = Leader::named("Karla");
    let file = karla.calendar_file("netvaerk.ics", &[SERIES]).display().to_string();
    karla.does(&["import", &file, "--calendar", "Arbejde"]);
    let window = karla.at_the_window(now);
    let form = NetworkForm {
        name: "Skoleledere i nord".into(),
        purpose: "At være færre alene".into(),
        colour: Colour::Blue,
        rhythm: "Hver anden tirsdag".into(),
        title_contains: "netværk".into(),
    };
    let network = window.network_create(form, now).expect("a network");
    let mette = MemberForm {
        name: "Mette Hansen".into(),
        role: "Tovholder".into(),
        workplace: "Skolen i syd".into(),
        email: String::new(),
        notes: String::new(),
    };
    window.member_add(&network.id, mette).expect("a member");
    (karla, window, network.id)
}

/// Confirms the suggestion of a day.
fn meets(window: &Fristed, network: &str, day: &str, now: Moment) -> Meeting {
    let suggestions = window.network_get(network, now).expect("the network").suggestions;
    let one = suggestions.iter().find(|one| one.start.starts_with(day));
    let one = one.unwrap_or_else(|| panic!("{day} is suggested"));
    window.meeting_tie(network, &one.event, one.recurrence_id.as_deref()).expect("a meeting")
}

fn promises(window: &Fristed, meeting: &Meeting, line: &str, now: Moment) -> String {
    let network = &meeting.row.network;
    let understood = window.commitment_parse(network, line, now).expect("understood");
    let made = window.commitment_add(network, Some(&meeting.row.id), understood.form, now);
    made.expect("noted").id
}

#[test]
fn a_leader_prepares_holds_and_follows_up_three_meetings_across_a_summer_time_change() {
    let early = at("2026-03-05T08:00:00+01:00");
    let (karla, window, network) = karla_with_a_network(early);
    let days = ["2026-03-17", "2026-03-31", "2026-04-14"];
    let [first, second, third] = days.map(|day| meets(&window, &network, day, early));
    assert_eq!(first.row.start, "2026-03-17T09:00:00+01:00");
    assert_eq!(second.row.start, "2026-03-31T09:00:00+02:00", "the same hour on the wall");

    // Before: she writes down what she wants, and Fristed finds what she wrote about it.
    let entry = |body: &str, now| {
        let new = NewEntry { body: body.into(), ..blank() };
        window.entry_create(new, now).expect("an entry").id
    };
    let about = entry("# Sygefravær\n\nDet fylder for meget i afdelingen.", early);
    entry("# Noget helt andet\n\nOm køkkenet.", early);
    let text = MeetingText { aim: "Et råd om fravær".into(), ..written(&first) };
    window.meeting_save(&first.row.id, text).expect("saved");
    let item = |title: &str, minutes| AgendaItem { title: title.into(), minutes };
    let agenda = vec![item("Sygefravær i afdelingerne", 45), item("Eventuelt", 0)];
    window.meeting_set_agenda(&first.row.id, agenda).expect("an agenda");
    let question =
        Question { text: "Hvad fylder?".into(), answer: "Fraværet".into(), entry: None };
    window.meeting_set_questions(&first.row.id, vec![question]).expect("questions");
    let found = window.meeting_entry_suggestions(&first.row.id).expect("suggestions");
    assert_eq!((found[0].row.id.as_str(), found[0].why), (about.as_str(), SuggestedFor::Words));
    window.meeting_set_entries(&first.row.id, std::slice::from_ref(&about)).expect("brought");

    let morning = at("2026-03-14T08:00:00+01:00");
    let due = window.reminders_due(morning).expect("reminders");
    assert_eq!(due.len(), 1, "three days before she is reminded");
    window.reminder_shown(&due[0].key, morning).expect("shown");
    assert!(window.reminders_due(morning).expect("reminders").is_empty(), "once");
    let ready = window.meeting_set_ready(&first.row.id, true).expect("ready");
    let parts = ready.row.parts;
    assert!(parts.aim && parts.questions && parts.entries && parts.agenda && parts.promised);

    // During: a note, and promises in one line each.
    let now = at("2026-03-17T11:30:00+01:00");
    let notes = MeetingText {
        notes: "Bo har prøvet det".into(),
        carry_over: "Vi begynder med Bo".into(),
        ..written(&ready)
    };
    window.meeting_save(&first.row.id, notes).expect("saved");
    let mine = promises(&window, &first, "jeg ringer til HR inden fredag", now);
    promises(&window, &first, "Mette: sender årshjulet senest 1/4", now);
    let made = window.meeting_get(&first.row.id).expect("it").made_here;
    let said: Vec<_> =
        made.iter().map(|one| (one.who_name.as_str(), one.form.due.as_deref())).collect();
    assert_eq!(said, [("", Some("2026-03-20")), ("Mette Hansen", Some("2026-04-01"))]);

    // After: a reflection from its template.
    let template = window.templates().into_iter().find(|t| t.id == "network-meeting");
    let body = template.expect("the template").body;
    let new = NewEntry { body, template: Some("network-meeting".into()), ..blank() };
    let reflection = window.entry_create(new, now).expect("an entry").id;
    let held = window.meeting_set_reflection(&first.row.id, Some(&reflection)).expect("tied");
    assert_eq!(held.reflection.map(|row| row.id), Some(reflection));

    // She does what she promised; Mette has not yet.
    let thursday = at("2026-03-19T10:00:00+01:00");
    let today = window.network_day("2026-03-19", thursday).expect("the day");
    assert_eq!((today.due.len(), today.open), (1, 1));
    window.commitment_set_state(&mine, CommitmentState::Done, thursday).expect("done");

    // The second meeting, in summer time, tells what was promised and where it stands.
    let before = window.meeting_get(&second.row.id).expect("it");
    assert_eq!(before.previous.as_ref().map(|row| row.id.as_str()), Some(first.row.id.as_str()));
    assert_eq!(before.my_promises[0].state, CommitmentState::Done);
    assert_eq!(before.their_promises[0].who_name, "Mette Hansen");
    let carried = before.carried_over.expect("what the first meeting noted");
    assert_eq!((carried.meeting, carried.day), (first.row.id.clone(), "2026-03-17".into()));
    assert_eq!(carried.text, "Vi begynder med Bo");
    let (sheet, name) = window.meeting_markdown(&second.row.id).expect("a sheet");
    assert_eq!(name, "2026-03-31 Netværksmøde.md");
    assert!(sheet.contains("tirsdag den 31. marts 2026 kl. 9.00–12.00"), "{sheet}");
    assert!(sheet.contains("- [x] ringer til HR (senest fredag den 20. marts 2026)"), "{sheet}");
    assert!(sheet.contains("- [ ] Mette Hansen: sender årshjulet"), "{sheet}");
    assert!(sheet.contains("## Ført videre fra sidst\n\nVi begynder med Bo\n"), "{sheet}");

    // From the third on they meet at one; the third meeting follows.
    let now = at("2026-03-31T11:30:00+02:00");
    let promise = promises(&window, &second, "jeg finder et lokale", now);
    let of = third.occurrence.as_ref().expect("its occurrence");
    let times = ("2026-04-14T13:00", "2026-04-14T16:00");
    let key = of.recurrence_id.as_deref();
    window.event_move(&of.event, key, Scope::Following, times, now).expect("moved");
    let moved = window.meeting_get(&third.row.id).expect("it");
    assert_eq!(
        (moved.row.start.as_str(), moved.row.detached),
        ("2026-04-14T13:00:00+02:00", false)
    );
    assert_eq!(moved.my_promises.len(), 1, "only what is open, or was closed since the last time");
    assert_eq!(moved.my_promises[0].id, promise);
    assert_eq!(moved.their_promises.len(), 1, "Mette's is carried on until it is closed");

    // Afterwards the network has held three, and the terminal tells the same.
    let later = at("2026-04-20T08:00:00+02:00");
    let whole = window.network_get(&network, later).expect("the network");
    assert_eq!((whole.held.len(), whole.coming.len(), whole.commitments.len()), (3, 0, 3));
    window.lock();
    let agenda = karla.agenda("2026-03-16", "2026-04-15");
    let told: Vec<_> = agenda.iter().map(|one| one["start"].as_str().unwrap_or_default()).collect();
    assert_eq!(
        told,
        ["2026-03-17T09:00:00+01:00", "2026-03-31T09:00:00+02:00", "2026-04-14T13:00:00+02:00"]
    );
    assert!(agenda.iter().all(|one| one["network"] == "Skoleledere i nord"), "{agenda:?}");
    karla.sees_that_all_is_whole();
}

#[test]
fn deleting_an_entry_or_a_meeting_says_what_else_it_touches() {
    let now = at("2026-03-05T08:00:00+01:00");
    let (_karla, window, network) = karla_with_a_network(now);
    let meeting = meets(&window, &network, "2026-03-17", now);
    let entry = window
        .entry_create(NewEntry { body: "Om tillid".into(), ..blank() }, now)
        .expect("an entry")
        .id;
    window.meeting_set_entries(&meeting.row.id, std::slice::from_ref(&entry)).expect("brought");
    promises(&window, &meeting, "jeg ringer til Bo", now);

    let touched = window.entry_meetings(&entry).expect("where it was brought");
    assert_eq!(touched[0].id, meeting.row.id, "she is told before the entry goes");
    window.entry_trash(&entry, now).expect("in the trash");
    let brought = || window.meeting_get(&meeting.row.id).expect("it").entries;
    assert!(brought()[0].trashed_at.is_some(), "it can still be taken back");
    window.trash_empty().expect("gone for good");
    assert!(brought().is_empty(), "and is gone from the meeting");

    assert_eq!(window.meeting_touches(&meeting.row.id).expect("it").commitments, 1);
    window.meeting_delete(&meeting.row.id).expect("deleted");
    let whole = window.network_get(&network, now).expect("the network");
    assert_eq!(whole.commitments.len(), 1, "a promise stays a promise");
    assert!(
        whole.suggestions.iter().any(|one| one.start.starts_with("2026-03-17")),
        "as does the event"
    );
    let all = window.network_touches(&network).expect("all of it");
    assert_eq!((all.meetings.len(), all.commitments), (0, 1));
}

#[test]
fn a_detached_meeting_is_tied_again() {
    let now = at("2026-03-05T08:00:00+01:00");
    let (_karla, window, network) = karla_with_a_network(now);
    let meeting = meets(&window, &network, "2026-03-17", now);
    let text = MeetingText { aim: "Et råd".into(), ..written(&meeting) };
    window.meeting_save(&meeting.row.id, text).expect("saved");
    let of = meeting.occurrence.as_ref().expect("its occurrence");
    let key = of.recurrence_id.as_deref();
    let touched = window.event_touches(&of.event, key, Scope::This).expect("what it touches");
    assert_eq!(touched.meetings.len(), 1);
    let gone = window.event_delete(&of.event, key, Scope::This, now).expect("deleted");
    let detached = window.meeting_get(&meeting.row.id).expect("it");
    assert!(detached.row.detached && detached.occurrence.is_none());
    assert_eq!(detached.row.start, meeting.row.start, "it shows what was last known");

    let other = window.calendar_search("netværksmøde", now).expect("found")[0].clone();
    let again = window
        .meeting_retie(&meeting.row.id, &other.event, other.recurrence_id.as_deref())
        .expect("tied again");
    assert_eq!((again.row.detached, again.row.start.as_str()), (false, other.start.as_str()));
    assert_eq!(again.text.aim, "Et råd", "and has all that was gathered");
    window.calendar_undo(&gone.undo, now).expect("the deletion is taken back");
    assert_eq!(window.meeting_get(&meeting.row.id).expect("it").row.start, other.start);
    let twice: Result<_, AppError> = window.calendar_undo(&gone.undo, now);
    assert!(twice.is_err(), "once");
}

fn written(meeting: &Meeting) -> MeetingText {
    meeting.text.clone()
}

fn blank() -> NewEntry {
    NewEntry {
        title: String::new(),
        body: String::new(),
        tags: Vec::new(),
        template: None,
        day: None,
    }
}
