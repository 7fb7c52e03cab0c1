//! Changes that fail, and things that happen at the same time.

#![allow(clippy::unwrap_used, reason = "a test fails by it")]

mod support;

use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use fristed_vault::{StoreError, Vault};
use support::*;

#[test]
fn a_failed_change_leaves_nothing_and_a_panic_neither() {
    let home = Home::new();
    let vault = home.open();
    let store = vault.store();
    let failed: Result<(), StoreError> = store.write(|change| {
        change.execute("INSERT INTO note (text) VALUES ('halv')", [])?;
        Err(StoreError::Io)
    });
    assert!(failed.is_err());
    let panicked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        store.write(|change| -> Result<(), StoreError> {
            change.execute("INSERT INTO note (text) VALUES ('halv')", [])?;
            panic!("on purpose")
        })
    }));
    assert!(panicked.is_err());
    add_note(store, "hel");
    assert_eq!(notes(store), ["hel"]);
}

#[test]
fn a_read_sees_one_state_and_may_read_again_within() {
    let home = Home::new();
    let vault = home.open();
    let store = vault.store();
    add_note(store, "en");
    store
        .read(|reader| {
            let count = || reader.query_row("SELECT count(*) FROM note", [], |row| row.get(0));
            let first: u32 = count()?;
            add_note(store, "to");
            assert_eq!(notes(store).len(), 2, "a read that began later sees the new note");
            let again: u32 = count()?;
            assert_eq!(first, again);
            Ok::<_, StoreError>(())
        })
        .unwrap();
}

#[test]
fn closing_stops_readers_and_every_clone_of_the_store_is_closed() {
    let home = Home::new();
    let vault = home.open();
    let store = vault.store().clone();
    let (began, begun) = mpsc::channel();
    let endless = store.clone();
    let reader = thread::spawn(move || {
        endless.read(|reader| {
            began.send(()).unwrap();
            let counted: i64 = reader.query_row(
                "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)
                 SELECT count(*) FROM n",
                [],
                |row| row.get(0),
            )?;
            Ok::<_, StoreError>(counted)
        })
    });
    begun.recv().unwrap();
    let began = Instant::now();
    vault.close();
    assert!(began.elapsed() < Duration::from_secs(5));
    assert!(matches!(reader.join().unwrap(), Err(StoreError::Closed)));
    assert!(matches!(try_notes(&store), Err(StoreError::Closed)));
    assert!(matches!(try_add_note(&store, "for sent"), Err(StoreError::Closed)));
    home.open();
}

#[test]
fn many_threads_read_while_one_writes() {
    let home = Home::new();
    let vault = home.open();
    let store = vault.store();
    thread::scope(|scope| {
        for _ in 0..6 {
            scope.spawn(|| {
                let mut last = 0;
                for _ in 0..30 {
                    let now = notes(store).len();
                    assert!(now >= last);
                    last = now;
                }
            });
        }
        for at in 0..60 {
            add_note(store, &long_note(at));
        }
    });
    assert_eq!(notes(store).len(), 60);
}

#[cfg(unix)]
#[test]
fn a_program_started_meanwhile_does_not_keep_the_vault_in_use() {
    let home = Home::new();
    let done = std::sync::atomic::AtomicBool::new(false);
    thread::scope(|scope| {
        for _ in 0..3 {
            scope.spawn(|| {
                while !done.load(std::sync::atomic::Ordering::Relaxed) {
                    std::process::Command::new("true").status().unwrap();
                }
            });
        }
        let opened: Vec<_> = (0..60).map(|_| home.try_open().map(Vault::close).is_ok()).collect();
        done.store(true, std::sync::atomic::Ordering::Relaxed);
        assert!(opened.iter().all(|opened| *opened), "{opened:?}");
    });
}
