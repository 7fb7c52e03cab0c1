//! What the vault's tests share: a vault with a table of notes, and ways to spoil it.
#![allow(dead_code, reason = "each test file uses a part of this")]

pub mod child;
pub mod faults;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use fristed_base::{Moment, Secret, VaultId};
use fristed_vault::{
    KdfCost, Key, Keyring, KeyringError, Migration, RecoveryKey, Schema, Setup, Store, StoreError,
    Vault, VaultError, WrappingKey,
};

/// The first form of the tests' store: a table of notes.
pub const NOTES: Migration = Migration {
    number: 100,
    name: "notes",
    sql: "CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT;
          CREATE INDEX note_text ON note (text);",
};

/// A later form: each note has a colour.
pub const COLOURS: Migration = Migration {
    number: 101,
    name: "colours",
    sql: "ALTER TABLE note ADD COLUMN colour TEXT NOT NULL DEFAULT 'white';",
};

pub const FIRST: Schema = Schema(&[NOTES]);
pub const SECOND: Schema = Schema(&[NOTES, COLOURS]);

pub const PASSPHRASE: &str = "fire rolige køer i Ribe";

pub fn now() -> Moment {
    Moment::from_parts(1_795_500_000_000, 60).unwrap()
}

pub fn secret(text: &str) -> Secret {
    Secret::new(text.to_owned())
}

/// A keyring that cannot be reached.
pub struct NoKeyring;

impl Keyring for NoKeyring {
    fn get(&self, _: VaultId) -> Result<WrappingKey, KeyringError> {
        Err(KeyringError::Unavailable)
    }
    fn set(&self, _: VaultId, _: &WrappingKey) -> Result<(), KeyringError> {
        Err(KeyringError::Unavailable)
    }
    fn delete(&self, _: VaultId) -> Result<(), KeyringError> {
        Err(KeyringError::Unavailable)
    }
}

/// A keyring in memory, for what does not depend on a real one; `tests/keyring.rs` has those.
#[derive(Default)]
pub struct PocketKeyring(pub Mutex<BTreeMap<VaultId, [u8; 32]>>);

impl Keyring for PocketKeyring {
    fn get(&self, vault: VaultId) -> Result<WrappingKey, KeyringError> {
        let keys = self.0.lock().unwrap();
        let key = keys.get(&vault).ok_or(KeyringError::Missing)?;
        Ok(WrappingKey::from_bytes(key).unwrap())
    }
    fn set(&self, vault: VaultId, key: &WrappingKey) -> Result<(), KeyringError> {
        self.0.lock().unwrap().insert(vault, *key.expose());
        Ok(())
    }
    fn delete(&self, vault: VaultId) -> Result<(), KeyringError> {
        self.0.lock().unwrap().remove(&vault);
        Ok(())
    }
}

/// A vault on disk and the keys to it.
pub struct Home {
    _outer: Option<tempfile::TempDir>,
    pub folder: PathBuf,
    pub recovery: RecoveryKey,
}

impl Home {
    /// A new vault in a temporary folder, closed.
    pub fn new() -> Self {
        let outer = tempfile::tempdir().unwrap();
        let folder = outer.path().join("Fristed");
        let mut home = Self::in_folder(&folder);
        home._outer = Some(outer);
        home
    }

    /// A new vault in this folder, closed.
    pub fn in_folder(folder: &Path) -> Self {
        let recovery = RecoveryKey::generate();
        create(folder, &recovery).unwrap().close();
        Self { _outer: None, folder: folder.to_owned(), recovery }
    }

    /// The vault that was made in this folder with this recovery key.
    pub fn at(folder: &Path, recovery: RecoveryKey) -> Self {
        Self { _outer: None, folder: folder.to_owned(), recovery }
    }

    /// What a loss of power would leave of it now: a copy in a folder of its own.
    pub fn as_it_lies(&self) -> Self {
        let outer = tempfile::tempdir().unwrap();
        let folder = outer.path().join("Fristed");
        copy_folder(&self.folder, &folder);
        let recovery = RecoveryKey::parse(&self.recovery.to_text()).unwrap();
        Self { _outer: Some(outer), folder, recovery }
    }

    /// Opens it with the recovery key, which needs no slow hash.
    pub fn try_open(&self) -> Result<Vault, VaultError> {
        self.try_open_as(&FIRST)
    }

    pub fn try_open_as(&self, schema: &Schema) -> Result<Vault, VaultError> {
        let key = self.recovery.to_text();
        Vault::open(&self.folder, Key::Recovery(&key), &NoKeyring, schema, now())
    }

    pub fn open(&self) -> Vault {
        self.try_open().unwrap()
    }

    pub fn try_passphrase(&self, passphrase: &str) -> Result<Vault, VaultError> {
        let key = secret(passphrase);
        Vault::open(&self.folder, Key::Passphrase(&key), &NoKeyring, &FIRST, now())
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// Writes this many notes of about a kilobyte.
    pub fn fill(&self, notes: usize) {
        let vault = self.open();
        for at in 0..notes {
            add_note(vault.store(), &long_note(at));
        }
        vault.close();
    }
}

pub fn create(folder: &Path, recovery: &RecoveryKey) -> Result<Vault, VaultError> {
    let passphrase = secret(PASSPHRASE);
    let setup = Setup { passphrase: &passphrase, recovery, cost: KdfCost::floor(), computer: None };
    Vault::create(folder, setup, &FIRST, now())
}

pub fn long_note(at: usize) -> String {
    format!("note {at}: {}", "en rolig formiddag med kaffe og tanker. ".repeat(25))
}

pub fn try_add_note(store: &Store, text: &str) -> Result<i64, StoreError> {
    store.write(|change| {
        change.execute("INSERT INTO note (text) VALUES (?1)", [text])?;
        Ok(change.last_insert_rowid())
    })
}

pub fn add_note(store: &Store, text: &str) -> i64 {
    try_add_note(store, text).unwrap()
}

pub fn try_notes(store: &Store) -> Result<Vec<String>, StoreError> {
    store.read(|store| {
        let mut asked = store.prepare("SELECT text FROM note ORDER BY id")?;
        let rows = asked.query_map([], |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    })
}

pub fn notes(store: &Store) -> Vec<String> {
    try_notes(store).unwrap()
}

pub fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let place = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy_folder(&path, &place);
        } else {
            fs::copy(&path, &place).unwrap();
        }
    }
}

/// Every file of a folder with its bytes and the time it was last changed.
pub fn contents(folder: &Path) -> BTreeMap<PathBuf, (Vec<u8>, std::time::SystemTime)> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(contents(&path));
        } else {
            let changed = fs::metadata(&path).unwrap().modified().unwrap();
            found.insert(path.clone(), (fs::read(&path).unwrap(), changed));
        }
    }
    found
}

/// Changes one byte of a file.
pub fn flip(path: &Path, at: usize) {
    let mut bytes = fs::read(path).unwrap();
    bytes[at] ^= 0x40;
    fs::write(path, bytes).unwrap();
}

/// How often something is tried: few by default, all of it with `FRISTED_LONG=1`.
pub fn times(quick: usize, long: usize) -> usize {
    if std::env::var_os("FRISTED_LONG").is_some_and(|value| value == "1") { long } else { quick }
}

/// Random numbers that are the same in every run (SplitMix64).
pub struct Dice(pub u64);

impl Dice {
    pub fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % sides
    }
}
