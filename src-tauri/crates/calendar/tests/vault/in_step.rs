//! What a server has and what is here, brought together in the store.

use std::collections::HashSet;

use fristed_base::{CalendarId, Secret};
use fristed_calendar::{
    Calendar, CalendarError, CalendarKind, Colour, EventForm, Keep, Login, Resource, Scope, What,
};

use crate::trial::{HERE, Trial, now};

const HREF: &str = "/karla/moeder/1.ics";

fn text(uid: &str, title: &str) -> String {
    format!(
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:{uid}\r\n\
         DTSTAMP:20260101T000000Z\r\nDTSTART:20260310T080000Z\r\nSUMMARY:{title}\r\n\
         END:VEVENT\r\nEND:VCALENDAR\r\n"
    )
}

fn resource(href: &str, etag: &str, text: String) -> Resource {
    Resource { href: href.into(), etag: etag.into(), text }
}

/// A calendar that is kept in step with a server.
fn in_step(open: &Calendar) -> CalendarId {
    let login = Login {
        address: "https://eksempel.dk/".into(),
        user: "karla".into(),
        password: Secret::new("hemmelig".into()),
    };
    let new = (
        "Møder".to_owned(),
        Colour::Blue,
        CalendarKind::CalDav,
        "https://eksempel.dk/karla/moeder/".to_owned(),
    );
    let made = open.sources_add(&login, std::slice::from_ref(&new), 15).expect("a calendar");
    let twice = open.sources_add(&login, &[new], 15);
    assert!(matches!(twice, Err(CalendarError::SourceHere)));
    made[0].id
}

fn take(open: &Calendar, id: CalendarId, resources: &[Resource]) {
    open.pull_take(id, resources, &HashSet::new(), HERE, now()).expect("taken in");
}

fn titles(karla: &Trial) -> Vec<String> {
    karla.shows("2026-03-10", "2026-03-10")
}

#[test]
fn what_is_no_event_or_comes_twice_is_left_alone() {
    let karla = Trial::new();
    let id = in_step(&karla.open);
    let task = text("2", "Opgave").replace("VEVENT", "VTODO");
    take(
        &karla.open,
        id,
        &[
            resource(HREF, "a", text("1", "Møde")),
            resource("/karla/moeder/2.ics", "b", task),
            resource("/karla/moeder/3.ics", "c", "ikke en kalender".into()),
            resource("/karla/moeder/4.ics", "d", text("1", "Det samme igen")),
        ],
    );
    assert_eq!(titles(&karla), ["2026-03-10 09:00 Møde"]);
    assert_eq!(karla.open.pull_known(id).expect("known"), [(HREF.to_owned(), "a".to_owned())]);
}

#[test]
fn an_event_that_was_deleted_before_it_was_sent_is_sent_nowhere() {
    let karla = Trial::new();
    let id = in_step(&karla.open);
    let form =
        EventForm { calendar: id, ..karla.form("Kort", "2026-03-10 08:00", "2026-03-10 09:00") };
    let made = karla.open.event_create(&form, HERE, now()).expect("made").event.expect("its id");
    assert_eq!(karla.open.push_list(id).expect("to send").len(), 1);
    karla.open.event_delete((made, None), Scope::All, HERE, now()).expect("deleted");
    assert!(karla.open.push_list(id).expect("nothing").is_empty());
    karla.open.pull_done(id, Some("token 1"), HERE, now()).expect("a look");
    let source = karla.open.calendar(id).expect("it").source.expect("a source");
    assert_eq!(source.waiting, 0);
}

#[test]
fn a_change_that_is_made_while_another_is_sent_is_sent_too() {
    let karla = Trial::new();
    let id = in_step(&karla.open);
    let form =
        EventForm { calendar: id, ..karla.form("Først", "2026-03-10 08:00", "2026-03-10 09:00") };
    let made = karla.open.event_create(&form, HERE, now()).expect("made").event.expect("its id");
    let first = karla.open.push_list(id).expect("to send").remove(0);
    let What::Put(sent) = first.what.clone() else { panic!("a text is sent") };
    let later = EventForm { title: "Siden".into(), ..form };
    karla.open.event_change((made, None), Scope::All, &later, HERE, now()).expect("changed");
    karla.open.push_put(id, &first, &resource(HREF, "a", sent), now()).expect("noted");
    let second = karla.open.push_list(id).expect("to send").remove(0);
    assert_eq!(second.there, Some((HREF.to_owned(), "a".to_owned())), "over the first one");
    assert!(matches!(&second.what, What::Put(text) if text.contains("SUMMARY:Siden")));
}

#[test]
fn a_conflict_goes_away_by_itself_where_both_sides_come_to_say_the_same() {
    let karla = Trial::new();
    let id = in_step(&karla.open);
    take(&karla.open, id, &[resource(HREF, "a", text("1", "Møde"))]);
    let event = karla.on("2026-03-10").event;
    let form =
        EventForm { calendar: id, ..karla.form("Mit", "2026-03-10 09:00", "2026-03-10 09:00") };
    karla.open.event_change((event, None), Scope::All, &form, HERE, now()).expect("changed");
    take(&karla.open, id, &[resource(HREF, "b", text("1", "Deres"))]);
    let open = karla.open.conflicts(id, HERE).expect("a conflict");
    assert_eq!(open.len(), 1);
    assert!(karla.open.push_list(id).expect("nothing is sent").is_empty());
    take(&karla.open, id, &[resource(HREF, "c", text("1", "Møde"))]);
    assert!(karla.open.conflicts(id, HERE).expect("none").is_empty(), "they took theirs back");
    assert_eq!(karla.open.push_list(id).expect("mine is sent").len(), 1);
    let ended = karla.open.conflict_resolve(open[0].id, Keep::Mine, HERE, now());
    assert!(matches!(ended, Err(CalendarError::NotFound)));
}

#[test]
fn a_calendar_that_is_deleted_takes_its_password_along() {
    let karla = Trial::new();
    let id = in_step(&karla.open);
    assert_eq!(karla.open.source_state(id).expect("it").login.password.expose(), "hemmelig");
    karla.open.calendar_delete(id, HERE).expect("deleted");
    assert!(matches!(karla.open.source_state(id), Err(CalendarError::NotFound)));
    assert!(karla.open.sources_due(now()).expect("none").is_empty());
}
