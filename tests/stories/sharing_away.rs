//! Leaders who were away: signed out, without a network for days, or at another computer.

use fristed_app::wire::ErrorCode;
use fristed_app::wire::sharing::{
    Connection, FeedItem, Identity, ItemState, Sending, Standing, Trust,
};
use fristed_base::Secret;
use fristed_tests::interference::{Fault, Interference, Which};
use fristed_tests::sealed::sealed;
use fristed_tests::sharer::Sharer;
use fristed_tests::synapse::Synapse;
use serde_json::json;

/// Words that stand in what is shared and nowhere else.
const SECRET: &str = "Brombærhegnet 5590 blev klippet for sent";

fn sees_one_taken_back(leader: &Sharer, room: &str) {
    leader.until("something that was taken back", |program| {
        let feed = program.feed(Some(room), 0, 10, leader.now()).ok()?;
        let gone = |it: &FeedItem| matches!(it.state, ItemState::Withdrawn { .. });
        feed.items.iter().any(gone).then_some(())
    });
}

#[test]
fn on_a_new_computer_the_vault_from_a_backup_and_the_recovery_key_bring_everything_back() {
    let server = Synapse::start();
    let karla = Sharer::of(&server, "Karla");
    let mette = Sharer::of(&server, "Mette");
    let room = karla.founds("Skolelederne");
    karla.lets_in(&room, &mette);
    let entry = mette.writes("Fra Mette", SECRET);
    mette.shares(Sharer::draft(&entry, &room));
    karla.reads(&room, "Fra Mette", |it| it.state == ItemState::Whole);
    karla.locks();

    // The backup was made before this came.
    let elsewhere = karla.on_a_new_computer();
    karla.opens();
    let later = mette.writes("Senere", "Det kom, mens backuppen lå i skabet.");
    mette.shares(Sharer::draft(&later, &room));
    karla.reads(&room, "Senere", |it| it.state == ItemState::Whole);
    karla.locks();

    let status = elsewhere.program().sharing_status().expect("her status");
    assert_eq!(status.connection, Connection::SignedOut, "the keys are not on this computer");
    assert_eq!(elsewhere.feed(&room).len(), 1, "what was in the backup can be read at once");
    elsewhere.signs_in(&server.url());
    elsewhere.reads(&room, "Senere", |it| it.state == ItemState::Whole);
    let answer = elsewhere.writes("Fra den nye", "Nu er jeg her igen.");
    elsewhere.shares(Sharer::draft(&answer, &room));
    mette.reads(&room, "Fra den nye", |it| it.state == ItemState::Whole);
    sealed(&server, &[&karla, &mette, &elsewhere], &[SECRET]);
}

#[test]
fn what_waited_in_a_copy_of_the_journal_goes_only_when_she_says_so() {
    let server = Synapse::start();
    let [karla, mette] = ["Karla", "Mette"].map(|name| Sharer::of(&server, name));
    let room = karla.founds("Skolelederne");
    karla.lets_in(&room, &mette);
    let entry = mette.writes("Fra Mette", SECRET);
    let item = mette.chooses(Sharer::draft(&entry, &room));
    mette.locks();
    let elsewhere = mette.on_a_new_computer();
    mette.opens();
    mette.waits(11);
    mette.sends(&item.id);
    karla.reads(&room, "Fra Mette", |it| it.state == ItemState::Whole);
    mette.program().withdraw(&item.id, mette.now()).expect("she takes it back");
    mette.program().sharing_send().expect("it is sent");
    sees_one_taken_back(&karla, &room);
    mette.locks();

    elsewhere.waits(11);
    elsewhere.signs_in(&server.url());
    elsewhere.program().sharing_send().expect("the server is heard");
    let mut rows = elsewhere.program().outbox(elsewhere.now()).expect("what waits");
    let row = rows.pop().expect("it waits for her");
    assert_eq!(row.sending, Sending::Failed { trouble: ErrorCode::FromCopy });
    let later = elsewhere.writes("Senere", "Det her er nyt.");
    elsewhere.shares(Sharer::draft(&later, &room));
    karla.reads(&room, "Senere", |it| it.state == ItemState::Whole);
    let whole = |leader: &Sharer| {
        let items = leader.feed(&room).into_iter();
        items.filter(|it| it.state == ItemState::Whole).map(|it| it.title).collect::<Vec<_>>()
    };
    assert_eq!(whole(&karla), ["Senere"], "what she took back did not come again");

    elsewhere.program().outbox_drop(&row.id, elsewhere.now()).expect("she gives it up");
    elsewhere.program().sharing_send().expect("it is sent");
    assert!(elsewhere.program().outbox(elsewhere.now()).expect("what waits").is_empty());
    assert_eq!(whole(&karla), ["Senere"]);
    sealed(&server, &[&karla, &mette, &elsewhere], &[SECRET]);
}

#[test]
fn signing_out_takes_the_keys_and_leaves_the_journal_and_what_was_shared() {
    let server = Synapse::start();
    let karla = Sharer::of(&server, "Karla");
    let room = karla.founds("Skolelederne");
    let entry = karla.writes("Om at slippe", "Jeg sagde det højt.");
    karla.shares(Sharer::draft(&entry, &room));
    let status = karla.program().sharing_sign_out(karla.now()).expect("she signs out");
    assert_eq!(status.connection, Connection::Off);
    assert!(!karla.vault().join("matrix").exists(), "no key is on the disk");
    assert_eq!(karla.feed(&room).len(), 1, "her own copies are hers");
    assert_eq!(karla.program().entry_get(&entry.id).expect("it").body, entry.body);
    let devices = server.admin(
        "GET",
        &format!("/_synapse/admin/v2/users/{}/devices", "@karla:fristed.test"),
        None,
    );
    assert_eq!(devices.1["total"], 0, "and the server has forgotten this computer");

    let password = Secret::new(karla.password.clone());
    let again = karla.program().sharing_sign_in(&server.url(), "karla", password, karla.now());
    let identity = again.expect("she signs in again").identity;
    assert_eq!(identity, Identity::Ready, "and is not asked who she is");
}

#[test]
fn who_signs_out_while_the_server_is_away_and_in_again_loses_nothing_of_what_waited() {
    let mut server = Synapse::start();
    let karla = Sharer::of(&server, "Karla");
    let mette = Sharer::of(&server, "Mette");
    let room = karla.founds("Skolelederne");
    karla.lets_in(&room, &mette);
    let entry = karla.writes("Om at slippe", "Jeg sagde det højt.");
    let taken_back = karla.shares(Sharer::draft(&entry, &room));
    mette.reads(&room, "Om at slippe", |it| it.state == ItemState::Whole);
    let asked = mette.writes("Om at spørge", "Hvordan gør I?");
    mette.shares(Sharer::draft(&asked, &room));
    let asked = karla.reads(&room, "Om at spørge", |it| it.state == ItemState::Whole);

    server.stop();
    karla.program().withdraw(&taken_back.id, karla.now()).expect("it is taken back");
    let reply = karla.program().reply_send(&asked.id, "Vi spørger rundt.", karla.now());
    let reply = reply.expect("a reply").id;
    let status = karla.program().sharing_sign_out(karla.now()).expect("she signs out");
    assert_eq!((status.connection, status.account.is_none()), (Connection::Off, true));
    assert_eq!(status.trouble, Some(ErrorCode::Unreachable), "the server was not told");
    assert_eq!(karla.program().outbox(karla.now()).expect("what waits").len(), 2);

    server.start_again();
    karla.signs_in(&server.url());
    karla.sends(&reply);
    mette.thread(&mette.reads(&room, "Om at spørge", |_| true).id, |it| {
        it.replies.iter().any(|reply| reply.body == "Vi spørger rundt.")
    });
    sees_one_taken_back(&mette, &room);
    let peers = mette.network(&room, |_| true).peers;
    let hers = peers.iter().find(|peer| peer.user == karla.user()).expect("Karla");
    assert_eq!(hers.trust, Trust::NotYet, "she is who she was, and nobody has to ask");
    sealed(&server, &[&karla, &mette], &["Jeg sagde det højt.", "Vi spørger rundt."]);
}

#[test]
fn who_is_put_out_while_she_is_signed_out_is_told_so_and_what_cannot_be_done_does_not_wait() {
    let mut server = Synapse::start();
    let karla = Sharer::of(&server, "Karla");
    let mette = Sharer::of(&server, "Mette");
    let room = mette.founds("Skolelederne");
    mette.lets_in(&room, &karla);
    let entry = karla.writes("Om at slippe", SECRET);
    let taken_back = karla.shares(Sharer::draft(&entry, &room));
    mette.reads(&room, "Om at slippe", |it| it.state == ItemState::Whole);

    server.stop();
    let user = karla.user();
    karla.program().withdraw(&taken_back.id, karla.now()).expect("it is taken back");
    karla.program().sharing_sign_out(karla.now()).expect("she signs out");
    server.start_again();
    mette.until("Karla is put out", |program| program.peer_remove(&room, &user).ok());
    // Another program of hers clears it away, so no new computer hears of it.
    let forget = format!("/_matrix/client/v3/rooms/{room}/forget");
    let (status, answer) =
        server.sign_in("karla", &karla.password).call("POST", &forget, Some(&json!({})));
    assert_eq!(status, 200, "{answer}");

    karla.signs_in(&server.url());
    karla.network(&room, |it| it.standing == Standing::Left);
    assert!(karla.program().outbox(karla.now()).expect("what waits").is_empty());
    let shown = karla.program().feed_thread(&taken_back.id, karla.now()).expect("it").item;
    let not_there = Sending::Failed { trouble: ErrorCode::NotAllowed };
    assert_eq!(
        shown.sending,
        Some(not_there),
        "and nothing says that it is gone: {:?}",
        shown.state
    );
    sealed(&server, &[&karla, &mette], &[SECRET]);
}

#[test]
fn what_was_shared_and_taken_back_days_ago_without_a_network_is_so_for_everybody_in_the_end() {
    let server = Synapse::start();
    let network = Interference::before(server.port());
    let karla = Sharer::of_by(&server, "Karla", &network.url());
    let mette = Sharer::of(&server, "Mette");
    let room = karla.founds("Skolelederne");
    karla.lets_in(&room, &mette);
    let entry = karla.writes("Før ferien", "Jeg nåede det ikke.");
    let taken_back = karla.shares(Sharer::draft(&entry, &room));
    mette.reads(&room, "Før ferien", |it| it.state == ItemState::Whole);

    network.cuts_off();
    let entry = karla.writes("I sommerhuset", SECRET);
    karla.chooses(Sharer::draft(&entry, &room));
    karla.program().withdraw(&taken_back.id, karla.now()).expect("it is taken back");
    // Four days, each with its tries and with the computer closed at night.
    for _ in 0..4 {
        karla.waits(16 * 3600);
        drop(karla.program().sharing_send());
        karla.locks();
        karla.waits(8 * 3600);
        karla.opens();
    }
    let waits = karla.program().outbox(karla.now()).expect("what waits");
    assert_eq!(waits.len(), 2, "nothing was given up: {waits:?}");
    network.calms();
    let read = mette.reads(&room, "I sommerhuset", |it| it.state == ItemState::Whole);
    assert_eq!(read.body, SECRET);
    sees_one_taken_back(&mette, &room);
    let titles: Vec<String> = mette.feed(&room).into_iter().map(|it| it.title).collect();
    assert_eq!(titles.iter().filter(|title| *title == "I sommerhuset").count(), 1, "once");
    sealed(&server, &[&karla, &mette], &[SECRET]);
}

#[test]
fn who_leaves_takes_all_back_first_and_stays_where_that_cannot_be_told() {
    let server = Synapse::start();
    let network = Interference::before(server.port());
    let mette = Sharer::of(&server, "Mette");
    let karla = Sharer::of_by(&server, "Karla", &network.url());
    let room = mette.founds("Skolelederne");
    mette.lets_in(&room, &karla);
    let entry = karla.writes("Om at gå", SECRET);
    let shared = karla.shares(Sharer::draft(&entry, &room));
    let read = mette.reads(&room, "Om at gå", |it| it.state == ItemState::Whole);

    // Without a network nothing is begun.
    network.cuts_off();
    karla.until("she does not hear the server", |program| {
        (program.sharing_status().ok()?.connection == Connection::Offline).then_some(())
    });
    let refused = karla.program().shared_network_leave(&room, true, karla.now());
    assert_eq!(refused.expect_err("it cannot be told").code, ErrorCode::Unreachable);
    assert_eq!(karla.thread(&shared.id, |_| true).item.state, ItemState::Whole);

    // Where the server answers, and not to this, all of it goes and she stays until it is gone.
    network.calms();
    network.does(Which::with("/redact/"), Fault::bad_gateway(502));
    karla.until("she hears the server", |program| {
        (program.sharing_status().ok()?.connection == Connection::Online).then_some(())
    });
    let refused = karla.program().shared_network_leave(&room, true, karla.now());
    assert_eq!(refused.expect_err("it is not gone yet").code, ErrorCode::NotLeftYet);
    assert_eq!(karla.network(&room, |_| true).standing, Standing::Joined);
    network.calms();
    karla.waits(600);
    let left = karla.program().shared_network_leave(&room, true, karla.now());
    left.expect("now all is gone, and she too");
    mette.thread(&read.id, |it| matches!(it.item.state, ItemState::Withdrawn { .. }));
    let user = karla.user();
    mette.network(&room, |it| it.peers.iter().all(|peer| peer.user != user));
    assert_eq!(karla.program().entry_get(&entry.id).expect("hers").body, SECRET);
    sealed(&server, &[&karla, &mette], &[SECRET]);
}
