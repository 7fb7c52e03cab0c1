//! 42: an import is killed, or done twice.

use std::fs;
use std::path::PathBuf;

use fristed_tests::killed::kill_after;
use fristed_tests::{Chance, Leader, disk, rounds, words};

const ENTRIES: usize = 300;

/// A folder of Markdown, a day for each file.
fn folder_of_markdown(karla: &Leader) -> PathBuf {
    let folder = karla.home().join("gammel journal");
    fs::create_dir(&folder).expect("a folder");
    for number in 0..ENTRIES {
        let (month, day) = (1 + number / 28 % 12, 1 + number % 28);
        let path = folder.join(format!("2024-{month:02}-{day:02} nr {number}.md"));
        fs::write(path, words::text(number as u64, 1_500)).expect("a file");
    }
    folder
}

#[test]
fn t42_an_import_killed_at_any_moment_brought_all_or_nothing() {
    let karla = Leader::named("Karla");
    let folder = folder_of_markdown(&karla).display().to_string();
    let whole = {
        let mette = Leader::named("Mette");
        mette.cli(&["import", &folder, "--json"]).answer().done().took
    };
    let empty = karla.home().join("tom");
    disk::copy(karla.vault(), &empty);
    let mut chance = Chance::new(42);
    let mut nothing = 0;
    for round in 0..rounds(8, 60) {
        fs::remove_dir_all(karla.vault()).expect("a new round");
        disk::copy(&empty, karla.vault());
        let after = chance.up_to(whole.mul_f64(1.1));
        let (answered, ended) = kill_after(karla.cli(&["import", &folder]), b"", after);
        let here = karla.list().len();
        assert!(here == 0 || here == ENTRIES, "all or nothing, not {here} (round {round})");
        if ended || !answered.is_empty() {
            assert_eq!(here, ENTRIES, "what was said to be done is done");
        }
        nothing += u32::from(here == 0);
        karla.sees_that_all_is_whole();
    }
    println!("{nothing} of the imports had brought nothing when they were killed");
}

#[test]
fn t42_an_import_done_twice_brings_nothing_twice() {
    let karla = Leader::named("Karla");
    let folder = folder_of_markdown(&karla);
    assert_eq!(karla.imports(&folder), ENTRIES as u64);
    let again = karla.does(&["import", &folder.display().to_string(), "--json"]).json();
    assert_eq!(again["added"], 0, "an import that brings nothing is no failure: {again}");
    assert_eq!(again["already_here"], ENTRIES, "{again}");
    assert_eq!(karla.list().len(), ENTRIES);
}
