//! 49 to 52 and 57 to 59: events that are not what they seem. That nothing in a content says who sent
//! it, that edits and redactions count only from whom they may, and that order and repetition change
//! nothing, is also shown by the unit tests of the log; that what a member sends in clear is no
//! entry (58), and that the server refuses to let one redact what another sent (51), by the story
//! `sharing_trust`; that what is too long for an event goes as a file (59), by the unit tests of the
//! content.

use fristed_app::wire::sharing::{FeedItem, ItemState, NoKey};
use fristed_tests::foreign::{Foreign, When};
use fristed_tests::interference::{Interference, Which};
use fristed_tests::sharer::Sharer;
use fristed_tests::synapse::Synapse;
use serde_json::{Value, json};

use crate::lies::{self, syncs};

/// Karla, and Mette with a network between her and the server, in one room.
struct Room {
    server: Synapse,
    karla: Sharer,
    mette: Sharer,
    network: Interference,
    id: String,
}

impl Room {
    fn new() -> Self {
        let server = Synapse::start();
        let network = Interference::before(server.port());
        let karla = Sharer::of(&server, "Karla");
        let mette = Sharer::of_by(&server, "Mette", &network.url());
        let id = karla.founds("Skolelederne");
        karla.lets_in(&id, &mette);
        Self { server, karla, mette, network, id }
    }

    fn shares(&self, leader: &Sharer, title: &str) -> FeedItem {
        let entry = leader.writes(title, &body(title));
        leader.shares(Sharer::draft(&entry, &self.id))
    }

    fn reads(&self, leader: &Sharer, title: &str) -> FeedItem {
        leader.reads(&self.id, title, |it| it.state == ItemState::Whole)
    }

    /// Everything that was sent before this is there, for Mette, once this is.
    fn goes_on(&self, title: &str) {
        self.shares(&self.karla, title);
        self.reads(&self.mette, title);
    }

    /// The titles that Mette sees.
    fn titles(&self) -> Vec<String> {
        self.mette.feed(&self.id).into_iter().map(|item| item.title).collect()
    }

    /// Bo with another program, in the room.
    fn lets_bo_in(&self) -> (String, Foreign) {
        let bo = self.server.user("bo", "Bo-Mælkebøtte-5520");
        let mut bos = Foreign::js(&self.server, "bo", "Bo-Mælkebøtte-5520");
        self.karla.program().invite(&self.id, &bo).expect("an invitation");
        bos.accepts(&self.id);
        self.karla.network(&self.id, |network| {
            network.peers.iter().any(|peer| peer.user == bo && !peer.invited)
        });
        (bo, bos)
    }

    /// The id of the last event that somebody sent.
    fn last_of(&self, user: &str) -> String {
        let path = format!("/_synapse/admin/v1/rooms/{}/messages?dir=b&limit=50", self.id);
        let (_, answer) = self.server.admin("GET", &path, None);
        let mut events = answer["chunk"].as_array().expect("events").iter();
        let hers = events.find(|it| it["type"] == "m.room.encrypted" && it["sender"] == user);
        hers.expect("her event")["event_id"].as_str().expect("its id").to_owned()
    }
}

fn body(title: &str) -> String {
    format!("{title}: det blev sagt højt.")
}

/// Something that the server makes up, as if it had come after another event.
fn made_up(after: &Value, kind: &str, sender: &str, content: &Value) -> Value {
    let id = after["event_id"].as_str().expect("an id");
    json!({
        "type": kind, "sender": sender, "content": content,
        "event_id": format!("{id}{}", kind.len()), "origin_server_ts": after["origin_server_ts"],
    })
}

#[test]
fn t49_the_server_cannot_say_that_somebody_else_sent_it() {
    let it = Room::new();
    let sofie = Sharer::of(&it.server, "Sofie");
    it.karla.lets_in(&it.id, &sofie);
    let (sofies, karlas) = (sofie.user(), it.karla.user());
    it.network.rewrites(syncs(), lies::another_sender(&sofies, &karlas));
    let asked_for = Which::with("/event/");
    let (from, to) = (sofies.clone(), karlas.clone());
    it.network.rewrites(asked_for, move |event| {
        if event["sender"] == from {
            event["sender"] = json!(to);
        }
    });
    it.shares(&sofie, "Om at love");
    it.goes_on("Bagefter");
    let shown = it.mette.feed(&it.id);
    let feigned: Vec<_> = shown.iter().filter(|one| one.title == "Om at love").collect();
    assert!(feigned.is_empty(), "it is shown under no other name: {feigned:?}");
    let waits =
        |one: &FeedItem| one.state == ItemState::Waiting { why: Some(NoKey::SenderNotSure) };
    assert!(shown.iter().any(waits), "it waits, since it is not sure who sent it: {shown:?}");

    // Even where the server says later who it was: it is hers then, and nobody else's.
    it.network.calms();
    it.mette.locks();
    it.mette.opens();
    let read = it.reads(&it.mette, "Om at love");
    assert_eq!(read.sender.user, sofies, "it is shown under whose key it is");
    assert_eq!(it.titles().len(), 2, "and once");
}

#[test]
fn t49_t50_another_member_neither_speaks_for_her_nor_changes_what_she_shared() {
    let it = Room::new();
    let (bo, mut bos) = it.lets_bo_in();
    it.shares(&it.karla, "Om at lytte");
    let original = it.last_of(&it.karla.user());
    bos.sees(&it.id, &it.karla.user(), "join");
    let seen = bos.reads(&it.id, &original, When::Readable);
    let mut feigned = seen.content.clone();
    feigned["sender"] = json!(it.karla.user());
    feigned["body"] = json!("Det har jeg aldrig sagt.");
    feigned["dk.fristed.reflection"]["sender"] = json!(it.karla.user());
    feigned["dk.fristed.reflection"]["title"] = json!("Falsk");
    let _sent = bos.sends_content(&it.id, "m.room.message", &feigned);
    let _edit = bos.edits(&it.id, &original, "Det har jeg aldrig sagt.");
    let mut edit = json!({
        "msgtype": "m.text", "body": "* Det har jeg aldrig sagt.", "m.new_content": feigned,
    });
    edit["m.relates_to"] = json!({"rel_type": "m.replace", "event_id": original});
    let _edit = bos.sends_content(&it.id, "m.room.message", &edit);
    let _last = bos.sends(&it.id, "Bos sidste ord.");

    for leader in [&it.karla, &it.mette] {
        leader.until("Bo's last word", |program| {
            let feed = program.feed(Some(&it.id), 0, 10, leader.now()).ok()?;
            feed.items.iter().any(|item| item.body == "Bos sidste ord.").then_some(())
        });
        let hers = it.reads(leader, "Om at lytte");
        assert_eq!((hers.body, hers.edited_at), (body("Om at lytte"), None), "hers is as it was");
        let false_one = it.reads(leader, "Falsk");
        assert_eq!(false_one.sender.user, bo, "the same copy id from another is another thing");
    }
}

#[test]
fn t50_t57_an_event_that_a_member_and_the_server_tie_to_itself_stops_nothing() {
    let it = Room::new();
    let (bo, mut bos) = it.lets_bo_in();
    let himself = bo.clone();
    it.network.rewrites(
        syncs(),
        lies::each_encrypted(move |event| {
            if event["sender"] == himself {
                let id = event["event_id"].clone();
                event["content"]["m.relates_to"] = json!({"rel_type": "m.replace", "event_id": id});
            }
        }),
    );
    let said = "Det forrige om det forrige.";
    let new = json!({"msgtype": "m.text", "body": said});
    let edit = json!({"msgtype": "m.text", "body": said, "m.new_content": new});
    let _tied = bos.sends_content(&it.id, "m.room.message", &edit);
    let read = |program: &fristed_app::Fristed, leader: &Sharer| {
        let feed = program.feed(Some(&it.id), 0, 10, leader.now()).ok()?;
        feed.items.into_iter().find(|item| item.body == said)
    };
    it.karla.until("what Bo said", |program| read(program, &it.karla));
    it.goes_on("Bagefter");
    assert!(it.network.exchanges().iter().any(|one| one.disturbed), "it lied");
    assert_eq!(it.titles(), ["Bagefter"], "a new version of itself is one of nothing");
}

#[test]
fn t51_what_an_organiser_removes_says_by_whom_and_the_original_stays() {
    let it = Room::new();
    let shared = it.shares(&it.mette, "Om at tvivle");
    it.reads(&it.karla, "Om at tvivle");
    let event = it.last_of(&it.mette.user());
    // Another program of Karla's, who organises.
    let bare = it.server.sign_in("karla", &it.karla.password);
    let path = format!("/_matrix/client/v3/rooms/{}/redact/{event}/t1", it.id);
    assert_eq!(bare.call("PUT", &path, Some(&json!({}))).0, 200);
    for leader in [&it.karla, &it.mette] {
        leader.until("it is removed", |program| {
            let mut feed = program.feed(Some(&it.id), 0, 10, leader.now()).ok()?.items;
            let one = feed.pop()?;
            let ItemState::Removed { by, .. } = &one.state else { return None };
            assert_eq!(by.user, it.karla.user(), "it says who removed it");
            assert_eq!((one.title.as_str(), one.body.as_str()), ("", ""));
            Some(())
        });
        let found = leader.program().feed_search(None, "tvivle", 0, 10, leader.now());
        assert_eq!(found.expect("a search").total, 0);
    }
    let entry = shared.entry.expect("her entry");
    let kept = it.mette.program().entry_get(&entry).expect("her entry");
    assert_eq!(kept.body, body("Om at tvivle"), "her own is as it was");
}

#[test]
fn t50_t51_t58_what_the_server_makes_up_in_clear_changes_nothing() {
    let it = Room::new();
    let sofie = Sharer::of(&it.server, "Sofie");
    it.karla.lets_in(&it.id, &sofie);
    it.shares(&it.karla, "Om at lytte");
    it.reads(&it.mette, "Om at lytte");
    let (original, karla, sofies) = (it.last_of(&it.karla.user()), it.karla.user(), sofie.user());
    let feigned = json!({
        "msgtype": "m.text", "body": "Falsk",
        "dk.fristed.reflection": {
            "v": 1, "id": "AAAAAAAAAAAAAAAAAAAAAA", "title": "Falsk", "markdown": "Falsk",
        },
    });
    let mut edit = json!({"msgtype": "m.text", "body": "* Falsk", "m.new_content": feigned});
    edit["m.relates_to"] = json!({"rel_type": "m.replace", "event_id": original});
    it.network.rewrites(
        syncs(),
        lies::made_of_events(move |event| {
            let mut redaction =
                made_up(event, "m.room.redaction", &sofies, &json!({"redacts": original}));
            redaction["redacts"] = json!(original);
            let mut all = vec![
                made_up(event, "m.room.message", &karla, &feigned),
                made_up(event, "m.room.message.", &karla, &feigned),
                made_up(event, "dk.fristed.reaction", &karla, &edit),
                redaction,
            ];
            all[1]["type"] = json!("m.room.message");
            all[1]["content"] = edit.clone();
            all
        }),
    );
    it.goes_on("Bagefter");
    assert!(it.network.exchanges().iter().any(|one| one.disturbed), "it lied");
    assert_eq!(it.titles(), ["Bagefter", "Om at lytte"], "what is not encrypted is no entry");
    let read = it.reads(&it.mette, "Om at lytte");
    assert_eq!((read.body, read.edited_at), (body("Om at lytte"), None), "and changes none");
}

#[test]
fn t52_an_event_that_the_server_gives_out_twice_is_one_entry() {
    let it = Room::new();
    it.network.rewrites(
        syncs(),
        lies::made_of_events(|event| {
            let mut again = event.clone();
            let id = event["event_id"].as_str().expect("an id");
            again["event_id"] = json!(format!("{id}x"));
            vec![again]
        }),
    );
    it.goes_on("Om at gentage");
    let read = it.reads(&it.mette, "Om at gentage");
    let karlas = it.reads(&it.karla, "Om at gentage");
    let reply = it.karla.program().reply_send(&karlas.id, "Igen og igen.", it.karla.now());
    it.karla.sends(&reply.expect("a reply").id);
    it.goes_on("Bagefter");
    let whole = it.mette.feed(&it.id).into_iter().filter(|one| one.state == ItemState::Whole);
    let titles: Vec<String> = whole.map(|one| one.title).collect();
    assert_eq!(titles, ["Bagefter", "Om at gentage"]);
    let replies = it.mette.thread(&read.id, |it| !it.replies.is_empty()).replies;
    let said: Vec<&str> = replies.iter().map(|reply| reply.body.as_str()).collect();
    assert_eq!(said, ["Igen og igen."]);
}

#[test]
fn t59_an_event_of_ten_megabytes_is_skipped_and_a_long_entry_is_read_whole() {
    let it = Room::new();
    let (karla, large) = (it.karla.user(), "x".repeat(10_000_000));
    it.network.rewrites(
        syncs().times(8),
        lies::made_of_events(move |event| {
            let mut encrypted = event["content"].clone();
            encrypted["ciphertext"] = json!(large);
            vec![
                made_up(event, "m.room.encrypted", &karla, &encrypted),
                made_up(event, "dk.fristed.unknown", &karla, &json!({"body": large})),
            ]
        }),
    );
    it.goes_on("Bagefter");
    let lied = it.network.exchanges().iter().any(|one| one.answer.len() > 10_000_000);
    assert!(lied, "it was as large");
    assert_eq!(it.titles(), ["Bagefter"], "nothing is shown of it");

    let long = "Jeg gik en tur i skoven og tænkte over det. ".repeat(5_000);
    let entry = it.karla.writes("Om at gå", &long);
    it.karla.shares(Sharer::draft(&entry, &it.id));
    assert_eq!(it.reads(&it.mette, "Om at gå").body, long);
}
