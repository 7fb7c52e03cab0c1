//! 60: taken back without a network, and killed. More of it is in `schedules`, and in the unit tests
//! of the outbox without a server.

use fristed_app::wire::sharing::ItemState;
use fristed_tests::apart::Apart;
use fristed_tests::interference::{Fault, Interference, Which};
use fristed_tests::sharer::Sharer;
use fristed_tests::synapse::Synapse;
use serde_json::{Value, json};

#[test]
fn t60_what_is_taken_back_without_a_network_is_taken_back_once_after_a_kill() {
    let server = Synapse::start();
    let network = Interference::before(server.port());
    let mette = Sharer::of(&server, "Mette");
    let room = mette.founds("Skolelederne");
    let user = server.user("karla", "Karla-Kastanje-3318");
    let mut karla = Apart::new("Karla");
    karla.signs_in(&network.url(), "Karla-Kastanje-3318");
    mette.program().invite(&room, &user).expect("an invitation");
    let _asked = karla.network(&room, |it| it["standing"] == "invited");
    let _in = karla.does(json!({"do": "accept", "room": room}));
    mette.network(&room, |it| it.peers.iter().any(|peer| peer.user == user && !peer.invited));

    let _known = karla.knows_both(&room);

    // Killed before the server was asked, after it was, and after it was asked twice.
    for (round, answers_lost) in [0, 1, 2].into_iter().enumerate() {
        let title = format!("Om at fortryde, {round}");
        let entry = karla.does(json!({"do": "write", "title": title, "body": "Det var forkert."}));
        let shared = karla.does(json!({"do": "share", "entry": entry, "room": room}));
        karla.waits(11);
        let _begun = karla.does(json!({"do": "send"}));
        let read = mette.reads(&room, &title, |it| it.state == ItemState::Whole);
        let wish = json!({"do": "withdraw", "item": shared["id"]});
        if answers_lost == 0 {
            network.cuts_off();
        } else {
            network.does(Which::with("/redact/"), Fault::AnswerLost);
        }
        let seen = |network: &Interference| {
            network.exchanges().iter().filter(|one| one.path.contains("/redact/")).count()
        };
        let before = seen(&network);
        let _gone = karla.does(wish);
        for more in 1..=answers_lost {
            karla.waits(600);
            let _begun = karla.does(json!({"do": "send"}));
            // What was taken back may come to be known from the server before it is tried again.
            karla.until("it is tried", |karla| {
                let tried = seen(&network) >= before + more;
                let known = more > 1 && karla.does(json!({"do": "outbox"})) == json!([]);
                (tried || known).then_some(())
            });
        }
        karla.is_killed();
        network.calms();
        karla.starts();
        karla.waits(600);
        let _begun = karla.does(json!({"do": "send"}));
        karla.until("nothing waits", |karla| {
            (karla.does(json!({"do": "outbox"})) == json!([])).then_some(())
        });
        mette.thread(&read.id, |it| matches!(it.item.state, ItemState::Withdrawn { .. }));
        let path = format!("/_synapse/admin/v1/rooms/{room}/messages?dir=b&limit=100");
        let (_, answer) = server.admin("GET", &path, None);
        let events = answer["chunk"].as_array().expect("events").iter();
        let redactions: Vec<&Value> =
            events.filter(|it| it["type"] == "m.room.redaction").collect();
        assert_eq!(redactions.len(), round + 1, "one each time: {redactions:?}");
    }
}
