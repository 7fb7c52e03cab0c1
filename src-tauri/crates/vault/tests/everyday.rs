//! What a leader does with a vault every day.

#![allow(clippy::unwrap_used, reason = "a test fails by it")]

mod support;

use std::fs;
use std::time::{Duration, Instant};

use fristed_vault::{
    KdfCost, Key, KeyringError, NewRootKey, RecoveryKey, Setup, SlotKind, StoreError, Vault,
    VaultError, exists, slots,
};
use support::*;

#[test]
fn what_is_written_is_there_the_next_day() {
    let home = Home::new();
    let vault = home.open();
    add_note(vault.store(), "Gik en tur før mødet.");
    vault.close();

    let vault = home.try_passphrase(PASSPHRASE).unwrap();
    assert_eq!(vault.notice(), None, "a clean end leaves nothing to tell");
    assert!(!vault.is_read_only());
    assert_eq!(notes(vault.store()), ["Gik en tur før mødet."]);
    assert!(vault.check().is_sound(), "{:?}", vault.check());
}

#[test]
fn a_closed_vault_is_four_files_and_none_holds_a_word_of_it() {
    let home = Home::new();
    let vault = home.open();
    add_note(vault.store(), "KANARIEFUGL");
    vault.close();
    let files = contents(&home.folder);
    let names: Vec<_> =
        files.keys().map(|path| path.file_name().unwrap().to_str().unwrap()).collect();
    assert_eq!(names, ["keys.json", "vault.db", "vault.lock", "vault.state"]);
    for (path, (bytes, _)) in files {
        for word in [&b"KANARIEFUGL"[..], b"SQLite format", b"note", PASSPHRASE.as_bytes()] {
            let found = bytes.windows(word.len()).any(|window| window == word);
            assert!(!found, "{} holds {:?}", path.display(), String::from_utf8_lossy(word));
        }
    }
}

#[cfg(unix)]
#[test]
fn only_its_owner_may_read_the_files() {
    use std::os::unix::fs::PermissionsExt;
    let home = Home::new();
    home.fill(1);
    for path in contents(&home.folder).keys() {
        let mode = fs::metadata(path).unwrap().permissions().mode();
        assert_eq!(mode & 0o077, 0, "{}", path.display());
    }
}

#[test]
fn a_vault_is_made_whole_or_not_at_all_and_never_over_another() {
    let home = Home::new();
    let before = contents(&home.folder);
    let again = create(&home.folder, &RecoveryKey::generate());
    assert!(matches!(again, Err(VaultError::Exists)));
    assert_eq!(contents(&home.folder), before);

    // Also where only a part of the vault is left.
    fs::remove_file(home.path("keys.json")).unwrap();
    assert!(exists(&home.folder));
    let again = create(&home.folder, &RecoveryKey::generate());
    assert!(matches!(again, Err(VaultError::Exists)));
    assert!(matches!(home.try_open(), Err(VaultError::KeysDamaged)));

    let other = tempfile::tempdir().unwrap();
    fs::write(other.path().join("regnskab.txt"), "andet").unwrap();
    let beside = create(other.path(), &RecoveryKey::generate());
    assert!(matches!(beside, Err(VaultError::FolderUnusable)));
    assert_eq!(contents(other.path()).len(), 1);
}

#[test]
fn a_keyring_that_fails_at_set_up_leaves_nothing_behind() {
    let outer = tempfile::tempdir().unwrap();
    let folder = outer.path().join("Fristed");
    let (passphrase, recovery) = (secret(PASSPHRASE), RecoveryKey::generate());
    let setup = Setup {
        passphrase: &passphrase,
        recovery: &recovery,
        cost: KdfCost::floor(),
        computer: Some(&NoKeyring),
    };
    let made = Vault::create(&folder, setup, &FIRST, now());
    assert!(matches!(made, Err(VaultError::Keyring(KeyringError::Unavailable))));
    assert!(!folder.exists());
}

#[test]
fn a_wrong_key_changes_nothing_takes_as_long_as_a_right_one_and_longer_each_time() {
    let home = Home::new();
    home.fill(20);
    // The quickest of several: what the computer did meanwhile is not the vault's.
    let right = (0..5)
        .map(|_| {
            let began = Instant::now();
            let vault = home.open();
            let took = began.elapsed();
            vault.close();
            took
        })
        .min()
        .unwrap();

    let before = contents(&home.folder);
    let folder_changed = fs::metadata(&home.folder).unwrap().modified().unwrap();
    let other = RecoveryKey::generate().to_text();
    let mut took = Vec::new();
    for _ in 0..3 {
        let began = Instant::now();
        let opened = Vault::open(&home.folder, Key::Recovery(&other), &NoKeyring, &FIRST, now());
        assert!(matches!(opened, Err(VaultError::WrongKey)));
        took.push(began.elapsed());
    }
    assert!(took[0] >= right, "{took:?} against {right:?}");
    assert!(took[2] >= Duration::from_secs(1), "it grows: {took:?}");

    for wrong in ["", "fire rolige køer i ribe"] {
        assert!(matches!(home.try_passphrase(wrong), Err(VaultError::WrongKey)));
    }
    let typed = secret("QZRY-9X8G");
    let opened = Vault::open(&home.folder, Key::Recovery(&typed), &NoKeyring, &FIRST, now());
    assert!(matches!(opened, Err(VaultError::RecoveryKeyMistyped)));

    assert_eq!(contents(&home.folder), before);
    assert_eq!(fs::metadata(&home.folder).unwrap().modified().unwrap(), folder_changed);
    assert_eq!(notes(home.open().store()).len(), 20);
}

#[test]
fn a_second_one_is_told_that_the_vault_is_in_use_before_it_touches_anything() {
    let home = Home::new();
    let vault = home.open();
    add_note(vault.store(), "i gang");
    let before = contents(&home.folder);
    assert!(matches!(home.try_open(), Err(VaultError::InUse)));
    assert_eq!(contents(&home.folder), before);
    vault.close();
    assert_eq!(home.open().notice(), None);
}

#[test]
fn a_new_passphrase_opens_and_the_old_one_does_not() {
    let home = Home::new();
    let vault = home.open();
    let (old, new) = (secret(PASSPHRASE), secret("seks stille svaner"));
    let refused = vault.change_passphrase(&new, &old, KdfCost::floor(), now());
    assert!(matches!(refused, Err(VaultError::WrongKey)));
    vault.change_passphrase(&old, &new, KdfCost::floor(), now()).unwrap();
    add_note(vault.store(), "efter skiftet");
    vault.close();
    assert!(matches!(home.try_passphrase(PASSPHRASE), Err(VaultError::WrongKey)));
    let vault = home.try_passphrase("seks stille svaner").unwrap();
    assert_eq!(notes(vault.store()), ["efter skiftet"]);
}

#[test]
fn a_new_recovery_key_opens_and_the_old_one_does_not() {
    let mut home = Home::new();
    let vault = home.open();
    let new = RecoveryKey::generate();
    vault.replace_recovery_key(&secret(PASSPHRASE), &new, now()).unwrap();
    vault.close();
    assert!(matches!(home.try_open(), Err(VaultError::WrongKey)));
    home.recovery = new;
    home.open();
}

#[test]
fn the_computer_can_be_remembered_and_forgotten() {
    let home = Home::new();
    let keyring = PocketKeyring::default();
    let open_by_keyring = || Vault::open(&home.folder, Key::Computer, &keyring, &FIRST, now());
    assert!(matches!(open_by_keyring(), Err(VaultError::Keyring(KeyringError::Missing))));
    let vault = home.open();
    vault.add_computer(&secret(PASSPHRASE), &keyring, now()).unwrap();
    let kinds: Vec<_> = vault.slots().unwrap().iter().map(|slot| slot.kind).collect();
    assert_eq!(kinds, [SlotKind::Passphrase, SlotKind::Computer, SlotKind::Recovery]);
    assert_eq!(slots(&home.folder).unwrap(), vault.slots().unwrap());
    vault.close();

    let vault = open_by_keyring().unwrap();
    vault.forget_computer(&keyring).unwrap();
    vault.close();
    assert!(open_by_keyring().is_err());
    assert!(keyring.0.lock().unwrap().is_empty());
    home.open();
}

#[test]
fn a_new_root_key_closes_out_every_old_key_and_keeps_every_note() {
    let mut home = Home::new();
    let keyring = PocketKeyring::default();
    home.fill(50);
    let vault = home.open();
    vault.add_computer(&secret(PASSPHRASE), &keyring, now()).unwrap();
    let store_before = fs::read(home.path("vault.db")).unwrap();
    let keys_before = fs::read(home.path("keys.json")).unwrap();
    let recovery = RecoveryKey::generate();
    let passphrase = secret(PASSPHRASE);
    let new = NewRootKey {
        passphrase: &passphrase,
        cost: KdfCost::floor(),
        recovery: &recovery,
        keyring: &keyring,
    };
    vault.change_root_key(&new, now()).unwrap();
    // The vault stays open and goes on.
    assert_eq!(notes(vault.store()).len(), 50);
    add_note(vault.store(), "efter nøgleskiftet");
    assert!(vault.check().is_sound());
    vault.close();

    assert!(matches!(home.try_open(), Err(VaultError::WrongKey)));
    let old_recovery = std::mem::replace(&mut home.recovery, recovery);
    let by_keyring = || Vault::open(&home.folder, Key::Computer, &keyring, &FIRST, now());
    let ways: [&dyn Fn() -> Result<Vault, VaultError>; 3] =
        [&|| home.try_open(), &|| home.try_passphrase(PASSPHRASE), &by_keyring];
    for open in ways {
        let vault = open().unwrap();
        assert_eq!(notes(vault.store()).len(), 51);
        assert_eq!(vault.notice(), None);
    }

    // A copy of the old key file does not open the store as it is now.
    let stolen = tempfile::tempdir().unwrap();
    fs::write(stolen.path().join("keys.json"), &keys_before).unwrap();
    fs::copy(home.path("vault.db"), stolen.path().join("vault.db")).unwrap();
    let typed = old_recovery.to_text();
    let opened = Vault::open(stolen.path(), Key::Recovery(&typed), &NoKeyring, &FIRST, now());
    assert!(matches!(opened, Err(VaultError::Damaged)));

    // The backup is not the old store's bytes, and opens with the keys of its time.
    let backup = fs::read_dir(home.path("backups")).unwrap().next().unwrap().unwrap().path();
    assert_ne!(fs::read(backup.join("vault.db")).unwrap(), store_before);
    let vault = Vault::open(&backup, Key::Recovery(&typed), &NoKeyring, &FIRST, now()).unwrap();
    assert_eq!(notes(vault.store()).len(), 50);
}

#[test]
fn an_older_store_is_backed_up_and_brought_forward_once() {
    let home = Home::new();
    home.fill(3);
    let vault = home.try_open_as(&SECOND).unwrap();
    assert_eq!(vault.notice(), Some(fristed_vault::Notice::Migrated));
    let colours: u32 = vault
        .store()
        .read(|store| {
            Ok::<_, StoreError>(store.query_row(
                "SELECT count(*) FROM note WHERE colour = 'white'",
                [],
                |row| row.get(0),
            )?)
        })
        .unwrap();
    assert_eq!(colours, 3);
    vault.close();
    assert_eq!(home.try_open_as(&SECOND).unwrap().notice(), None);

    let backup = home.path("backups/before-form-0101-from-0100");
    let typed = home.recovery.to_text();
    let vault = Vault::open(&backup, Key::Recovery(&typed), &NoKeyring, &FIRST, now()).unwrap();
    assert_eq!(notes(vault.store()).len(), 3);
}

#[test]
fn a_newer_store_is_refused_and_left_as_it_was() {
    let home = Home::new();
    home.try_open_as(&SECOND).unwrap().close();
    let before = contents(&home.folder);
    assert!(matches!(home.try_open_as(&FIRST), Err(VaultError::Newer)));
    assert_eq!(contents(&home.folder), before);
    home.try_open_as(&SECOND).unwrap();
}

#[test]
fn a_newer_store_whose_form_stands_in_the_log_alone_is_refused_too() {
    let home = Home::new();
    let vault = home.open();
    add_note(vault.store(), "før");
    let newer = "CREATE TABLE later (a INTEGER) STRICT; PRAGMA user_version = 4000;";
    vault.store().write(|change| Ok::<_, StoreError>(change.execute_batch(newer)?)).unwrap();
    let copy = tempfile::tempdir().unwrap();
    for (path, (bytes, _)) in contents(&home.folder) {
        fs::write(copy.path().join(path.file_name().unwrap()), bytes).unwrap();
    }
    vault.close();
    let store_and_log = |name: &str| fs::read(copy.path().join(name)).unwrap();
    let before = (store_and_log("vault.db"), store_and_log("vault.db-wal"));
    let typed = home.recovery.to_text();
    let opened = Vault::open(copy.path(), Key::Recovery(&typed), &NoKeyring, &FIRST, now());
    assert!(matches!(opened, Err(VaultError::Newer)), "{opened:?}");
    assert_eq!((store_and_log("vault.db"), store_and_log("vault.db-wal")), before);
}
