//! Flipped bytes and cut files (threats.md, 5 and 6).

#![allow(clippy::unwrap_used, reason = "a test fails by it")]

mod support;

use std::fs;

use fristed_vault::{StoreError, VaultError};
use support::*;

const PAGE: usize = 4096;
const NOTES: usize = 60;

fn note(store: &fristed_vault::Store, at: usize) -> Result<String, StoreError> {
    store.read(|reader| {
        let id = i64::try_from(at).unwrap() + 1;
        Ok(reader.query_row("SELECT text FROM note WHERE id = ?1", [id], |row| row.get(0))?)
    })
}

#[test]
fn a_flipped_byte_in_any_page_is_found_never_shown_and_costs_only_what_lies_there() {
    let home = Home::new();
    home.fill(NOTES);
    let whole = fs::read(home.path("vault.db")).unwrap();
    let pages = whole.len() / PAGE;
    let mut dice = Dice(5);
    let mut refused = 0;
    for page in 0..pages {
        let at = page * PAGE + usize::try_from(dice.roll(PAGE as u64)).unwrap();
        fs::write(home.path("vault.db"), &whole).unwrap();
        flip(&home.path("vault.db"), at);
        let vault = match home.try_open() {
            Ok(vault) => vault,
            Err(VaultError::Damaged) => {
                refused += 1;
                continue;
            }
            Err(other) => panic!("page {page}: {other}"),
        };
        let report = vault.check();
        assert_eq!(report.damaged_pages, 1, "page {page}");
        let mut lost = 0;
        for at in 0..NOTES {
            match note(vault.store(), at) {
                Ok(text) => assert_eq!(text, long_note(at), "page {page}"),
                Err(StoreError::Damaged) => lost += 1,
                Err(other) => panic!("page {page}, note {at}: {other}"),
            }
        }
        // A page of text holds three notes; only the pages above them hold the way to all.
        assert!(lost <= 4 || lost == NOTES, "page {page}: {lost} notes lost");
    }
    assert!((1..=5).contains(&refused), "{refused} of {pages} pages are needed to open");
    fs::write(home.path("vault.db"), &whole).unwrap();
    assert!(home.open().check().is_sound());
}

#[test]
fn a_save_beside_a_damaged_page_works_and_one_on_it_is_refused() {
    let home = Home::new();
    home.fill(NOTES);
    let whole = fs::read(home.path("vault.db")).unwrap();
    let mut saved_beside = 0;
    for page in (1..whole.len() / PAGE).step_by(times(3, 1)) {
        fs::write(home.path("vault.db"), &whole).unwrap();
        flip(&home.path("vault.db"), page * PAGE + 100);
        let Ok(vault) = home.try_open() else { continue };
        match try_add_note(vault.store(), "trods skaden") {
            Ok(id) => {
                saved_beside += 1;
                let text = note(vault.store(), usize::try_from(id).unwrap() - 1).unwrap();
                assert_eq!(text, "trods skaden");
            }
            Err(StoreError::Damaged) => {}
            Err(other) => panic!("page {page}: {other}"),
        }
        let readable = (0..NOTES).filter(|at| note(vault.store(), *at).is_ok()).count();
        assert!(readable == 0 || readable >= NOTES - 4, "page {page}: {readable}");
    }
    assert!(saved_beside > 0);
}

#[test]
fn a_cut_file_is_refused_and_left_as_it_is() {
    let home = Home::new();
    home.fill(NOTES);
    let whole = fs::read(home.path("vault.db")).unwrap();
    for page in 0..whole.len() / PAGE {
        for length in [page * PAGE, page * PAGE + 1, page * PAGE + PAGE / 2] {
            fs::write(home.path("vault.db"), &whole[..length]).unwrap();
            let opened = home.try_open();
            assert!(matches!(opened, Err(VaultError::Damaged)), "{length}: {opened:?}");
            assert_eq!(fs::read(home.path("vault.db")).unwrap(), &whole[..length]);
        }
    }
    fs::remove_file(home.path("vault.db")).unwrap();
    assert!(matches!(home.try_open(), Err(VaultError::Damaged)));
    assert!(!home.path("vault.db").exists(), "no second store is made");
}

#[test]
fn a_flipped_byte_in_the_key_file_is_told_apart_from_a_wrong_key() {
    let home = Home::new();
    let whole = fs::read(home.path("keys.json")).unwrap();
    for at in (0..whole.len()).step_by(7) {
        fs::write(home.path("keys.json"), &whole).unwrap();
        flip(&home.path("keys.json"), at);
        let opened = home.try_open();
        assert!(
            matches!(opened, Err(VaultError::KeysDamaged | VaultError::Newer) | Ok(_)),
            "{at}: {opened:?}"
        );
    }
    fs::write(home.path("keys.json"), &whole).unwrap();
    home.open();
}

#[test]
fn a_spoilt_note_about_the_last_session_does_not_keep_the_vault_shut() {
    let home = Home::new();
    home.fill(2);
    fs::write(home.path("vault.state"), b"\0\0\0").unwrap();
    let vault = home.open();
    assert_eq!(notes(vault.store()).len(), 2);
}
