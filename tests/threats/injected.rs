//! 53, 55 and 56: whom the server lets in by itself. What is said here of a changed identity (55)
//! and of programs without one stands in the story `sharing_trust`; that a new member reads nothing
//! older, and one who was removed nothing newer (53, 54), in the story `sharing`.

use std::collections::HashMap;
use std::thread;
use std::time::{Duration, Instant};

use fristed_app::wire::sharing::{ItemState, Peer, Trust};
use fristed_tests::foreign::{Event, Foreign, When};
use fristed_tests::interference::Interference;
use fristed_tests::sharer::Sharer;
use fristed_tests::synapse::Synapse;
use serde_json::json;

use crate::lies::{self, keys_sent, syncs};

const SECRET: &str = "Kaprifolien 6610 stod i skyggen";

/// Karla with a network between her and the server, and Mette without.
fn two(server: &Synapse) -> (Sharer, Interference, Sharer, String) {
    let network = Interference::before(server.port());
    let karla = Sharer::of_by(server, "Karla", &network.url());
    let mette = Sharer::of(server, "Mette");
    let room = karla.founds("Skolelederne");
    karla.lets_in(&room, &mette);
    (karla, network, mette, room)
}

/// Waits until Karla's program was told of a computer.
fn hears_of(network: &Interference, computer: &str) {
    let begun = Instant::now();
    let told = || {
        let exchanges = network.exchanges();
        let mut answers = exchanges.iter().filter(|one| one.path.contains("/keys/query"));
        answers.any(|one| String::from_utf8_lossy(&one.answer).contains(computer))
    };
    while !told() {
        assert!(begun.elapsed() < Duration::from_secs(60), "she hears of the computer");
        thread::sleep(Duration::from_millis(50));
    }
}

/// The last that Karla sent, as another program has it once it is there.
fn last_of(other: &mut Foreign, room: &str, sender: &str) -> Event {
    let begun = Instant::now();
    loop {
        let mut events = other.timeline(room).into_iter();
        if let Some(last) = events.rfind(|it| it.sender == sender && it.encrypted) {
            return other.reads(room, &last.id, When::There);
        }
        assert!(begun.elapsed() < Duration::from_secs(60), "nothing by {sender} comes");
        thread::sleep(Duration::from_millis(50));
    }
}

fn computers_of(sent: &HashMap<(String, String), usize>, user: &str) -> Vec<String> {
    sent.keys().filter(|(of, _)| of == user).map(|(_, computer)| computer.clone()).collect()
}

#[test]
fn t56_a_computer_that_the_server_adds_to_a_member_gets_no_key() {
    let server = Synapse::start();
    let (karla, network, mette, room) = two(&server);
    let mut added = Foreign::js_without_identity(&server.url(), "mette", &mette.password);
    hears_of(&network, &added.device);
    karla.network(&room, |it| {
        it.peers.iter().any(|one| one.user == mette.user() && one.strange_computers == 1)
    });
    let entry = karla.writes("Om at lytte", SECRET);
    karla.shares(Sharer::draft(&entry, &room));
    let read = mette.reads(&room, "Om at lytte", |it| it.state == ItemState::Whole);
    assert_eq!(read.body, SECRET, "her own computer reads it");

    added.sees(&room, &karla.user(), "join");
    let event = last_of(&mut added, &room, &karla.user());
    assert!(event.error.is_some() && !event.content.to_string().contains(SECRET), "{event:?}");
    let got = computers_of(&keys_sent(&network), &mette.user());
    assert_eq!(got.len(), 1, "one computer of hers got keys: {got:?}");
    assert_ne!(got[0], added.device);
}

#[test]
fn t56_members_that_the_server_slips_in_are_shown_and_get_no_key_without_an_identity() {
    let server = Synapse::start();
    let (karla, network, mette, room) = two(&server);
    for name in ["eva", "bo"] {
        let user = server.user(name, "Slyngplante-7745");
        let path = format!("/_synapse/admin/v1/rooms/{room}/make_room_admin");
        let (status, answer) = server.admin("POST", &path, Some(&json!({"user_id": user})));
        assert_eq!(status, 200, "{answer}");
    }
    let mut eva = Foreign::js_without_identity(&server.url(), "eva", "Slyngplante-7745");
    let mut bo = Foreign::js(&server, "bo", "Slyngplante-7745");
    eva.accepts(&room);
    bo.accepts(&room);
    let is = |peers: &[Peer], user: &str, trust| {
        peers.iter().any(|it| it.user == user && !it.invited && it.trust == trust)
    };
    karla.network(&room, |it| {
        is(&it.peers, &eva.user, Trust::NoIdentity) && is(&it.peers, &bo.user, Trust::NotYet)
    });
    let entry = karla.writes("Om at lytte", SECRET);
    let preview = karla.program().share_preview(Sharer::draft(&entry, &room), karla.now());
    let preview = preview.expect("a preview");
    let users = |peers: &[Peer]| peers.iter().map(|it| it.user.clone()).collect::<Vec<_>>();
    assert_eq!(users(&preview.not_readers), [eva.user.clone()], "who will not read it");
    let mut readers = users(&preview.readers);
    readers.sort();
    assert_eq!(readers, [bo.user.clone(), mette.user()], "she is told of him before it is shared");

    karla.shares(Sharer::draft(&entry, &room));
    mette.reads(&room, "Om at lytte", |it| it.state == ItemState::Whole);
    let event = last_of(&mut eva, &room, &karla.user());
    assert!(event.error.is_some() && !event.content.to_string().contains(SECRET), "{event:?}");
    let sent = keys_sent(&network);
    assert_eq!(computers_of(&sent, &eva.user), Vec::<String>::new(), "{sent:?}");
    assert_eq!(computers_of(&sent, &bo.user), [bo.device.clone()], "{sent:?}");
}

/// Karla with a network between her and the server, and Mette and Sofie without.
fn three(server: &Synapse) -> (Sharer, Interference, Sharer, Sharer, String) {
    let (karla, network, mette, room) = two(server);
    let sofie = Sharer::of(server, "Sofie");
    karla.lets_in(&room, &sofie);
    (karla, network, mette, sofie, room)
}

/// How many keys somebody was sent through a network.
fn keys_of(network: &Interference, user: &str) -> usize {
    let sent = keys_sent(network);
    sent.iter().filter(|((of, _), _)| of == user).map(|(_, times)| times).sum()
}

#[test]
fn t53_the_computer_of_a_member_who_was_removed_gets_no_key_of_what_comes_later() {
    let server = Synapse::start();
    let (karla, network, mette, sofie, room) = three(&server);
    let shares = |title: &str| {
        let entry = karla.writes(title, SECRET);
        karla.shares(Sharer::draft(&entry, &room));
        sofie.reads(&room, title, |it| it.state == ItemState::Whole);
        (keys_of(&network, &mette.user()), keys_of(&network, &sofie.user()))
    };
    let (mettes, sofies) = shares("Før");
    assert!(mettes > 0 && sofies > 0, "both got keys: {mettes}, {sofies}");
    karla.program().peer_remove(&room, &mette.user()).expect("Mette is removed");
    let (mettes_after, sofies_after) = shares("Efter");
    assert!(sofies_after > sofies, "a new key was made");
    assert_eq!(mettes_after, mettes, "and Mette's computer did not get it");
}

#[test]
fn t53_nothing_is_sent_while_the_server_does_not_tell_that_the_member_is_removed() {
    let server = Synapse::start();
    let (karla, network, mette, sofie, room) = three(&server);
    let entry = karla.writes("Før", SECRET);
    karla.shares(Sharer::draft(&entry, &room));
    sofie.reads(&room, "Før", |it| it.state == ItemState::Whole);
    let texts = || {
        let all = network.exchanges().into_iter();
        all.filter(|one| one.path.contains("/send/m.room.encrypted/")).count()
    };
    let (sent, mettes, sofies) =
        (texts(), keys_of(&network, &mette.user()), keys_of(&network, &sofie.user()));

    network.rewrites(syncs(), lies::nothing_new(&network));
    karla.program().peer_remove(&room, &mette.user()).expect("Mette is removed");
    let entry = karla.writes("Efter", SECRET);
    let item = karla.chooses(Sharer::draft(&entry, &room));
    karla.waits(11);
    karla.program().sharing_send().expect("what may be sent is sent");
    assert_eq!(texts(), sent, "her key would open it");
    assert_eq!(karla.program().sharing_status().expect("how it stands").waiting, 1);

    network.calms();
    karla.sends(&item.id);
    sofie.reads(&room, "Efter", |it| it.state == ItemState::Whole);
    assert!(keys_of(&network, &sofie.user()) > sofies, "with a new key");
    assert_eq!(keys_of(&network, &mette.user()), mettes, "that Mette's computer did not get");
}
