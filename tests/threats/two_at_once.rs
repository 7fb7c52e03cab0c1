//! 8: two programs on one vault.

use std::io::Read;

use fristed_tests::{Leader, words};

#[test]
fn t08_a_second_program_is_told_that_the_journal_is_open_elsewhere() {
    let karla = Leader::named("Karla");
    let id = karla.writes(&words::text(1, 400_000));

    // The first prints more than a pipe holds, so it waits for its reader with the vault open.
    let mut first = karla.cli(&["list", "--json"]).start();
    let mut out = first.stdout.take().expect("its output");
    let mut begun = [0];
    out.read_exact(&mut begun).expect("it has opened the vault");

    karla.cli(&["show", &id]).answer().failed(5, "inUse");
    karla.cli(&["add"]).input("nyt").answer().failed(5, "inUse");
    let by_passphrase = karla.cli_with_passphrase(&["list"]).answer().failed(5, "inUse");
    assert!(by_passphrase.out.is_empty());

    let mut rest = Vec::new();
    out.read_to_end(&mut rest).expect("the first goes on");
    assert!(first.wait().expect("it ends").success(), "undisturbed");
    karla.writes("Nu er den lukket.");
    karla.sees_that_all_is_whole();
}

#[test]
fn t08_a_program_that_was_killed_holds_nothing() {
    let karla = Leader::named("Karla");
    karla.writes(&words::text(1, 400_000));
    let mut first = karla.cli(&["list", "--json"]).start();
    let mut begun = [0];
    first.stdout.as_mut().expect("its output").read_exact(&mut begun).expect("it has opened");
    first.kill().expect("SIGKILL");
    first.wait().expect("its end");
    karla.writes("Låsen døde med den.");
    karla.sees_that_all_is_whole();
}
