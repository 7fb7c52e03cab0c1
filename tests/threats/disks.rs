//! 2, 3 and 4: a disk that is full, and a disk that cannot be written.
//!
//! They need small file systems of their own, which only an administrator may mount: they run
//! where the tests run as root. Elsewhere each says in its output that it was not run, and why.

use std::fs;

use fristed_tests::disk::{SmallDisk, fingerprints};
use fristed_tests::{Leader, words};

/// A small disk in a leader's home, with her vault on it; none, and the reason said, where this
/// user may not mount.
fn on_a_small_disk(test: &str, kilobytes: u32) -> Option<(SmallDisk, Leader)> {
    let mut karla = Leader::new("Karla");
    let at = karla.home().join("disk");
    match SmallDisk::mount(&at, kilobytes) {
        Ok(disk) => {
            karla.turns_to(&at.join("journal"));
            karla.makes_her_journal();
            Some((disk, karla))
        }
        Err(reason) => {
            println!("{test} was not run: this user may not mount a disk ({reason})");
            None
        }
    }
}

#[test]
fn t02_where_mounting_is_allowed_a_full_disk_loses_nothing_and_is_no_longer_full_after_room_is_made()
 {
    let Some((disk, karla)) = on_a_small_disk("t02", 4096) else { return };
    let first = karla.writes("Før disken blev fuld.");
    let ballast = disk.fill_but(64);
    let long = words::text(2, 400_000);
    let refused = karla.cli(&["add"]).input(&long).answer().failed(6, "noSpace");
    assert!(refused.out.is_empty(), "no id for what was not stored");

    assert_eq!(karla.reads(&first), "Før disken blev fuld.".as_bytes(), "the store opens");
    assert_eq!(karla.list().len(), 1, "and holds no half of what was refused");

    fs::remove_file(ballast).expect("room is made");
    let id = karla.writes(&long);
    assert_eq!(karla.reads(&id), long.as_bytes(), "now it is stored");
    karla.sees_that_all_is_whole();
}

#[test]
fn t02_where_mounting_is_allowed_a_disk_without_a_single_byte_left_can_still_be_read() {
    let Some((disk, karla)) = on_a_small_disk("t02", 4096) else { return };
    let id = karla.writes("Der er ikke plads til et komma.");
    let ballast = disk.fill_but(0);
    let read = karla.cli(&["show", &id]).answer().done();
    assert_eq!(read.text(), "Der er ikke plads til et komma.");
    assert_eq!(karla.finds("komma").len(), 1, "and found, though the index cannot take it in");
    let refused = karla.cli(&["add"]).input("et komma").answer();
    assert_eq!(refused.exit(), Some(6), "{}", refused.err);
    fs::remove_file(ballast).expect("room is made");
    karla.writes("et komma");
    karla.sees_that_all_is_whole();
}

#[test]
fn t02_where_mounting_is_allowed_an_import_that_does_not_fit_brings_nothing() {
    let Some((disk, karla)) = on_a_small_disk("t02", 4096) else { return };
    let folder = karla.home().join("gammel");
    fs::create_dir(&folder).expect("a folder");
    for number in 0..40 {
        let path = folder.join(format!("2024-01-{:02} {number}.md", 1 + number % 28));
        fs::write(path, words::text(number, 100_000)).expect("a file");
    }
    let path = folder.display().to_string();
    karla.cli(&["import", &path]).answer().failed(6, "noSpace");
    assert!(karla.list().is_empty(), "all or nothing");
    karla.sees_that_all_is_whole();
    drop(disk);
}

#[test]
fn t03_where_mounting_is_allowed_a_passphrase_changed_on_a_full_disk_is_the_old_one_still() {
    let Some((disk, karla)) = on_a_small_disk("t03", 4096) else { return };
    let id = karla.writes("Nøglen er den gamle.");
    let new = karla.home().join("keys/new");
    fs::write(&new, "syv svaner i modvind over Sejerø\n").expect("a new passphrase");
    let new = new.display().to_string();
    let ballast = disk.fill_but(0);
    let change = ["key", "change", "passphrase", "--hash", "least", "--new-passphrase-file", &new];
    let refused = karla.cli_with_passphrase(&change).answer();
    assert_eq!(refused.exit(), Some(6), "{}", refused.err);
    let read = karla.cli_with_passphrase(&["show", &id]).answer().done();
    assert_eq!(read.text(), "Nøglen er den gamle.", "the old one opens it, full or not");
    fs::remove_file(ballast).expect("room is made");
    karla.cli_with_passphrase(&change).answer().done();
    karla.cli_with_passphrase(&["show", &id]).answer().failed(3, "wrongKey");
}

#[test]
fn t04_where_mounting_is_allowed_a_read_only_disk_can_be_read_with_a_notice_and_not_written() {
    let Some((disk, karla)) = on_a_small_disk("t04", 8192) else { return };
    let id = karla.writes_with("Kun til læsning.", &["--tag", "ro"]);
    assert_eq!(karla.finds("læsning").len(), 1, "and the search index has it");
    karla.writes("Skrevet lige før.");
    disk.set_read_only(true);
    let before = fingerprints(karla.vault());

    let read = karla.cli(&["show", &id]).answer().done();
    assert_eq!(read.text(), "Kun til læsning.");
    assert!(read.err.contains("[readOnly]"), "with a notice: {}", read.err);
    assert_eq!(karla.finds("læsning").len(), 1, "searching is reading");
    assert_eq!(karla.finds("skrevet").len(), 1, "what the index does not know is found too");
    let by_passphrase = karla.cli_with_passphrase(&["list", "--json"]).answer().done();
    assert_eq!(by_passphrase.json().as_array().map(Vec::len), Some(2), "by either key");

    karla.cli(&["add"]).input("nyt").answer().failed(6, "notWritable");
    karla.cli(&["edit", &id]).input("nyt").answer().failed(6, "notWritable");
    karla.cli(&["delete", &id]).answer().failed(6, "notWritable");
    let made = karla.home().join("disk/another");
    let refused = fristed_tests::Cli::at(karla.home())
        .args(["create", "--hash", "least", "--vault"])
        .args([&made])
        .args(karla.passphrase_args())
        .answer();
    assert_eq!(refused.exit(), Some(6), "{}", refused.err);

    assert_eq!(fingerprints(karla.vault()), before, "no second store, and not a byte changed");
    disk.set_read_only(false);
    karla.writes("Nu kan der skrives.");
    karla.sees_that_all_is_whole();
}
