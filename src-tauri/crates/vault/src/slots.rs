//! The key slots of a vault: looked at, added, replaced and removed.

use std::path::Path;

use fristed_base::{Moment, Secret};

use crate::error::{KeyringError, VaultError};
use crate::key::RootKey;
use crate::key::kdf::KdfCost;
use crate::key::recovery::RecoveryKey;
use crate::key::slot::{Slot, SlotInfo, SlotKind, WrappingKey};
use crate::keyring::Keyring;
use crate::keys_file::KeysFile;
use crate::patience;
use crate::vault::Vault;

/// The ways in which the vault in this folder opens; no key is needed for that.
///
/// # Errors
/// [`VaultError::NoVault`], [`VaultError::KeysDamaged`], [`VaultError::Newer`].
pub fn slots(folder: &Path) -> Result<Vec<SlotInfo>, VaultError> {
    let keys = KeysFile::read(folder)?;
    Ok(keys.slots.iter().filter_map(Slot::info).collect())
}

impl Vault {
    /// The ways in which this vault opens.
    ///
    /// # Errors
    /// As [`slots`].
    pub fn slots(&self) -> Result<Vec<SlotInfo>, VaultError> {
        slots(&self.folder)
    }

    /// Says whether this is the passphrase, taking as long as an opening with it does.
    ///
    /// # Errors
    /// [`VaultError::WrongKey`]; [`VaultError::NotWritable`] where no key could be changed.
    pub fn verify_passphrase(&self, passphrase: &Secret) -> Result<(), VaultError> {
        self.authorise(passphrase).map(drop)
    }

    /// Makes `new` the passphrase; the earlier one opens nothing here any more. `old` is that one,
    /// or the recovery key where it was forgotten.
    ///
    /// Interrupted at any instant, exactly one of the two opens the vault.
    ///
    /// # Errors
    /// [`VaultError::WrongKey`] where `old` is neither; what writing gave, the old
    /// passphrase being still in force.
    pub fn change_passphrase(
        &self,
        old: &Secret,
        new: &Secret,
        cost: KdfCost,
        now: Moment,
    ) -> Result<(), VaultError> {
        let (keys, root) = match self.authorise_with_recovery(old) {
            Some(authorised) => authorised,
            None => self.authorise(old)?,
        };
        let slot = Slot::for_passphrase(&root, self.id, new, cost, now)?;
        keys.with(slot).write(&self.folder, |written| {
            // A second slow hash would prove what the comparison and this proof show together:
            // what was written is what was made, and it is a slot of the right kind.
            written.slot(SlotKind::Passphrase).map(drop).ok_or(VaultError::KeysDamaged)
        })
    }

    /// Makes `new` the recovery key; the earlier one opens nothing here any more.
    ///
    /// # Errors
    /// [`VaultError::WrongKey`] where `passphrase` is not the passphrase; what writing gave, the
    /// earlier recovery key being still in force.
    pub fn replace_recovery_key(
        &self,
        passphrase: &Secret,
        new: &RecoveryKey,
        now: Moment,
    ) -> Result<(), VaultError> {
        let (keys, root) = self.authorise(passphrase)?;
        keys.with(Slot::for_recovery(&root, self.id, new, now)).write(&self.folder, |written| {
            let slot = written.slot(SlotKind::Recovery).ok_or(VaultError::KeysDamaged)?;
            slot.open_with_recovery(self.id, new).map(drop)
        })
    }

    /// Lets this computer's keyring open the vault, with a key of its own; also where an earlier
    /// one was lost.
    ///
    /// # Errors
    /// [`VaultError::WrongKey`], [`VaultError::Keyring`]; what writing gave.
    pub fn add_computer(
        &self,
        passphrase: &Secret,
        keyring: &dyn Keyring,
        now: Moment,
    ) -> Result<(), VaultError> {
        let (keys, root) = self.authorise(passphrase)?;
        let key = WrappingKey::generate();
        // The keyring first: where it has a key that no slot knows, nothing opens with it.
        keyring.set(self.id, &key)?;
        let read_back = keyring.get(self.id)?;
        if read_back.expose() != key.expose() {
            return Err(VaultError::Keyring(KeyringError::Unavailable));
        }
        keys.with(Slot::for_computer(&root, self.id, &key, now)).write(&self.folder, |written| {
            let slot = written.slot(SlotKind::Computer).ok_or(VaultError::KeysDamaged)?;
            slot.open_with_computer(self.id, &key).map(drop)
        })
    }

    /// Ends that a keyring opens the vault. The slot goes first, so that the key in the keyring
    /// opens nothing even where the keyring cannot be reached now.
    ///
    /// # Errors
    /// What writing gave; [`VaultError::Keyring`] where the useless key is still there.
    pub fn forget_computer(&self, keyring: &dyn Keyring) -> Result<(), VaultError> {
        if self.is_read_only() {
            return Err(VaultError::NotWritable);
        }
        let keys = KeysFile::read(&self.folder)?;
        if keys.slot(SlotKind::Computer).is_some() {
            keys.without(SlotKind::Computer).write(&self.folder, |_| Ok(()))?;
        }
        Ok(keyring.delete(self.id)?)
    }

    /// The key file and the root key, for whoever has the recovery key; none where this is not it.
    fn authorise_with_recovery(&self, typed: &Secret) -> Option<(KeysFile, RootKey)> {
        let typed = RecoveryKey::parse(typed).ok()?;
        let keys = KeysFile::read(&self.folder).ok().filter(|_| !self.is_read_only())?;
        let root = keys.slot(SlotKind::Recovery)?.open_with_recovery(self.id, &typed).ok()?;
        Some((keys, root))
    }

    /// The key file and the root key, for whoever has the passphrase of this open vault.
    pub(crate) fn authorise(&self, passphrase: &Secret) -> Result<(KeysFile, RootKey), VaultError> {
        if self.is_read_only() {
            return Err(VaultError::NotWritable);
        }
        let keys = KeysFile::read(&self.folder)?;
        let slot = keys.slot(SlotKind::Passphrase).ok_or(VaultError::KeysDamaged)?;
        match slot.open_with_passphrase(self.id, passphrase) {
            Ok(root) => {
                patience::right_key(&self.folder);
                Ok((keys, root))
            }
            Err(VaultError::WrongKey) => {
                patience::wrong_key(&self.folder);
                Err(VaultError::WrongKey)
            }
            Err(error) => Err(error),
        }
    }
}
