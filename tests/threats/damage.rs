//! 5 and 6: flipped bytes and cut files.

use std::collections::BTreeMap;
use std::fs;

use fristed_tests::{Chance, Leader, disk, rounds, words};
use serde_json::Value;

/// The size of the store's pages, in bytes.
const PAGE: usize = 4096;

/// A journal of many pages, and every entry's text.
fn karla_with_entries() -> (Leader, BTreeMap<String, String>) {
    let karla = Leader::named("Karla");
    let folder = karla.home().join("entries");
    fs::create_dir(&folder).expect("a folder");
    for number in 0..24_u64 {
        let size = if number % 4 == 0 { 9_000 } else { 1_500 };
        let path = folder.join(format!("2026-01-{:02} {number}.md", number + 1));
        fs::write(path, words::text(number, size)).expect("a file");
    }
    assert_eq!(karla.imports(&folder), 24);
    let texts = texts(&karla.list());
    (karla, texts)
}

fn texts(entries: &[Value]) -> BTreeMap<String, String> {
    let field = |entry: &Value, name: &str| entry[name].as_str().unwrap_or_default().to_owned();
    entries.iter().map(|entry| (field(entry, "id"), field(entry, "body"))).collect()
}

/// Whatever was printed of a list before it failed.
fn readable(out: &[u8]) -> BTreeMap<String, String> {
    if out.is_empty() {
        return BTreeMap::new();
    }
    let list: Value = serde_json::from_slice(out).expect("what is printed is whole");
    texts(list.as_array().expect("an array"))
}

#[test]
fn t05_a_flipped_byte_on_any_page_is_named_as_damage_and_never_shown_as_text() {
    let (karla, texts) = karla_with_entries();
    let store = karla.vault().join("vault.db");
    let whole = fs::read(&store).expect("the store");
    let pages = whole.len() / PAGE;
    assert!(pages > 20, "there is something to damage: {pages} pages");
    let mut chance = Chance::new(5);
    let step = usize::try_from(rounds(3, 1)).unwrap_or(1);
    let mut others_given = 0;
    for page in (0..pages).step_by(step) {
        let mut bytes = whole.clone();
        let at = page * PAGE + usize::try_from(chance.below(PAGE as u64)).unwrap_or(0);
        bytes[at] ^= 1 << chance.below(8);
        fs::write(&store, &bytes).expect("the damage");

        let listed = karla.cli(&["list", "--json"]).answer();
        let given = readable(&listed.out);
        for (id, text) in &given {
            assert_eq!(texts.get(id), Some(text), "page {page}: never wrong text");
        }
        match listed.exit() {
            Some(0) => assert_eq!(given.len(), texts.len(), "page {page}: all, or it is said"),
            _ => drop(listed.failed(4, "damaged")),
        }
        others_given += usize::from((1..texts.len()).contains(&given.len()));
        let checked = karla.cli(&["check", "--json"]).answer();
        assert_eq!(checked.exit(), Some(4), "page {page}: a check finds it: {}", checked.err);
    }
    assert!(others_given > 0, "a damaged page takes its own entry, and the others are given out");
    fs::write(&store, &whole).expect("put right");
    karla.sees_that_all_is_whole();
}

#[test]
fn t05_a_flipped_byte_in_the_key_file_opens_nothing_wrongly_and_changes_nothing() {
    let karla = Leader::named("Karla");
    let id = karla.writes("Nøglefilen.");
    let keys = karla.vault().join("keys.json");
    let whole = fs::read(&keys).expect("the key file");
    let store = || fs::read(karla.vault().join("vault.db")).expect("the store");
    let mut chance = Chance::new(55);
    for _ in 0..rounds(40, 400) {
        let mut bytes = whole.clone();
        let at = usize::try_from(chance.below(whole.len() as u64)).unwrap_or(0);
        bytes[at] ^= 1 << chance.below(7);
        fs::write(&keys, &bytes).expect("the damage");
        let before = store();
        let shown = karla.cli(&["show", &id]).answer();
        match shown.exit() {
            Some(0) => assert_eq!(shown.text(), "Nøglefilen.", "another slot was hit"),
            Some(1 | 3 | 4) => {
                assert!(shown.out.is_empty(), "byte {at}: refused, and nothing said");
                assert!(store() == before, "byte {at}: not a byte of the store was changed");
            }
            other => panic!("byte {at}: {other:?} {}", shown.err),
        }
        fs::write(&keys, &whole).expect("put right");
    }
    assert_eq!(karla.reads(&id), "Nøglefilen.".as_bytes());
}

#[test]
fn t06_a_store_cut_short_anywhere_is_refused_and_never_replaced() {
    let (karla, texts) = karla_with_entries();
    let store = karla.vault().join("vault.db");
    let whole = fs::read(&store).expect("the store");
    let pages = whole.len() / PAGE;
    let step = usize::try_from(rounds(6, 1)).unwrap_or(1);
    let borders = (0..pages).step_by(step).flat_map(|page| [page * PAGE, page * PAGE + PAGE / 2]);
    for length in borders.chain([1, 15, whole.len() - 1]) {
        fs::write(&store, &whole[..length]).expect("the cut");
        let listed = karla.cli(&["list", "--json"]).answer();
        for (id, text) in readable(&listed.out) {
            assert_eq!(texts.get(&id), Some(&text), "cut at {length}: never wrong text");
        }
        drop(listed.failed(4, "damaged"));
        let after = fs::read(&store).expect("the store");
        assert!(after == whole[..length], "cut at {length}: what is left stays as it is");
    }
    fs::write(&store, &whole).expect("put right");
    assert_eq!(karla.list().len(), texts.len());
    karla.sees_that_all_is_whole();
}

#[test]
fn t06_a_vault_without_its_store_is_damaged_and_not_new() {
    let karla = Leader::named("Karla");
    karla.writes("Den er her.");
    let aside = karla.home().join("aside.db");
    fs::rename(karla.vault().join("vault.db"), &aside).expect("the store is gone");
    karla.cli(&["list"]).answer().failed(4, "damaged");
    karla.cli(&["add"]).input("nyt").answer().failed(4, "damaged");
    fristed_tests::Cli::at(karla.home())
        .args(["create"])
        .args(karla.vault_args())
        .args(karla.passphrase_args())
        .answer()
        .failed(1, "vaultExists");
    fs::rename(&aside, karla.vault().join("vault.db")).expect("it is found again");
    assert_eq!(karla.list().len(), 1);
}

#[test]
fn t06_a_vault_without_its_key_file_says_so() {
    let karla = Leader::named("Karla");
    let keys = karla.vault().join("keys.json");
    let aside = karla.home().join("keys.json");
    fs::rename(&keys, &aside).expect("the key file is gone");
    karla.cli(&["list"]).answer().failed(4, "keysDamaged");
    let before = disk::fingerprints(karla.vault());
    karla.cli(&["add"]).input("nyt").answer().failed(4, "keysDamaged");
    assert_eq!(disk::fingerprints(karla.vault()), before, "no new key is ever made");
    fs::rename(&aside, &keys).expect("it is found again");
    assert!(karla.list().is_empty());
}
