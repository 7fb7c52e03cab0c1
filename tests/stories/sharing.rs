//! Leaders who share what they choose with their network, and take it back.

use fristed_app::wire::sharing::{ItemState, ReactionSign};
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
