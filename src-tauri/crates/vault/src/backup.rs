//! Copies of the store under `backups/`, made before the store is changed as a whole.
//!
//! A backup is a folder of the vault's own form: a store, encrypted with the backups' key that
//! is derived from the root key of its time, and the key file of that time. So it opens as a
//! vault does, with the passphrase or the recovery key that were right when it was made, also
//! after the vault's own keys were changed.

use std::fs;
use std::io;
use std::path::Path;

use crate::disk;
use crate::error::VaultError;
use crate::files::Files;
use crate::key::{RootKey, StoreKey};
use crate::keys_file::KeysFile;
use crate::store::cipher;
use crate::store::connection::{self, Purpose};
use crate::store::writer::{index_of, log_of};

/// Backs the store up before migrations from form `last` to form `known`.
///
/// # Errors
/// [`VaultError::Full`] and the like; no half a backup stays behind.
pub(crate) fn before_migration(
    files: &Files,
    keys: &KeysFile,
    root: &RootKey,
    last: u32,
    known: u32,
) -> Result<(), VaultError> {
    make(files, keys, root, &format!("before-form-{known:04}-from-{last:04}"))
}

/// Backs the store up before its root key is changed.
///
/// # Errors
/// As [`before_migration`].
pub(crate) fn before_new_root_key(
    files: &Files,
    keys: &KeysFile,
    root: &RootKey,
    moment: fristed_base::Moment,
) -> Result<(), VaultError> {
    let moment = moment.date_time().format("%Y%m%dT%H%M%S%3f");
    make(files, keys, root, &format!("before-new-root-key-{moment}"))
}

/// Makes the backup of this name, in the place of one of the same name from an earlier attempt.
/// The store must be closed and its log empty.
fn make(files: &Files, keys: &KeysFile, root: &RootKey, name: &str) -> Result<(), VaultError> {
    let place = files.backups().join(name);
    let fresh = files.backups().join(format!("{name}.new"));
    let made = fill(&fresh, files, keys, root).and_then(|()| {
        remove_folder(&place)?;
        disk::rename(&fresh, &place)?;
        Ok(())
    });
    if made.is_err() {
        let _ = remove_folder(&fresh);
        // Only where this was the first backup, and then it is empty.
        let _ = fs::remove_dir(files.backups());
    }
    made
}

fn fill(fresh: &Path, files: &Files, keys: &KeysFile, root: &RootKey) -> Result<(), VaultError> {
    remove_folder(fresh)?;
    disk::make_folder(fresh)?;
    let (from, to) = (files.store(), fresh.join("vault.db"));
    let (store, backup) = (root.store_key(keys.vault), root.backup_key(keys.vault));
    // The store of a backup that was opened as a vault has the backups' key already.
    let key = if cipher::opens(&backup, &from)? { &backup } else { &store };
    re_encrypt(&from, key, &to, &backup)?;
    keys.write(fresh, |_| Ok(()))?;
    disk::sync_folder(fresh)?;
    Ok(disk::sync_folder(&files.backups())?)
}

fn remove_folder(folder: &Path) -> io::Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        other => other,
    }
}

/// Copies a closed store whose log is empty, so that `new` opens the copy, and proves that each
/// of its pages is whole. The copy is durable when this returns.
///
/// # Errors
/// [`VaultError::Full`] and the like, [`VaultError::Damaged`] where a page of the store cannot be
/// read; nothing stays behind then.
pub(crate) fn re_encrypt(
    from: &Path,
    old: &StoreKey,
    to: &Path,
    new: &StoreKey,
) -> Result<(), VaultError> {
    let copied = copy(from, old, to, new);
    if copied.is_err() {
        for path in [to.to_path_buf(), log_of(to), index_of(to)] {
            let _ = disk::remove(&path);
        }
    }
    copied
}

fn copy(from: &Path, old: &StoreKey, to: &Path, new: &StoreKey) -> Result<(), VaultError> {
    disk::write_new(to, b"")?;
    io::copy(&mut fs::File::open(from)?, &mut fs::OpenOptions::new().write(true).open(to)?)?;
    let store = connection::open(to, old, Purpose::Alone)?;
    if old.bytes() != new.bytes() {
        let command = zeroize::Zeroizing::new(format!("PRAGMA rekey = {}", new.literal().as_str()));
        store.execute_batch(&command)?;
    }
    store.close().map_err(|(_, error)| error)?;
    disk::sync_file(to)?;
    let written = connection::open(to, new, Purpose::Frozen)?;
    let mut faults = 0_u32;
    written.pragma_query(None, "cipher_integrity_check", |_| {
        faults += 1;
        Ok(())
    })?;
    if faults == 0 { Ok(()) } else { Err(VaultError::Damaged) }
}
