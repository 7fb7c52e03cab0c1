//! Rooms that lie in no network here, and what is before a time in which a leader was away.

use fristed_app::wire::calendar::Colour;
use fristed_app::wire::network::NetworkForm;
use fristed_app::wire::sharing::{ItemState, Standing};
use fristed_tests::sealed::sealed;
use fristed_tests::sharer::Sharer;
use fristed_tests::synapse::Synapse;
use serde_json::json;

/// Words that stand in what is shared and nowhere else.
const SECRET: &str = "Stikkelsbærkrattet 7714 skulle have været ryddet";

/// How much happens while she is away: more than two pages of what a room has.
const MEANWHILE: u32 = 230;

fn form(name: &str) -> NetworkForm {
    NetworkForm {
        name: name.to_owned(),
        purpose: String::new(),
        colour: Colour::Green,
        rhythm: String::new(),
        title_contains: String::new(),
    }
}

#[test]
fn a_network_that_is_gone_here_takes_nobody_out_of_it_and_is_put_somewhere_again() {
    let server = Synapse::start();
    let [karla, mette] = ["Karla", "Mette"].map(|name| Sharer::of(&server, name));
    let room = karla.founds("Skolelederne");
    let network = karla.network(&room, |_| true).network.expect("her network");
    let program = karla.program();
    program.network_delete(&network).expect("it is deleted here");
    let left = karla.network(&room, |it| it.organiser);
    assert_eq!((left.standing, left.network), (Standing::Joined, None), "she is in it, nowhere");

    // As where the server made it, and its answer was lost.
    let made = program.network_create(form("Skolelederne"), karla.now()).expect("a network");
    let again = program.network_connect(&made.id, false, karla.now()).expect("connected");
    assert_eq!((&again.room, again.network.as_ref()), (&room, Some(&made.id)), "no second one");

    karla.lets_in(&room, &mette);
    program.network_delete(&made.id).expect("it is deleted here");
    let other = program.network_create(form("Skolelederne"), karla.now()).expect("a network");
    let new = program.network_connect(&other.id, false, karla.now()).expect("connected");
    assert_ne!(new.room, room, "one that others are in is not taken for a new one");
    let put = program.invitation_answer(&room, true, None, karla.now()).expect("put somewhere");
    assert!(put.expect("it").network.is_some_and(|id| id != other.id), "in one of its own");
    let entry = karla.writes("Om at blive", SECRET);
    karla.shares(Sharer::draft(&entry, &room));
    mette.reads(&room, "Om at blive", |it| it.state == ItemState::Whole);
    sealed(&server, &[&karla, &mette], &[SECRET]);
}

#[test]
fn what_was_shared_before_she_was_away_for_long_comes_to_another_computer_of_hers() {
    let server = Synapse::start();
    let [karla, mette] = ["Karla", "Mette"].map(|name| Sharer::of(&server, name));
    let room = karla.founds("Skolelederne");
    karla.lets_in(&room, &mette);
    // The copy was made before anything was shared.
    mette.locks();
    let elsewhere = mette.on_a_new_computer();
    mette.opens();
    let entry = mette.writes("Fra før", SECRET);
    mette.shares(Sharer::draft(&entry, &room));
    karla.reads(&room, "Fra før", |it| it.state == ItemState::Whole);

    karla.program().peer_remove(&room, &mette.user()).expect("she is put out");
    mette.network(&room, |it| it.standing == Standing::Left);
    let other = server.sign_in("karla", &karla.password);
    for number in 0..MEANWHILE {
        let path = format!("/_matrix/client/v3/rooms/{room}/send/dk.andet/t{number}");
        assert_eq!(other.call("PUT", &path, Some(&json!({}))).0, 200);
    }
    karla.lets_in(&room, &mette);
    mette.locks();

    elsewhere.signs_in(&server.url());
    elsewhere.reads(&room, "Fra før", |it| it.state == ItemState::Whole);
    let taken = elsewhere.program().withdraw_all(&room, elsewhere.now()).expect("taken back");
    assert_eq!(taken, 1, "what she shared then is hers to take back");
    elsewhere.program().sharing_send().expect("it is sent");
    karla.until("it is gone", |program| {
        let items = program.feed(Some(&room), 0, 10, karla.now()).ok()?.items;
        items.iter().all(|it| it.state != ItemState::Whole).then_some(())
    });
    sealed(&server, &[&karla, &mette, &elsewhere], &[SECRET]);
}
