//! kill -9 and failing system calls, at every point (threats.md, 1, 13, 15 and 16).

#![allow(clippy::unwrap_used, reason = "a test fails by it")]

mod support;

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Output, Stdio};
use std::thread;
use std::time::Duration;

use fristed_vault::{KdfCost, NewRootKey, Notice, RecoveryKey, Vault, VaultError, exists};
use support::child::{self, Part};
use support::faults::{self, FAULTS};
use support::*;

const OTHER: &str = "seks stille svaner i Tøndermarsken";

#[test]
fn a_child_process_does_what_its_test_asks() {
    let Some(part) = Part::given() else { return };
    match part.role.as_str() {
        "write" => write_for_ever(&part),
        "passphrase" => {
            let (old, new) = part.word.split_once('|').unwrap();
            let vault = part.home().open();
            let (old, new) = (secret(old), secret(new));
            println!("READY");
            vault.change_passphrase(&old, &new, KdfCost::floor(), now()).unwrap();
            println!("PLAYED");
            vault.close();
        }
        "root key" => {
            let vault = part.home().open();
            let recovery = RecoveryKey::parse(&secret(&part.word)).unwrap();
            let new = NewRootKey {
                passphrase: &secret(PASSPHRASE),
                cost: KdfCost::floor(),
                recovery: &recovery,
                keyring: &NoKeyring,
            };
            vault.change_root_key(&new, now()).unwrap();
            println!("PLAYED");
            vault.close();
        }
        "migrate" => {
            let vault = part.home().try_open_as(&SECOND).unwrap();
            println!("PLAYED");
            vault.close();
        }
        "create" => {
            create(&part.folder, &part.home().recovery).unwrap().close();
            println!("PLAYED");
        }
        "save" => {
            let home = part.home();
            let vault = home.open();
            add_note(vault.store(), &part.word);
            println!("PLAYED");
            vault.close();
        }
        other => panic!("no such role: {other}"),
    }
}

/// Writes notes until it is killed, and now and then ends its session and begins another.
fn write_for_ever(part: &Part) {
    let home = part.home();
    let mut at: usize = part.word.parse().unwrap();
    loop {
        let vault = home.open();
        for _ in 0..25 {
            add_note(vault.store(), &long_note(at));
            println!("SAVED {at}");
            at += 1;
        }
        vault.close();
    }
}

#[test]
fn a_writer_that_is_killed_anywhere_loses_nothing_it_had_acknowledged() {
    let home = Home::new();
    let mut dice = Dice(1);
    let mut there = 0;
    for round in 0..times(30, 500) {
        let mut writing = child::command("write", &home)
            .env("FRISTED_WORD", there.to_string())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let output = writing.stdout.take().unwrap();
        let listening = thread::spawn(move || {
            let lines = BufReader::new(output).lines().map_while(Result::ok);
            lines.filter_map(|line| line.split_once("SAVED ")?.1.parse::<usize>().ok()).last()
        });
        thread::sleep(Duration::from_millis(20 + dice.roll(300)));
        writing.kill().unwrap();
        writing.wait().unwrap();
        let acknowledged = listening.join().unwrap().map_or(there, |last| last + 1);

        let vault = home.open();
        assert!(
            matches!(vault.notice(), None | Some(Notice::Recovered)),
            "round {round}: {:?}",
            vault.notice()
        );
        let found = notes(vault.store());
        assert!(
            found.len() == acknowledged || found.len() == acknowledged + 1,
            "round {round}: {acknowledged} acknowledged, {} there",
            found.len()
        );
        for (at, text) in found.iter().enumerate().skip(there) {
            assert_eq!(*text, long_note(at));
        }
        if round % 10 == 9 {
            assert!(vault.check().is_sound(), "round {round}: {:?}", vault.check());
        }
        there = found.len();
        vault.close();
    }
    assert!(there > 0);
}

fn said_played(output: &Output) -> bool {
    child::said(output).contains("PLAYED")
}

/// Which of the two passphrases opens; exactly one does.
fn the_one_that_opens(home: &Home) -> &'static str {
    let opens = |passphrase: &str| match home.try_passphrase(passphrase) {
        Ok(vault) => {
            assert_eq!(notes(vault.store()).len(), 3);
            vault.close();
            true
        }
        Err(VaultError::WrongKey) => false,
        Err(other) => panic!("{other:?}"),
    };
    match (opens(PASSPHRASE), opens(OTHER)) {
        (true, false) => PASSPHRASE,
        (false, true) => OTHER,
        both => panic!("exactly one passphrase opens: {both:?}"),
    }
}

fn other_than(passphrase: &str) -> &'static str {
    if passphrase == PASSPHRASE { OTHER } else { PASSPHRASE }
}

#[test]
fn a_change_of_passphrase_that_is_cut_off_anywhere_leaves_exactly_one_that_opens() {
    let home = Home::new();
    home.fill(3);
    let mut current = PASSPHRASE;
    let change = |from: &str| {
        let mut command = child::command("passphrase", &home);
        command.env("FRISTED_WORD", format!("{from}|{}", other_than(from)));
        command
    };
    let calls = faults::calls(&change(current), &home.folder);
    current = other_than(current);
    for fault in FAULTS {
        for at in faults::some(&calls, 4) {
            let output = faults::play(&change(current), &home.folder, fault, at);
            let opens = the_one_that_opens(&home);
            if said_played(&output) {
                assert_eq!(opens, other_than(current), "{fault} at {at}");
            }
            current = opens;
        }
    }
    let left: Vec<_> = contents(&home.folder)
        .into_keys()
        .filter(|path| path.to_string_lossy().contains("keys.json."))
        .collect();
    assert!(left.is_empty(), "{left:?}");
}

#[test]
fn a_change_of_passphrase_that_is_killed_at_random_leaves_exactly_one_that_opens() {
    let home = Home::new();
    home.fill(3);
    let mut dice = Dice(15);
    let mut current = PASSPHRASE;
    for _ in 0..times(5, 200) {
        let mut changing = child::command("passphrase", &home)
            .env("FRISTED_WORD", format!("{current}|{}", other_than(current)))
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut output = BufReader::new(changing.stdout.take().unwrap());
        let mut line = String::new();
        while output.read_line(&mut line).unwrap() > 0 && !line.contains("READY") {
            line.clear();
        }
        thread::sleep(Duration::from_millis(dice.roll(900)));
        changing.kill().unwrap();
        changing.wait().unwrap();
        let mut rest = String::new();
        let _ = std::io::Read::read_to_string(&mut output, &mut rest);
        let opens = the_one_that_opens(&home);
        if rest.contains("PLAYED") {
            assert_eq!(opens, other_than(current));
        }
        current = opens;
    }
}

#[test]
fn a_change_of_root_key_that_is_cut_off_anywhere_leaves_exactly_one_recovery_key() {
    let home = Home::new();
    home.fill(3);
    let mut current = RecoveryKey::parse(&home.recovery.to_text()).unwrap();
    let opens = |key: &RecoveryKey| {
        let home = Home::at(&home.folder, RecoveryKey::parse(&key.to_text()).unwrap());
        match home.try_open() {
            Ok(vault) => {
                assert_eq!(notes(vault.store()).len(), 3);
                assert!(vault.check().is_sound());
                vault.close();
                true
            }
            Err(VaultError::WrongKey) => false,
            Err(other) => panic!("{other:?}"),
        }
    };
    let change = |from: &RecoveryKey, to: &RecoveryKey| {
        let home = Home::at(&home.folder, RecoveryKey::parse(&from.to_text()).unwrap());
        let mut command = child::command("root key", &home);
        command.env("FRISTED_WORD", to.to_text().expose());
        command
    };
    let first = RecoveryKey::generate();
    let calls = faults::calls(&change(&current, &first), &home.folder);
    current = first;
    for fault in FAULTS {
        for at in faults::some(&calls, 5) {
            let _ = fs::remove_dir_all(home.path("backups"));
            let new = RecoveryKey::generate();
            let output = faults::play(&change(&current, &new), &home.folder, fault, at);
            // The old key first: opening with it must not help the new one.
            let (old_opens, new_opens) = (opens(&current), opens(&new));
            assert!(old_opens != new_opens, "{fault} at {at}: {}", child::said(&output));
            if said_played(&output) {
                assert!(new_opens, "{fault} at {at}");
            }
            if new_opens {
                current = new;
            }
            assert!(!home.path("vault.db.new").exists(), "{fault} at {at}");
        }
    }
}

#[test]
fn a_migration_that_is_cut_off_anywhere_is_taken_once_and_whole() {
    let golden = Home::new();
    golden.fill(3);
    let home = golden.as_it_lies();
    let calls = faults::calls(&child::command("migrate", &home), &home.folder);
    for fault in FAULTS {
        for at in faults::some(&calls, 8) {
            let home = golden.as_it_lies();
            let output = faults::play(&child::command("migrate", &home), &home.folder, fault, at);
            let vault = home.try_open_as(&SECOND).unwrap_or_else(|error| {
                panic!("{fault} at {at}: {error:?} {}", child::said(&output))
            });
            let applied: u32 = vault
                .store()
                .read(|store| {
                    Ok::<_, fristed_vault::StoreError>(store.query_row(
                        "SELECT count(colour) + 100 * (SELECT count(*) FROM migration) FROM note",
                        [],
                        |row| row.get(0),
                    )?)
                })
                .unwrap();
            assert_eq!(applied, 303, "{fault} at {at}: three notes, three migrations, once each");
            assert!(vault.check().is_sound());
            vault.close();
        }
    }
}

/// A vault that nobody has made yet.
struct Unmade(Home, tempfile::TempDir);

impl Unmade {
    fn new() -> Self {
        let outer = tempfile::tempdir().unwrap();
        Self(Home::at(&outer.path().join("Fristed"), RecoveryKey::generate()), outer)
    }
}

/// A vault that is there or can be made, whatever happened while it was being made.
fn is_there_or_can_be_made(home: &Home, output: &Output, what: &str) {
    if exists(&home.folder) {
        home.try_open()
            .unwrap_or_else(|error| panic!("{what}: {error:?} {}", child::said(output)))
            .close();
    } else {
        assert!(!said_played(output), "{what}");
        create(&home.folder, &home.recovery)
            .unwrap_or_else(|error| panic!("{what}: {error:?}"))
            .close();
    }
    let vault: Vault = home.open();
    assert!(vault.check().is_sound(), "{what}");
}

#[test]
fn a_vault_whose_making_is_cut_off_anywhere_is_there_or_can_be_made() {
    let Unmade(home, _outer) = Unmade::new();
    let calls = faults::calls(&child::command("create", &home), &home.folder);
    for fault in FAULTS {
        for at in faults::some(&calls, 8) {
            let Unmade(home, _outer) = Unmade::new();
            let output = faults::play(&child::command("create", &home), &home.folder, fault, at);
            is_there_or_can_be_made(&home, &output, &format!("{fault} at {at}"));
        }
    }
}

#[test]
fn a_vault_whose_making_fails_and_is_cut_off_while_it_cleans_up_is_there_or_can_be_made() {
    let mut cut_off = 0;
    for full in (1..=8).step_by(times(3, 1)) {
        for (name, most) in [("rename", 3), ("unlink", 12), ("rmdir", 1)] {
            for nth in (1..=most).step_by(times(4, 1)) {
                let Unmade(home, _outer) = Unmade::new();
                let command = child::command("create", &home);
                let output = faults::play_on_full_disk(&command, full, name, nth);
                cut_off += u32::from(faults::was_killed(&output));
                let what = format!("full from fsync {full} on, killed at {name} {nth}");
                is_there_or_can_be_made(&home, &output, &what);
            }
        }
    }
    assert!(cut_off > 0, "NOT TESTED: it was never killed");
}

#[test]
fn a_save_that_meets_a_fault_anywhere_is_there_whole_or_not_at_all() {
    let golden = Home::new();
    golden.fill(3);
    let command = |home: &Home| {
        let mut command = child::command("save", home);
        command.env("FRISTED_WORD", "den fjerde");
        command
    };
    let home = golden.as_it_lies();
    let calls = faults::calls(&command(&home), &home.folder);
    for fault in FAULTS {
        for at in faults::some(&calls, 12) {
            let home = golden.as_it_lies();
            let output = faults::play(&command(&home), &home.folder, fault, at);
            let vault = home.open();
            assert!(
                matches!(vault.notice(), None | Some(Notice::Recovered)),
                "{fault} at {at}: {:?}",
                vault.notice()
            );
            let found = notes(vault.store());
            assert!(
                found.len() == 3 || (found.len() == 4 && found[3] == "den fjerde"),
                "{fault} at {at}"
            );
            if said_played(&output) {
                assert_eq!(found.len(), 4, "{fault} at {at}");
            }
            assert!(vault.check().is_sound(), "{fault} at {at}");
        }
    }
    assert!(Path::new("/proc/self").exists(), "strace needs it");
}
