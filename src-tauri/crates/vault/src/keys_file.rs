//! `keys.json`: the vault's id and its key slots, replaced whole or not at all.
//!
//! # How it is replaced
//!
//! 1. The new text goes to `keys.json.new` and is made durable.
//! 2. `keys.json` gets a second name, `keys.json.old`.
//! 3. `keys.json.new` is renamed to `keys.json`. This one step decides: before it the old slots
//!    are in force, after it the new ones.
//! 4. `keys.json` is read back and the caller opens it with the new key.
//! 5. `keys.json.old` is removed.
//!
//! `keys.json.old` is looked at only where `keys.json` is missing or cannot be read, so a revoked
//! key opens nothing even between steps 3 and 5. The next opening with a right key removes what
//! an interruption left.
//!
//! The slots authenticate themselves; the checksum over the text is there to tell a damaged
//! file from a wrong key.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use fristed_base::VaultId;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::disk;
use crate::error::VaultError;
use crate::key::slot::{Hex, Slot, SlotKind};

/// The form of the file that this program writes.
const FORM: u32 = 1;

/// No key file is longer than this.
const MOST_BYTES: u64 = 64 * 1024;

/// What `keys.json` holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct KeysFile {
    pub(crate) vault: VaultId,
    pub(crate) slots: Vec<Slot>,
}

#[derive(Serialize, Deserialize)]
struct Form {
    fristed_keys: u32,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Text {
    fristed_keys: u32,
    vault: VaultId,
    slots: Vec<Slot>,
    sha256: Hex<32>,
}

impl KeysFile {
    /// The slot of this kind.
    pub(crate) fn slot(&self, kind: SlotKind) -> Option<&Slot> {
        self.slots.iter().find(|slot| slot.kind == kind)
    }

    /// The same file with this slot in the place of the one of its kind.
    pub(crate) fn with(&self, slot: Slot) -> Self {
        let mut changed = self.without(slot.kind);
        changed.slots.push(slot);
        changed.slots.sort_by_key(|slot| match slot.kind {
            SlotKind::Passphrase => 0,
            SlotKind::Computer => 1,
            SlotKind::Recovery => 2,
        });
        changed
    }

    /// The same file without the slot of this kind.
    pub(crate) fn without(&self, kind: SlotKind) -> Self {
        let slots = self.slots.iter().filter(|slot| slot.kind != kind).cloned().collect();
        Self { vault: self.vault, slots }
    }

    /// Reads the key file of this folder; changes nothing.
    ///
    /// # Errors
    /// [`VaultError::NoVault`], [`VaultError::KeysDamaged`], [`VaultError::Newer`], or what
    /// reading gave.
    pub(crate) fn read(folder: &Path) -> Result<Self, VaultError> {
        let names = Names::of(folder);
        match read_one(&names.keys) {
            Err(VaultError::NoVault | VaultError::KeysDamaged) if names.old.exists() => {
                tracing::warn!("the key file cannot be read; the earlier one is used");
                read_one(&names.old)
            }
            Err(VaultError::NoVault) if folder.join("vault.db").exists() => {
                Err(VaultError::KeysDamaged)
            }
            read => read,
        }
    }

    /// Puts this in the place of the folder's key file; see the module's text.
    ///
    /// `verify` gets what was read back and proves that the new key opens it.
    ///
    /// # Errors
    /// What writing gave; the old file is then still in force.
    pub(crate) fn write(
        &self,
        folder: &Path,
        verify: impl FnOnce(&Self) -> Result<(), VaultError>,
    ) -> Result<(), VaultError> {
        let names = Names::of(folder);
        disk::write_new(&names.new, &self.to_bytes())?;
        let kept = keep_earlier(&names);
        if let Err(error) = kept.and_then(|()| disk::rename(&names.new, &names.keys)) {
            let _ = disk::remove(&names.new);
            // Where the rename happened and only its durability is in doubt, the new file is
            // in force; otherwise the old one is.
            let _ = disk::remove(&names.old);
            return Err(error.into());
        }
        let verified = read_one(&names.keys).and_then(|read| {
            if read == *self { verify(&read) } else { Err(VaultError::KeysDamaged) }
        });
        if let Err(error) = verified {
            if names.old.exists() {
                disk::rename(&names.old, &names.keys)?;
            }
            return Err(error);
        }
        disk::remove(&names.old)?;
        disk::sync_folder(folder)?;
        Ok(())
    }

    /// Removes what an interrupted replacement left, once a key has opened this file.
    pub(crate) fn settle(&self, folder: &Path) -> Result<(), VaultError> {
        let names = Names::of(folder);
        let left = names.new.exists() || names.old.exists();
        if read_one(&names.keys).ok().as_ref() != Some(self) {
            disk::replace(&names.keys, &names.new, &self.to_bytes())?;
        }
        if left {
            disk::remove(&names.new)?;
            disk::remove(&names.old)?;
            disk::sync_folder(folder)?;
        }
        Ok(())
    }

    fn to_bytes(&self) -> Vec<u8> {
        let text = Text {
            fristed_keys: FORM,
            vault: self.vault,
            slots: self.slots.clone(),
            sha256: self.checksum(),
        };
        let mut bytes = serde_json::to_vec_pretty(&text).expect("these types have a JSON form");
        bytes.push(b'\n');
        bytes
    }

    fn checksum(&self) -> Hex<32> {
        let content = serde_json::to_vec(&(FORM, self.vault, &self.slots))
            .expect("these types have a JSON form");
        Hex(Sha256::digest(&content).into())
    }
}

/// The three names that a key file may have in a folder.
struct Names {
    keys: PathBuf,
    new: PathBuf,
    old: PathBuf,
}

impl Names {
    fn of(folder: &Path) -> Self {
        let name = |text| folder.join(text);
        Self { keys: name("keys.json"), new: name("keys.json.new"), old: name("keys.json.old") }
    }
}

/// Gives the key file in force its second name.
fn keep_earlier(names: &Names) -> io::Result<()> {
    if !names.keys.exists() {
        return Ok(());
    }
    disk::remove(&names.old)?;
    // Some file systems have no hard links.
    if fs::hard_link(&names.keys, &names.old).is_err() {
        disk::write_new(&names.old, &fs::read(&names.keys)?)?;
    }
    Ok(())
}

fn read_one(path: &Path) -> Result<KeysFile, VaultError> {
    match disk::length(path)? {
        None => return Err(VaultError::NoVault),
        Some(length) if length > MOST_BYTES => return Err(VaultError::KeysDamaged),
        Some(_) => {}
    }
    parse(&fs::read(path)?)
}

fn parse(bytes: &[u8]) -> Result<KeysFile, VaultError> {
    let form: Form = serde_json::from_slice(bytes).map_err(|_| VaultError::KeysDamaged)?;
    if form.fristed_keys > FORM {
        return Err(VaultError::Newer);
    }
    let text: Text = serde_json::from_slice(bytes).map_err(|_| VaultError::KeysDamaged)?;
    let keys = KeysFile { vault: text.vault, slots: text.slots };
    let one_of_each = [SlotKind::Passphrase, SlotKind::Computer, SlotKind::Recovery]
        .into_iter()
        .all(|kind| keys.slots.iter().filter(|slot| slot.kind == kind).count() <= 1);
    if keys.checksum() != text.sha256 || !one_of_each {
        return Err(VaultError::KeysDamaged);
    }
    Ok(keys)
}

#[cfg(test)]
mod tests {
    use fristed_base::Moment;
    use proptest::prelude::*;

    use super::*;
    use crate::key::RootKey;
    use crate::key::recovery::RecoveryKey;
    use crate::key::slot::WrappingKey;

    fn sample() -> KeysFile {
        let now = Moment::from_parts(1_795_500_000_000, 60).unwrap();
        let (root, vault) = (RootKey::generate(), VaultId::new());
        let slots = vec![
            Slot::for_computer(&root, vault, &WrappingKey::generate(), now),
            Slot::for_recovery(&root, vault, &RecoveryKey::generate(), now),
        ];
        KeysFile { vault, slots }
    }

    #[test]
    fn what_is_written_is_read_back_and_leaves_nothing_beside_it() {
        let folder = tempfile::tempdir().unwrap();
        let (first, second) = (sample(), sample());
        first.write(folder.path(), |_| Ok(())).unwrap();
        second.write(folder.path(), |_| Ok(())).unwrap();
        assert_eq!(KeysFile::read(folder.path()).unwrap(), second);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_file_that_the_new_key_does_not_open_is_taken_back() {
        let folder = tempfile::tempdir().unwrap();
        let first = sample();
        first.write(folder.path(), |_| Ok(())).unwrap();
        let refused = sample().write(folder.path(), |_| Err(VaultError::WrongKey));
        assert!(matches!(refused, Err(VaultError::WrongKey)));
        assert_eq!(KeysFile::read(folder.path()).unwrap(), first);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn the_earlier_file_is_used_only_where_the_new_one_cannot_be_read() {
        let folder = tempfile::tempdir().unwrap();
        let names = Names::of(folder.path());
        let (earlier, later) = (sample(), sample());
        fs::write(&names.old, earlier.to_bytes()).unwrap();
        fs::write(&names.keys, later.to_bytes()).unwrap();
        assert_eq!(KeysFile::read(folder.path()).unwrap(), later);
        fs::write(&names.keys, &later.to_bytes()[..40]).unwrap();
        assert_eq!(KeysFile::read(folder.path()).unwrap(), earlier);
        fs::remove_file(&names.keys).unwrap();
        assert_eq!(KeysFile::read(folder.path()).unwrap(), earlier);
        earlier.settle(folder.path()).unwrap();
        assert!(names.keys.exists() && !names.old.exists());
    }

    #[test]
    fn a_newer_form_is_told_apart_from_a_damaged_file() {
        let newer = br#"{"fristed_keys": 2, "whatever": true}"#;
        assert!(matches!(parse(newer), Err(VaultError::Newer)));
        assert!(matches!(parse(b"{}"), Err(VaultError::KeysDamaged)));
    }

    proptest! {
        #[test]
        fn no_bytes_make_reading_fail_in_another_way(bytes: Vec<u8>) {
            prop_assert!(matches!(parse(&bytes), Err(VaultError::KeysDamaged)));
        }

        #[test]
        fn a_changed_byte_is_found(at: prop::sample::Index, to in 0x20_u8..0x7f) {
            let keys = sample();
            let mut bytes = keys.to_bytes();
            let at = at.index(bytes.len());
            bytes[at] = to;
            match parse(&bytes) {
                // White space, or the other case of a hexadecimal digit.
                Ok(read) => prop_assert_eq!(read, keys),
                Err(error) => prop_assert!(
                    matches!(error, VaultError::KeysDamaged | VaultError::Newer)
                ),
            }
        }
    }
}
