//! Sharing in a store as a vault opens it.

use fristed_base::{Moment, Secret};
use fristed_network::{
    Account, AccountKind, Lang, MIGRATIONS, NewShare, RoomState, Sharing, Standing, Subject,
};
use fristed_vault::{KdfCost, RecoveryKey, Schema, Setup, Vault};

const ROOM: &str = "!netvaerk:kommune.dk";

fn now() -> Moment {
    Moment::from_parts(1_795_000_000_000, 60).expect("a moment")
}

#[test]
fn a_leader_shares_finds_and_withdraws() {
    let folder = tempfile::tempdir().expect("a folder");
    let setup = Setup {
        passphrase: &Secret::new("en sætning som ingen gætter".into()),
        recovery: &RecoveryKey::generate(),
        cost: KdfCost::floor(),
        computer: None,
    };
    let path = folder.path().join("vault");
    let vault = Vault::create(&path, setup, &Schema(MIGRATIONS), now()).expect("a vault");
    let sharing = Sharing::new(vault.store().clone());
    let account = |user: &str| Account {
        user: user.into(),
        name: "Karla".into(),
        server: "https://kommune.dk".into(),
        device: "ABC".into(),
        kind: AccountKind::Older,
        session: Secret::new("{}".into()),
        mark: [1; 16],
        storage_key: None,
        signed_out: false,
    };
    sharing.account_put(&account("@karla:kommune.dk")).expect("signed in");
    let state = RoomState {
        room: ROOM.into(),
        name: "Netværk".into(),
        standing: Standing::Joined,
        federated: false,
        organiser: true,
        invited_by: None,
    };
    sharing.room_put(&state).expect("a room");
    let subject = Subject::Reflection {
        title: "Om løn".into(),
        markdown: "En svær lønsamtale".into(),
        day: None,
    };
    let (room, files) = (ROOM.to_owned(), Vec::new());
    let new = NewShare {
        room,
        subject,
        files,
        entry: None,
        lang: Lang::Danish,
        not_before: None,
        excerpt: false,
        readers: None,
    };
    let item = sharing.share(new, now()).expect("shared");

    // The store's own connections allow what the search needs, and a reader sees what was written.
    let found = sharing.feed_search(None, "samtale", 0, 10, now()).expect("found");
    assert_eq!(found.items[0].id, item);
    let job = sharing.next_jobs(now()).expect("jobs").remove(0);
    assert!(sharing.job_begun(&job, &[]).expect("begun"));
    sharing.job_sent(job.id, "$a", now()).expect("sent");
    sharing.withdraw(item, now()).expect("withdrawn");
    let found = sharing.feed_search(None, "samtale", 0, 10, now()).expect("found");
    assert_eq!(found.total, 0);
    assert_eq!(sharing.outbox(now()).expect("rows").len(), 1);
    sharing.account_remove().expect("removed");
    assert_eq!(sharing.outbox(now()).expect("rows").len(), 1, "it waits until she comes back");
    sharing.account_put(&account("@karla:kommune.dk")).expect("she does");
    assert_eq!(sharing.outbox(now()).expect("rows").len(), 1);
    sharing.account_put(&account("@mette:kommune.dk")).expect("another comes");
    assert_eq!(sharing.outbox(now()).expect("rows"), [], "who sends nothing in her place");
}
