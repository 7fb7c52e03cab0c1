//! Published calendars, read now and then.

use fristed_app::wire::ErrorCode;
use fristed_app::wire::calendar::{Calendar, CalendarKind, Colour};
use fristed_app::wire::source::Account;
use fristed_app::{AppError, Fristed};
use fristed_base::Secret;
use fristed_tests::Leader;
use fristed_tests::feed::Feed;
use fristed_tests::in_step::{event, now};

fn subscribes(window: &Fristed, address: &str) -> Result<Calendar, AppError> {
    let account = Account {
        address: address.into(),
        user: String::new(),
        password: Secret::new(String::new()),
    };
    window.subscription_add("Kommunen", Some(Colour::Amber), 60, account, now())
}

fn titles(window: &Fristed) -> Vec<String> {
    let from = "2026-01-01".parse().expect("a day");
    let to = "2027-01-01".parse().expect("a day");
    let rows = window.agenda(from, to).expect("the agenda").rows;
    rows.into_iter().map(|row| row.occurrence.title).collect()
}

#[test]
fn a_published_calendar_is_read_when_it_changed_and_stays_when_its_server_is_gone() {
    let feed = Feed::start();
    let first = event("1@kommunen.example", "Første", "");
    feed.answers("/k.ics", "200 OK", &["ETag: \"1\""], first.as_bytes());
    let karla = Leader::named("Karla");
    let window = karla.at_the_window(now());
    let made = subscribes(&window, &feed.address("/k.ics")).expect("it is read");
    assert_eq!((made.kind, made.writable), (CalendarKind::Subscription, false));
    assert_eq!(titles(&window), ["Første"]);
    let id = made.id;
    let looks = || {
        let looked = window.calendar_sync(&id, now()).expect("a look");
        looked.source.expect("a source")
    };
    assert_eq!(looks().trouble, None);
    let asked = feed.asked();
    assert!(asked[1].to_ascii_lowercase().contains("if-none-match: \"1\""), "{}", asked[1]);

    let second = event("2@kommunen.example", "Anden", "");
    feed.answers("/k.ics", "200 OK", &["ETag: \"2\""], second.as_bytes());
    looks();
    assert_eq!(titles(&window), ["Anden"], "what is published is what is shown");

    for (status, headers, body, why) in [
        ("500 Oops", vec![], &b""[..], ErrorCode::Unreachable),
        ("404 Not Found", vec![], b"", ErrorCode::NotACalendar),
        ("401 No", vec![], b"", ErrorCode::SignInRefused),
        ("403 No", vec![], b"", ErrorCode::ServerRefused),
        (
            "200 OK",
            vec!["Content-Type: text/html"],
            b"<!doctype html><p>Log ind",
            ErrorCode::NotACalendar,
        ),
        ("302 Found", vec!["Location: file:/etc/passwd"], b"", ErrorCode::AddressRefused),
    ] {
        feed.answers("/k.ics", status, &headers, body);
        assert_eq!(looks().trouble, Some(why), "{status}");
        assert_eq!(titles(&window), ["Anden"], "the last copy stays ({status})");
    }
    drop(feed);
    let gone = looks();
    assert_eq!(gone.trouble, Some(ErrorCode::Unreachable));
    assert!(gone.last_success.is_some());
    assert_eq!(titles(&window), ["Anden"]);
    window.lock();
}

#[test]
fn a_packed_calendar_is_unpacked_and_one_that_bursts_is_refused() {
    use std::io::Write as _;
    let packed = |bytes: &[u8]| {
        let mut out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        out.write_all(bytes).expect("packing");
        out.finish().expect("packed")
    };
    let feed = Feed::start();
    let karla = Leader::named("Karla");
    let window = karla.at_the_window(now());
    let text = event("1@kommunen.example", "Pakket", "");
    feed.answers("/p.ics", "200 OK", &["Content-Encoding: gzip"], &packed(text.as_bytes()));
    subscribes(&window, &feed.address("/p.ics")).expect("it is read");
    assert_eq!(titles(&window), ["Pakket"]);

    let bomb = packed(&vec![b' '; 65 * 1024 * 1024]);
    feed.answers("/b.ics", "200 OK", &["Content-Encoding: gzip"], &bomb);
    let refused = subscribes(&window, &feed.address("/b.ics")).expect_err("too large");
    assert_eq!(refused.code, ErrorCode::TooLarge);
    let many: String =
        "BEGIN:VEVENT\r\nUID:1\r\nDTSTART:20260101T080000Z\r\nEND:VEVENT\r\n".repeat(100_001);
    let many = format!("BEGIN:VCALENDAR\r\n{many}END:VCALENDAR\r\n");
    feed.answers("/m.ics", "200 OK", &[], many.as_bytes());
    let refused = subscribes(&window, &feed.address("/m.ics")).expect_err("too many");
    assert_eq!(refused.code, ErrorCode::TooManyEvents);
    let page = subscribes(&window, &feed.address("/ingen.ics")).expect_err("nothing is there");
    assert_eq!(page.code, ErrorCode::NotACalendar);
    assert_eq!(window.calendars().expect("her calendars").len(), 1, "nothing is kept of those");
    window.lock();
}

#[test]
fn a_redirect_on_the_same_computer_is_followed() {
    let feed = Feed::start();
    let text = event("1@kommunen.example", "Flyttet hertil", "");
    feed.answers("/gammel.ics", "301 Moved", &["Location: /ny.ics"], b"");
    feed.answers("/ny.ics", "200 OK", &[], text.as_bytes());
    let karla = Leader::named("Karla");
    let window = karla.at_the_window(now());
    subscribes(&window, &feed.address("/gammel.ics")).expect("it is read");
    assert_eq!(titles(&window), ["Flyttet hertil"]);
    window.lock();
}

#[test]
fn the_terminal_subscribes_lists_and_looks() {
    let feed = Feed::start();
    let text = event("1@kommunen.example", "Byrådsmøde", "");
    let named = text.replace("VERSION:2.0", "VERSION:2.0\r\nX-WR-CALNAME:Byrådet");
    feed.answers("/k.ics", "200 OK", &[], named.as_bytes());
    let karla = Leader::named("Karla");
    let address = feed.address("/k.ics");
    let made = karla.does(&["calendar", "subscribe", &address, "--json"]).json();
    assert_eq!((&made[0]["name"], &made[0]["events"]), (&"Byrådet".into(), &1.into()), "{made}");
    assert_eq!(karla.agenda("2026-01-01", "2027-01-01").len(), 1);
    let listed = karla.does(&["calendar", "list", "--json"]).json();
    assert_eq!(listed[0]["source"]["address"], address.as_str(), "{listed}");
    karla.does(&["calendar", "sync", "Byrådet"]);
    karla.cli(&["calendar", "sync", "Ukendt"]).answer().failed(1, "notFound");
    drop(feed);
    karla.cli(&["calendar", "sync"]).answer().failed(1, "unreachable");
    karla
        .cli(&["calendar", "subscribe", "file:///etc/passwd"])
        .answer()
        .failed(1, "addressRefused");
    assert_eq!(karla.agenda("2026-01-01", "2027-01-01").len(), 1, "the last copy stays");
}
