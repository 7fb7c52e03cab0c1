//! Full and read-only file systems, and files outside the vault (threats.md, 2, 3, 4 and 20).

#![allow(clippy::unwrap_used, reason = "a test fails by it")]

mod support;

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::Command;

use fristed_vault::{
    KdfCost, NewRootKey, Notice, RecoveryKey, Schema, StoreError, Vault, VaultError, exists,
};
use support::child::{self, Part};
use support::*;

#[test]
fn a_child_process_does_what_its_test_asks() {
    let Some(part) = Part::given() else { return };
    match part.role.as_str() {
        "save" => save_on_a_full_disk(&part.folder),
        "change" => change_keys_on_a_full_disk(&part.folder),
        "migrate" => migrate_on_a_full_disk(&part.folder),
        "create" => create_on_a_full_disk(&part.folder),
        "read-only" => read_only_disk(&part.folder),
        "sort" => sort_much(&part.home()),
        other => panic!("no such role: {other}"),
    }
    println!("PLAYED");
}

fn played_on_small_disk(role: &str, megabytes: u32) {
    let folder = tempfile::tempdir().unwrap();
    child::assert_played(&child::on_small_disk(role, folder.path(), megabytes));
}

/// Takes all the space that is left.
fn fill_up(disk: &Path) {
    let mut ballast = fs::File::create(disk.join("ballast")).unwrap();
    while ballast.write_all(&[1; 4096]).is_ok() {}
    while ballast.write_all(&[1]).is_ok() {}
}

/// Takes all the space that is left but this much.
fn leave(disk: &Path, room: u64) {
    let _ = fs::remove_file(disk.join("ballast"));
    fill_up(disk);
    let ballast = fs::OpenOptions::new().write(true).open(disk.join("ballast")).unwrap();
    let length = ballast.metadata().unwrap().len();
    assert!(length > room, "{length} bytes were free, {room} should be");
    ballast.set_len(length - room).unwrap();
}

fn free_up(disk: &Path) {
    fs::remove_file(disk.join("ballast")).unwrap();
}

#[test]
fn a_save_on_a_full_disk_is_refused_and_works_once_there_is_space() {
    played_on_small_disk("save", 4);
}

fn save_on_a_full_disk(disk: &Path) {
    let home = Home::in_folder(&disk.join("Fristed"));
    let vault = home.open();
    for at in 0..20 {
        add_note(vault.store(), &long_note(at));
    }
    fill_up(disk);
    let mut saved = 20;
    let refused = loop {
        match try_add_note(vault.store(), &long_note(saved)) {
            Ok(_) => saved += 1,
            Err(error) => break error,
        }
    };
    assert!(matches!(refused, StoreError::Full), "{refused:?}");
    assert_eq!(notes(vault.store()).len(), saved, "all that was acknowledged is there");
    free_up(disk);
    add_note(vault.store(), "nu er der plads");
    assert!(vault.check().is_sound());
    vault.close();

    // The same from the first save of a session on, and after being cut off while full.
    fill_up(disk);
    let vault = home.open();
    for _ in 0..3 {
        let refused = try_add_note(vault.store(), &long_note(0));
        assert!(matches!(refused, Err(StoreError::Full | StoreError::ReadOnly)), "{refused:?}");
    }
    assert_eq!(notes(vault.store()).len(), saved + 1);
    vault.close();
    leave(disk, 60_000);
    let vault = home.open();
    assert!(!vault.is_read_only());
    let refused = (0..100).find_map(|at| try_add_note(vault.store(), &long_note(at)).err());
    assert!(matches!(refused, Some(StoreError::Full)), "{refused:?}");
    let there = notes(vault.store()).len();
    vault.close();
    assert_eq!(notes(home.open().store()).len(), there);
    free_up(disk);
    let vault = home.open();
    add_note(vault.store(), "igen");
    vault.close();
    assert_eq!(notes(home.open().store()).len(), there + 1);
}

#[test]
fn a_change_of_keys_on_a_full_disk_leaves_the_old_ones_in_force() {
    played_on_small_disk("change", 4);
}

fn change_keys_on_a_full_disk(disk: &Path) {
    let home = Home::in_folder(&disk.join("Fristed"));
    home.fill(100);
    let vault = home.open();
    add_note(vault.store(), "før");
    fill_up(disk);
    let before = fs::read(home.path("keys.json")).unwrap();
    let (old, new) = (secret(PASSPHRASE), secret("ny adgangskode"));
    let changed = vault.change_passphrase(&old, &new, KdfCost::floor(), now());
    assert!(matches!(changed, Err(VaultError::Full)), "{changed:?}");
    assert_eq!(fs::read(home.path("keys.json")).unwrap(), before);

    // Room for the backup, not for the new store beside it.
    for room in [0, 100_000, 300_000] {
        leave(disk, room);
        let recovery = RecoveryKey::generate();
        let new = NewRootKey {
            passphrase: &old,
            cost: KdfCost::floor(),
            recovery: &recovery,
            keyring: &NoKeyring,
        };
        let changed = vault.change_root_key(&new, now());
        assert!(matches!(changed, Err(VaultError::Full)), "{room}: {changed:?}");
        assert_eq!(fs::read(home.path("keys.json")).unwrap(), before);
        assert!(!home.path("vault.db.new").exists());
        assert_eq!(notes(vault.store()).len(), 101);
    }
    free_up(disk);
    add_note(vault.store(), "efter");
    assert!(vault.check().is_sound());
    vault.close();
    assert_eq!(notes(home.open().store()).len(), 102);
    home.try_passphrase(PASSPHRASE).unwrap();
}

#[test]
fn a_migration_on_a_full_disk_leaves_the_store_in_its_old_form() {
    played_on_small_disk("migrate", 16);
}

fn migrate_on_a_full_disk(disk: &Path) {
    static HEAVY: Schema = Schema(&[
        NOTES,
        fristed_vault::Migration {
            number: 101,
            name: "every note twice",
            sql: "CREATE TABLE twice AS SELECT text || text AS text FROM note;",
        },
    ]);
    let home = Home::in_folder(&disk.join("Fristed"));
    home.fill(150);
    // First no room for the backup; then room for it, but not for the migration.
    let store = fs::metadata(home.path("vault.db")).unwrap().len();
    for room in [50_000, store + 150_000] {
        leave(disk, room);
        let opened = home.try_open_as(&HEAVY);
        assert!(matches!(opened, Err(VaultError::Full)), "{room}: {opened:?}");
        let vault = home.open();
        assert_eq!(notes(vault.store()).len(), 150);
        assert!(vault.check().is_sound());
        vault.close();
        free_up(disk);
    }
    fs::remove_dir_all(home.path("backups")).unwrap();
    let vault = home.try_open_as(&HEAVY).unwrap();
    assert_eq!(vault.notice(), Some(Notice::Migrated));
}

#[test]
fn a_vault_that_does_not_fit_leaves_nothing_behind() {
    played_on_small_disk("create", 1);
}

fn create_on_a_full_disk(disk: &Path) {
    fill_up(disk);
    let folder = disk.join("Fristed");
    for room in [0, 4096, 16_384, 40_000, 60_000] {
        leave(disk, room);
        match create(&folder, &RecoveryKey::generate()) {
            Ok(_) => break,
            Err(error) => {
                assert!(matches!(error, VaultError::Full), "{room}: {error:?}");
                assert!(!exists(&folder), "{room}");
                assert!(!folder.exists(), "{room}");
            }
        }
    }
    free_up(disk);
    let _ = fs::remove_dir_all(&folder);
    create(&folder, &RecoveryKey::generate()).unwrap();
}

#[test]
fn on_a_read_only_disk_the_journal_can_be_read_and_says_so() {
    played_on_small_disk("read-only", 8);
}

fn read_only_disk(disk: &Path) {
    let home = Home::in_folder(&disk.join("Fristed"));
    home.fill(30);
    // A second vault whose session was cut off, and a third one that also lost its index.
    let open = home.open();
    add_note(open.store(), "kun i loggen");
    let cut_off = Home::at(&disk.join("cut off"), same(&home));
    copy_folder(&home.folder, &cut_off.folder);
    let no_index = Home::at(&disk.join("no index"), same(&home));
    copy_folder(&home.folder, &no_index.folder);
    fs::remove_file(no_index.path("vault.db-shm")).unwrap();
    // A fourth that needs a migration.
    open.close();
    remount(disk, "ro");

    let before = contents(disk);
    let vault = home.open();
    assert!(vault.is_read_only());
    assert_eq!(vault.notice(), Some(Notice::ReadOnly));
    assert_eq!(notes(vault.store()).len(), 31);
    assert!(vault.check().is_sound());
    let refused = try_add_note(vault.store(), "nej");
    assert!(matches!(refused, Err(StoreError::ReadOnly)), "{refused:?}");
    let (old, new) = (secret(PASSPHRASE), secret("ny"));
    let changed = vault.change_passphrase(&old, &new, KdfCost::floor(), now());
    assert!(matches!(changed, Err(VaultError::NotWritable)));
    vault.close();
    assert!(matches!(home.try_passphrase("forkert"), Err(VaultError::WrongKey)));
    assert!(matches!(home.try_open_as(&SECOND), Err(VaultError::NotWritable)));

    // With the log and its index there, what stands in the log alone can be read too.
    let vault = cut_off.open();
    assert_eq!(vault.notice(), Some(Notice::ReadOnly));
    assert_eq!(notes(vault.store()).last().unwrap(), "kun i loggen");
    vault.close();
    // Without the index SQLite cannot use the log here; it is said that something is missing.
    let vault = no_index.open();
    assert!(vault.is_read_only());
    assert_eq!(vault.notice(), Some(Notice::LogMissing));
    assert_eq!(notes(vault.store()).len(), 30);
    vault.close();

    let made = create(&disk.join("another"), &RecoveryKey::generate());
    assert!(matches!(made, Err(VaultError::NotWritable)), "{made:?}");
    assert_eq!(contents(disk), before);

    remount(disk, "rw");
    let vault = no_index.open();
    assert_eq!(vault.notice(), Some(Notice::Recovered));
    assert_eq!(notes(vault.store()).last().unwrap(), "kun i loggen");
}

fn same(home: &Home) -> RecoveryKey {
    RecoveryKey::parse(&home.recovery.to_text()).unwrap()
}

fn remount(disk: &Path, how: &str) {
    let done =
        Command::new("mount").args(["-o", &format!("remount,{how}")]).arg(disk).status().unwrap();
    assert!(done.success(), "NOT TESTED: this file system cannot be made read-only");
}

#[test]
fn nothing_is_written_outside_the_vault_even_where_a_statement_asks_for_it() {
    let home = Home::new();
    home.fill(5);
    let elsewhere = tempfile::tempdir().unwrap();
    let report = elsewhere.path().join("report");
    let mut played = child::command("sort", &home);
    played.env("TMPDIR", elsewhere.path()).env("SQLITE_TMPDIR", elsewhere.path());
    let only = "trace=open,openat,openat2,creat,mkdir,memfd_create".to_owned();
    let output = child::traced(&played, &report, &["-e".to_owned(), only])
        .output()
        .expect("NOT TESTED: strace is needed");
    child::assert_played(&output);
    let report = fs::read_to_string(report).unwrap();
    assert!(report.contains("vault.db"), "the report shows what was opened: {report}");
    let vault = home.folder.to_str().unwrap();
    let outside: Vec<_> = report
        .lines()
        .filter(|line| line.contains("O_CREAT") || line.contains("O_TMPFILE"))
        .filter(|line| !line.contains(vault))
        .collect();
    assert!(outside.is_empty(), "{outside:#?}");
    assert!(!report.contains("etilqs"), "SQLite's temporary files have that in their names");
}

/// Sorts about 60 MB, far more than any page cache holds.
fn sort_much(home: &Home) {
    let vault: Vault = home.open();
    let denied: Result<(), StoreError> =
        vault.store().write(|change| Ok(change.execute_batch("PRAGMA temp_store = 1")?));
    assert!(denied.is_err());
    let denied: Result<(), StoreError> =
        vault.store().read(|reader| Ok(reader.execute_batch("PRAGMA temp_store = FILE")?));
    assert!(denied.is_err());
    let last: String = vault
        .store()
        .read(|reader| {
            Ok::<_, StoreError>(reader.query_row(
                "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 60000)
                 SELECT text || i AS long FROM n, note WHERE note.id = 1 + i % 5
                 ORDER BY long DESC LIMIT 1 OFFSET 59999",
                [],
                |row| row.get(0),
            )?)
        })
        .unwrap();
    assert!(last.starts_with("note 0"));
}
