//! Meetings follow their occurrences, are detached where those are gone, and tied again.

use fristed_base::EntryId;
use fristed_calendar::{
    AgendaItem, CalendarError, EventForm, MeetingPeople, MeetingText, MemberForm, NetworkForm,
    Question, Scope,
};

use crate::trial::{HERE, Trial, at, key, now, time};

#[test]
fn a_meeting_follows_its_occurrence_through_changes_of_the_series() {
    let karla = Trial::new();
    let (series, network) = (karla.series(), karla.network());
    let (second, third) = (karla.meets(network, "2026-03-17"), karla.meets(network, "2026-03-31"));
    let of = |on: &str| key(&karla.on(on));

    // The whole series moves to Wednesdays at ten.
    let first = of("2026-03-03");
    let times = (time("2026-03-04 10:00"), time("2026-03-04 13:00"));
    karla
        .open
        .event_move((series, first.as_deref()), Scope::All, times, HERE, now())
        .expect("all moved");
    assert_eq!(karla.meeting(second), "2026-03-18 10:00 Netværksmøde");
    assert_eq!(karla.meeting(third), "2026-04-01 10:00 Netværksmøde");

    // From the third on they are on Thursdays at noon, under another UID.
    let split = of("2026-04-01");
    let times = (time("2026-04-02 12:00"), time("2026-04-02 15:00"));
    let rest = karla
        .open
        .event_move((series, split.as_deref()), Scope::Following, times, HERE, now())
        .expect("the rest moved");
    assert_ne!(rest.event, Some(series));
    assert_eq!(karla.meeting(second), "2026-03-18 10:00 Netværksmøde", "before the split");
    assert_eq!(karla.meeting(third), "2026-04-02 12:00 Netværksmøde", "after it");

    // One of them gets another title and hour.
    let one = of("2026-03-18");
    let form = EventForm { ..karla.form("Hos Mette", "2026-03-18 14:00", "2026-03-18 16:00") };
    karla
        .open
        .event_change((series, one.as_deref()), Scope::This, &form, HERE, now())
        .expect("one changed");
    assert_eq!(karla.meeting(second), "2026-03-18 14:00 Hos Mette");

    karla.open.undo(rest.undo, HERE, now()).expect_err("the first part was changed since");
}

#[test]
fn taking_a_change_back_takes_the_meetings_back() {
    let karla = Trial::new();
    let (series, network) = (karla.series(), karla.network());
    let third = karla.meets(network, "2026-03-31");
    let split = key(&karla.on("2026-03-17"));
    let times = (time("2026-03-19 12:00"), time("2026-03-19 15:00"));
    let rest = karla
        .open
        .event_move((series, split.as_deref()), Scope::Following, times, HERE, now())
        .expect("moved");
    assert_eq!(karla.meeting(third), "2026-04-02 12:00 Netværksmøde");
    karla.open.undo(rest.undo, HERE, now()).expect("taken back");
    assert_eq!(karla.meeting(third), "2026-03-31 09:00 Netværksmøde");
}

#[test]
fn a_meeting_whose_occurrence_is_gone_is_detached_and_can_be_tied_again() {
    let karla = Trial::new();
    let (series, network) = (karla.series(), karla.network());
    let second = karla.meets(network, "2026-03-17");
    let gone = key(&karla.on("2026-03-17"));
    let touched = karla
        .open
        .event_touches((series, gone.as_deref()), Scope::This, HERE)
        .expect("what it touches");
    assert_eq!(touched.meetings.len(), 1, "a deletion says what else it touches");
    karla.open.event_delete((series, gone.as_deref()), Scope::This, HERE, now()).expect("deleted");
    assert_eq!(karla.meeting(second), "2026-03-17 09:00 Netværksmøde (løsrevet)");

    let other = karla.makes(&karla.form("Erstatning", "2026-03-19 09:00", "2026-03-19 12:00"));
    let event = other.event.expect("an event");
    karla.open.meeting_retie(second, (event, None), HERE).expect("tied again");
    assert_eq!(karla.meeting(second), "2026-03-19 09:00 Erstatning");
    assert_eq!(karla.on("2026-03-19").meeting.map(|(meeting, _)| meeting), Some(second));
}

#[test]
fn a_meeting_says_what_the_one_before_it_noted_for_it() {
    let karla = Trial::new();
    karla.series();
    let network = karla.network();
    let (first, second) = (karla.meets(network, "2026-03-03"), karla.meets(network, "2026-03-17"));
    let third = karla.meets(network, "2026-03-31");
    let carried = |id| karla.open.meeting(id, HERE).expect("the meeting").carried_over;
    assert_eq!(carried(first), None, "there is none before it");
    assert_eq!(carried(second), None, "the first noted nothing");
    let writes = |text: &str, version| {
        let text = MeetingText { carry_over: text.into(), version, ..MeetingText::default() };
        karla.open.meeting_save(first, &text).expect("saved")
    };
    let version = karla.open.meeting(first, HERE).expect("the meeting").text.version;
    let version = writes("Vi begynder med Bo", version);
    let noted = carried(second).expect("a note");
    assert_eq!((noted.meeting, noted.text.as_str()), (first, "Vi begynder med Bo"));
    assert_eq!(noted.day.to_string(), "2026-03-03");
    assert_eq!(carried(third), None, "the one just before it counts");
    writes(" \n", version);
    assert_eq!(carried(second), None, "blanks are no note");
}

#[test]
fn one_occurrence_is_one_meeting_of_one_network() {
    let karla = Trial::new();
    karla.series();
    let (north, south) = (karla.network(), karla.network());
    let meeting = karla.meets(north, "2026-03-17");
    assert_eq!(karla.meets(north, "2026-03-17"), meeting, "the same one again");
    let seen = karla.on("2026-03-17");
    let refused = karla.open.meeting_tie(south, (seen.event, key(&seen).as_deref()), HERE);
    assert!(matches!(refused, Err(CalendarError::AlreadyMeeting)));
}

#[test]
fn a_rule_suggests_and_the_leader_decides() {
    let karla = Trial::new();
    karla.series();
    karla.makes(&karla.form("Samtale", "2026-03-10 13:00", "2026-03-10 14:00"));
    let network = karla.network();
    let suggested = || karla.open.network(network, HERE, now()).expect("it").suggestions;
    let all = suggested();
    assert!(all.len() > 20 && all.iter().all(|seen| &*seen.title == "Netværksmøde"));
    let (first, second) = (&all[0], &all[1]);
    karla.open.meeting_tie(network, (first.event, key(first).as_deref()), HERE).expect("yes");
    let no = (second.event, key(second));
    karla.open.suggestion_dismiss(network, (no.0, no.1.as_deref()), HERE).expect("no");
    let left = suggested();
    assert_eq!(left[0].key(), all[2].key(), "neither is suggested again");
}

#[test]
fn a_meeting_keeps_what_is_written_on_its_page() {
    let karla = Trial::new();
    karla.series();
    let network = karla.network();
    let id = karla.meets(network, "2026-03-17");
    let mette = karla
        .open
        .member_add(network, &MemberForm { name: "Mette".into(), ..MemberForm::default() })
        .expect("a member");
    let text = MeetingText { aim: "Et råd".into(), version: 1, ..MeetingText::default() };
    assert_eq!(karla.open.meeting_save(id, &text).expect("saved"), 2);
    let again = karla.open.meeting_save(id, &text);
    assert!(matches!(again, Err(CalendarError::Changed)), "another was saved since");
    let entry = EntryId::new();
    let asks = |answer: &str, entry| {
        vec![Question { text: "Hvad fylder?".into(), answer: answer.into(), entry }]
    };
    karla.open.meeting_set_questions(id, &asks(" ", None)).expect("questions");
    let parts = || karla.open.meeting(id, HERE).expect("it").row.parts;
    assert!(parts().aim && !parts().questions && !parts().agenda && !parts().entries);
    karla.open.meeting_set_questions(id, &asks("", Some(entry))).expect("an answer");
    karla
        .open
        .meeting_set_agenda(id, &[AgendaItem { title: "Runde".into(), minutes: 20 }])
        .expect("an agenda");
    karla.open.meeting_set_entries(id, &[entry, entry]).expect("entries");
    let people = MeetingPeople { host: Some(mette.id), facilitator: None, method: "gibbs".into() };
    karla.open.meeting_set_people(id, &people).expect("people");
    karla.open.meeting_set_ready(id, true).expect("ready");
    let whole = karla.open.meeting(id, HERE).expect("it");
    assert!(parts().questions && parts().agenda && parts().entries && whole.row.ready);
    assert_eq!((whole.entries.clone(), whole.people), (vec![entry], people));
    assert_eq!(karla.open.entry_meetings(entry).expect("its meetings").len(), 1);

    karla.open.forget_entry(entry).expect("it is gone from the journal");
    let whole = karla.open.meeting(id, HERE).expect("it");
    assert!(whole.entries.is_empty() && whole.questions[0].entry.is_none());
    karla.open.member_remove(mette.id).expect("gone");
    assert_eq!(karla.open.meeting(id, HERE).expect("it").people.host, None);
}

#[test]
fn meetings_stand_before_and_after_now() {
    let karla = Trial::new();
    karla.series();
    let network = karla.network();
    for on in ["2026-03-03", "2026-03-17", "2026-03-31"] {
        karla.meets(network, on);
    }
    let later = at("2026-03-17T10:00:00+01:00");
    let whole = karla.open.network(network, HERE, later).expect("it");
    assert_eq!((whole.coming.len(), whole.held.len()), (2, 1), "the one under way has not ended");
    let rows = karla.open.networks(HERE, later).expect("all");
    assert_eq!(rows[0].next.as_ref().map(|next| next.id), Some(whole.coming[0].id));
    let between = karla.open.meeting(whole.coming[0].id, HERE).expect("it");
    assert_eq!(between.previous.map(|row| row.id), Some(whole.held[0].id));
    assert_eq!(between.next.map(|row| row.id), Some(whole.coming[1].id));
}

#[test]
fn deleting_a_calendar_or_a_network_says_what_goes_along() {
    let karla = Trial::new();
    karla.series();
    let network = karla.network();
    let meeting = karla.meets(network, "2026-03-17");
    let touched = karla.open.calendar_touches(karla.work).expect("what it touches");
    assert_eq!(touched.meetings.len(), 1);
    karla.open.calendar_delete(karla.work, HERE).expect("deleted");
    assert_eq!(karla.meeting(meeting), "2026-03-17 09:00 Netværksmøde (løsrevet)");
    assert_eq!(karla.open.network_touches(network).expect("all").meetings.len(), 1);
    karla.open.network_delete(network).expect("deleted");
    assert!(matches!(karla.open.meeting(meeting, HERE), Err(CalendarError::NotFound)));
    assert!(karla.open.networks(HERE, now()).expect("none").is_empty());
}

#[test]
fn a_network_can_be_given_another_name() {
    let karla = Trial::new();
    let network = karla.network();
    let form = NetworkForm { name: "Nord".into(), ..NetworkForm::default() };
    karla.open.network_change(network, &form).expect("changed");
    let whole = karla.open.network(network, HERE, now()).expect("it");
    assert_eq!(whole.form, form);
    assert!(whole.suggestions.is_empty(), "it has no rule any more");
}
