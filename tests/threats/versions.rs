//! 9 and 19: stores of other versions.

use std::fs;
use std::path::Path;

use fristed_base::{Moment, Secret};
use fristed_tests::Leader;
use fristed_tests::disk::fingerprints;
use fristed_vault::{Key, Migration, Schema, SystemKeyring, Vault};

/// Opens a leader's vault as a program would that knows one migration more.
fn visited_by_a_newer_fristed(karla: &Leader) {
    let newer = Migration {
        number: 9_999,
        name: "a form that is not invented yet",
        sql: "CREATE TABLE from_the_future (id INTEGER PRIMARY KEY) STRICT;",
    };
    let known = fristed_journal::MIGRATIONS.iter().map(|m| Migration {
        number: m.number,
        name: m.name,
        sql: m.sql,
    });
    let all: Vec<Migration> = known.chain([newer]).collect();
    let schema = Schema(Box::leak(all.into_boxed_slice()));
    let key = Secret::new(fs::read_to_string(karla.recovery_file()).expect("her paper"));
    let now = Moment::from(chrono::Local::now());
    let keyring = SystemKeyring::new();
    Vault::open(karla.vault(), Key::Recovery(&key), &keyring, &schema, now)
        .expect("the newer program opens it")
        .close();
}

#[test]
fn t09_a_store_of_a_newer_version_is_refused_and_left_untouched() {
    let karla = Leader::named("Karla");
    let id = karla.writes("Skrevet før og efter.");
    visited_by_a_newer_fristed(&karla);
    let before = fingerprints(karla.vault());
    for call in [&["list"][..], &["show", &id], &["check"], &["delete", &id]] {
        karla.cli(call).answer().failed(1, "newer");
    }
    karla.cli(&["add"]).input("nyt").answer().failed(1, "newer");
    karla.cli_with_passphrase(&["list"]).answer().failed(1, "newer");
    assert_eq!(fingerprints(karla.vault()), before, "byte for byte");
}

/// What the golden stores hold, as `list --json` gives it.
fn golden(version: &Path) -> (String, Leader) {
    let expected = fs::read_to_string(version.join("entries.json")).expect("what it holds");
    let karla = Leader::new("Karla");
    fristed_tests::disk::copy(&version.join("vault"), karla.vault());
    fs::copy(version.join("passphrase"), karla.passphrase_file()).expect("its passphrase");
    fs::copy(version.join("recovery-key"), karla.recovery_file()).expect("its recovery key");
    (expected, karla)
}

#[test]
fn t19_a_store_of_every_released_version_opens_with_the_same_content() {
    let stores = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/stores");
    let versions = fs::read_dir(&stores).expect("the golden stores");
    let mut seen = 0;
    for version in versions {
        let version = version.expect("a golden store").path();
        if !version.is_dir() {
            continue;
        }
        let (expected, karla) = golden(&version);
        let expected: serde_json::Value = serde_json::from_str(&expected).expect("JSON");
        for listed in [
            karla.cli(&["list", "--json"]).answer().done(),
            karla.cli_with_passphrase(&["list", "--json"]).answer().done(),
        ] {
            assert_eq!(listed.json(), expected, "{}", version.display());
        }
        assert_eq!(karla.finds("ledernetværk").len(), 1, "its search index serves");
        karla.sees_that_all_is_whole();
        karla.writes("Og den kan skrives i.");
        seen += 1;
    }
    assert!(seen > 0, "there is at least one");
}
