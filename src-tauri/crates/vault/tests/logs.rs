//! What lies beside the store after an unclean end, and what must not lie there
//! (threats.md, 11 and 12).

#![allow(clippy::unwrap_used, reason = "a test fails by it")]

mod support;

use std::fs;

use fristed_vault::Notice;
use support::*;

/// A vault with three notes in the main file and two more in the log alone, as a loss of power
/// leaves it.
fn cut_off() -> Home {
    let home = Home::new();
    home.fill(3);
    let vault = home.open();
    add_note(vault.store(), "fjerde");
    add_note(vault.store(), "femte");
    let left = home.as_it_lies();
    vault.close();
    left
}

fn asides(home: &Home) -> Vec<Vec<u8>> {
    contents(&home.folder)
        .into_iter()
        .filter(|(path, _)| path.to_string_lossy().contains("-wal.aside-"))
        .map(|(_, (bytes, _))| bytes)
        .collect()
}

#[test]
fn after_a_loss_of_power_everything_saved_is_there_and_it_is_said() {
    for without_index in [false, true] {
        let home = cut_off();
        if without_index {
            fs::remove_file(home.path("vault.db-shm")).unwrap();
        }
        let vault = home.open();
        assert_eq!(vault.notice(), Some(Notice::Recovered));
        assert_eq!(notes(vault.store())[3..], ["fjerde", "femte"]);
        assert!(vault.check().is_sound());
        vault.close();
        assert_eq!(home.open().notice(), None, "it is said once");
    }
}

/// Where the frames of a log begin, and how long each is.
const HEADER: usize = 32;
const FRAME: usize = 24 + 4096;

#[test]
fn a_frame_that_was_being_written_when_the_power_went_costs_nothing_that_was_saved() {
    for written in [24, 24 + 1000, FRAME] {
        let home = cut_off();
        let mut log = fs::read(home.path("vault.db-wal")).unwrap();
        let salts = log[16..24].to_vec();
        let of_this_round = log[HEADER..].chunks_exact(FRAME);
        let frames = of_this_round.take_while(|frame| frame[8..16] == salts[..]).count();
        // The head of the next frame, and of its page what lay there before.
        let mut torn = log[HEADER..HEADER + FRAME].to_vec();
        torn[24..].rotate_left(100);
        let end = HEADER + frames * FRAME;
        log.resize(log.len().max(end + written), 0);
        log[end..end + written].copy_from_slice(&torn[..written]);
        fs::write(home.path("vault.db-wal"), log).unwrap();
        fs::remove_file(home.path("vault.db-shm")).unwrap();

        let vault = home.open();
        assert_eq!(vault.notice(), Some(Notice::Recovered), "{written} bytes of it");
        assert_eq!(notes(vault.store())[3..], ["fjerde", "femte"], "{written} bytes of it");
        assert!(vault.check().is_sound());
        vault.close();
        assert_eq!(asides(&home).len(), 0);
    }
}

#[test]
fn a_log_damaged_before_its_end_is_read_up_to_there_and_it_is_said() {
    let home = cut_off();
    let log = fs::read(home.path("vault.db-wal")).unwrap();
    let salts = &log[16..24];
    let frames =
        log[HEADER..].chunks_exact(FRAME).take_while(|frame| frame[8..16] == *salts).count();
    assert!(frames >= 2, "there is a middle: {frames}");
    for damaged in 0..frames - 1 {
        let home = home.as_it_lies();
        flip(&home.path("vault.db-wal"), HEADER + damaged * FRAME + 2000);
        fs::remove_file(home.path("vault.db-shm")).unwrap();
        let vault = home.open();
        assert_eq!(vault.notice(), Some(Notice::LogMissing), "frame {damaged}");
        let found = notes(vault.store());
        let all = [long_note(0), long_note(1), long_note(2), "fjerde".into(), "femte".into()];
        assert!(found.len() >= 3 && all.starts_with(&found), "frame {damaged}: {}", found.len());
        assert!(vault.check().is_sound());
        vault.close();
        assert_eq!(home.open().notice(), None, "it is said once");
    }
}

#[test]
fn without_its_log_the_store_opens_at_the_last_checkpoint_and_says_so() {
    let home = cut_off();
    fs::remove_file(home.path("vault.db-wal")).unwrap();
    let vault = home.open();
    assert_eq!(vault.notice(), Some(Notice::LogMissing));
    assert_eq!(notes(vault.store()).len(), 3);
    assert!(vault.check().is_sound());
    vault.close();
    assert_eq!(home.open().notice(), None, "it is said once");
}

#[test]
fn an_emptied_log_is_a_missing_one() {
    let home = cut_off();
    fs::write(home.path("vault.db-wal"), b"").unwrap();
    let vault = home.open();
    assert_eq!(vault.notice(), Some(Notice::LogMissing));
    assert_eq!(notes(vault.store()).len(), 3);
}

#[test]
fn the_log_of_another_store_is_put_aside_and_kept() {
    let (home, other) = (cut_off(), cut_off());
    let foreign = fs::read(other.path("vault.db-wal")).unwrap();
    for (state, whose) in [("open", &home), ("closed", &Home::new())] {
        fs::write(whose.path("vault.db-wal"), &foreign).unwrap();
        let vault = whose.open();
        assert_eq!(vault.notice(), Some(Notice::ForeignLog), "{state}");
        assert!(vault.check().is_sound());
        add_note(vault.store(), "det går videre");
        vault.close();
        assert_eq!(asides(whose), std::slice::from_ref(&foreign));
        let vault = whose.open();
        assert_eq!(vault.notice(), None);
        assert_eq!(notes(vault.store()).last().unwrap(), "det går videre");
    }
}

#[test]
fn a_store_copied_back_from_yesterday_never_meets_todays_log() {
    let home = Home::new();
    home.fill(40);
    let yesterday = fs::read(home.path("vault.db")).unwrap();
    let vault = home.open();
    for at in 0..400 {
        add_note(vault.store(), &long_note(at));
    }
    let left = home.as_it_lies();
    vault.close();
    fs::write(left.path("vault.db"), yesterday).unwrap();

    let vault = left.open();
    assert_eq!(vault.notice(), Some(Notice::ForeignLog));
    assert_eq!(notes(vault.store()).len(), 40);
    assert!(vault.check().is_sound());
}

#[test]
fn an_older_log_of_the_same_store_is_not_replayed_either() {
    let older = cut_off();
    let vault = older.open();
    add_note(vault.store(), "sjette");
    let newer = older.as_it_lies();
    vault.close();
    let before = newer.as_it_lies();
    newer.open().close();
    fs::copy(before.path("vault.db-wal"), newer.path("vault.db-wal")).unwrap();
    let vault = newer.open();
    assert_eq!(vault.notice(), None, "a clean end had brought its own log to the main file");
    assert_eq!(notes(vault.store()).last().unwrap(), "sjette");
    add_note(vault.store(), "syvende");
    vault.close();

    fs::copy(before.path("vault.db-wal"), newer.path("vault.db-wal")).unwrap();
    let vault = newer.open();
    assert_eq!(vault.notice(), Some(Notice::ForeignLog));
    assert_eq!(notes(vault.store()).last().unwrap(), "syvende");
    assert!(vault.check().is_sound());
}

#[test]
fn a_log_without_the_note_of_its_session_is_put_aside_rather_than_mixed_in() {
    let home = cut_off();
    fs::remove_file(home.path("vault.state")).unwrap();
    let vault = home.open();
    assert_eq!(vault.notice(), Some(Notice::ForeignLog));
    assert_eq!(notes(vault.store()).len(), 3);
    assert_eq!(asides(&home).len(), 1);
}

#[test]
fn a_long_read_does_not_hold_up_the_first_save_and_nothing_is_lost_by_it() {
    let home = Home::new();
    home.fill(3);
    let vault = home.open();
    let left = vault
        .store()
        .read(|reader| {
            let count: u32 = reader.query_row("SELECT count(*) FROM note", [], |row| row.get(0))?;
            assert_eq!(count, 3);
            add_note(vault.store(), "mens der læses");
            Ok::<_, fristed_vault::StoreError>(home.as_it_lies())
        })
        .unwrap();
    vault.close();
    let vault = left.open();
    assert_eq!(vault.notice(), Some(Notice::Recovered));
    assert_eq!(notes(vault.store()).last().unwrap(), "mens der læses");
}

#[test]
fn a_log_that_grew_over_many_checkpoints_still_belongs_to_its_store() {
    let home = Home::new();
    let vault = home.open();
    for at in 0..1200 {
        add_note(vault.store(), &long_note(at));
    }
    let left = home.as_it_lies();
    vault.close();
    let vault = left.open();
    assert_eq!(vault.notice(), Some(Notice::Recovered));
    assert_eq!(notes(vault.store()).len(), 1200);
    assert!(vault.check().is_sound());
}
