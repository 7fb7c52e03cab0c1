//! The journal in a real, encrypted vault.

use std::ops::ControlFlow;
use std::path::Path;

use chrono::DateTime;
use fristed_base::{Moment, Secret};
use fristed_journal::{
    Filter, Incoming, Journal, JournalError, MIGRATIONS, NewEntry, SourceKey, Text,
};
use fristed_vault::{KdfCost, Key, RecoveryKey, Schema, Setup, StoreError, SystemKeyring, Vault};

const SCHEMA: Schema = Schema(MIGRATIONS);
const PASSPHRASE: &str = "en sætning som ingen gætter";

fn at(text: &str) -> Moment {
    Moment::new(DateTime::parse_from_rfc3339(text).expect("a moment of the test"))
}

fn now() -> Moment {
    at("2026-11-24T08:00:00+01:00")
}

fn create(folder: &Path) -> Vault {
    let setup = Setup {
        passphrase: &Secret::new(PASSPHRASE.into()),
        recovery: &RecoveryKey::generate(),
        cost: KdfCost::floor(),
        computer: None,
    };
    Vault::create(folder, setup, &SCHEMA, now()).expect("a vault")
}

fn open(folder: &Path) -> Vault {
    let passphrase = Secret::new(PASSPHRASE.into());
    let keyring = SystemKeyring::default();
    Vault::open(folder, Key::Passphrase(&passphrase), &keyring, &SCHEMA, now()).expect("open")
}

fn text(body: &str) -> NewEntry {
    NewEntry {
        title: String::new(),
        body: body.into(),
        tags: vec!["netværk".into()],
        starred: false,
        template: None,
        written: now(),
    }
}

fn incoming(number: u8) -> Incoming {
    Incoming {
        source: SourceKey([number; 32]),
        id: None,
        written: now(),
        updated: now(),
        title: String::new(),
        body: format!("hentet {number}"),
        tags: Vec::new(),
        starred: false,
        template: None,
        attachments: Vec::new(),
    }
}

#[test]
fn what_she_wrote_is_there_and_found_when_the_vault_is_opened_again() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path().join("vault");
    let vault = create(&folder);
    let journal = Journal::new(vault.store().clone());
    let entry = journal.create(text("Ledernetværket\r\n"), now()).expect("written");
    let file = journal
        .attach(entry.id, "plan.txt", "text/plain", &mut b"planen".as_slice(), now())
        .expect("attached");
    vault.close();
    let refused = journal.entry(entry.id);
    assert!(matches!(refused, Err(JournalError::Store(StoreError::Closed))));

    let vault = open(&folder);
    let journal = Journal::new(vault.store().clone());
    let found = journal.search("netvaerk", 0, 9).expect("found");
    assert_eq!(found.hits[0].row.id, entry.id);
    assert_eq!(journal.entry(entry.id).expect("there").body, "Ledernetværket\r\n");
    let mut bytes = Vec::new();
    journal.read_attachment(file.id, &mut bytes).expect("read");
    assert_eq!(bytes, b"planen");
    let stale = Text { title: String::new(), body: "x".into(), version: 7 };
    let refused = journal.save(entry.id, stale, now());
    assert!(matches!(refused, Err(JournalError::Changed { version: 1 })));
    assert!(journal.check().expect("a check").is_sound());
    vault.close();
}

#[test]
fn an_import_that_is_stopped_leaves_nothing_and_one_that_is_not_leaves_all() {
    let folder = tempfile::tempdir().expect("a folder");
    let vault = create(&folder.path().join("vault"));
    let journal = Journal::new(vault.store().clone());
    let run = |stop_at: u32| {
        journal.import::<JournalError>(
            &mut (0..20).map(|n| Ok(incoming(n))),
            &mut |done| {
                if done == stop_at { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
            },
            now(),
        )
    };
    assert!(matches!(run(15), Err(JournalError::Cancelled)));
    assert_eq!(journal.page(&Filter::All, 0, 9).expect("a page").total, 0);
    assert!(journal.search("hentet", 0, 9).expect("searched").hits.is_empty());
    assert_eq!(run(0).expect("taken in").added, 20);
    assert_eq!(run(0).expect("taken in").already_here, 20);
    assert_eq!(journal.search("ente", 0, 50).expect("searched").hits.len(), 20);
    assert_eq!(journal.known(&[SourceKey([3; 32])]).expect("known").len(), 1);
    assert!(journal.check().expect("a check").is_sound());
    let mut seen = 0;
    let unreadable = journal.all::<JournalError>(&mut |entry| {
        seen += 1;
        journal.entry(entry.expect("none is lost").id).map(drop)
    });
    assert_eq!((seen, unreadable.expect("all of them")), (20, None));
    vault.close();
}

#[test]
fn a_sound_index_is_called_sound_however_often_it_was_written_since_the_last_check() {
    let folder = tempfile::tempdir().expect("a folder");
    let vault = create(&folder.path().join("vault"));
    let journal = Journal::new(vault.store().clone());
    let words = |n: u32| (0..200).map(|w| format!("ord{}", w * 7 + n * 131)).collect::<Vec<_>>();
    let mut entry = journal.create(text("begyndt"), now()).expect("written");
    for number in 0..60 {
        let text =
            Text { title: String::new(), body: words(number).join(" "), version: entry.version };
        journal.save(entry.id, text, now()).expect("saved");
        entry = journal.entry(entry.id).expect("there");
        assert_eq!(journal.search("ord", 0, 9).expect("searched").hits.len(), 1);
        assert!(journal.check().expect("a check").is_sound(), "after {number} changes");
    }
    vault.close();
}
