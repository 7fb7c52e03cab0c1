//! 55: an identity that the server puts another in the place of, and then puts back.

use std::thread;
use std::time::{Duration, Instant};

use fristed_app::wire::sharing::{ItemState, NoKey, SharedNetwork, Trust};
use fristed_tests::foreign::Foreign;
use fristed_tests::interference::{Interference, Which};
use fristed_tests::sharer::Sharer;
use fristed_tests::synapse::Synapse;
use serde_json::{Map, Value};

const FEIGNED: &str = "Det var aldrig mig der skrev det, 4471";
const MINE: &str = "Det er mig igen, 9026";

fn asked() -> Which {
    Which::with("/keys/query")
}

/// What the server said last of somebody's identity.
fn identity(network: &Interference, user: &str) -> Map<String, Value> {
    let answers = network.exchanges().into_iter().filter(|one| one.path.contains("/keys/query"));
    let answers = answers.filter_map(|one| serde_json::from_slice::<Value>(&one.answer).ok());
    let parts = ["master_keys", "self_signing_keys"];
    let mut of_user = answers.filter_map(|answer| {
        parts.iter().map(|part| Some((part.to_string(), answer[part].get(user)?.clone()))).collect()
    });
    of_user.next_back().expect("it told of her identity")
}

fn stands(network: &SharedNetwork, user: &str) -> Option<(Trust, u32)> {
    let peer = network.peers.iter().find(|peer| peer.user == user)?;
    Some((peer.trust, peer.strange_computers))
}

/// Waits until so many of what Mette sent are doubted.
fn doubted(karla: &Sharer, room: &str, count: usize) {
    let doubt = ItemState::Waiting { why: Some(NoKey::SenderNotSure) };
    karla.until("what came is not believed", |program| {
        let feed = program.feed(Some(room), 0, 10, karla.now()).ok()?;
        (feed.items.iter().filter(|it| it.state == doubt).count() == count).then_some(())
    });
}

#[test]
fn t55_an_identity_that_was_another_for_a_while_is_not_taken_for_unchanged() {
    let server = Synapse::start();
    let network = Interference::before(server.port());
    let karla = Sharer::of_by(&server, "Karla", &network.url());
    let user = server.user("mette", "Mette-Pileurt-3391");
    let mut mette = Foreign::js(&server, "mette", "Mette-Pileurt-3391");
    let room = karla.founds("Skolelederne");
    karla.program().invite(&room, &user).expect("an invitation");
    mette.accepts(&room);
    karla.network(&room, |it| stands(it, &user) == Some((Trust::NotYet, 0)));
    let hers = identity(&network, &user);

    // Whoever runs the server signs in as her, under an identity that he made.
    let mut another = Foreign::js_without_identity(&server.url(), "mette", "Mette-Pileurt-3391");
    another.changes_identity();
    karla.network(&room, |it| stands(it, &user) == Some((Trust::Changed, 1)));
    another.sees(&room, &karla.user(), "join");
    another.sends(&room, FEIGNED);
    doubted(&karla, &room, 1);

    // He puts hers back, and lets Karla's program know that something is new.
    let known = identity_key(&network, &user);
    network.rewrites(asked(), move |answer| {
        let users = answer["device_keys"].as_object().cloned().unwrap_or_default();
        for (part, keys) in hers.iter().filter(|_| users.contains_key("@mette:fristed.test")) {
            answer[part]["@mette:fristed.test"] = keys.clone();
        }
    });
    drop(server.sign_in("mette", "Mette-Pileurt-3391"));
    let begun = Instant::now();
    while identity_key(&network, &user) == known {
        assert!(begun.elapsed() < Duration::from_secs(60), "it is asked anew");
        thread::sleep(Duration::from_millis(50));
    }
    another.sends(&room, FEIGNED);
    doubted(&karla, &room, 2);
    karla.network(&room, |it| stands(it, &user).is_some_and(|it| it.0 == Trust::Changed));

    karla.program().peer_decide(&user, karla.now()).expect("Mette says that all is well");
    karla.network(&room, |it| stands(it, &user).is_some_and(|it| it.0 == Trust::NotYet));
    mette.sends(&room, MINE);
    karla.until("what Mette herself sends is believed", |program| {
        let feed = program.feed(Some(&room), 0, 10, karla.now()).ok()?;
        feed.items.into_iter().find(|it| it.body == MINE)
    });
    karla.locks();
    karla.opens();
    karla.program().sharing_catch_up(Duration::from_secs(60)).expect("all is asked for anew");
    doubted(&karla, &room, 2);

    // At another sign-in the keys come from the backup, which tells nothing of whose they were.
    karla.program().sharing_sign_out(karla.now()).expect("she signs out");
    karla.signs_in(&network.url());
    karla.program().sharing_catch_up(Duration::from_secs(60)).expect("all is asked for anew");
    doubted(&karla, &room, 2);
    assert!(!format!("{:?}", karla.feed(&room)).contains(FEIGNED), "and what another sent is not");
}

/// The key of the identity that was told of last.
fn identity_key(network: &Interference, user: &str) -> Value {
    identity(network, user)["master_keys"]["keys"].clone()
}
