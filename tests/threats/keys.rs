//! 7: a wrong passphrase.

use std::fs;
use std::time::{Duration, Instant};

use fristed_app::{Directories, Fristed, KeyCost};
use fristed_base::{Moment, Secret};
use fristed_tests::Leader;
use fristed_tests::disk::fingerprints;

#[test]
fn t07_a_wrong_passphrase_says_so_and_leaves_every_file_byte_for_byte() {
    let karla = Leader::named("Karla");
    let id = karla.writes("Bag lås.");
    let right = karla.cli_with_passphrase(&["show", &id]).answer().done();
    let before = fingerprints(karla.home());

    let wrong = karla.home().join("keys/passphrase");
    let kept = fs::read(&wrong).expect("the right one");
    fs::write(&wrong, "noget helt andet\n").expect("a wrong one");
    let refused = karla.cli_with_passphrase(&["show", &id]).answer().failed(3, "wrongKey");
    assert!(refused.out.is_empty(), "not a word");
    assert_eq!(refused.err.lines().count(), 1, "one message: {}", refused.err);
    assert!(
        refused.took >= right.took.mul_f64(0.7),
        "a wrong one is not told faster than a right one: {:?} and {:?}",
        refused.took,
        right.took
    );
    fs::write(&wrong, kept).expect("the right one again");
    assert_eq!(fingerprints(karla.home()), before, "no file was changed, made or removed");
}

#[test]
fn t07_each_wrong_passphrase_takes_longer_within_one_process() {
    let karla = Leader::named("Karla");
    let directories =
        Directories { config: karla.home().join("config"), vault: karla.vault().to_path_buf() };
    let fristed = Fristed::new(directories, None, KeyCost::Floor);
    let now = Moment::from(chrono::Local::now());
    let mut times = Vec::new();
    for guess in 0..6 {
        let begun = Instant::now();
        let refused = fristed.unlock_passphrase(&Secret::new(format!("gæt nummer {guess}")), now);
        assert!(refused.is_err(), "no guess is it");
        times.push(begun.elapsed());
    }
    // The hash's own time comes and goes with what else the computer does; the delay does not.
    assert!(times[5] > times[0] + Duration::from_secs(2), "the delay grows: {times:?}");
    let right = fs::read_to_string(karla.passphrase_file()).expect("her passphrase");
    let right = Secret::new(right.trim_end().to_owned());
    assert!(fristed.unlock_passphrase(&right, now).is_ok(), "and the right one still opens");
    fristed.lock();
}
