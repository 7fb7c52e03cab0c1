//! An open vault.

use std::path::{Path, PathBuf};

use fristed_base::{Moment, Secret, VaultId};

use crate::backup;
use crate::disk;
use crate::error::{KeyringError, VaultError};
use crate::files::Files;
use crate::key::RootKey;
use crate::key::recovery::RecoveryKey;
use crate::key::slot::SlotKind;
use crate::keyring::Keyring;
use crate::keys_file::KeysFile;
use crate::lock::FolderLock;
use crate::migrate::Schema;
use crate::patience;
use crate::store::Store;
use crate::store::opening::Opening;

/// What opens a vault.
#[derive(Debug)]
pub enum Key<'a> {
    /// The passphrase.
    Passphrase(&'a Secret),
    /// The recovery key, as it was typed.
    Recovery(&'a Secret),
    /// The key in this computer's keyring.
    Computer,
}

/// What opening a vault had to tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Notice {
    /// The program had not ended cleanly; everything saved is there.
    Recovered,
    /// The write-ahead log was gone: what was written last before that may be missing.
    LogMissing,
    /// A log of another store lay beside this one and was put aside.
    ForeignLog,
    /// The store can be read but not written.
    ReadOnly,
    /// The store was brought to this version's form; a backup lies beside it.
    Migrated,
}

/// A vault whose key was right. Dropping it closes it.
#[derive(Debug)]
pub struct Vault {
    pub(crate) id: VaultId,
    pub(crate) files: Files,
    pub(crate) folder: PathBuf,
    pub(crate) store: Store,
    pub(crate) notice: Option<Notice>,
    // Dropped after the store was closed.
    pub(crate) _lock: FolderLock,
}

/// True where a vault is in this folder, whole or damaged; nothing is opened or changed.
///
/// Where this is true no new vault is ever made, whatever a keyring says.
#[must_use]
pub fn exists(folder: &Path) -> bool {
    Files::of(folder).any()
}

impl Vault {
    /// Opens the vault in this folder.
    ///
    /// A wrong key leaves every file as it was, takes longer than a right one, and longer each
    /// time. What an interruption left behind, at any instant, is put right here.
    ///
    /// # Errors
    /// [`VaultError`]: a key that is wrong, mistyped or not in the keyring; no vault; in use;
    /// of a newer form; damaged.
    pub fn open(
        folder: &Path,
        key: Key<'_>,
        keyring: &dyn Keyring,
        schema: &Schema,
        now: Moment,
    ) -> Result<Self, VaultError> {
        let files = Files::of(folder);
        if !files.any() {
            return Err(VaultError::NoVault);
        }
        let writable = disk::is_writable(folder, &files.store());
        let lock = FolderLock::take(folder, writable)?;
        let keys = KeysFile::read(folder)?;
        let root = match unlock(&keys, key, keyring) {
            Err(VaultError::WrongKey) => {
                drop(lock);
                patience::wrong_key(folder);
                return Err(VaultError::WrongKey);
            }
            unlocked => unlocked?,
        };
        patience::right_key(folder);
        let (path, store_key) = files.store_of(&root, keys.vault)?;
        let opening = |path, key| Opening { folder, path, key, schema, now };
        let (store, notice) = if writable {
            let path = files.settle(&path)?;
            keys.settle(folder)?;
            let opening = opening(path, store_key);
            let opened = opening.writable(|last| {
                backup::before_migration(&files, &keys, &root, last, schema.known())
            });
            match opened {
                // Not even the log's index fits: what is there can still be read.
                Err(VaultError::Full) => opening.read_only().map_err(|_| VaultError::Full)?,
                opened => opened?,
            }
        } else {
            opening(path, store_key).read_only()?
        };
        let folder = folder.to_owned();
        Ok(Self { id: keys.vault, files, folder, store, notice, _lock: lock })
    }

    /// What opening had to tell.
    #[must_use]
    pub const fn notice(&self) -> Option<Notice> {
        self.notice
    }

    /// True where nothing can be written.
    #[must_use]
    pub fn is_read_only(&self) -> bool {
        self.store.is_read_only()
    }

    /// The vault's id, from its creation on.
    #[must_use]
    pub const fn id(&self) -> VaultId {
        self.id
    }

    /// The vault's folder.
    #[must_use]
    pub fn dir(&self) -> &Path {
        &self.folder
    }

    /// The store. A clone of it may outlive the vault; it then answers that it is closed.
    #[must_use]
    pub const fn store(&self) -> &Store {
        &self.store
    }

    /// Closes the vault: readers are stopped, a writer is waited for, the log is brought to the
    /// main file, the keys are wiped and the folder is free for others.
    pub fn close(self) {
        drop(self);
    }
}

impl Drop for Vault {
    fn drop(&mut self) {
        self.store.close();
    }
}

/// The root key, for whoever has one of the keys.
pub(crate) fn unlock(
    keys: &KeysFile,
    key: Key<'_>,
    keyring: &dyn Keyring,
) -> Result<RootKey, VaultError> {
    let slot = |kind| keys.slot(kind);
    match key {
        Key::Passphrase(typed) => slot(SlotKind::Passphrase)
            .ok_or(VaultError::KeysDamaged)?
            .open_with_passphrase(keys.vault, typed),
        Key::Recovery(typed) => {
            let typed = RecoveryKey::parse(typed).map_err(|_| VaultError::RecoveryKeyMistyped)?;
            slot(SlotKind::Recovery)
                .ok_or(VaultError::WrongKey)?
                .open_with_recovery(keys.vault, &typed)
        }
        Key::Computer => {
            let slot =
                slot(SlotKind::Computer).ok_or(VaultError::Keyring(KeyringError::Missing))?;
            let key = keyring.get(keys.vault)?;
            // A key that is not this slot's, perhaps of an earlier one, is as good as none.
            slot.open_with_computer(keys.vault, &key).map_err(|error| match error {
                VaultError::WrongKey => VaultError::Keyring(KeyringError::Missing),
                other => other,
            })
        }
    }
}
