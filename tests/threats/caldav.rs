//! 62 to 66: what a CalDAV server, and whoever else writes there, may do to a calendar.

use std::fs;
use std::time::Duration;

use fristed_app::wire::source::Keep;
use fristed_tests::in_step::{Desk, event, now, value};
use fristed_tests::proxy::{Proxy, Weather};
use fristed_tests::server::{Make, Server};
use fristed_tests::{Leader, rounds};

fn karla_with(server: &Server, events: u32) -> (Leader, Desk) {
    for number in 0..events {
        let uid = format!("{number}@andre.example");
        server.puts(&format!("{number}.ics"), &event(&uid, &format!("Møde {number}"), ""));
    }
    let karla = Leader::named("Karla");
    karla.adds_account(&server.address());
    let desk = Desk::of(&karla);
    assert_eq!(desk.events().len(), events as usize);
    (karla, desk)
}

/// Both sides change the event `0`; what is asked then.
fn changed_on_both_sides(server: &Server, desk: &Desk, time: u32) -> String {
    let (mine, theirs) = (format!("Karlas {time}"), format!("Andres {time}"));
    server.puts("0.ics", &event("0@andre.example", &theirs, ""));
    desk.retitles("0@andre.example", &mine);
    assert_eq!(desk.syncs_well().conflicts, 1);
    assert_eq!(value(&server.gets("0.ics").text(), "SUMMARY"), theirs);
    assert_eq!(desk.titles()["0@andre.example"], mine, "both versions are kept");
    let open = desk.window.conflicts(&desk.calendar).expect("the conflicts").remove(0);
    let title = |side: &Option<fristed_app::wire::calendar::Event>| {
        side.as_ref().expect("a side").occurrence.title.clone()
    };
    assert_eq!((title(&open.mine), title(&open.theirs)), (mine, theirs));
    open.id
}

#[test]
fn t62_a_change_over_a_newer_one_keeps_both_and_asks() {
    for make in [Make::Radicale, Make::Xandikos] {
        let server = Server::start(make);
        let (_karla, desk) = karla_with(&server, 1);
        let there = || value(&server.gets("0.ics").text(), "SUMMARY");
        let here = || desk.titles()["0@andre.example"].clone();
        let ends = |id: &str, keep| desk.window.conflict_resolve(id, keep, now()).expect("it ends");

        ends(&changed_on_both_sides(&server, &desk, 1), Keep::Mine);
        desk.syncs_well();
        assert_eq!((here(), there()), ("Karlas 1".into(), "Karlas 1".into()));

        ends(&changed_on_both_sides(&server, &desk, 2), Keep::Theirs);
        desk.syncs_well();
        assert_eq!((here(), there()), ("Andres 2".into(), "Andres 2".into()));

        let id = changed_on_both_sides(&server, &desk, 3);
        ends(&id, Keep::Both);
        desk.syncs_well();
        let mut titles: Vec<String> = desk.titles().into_values().collect();
        titles.sort();
        assert_eq!(titles, ["Andres 3", "Karlas 3"]);
        assert_eq!(server.holds().len(), 2, "each is an event of its own");
        let again = desk.window.conflict_resolve(&id, Keep::Mine, now());
        assert!(again.is_err(), "it has ended");
        assert_eq!(desk.syncs_well().conflicts, 0);
    }
}

#[test]
fn t62_a_deletion_over_a_change_and_a_change_over_a_deletion_ask() {
    let server = Server::start(Make::Radicale);
    let (_karla, desk) = karla_with(&server, 6);
    let ask = || desk.window.conflicts(&desk.calendar).expect("the conflicts").remove(0);

    desk.deletes("0@andre.example");
    server.puts("0.ics", &event("0@andre.example", "Flyttet", ""));
    assert_eq!(desk.syncs_well().conflicts, 1);
    assert_eq!(server.gets("0.ics").status, 200, "nothing was deleted unasked");
    assert!(ask().mine.is_none() && ask().theirs.is_some());
    desk.window.conflict_resolve(&ask().id, Keep::Theirs, now()).expect("it ends");
    assert_eq!(desk.titles()["0@andre.example"], "Flyttet", "it is back");

    desk.deletes("0@andre.example");
    server.puts("0.ics", &event("0@andre.example", "Flyttet igen", ""));
    desk.syncs_well();
    desk.window.conflict_resolve(&ask().id, Keep::Mine, now()).expect("it ends");
    desk.syncs_well();
    assert_eq!(server.gets("0.ics").status, 404, "now it is gone there too");

    desk.retitles("1@andre.example", "Stadig her");
    server.deletes("1.ics");
    assert_eq!(desk.syncs_well().conflicts, 1);
    assert!(ask().mine.is_some() && ask().theirs.is_none());
    desk.window.conflict_resolve(&ask().id, Keep::Mine, now()).expect("it ends");
    desk.syncs_well();
    let there = server.holds();
    assert!(there.iter().any(|(_, text)| value(text, "SUMMARY") == "Stadig her"));

    desk.retitles("2@andre.example", "Ikke længere");
    server.deletes("2.ics");
    desk.syncs_well();
    desk.window.conflict_resolve(&ask().id, Keep::Theirs, now()).expect("it ends");
    assert!(!desk.titles().contains_key("2@andre.example"));
    let rest = desk.syncs_well();
    assert_eq!((rest.conflicts, rest.waiting), (0, 0));
}

#[test]
fn t63_a_token_that_is_refused_reads_all_anew_without_doubles_or_loss() {
    let server = Server::start(Make::Radicale);
    let (_karla, desk) = karla_with(&server, 8);
    for round in 0..3 {
        server.puts("0.ics", &event("0@andre.example", &format!("Runde {round}"), ""));
        desk.retitles("1@andre.example", &format!("Karlas runde {round}"));
        let tokens = server.files().join(".Radicale.cache/sync-token");
        fs::remove_dir_all(&tokens).expect("the server forgets its tokens");
        desk.syncs_well();
        assert_eq!(desk.events().len(), 8, "all of them, and none twice");
        assert_eq!(desk.titles()["0@andre.example"], format!("Runde {round}"));
        assert_eq!(value(&server.gets("1.ics").text(), "SUMMARY"), format!("Karlas runde {round}"));
    }
    assert_eq!(server.holds().len(), 8);
}

#[test]
fn t64_killed_between_the_servers_taking_a_change_and_knowing_it_nothing_doubles() {
    for make in [Make::Radicale, Make::Xandikos] {
        let server = Server::start(make);
        let proxy = Proxy::before(server.port());
        let karla = Leader::named("Karla");
        karla.adds_account(&proxy.address());
        let mut uids: Vec<String> = Vec::new();
        for round in 0..rounds(4, 40) {
            let title = format!("Møde {round}");
            {
                let desk = Desk::of(&karla);
                match round % 4 {
                    0 | 1 => uids.push(desk.makes(&title)),
                    2 => drop(desk.retitles(&uids[0], &title)),
                    _ => drop(desk.deletes(&uids.remove(0))),
                }
            }
            let method = if round % 4 == 3 { "DELETE" } else { "PUT" };
            proxy.weather(Weather::KeepAnswerTo(method));
            let mut child = karla.cli(&["calendar", "sync"]).start();
            assert!(proxy.kept_one(Duration::from_secs(60)), "{method} reached the server");
            child.kill().expect("it is killed");
            child.wait().expect("it ends");
            proxy.weather(Weather::Fair);
            let desk = Desk::of(&karla);
            assert_eq!(desk.source().waiting, 1, "what was killed does not know");
            let after = desk.syncs_well();
            assert_eq!((after.waiting, after.conflicts), (0, 0), "{make:?}, round {round}");
            assert_eq!(desk.events().len(), uids.len());
            assert_eq!(server.holds().len(), uids.len(), "{make:?}, round {round}");
        }
        karla.sees_that_all_is_whole();
    }
}

#[test]
fn t64_killed_and_then_changed_again_the_later_change_stands() {
    let server = Server::start(Make::Radicale);
    let proxy = Proxy::before(server.port());
    let karla = Leader::named("Karla");
    karla.adds_account(&proxy.address());
    let uid = Desk::of(&karla).makes("Først");
    proxy.weather(Weather::KeepAnswerTo("PUT"));
    let mut child = karla.cli(&["calendar", "sync"]).start();
    assert!(proxy.kept_one(Duration::from_secs(60)));
    child.kill().expect("it is killed");
    child.wait().expect("it ends");
    proxy.weather(Weather::Fair);
    let desk = Desk::of(&karla);
    desk.deletes(&uid);
    desk.syncs_well();
    // The server has a version that nobody here agreed on: that is a question, not a loss.
    let asked = desk.window.conflicts(&desk.calendar).expect("the conflicts");
    for one in &asked {
        desk.window.conflict_resolve(&one.id, Keep::Mine, now()).expect("it ends");
    }
    desk.syncs_well();
    assert!(server.holds().is_empty() && desk.events().is_empty());
}

#[test]
fn t65_a_server_that_lost_half_is_not_believed_before_the_leader_is_asked() {
    let server = Server::start(Make::Radicale);
    let (_karla, desk) = karla_with(&server, 24);
    let lose = |from: u32, to: u32| {
        for number in from..to {
            server.deletes(&format!("{number}.ics"));
        }
    };
    lose(0, 12);
    let asked = desk.syncs_well();
    assert_eq!((asked.missing, desk.events().len()), (12, 24), "asked first, and all still here");
    desk.window.missing_confirm(&desk.calendar, false).expect("they stay");
    desk.syncs_well();
    assert_eq!(server.holds().len(), 24, "they are there again");
    assert_eq!(desk.syncs_well().missing, 0);

    lose(12, 24);
    assert_eq!(desk.syncs_well().missing, 12);
    assert_eq!(desk.syncs_well().missing, 12, "asked until she answers");
    desk.window.missing_confirm(&desk.calendar, true).expect("they go");
    desk.syncs_well();
    assert_eq!((desk.events().len(), server.holds().len()), (12, 12));

    let names: Vec<String> = server.holds().into_iter().map(|(name, _)| name).collect();
    server.deletes(&names[0]);
    assert_eq!(desk.syncs_well().missing, 0, "one alone is nobody's loss");
    assert_eq!(desk.events().len(), 11);
}

#[test]
fn t65_many_deletions_here_are_asked_about_before_the_server_is_told() {
    let server = Server::start(Make::Radicale);
    let (_karla, desk) = karla_with(&server, 20);
    let delete = |from: u32, to: u32| {
        for number in from..to {
            desk.deletes(&format!("{number}@andre.example"));
        }
    };
    delete(0, 11);
    let asked = desk.syncs_well();
    assert_eq!((asked.deleted, server.holds().len()), (11, 20), "nothing is deleted unasked");
    desk.window.deleted_confirm(&desk.calendar, false, now()).expect("they come back");
    assert_eq!(desk.events().len(), 20);
    assert_eq!(desk.syncs_well().deleted, 0);

    delete(0, 12);
    desk.syncs_well();
    desk.window.deleted_confirm(&desk.calendar, true, now()).expect("they go");
    let done = desk.syncs_well();
    assert_eq!((done.deleted, done.waiting, server.holds().len()), (0, 0, 8));
}

#[test]
fn t66_one_field_changed_leaves_every_other_line_as_it_was() {
    // Both servers write what they take out anew, so what is compared is what they gave before with
    // what was sent to them.
    let server = Server::start(Make::Xandikos);
    let proxy = Proxy::before(server.port());
    let more = "X-ANDRE-FELT;X-P=\"a;b\":værdi\\, med komma|\
        ATTENDEE;CN=\"Aaby, Jens\";X-NUM-GUESTS=2;PARTSTAT=ACCEPTED;ROLE=CHAIR:mailto:jens@x.example|\
        ATTENDEE;CN=Mette;RSVP=TRUE;X-RESPONSE-COMMENT=\"ja: gerne\":mailto:mette@x.example|\
        ORGANIZER;CN=Bo;SENT-BY=\"mailto:sek@x.example\":mailto:bo@x.example|\
        LOCATION;LANGUAGE=da:Skolen i nord|SEQUENCE:3|\
        BEGIN:VALARM|ACTION:DISPLAY|TRIGGER;RELATED=END:-PT17M|DESCRIPTION:Husk|X-WR-ALARMUID:7|END:VALARM|\
        X-MICROSOFT-CDO-BUSYSTATUS:BUSY";
    server.puts("0.ics", &event("0@andre.example", "Før", more));
    let given = server.gets("0.ics").text();
    assert!(given.contains("X-NUM-GUESTS=2") && given.contains("X-WR-ALARMUID:7"));
    let karla = Leader::named("Karla");
    karla.adds_account(&proxy.address());
    let desk = Desk::of(&karla);
    desk.retitles("0@andre.example", "Efter");
    desk.syncs_well();
    let asked = String::from_utf8(proxy.asked()).expect("text");
    let put = asked.split("PUT ").nth(1).expect("the event was sent");
    let sent = put.split_once("\r\n\r\n").expect("a body").1;
    let end = sent.find("END:VCALENDAR\r\n").expect("whole") + "END:VCALENDAR\r\n".len();
    let sent = &sent[..end];
    assert_eq!(value(sent, "SUMMARY"), "Efter");
    let may_change = |line: &&str| {
        !["SUMMARY", "DTSTAMP", "SEQUENCE", "LAST-MODIFIED"]
            .iter()
            .any(|name| line.starts_with(name))
    };
    let old: Vec<&str> = given.split("\r\n").filter(may_change).collect();
    let new: Vec<&str> = sent.split("\r\n").filter(may_change).collect();
    assert_eq!(old, new, "every other line, byte for byte and in its place");
}
