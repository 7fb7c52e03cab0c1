//! Calendars on real servers, kept in step both ways.

use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};

use fristed_app::wire::ErrorCode;
use fristed_app::wire::calendar::CalendarKind;
use fristed_app::wire::source::Keep;
use fristed_tests::in_step::{Desk, account, event, now, value};
use fristed_tests::plain_http::Request;
use fristed_tests::proxy::{Proxy, Weather};
use fristed_tests::server::{Make, PASSWORD, READ_ONLY, SOMEBODY, Server};
use fristed_tests::{Chance, Leader, rounds};

/// What is written, changed and deleted by whom, and what is true of it at the end.
#[derive(Default)]
struct Book {
    /// Every title that somebody gave an event.
    written: BTreeMap<String, BTreeSet<String>>,
    /// The events that somebody deleted.
    deleted: BTreeSet<String>,
    titles: u32,
}

impl Book {
    fn title(&mut self) -> String {
        self.titles += 1;
        format!("Møde nr. {}", self.titles)
    }

    fn wrote(&mut self, uid: &str, title: &str) {
        self.written.entry(uid.to_owned()).or_default().insert(title.to_owned());
    }
}

struct Side {
    leader: Leader,
    proxy: Proxy,
}

impl Side {
    fn new(name: &'static str, server: &Server) -> Self {
        let leader = Leader::named(name);
        let proxy = Proxy::before(server.port());
        leader.adds_account(&proxy.address());
        Self { leader, proxy }
    }

    /// Changes something in her own calendar.
    fn changes(&self, chance: &mut Chance, book: &mut Book) {
        let desk = Desk::of(&self.leader);
        let uids: Vec<String> = desk.events().into_keys().collect();
        let title = book.title();
        let pick = |chance: &mut Chance| uids[chance.below(uids.len() as u64) as usize].clone();
        match chance.below(10) {
            0..4 => {
                let uid = desk.makes(&title);
                book.wrote(&uid, &title);
            }
            _ if uids.is_empty() => {}
            4..8 => {
                let uid = pick(chance);
                desk.retitles(&uid, &title);
                book.wrote(&uid, &title);
            }
            8 => {
                let uid = pick(chance);
                desk.deletes(&uid);
                book.deleted.insert(uid);
            }
            _ => {
                let uid = pick(chance);
                let undo = desk.retitles(&uid, &title);
                book.wrote(&uid, &title);
                desk.window.calendar_undo(&undo, now()).expect("it is taken back");
            }
        }
    }

    /// Looks at the server over a network that may fail, in a process that may be killed.
    fn syncs(&self, chance: &mut Chance) {
        let weather = match chance.below(6) {
            0 => Weather::Down,
            1 => Weather::CutAfter(chance.below(4_000)),
            2 => Weather::Slow(Duration::from_millis(chance.below(5))),
            3 => Weather::KeepAnswerTo("PUT"),
            4 => Weather::KeepAnswerTo("DELETE"),
            _ => Weather::Fair,
        };
        let killed = matches!(weather, Weather::KeepAnswerTo(_));
        self.proxy.weather(weather);
        if killed {
            let mut child = self.leader.cli(&["calendar", "sync"]).start();
            // It is killed between the server's taking the change and the vault's knowing it; or
            // ends where there was nothing to send.
            while !self.proxy.kept_one(Duration::from_millis(20)) {
                if child.try_wait().expect("it can be asked").is_some() {
                    break;
                }
            }
            drop(child.kill());
            child.wait().expect("it ends");
        } else {
            Desk::of(&self.leader).syncs();
        }
        self.proxy.weather(Weather::Fair);
    }

    /// Looks, and answers whatever she is asked.
    fn settles(&self, chance: &mut Chance) -> bool {
        let desk = Desk::of(&self.leader);
        let source = desk.syncs_well();
        for one in desk.window.conflicts(&desk.calendar).expect("the conflicts") {
            let keep = if chance.below(2) == 0 { Keep::Mine } else { Keep::Theirs };
            desk.window.conflict_resolve(&one.id, keep, now()).expect("it ends");
        }
        let let_go = chance.below(2) == 0;
        desk.window.missing_confirm(&desk.calendar, let_go).expect("an answer");
        desk.window.deleted_confirm(&desk.calendar, let_go, now()).expect("an answer");
        source.waiting + source.conflicts + source.missing + source.deleted == 0
    }
}

/// Changes something on the server, as a program that knows nothing of Fristed.
fn somebody_else(server: &Server, chance: &mut Chance, book: &mut Book) {
    let there = server.holds();
    let title = book.title();
    if there.is_empty() || chance.below(3) == 0 {
        let uid = format!("fremmed-{}@andre.example", book.titles);
        server.puts(&format!("{}.ics", book.titles), &event(&uid, &title, "X-ANDRE;A=1:b"));
        book.wrote(&uid, &title);
        return;
    }
    let (name, text) = &there[chance.below(there.len() as u64) as usize];
    let uid = value(text, "UID");
    if chance.below(4) == 0 {
        server.deletes(name);
        book.deleted.insert(uid);
    } else {
        let old = value(text, "SUMMARY");
        server.puts(name, &text.replace(&format!("SUMMARY:{old}"), &format!("SUMMARY:{title}")));
        book.wrote(&uid, &title);
    }
}

fn two_leaders_and_a_stranger(make: Make, seed: u64, changes: u32) {
    let server = Server::start(make);
    let mut chance = Chance::new(seed);
    let mut book = Book::default();
    let sides = [Side::new("Karla", &server), Side::new("Mette", &server)];
    for _ in 0..changes {
        let side = &sides[chance.below(2) as usize];
        match chance.below(6) {
            0..2 => side.changes(&mut chance, &mut book),
            2 => somebody_else(&server, &mut chance, &mut book),
            _ => side.syncs(&mut chance),
        }
    }
    let mut quiet = 0;
    for _ in 0..30 {
        let all = sides.iter().map(|side| side.settles(&mut chance)).filter(|all| *all).count();
        quiet = if all == sides.len() { quiet + 1 } else { 0 };
        if quiet == 2 {
            break;
        }
    }
    assert_eq!(quiet, 2, "both ends come to rest (seed {seed})");

    let mut there = BTreeMap::new();
    for (name, text) in server.holds() {
        let twice = there.insert(value(&text, "UID"), value(&text, "SUMMARY"));
        assert!(twice.is_none(), "{name} is the second of its UID (seed {seed})");
    }
    for side in &sides {
        let here = Desk::of(&side.leader).titles();
        assert_eq!(here, there, "{} has what the server has (seed {seed})", side.leader.name);
        side.leader.sees_that_all_is_whole();
    }
    for (uid, titles) in &book.written {
        match there.get(uid) {
            Some(title) => assert!(titles.contains(title), "{uid}: nobody wrote {title}"),
            None => assert!(book.deleted.contains(uid), "{uid} is lost (seed {seed})"),
        }
    }
    assert!(there.keys().all(|uid| book.written.contains_key(uid)), "nothing came by itself");
}

#[test]
fn two_leaders_and_a_stranger_end_with_one_calendar_on_radicale() {
    for seed in 0..u64::from(rounds(2, 12)) {
        two_leaders_and_a_stranger(Make::Radicale, 4_000 + seed, rounds(40, 150));
    }
}

#[test]
fn two_leaders_and_a_stranger_end_with_one_calendar_on_xandikos() {
    for seed in 0..u64::from(rounds(1, 6)) {
        two_leaders_and_a_stranger(Make::Xandikos, 7_000 + seed, rounds(40, 150));
    }
}

/// What happens to one event between a leader and a server, whichever it is.
fn one_event_there_and_back(make: Make) {
    let server = Server::start(make);
    server.puts("a.ics", &event("a@andre.example", "Fra en anden", ""));
    let karla = Leader::named("Karla");
    karla.adds_account(&server.address());
    let desk = Desk::of(&karla);
    let calendar = desk.calendar();
    assert_eq!((calendar.kind, calendar.writable), (CalendarKind::CalDav, true));
    assert_eq!(desk.titles()["a@andre.example"], "Fra en anden", "what was there came along");

    let uid = desk.makes("Fra Karla");
    assert_eq!(desk.source().waiting, 1, "it waits to be sent");
    desk.syncs_well();
    assert_eq!(desk.source().waiting, 0);
    let sent = server.holds().into_iter().find(|(_, text)| value(text, "UID") == uid);
    assert_eq!(value(&sent.expect("it is there").1, "SUMMARY"), "Fra Karla");

    desk.retitles("a@andre.example", "Rettet af Karla");
    desk.syncs_well();
    assert_eq!(value(&server.gets("a.ics").text(), "SUMMARY"), "Rettet af Karla");

    server.puts("a.ics", &event("a@andre.example", "Rettet igen", ""));
    desk.syncs_well();
    assert_eq!(desk.titles()["a@andre.example"], "Rettet igen");

    let undo = desk.deletes("a@andre.example");
    desk.syncs_well();
    assert_eq!(server.gets("a.ics").status, 404, "it is gone there too");
    desk.window.calendar_undo(&undo, now()).expect("it is taken back");
    desk.syncs_well();
    let back = server.holds().into_iter().any(|(_, text)| value(&text, "SUMMARY") == "Rettet igen");
    assert!(back, "and so it is there again");

    let undo = desk.retitles(&uid, "Et andet navn");
    desk.syncs_well();
    desk.window.calendar_undo(&undo, now()).expect("it is taken back");
    desk.syncs_well();
    let texts = server.holds();
    let own = texts.iter().find(|(_, text)| value(text, "UID") == uid).expect("it is there");
    assert_eq!(value(&own.1, "SUMMARY"), "Fra Karla", "taking back is a change like any other");
    assert_eq!(texts.len(), 2, "nothing is there twice");
}

#[test]
fn an_event_goes_there_and_comes_back_on_radicale() {
    one_event_there_and_back(Make::Radicale);
}

#[test]
fn an_event_goes_there_and_comes_back_on_xandikos() {
    one_event_there_and_back(Make::Xandikos);
}

#[test]
fn tasks_on_the_server_are_not_shown_and_stay_there() {
    let server = Server::start(Make::Radicale);
    let task = event("opgave@andre.example", "En opgave", "")
        .replace("VEVENT", "VTODO")
        .replace("DTEND", "DUE");
    server.puts("opgave.ics", &task);
    let karla = Leader::named("Karla");
    karla.adds_account(&server.address());
    let desk = Desk::of(&karla);
    assert!(desk.events().is_empty());
    desk.makes("Et møde");
    desk.syncs_well();
    desk.syncs_well();
    assert_eq!(server.gets("opgave.ics").status, 200, "what is not shown is not touched");
}

#[test]
fn an_event_under_a_new_path_is_the_one_it_was() {
    let server = Server::start(Make::Radicale);
    server.puts("a.ics", &event("a@andre.example", "Et møde", ""));
    let karla = Leader::named("Karla");
    karla.adds_account(&server.address());
    let desk = Desk::of(&karla);
    let before = desk.events();
    let to = format!("{}{}b.ics", server.address().trim_end_matches('/'), server.calendar_path());
    let path = format!("{}a.ics", server.calendar_path());
    let moved = server.request("MOVE", &path).header("Destination", &to).send();
    assert_eq!(moved.status, 201, "{}", moved.text());
    desk.syncs_well();
    assert_eq!(desk.events(), before, "with the id that it had here");
    desk.retitles("a@andre.example", "Under et andet navn");
    desk.syncs_well();
    assert_eq!(value(&server.gets("b.ics").text(), "SUMMARY"), "Under et andet navn");
    assert_eq!(server.holds().len(), 1);
}

#[test]
fn without_a_network_the_last_copy_stays_and_she_goes_on_working() {
    let server = Server::start(Make::Radicale);
    server.puts("a.ics", &event("a@andre.example", "Fra en anden", ""));
    let karla = Side::new("Karla", &server);
    let desk = Desk::of(&karla.leader);
    karla.proxy.weather(Weather::Down);
    assert_eq!(desk.syncs().trouble, Some(ErrorCode::Unreachable));
    assert_eq!(desk.titles().len(), 1, "what was fetched is here");
    let uid = desk.makes("Skrevet i toget");
    desk.retitles("a@andre.example", "Rettet i toget");
    assert_eq!(desk.syncs().waiting, 2);
    assert!(desk.source().last_success.is_some(), "when it last went well is known");
    karla.proxy.weather(Weather::Fair);
    desk.syncs_well();
    let there: BTreeSet<String> =
        server.holds().iter().map(|(_, text)| value(text, "SUMMARY")).collect();
    assert_eq!(there, ["Rettet i toget".to_owned(), "Skrevet i toget".into()].into());
    assert!(desk.titles().contains_key(&uid));
}

#[test]
fn an_account_is_asked_for_its_calendars_and_a_calendar_is_taken_once() {
    let server = Server::start(Make::Radicale);
    let karla = Leader::named("Karla");
    let window = karla.at_the_window(now());
    let found = window.cal_dav_find(account(&server.address())).expect("her calendars");
    assert_eq!(found.len(), 1);
    assert!(found[0].writable && !found[0].here);
    let address = vec![found[0].address.clone()];
    let made = window.cal_dav_add(account(&server.address()), &address, 15, now());
    let made = made.expect("it is here").remove(0);
    assert!(window.cal_dav_find(account(&server.address())).expect("again")[0].here);
    let twice = window.cal_dav_add(account(&server.address()), &address, 15, now());
    assert_eq!(twice.expect_err("once is enough").code, ErrorCode::CalendarAlreadyHere);

    let due = |at: &str| window.sync_due(fristed_tests::window::at(at)).expect("what is due");
    assert!(due("2056-01-01T12:00:00+01:00").contains(&made.id), "its minutes are up");
    window.calendar_set_every(&made.id, 0).expect("only when asked");
    assert!(due("2056-01-01T12:00:00+01:00").is_empty());

    let mut wrong = account(&server.address());
    wrong.password = fristed_base::Secret::new("forkert".into());
    let refused = window.calendar_set_account(&made.id, wrong, now());
    assert_eq!(refused.expect_err("not taken").code, ErrorCode::SignInRefused);
    let looked = window.calendar_sync(&made.id, now()).expect("a look");
    assert_eq!(looked.source.expect("a source").trouble, None, "the old password is kept");
    window.calendar_delete(&made.id).expect("it goes from here");
    assert!(!server.files().join("x").exists() && server.files().exists(), "and stays there");
    window.lock();
}

#[test]
fn a_server_that_names_no_changes_is_read_by_its_list() {
    let server = Server::start(Make::Radicale);
    server.puts("a.ics", &event("a@andre.example", "Fra en anden", ""));
    server.puts("b.ics", &event("b@andre.example", "Bliver slettet", ""));
    let karla = Side::new("Karla", &server);
    karla.proxy.weather(Weather::Refuse("sync-collection"));
    let desk = Desk::of(&karla.leader);
    desk.syncs_well();
    assert_eq!(desk.events().len(), 2, "the token of before is of no use now");
    let uid = desk.makes("Fra Karla");
    server.puts("a.ics", &event("a@andre.example", "Rettet", ""));
    server.deletes("b.ics");
    desk.syncs_well();
    let titles = desk.titles();
    assert_eq!(titles["a@andre.example"], "Rettet");
    assert_eq!((titles[&uid].as_str(), titles.len()), ("Fra Karla", 2));
    assert_eq!(server.holds().len(), 2);
    let before = karla.proxy.asked().len();
    desk.syncs_well();
    let asked = String::from_utf8(karla.proxy.asked().split_off(before)).expect("text");
    assert!(asked.contains("getctag"), "where nothing changed its tag is asked for");
    assert!(!asked.contains("calendar-query") && !asked.contains("calendar-multiget"));
    karla.proxy.weather(Weather::Fair);
    server.puts("a.ics", &event("a@andre.example", "Igen", ""));
    desk.syncs_well();
    assert_eq!(desk.titles()["a@andre.example"], "Igen");
}

#[test]
fn an_account_has_several_calendars_and_some_are_only_read() {
    let server = Server::start(Make::Radicale);
    let somebody = |method: &str, path: &str| {
        Request::new(server.port(), method, path).signed_in(SOMEBODY, PASSWORD)
    };
    assert_eq!(somebody("MKCALENDAR", READ_ONLY).send().status, 201);
    let named = "<?xml version=\"1.0\"?><propertyupdate xmlns=\"DAV:\"><set><prop>\
        <displayname>Fra kommunen</displayname></prop></set></propertyupdate>";
    assert_eq!(somebody("PROPPATCH", READ_ONLY).body(named).send().status, 207);
    let put = somebody("PUT", &format!("{READ_ONLY}a.ics")).header("Content-Type", "text/calendar");
    assert_eq!(put.body(&event("a@kommunen.example", "Byrådet", "")).send().status, 201);

    let karla = Leader::named("Karla");
    karla.adds_account(&server.address());
    let window = karla.at_the_window(now());
    let all = window.calendars().expect("her calendars");
    assert_eq!(all.len(), 2, "each is a calendar of its own: {all:?}");
    let read = all.iter().find(|one| one.name == "Fra kommunen").expect("the one by its name");
    assert_eq!((read.kind, read.writable, read.events), (CalendarKind::CalDav, false, 1));
    let other = all.iter().find(|one| one.name != "Fra kommunen").expect("the other");
    assert!(other.writable);
    let from = "2026-01-01".parse().expect("a day");
    let to = "2027-01-01".parse().expect("a day");
    let id = window.agenda(from, to).expect("the agenda").rows.remove(0).occurrence.event;
    let scope = fristed_app::wire::calendar::Scope::All;
    let refused = window.event_delete(&id, None, scope, now());
    assert_eq!(refused.expect_err("only read").code, ErrorCode::CalendarReadOnly);
    let looked = window.calendar_sync(&read.id, now()).expect("a look");
    assert_eq!(looked.source.expect("a source").trouble, None);
    window.lock();
}

#[test]
fn a_lock_ends_a_look_that_waits_for_its_server() {
    let server = Server::start(Make::Radicale);
    let karla = Side::new("Karla", &server);
    let desk = Desk::of(&karla.leader);
    desk.makes("Venter");
    karla.proxy.weather(Weather::KeepAnswerTo("PUT"));
    std::thread::scope(|scope| {
        let look = scope.spawn(|| desk.window.calendar_sync(&desk.calendar, now()));
        assert!(karla.proxy.kept_one(Duration::from_secs(60)), "it waits for the answer");
        let begun = Instant::now();
        desk.window.lock();
        assert!(begun.elapsed() < Duration::from_secs(20), "the lock does not wait for the server");
        let ended = look.join().expect("it ends").expect_err("it was stopped");
        assert_eq!(ended.code, ErrorCode::Locked);
    });
    karla.proxy.weather(Weather::Fair);
    drop(desk);
    let again = Desk::of(&karla.leader);
    let source = again.syncs_well();
    assert_eq!((source.waiting, source.conflicts, server.holds().len()), (0, 0, 1));
}
