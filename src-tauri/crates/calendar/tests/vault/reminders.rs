//! Reminders come on their day, once, and also after the computer slept.

use fristed_calendar::{
    CommitmentForm, CommitmentState, EventForm, Promiser, Reminder, ReminderOf, Reminding, Scope,
};

use crate::trial::{HERE, Trial, at, day, now};

fn due(karla: &Trial, when: &str) -> Vec<Reminder> {
    karla.open.reminders_due(HERE, at(when)).expect("reminders")
}

fn shows(karla: &Trial, when: &str) -> Vec<Reminder> {
    let all = due(karla, when);
    for reminder in &all {
        karla.open.reminder_shown(&reminder.key, at(when)).expect("shown");
    }
    all
}

#[test]
fn a_meeting_is_to_be_prepared_on_the_days_she_chose_and_once_each() {
    let karla = Trial::new();
    karla.series();
    let meeting = karla.meets(karla.network(), "2026-03-17");
    assert!(due(&karla, "2026-03-14T07:59:00+01:00").is_empty(), "not before eight");
    let first = shows(&karla, "2026-03-14T08:00:00+01:00");
    assert_eq!(first.len(), 1);
    assert_eq!(first[0].of, ReminderOf::Meeting(meeting));
    assert!(due(&karla, "2026-03-14T08:01:00+01:00").is_empty(), "never twice");
    assert!(due(&karla, "2026-03-15T12:00:00+01:00").is_empty(), "nor the day after");
    assert_eq!(shows(&karla, "2026-03-16T08:00:00+01:00").len(), 1, "the next one she chose");
    assert!(due(&karla, "2026-03-17T09:00:00+01:00").is_empty(), "not once it has begun");
}

#[test]
fn after_a_long_sleep_one_reminder_comes_for_all_that_were_missed() {
    let karla = Trial::new();
    karla.series();
    karla.meets(karla.network(), "2026-03-17");
    assert_eq!(shows(&karla, "2026-03-16T22:00:00+01:00").len(), 1);
    assert!(due(&karla, "2026-03-16T22:01:00+01:00").is_empty());
}

#[test]
fn whoever_is_ready_is_not_reminded() {
    let karla = Trial::new();
    karla.series();
    let meeting = karla.meets(karla.network(), "2026-03-17");
    let reminded = |on: &str, now: &str| {
        karla.open.network_day(day(on), HERE, at(now)).expect("the day").reminders.len()
    };
    assert_eq!(reminded("2026-03-14", "2026-03-14T09:00:00+01:00"), 1);
    karla.open.reminder_put_away(meeting, day("2026-03-14")).expect("away");
    assert_eq!(reminded("2026-03-15", "2026-03-15T09:00:00+01:00"), 0, "put away");
    assert_eq!(reminded("2026-03-16", "2026-03-16T09:00:00+01:00"), 1, "the next one comes");
    karla.open.meeting_set_ready(meeting, true).expect("ready");
    assert_eq!(reminded("2026-03-16", "2026-03-16T09:00:00+01:00"), 0);
    assert!(due(&karla, "2026-03-16T09:00:00+01:00").is_empty());
}

#[test]
fn a_commitment_reminds_on_its_day_and_not_when_it_is_done() {
    let karla = Trial::new();
    let network = karla.network();
    let form = |what: &str, on: &str| CommitmentForm {
        who: Promiser::Me,
        what: what.into(),
        due: Some(day(on)),
    };
    let adds = |form: &CommitmentForm| {
        karla.open.commitment_add(network, None, form, now()).expect("promised").id
    };
    adds(&form("ringe", "2026-03-06"));
    let done = adds(&form("skrive", "2026-03-06"));
    adds(&form("for længst", "2026-02-01"));
    karla.open.commitment_set_state(done, CommitmentState::Done, now()).expect("done");
    assert!(due(&karla, "2026-03-05T12:00:00+01:00").is_empty());
    let shown = shows(&karla, "2026-03-09T12:00:00+01:00");
    assert_eq!(shown.iter().map(|one| one.title.as_str()).collect::<Vec<_>>(), ["ringe"]);
    assert!(due(&karla, "2026-03-10T12:00:00+01:00").is_empty());
    let quiet =
        Reminding { notify: true, days_before: vec![], commitments: false, names_it: false };
    karla.open.set_reminding(&quiet).expect("quiet");
    adds(&form("stille", "2026-03-12"));
    assert!(due(&karla, "2026-03-12T12:00:00+01:00").is_empty());
}

#[test]
fn an_events_own_alarm_comes_before_each_occurrence() {
    let karla = Trial::new();
    let series = karla.series();
    let info = karla.open.event(series, None, HERE).expect("it");
    let form = EventForm {
        alarms: vec![15, 60],
        repeat: info.repeat,
        ..karla.form("Netværksmøde", "2026-03-03 09:00", "2026-03-03 12:00")
    };
    karla.open.event_change((series, None), Scope::All, &form, HERE, now()).expect("alarms");
    assert!(due(&karla, "2026-03-31T07:59:00+02:00").is_empty());
    assert_eq!(shows(&karla, "2026-03-31T08:00:00+02:00").len(), 1, "an hour before, in summer");
    assert!(due(&karla, "2026-03-31T08:30:00+02:00").is_empty());
    let last = shows(&karla, "2026-03-31T08:45:00+02:00");
    assert_eq!(last[0].of, ReminderOf::Event(series));
    assert!(due(&karla, "2026-03-31T08:46:00+02:00").is_empty());
    assert!(due(&karla, "2026-04-14T09:20:00+02:00").is_empty(), "long begun, nobody asked");
}
