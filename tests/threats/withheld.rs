//! 57: the server drops keys, holds them back, or says again what it said before.

use std::fs;

use fristed_app::wire::sharing::{Connection, FeedItem, Identity, ItemState, NoKey, Peer};
use fristed_base::Secret;
use fristed_tests::disk;
use fristed_tests::interference::{Fault, Interference, Which};
use fristed_tests::sharer::Sharer;
use fristed_tests::synapse::Synapse;

use crate::lies::{self, syncs};

/// Karla, and Mette with a network between her and the server, in one room.
fn two(server: &Synapse) -> (Sharer, Sharer, Interference, String) {
    let network = Interference::before(server.port());
    let karla = Sharer::of(server, "Karla");
    let mette = Sharer::of_by(server, "Mette", &network.url());
    let room = karla.founds("Skolelederne");
    karla.lets_in(&room, &mette);
    (karla, mette, network, room)
}

fn shares(leader: &Sharer, room: &str, title: &str) -> FeedItem {
    let entry = leader.writes(title, &format!("{title}: det blev sagt højt."));
    leader.shares(Sharer::draft(&entry, room))
}

fn titles(leader: &Sharer, room: &str) -> Vec<String> {
    leader.feed(room).into_iter().map(|item| item.title).collect()
}

/// Waits until she knows that her server is away. The sdk asks again by itself for the first second
/// and a half, and goes on from where it was; no server is put back to an earlier day that fast.
fn hears_nothing(leader: &Sharer) {
    leader.until("she does not hear the server", |program| {
        let status = program.sharing_status().ok()?;
        (status.connection == Connection::Offline).then_some(())
    });
}

/// Waits until she hears her server, which was away.
fn hears_again(leader: &Sharer) {
    leader.until("she hears the server again", |program| {
        let status = program.sharing_status().ok()?;
        (status.connection == Connection::Online).then_some(())
    });
}

/// What waits for its key, once something does.
fn waiting(leader: &Sharer, room: &str) -> FeedItem {
    leader.until("something that waits for its key", |program| {
        let feed = program.feed(Some(room), 0, 10, leader.now()).ok()?;
        feed.items.into_iter().find(|it| matches!(it.state, ItemState::Waiting { .. }))
    })
}

#[test]
fn t57_what_waits_for_a_key_says_so_and_is_whole_once_the_key_comes() {
    let server = Synapse::start();
    let (karla, mette, network, room) = two(&server);
    network.rewrites(syncs(), lies::without_keys(Some(lies::known_up_to(&network))));
    shares(&karla, &room, "Om at vente");
    let waits = waiting(&mette, &room);
    assert_eq!(waits.state, ItemState::Waiting { why: None }, "it may still come");
    assert_eq!((waits.body.as_str(), &waits.sender.user), ("", &karla.user()));
    network.calms();
    let whole = mette.reads(&room, "Om at vente", |it| it.state == ItemState::Whole);
    assert_eq!(whole.id, waits.id, "it is the same thing");
    assert_eq!(titles(&mette, &room), ["Om at vente"]);
}

#[test]
fn t57_a_key_that_never_comes_leaves_a_gap_and_nothing_else() {
    let server = Synapse::start();
    let (karla, mette, network, room) = two(&server);
    let sofie = Sharer::of(&server, "Sofie");
    karla.lets_in(&room, &sofie);
    network.rewrites(syncs(), lies::without_keys(None));
    let lost = shares(&karla, &room, "Det første");
    sofie.reads(&room, "Det første", |it| it.state == ItemState::Whole);
    let waits = waiting(&mette, &room);
    network.calms();

    // Whoever reads and writes in the room goes on, and a new key opens what comes after it.
    shares(&mette, &room, "Mit eget");
    karla.reads(&room, "Mit eget", |it| it.state == ItemState::Whole);
    karla.program().peer_remove(&room, &sofie.user()).expect("Sofie is removed");
    shares(&karla, &room, "Det næste");
    mette.reads(&room, "Det næste", |it| it.state == ItemState::Whole);
    assert_eq!(waiting(&mette, &room).id, waits.id, "what is missing is said to be");

    // The remedy is in Karla's hands: what she shares anew is read.
    karla.program().withdraw(&lost.id, karla.now()).expect("it is taken back");
    let entry = karla.program().entry_get(&lost.entry.expect("its entry")).expect("it");
    karla.shares(Sharer::draft(&entry, &room));
    mette.reads(&room, "Det første", |it| it.state == ItemState::Whole);
    let still = mette.feed(&room).into_iter();
    let still = still.filter(|it| matches!(it.state, ItemState::Waiting { .. })).count();
    assert_eq!(still, 0, "nothing waits for what is taken back");
}

#[test]
fn t57_a_long_text_that_cannot_be_fetched_keeps_nothing_else_back() {
    let server = Synapse::start();
    let (karla, mette, network, room) = two(&server);
    network.does(Which::with("/download/"), Fault::bad_gateway(502));
    let long = karla.writes("Det lange", &"Jeg lyttede for lidt. ".repeat(5_000));
    karla.shares(Sharer::draft(&long, &room));
    mette.until("it is tried", |_| {
        let tried =
            network.exchanges().iter().filter(|one| one.path.contains("/download/")).count();
        (tried > 0).then_some(())
    });
    // From now on nothing was heard before: nobody waits for what cannot be had.
    mette.locks();
    mette.opens();
    shares(&mette, &room, "Mit eget");
    karla.reads(&room, "Mit eget", |it| it.state == ItemState::Whole);
    shares(&karla, &room, "Det næste");
    mette.reads(&room, "Det næste", |it| it.state == ItemState::Whole);
    network.calms();
    let whole = mette.reads(&room, "Det lange", |it| it.body.len() > 100_000);
    assert_eq!(whole.state, ItemState::Whole, "and it is fetched in the end");
}

#[test]
fn t57_what_a_gateway_says_signs_nobody_out_and_takes_nothing_for_gone() {
    let server = Synapse::start();
    let (karla, mette, network, room) = two(&server);
    let shared = shares(&mette, &room, "Om at fortryde");
    let read = karla.reads(&room, "Om at fortryde", |it| it.state == ItemState::Whole);
    network.does(Which::with("/redact/"), Fault::bad_gateway(404));
    mette.program().withdraw(&shared.id, mette.now()).expect("it is taken back");
    mette.until("it is tried", |_| {
        let tried = network.exchanges().iter().filter(|one| one.path.contains("/redact/")).count();
        (tried > 0).then_some(())
    });
    network.does(Which::any(), Fault::bad_gateway(401));
    network.cuts_off();
    hears_nothing(&mette);
    network.calms();
    hears_again(&mette);
    mette.waits(600);
    mette.program().sharing_send().expect("she is signed in still");
    karla.thread(&read.id, |it| matches!(it.item.state, ItemState::Withdrawn { .. }));
}

#[test]
fn t57_a_key_that_was_not_given_to_a_computer_says_so_and_what_is_older_says_that() {
    let server = Synapse::start();
    let karla = Sharer::of(&server, "Karla");
    let mette = Sharer::of(&server, "Mette");
    let room = mette.founds("Skolelederne");
    mette.lets_in(&room, &karla);
    shares(&mette, &room, "Før");
    karla.reads(&room, "Før", |it| it.state == ItemState::Whole);
    // Another vault of hers, which has nothing of the first: nobody can tell that it is hers.
    let elsewhere = Sharer::new("Karla");
    let password = Secret::new(elsewhere.password.clone());
    let signed_in =
        elsewhere.program().sharing_sign_in(&server.url(), "karla", password, elsewhere.now());
    signed_in.expect("she signs in");
    elsewhere.until("she is asked", |program| {
        (program.sharing_status().ok()?.identity == Identity::Elsewhere).then_some(())
    });
    let strange = |peers: &[Peer]| {
        peers.iter().any(|peer| peer.user == karla.user() && peer.strange_computers > 0)
    };
    mette.network(&room, |it| strange(&it.peers));
    shares(&mette, &room, "Efter");
    let why = |why: NoKey| {
        elsewhere.until("why there is no key", |program| {
            let feed = program.feed(Some(&room), 0, 10, elsewhere.now()).ok()?;
            let so = ItemState::Waiting { why: Some(why) };
            feed.items.iter().any(|it| it.state == so).then_some(())
        });
    };
    why(NoKey::Withheld);
    why(NoKey::OtherComputer);
    karla.reads(&room, "Efter", |it| it.state == ItemState::Whole);
}

#[test]
fn t57_t52_what_the_server_says_again_or_out_of_order_is_there_once() {
    let server = Synapse::start();
    let (karla, mette, network, room) = two(&server);
    shares(&karla, &room, "Et");
    network.rewrites(syncs(), lies::old_answers());
    network.rewrites(syncs(), lies::repeated_events(true));
    let said = mette.reads(&room, "Et", |it| it.state == ItemState::Whole);
    let reply = mette.program().reply_send(&said.id, "Det kender jeg.", mette.now());
    mette.sends(&reply.expect("a reply").id);
    for title in ["To", "Tre", "Fire"] {
        shares(&karla, &room, title);
        mette.reads(&room, title, |it| it.state == ItemState::Whole);
    }
    let lied = network.exchanges().iter().filter(|one| one.disturbed).count();
    assert!(lied >= 4, "it lied {lied} times");
    network.calms();
    shares(&karla, &room, "Fem");
    mette.reads(&room, "Fem", |it| it.state == ItemState::Whole);
    assert_eq!(titles(&mette, &room), ["Fem", "Fire", "Tre", "To", "Et"]);
    assert_eq!(mette.thread(&said.id, |_| true).replies.len(), 1, "her own reply too");
}

#[test]
fn t57_a_server_that_is_put_back_to_an_earlier_day_takes_nothing_from_anybody() {
    let mut server = Synapse::start();
    let (karla, mette, _network, room) = two(&server);
    shares(&karla, &room, "Før");
    mette.reads(&room, "Før", |it| it.state == ItemState::Whole);
    let aside = tempfile::tempdir().expect("a folder");
    server.stop();
    disk::copy(server.folder(), aside.path());
    server.start_again();
    hears_again(&karla);
    shares(&karla, &room, "Forsvundet");
    mette.reads(&room, "Forsvundet", |it| it.state == ItemState::Whole);

    server.stop();
    [&karla, &mette].into_iter().for_each(hears_nothing);
    for file in disk::files(server.folder()) {
        let name = file.file_name().expect("a name").to_string_lossy().into_owned();
        if name.starts_with("homeserver.db") {
            fs::remove_file(&file).expect("the later day goes");
        }
    }
    for file in disk::files(aside.path()) {
        let name = file.file_name().expect("a name").to_string_lossy().into_owned();
        if name.starts_with("homeserver.db") {
            fs::copy(&file, server.folder().join(name)).expect("the earlier day comes");
        }
    }
    server.start_again();
    for leader in [&karla, &mette] {
        assert_eq!(titles(leader, &room), ["Forsvundet", "Før"], "what was read stays");
        hears_again(leader);
    }
    shares(&karla, &room, "Efter");
    mette.reads(&room, "Efter", |it| it.state == ItemState::Whole);
    shares(&mette, &room, "Svar");
    karla.reads(&room, "Svar", |it| it.state == ItemState::Whole);
    for leader in [&karla, &mette] {
        assert_eq!(titles(leader, &room), ["Svar", "Efter", "Forsvundet", "Før"]);
    }
}
