//! Whom keys go to and who is believed: Fristed beside Matrix clients by others.

use std::thread;
use std::time::{Duration, Instant};

use fristed_app::wire::ErrorCode;
use fristed_app::wire::sharing::{
    FeedItem, FeedKind, ItemState, NoKey, Sending, SharedNetwork, Standing, Trust, VerificationStep,
};
use fristed_tests::foreign::{Event, Foreign, When};
use fristed_tests::sealed::sealed;
use fristed_tests::sharer::Sharer;
use fristed_tests::synapse::Synapse;

/// Words that stand in what is shared and nowhere else.
const SECRET: &str = "Hyldeblomsten 8812 stod aldrig i referatet";

/// What somebody sends under an identity that nobody knows yet.
const FEIGNED: &str = "Det har jeg ændret mening om";

/// Makes an account.
fn account(server: &Synapse, name: &str, password: &str) {
    assert_eq!(server.user(name, password), format!("@{name}:{}", server.server_name()));
}

/// Invites a leader at another program, who accepts.
fn lets_in(karla: &Sharer, room: &str, other: &mut Foreign) {
    karla.program().invite(room, &other.user).expect("an invitation");
    other.accepts(room);
    karla.network(room, |it| it.peers.iter().any(|peer| peer.user == other.user && !peer.invited));
}

/// Karla, and Mette at a program by others, in a network of Karla's.
fn karla_and_another_program(server: &Synapse) -> (Sharer, Foreign, String) {
    let karla = Sharer::of(server, "Karla");
    account(server, "mette", "Mette-Pileurt-3391");
    let mut mette = Foreign::js(server, "mette", "Mette-Pileurt-3391");
    let room = karla.founds("Skolelederne");
    lets_in(&karla, &room, &mut mette);
    (karla, mette, room)
}

fn trust(network: &SharedNetwork, user: &str) -> Option<Trust> {
    network.peers.iter().find(|peer| peer.user == user).map(|peer| peer.trust)
}

/// The last thing that somebody sent, once another program has heard of one.
fn last_of(other: &mut Foreign, room: &str, sender: &str) -> Event {
    let begun = Instant::now();
    loop {
        let mut events = other.timeline(room).into_iter();
        if let Some(last) = events.rfind(|it| it.sender == sender && it.encrypted) {
            return last;
        }
        assert!(begun.elapsed() < Duration::from_secs(60), "nothing by {sender} comes");
        thread::sleep(Duration::from_millis(50));
    }
}

#[test]
fn another_program_shows_what_is_shared_as_text_and_its_replies_come_here() {
    let server = Synapse::start();
    let (karla, mut mette, room) = karla_and_another_program(&server);
    karla.network(&room, |it| trust(it, &mette.user) == Some(Trust::NotYet));
    let entry = karla.writes("Om at lytte", SECRET);
    let shared = karla.shares(Sharer::draft(&entry, &room));

    mette.sees(&room, &karla.user(), "join");
    let event = last_of(&mut mette, &room, &karla.user());
    let event = mette.reads(&room, &event.id, When::Readable);
    assert_eq!(event.text(), format!("Om at lytte\n\n{SECRET}"), "it is readable text there");
    let told = event.content.to_string();
    assert!(!told.contains(&entry.id), "no id of the journal leaves: {told}");

    mette.replies(&room, &event.id, "Det kender jeg.");
    let thread = karla.thread(&shared.id, |it| it.replies.len() == 1);
    assert_eq!(thread.replies[0].body, "Det kender jeg.");
    assert_eq!(thread.replies[0].sender.user, mette.user);
    assert!(thread.replies[0].plain, "it is shown as plain text");
    mette.sends(&room, "# Ingen overskrift\n<b>heller ikke fed</b>");
    let plain = karla.until("a message of hers", |program| {
        let feed = program.feed(Some(&room), 0, 10, karla.now()).ok()?;
        feed.items.into_iter().find(|item| item.kind == FeedKind::Message)
    });
    assert_eq!(plain.body, "# Ingen overskrift\n<b>heller ikke fed</b>");
    assert!(plain.plain);

    karla.program().withdraw(&shared.id, karla.now()).expect("she takes it back");
    karla.program().sharing_send().expect("it is sent");
    assert!(mette.reads(&room, &event.id, When::Redacted).redacted, "and it is gone there too");
}

#[test]
fn a_program_without_an_identity_gets_no_keys_and_is_shown() {
    let server = Synapse::start();
    let karla = Sharer::of(&server, "Karla");
    account(&server, "bo", "Bo-Mælkebøtte-5520");
    let mut bo = Foreign::nio(&server, "bo", "Bo-Mælkebøtte-5520");
    let room = karla.founds("Skolelederne");
    lets_in(&karla, &room, &mut bo);
    karla.network(&room, |it| trust(it, &bo.user) == Some(Trust::NoIdentity));
    let entry = karla.writes("Om at lytte", SECRET);
    let preview = karla.program().share_preview(Sharer::draft(&entry, &room), karla.now());
    let preview = preview.expect("a preview");
    assert_eq!(preview.readers, [], "nobody will read it");
    assert_eq!(preview.not_readers.len(), 1, "and it says who will not");
    karla.shares(Sharer::draft(&entry, &room));
    bo.sees(&room, &karla.user(), "join");
    let event = last_of(&mut bo, &room, &karla.user());
    let event = bo.reads(&room, &event.id, When::There);
    assert!(event.error.is_some() && !event.content.to_string().contains(SECRET), "{event:?}");
}

#[test]
fn whoever_is_invited_before_she_ever_signed_in_reads_what_is_shared_once_she_is_there() {
    let server = Synapse::start();
    let karla = Sharer::of(&server, "Karla");
    let mette = Sharer::new("Mette");
    account(&server, "mette", &mette.password);
    let room = karla.founds("Skolelederne");
    karla.program().invite(&room, "@mette:fristed.test").expect("an invitation");
    karla.network(&room, |it| trust(it, "@mette:fristed.test") == Some(Trust::NoIdentity));
    mette.signs_in(&server.url());
    mette.network(&room, |it| it.standing == Standing::Invited);
    mette.program().invitation_answer(&room, true, None, mette.now()).expect("she accepts");
    karla.network(&room, |it| trust(it, "@mette:fristed.test") == Some(Trust::NotYet));
    let entry = karla.writes("Om at lytte", SECRET);
    karla.shares(Sharer::draft(&entry, &room));
    let read = mette.reads(&room, "Om at lytte", |it| it.state == ItemState::Whole);
    assert_eq!(read.body, SECRET);
}

/// She shares something, and it is not sent, since somebody is another than before; gives it.
fn shares_in_vain(karla: &Sharer, room: &str) -> FeedItem {
    let entry = karla.writes("Om at lytte", SECRET);
    let item = karla.chooses(Sharer::draft(&entry, room));
    karla.waits(11);
    karla.program().sharing_send().expect("it is tried");
    let why = Sending::Failed { trouble: ErrorCode::IdentityChanged };
    karla.reads(room, "Om at lytte", |it| it.sending.as_ref() == Some(&why));
    item
}

#[test]
fn a_changed_identity_stops_sending_until_the_leader_has_decided() {
    let server = Synapse::start();
    let (karla, mut mette, room) = karla_and_another_program(&server);
    karla.network(&room, |it| trust(it, &mette.user) == Some(Trust::NotYet));

    mette.changes_identity();
    let stopped = karla.network(&room, |it| trust(it, &mette.user) == Some(Trust::Changed));
    assert_eq!(stopped.stopped_by.len(), 1, "the network says who stops it");
    let item = shares_in_vain(&karla, &room);
    let there = mette.timeline(&room);
    assert!(!there.iter().any(|event| event.text().contains(SECRET)), "nothing was sent");
    mette.sends(&room, FEIGNED);
    let doubted = ItemState::Waiting { why: Some(NoKey::SenderNotSure) };
    let waits = karla.until("what she sends now is not believed", |program| {
        let feed = program.feed(Some(&room), 0, 10, karla.now()).ok()?;
        feed.items.into_iter().find(|it| it.state == doubted)
    });
    assert!(!format!("{:?}", karla.feed(&room)).contains(FEIGNED));

    karla.program().peer_decide(&mette.user, karla.now()).expect("she has rung her");
    karla.network(&room, |it| trust(it, &mette.user) == Some(Trust::NotYet));
    karla.sends(&item.id);
    let event = last_of(&mut mette, &room, &karla.user());
    let event = mette.reads(&room, &event.id, When::Readable);
    assert!(event.text().contains(SECRET), "and now she reads it: {event:?}");
    karla.thread(&waits.id, |it| it.item.body == FEIGNED && it.item.state == ItemState::Whole);
    sealed(&server, &[&karla], &[SECRET, FEIGNED]);
}

/// The two compare their signs, and know each other.
fn compare(karla: &Sharer, mette: &mut Foreign, room: &str) {
    karla.program().verification_begin(&mette.user).expect("she asks");
    mette.begin("emoji", serde_json::json!({}));
    let signs = karla.until("the signs", |program| match program.verification().ok()??.step {
        VerificationStep::Compare { signs } => Some(signs),
        _ => None,
    });
    let hers = mette.ended().expect("she sees them too");
    assert_eq!((signs.len(), hers.as_array().map(Vec::len)), (7, Some(7)));
    karla.program().verification_answer(true).expect("they are the same");
    mette.says_they_are_the_same();
    karla.network(room, |it| trust(it, &mette.user) == Some(Trust::Known));
    karla.program().verification_end().expect("it is put away");
}

#[test]
fn one_who_is_known_and_then_another_is_asked_about_and_no_longer_known() {
    let server = Synapse::start();
    let (karla, mut mette, room) = karla_and_another_program(&server);
    compare(&karla, &mut mette, &room);

    mette.changes_identity();
    karla.network(&room, |it| {
        trust(it, &mette.user) == Some(Trust::Changed) && it.stopped_by.len() == 1
    });
    let item = shares_in_vain(&karla, &room);
    karla.program().peer_decide(&mette.user, karla.now()).expect("she has rung her");
    karla.network(&room, |it| trust(it, &mette.user) == Some(Trust::NotYet));
    karla.sends(&item.id);
    sealed(&server, &[&karla], &[SECRET]);
}

#[test]
fn comparing_signs_with_one_who_became_another_lets_what_that_stopped_go() {
    let server = Synapse::start();
    let (karla, mut mette, room) = karla_and_another_program(&server);
    compare(&karla, &mut mette, &room);
    mette.changes_identity();
    karla.network(&room, |it| trust(it, &mette.user) == Some(Trust::Changed));
    let item = shares_in_vain(&karla, &room);

    compare(&karla, &mut mette, &room);
    karla.sends(&item.id);
    sealed(&server, &[&karla], &[SECRET]);
}

#[test]
fn what_came_unencrypted_is_no_entry_and_nobody_changes_what_another_shared() {
    let server = Synapse::start();
    let karla = Sharer::of(&server, "Karla");
    let mette = Sharer::of(&server, "Mette");
    let room = karla.founds("Skolelederne");
    karla.lets_in(&room, &mette);
    let entry = karla.writes("Om at lytte", "Jeg ventede for længe.");
    karla.shares(Sharer::draft(&entry, &room));
    let read = mette.reads(&room, "Om at lytte", |it| it.state == ItemState::Whole);

    // The same account at a program that does not encrypt, as a server could make one up.
    let bare = server.sign_in("mette", &mette.password);
    let path = format!("/_matrix/client/v3/rooms/{room}/send/m.room.message/t1");
    let body = serde_json::json!({ "msgtype": "m.text", "body": SECRET });
    assert_eq!(bare.call("PUT", &path, Some(&body)).0, 200);
    let later = mette.writes("Bagefter", "Det her er krypteret.");
    mette.shares(Sharer::draft(&later, &room));
    karla.reads(&room, "Bagefter", |it| it.state == ItemState::Whole);
    let titles: Vec<String> = karla.feed(&room).into_iter().map(|item| item.title).collect();
    assert_eq!(titles, ["Bagefter", "Om at lytte"], "what came in clear is not among them");

    let refused = mette.program().withdraw(&read.id, mette.now()).expect_err("it is Karla's");
    assert_eq!(refused.code, ErrorCode::NotFound);
    let event = server
        .admin("GET", &format!("/_synapse/admin/v1/rooms/{room}/messages?dir=b&limit=50"), None)
        .1;
    let events = event["chunk"].as_array().expect("events");
    let hers =
        events.iter().find(|it| it["type"] == "m.room.encrypted" && it["sender"] == karla.user());
    let id = hers.expect("Karla's event")["event_id"].as_str().expect("its id");
    let path = format!("/_matrix/client/v3/rooms/{room}/redact/{id}/t2");
    assert_eq!(bare.call("PUT", &path, Some(&serde_json::json!({}))).0, 403, "the server says no");
}
