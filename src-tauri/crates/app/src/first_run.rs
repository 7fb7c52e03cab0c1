//! The first run: nothing is on the disk until the leader has shown that she has a recovery key.

use std::path::Path;

use fristed_base::{Moment, Secret};
use fristed_vault::{Keyring, RecoveryKey, Setup, Vault};

use crate::error::AppError;
use crate::fristed::{Fristed, SCHEMA};
use crate::strength;
use crate::wire::{AppStatus, ErrorCode};

impl Fristed {
    /// The recovery key of the vault to come; the same one until it is renewed or used.
    #[must_use]
    pub fn first_run_key(&self) -> Secret {
        let mut state = self.state();
        state.first_run_key.get_or_insert_with(RecoveryKey::generate).to_text()
    }

    /// Another recovery key for the vault to come.
    #[must_use]
    pub fn first_run_key_renew(&self) -> Secret {
        self.state().first_run_key = None;
        self.first_run_key()
    }

    /// Whether the system's keyring answers, so that it can be offered.
    #[must_use]
    pub fn keyring_ready(&self) -> bool {
        self.keyring.is_ready()
    }

    /// Makes the vault and opens it, once the recovery key was typed as it was shown.
    ///
    /// # Errors
    /// `RecoveryKeyMistyped` or `WrongKey` where the typed key is not the shown one,
    /// `PassphraseTooWeak`, `VaultExists`, `FolderUnusable`, what the keyring answers where it
    /// was chosen, and what keeps a folder from being written. After any of them nothing is left
    /// on the disk, and the shown recovery key stays the same.
    pub fn first_run_finish(
        &self,
        path: &Path,
        passphrase: &Secret,
        use_keyring: bool,
        typed_key: &Secret,
        now: Moment,
    ) -> Result<AppStatus, AppError> {
        if !strength::strength(passphrase.expose()).accepted {
            return Err(ErrorCode::PassphraseTooWeak.into());
        }
        let shown = self.state().first_run_key.take().ok_or(ErrorCode::NotFound)?;
        let made = self.make(path, passphrase, use_keyring, typed_key, &shown, now);
        if made.is_err() {
            self.state().first_run_key = Some(shown);
        }
        made
    }

    fn make(
        &self,
        path: &Path,
        passphrase: &Secret,
        use_keyring: bool,
        typed_key: &Secret,
        shown: &RecoveryKey,
        now: Moment,
    ) -> Result<AppStatus, AppError> {
        if !same(&RecoveryKey::parse(typed_key)?, shown) {
            return Err(ErrorCode::WrongKey.into());
        }
        let computer = use_keyring.then_some(self.keyring.as_ref());
        self.create(path, passphrase, shown, computer, now)?;
        let usual = self.directories.vault == path;
        self.change_config(|config| config.vault = (!usual).then(|| path.to_path_buf()))?;
        Ok(self.status())
    }

    /// Makes a vault with a recovery key that was not asked for, and opens it: for the terminal,
    /// which prints the key instead.
    ///
    /// # Errors
    /// `VaultExists`, `FolderUnusable`, and what keeps a folder from being written.
    pub fn create_with_new_key(
        &self,
        passphrase: &Secret,
        now: Moment,
    ) -> Result<Secret, AppError> {
        let recovery = RecoveryKey::generate();
        let path = self.state().vault_path.clone();
        self.create(&path, passphrase, &recovery, None, now)?;
        Ok(recovery.to_text())
    }

    fn create(
        &self,
        path: &Path,
        passphrase: &Secret,
        recovery: &RecoveryKey,
        computer: Option<&dyn Keyring>,
        now: Moment,
    ) -> Result<(), AppError> {
        let _gate = self.gate();
        let setup = Setup { passphrase, recovery, cost: self.cost.measure(), computer };
        let vault = Vault::create(path, setup, &SCHEMA, now)?;
        self.state().vault_path = path.to_path_buf();
        self.opened(vault, now);
        Ok(())
    }
}

/// Whether what was typed is the key that was shown; nobody but the leader sees how long it takes.
pub(crate) fn same(typed: &RecoveryKey, shown: &RecoveryKey) -> bool {
    typed.to_text().expose() == shown.to_text().expose()
}
