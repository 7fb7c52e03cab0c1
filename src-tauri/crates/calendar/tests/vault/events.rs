//! Events: made, seen, changed, moved, deleted, taken back.

use fristed_base::Moment;
use fristed_calendar::{CalendarError, Colour, EventForm, Repeat, RepeatEnd, RepeatUnit, Scope};

use crate::trial::{HERE, Trial, day, key, now, time};

#[test]
fn a_view_shows_what_was_made_day_long_ones_first() {
    let karla = Trial::new();
    karla.makes(&karla.form("Samtale", "2026-03-10 13:00", "2026-03-10 14:00"));
    karla.makes(&karla.form("Kursus", "2026-03-10", "2026-03-12"));
    let early = EventForm {
        location: String::new(),
        ..karla.form("Kaffe", "2026-03-10 07:30", "2026-03-10 08:00")
    };
    karla.makes(&early);
    assert_eq!(
        karla.shows("2026-03-10", "2026-03-10"),
        ["2026-03-10 Kursus", "2026-03-10 07:30 Kaffe", "2026-03-10 13:00 Samtale"]
    );
    assert_eq!(karla.shows("2026-03-11", "2026-03-11"), ["2026-03-10 Kursus"]);
    assert!(karla.shows("2026-03-12", "2026-03-12").is_empty(), "an end is exclusive");
}

#[test]
fn a_series_keeps_its_hour_across_the_change_of_the_clocks() {
    let karla = Trial::new();
    karla.series();
    assert_eq!(
        karla.shows("2026-03-01", "2026-04-14"),
        [
            "2026-03-03 09:00 Netværksmøde",
            "2026-03-17 09:00 Netværksmøde",
            "2026-03-31 09:00 Netværksmøde",
            "2026-04-14 09:00 Netværksmøde"
        ]
    );
}

#[test]
fn a_hidden_calendar_is_not_in_the_view_and_still_in_the_agenda() {
    let karla = Trial::new();
    karla.makes(&karla.form("Samtale", "2026-03-10 13:00", "2026-03-10 14:00"));
    karla.open.calendar_change(karla.work, "Arbejde", Colour::Red, false).expect("hidden");
    assert!(karla.shows("2026-03-10", "2026-03-10").is_empty());
    let agenda = |from, to| karla.open.agenda(day(from), day(to), HERE).expect("an agenda").seen;
    assert_eq!(agenda("2026-03-10", "2026-03-11").len(), 1);
    assert!(agenda("2026-03-09", "2026-03-10").is_empty(), "the last day is exclusive");
    assert!(agenda("2026-03-11", "2026-03-10").is_empty());
}

#[test]
fn one_two_or_all_of_a_series_can_be_moved_and_taken_back() {
    let karla = Trial::new();
    let series = karla.series();
    let before = karla.shows("2026-03-01", "2026-04-30");
    let third = karla.on("2026-03-31");
    let moved = |scope| {
        let key = key(&third);
        let times = (time("2026-04-01 10:30"), time("2026-04-01 13:30"));
        karla.open.event_move((series, key.as_deref()), scope, times, HERE, now()).expect("moved")
    };
    let shows = || karla.shows("2026-03-01", "2026-04-30");

    let one = moved(Scope::This);
    assert_eq!(shows()[2], "2026-04-01 10:30 Netværksmøde");
    assert_eq!(shows()[3], before[3], "the others stay");
    karla.open.undo(one.undo, HERE, now()).expect("taken back");
    assert_eq!(shows(), before);

    let rest = moved(Scope::Following);
    assert_eq!(shows()[1], before[1]);
    assert_eq!(
        shows()[2..4],
        ["2026-04-01 10:30 Netværksmøde", "2026-04-15 10:30 Netværksmøde"],
        "the weekday of the rule moves along"
    );
    karla.open.undo(rest.undo, HERE, now()).expect("taken back");
    assert_eq!(shows(), before);

    let all = moved(Scope::All);
    assert_eq!(shows()[0], "2026-03-04 10:30 Netværksmøde", "a day later, at the new hour");
    assert_eq!(shows()[2], "2026-04-01 10:30 Netværksmøde");
    assert_eq!(all.event, Some(series));
    karla.open.undo(all.undo, HERE, now()).expect("taken back");
    assert_eq!(shows(), before);
    assert!(
        matches!(karla.open.undo(all.undo, HERE, now()), Err(CalendarError::UndoGone)),
        "a change is taken back once"
    );
}

#[test]
fn what_was_changed_again_is_not_overwritten_by_taking_back() {
    let karla = Trial::new();
    let made = karla.makes(&karla.form("Samtale", "2026-03-10 13:00", "2026-03-10 14:00"));
    let event = made.event.expect("an event");
    let form = karla.form("Samtale med Bo", "2026-03-10 13:00", "2026-03-10 14:00");
    karla.open.event_change((event, None), Scope::All, &form, HERE, now()).expect("changed");
    assert!(matches!(karla.open.undo(made.undo, HERE, now()), Err(CalendarError::UndoGone)));
    assert_eq!(karla.shows("2026-03-10", "2026-03-10"), ["2026-03-10 13:00 Samtale med Bo"]);
}

#[test]
fn a_deleted_event_comes_back_with_its_id() {
    let karla = Trial::new();
    let series = karla.series();
    let second = karla.on("2026-03-17");
    let deletes = |scope| {
        let key = key(&second);
        karla.open.event_delete((series, key.as_deref()), scope, HERE, now()).expect("deleted")
    };
    let count = || karla.shows("2026-03-01", "2026-04-14").len();
    let one = deletes(Scope::This);
    assert_eq!((count(), one.event), (3, Some(series)));
    karla.open.undo(one.undo, HERE, now()).expect("back");
    let rest = deletes(Scope::Following);
    assert_eq!(count(), 1);
    karla.open.undo(rest.undo, HERE, now()).expect("back");
    let all = deletes(Scope::All);
    assert_eq!((count(), all.event), (0, None));
    karla.open.undo(all.undo, HERE, now()).expect("back");
    assert_eq!(karla.on("2026-03-17").event, series);
}

#[test]
fn only_what_the_form_changes_is_written() {
    let karla = Trial::new();
    let made = karla.makes(&karla.form("Samtale", "2026-03-10 13:00", "2026-03-10 14:00"));
    let event = made.event.expect("an event");
    let before = karla.open.export(None, Some(event)).expect("its text");
    let same = karla.form("Samtale", "2026-03-10 13:00", "2026-03-10 14:00");
    karla.open.event_change((event, None), Scope::All, &same, HERE, now()).expect("unchanged");
    assert_eq!(karla.open.export(None, Some(event)).expect("its text"), before, "not a byte");
}

#[test]
fn the_form_says_how_it_repeats_and_can_change_it() {
    let karla = Trial::new();
    let series = karla.series();
    let info = karla.open.event(series, None, HERE).expect("the series");
    let repeat = info.repeat.expect("a form can say it");
    assert_eq!((repeat.every, repeat.interval), (RepeatUnit::Week, 2));
    let form = EventForm {
        repeat: Some(Repeat { end: RepeatEnd::Until(day("2026-03-31")), ..repeat }),
        ..karla.form("Netværksmøde", "2026-03-03 09:00", "2026-03-03 12:00")
    };
    karla.open.event_change((series, None), Scope::All, &form, HERE, now()).expect("ended");
    assert_eq!(karla.shows("2026-03-01", "2026-06-01").len(), 3, "the last day belongs to it");
    let once = EventForm { repeat: None, ..form };
    karla.open.event_change((series, None), Scope::All, &once, HERE, now()).expect("once");
    assert_eq!(karla.shows("2026-03-01", "2026-06-01").len(), 1);
}

#[test]
fn an_event_of_another_zone_stays_there_when_it_is_moved() {
    let karla = Trial::new();
    let form = EventForm {
        zone: Some(chrono_tz::Europe::London),
        ..karla.form("Webinar", "2026-03-10 09:00", "2026-03-10 10:00")
    };
    let event = karla.makes(&form).event.expect("an event");
    assert_eq!(karla.shows("2026-03-10", "2026-03-10"), ["2026-03-10 10:00 Webinar"]);
    let times = (time("2026-03-10 11:00"), time("2026-03-10 12:00"));
    karla.open.event_move((event, None), Scope::All, times, HERE, now()).expect("moved");
    let info = karla.open.event(event, None, HERE).expect("it");
    assert_eq!(info.seen.start.zone_name(), Some("Europe/London"));
    assert_eq!(karla.shows("2026-03-10", "2026-03-10"), ["2026-03-10 11:00 Webinar"]);
}

#[test]
fn an_end_before_the_start_is_refused() {
    let karla = Trial::new();
    for (start, end) in [
        ("2026-03-10 13:00", "2026-03-10 12:00"),
        ("2026-03-10", "2026-03-10"),
        ("2026-03-10", "2026-03-10 12:00"),
    ] {
        let made = karla.open.event_create(&karla.form("Umulig", start, end), HERE, now());
        assert!(matches!(made, Err(CalendarError::BadTimes)), "{start} to {end}");
    }
}

#[test]
fn a_search_finds_titles_and_places_nearest_to_today() {
    let karla = Trial::new();
    karla.series();
    karla.makes(&karla.form("Netværk med naboen", "2026-03-05 13:00", "2026-03-05 14:00"));
    karla.makes(&karla.form("Samtale", "2026-03-10 13:00", "2026-03-10 14:00"));
    let found = |typed, at: Moment| {
        let found = karla.open.search(typed, HERE, at).expect("a search");
        found.iter().map(crate::trial::shown).collect::<Vec<_>>()
    };
    assert_eq!(
        found("NETVÆRK", now()),
        ["2026-03-03 09:00 Netværksmøde", "2026-03-05 13:00 Netværk med naboen"]
    );
    assert_eq!(found("skolen samtale", now()), ["2026-03-10 13:00 Samtale"]);
    assert!(found("findes ikke", now()).is_empty());
    assert!(found("  ", now()).is_empty());
}

#[test]
fn an_event_can_go_to_another_calendar() {
    let karla = Trial::new();
    let home = karla
        .open
        .calendar_create("Hjemme", Colour::Blue, fristed_calendar::CalendarKind::Own)
        .expect("a calendar");
    let made = karla.makes(&karla.form("Samtale", "2026-03-10 13:00", "2026-03-10 14:00"));
    let event = made.event.expect("an event");
    let form = EventForm {
        calendar: home.id,
        ..karla.form("Samtale", "2026-03-10 13:00", "2026-03-10 14:00")
    };
    let moved =
        karla.open.event_change((event, None), Scope::All, &form, HERE, now()).expect("moved");
    assert_eq!(karla.on("2026-03-10").calendar, home.id);
    karla.open.undo(moved.undo, HERE, now()).expect("taken back");
    assert_eq!(karla.on("2026-03-10").calendar, karla.work);
}
