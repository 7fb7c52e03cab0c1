//! Signing in as a municipality has it, and what a server does to a sign-in later.

use std::sync::Mutex;
use std::thread;
use std::time::{Duration, Instant};

use fristed_app::wire::ErrorCode;
use fristed_app::wire::sharing::{Connection, Identity, IdentityAnswer, ItemState, Sending, Trust};
use fristed_base::Secret;
use fristed_tests::authentication::Authentication;
use fristed_tests::foreign::Foreign;
use fristed_tests::interference::{Fault, Interference, Which};
use fristed_tests::openid::{Browser, Page, Provider};
use fristed_tests::sealed::sealed;
use fristed_tests::sharer::Sharer;
use fristed_tests::synapse::{Setup, Synapse};

/// Does something that takes the browser; gives what the browser shows at last.
fn in_the_browser<T>(
    browser: &Mutex<Browser>,
    name: &str,
    does: impl FnOnce(&(dyn Fn(&str) -> bool + Sync)) -> T,
) -> (T, Page) {
    let shown = Mutex::new(None);
    let done = thread::scope(|scope| {
        does(&|address: &str| {
            let (address, name, shown) = (address.to_owned(), name.to_owned(), &shown);
            scope.spawn(move || {
                let page = browser.lock().expect("a browser").signs_in(&address, &name);
                *shown.lock().expect("what is shown") = Some(page);
            });
            true
        })
    });
    (done, shown.into_inner().expect("what is shown").expect("a page"))
}

/// Signs in by the one way through the browser; gives what it is called and what the browser shows
/// at last.
fn signs_on(leader: &Sharer, server: &Synapse, browser: &Mutex<Browser>) -> (String, Page) {
    let offer = leader.program().server_look(&server.url()).expect("a server");
    let [place] = offer.sign_on.as_slice() else { panic!("one place: {:?}", offer.sign_on) };
    let (program, now) = (leader.program(), leader.now());
    let (done, page) = in_the_browser(browser, &leader.name.to_lowercase(), |open| {
        program.sharing_sign_in_browser(&offer.server, &place.id, open, now)
    });
    done.expect("she signs in");
    (place.name.clone(), page)
}

fn is_ready(leader: &Sharer) {
    leader.until("she is known for herself", |program| {
        let status = program.sharing_status().ok()?;
        (status.connection == Connection::Online && status.identity == Identity::Ready)
            .then_some(())
    });
}

/// Two leaders who sign in by the browser share for some days, and one begins anew elsewhere.
fn shares_like_everybody_else(server: &Synapse, place: &str, night: Duration) {
    let karla = Sharer::new("Karla");
    let hers = Mutex::default();
    let (name, page) = signs_on(&karla, server, &hers);
    assert_eq!(name, place, "the place is named as the server names it");
    let shown = page.answer.map(|answer| answer.text()).unwrap_or_default();
    assert!(shown.contains("Du er logget ind."), "the browser says so: {shown}");
    assert!(page.address.starts_with("http://127.0.0.1:"), "and nothing went elsewhere");
    is_ready(&karla);
    assert_eq!(karla.user(), "@karla:fristed.test");

    let mette = Sharer::new("Mette");
    signs_on(&mette, server, &Mutex::default());
    is_ready(&mette);
    let room = karla.founds("Skolelederne");
    karla.lets_in(&room, &mette);
    let entry = karla.writes("Om at lytte", "Jeg talte for længe.");
    karla.shares(Sharer::draft(&entry, &room));
    mette.reads(&room, "Om at lytte", |it| it.state == ItemState::Whole);

    // The next morning nobody is asked for a browser.
    karla.locks();
    thread::sleep(night);
    karla.opens();
    let later = karla.writes("Dagen efter", "Jeg tav, og det hjalp.");
    karla.shares(Sharer::draft(&later, &room));
    mette.reads(&room, "Dagen efter", |it| it.state == ItemState::Whole);

    // With a new vault on another computer her account has an identity whose key is not there.
    let elsewhere = Sharer::new("Karla");
    signs_on(&elsewhere, server, &hers);
    elsewhere.until("she is asked", |program| {
        (program.sharing_status().ok()?.identity == Identity::Elsewhere).then_some(())
    });
    let (program, now) = (elsewhere.program(), elsewhere.now());
    let anew = IdentityAnswer::Anew { password: Secret::new(String::new()) };
    let (done, _) = in_the_browser(&hers, "karla", |open| program.identity_answer(anew, open, now));
    done.expect("she begins anew");
    is_ready(&elsewhere);

    let status = elsewhere.program().sharing_sign_out(now).expect("she signs out");
    assert_eq!(status.connection, Connection::Off);
    assert!(!elsewhere.vault().join("matrix").exists(), "no key is on the disk");
}

#[test]
fn by_single_sign_on_in_the_browser_one_shares_like_everybody_else() {
    let provider = Provider::start();
    let server = Synapse::start_with(&Setup::default().with_oidc(provider.single_sign_on()));
    shares_like_everybody_else(&server, "Kommunens login", Duration::ZERO);
}

#[test]
fn by_the_newer_way_in_the_browser_one_shares_like_everybody_else() {
    let lifetime = Duration::from_secs(5);
    let (_service, server) = Authentication::with_server(lifetime);
    let offer = Sharer::new("Karla").program().server_look(&server.url()).expect("a server");
    assert!(!offer.password, "there is no other way");
    shares_like_everybody_else(&server, "", lifetime + Duration::from_secs(1));
}

#[test]
fn whoever_changes_her_mind_at_the_browser_is_signed_in_nowhere() {
    let provider = Provider::start();
    let server = Synapse::start_with(&Setup::default().with_oidc(provider.single_sign_on()));
    let karla = Sharer::new("Karla");
    let open = |_: &str| {
        karla.program().sharing_sign_in_cancel().expect("she closes the window");
        true
    };
    let by = karla.program().sharing_sign_in_browser(&server.url(), "", &open, karla.now());
    assert_eq!(by.expect_err("it was broken off").code, ErrorCode::Cancelled);
    let none = |_: &str| false;
    let by = karla.program().sharing_sign_in_browser(&server.url(), "", &none, karla.now());
    assert_eq!(by.expect_err("there is none").code, ErrorCode::NoBrowser);
    let status = karla.program().sharing_status().expect("her status");
    assert!(status.account.is_none() && status.connection == Connection::Off);
    let kept = std::fs::read_dir(karla.vault().join("matrix")).map_or(0, Iterator::count);
    assert_eq!(kept, 0, "no key stays on the disk");
}

#[test]
fn a_token_that_ends_is_renewed_and_the_renewed_one_is_used_the_next_day() {
    let lifetime = Duration::from_secs(2);
    let server = Synapse::start_with(&Setup::default().with_access_tokens_for(lifetime));
    let karla = Sharer::of(&server, "Karla");
    let mette = Sharer::of(&server, "Mette");
    let room = karla.founds("Skolelederne");
    karla.lets_in(&room, &mette);
    for day in ["Mandag", "Tirsdag", "Onsdag"] {
        let begun = Instant::now();
        let entry = karla.writes(day, "En dag til.");
        karla.shares(Sharer::draft(&entry, &room));
        mette.reads(&room, day, |it| it.state == ItemState::Whole);
        karla.locks();
        // The token that she had when she locked has ended when she opens again.
        thread::sleep(lifetime.saturating_sub(begun.elapsed()) + Duration::from_millis(100));
        karla.opens();
    }
    karla.until("she is still signed in", |program| {
        let status = program.sharing_status().ok()?;
        (status.connection == Connection::Online).then_some(())
    });
}

#[test]
fn a_token_that_cannot_be_renewed_just_now_signs_nobody_out() {
    let lifetime = Duration::from_secs(2);
    let server = Synapse::start_with(&Setup::default().with_access_tokens_for(lifetime));
    let network = Interference::before(server.port());
    let karla = Sharer::new("Karla");
    assert_eq!(server.user("karla", &karla.password), "@karla:fristed.test");
    karla.signs_in(&network.url());
    // The token that she had when she locked has ended when she opens again.
    karla.locks();
    thread::sleep(lifetime + Duration::from_millis(100));
    let refresh = Which::with("/refresh");
    network.does(refresh.clone(), Fault::bad_gateway(502));
    karla.opens();
    assert!(network.sees(&refresh, 1, Duration::from_secs(30)), "it is tried");
    karla.until("she is told that the server does not answer", |program| {
        let connection = program.sharing_status().ok()?.connection;
        assert_ne!(connection, Connection::SignedOut, "nobody signed her out");
        (connection == Connection::Offline).then_some(())
    });
    network.calms();
    karla.until("it goes on", |program| {
        (program.sharing_status().ok()?.connection == Connection::Online).then_some(())
    });
}

#[test]
fn a_server_that_signs_her_out_is_told_of_and_takes_nothing_from_her() {
    let server = Synapse::start();
    let karla = Sharer::of(&server, "Karla");
    let mette = Sharer::of(&server, "Mette");
    let room = karla.founds("Skolelederne");
    karla.lets_in(&room, &mette);
    let entry = karla.writes("Om at lytte", "Jeg talte for længe.");
    let shared = karla.shares(Sharer::draft(&entry, &room));
    mette.reads(&room, "Om at lytte", |it| it.state == ItemState::Whole);

    let of = format!("/_synapse/admin/v2/users/{}", karla.user());
    let all = server.admin("GET", &format!("{of}/devices"), None).1;
    let devices = all["devices"].as_array().expect("devices").iter();
    let ids: Vec<_> = devices.map(|device| device["device_id"].clone()).collect();
    let body = serde_json::json!({ "devices": ids });
    assert_eq!(server.admin("POST", &format!("{of}/delete_devices"), Some(&body)).0, 200);
    karla.until("she is told", |program| {
        let status = program.sharing_status().ok()?;
        (status.connection == Connection::SignedOut).then_some(())
    });
    let kept = karla.program().feed_thread(&shared.id, karla.now()).expect("her copy").item;
    assert_eq!(kept.body, "Jeg talte for længe.");

    // What she shares meanwhile waits, also over the night.
    let later = karla.writes("Imens", "Det her venter.");
    let item = karla.chooses(Sharer::draft(&later, &room));
    karla.waits(11);
    let refused = karla.program().sharing_send().expect_err("she is signed out");
    assert_eq!(refused.code, ErrorCode::SignedOut);
    karla.locks();
    karla.opens();
    let row = karla.program().outbox(karla.now()).expect("the outbox");
    assert_eq!(row.len(), 1, "it is still there");
    assert!(!matches!(row[0].sending, Sending::Failed { .. }), "and goes on by itself: {row:?}");

    karla.signs_in(&server.url());
    karla.sends(&item.id);
    mette.reads(&room, "Imens", |it| it.state == ItemState::Whole);
    let mine = karla.reads(&room, "Om at lytte", |_| true);
    assert_eq!((mine.id, mine.body.as_str()), (shared.id, "Jeg talte for længe."));
}

#[test]
fn who_begins_anew_by_her_password_shares_and_the_others_are_asked() {
    let server = Synapse::start();
    let karla = Sharer::of(&server, "Karla");
    let mette = Sharer::of(&server, "Mette");
    let room = mette.founds("Skolelederne");
    mette.lets_in(&room, &karla);
    karla.locks();
    let elsewhere = Sharer::new("Karla");
    let password = Secret::new(elsewhere.password.clone());
    let (program, now) = (elsewhere.program(), elsewhere.now());
    program.sharing_sign_in(&server.url(), "karla", password, now).expect("she signs in");
    elsewhere.until("she is asked", |program| {
        (program.sharing_status().ok()?.identity == Identity::Elsewhere).then_some(())
    });
    let wrong = IdentityAnswer::Key { key: Secret::new("EsTc 1234 5678".into()) };
    let refused = program.identity_answer(wrong, &|_| false, now).expect_err("it opens nothing");
    assert_eq!(refused.code, ErrorCode::IdentityKeyWrong);
    let wrong = IdentityAnswer::Anew { password: Secret::new("forkert".into()) };
    let refused = program.identity_answer(wrong, &|_| false, now).expect_err("it is not hers");
    assert_eq!(refused.code, ErrorCode::SignInRefused);
    let anew = IdentityAnswer::Anew { password: Secret::new(elsewhere.password.clone()) };
    program.identity_answer(anew, &|_| false, now).expect("she begins anew");
    is_ready(&elsewhere);
    let user = elsewhere.user();
    mette.network(&room, |it| it.stopped_by.iter().any(|peer| peer.user == user));
    mette.program().peer_decide(&user, mette.now()).expect("she has rung her");
    let entry = elsewhere.writes("Fra den nye", "Nu er jeg her igen.");
    elsewhere.shares(Sharer::draft(&entry, &room));
    mette.reads(&room, "Fra den nye", |it| it.state == ItemState::Whole);
    sealed(&server, &[&elsewhere, &mette], &["Nu er jeg her igen."]);
}

#[test]
fn who_has_a_key_from_another_program_goes_on_with_the_identity_that_is_there() {
    let server = Synapse::start();
    let karla = Sharer::new("Karla");
    let user = server.user("karla", &karla.password);
    let mut other = Foreign::js(&server, "karla", &karla.password);
    let key = other.recovery_key();
    let mette = Sharer::of(&server, "Mette");
    let room = mette.founds("Skolelederne");
    mette.program().invite(&room, &user).expect("an invitation");
    other.accepts(&room);
    mette.network(&room, |it| it.peers.iter().any(|peer| peer.user == user && !peer.invited));

    let password = Secret::new(karla.password.clone());
    let (program, now) = (karla.program(), karla.now());
    program.sharing_sign_in(&server.url(), "karla", password, now).expect("she signs in");
    karla.until("she is asked", |program| {
        (program.sharing_status().ok()?.identity == Identity::Elsewhere).then_some(())
    });
    let typed = IdentityAnswer::Key { key: Secret::new(format!(" {key} ")) };
    program.identity_answer(typed, &|_| false, now).expect("it opens");
    is_ready(&karla);
    // Whose identity is not known yet would not be shown as a reader.
    karla.network(&room, |it| {
        it.peers.iter().any(|peer| !peer.you && peer.trust != Trust::NoIdentity)
    });
    let entry = karla.writes("Fra Fristed", "Nu skriver jeg her.");
    karla.shares(Sharer::draft(&entry, &room));
    mette.reads(&room, "Fra Fristed", |it| it.state == ItemState::Whole);
    assert!(mette.network(&room, |_| true).stopped_by.is_empty(), "nobody has to be asked");
    sealed(&server, &[&karla, &mette], &["Nu skriver jeg her."]);
}
