//! Keys: made, lost, changed.

use std::fs;

use fristed_tests::disk::fingerprints;
use fristed_tests::{Cli, Leader};

#[test]
fn a_lost_keyring_never_means_a_lost_journal() {
    // Nothing of a keyring is to be found in the surroundings of these calls.
    let karla = Leader::named("Karla");
    let id = karla.writes("Nøgleringen er væk, journalen er her.");
    for opened in [karla.cli(&["show", &id]), karla.cli_with_passphrase(&["show", &id])] {
        assert_eq!(
            opened.answer().done().text(),
            "Nøgleringen er væk, journalen er her.",
            "the recovery key opens it, and so does the passphrase"
        );
    }
    let refused = karla.cli_with_passphrase(&["key", "add", "computer"]).answer();
    assert_eq!(refused.exit(), Some(1), "a keyring that is not there is no reason to crash");
    assert!(refused.err.contains("[keyring"), "{}", refused.err);
    let kinds = karla.does(&["key", "list", "--json"]).json();
    assert_eq!(kinds.as_array().map(Vec::len), Some(2), "and no slot was made for it: {kinds}");
    let text = fs::read_to_string(karla.vault().join("keys.json")).expect("the key file");
    assert!(!text.contains("regnvejr"), "never a key in plain text");
}

#[test]
fn creating_where_a_journal_is_touches_nothing() {
    let karla = Leader::named("Karla");
    karla.writes("Den første.");
    let before = fingerprints(karla.vault());
    Cli::at(karla.home())
        .args(["create", "--json"])
        .args(karla.vault_args())
        .args(karla.passphrase_args())
        .answer()
        .failed(1, "vaultExists");
    assert_eq!(fingerprints(karla.vault()), before, "every file is as it was, byte for byte");
}

#[test]
fn a_folder_with_other_things_in_it_is_not_taken() {
    let karla = Leader::new("Karla");
    fs::create_dir(karla.vault()).expect("a folder");
    fs::write(karla.vault().join("budget.ods"), "tal").expect("a file");
    let refused = Cli::at(karla.home())
        .args(["create"])
        .args(karla.vault_args())
        .args(karla.passphrase_args())
        .answer();
    assert_eq!(refused.exit(), Some(1), "{}", refused.err);
    assert_eq!(fs::read_dir(karla.vault()).expect("the folder").count(), 1, "nothing was added");
}

#[test]
fn without_a_vault_there_is_nothing_to_open_and_none_is_made() {
    let karla = Leader::new("Karla");
    fs::write(karla.recovery_file(), "QQQQ").expect("a paper");
    karla.cli(&["list"]).answer().failed(1, "noVault");
    karla.cli(&["add"]).input("hej").answer().failed(1, "noVault");
    Cli::run_by(&["setsid", "--wait"], karla.home())
        .args(["list"])
        .args(karla.vault_args())
        .answer()
        .failed(1, "noVault");
    assert!(!karla.vault().exists(), "asking for a journal makes none");
}

#[test]
fn a_changed_passphrase_replaces_the_old_one() {
    let karla = Leader::named("Karla");
    let id = karla.writes("Samme tekst, ny nøgle.");
    let old = karla.home().join("keys/old");
    fs::copy(karla.passphrase_file(), &old).expect("a copy of the old one");
    let new = karla.home().join("keys/new");
    fs::write(&new, "syv svaner i modvind over Sejerø\n").expect("a new passphrase");
    let new = new.display().to_string();
    karla
        .cli_with_passphrase(&[
            "key",
            "change",
            "passphrase",
            "--new-passphrase-file",
            &new,
            "--hash",
            "least",
        ])
        .answer()
        .done();

    karla.cli_with_passphrase(&["show", &id]).answer().failed(3, "wrongKey");
    fs::copy(&new, karla.passphrase_file()).expect("she keeps the new one");
    let shown = karla.cli_with_passphrase(&["show", &id]).answer().done();
    assert_eq!(shown.text(), "Samme tekst, ny nøgle.", "the new one opens it");
    assert_eq!(karla.reads(&id), b"Samme tekst, ny n\xc3\xb8gle.", "the recovery key still does");
}

#[test]
fn a_forgotten_passphrase_is_replaced_with_the_recovery_key() {
    let karla = Leader::named("Karla");
    let id = karla.writes("Jeg har glemt den.");
    let new = karla.home().join("keys/new");
    fs::write(&new, "syv svaner i modvind over Sejerø\n").expect("a new passphrase");
    karla.does(&[
        "key",
        "change",
        "passphrase",
        "--new-passphrase-file",
        &new.display().to_string(),
        "--hash",
        "least",
    ]);
    fs::copy(&new, karla.passphrase_file()).expect("she keeps the new one");
    let shown = karla.cli_with_passphrase(&["show", &id]).answer().done();
    assert_eq!(shown.text(), "Jeg har glemt den.");
}

#[test]
fn a_new_recovery_key_replaces_the_old_one() {
    let karla = Leader::named("Karla");
    let id = karla.writes("Papiret blev væk.");
    let made = karla.cli_with_passphrase(&["key", "change", "recovery", "--json"]).answer().done();
    let key = made.json()["recovery_key"].as_str().expect("a key").to_owned();
    karla.cli(&["show", &id]).answer().failed(3, "wrongKey");
    fs::write(karla.recovery_file(), key.to_lowercase().replace('-', " ")).expect("her paper");
    assert_eq!(
        karla.reads(&id),
        "Papiret blev væk.".as_bytes(),
        "the new one opens it, however it is copied from paper"
    );
}

#[test]
fn a_mistyped_recovery_key_is_told_from_a_wrong_one() {
    let karla = Leader::named("Karla");
    let mette = Leader::named("Mette");
    let right = fs::read_to_string(karla.recovery_file()).expect("her paper");
    let first = right.chars().next().expect("a character");
    let other = if first == 'q' || first == 'Q' { "p" } else { "q" };
    fs::write(karla.recovery_file(), format!("{other}{}", &right[1..])).expect("a slip");
    karla.cli(&["list"]).answer().failed(3, "recoveryKeyMistyped");
    fs::copy(mette.recovery_file(), karla.recovery_file()).expect("the wrong paper");
    karla.cli(&["list"]).answer().failed(3, "wrongKey");
}
