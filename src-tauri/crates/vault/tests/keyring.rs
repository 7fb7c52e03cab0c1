//! Real keyrings, missing, late, locked and forgetful (threats.md, 21 to 26).
//!
//! Each part is played in a D-Bus session of its own, with a home folder of its own, in which
//! `gnome-keyring-daemon` runs or does not.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, reason = "a test fails by it")]

mod support;

use std::env;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};
use std::thread;
use std::time::{Duration, Instant};

use fristed_vault::{
    KdfCost, Key, Keyring, KeyringError, RecoveryKey, Setup, SystemKeyring, Vault, VaultError,
    WrappingKey, exists,
};
use support::child::{self, Part};
use support::*;

/// A bus that starts nothing by itself, so that a keyring runs only where a test starts one.
const BUS: &str = r#"<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:tmpdir=/tmp</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>"#;

/// Starts a keyring whose collection is open, and makes one where there is none.
const UNLOCKED: &str = "printf pw | gnome-keyring-daemon --unlock --components=secrets >/dev/null; until dbus-send \
     --session --print-reply --dest=org.freedesktop.DBus / org.freedesktop.DBus.GetNameOwner \
     string:org.freedesktop.secrets >/dev/null 2>&1; do sleep 0.05; done";
/// Starts a keyring and leaves its collection locked.
const LOCKED: &str = "gnome-keyring-daemon --start --components=secrets >/dev/null; until dbus-send --session \
     --print-reply --dest=org.freedesktop.DBus / org.freedesktop.DBus.GetNameOwner \
     string:org.freedesktop.secrets >/dev/null 2>&1; do sleep 0.05; done";
/// Starts no keyring.
const NONE: &str = ":";

/// A home folder in which keyrings keep their files.
struct Desk {
    outer: tempfile::TempDir,
}

impl Desk {
    fn new() -> Self {
        let outer = tempfile::tempdir().unwrap();
        fs::write(outer.path().join("bus.conf"), BUS).unwrap();
        Self { outer }
    }

    /// Plays a part in a session that begins with this command.
    fn play(&self, role: &str, home: &Home, before: &str) -> Output {
        let run = self.outer.path().join("run");
        let _ = fs::remove_dir_all(&run);
        fs::create_dir(&run).unwrap();
        let part = child::command(role, home);
        let mut session = Command::new("dbus-run-session");
        session.arg("--config-file").arg(self.outer.path().join("bus.conf"));
        session.args(["--", "sh", "-c", &format!("{before}; exec \"$@\""), "sh"]);
        session.arg(part.get_program()).args(part.get_args());
        for (name, value) in part.get_envs() {
            session.env(name, value.unwrap());
        }
        let output = session
            .env("HOME", self.outer.path())
            .env("XDG_RUNTIME_DIR", &run)
            .env("XDG_DATA_HOME", self.outer.path().join("data"))
            .env("FRISTED_WORD", before)
            .env_remove("DBUS_SESSION_BUS_ADDRESS")
            .env_remove("DISPLAY")
            .env_remove("WAYLAND_DISPLAY")
            .output()
            .expect("NOT TESTED: dbus-run-session is needed");
        let daemon = Command::new("gnome-keyring-daemon").arg("--version").output();
        assert!(daemon.is_ok(), "NOT TESTED: gnome-keyring-daemon is needed");
        child::assert_played(&output);
        output
    }
}

fn keyring() -> SystemKeyring {
    SystemKeyring::with_patience(Duration::from_secs(5))
}

fn by_computer(folder: &Path) -> Result<Vault, VaultError> {
    Vault::open(folder, Key::Computer, &keyring(), &FIRST, now())
}

fn trouble(opened: Result<Vault, VaultError>) -> KeyringError {
    match opened {
        Err(VaultError::Keyring(trouble)) => trouble,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_child_process_does_what_its_test_asks() {
    let Some(part) = Part::given() else { return };
    let home = part.home();
    match part.role.as_str() {
        "remember" => {
            assert!(keyring().is_ready());
            let vault = home.open();
            vault.add_computer(&secret(PASSPHRASE), &keyring(), now()).unwrap();
            vault.close();
            by_computer(&home.folder).unwrap().close();
        }
        "make" => {
            let (passphrase, recovery) = (secret(PASSPHRASE), RecoveryKey::generate());
            let keyring = keyring();
            let setup = Setup {
                passphrase: &passphrase,
                recovery: &recovery,
                cost: KdfCost::floor(),
                computer: Some(&keyring),
            };
            let place = home.folder.join("another");
            Vault::create(&place, setup, &FIRST, now()).unwrap().close();
            by_computer(&place).unwrap().close();
        }
        "open" => by_computer(&home.folder).unwrap().close(),
        "open without a bus" => {
            let began = Instant::now();
            assert_eq!(trouble(by_computer(&home.folder)), KeyringError::Unavailable);
            assert!(!keyring().is_ready());
            assert!(began.elapsed() < Duration::from_secs(5));
            still_opens_otherwise(&home);
        }
        "open locked" => {
            let began = Instant::now();
            let found = trouble(by_computer(&home.folder));
            assert!(matches!(found, KeyringError::Locked | KeyringError::Missing), "{found:?}");
            assert!(began.elapsed() < Duration::from_secs(8), "it does not wait for ever");
            still_opens_otherwise(&home);
        }
        "open forgetful" => {
            assert_eq!(trouble(by_computer(&home.folder)), KeyringError::Missing);
            still_opens_otherwise(&home);
        }
        "open late" => {
            assert_eq!(trouble(by_computer(&home.folder)), KeyringError::Unavailable);
            let started = Command::new("sh").args(["-c", UNLOCKED]).status().unwrap();
            assert!(started.success());
            let vault = (0..50).find_map(|_| {
                thread::sleep(Duration::from_millis(100));
                by_computer(&home.folder).ok()
            });
            vault.expect("a keyring that is started later is found by the same process").close();
        }
        "delete, then open" => {
            let vault = home.open();
            keyring().delete(vault.id()).unwrap();
            keyring().delete(vault.id()).unwrap();
            vault.close();
            assert_eq!(trouble(by_computer(&home.folder)), KeyringError::Missing);
            still_opens_otherwise(&home);
        }
        "other key, then open" => {
            let vault = home.open();
            keyring().set(vault.id(), &WrappingKey::generate()).unwrap();
            vault.close();
            assert_eq!(trouble(by_computer(&home.folder)), KeyringError::Missing);
            still_opens_otherwise(&home);
        }
        "forget" => {
            let vault = home.open();
            vault.forget_computer(&keyring()).unwrap();
            assert_eq!(keyring().get(vault.id()).unwrap_err(), KeyringError::Missing);
            vault.close();
            assert_eq!(trouble(by_computer(&home.folder)), KeyringError::Missing);
        }
        other => panic!("no such role: {other}"),
    }
    println!("PLAYED");
}

/// Whatever the keyring said: no new vault, no new key, and the other keys open.
fn still_opens_otherwise(home: &Home) {
    assert!(exists(&home.folder));
    let again = create(&home.folder, &RecoveryKey::generate());
    assert!(matches!(again, Err(VaultError::Exists)));
    let vault = home.try_passphrase(PASSPHRASE).unwrap();
    assert_eq!(notes(vault.store()), ["før"]);
    vault.close();
    home.open().close();
}

/// A vault with one note, remembered by the keyring of this desk.
fn remembered(desk: &Desk) -> Home {
    let home = Home::new();
    let vault = home.open();
    add_note(vault.store(), "før");
    vault.close();
    desk.play("remember", &home, UNLOCKED);
    home
}

/// The key file and the store; the note about the last session may change.
fn keys_and_store(home: &Home) -> (Vec<u8>, Vec<u8>) {
    (fs::read(home.path("keys.json")).unwrap(), fs::read(home.path("vault.db")).unwrap())
}

#[test]
fn the_keyring_opens_the_vault_in_a_later_session() {
    let desk = Desk::new();
    let home = remembered(&desk);
    desk.play("open", &home, UNLOCKED);
    desk.play("make", &Home::new(), UNLOCKED);
}

#[test]
fn without_a_bus_or_a_keyring_the_passphrase_opens_and_no_key_lies_in_plain_text() {
    let desk = Desk::new();
    let home = remembered(&desk);
    let before = keys_and_store(&home);
    desk.play("open without a bus", &home, NONE);
    desk.play("open without a bus", &home, "unset DBUS_SESSION_BUS_ADDRESS");
    desk.play("open without a bus", &home, "export DBUS_SESSION_BUS_ADDRESS=unix:path=/none");
    assert_eq!(keys_and_store(&home), before);
}

#[test]
fn a_locked_keyring_ends_in_the_passphrase_and_not_in_a_new_key() {
    let desk = Desk::new();
    let home = remembered(&desk);
    let before = keys_and_store(&home);
    desk.play("open locked", &home, LOCKED);
    assert_eq!(keys_and_store(&home), before);
    desk.play("open", &home, UNLOCKED);
}

#[test]
fn no_entry_in_the_keyring_never_means_that_there_is_no_vault() {
    let desk = Desk::new();
    let home = remembered(&desk);
    let before = keys_and_store(&home);
    desk.play("delete, then open", &home, UNLOCKED);
    assert_eq!(keys_and_store(&home), before);
    // The leader lets the keyring remember it again.
    desk.play("remember", &home, UNLOCKED);
    desk.play("other key, then open", &home, UNLOCKED);
}

#[test]
fn a_keyring_that_is_started_later_is_found_without_starting_again() {
    let desk = Desk::new();
    let home = remembered(&desk);
    desk.play("open late", &home, NONE);
}

#[test]
fn after_a_change_of_desktop_another_key_opens_and_the_new_keyring_can_remember() {
    let (gnome, kde) = (Desk::new(), Desk::new());
    let home = remembered(&gnome);
    kde.play("open forgetful", &home, UNLOCKED);
    kde.play("remember", &home, UNLOCKED);
    kde.play("open", &home, UNLOCKED);
    // The key that the first desktop still has is of a slot that is no more.
    gnome.play("open forgetful", &home, UNLOCKED);
}

#[test]
fn a_forgotten_computer_opens_nothing_and_keeps_nothing() {
    let desk = Desk::new();
    let home = remembered(&desk);
    desk.play("forget", &home, UNLOCKED);
    assert!(env::var_os("FRISTED_ROLE").is_none());
}
