//! Leaders who share what they choose with their network, and take it back.

use fristed_app::wire::ErrorCode;
use fristed_app::wire::calendar::Colour;
use fristed_app::wire::network::NetworkForm;
use fristed_app::wire::sharing::{
    ItemState, ReactionSign, Sending, Standing, Trust, VerificationStep,
};
use fristed_tests::sealed::sealed;
use fristed_tests::sharer::Sharer;
use fristed_tests::synapse::Synapse;

/// Words that stand in what is shared and nowhere else.
const SECRET: &str = "Rabarberkvisten 4711 blev aldrig bestilt";

#[test]
fn what_one_shares_the_other_reads_and_answers_and_then_it_is_taken_back() {
    let server = Synapse::start();
    let karla = Sharer::of(&server, "Karla");
    let mette = Sharer::of(&server, "Mette");
    let room = karla.founds("Skolelederne");
    karla.lets_in(&room, &mette);

    let entry = karla.writes("Om at lytte", SECRET);
    let shared = karla.shares(Sharer::draft(&entry, &room));
    let read = mette.reads(&room, "Om at lytte", |it| it.state == ItemState::Whole);
    assert_eq!(read.body, SECRET, "she reads what was shared");
    assert_eq!(read.sender.user, karla.user(), "and from whom it is");
    assert!(read.unread, "it is new to her");
    assert_eq!(read.entry, None, "it is no entry of hers");
    assert_eq!(server.holds(SECRET), Vec::<String>::new(), "the server has ciphertext alone");
    assert_eq!(server.holds(&entry.id), Vec::<String>::new(), "and no id of the journal");

    let reply = mette.program().reply_send(&read.id, "Det kender jeg godt.", mette.now());
    let reply = mette.sends(&reply.expect("a reply").id);
    mette.program().react(&read.id, ReactionSign::Thanks, true, mette.now()).expect("a sign");
    mette.program().sharing_send().expect("it is sent");
    let thread =
        karla.thread(&shared.id, |it| it.replies.len() == 1 && !it.item.reactions.is_empty());
    assert_eq!(thread.replies[0].body, "Det kender jeg godt.");
    assert_eq!(thread.item.reactions[0].by[0].user, mette.user());
    assert_eq!(reply.body, "Det kender jeg godt.");

    karla.program().withdraw(&shared.id, karla.now()).expect("she takes it back");
    karla.program().sharing_send().expect("it is sent");
    mette.until("it is gone", |program| {
        let item = program.feed_thread(&read.id, mette.now()).ok()?.item;
        matches!(item.state, ItemState::Withdrawn { .. }).then_some(item)
    });
    for leader in [&karla, &mette] {
        let found = leader.program().feed_search(None, "Rabarberkvisten", 0, 10, leader.now());
        assert_eq!(found.expect("a search").total, 0, "no index has it any more");
    }
    let kept = karla.program().entry_get(&entry.id).expect("her entry");
    assert_eq!(kept.body, SECRET, "her own entry is as it was");
    for leader in [&karla, &mette] {
        leader.locks();
        assert_eq!(leader.traces_of(SECRET), Vec::<String>::new());
    }
}

#[test]
fn a_new_version_is_shared_only_when_she_says_so_and_taken_back_with_the_first() {
    let server = Synapse::start();
    let karla = Sharer::of(&server, "Karla");
    let mette = Sharer::of(&server, "Mette");
    let room = karla.founds("Skolelederne");
    karla.lets_in(&room, &mette);
    let entry = karla.writes("Om at vente", "Jeg ventede for længe med at ringe.");
    let shared = karla.shares(Sharer::draft(&entry, &room));
    let read = mette.reads(&room, "Om at vente", |it| it.state == ItemState::Whole);

    karla.rewrites(&entry, SECRET);
    let mine = karla.reads(&room, "Om at vente", |it| it.outdated);
    assert_eq!(mine.body, "Jeg ventede for længe med at ringe.", "the copy stays as it was");
    assert!(!mine.excerpt, "and is known for a copy of all of it");
    let draft = Sharer::draft(&karla.program().entry_get(&entry.id).expect("it"), &room);
    let draft =
        || fristed_app::wire::sharing::ShareDraft { title: "Om at vente".into(), ..draft.clone() };
    let differs = karla.program().share_difference(&shared.id, draft(), karla.now());
    assert!(!differs.expect("a difference").lines.is_empty());
    let readers = karla.readers(&draft());
    let again = karla.program().share_again(&shared.id, draft(), readers, karla.now());
    let again = again.expect("again");
    karla.waits(11);
    karla.sends(&again.id);
    let edited = mette.reads(&room, "Om at vente", |it| it.body == SECRET);
    assert_eq!(edited.id, read.id, "it is the same thing");
    assert!(edited.edited_at.is_some(), "and it says that it was changed");

    karla.program().withdraw(&shared.id, karla.now()).expect("she takes it back");
    karla.program().sharing_send().expect("it is sent");
    mette.thread(&read.id, |it| matches!(it.item.state, ItemState::Withdrawn { .. }));
    sealed(&server, &[&karla, &mette], &[SECRET, "Jeg ventede for længe med at ringe."]);
}

#[test]
fn a_new_member_reads_nothing_older_and_one_who_was_removed_nothing_newer() {
    let server = Synapse::start();
    let karla = Sharer::of(&server, "Karla");
    let mette = Sharer::of(&server, "Mette");
    let sofie = Sharer::of(&server, "Sofie");
    let room = karla.founds("Skolelederne");
    karla.lets_in(&room, &mette);
    let old = karla.writes("Før", "Det var før Sofie kom.");
    karla.shares(Sharer::draft(&old, &room));
    mette.reads(&room, "Før", |it| it.state == ItemState::Whole);

    karla.lets_in(&room, &sofie);
    let new = karla.writes("Efter", "Det er efter, at Sofie kom.");
    karla.shares(Sharer::draft(&new, &room));
    sofie.reads(&room, "Efter", |it| it.state == ItemState::Whole);
    let seen: Vec<String> = sofie.feed(&room).into_iter().map(|item| item.title).collect();
    assert_eq!(seen, ["Efter"], "she reads nothing from before");

    karla.program().peer_remove(&room, &mette.user()).expect("Mette is removed");
    mette.network(&room, |it| it.standing == Standing::Left);
    let last = karla.writes("Bagefter", SECRET);
    karla.shares(Sharer::draft(&last, &room));
    sofie.reads(&room, "Bagefter", |it| it.state == ItemState::Whole);
    let seen: Vec<String> = mette.feed(&room).into_iter().map(|item| item.title).collect();
    assert_eq!(seen, ["Efter", "Før"], "what she had stays, and nothing comes");
    let readers = karla.program().share_preview(Sharer::draft(&last, &room), karla.now());
    let readers = readers.expect("a preview").readers;
    let readers: Vec<&str> = readers.iter().map(|peer| peer.name.as_str()).collect();
    assert_eq!(readers, ["sofie"], "the preview says who reads it");
    let words = [SECRET, "Det var før Sofie kom.", "Det er efter, at Sofie kom."];
    sealed(&server, &[&karla, &mette, &sofie], &words);
}

#[test]
fn one_who_comes_after_the_leader_chose_reads_it_only_when_she_says_so() {
    let server = Synapse::start();
    let karla = Sharer::of(&server, "Karla");
    let mette = Sharer::of(&server, "Mette");
    let bo = Sharer::of(&server, "Bo");
    let room = karla.founds("Skolelederne");
    karla.lets_in(&room, &mette);
    let entry = karla.writes("Om at lytte", SECRET);
    let item = karla.chooses(Sharer::draft(&entry, &room));
    karla.lets_in(&room, &bo);
    karla.waits(11);
    karla.program().sharing_send().expect("it is not sent");
    let row = karla.until("she is asked", |program| {
        let row = program.outbox(karla.now()).ok()?.pop()?;
        matches!(row.sending, Sending::Asks { .. }).then_some(row)
    });
    let Sending::Asks { newcomers } = row.sending else { panic!("{:?}", row.sending) };
    let users: Vec<String> = newcomers.into_iter().map(|peer| peer.user).collect();
    assert_eq!(users, [bo.user()], "she is asked about Bo and nobody else");
    assert_eq!(karla.program().sharing_status().expect("it").failed, 1, "she is called to it");
    assert_eq!((mette.feed(&room).len(), bo.feed(&room).len()), (0, 0), "nothing was sent");

    karla.program().outbox_let_read(&row.id, &users, karla.now()).expect("he may");
    karla.sends(&item.id);
    for leader in [&mette, &bo] {
        let read = leader.reads(&room, "Om at lytte", |it| it.state == ItemState::Whole);
        assert_eq!(read.body, SECRET);
    }

    // Who leaves is no reason to ask.
    let last = karla.writes("Bagefter", "Det er til dem, der er her.");
    let item = karla.chooses(Sharer::draft(&last, &room));
    karla.program().peer_remove(&room, &bo.user()).expect("Bo is removed");
    karla.waits(11);
    karla.sends(&item.id);
    mette.reads(&room, "Bagefter", |it| it.state == ItemState::Whole);
    sealed(&server, &[&karla, &mette, &bo], &[SECRET]);
}

#[test]
fn an_organiser_removes_what_another_shared_and_everybody_reads_who_did() {
    let server = Synapse::start();
    let karla = Sharer::of(&server, "Karla");
    let mette = Sharer::of(&server, "Mette");
    let room = karla.founds("Skolelederne");
    karla.lets_in(&room, &mette);
    let entry = mette.writes("Om en kollega", SECRET);
    let shared = mette.shares(Sharer::draft(&entry, &room));
    let read = karla.reads(&room, "Om en kollega", |it| it.state == ItemState::Whole);
    let own = karla.writes("Fra Karla", "Det her er Karlas.");
    karla.shares(Sharer::draft(&own, &room));
    let hers = mette.reads(&room, "Fra Karla", |it| it.state == ItemState::Whole);

    let refused = mette.program().item_remove(&hers.id, mette.now()).expect_err("a member");
    assert_eq!(refused.code, ErrorCode::NotAllowed, "only organisers may");
    karla.program().item_remove(&read.id, karla.now()).expect("an organiser may");
    karla.program().sharing_send().expect("it is sent");
    for (leader, item) in [(&karla, &read.id), (&mette, &shared.id)] {
        let gone = leader.until("it is gone", |program| {
            let item = program.feed_thread(item, leader.now()).ok()?.item;
            matches!(item.state, ItemState::Removed { .. }).then_some(item)
        });
        let ItemState::Removed { by, .. } = gone.state else { panic!("{:?}", gone.state) };
        assert_eq!(by.user, karla.user(), "{} reads who removed it", leader.name);
        let found = leader.program().feed_search(None, "Rabarberkvisten", 0, 10, leader.now());
        assert_eq!(found.expect("a search").total, 0, "and nothing of it is left");
    }
    assert_eq!(mette.program().entry_get(&entry.id).expect("hers").body, SECRET);
    sealed(&server, &[&karla, &mette], &[SECRET, "Det her er Karlas."]);
}

#[test]
fn what_was_called_back_in_time_never_leaves() {
    let server = Synapse::start();
    let karla = Sharer::of(&server, "Karla");
    let room = karla.founds("Skolelederne");
    let entry = karla.writes("Et hastigt ord", SECRET);
    let before = server.holds("m.room.encrypted").len();
    let item = karla.chooses(Sharer::draft(&entry, &room));
    assert!(matches!(item.sending, Some(Sending::Undoable { .. })));
    karla.program().share_undo(&item.id, karla.now()).expect("called back");
    karla.waits(60);
    karla.program().sharing_send().expect("nothing is sent");
    assert_eq!(karla.feed(&room).len(), 0);

    // Taking it back before that comes to the same, and is no failure.
    let item = karla.chooses(Sharer::draft(&entry, &room));
    let gone = karla.program().withdraw(&item.id, karla.now()).expect("it is taken back");
    assert!(matches!(gone.state, ItemState::Withdrawn { .. }), "{gone:?}");
    assert_eq!((gone.title.as_str(), gone.body.as_str()), ("", ""));
    karla.waits(60);
    karla.program().sharing_send().expect("nothing is sent");
    assert_eq!(karla.feed(&room).len(), 0);
    assert_eq!(server.holds("m.room.encrypted").len(), before, "no event was sent");
}

#[test]
fn two_who_compare_signs_know_each_other() {
    let server = Synapse::start();
    let karla = Sharer::of(&server, "Karla");
    let mette = Sharer::of(&server, "Mette");
    let room = karla.founds("Skolelederne");
    karla.lets_in(&room, &mette);
    let trust = |leader: &Sharer, user: &str| {
        let peers = leader.network(&room, |_| true).peers;
        peers.into_iter().find(|peer| peer.user == user).expect("she is there").trust
    };
    assert_eq!(trust(&karla, &mette.user()), Trust::NotYet);

    karla.program().verification_begin(&mette.user()).expect("she asks");
    mette.until("she is asked", |program| {
        let step = program.verification().ok()??.step;
        (step == VerificationStep::Asked).then_some(())
    });
    mette.program().verification_answer(true).expect("she says yes");
    let signs = |leader: &Sharer| {
        leader.until("the signs", |program| match program.verification().ok()??.step {
            VerificationStep::Compare { signs } => Some(signs),
            _ => None,
        })
    };
    assert_eq!(signs(&karla), signs(&mette), "both see the same seven signs");
    for leader in [&karla, &mette] {
        leader.program().verification_answer(true).expect("they are the same");
    }
    for (leader, other) in [(&karla, &mette), (&mette, &karla)] {
        let user = other.user();
        leader.network(&room, |it| {
            it.peers.iter().any(|peer| peer.user == user && peer.trust == Trust::Known)
        });
        leader.program().verification_end().expect("it is put away");
    }
}

#[test]
fn whoever_types_the_code_that_is_shown_asks_and_is_let_in() {
    let server = Synapse::start();
    let karla = Sharer::of(&server, "Karla");
    let mette = Sharer::of(&server, "Mette");
    let room = karla.founds("Skolelederne");
    let shown = karla.program().invite_code_show(&room).expect("a code").code.expect("a code");
    assert!(shown.qr.len() > 20, "it is a QR code too");
    let asked = mette.program().code_enter(&shown.text.to_lowercase(), mette.now());
    assert_eq!(asked.expect("she asks").standing, Standing::Asking);
    let user = mette.user();
    karla.network(&room, |it| it.asking.iter().any(|peer| peer.user == user));
    karla.program().asking_answer(&room, &user, true).expect("she is let in");
    mette.network(&room, |it| it.standing == Standing::Invited);
    mette.program().invitation_answer(&room, true, None, mette.now()).expect("she comes");
    karla.network(&room, |it| it.peers.iter().any(|peer| peer.user == user && !peer.invited));

    karla.program().invite_code_hide(&room).expect("it is hidden");
    let sofie = Sharer::of(&server, "Sofie");
    let refused = sofie.program().code_enter(&shown.text, sofie.now()).expect_err("it is gone");
    assert_eq!(refused.code, ErrorCode::CodeRefused);
}

#[test]
fn what_is_read_or_answered_away_from_a_server_is_told_to_whoever_shows_it() {
    let server = Synapse::start();
    let karla = Sharer::of(&server, "Karla");
    let room = karla.founds("Skolelederne");
    let entry = karla.writes("Om at tie", "Jeg talte til tyve.");
    let shared = karla.shares(Sharer::draft(&entry, &room));
    // Without a session nothing but the act itself can tell.
    karla.program().sharing_sign_out(karla.now()).expect("she signs out");
    let before = karla.told();
    karla.program().feed_read(&room, Some(&shared.id)).expect("it is read");
    assert!(karla.told() > before, "the count beside the navigation follows");
}

#[test]
fn what_two_send_at_once_arrives_once_also_where_a_key_is_used_up_meanwhile() {
    const MUCH: usize = 105;
    let server = Synapse::start();
    let karla = Sharer::of(&server, "Karla");
    let mette = Sharer::of(&server, "Mette");
    let room = karla.founds("Skolelederne");
    karla.lets_in(&room, &mette);
    for n in 0..MUCH {
        let entry = karla.writes(&format!("Nr. {n}"), "Jeg skrev det på vej hjem.");
        karla.chooses(Sharer::draft(&entry, &room));
    }
    karla.waits(11);
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| karla.program().sharing_send().expect("she is signed in"));
        }
    });
    mette.until("everything that was shared", |program| {
        let feed = program.feed(Some(&room), 0, 200, mette.now()).ok()?;
        let whole = feed.items.iter().filter(|it| it.state == ItemState::Whole);
        (whole.count() == MUCH).then_some(())
    });
    assert_eq!(karla.program().outbox(karla.now()).expect("hers").len(), 0, "nothing is left");
}

#[test]
fn a_network_is_encrypted_for_those_invited_alone_and_shows_newcomers_nothing() {
    let server = Synapse::start();
    let karla = Sharer::of(&server, "Karla");
    let here = karla.founds("Skolelederne");
    let form = NetworkForm {
        name: "På tværs".into(),
        purpose: String::new(),
        colour: Colour::Green,
        rhythm: String::new(),
        title_contains: String::new(),
    };
    let across = karla.program().network_create(form, karla.now()).expect("a network").id;
    let across = karla.program().network_connect(&across, true, karla.now()).expect("shared").room;
    for (room, federated) in [(here, false), (across, true)] {
        let (_, state) =
            server.admin("GET", &format!("/_synapse/admin/v1/rooms/{room}/state"), None);
        let content = |kind: &str| {
            let events = state["state"].as_array().expect("the room's state").iter();
            let found = events.clone().find(|event| event["type"] == kind);
            found.unwrap_or_else(|| panic!("no {kind}"))["content"].clone()
        };
        let create = content("m.room.create");
        assert_eq!(create["m.federate"].as_bool().unwrap_or(true), federated, "{create}");
        assert_eq!(content("m.room.encryption")["algorithm"], "m.megolm.v1.aes-sha2");
        assert_eq!(content("m.room.join_rules")["join_rule"], "invite");
        assert_eq!(content("m.room.history_visibility")["history_visibility"], "joined");
    }
}
