//! 46 and 68: addresses that lead where they should not, and what a password may be seen in.

use std::fs;
use std::path::{Path, PathBuf};

use fristed_app::Fristed;
use fristed_app::wire::ErrorCode;
use fristed_app::wire::calendar::{Calendar, Colour};
use fristed_app::wire::source::Account;
use fristed_base::Secret;
use fristed_tests::Leader;
use fristed_tests::feed::Feed;
use fristed_tests::in_step::{Desk, account, event, now};
use fristed_tests::server::{Make, PASSWORD, Server, USER, free_port};
use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};

fn nobody(address: &str) -> Account {
    Account { address: address.into(), user: String::new(), password: Secret::new(String::new()) }
}

fn subscribes(window: &Fristed, address: &str) -> Result<Calendar, ErrorCode> {
    let made = window.subscription_add("Udefra", Some(Colour::Blue), 60, nobody(address), now());
    made.map_err(|failed| failed.code)
}

#[test]
fn t46_no_file_and_no_inner_place_is_fetched_from_whatever_an_address_says() {
    let karla = Leader::named("Karla");
    let window = karla.at_the_window(now());
    for address in [
        "file:///etc/passwd",
        "file://localhost/etc/passwd",
        "webcal:///etc/passwd",
        "http://169.254.169.254/latest/meta-data/",
        "https://169.254.169.254/",
        "https://[fe80::1]/",
        "http://10.0.0.1/kalender.ics",
        "http://kalender.example/a.ics",
        "ftp://kalender.example/a.ics",
        "data:text/calendar,BEGIN:VCALENDAR",
    ] {
        assert_eq!(
            subscribes(&window, address).err(),
            Some(ErrorCode::AddressRefused),
            "{address}"
        );
        let found = window.cal_dav_find(nobody(address)).map_err(|failed| failed.code);
        assert_eq!(found.err(), Some(ErrorCode::AddressRefused), "{address}");
    }
    assert!(window.calendars().expect("her calendars").is_empty(), "and nothing is kept of it");
    window.lock();
}

#[test]
fn t46_a_redirect_leads_to_no_file_and_no_closed_place() {
    let feed = Feed::start();
    let karla = Leader::named("Karla");
    let window = karla.at_the_window(now());
    for to in [
        "file:/etc/passwd",
        "file:///etc/passwd",
        "file://localhost/etc/passwd",
        "http://169.254.169.254/latest/meta-data/",
        "https://169.254.169.254/",
        "http://kalender.example/a.ics",
        "gopher://127.0.0.1/",
    ] {
        feed.answers("/a.ics", "302 Found", &[&format!("Location: {to}")], b"");
        let refused = subscribes(&window, &feed.address("/a.ics"));
        assert_eq!(refused.err(), Some(ErrorCode::AddressRefused), "{to}");
    }
    feed.answers("/om.ics", "302 Found", &["Location: /om.ics"], b"");
    let round = subscribes(&window, &feed.address("/om.ics"));
    assert_eq!(round.err(), Some(ErrorCode::AddressRefused), "a circle ends");
    let asked = feed.asked().iter().filter(|head| head.starts_with("GET /om.ics")).count();
    assert_eq!(asked, 6, "after five redirects");
    window.lock();
}

#[test]
fn t46_what_an_event_points_to_is_not_fetched() {
    let feed = Feed::start();
    let karla = Leader::named("Karla");
    let more = format!(
        "ATTACH:file:///etc/passwd|ATTACH:{0}|URL:http://169.254.169.254/|IMAGE;VALUE=URI:{0}|\
         X-ALT-DESC;FMTTYPE=text/html:<img src=\"{0}\">",
        feed.address("/spor.png")
    );
    feed.answers("/a.ics", "200 OK", &[], event("1@andre.example", "Møde", &more).as_bytes());
    let window = karla.at_the_window(now());
    let made = subscribes(&window, &feed.address("/a.ics")).expect("it is read");
    assert_eq!(made.events, 1);
    let from = "2026-01-01".parse().expect("a day");
    let to = "2027-01-01".parse().expect("a day");
    for row in window.agenda(from, to).expect("the agenda").rows {
        window.event_get(&row.occurrence.event, None).expect("it is shown");
    }
    window.calendar_export(None, None).expect("and written out");
    let asked = feed.asked();
    assert_eq!(asked.len(), 1, "the calendar, and nothing that it names: {asked:?}");
    window.lock();
}

#[test]
fn t68_a_password_goes_to_its_own_server_alone() {
    let (feed, other) = (Feed::start(), Feed::start());
    other.answers("/a.ics", "200 OK", &[], event("1@andre.example", "Møde", "").as_bytes());
    let to = format!("Location: {}", other.address("/a.ics"));
    feed.answers("/a.ics", "302 Found", &[&to], b"");
    let karla = Leader::named("Karla");
    let window = karla.at_the_window(now());
    let account = account(&feed.address("/a.ics"));
    window.subscription_add("Udefra", Some(Colour::Blue), 60, account, now()).expect("it is read");
    let signed = |asked: Vec<String>| {
        asked.iter().filter(|head| head.to_ascii_lowercase().contains("authorization:")).count()
    };
    assert_eq!(signed(feed.asked()), 1, "its own server");
    assert_eq!((other.asked().len(), signed(other.asked())), (1, 0), "another port is another one");
    window.lock();
}

#[test]
fn t68_an_account_without_encryption_is_refused_but_on_this_computer() {
    let karla = Leader::named("Karla");
    let window = karla.at_the_window(now());
    for address in ["http://kalender.example/", "http://10.1.2.3/dav/", "http://localhost.example/"]
    {
        let refused = window.cal_dav_find(account(address)).map_err(|failed| failed.code);
        assert_eq!(refused.err(), Some(ErrorCode::AddressRefused), "{address}");
    }
    let gone = format!("http://127.0.0.1:{}/", free_port());
    let refused = window.cal_dav_find(account(&gone)).map_err(|failed| failed.code);
    assert_eq!(refused.err(), Some(ErrorCode::Unreachable), "here it is tried");
    window.lock();
}

#[test]
fn t68_a_certificate_that_nobody_vouches_for_is_refused_before_the_password_is_sent() {
    let folder = tempfile::tempdir().expect("a folder");
    let made = rcgen::generate_simple_self_signed(vec!["localhost".into(), "127.0.0.1".into()])
        .expect("a certificate");
    let (certificate, key) = (folder.path().join("cert.pem"), folder.path().join("key.pem"));
    fs::write(&certificate, made.cert.pem()).expect("the certificate");
    fs::write(&key, made.signing_key.serialize_pem()).expect("its key");
    let server = Server::start_with(Make::Radicale, Some((&certificate, &key)));
    let karla = Leader::named("Karla");
    let window = karla.at_the_window(now());
    for host in ["127.0.0.1", "localhost"] {
        let address = format!("https://{host}:{}/", server.port());
        let refused = window.cal_dav_find(account(&address)).map_err(|failed| failed.code);
        assert_eq!(refused.err(), Some(ErrorCode::CertificateBad), "{host}");
        assert_eq!(subscribes(&window, &address).err(), Some(ErrorCode::CertificateBad));
    }
    window.lock();
}

#[test]
fn t68_a_certificate_that_the_system_trusts_is_taken() {
    let folder = tempfile::tempdir().expect("a folder");
    let own = KeyPair::generate().expect("a key");
    let mut organisation = CertificateParams::new(Vec::new()).expect("a certificate");
    organisation.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let trusted = folder.path().join("organisation.pem");
    fs::write(&trusted, organisation.self_signed(&own).expect("signed").pem()).expect("a file");
    let issuer = Issuer::new(organisation, own);
    let servers = KeyPair::generate().expect("a key");
    let named = CertificateParams::new(vec!["localhost".into()]).expect("a certificate");
    let signed = named.signed_by(&servers, &issuer).expect("signed");
    let (certificate, key) = (folder.path().join("cert.pem"), folder.path().join("key.pem"));
    fs::write(&certificate, signed.pem()).expect("the certificate");
    fs::write(&key, servers.serialize_pem()).expect("its key");
    let server = Server::start_with(Make::Radicale, Some((&certificate, &key)));

    let karla = Leader::named("Karla");
    let password = karla.home().join("keys/password");
    fs::write(&password, PASSWORD).expect("her password");
    let password = password.display().to_string();
    let add = |host: &str| {
        let address = format!("https://{host}:{}/", server.port());
        let words = ["calendar", "account", &address, "--user", USER, "--password-file", &password];
        // Where this names a file, it is the system's list of whom it trusts.
        let trust = trusted.display().to_string();
        karla.cli(&words).args(["--json"]).env("SSL_CERT_FILE", &trust).answer()
    };
    add("127.0.0.1").failed(1, "certificateBad");
    let made = add("localhost").done().json();
    assert_eq!(made[0]["source"]["trouble"], serde_json::Value::Null, "{made}");
    assert_eq!(made[0]["kind"], "calDav", "{made}");
}

/// Every file below a folder.
fn files(folder: &Path, into: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder").filter_map(Result::ok) {
        let path = entry.path();
        if path.is_dir() { files(&path, into) } else { into.push(path) }
    }
}

#[test]
fn t68_a_password_is_in_no_file_no_error_and_no_log() {
    let server = Server::start(Make::Radicale);
    let karla = Leader::named("Karla");
    karla.adds_account(&server.address());
    let desk = Desk::of(&karla);
    desk.makes("Et møde");
    desk.syncs_well();
    let mut wrong = account(&server.address());
    wrong.password = Secret::new(format!("{PASSWORD}-forkert"));
    let refused = desk.window.calendar_set_account(&desk.calendar, wrong, now());
    let refused = refused.expect_err("not taken");
    assert_eq!(refused.code, ErrorCode::SignInRefused);
    assert!(!format!("{refused:?} {refused}").contains(PASSWORD));
    assert!(!format!("{:?}", account(&server.address())).contains(PASSWORD));
    let answer = karla.cli(&["calendar", "list"]).env("RUST_LOG", "trace");
    drop(desk);
    let answer = answer.answer().done();
    assert!(!answer.err.contains(PASSWORD) && !answer.text().contains(PASSWORD));
    let looked = karla.cli(&["calendar", "sync"]).env("RUST_LOG", "trace").answer().done();
    assert!(!looked.err.contains(PASSWORD) && !looked.text().contains(PASSWORD));

    let utf16: Vec<u8> = PASSWORD.encode_utf16().flat_map(u16::to_le_bytes).collect();
    // "karla:Rabarber-Kvist-77" is whole groups of three, so its code is in the header's.
    let coded = b"a2FybGE6UmFiYXJiZXItS3Zpc3Qt";
    let mut all = Vec::new();
    files(karla.home(), &mut all);
    assert!(all.len() > 3, "her vault is among them: {all:?}");
    for path in all {
        let bytes = fs::read(&path).expect("a file");
        for needle in [PASSWORD.as_bytes(), &utf16, coded] {
            let found = bytes.windows(needle.len()).any(|part| part == needle);
            assert!(!found, "the password is in {}", path.display());
        }
    }
}

#[test]
fn nothing_is_asked_of_anybody_where_no_calendar_is_from_elsewhere() {
    let karla = Leader::named("Karla");
    let window = karla.at_the_window(now());
    window.sync_soon().expect("nothing to look at");
    assert!(window.sync_due(now()).expect("nothing is due").is_empty());
    window.lock();
}
