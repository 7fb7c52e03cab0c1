//! One process at a time holds a vault.

use std::fs::{File, OpenOptions};
use std::io;
use std::path::Path;

use fs4::{FileExt, TryLockError};

use crate::disk;
use crate::error::VaultError;

/// The lock on a vault's folder; released when dropped, and by the system when a process ends.
#[derive(Debug)]
pub(crate) struct FolderLock {
    // None where nothing can be written here, so that nobody can change what is read.
    file: Option<File>,
}

impl FolderLock {
    /// Takes the lock, before anything else in the folder is touched.
    ///
    /// The file `vault.lock` is empty and stays there; only the system's lock on it counts.
    ///
    /// # Errors
    /// [`VaultError::InUse`] where another process has it; [`VaultError::FolderUnusable`] where
    /// the file system has no locks, since two processes could then destroy the store.
    pub(crate) fn take(folder: &Path, writable: bool) -> Result<Self, VaultError> {
        let path = folder.join("vault.lock");
        let opened = match OpenOptions::new().read(true).write(writable).open(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound && writable => {
                let mut options = OpenOptions::new();
                options.read(true).write(true).create(true).truncate(false);
                disk::owner_only(&mut options);
                options.open(&path)
            }
            other => other,
        };
        let file = match opened {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return Ok(Self { file: None });
            }
            Err(error) => return Err(error.into()),
        };
        match FileExt::try_lock(&file) {
            Ok(()) => Ok(Self { file: Some(file) }),
            Err(TryLockError::WouldBlock) => Err(VaultError::InUse),
            Err(TryLockError::Error(_)) if !writable => Ok(Self { file: None }),
            Err(TryLockError::Error(error)) => {
                tracing::warn!(%error, "the folder's file system has no locks");
                Err(VaultError::FolderUnusable)
            }
        }
    }
}

impl Drop for FolderLock {
    fn drop(&mut self) {
        // Not left to closing the file: a program that is just being started from here has a copy
        // of it for a moment, and the lock would last as long as that.
        if let Some(file) = &self.file {
            let _ = FileExt::unlock(file);
        }
    }
}
