//! A new root key, for when an old key might have been copied together with its key file.
//!
//! A revoked passphrase opens nothing here, but whoever copied `keys.json` before still has a
//! wrapped root key that it opens. Changing the root key makes that copy worthless for everything
//! written to the store from now on, and for the store as it lies here.
//!
//! # The order, and why it can be cut off anywhere
//!
//! 1. Readers end, the log is brought to `vault.db`, every connection closes.
//! 2. A backup with the old keys is made under `backups/`.
//! 3. `vault.db.new` is made: a copy encrypted with the new root key's store key, every page
//!    proven, durable.
//! 4. `keys.json` is replaced by one whose slots wrap the new root key. **This one rename
//!    decides**; see [`crate::keys_file`].
//! 5. `vault.db`'s empty log is removed and `vault.db.new` renamed to `vault.db`.
//!
//! Cut off before 4, the old keys open `vault.db`, and the opening removes `vault.db.new`. Cut off
//! between 4 and 5, the new keys open `vault.db.new` but not `vault.db` (told by the code at the
//! end of the first page, without SQLite), and the opening takes step 5. At no instant does a key
//! that `keys.json` holds open neither, and at none do the old and the new keys both open.

use fristed_base::{Moment, Secret};

use crate::backup;
use crate::disk;
use crate::error::VaultError;
use crate::key::RootKey;
use crate::key::kdf::KdfCost;
use crate::key::recovery::RecoveryKey;
use crate::key::slot::{Slot, SlotKind};
use crate::keyring::Keyring;
use crate::keys_file::KeysFile;
use crate::vault::Vault;

/// What a new root key is wrapped for.
pub struct NewRootKey<'a> {
    /// The passphrase, which stays the same.
    pub passphrase: &'a Secret,
    /// What a guess of it costs.
    pub cost: KdfCost,
    /// The recovery key that comes with the new root key; the earlier one opens nothing here.
    pub recovery: &'a RecoveryKey,
    /// The keyring, asked only where this computer has a slot. Where it has no key to give, the
    /// slot is left out and the leader can add it again.
    pub keyring: &'a dyn Keyring,
}

impl Vault {
    /// Encrypts the whole store with a new root key, after a backup with the old one.
    ///
    /// Takes as long as copying the store does; reading and writing wait for it. The backup, like
    /// every older one, still opens with the keys of its time.
    ///
    /// # Errors
    /// [`VaultError::WrongKey`] where the passphrase is wrong; [`VaultError::Full`] and the like,
    /// the old keys being still in force and the store open.
    pub fn change_root_key(&self, new: &NewRootKey<'_>, now: Moment) -> Result<(), VaultError> {
        let (keys, old_root) = self.authorise(new.passphrase)?;
        let root = RootKey::generate();
        let slots = self.wrap_anew(&keys, &root, new, now)?;
        let changed = KeysFile { vault: self.id, slots };
        let mut unsettled = None;
        let exchanged = self.store.exchange(|| {
            let (store, fresh) = (self.files.store(), self.files.fresh_store());
            let (_, old_key) = self.files.store_of(&old_root, self.id)?;
            let key = root.store_key(self.id);
            backup::before_new_root_key(&self.files, &keys, &old_root, now)?;
            backup::re_encrypt(&store, &old_key, &fresh, &key)?;
            let decided = changed.write(&self.folder, |written| {
                let slot = written.slot(SlotKind::Recovery).ok_or(VaultError::KeysDamaged)?;
                slot.open_with_recovery(self.id, new.recovery).map(drop)
            });
            // Whatever that gave, the key file that lies there now is the one that counts.
            let in_force = KeysFile::read(&self.folder).is_ok_and(|found| found == changed);
            if !in_force {
                let _ = disk::remove(&fresh);
                return Err(decided.err().unwrap_or(VaultError::KeysDamaged));
            }
            // Where only the last step fails, the store must not be opened with the old key: what
            // would be written to it then is lost when the next opening takes that step. With the
            // new key it does not open, and stays closed until the vault is opened again.
            unsettled = self.files.settle(&fresh).err();
            Ok(((), key))
        });
        unsettled.map_or(exchanged, Err)
    }

    fn wrap_anew(
        &self,
        keys: &KeysFile,
        root: &RootKey,
        new: &NewRootKey<'_>,
        now: Moment,
    ) -> Result<Vec<Slot>, VaultError> {
        let mut slots = vec![Slot::for_passphrase(root, self.id, new.passphrase, new.cost, now)?];
        if let Some(slot) = keys.slot(SlotKind::Computer) {
            // The keyring's key stays: changing it first would close the old slot too early, and
            // changing it later the new one.
            match new.keyring.get(self.id) {
                Ok(key) if slot.open_with_computer(self.id, &key).is_ok() => {
                    slots.push(Slot::for_computer(root, self.id, &key, now));
                }
                _ => tracing::info!("the keyring has no key; this computer's slot is left out"),
            }
        }
        slots.push(Slot::for_recovery(root, self.id, new.recovery, now));
        Ok(slots)
    }
}
