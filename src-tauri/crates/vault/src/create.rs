//! How a vault is made: all of it or nothing.

use std::fs;
use std::path::Path;

use fristed_base::{Moment, Secret, VaultId};

use crate::disk;
use crate::error::VaultError;
use crate::files::Files;
use crate::key::RootKey;
use crate::key::StoreKey;
use crate::key::kdf::KdfCost;
use crate::key::recovery::RecoveryKey;
use crate::key::slot::{Slot, WrappingKey};
use crate::keyring::Keyring;
use crate::keys_file::KeysFile;
use crate::lock::FolderLock;
use crate::migrate::Schema;
use crate::store::connection::{self, Purpose};
use crate::store::opening::Opening;
use crate::store::writer::{index_of, log_of};
use crate::vault::Vault;

/// What a new vault is made with.
pub struct Setup<'a> {
    /// The passphrase.
    pub passphrase: &'a Secret,
    /// The recovery key, which the leader has written down and typed once.
    pub recovery: &'a RecoveryKey,
    /// What a guess of the passphrase costs.
    pub cost: KdfCost,
    /// The keyring, where it shall open the vault at the program's start.
    pub computer: Option<&'a dyn Keyring>,
}

impl Vault {
    /// Makes a vault in this folder, which is made too where it is missing, and opens it.
    ///
    /// # Errors
    /// [`VaultError::Exists`] where a vault is, even a damaged one; [`VaultError::FolderUnusable`]
    /// where other things are; [`VaultError::Keyring`], [`VaultError::Full`],
    /// [`VaultError::NotWritable`]. Nothing stays behind then.
    pub fn create(
        folder: &Path,
        setup: Setup<'_>,
        schema: &Schema,
        now: Moment,
    ) -> Result<Self, VaultError> {
        let files = Files::of(folder);
        if files.any() {
            return Err(VaultError::Exists);
        }
        if !files.is_free()? {
            return Err(VaultError::FolderUnusable);
        }
        let made_folder = !folder.exists();
        disk::make_folder(folder)?;
        let lock = FolderLock::take(folder, true)?;
        // Another process may have made one between the two looks.
        if files.any() {
            return Err(VaultError::Exists);
        }
        let (id, root) = (VaultId::new(), RootKey::generate());
        let made = make(folder, &files, id, &root, &setup, schema, now).and_then(|(path, key)| {
            Opening { folder, path, key, schema, now }.writable(|_| Ok(()))
        });
        let (store, notice) = match made {
            Ok(made) => made,
            Err(error) => {
                drop(lock);
                clean_up(folder, made_folder);
                if let Some(keyring) = setup.computer {
                    let _ = keyring.delete(id);
                }
                return Err(error);
            }
        };
        let folder = folder.to_owned();
        Ok(Self { id, files, folder, store, notice, _lock: lock })
    }
}

/// Makes the files, in the order that [`Files::store_of`] gives.
fn make(
    folder: &Path,
    files: &Files,
    id: VaultId,
    root: &RootKey,
    setup: &Setup<'_>,
    schema: &Schema,
    now: Moment,
) -> Result<(std::path::PathBuf, StoreKey), VaultError> {
    let mut slots = vec![Slot::for_passphrase(root, id, setup.passphrase, setup.cost, now)?];
    if let Some(keyring) = setup.computer {
        let key = WrappingKey::generate();
        keyring.set(id, &key)?;
        slots.push(Slot::for_computer(root, id, &key, now));
    }
    slots.push(Slot::for_recovery(root, id, setup.recovery, now));

    let (fresh, key) = (files.fresh_store(), root.store_key(id));
    disk::write_new(&fresh, b"")?;
    let mut store = connection::open(&fresh, &key, Purpose::Alone)?;
    schema.migrate(&mut store, now)?;
    store.close().map_err(|(_, error)| error)?;
    disk::sync_file(&fresh)?;
    disk::remove(&folder.join("vault.state"))?;
    let keys = KeysFile { vault: id, slots };
    keys.write(folder, |written| {
        let slot = written.slot(crate::SlotKind::Recovery).ok_or(VaultError::KeysDamaged)?;
        slot.open_with_recovery(id, setup.recovery).map(drop)
    })?;
    Ok((files.settle(&fresh)?, key))
}

/// Removes what a creation that failed left, and nothing else.
///
/// It may be cut off anywhere itself, or fail, and then a vault is there or can be made. A store
/// or a key file alone is neither, so the store becomes one that waits for its key file first, the
/// key file goes next, and where one of these steps fails the vault stays.
fn clean_up(folder: &Path, made_folder: bool) {
    let files = Files::of(folder);
    let (store, fresh) = (files.store(), files.fresh_store());
    let unmade = disk::remove(&log_of(&store))
        .and_then(|()| disk::remove(&index_of(&store)))
        .and_then(|()| if store.exists() { fs::rename(&store, &fresh) } else { Ok(()) })
        .and_then(|()| disk::remove(&folder.join("keys.json")));
    if unmade.is_err() {
        return;
    }
    for name in ["keys.json.new", "vault.db.new", "vault.state", "vault.state.new", "vault.lock"] {
        let _ = disk::remove(&folder.join(name));
    }
    if made_folder {
        let _ = fs::remove_dir(folder);
    }
}
