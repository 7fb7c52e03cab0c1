//! 1 and 11: a writing process is killed.

use std::collections::BTreeMap;
use std::fs;
use std::io::{Read, Write};
use std::time::Duration;

use fristed_tests::killed::kill_after;
use fristed_tests::{Chance, Leader, disk, rounds, words};

/// The longest that one call takes here, from three that were left alone, and half as much again.
fn reach(karla: &Leader) -> Duration {
    let slowest =
        (0..3).map(|seed| karla.cli(&["add"]).input(words::text(seed, 2_000)).answer().done().took);
    slowest.max().unwrap_or_default().mul_f64(1.3)
}

#[test]
fn t01_every_acknowledged_entry_survives_a_writer_killed_at_any_moment() {
    let karla = Leader::named("Karla");
    let reach = reach(&karla);
    let mut chance = Chance::new(1);
    let mut kept: BTreeMap<String, String> = BTreeMap::new();
    let mut given_up = 0;
    for seed in 100..100 + u64::from(rounds(25, 400)) {
        let size = 1_000 + usize::try_from(chance.below(30_000)).unwrap_or(0);
        let text = words::text(seed, size);
        let (answered, _) = kill_after(karla.cli(&["add"]), text.as_bytes(), chance.up_to(reach));
        match answered.strip_suffix(b"\n") {
            Some(id) => {
                kept.insert(String::from_utf8_lossy(id).into_owned(), text);
            }
            None => given_up += 1,
        }
        if seed % 50 == 0 {
            karla.sees_that_all_is_whole();
        }
    }
    println!("{} acknowledged, {given_up} killed before that", kept.len());
    for (id, text) in &kept {
        assert_eq!(karla.reads(id), text.as_bytes(), "an id that was printed is a text that stays");
    }
    let all = karla.list().len();
    assert!(all >= kept.len() + 3, "and nothing acknowledged is missing from the list");
    karla.sees_that_all_is_whole();
}

#[test]
fn t01_a_text_that_was_being_changed_is_the_old_one_or_the_new_one() {
    let karla = Leader::named("Karla");
    let reach = reach(&karla);
    let mut chance = Chance::new(2);
    let mut text = words::text(1, 20_000);
    let id = karla.writes(&text);
    for seed in 2..2 + u64::from(rounds(15, 100)) {
        let new = words::text(seed, 20_000 + usize::try_from(chance.below(20_000)).unwrap_or(0));
        let call = karla.cli(&["edit", &id]);
        let (_, acknowledged) = kill_after(call, new.as_bytes(), chance.up_to(reach));
        let found = karla.reads(&id);
        if acknowledged {
            assert!(found == new.as_bytes(), "what was acknowledged is there");
        } else {
            assert!(
                found == text.as_bytes() || found == new.as_bytes(),
                "never a mixture of two texts (round {seed})"
            );
        }
        text = String::from_utf8(found).expect("it is one of two texts");
    }
    karla.sees_that_all_is_whole();
}

/// Writes an entry whose answer is longer than a pipe holds, and kills the process while it waits
/// for a reader: the entry is committed, and the log not yet brought to the main file.
fn killed_after_its_commit(karla: &Leader, text: &str) {
    let mut child = karla.cli(&["add", "--json"]).start();
    let mut stdin = child.stdin.take().expect("its input");
    stdin.write_all(text.as_bytes()).expect("it reads its input");
    drop(stdin);
    let mut first = [0];
    child.stdout.as_mut().expect("its output").read_exact(&mut first).expect("it answers");
    child.kill().expect("SIGKILL");
    child.wait().expect("its end");
}

#[test]
fn t11_what_only_the_log_holds_is_recovered_after_a_kill() {
    let karla = Leader::named("Karla");
    let text = words::text(7, 300_000);
    killed_after_its_commit(&karla, &text);
    assert!(log(&karla).exists(), "the process died with its log beside the store");
    let found = karla.list();
    assert_eq!(found.len(), 1, "the entry was committed");
    assert_eq!(found[0]["body"], text, "and is whole");
    karla.sees_that_all_is_whole();
}

#[test]
fn t11_a_log_that_was_deleted_is_missed_and_said_to_be() {
    let karla = Leader::named("Karla");
    karla.writes("Den første, som er i hovedfilen.");
    killed_after_its_commit(&karla, &words::text(8, 300_000));
    fs::remove_file(log(&karla)).expect("somebody tidies up");
    let opened = karla.does(&["list", "--json"]);
    assert!(opened.err.contains("[logMissing]"), "it says what may be missing: {}", opened.err);
    let bodies = opened.json();
    assert_eq!(bodies[0]["body"], "Den første, som er i hovedfilen.", "the rest opens");
    karla.sees_that_all_is_whole();
    let again = karla.does(&["list", "--json"]);
    assert!(again.err.is_empty(), "it says so once: {}", again.err);
}

#[test]
fn t12_a_log_of_another_store_is_never_mixed_in() {
    let karla = Leader::named("Karla");
    let mette = Leader::named("Mette");
    karla.writes("Karlas egen.");
    killed_after_its_commit(&mette, &words::text(9, 300_000));
    fs::copy(log(&mette), log(&karla)).expect("a log that is not hers");
    let opened = karla.cli(&["list", "--json"]).answer();
    match opened.exit() {
        Some(0) => {
            let found = opened.json();
            assert_eq!(found.as_array().map(Vec::len), Some(1), "her journal as it was");
            assert_eq!(found[0]["body"], "Karlas egen.");
            assert!(opened.err.contains("[foreignLog]"), "and she is told: {}", opened.err);
        }
        _ => drop(opened.failed(4, "damaged")),
    }
    karla.sees_that_all_is_whole();
    let aside = disk::files(karla.vault());
    assert!(aside.len() > 3, "what was put aside was not thrown away: {aside:?}");
}

fn log(leader: &Leader) -> std::path::PathBuf {
    leader.vault().join("vault.db-wal")
}
