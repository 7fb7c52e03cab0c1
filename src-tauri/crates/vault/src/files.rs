//! The names in a vault's folder, and which of two stores the root key belongs to.

use std::fs;
use std::path::{Path, PathBuf};

use fristed_base::VaultId;

use crate::disk;
use crate::error::VaultError;
use crate::key::{RootKey, StoreKey};
use crate::store::cipher;
use crate::store::writer::{index_of, log_of};

/// The files of one vault's folder.
#[derive(Debug, Clone)]
pub(crate) struct Files {
    folder: PathBuf,
}

impl Files {
    pub(crate) fn of(folder: &Path) -> Self {
        Self { folder: folder.to_owned() }
    }

    /// The store.
    pub(crate) fn store(&self) -> PathBuf {
        self.folder.join("vault.db")
    }

    /// A store that waits for its place: made, but not in force before the key file is.
    pub(crate) fn fresh_store(&self) -> PathBuf {
        self.folder.join("vault.db.new")
    }

    /// Where backups lie.
    pub(crate) fn backups(&self) -> PathBuf {
        self.folder.join("backups")
    }

    /// True where a vault is, whole or damaged.
    pub(crate) fn any(&self) -> bool {
        ["vault.db", "keys.json", "keys.json.old"]
            .iter()
            .any(|name| self.folder.join(name).exists())
    }

    /// The store that this root key opens and the key for it.
    ///
    /// A new store and a new root key (at creation, and when the root key is changed) come into
    /// force in this order: `vault.db.new` is complete and durable; then `keys.json` is replaced,
    /// which decides; then `vault.db.new` is renamed to `vault.db`. So where the root key in force
    /// opens `vault.db.new` and not `vault.db`, only the last step is missing; in every other
    /// case `vault.db.new` is a remainder of something that never came into force.
    ///
    /// A folder under `backups/` is a vault too, whose store has the backups' key.
    ///
    /// # Errors
    /// [`VaultError::Damaged`] where the root key opens neither.
    pub(crate) fn store_of(
        &self,
        root: &RootKey,
        vault: VaultId,
    ) -> Result<(PathBuf, StoreKey), VaultError> {
        let (key, backup) = (root.store_key(vault), root.backup_key(vault));
        let (store, fresh) = (self.store(), self.fresh_store());
        if cipher::opens(&backup, &store)? {
            return Ok((store, backup));
        }
        if !cipher::opens(&key, &store)? && cipher::opens(&key, &fresh)? {
            return Ok((fresh, key));
        }
        // Where its first page is damaged its log may still have that page whole.
        if disk::length(&store)?.is_none() { Err(VaultError::Damaged) } else { Ok((store, key)) }
    }

    /// Takes the last step of [`Self::store_of`]'s order where it is missing, or removes the
    /// remainder; returns where the store is then.
    pub(crate) fn settle(&self, found: &Path) -> Result<PathBuf, VaultError> {
        let (store, fresh) = (self.store(), self.fresh_store());
        if found == fresh {
            // The log of the store that is replaced was brought to it before; it must not meet
            // the new one.
            disk::remove(&log_of(&store))?;
            disk::remove(&index_of(&store))?;
            disk::rename(&fresh, &store)?;
        } else {
            disk::remove(&fresh)?;
        }
        Ok(store)
    }

    /// Whether a vault may be made here: the folder is empty but for what an interrupted
    /// creation left and what systems put into folders by themselves.
    pub(crate) fn is_free(&self) -> Result<bool, VaultError> {
        let entries = match fs::read_dir(&self.folder) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(true),
            Err(error) if error.kind() == std::io::ErrorKind::NotADirectory => return Ok(false),
            entries => entries?,
        };
        for entry in entries {
            let name = entry?.file_name();
            let name = name.to_string_lossy();
            let ours = matches!(
                &*name,
                "vault.lock" | "vault.db.new" | "keys.json.new" | "vault.state" | "vault.state.new"
            );
            let systems = name.starts_with('.')
                || matches!(&*name, "desktop.ini" | "Thumbs.db" | "lost+found");
            if !ours && !systems {
                return Ok(false);
            }
        }
        Ok(true)
    }
}
