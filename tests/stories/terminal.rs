//! The terminal as a place to sit at: questions, pipes, languages.

use std::io::Read;

use fristed_tests::terminal::Terminal;
use fristed_tests::{Cli, Leader, words};

#[test]
fn with_no_key_file_the_terminal_asks_and_never_shows_the_answer() {
    let karla = Leader::new("Karla");
    let vault = karla.vault().display().to_string();
    let mut making =
        Terminal::start(karla.home(), &["create", "--hash", "least", "--vault", &vault]);
    making.waits_for("Ny adgangssætning: ");
    making.types("tolv tavse måger");
    making.waits_for("Den samme igen: ");
    making.types("tolv tavse måger");
    let (exit, shown) = making.ends();
    assert_eq!(exit, 0, "{shown}");
    assert!(!shown.contains("tolv"), "what is typed is not shown: {shown}");
    assert!(shown.contains("Gem gendannelsesnøglen"), "and the key comes with advice: {shown}");

    let mut listing = Terminal::start(karla.home(), &["list", "--vault", &vault]);
    listing.waits_for("Adgangssætning: ");
    listing.types("tolv tavse måger");
    let (exit, shown) = listing.ends();
    assert_eq!(exit, 0, "{shown}");
    assert!(!shown.contains("tolv"), "{shown}");

    let mut wrong = Terminal::start(karla.home(), &["list", "--vault", &vault]);
    wrong.waits_for("Adgangssætning: ");
    wrong.types("tretten tavse måger");
    let (exit, shown) = wrong.ends();
    assert_eq!(exit, 3, "{shown}");
    assert!(shown.contains("[wrongKey]"), "{shown}");
}

#[test]
fn two_new_passphrases_that_differ_make_nothing() {
    let karla = Leader::new("Karla");
    let vault = karla.vault().display().to_string();
    let mut making = Terminal::start(karla.home(), &["create", "--vault", &vault]);
    making.waits_for("Ny adgangssætning: ");
    making.types("tolv tavse måger");
    making.waits_for("Den samme igen: ");
    making.types("tolv tavse mager");
    let (exit, shown) = making.ends();
    assert_eq!(exit, 1, "{shown}");
    assert!(shown.contains("[notTheSame]"), "{shown}");
    assert!(!karla.vault().exists(), "no vault under a passphrase that nobody knows");
}

#[test]
fn an_imported_text_cannot_take_over_the_terminal() {
    let karla = Leader::named("Karla");
    let id =
        karla.writes_with("før \u{1b}[2J efter\n", &["--title", "ny\u{1b}]0;ejet\u{7}\u{202e}"]);
    let vault = karla.vault().display().to_string();
    let key = karla.recovery_file().display().to_string();
    let with = ["--vault", &vault, "--recovery-key-file", &key];
    let (_, shown) = Terminal::start(karla.home(), &[&["show", &id], &with[..]].concat()).ends();
    assert!(shown.contains("før ·[2J efter"), "the text is readable: {shown:?}");
    assert!(!shown.contains('\u{1b}'), "and commands nothing: {shown:?}");
    let (_, shown) = Terminal::start(karla.home(), &[&["list"], &with[..]].concat()).ends();
    assert!(!shown.contains(['\u{1b}', '\u{7}', '\u{202e}']), "nor does a title: {shown:?}");
}

#[test]
fn whoever_stops_reading_is_not_shouted_at() {
    let karla = Leader::named("Karla");
    for seed in 0..8 {
        karla.writes(&words::text(seed, 40_000));
    }
    let mut listing = karla.cli(&["list", "--json"]).start();
    let mut out = listing.stdout.take().expect("its output");
    let mut some = [0; 100];
    out.read_exact(&mut some).expect("it begins to answer");
    drop(out);
    let ended = listing.wait_with_output().expect("it ends");
    assert_eq!(ended.status.code(), Some(0), "{ended:?}");
    assert!(ended.stderr.is_empty(), "{}", String::from_utf8_lossy(&ended.stderr));
    karla.sees_that_all_is_whole();
}

#[test]
fn errors_are_said_in_the_systems_language() {
    let karla = Leader::new("Karla");
    let danish = karla.cli(&["list", "--limit", "mange"]).answer();
    assert_eq!(danish.exit(), Some(2));
    assert!(danish.err.contains("kan ikke bruges"), "{}", danish.err);
    let english = karla.cli(&["list", "--limit", "mange"]).env("LANG", "en_GB.UTF-8").answer();
    assert!(english.err.contains("cannot be used"), "{}", english.err);
}

#[test]
fn wrong_usage_has_an_exit_code_of_its_own() {
    let karla = Leader::new("Karla");
    for call in [
        &["fnis"][..],
        &[],
        &["show"],
        &["show", "ikke-et-id"],
        &["list", "--limit", "-1"],
        &["add", "--at", "i går"],
        &["export", "mappe"],
        &["export", "mappe", "--format", "pdf"],
        &["list", "--passphrase-file", "a", "--recovery-key-file", "b"],
    ] {
        let answer = Cli::at(karla.home()).args(call).answer();
        assert_eq!(answer.exit(), Some(2), "{call:?} said: {}", answer.err);
        assert!(answer.out.is_empty(), "{call:?} prints nothing to be piped on");
    }
    let help = Cli::at(karla.home()).args(["--help"]).answer().done();
    assert!(help.text().contains("search"), "help is what was asked for, on standard output");
    let version = Cli::at(karla.home()).args(["--version"]).answer().done();
    assert_eq!(version.line(), format!("fristed-cli {}", env!("CARGO_PKG_VERSION")));
}

#[test]
fn the_settings_name_the_vault_when_the_command_does_not() {
    let karla = Leader::new("Karla");
    let usual = karla.home().join("data/fristed/journal");
    let made = Cli::at(karla.home())
        .args(["create", "--hash", "least", "--json"])
        .args(karla.passphrase_args())
        .answer()
        .done();
    assert_eq!(made.json()["vault"], usual.display().to_string(), "the platform's data folder");
    let listed = Cli::at(karla.home()).args(["list", "--json"]).args(karla.passphrase_args());
    assert_eq!(listed.answer().done().text().trim(), "[]");
}

#[test]
fn a_relative_folder_is_the_one_seen_from_where_she_stands() {
    let karla = Leader::new("Karla");
    let made = Cli::at(karla.home())
        .args(["create", "--hash", "least", "--json", "--vault", "her/ligger/den"])
        .args(karla.passphrase_args())
        .answer()
        .done();
    let there = karla.home().join("her/ligger/den");
    assert_eq!(made.json()["vault"], there.display().to_string());
    assert!(there.join("vault.db").is_file());
}
