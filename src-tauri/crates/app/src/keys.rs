//! Changing the keys of an open vault.

use fristed_base::{Moment, Secret};
use fristed_vault::{KeyringError, NewRootKey, RecoveryKey, VaultError};

use crate::error::AppError;
use crate::first_run::same;
use crate::fristed::Fristed;
use crate::wire::{ErrorCode, Slot};
use crate::{convert, strength};

/// A recovery key that was shown and not yet typed back; until then the old one is in force.
pub(crate) struct NewKey {
    key: RecoveryKey,
    passphrase: Secret,
    /// True where the root key is changed together with it.
    with_root: bool,
}

impl Fristed {
    /// The ways to open this vault.
    ///
    /// # Errors
    /// `NoVault`, `KeysDamaged`.
    pub fn slots(&self) -> Result<Vec<Slot>, AppError> {
        let dir = self.state().vault_path.clone();
        Ok(fristed_vault::slots(&dir)?.into_iter().map(convert::slot).collect())
    }

    /// Changes the passphrase.
    ///
    /// # Errors
    /// `WrongKey` where the old one is not right, `PassphraseTooWeak`.
    pub fn passphrase_change(
        &self,
        old: &Secret,
        new: &Secret,
        now: Moment,
    ) -> Result<(), AppError> {
        if !strength::strength(new.expose()).accepted {
            return Err(ErrorCode::PassphraseTooWeak.into());
        }
        let _gate = self.gate();
        let cost = self.cost.measure();
        self.with_vault(|vault| Ok(vault.change_passphrase(old, new, cost, now)?))
    }

    /// Shows a new recovery key; [`Fristed::recovery_key_confirm`] puts it in force.
    ///
    /// # Errors
    /// `WrongKey` where the passphrase is not right.
    pub fn recovery_key_new(&self, passphrase: Secret) -> Result<Secret, AppError> {
        self.show_new_key(passphrase, false)
    }

    /// Shows a new recovery key that [`Fristed::recovery_key_confirm`] puts in force together
    /// with a new root key: then a copy of the old keys opens nothing that is written here.
    ///
    /// # Errors
    /// `WrongKey` where the passphrase is not right.
    pub fn root_key_change(&self, passphrase: Secret) -> Result<Secret, AppError> {
        self.show_new_key(passphrase, true)
    }

    fn show_new_key(&self, passphrase: Secret, with_root: bool) -> Result<Secret, AppError> {
        let _gate = self.gate();
        self.with_vault(|vault| Ok(vault.verify_passphrase(&passphrase)?))?;
        let key = RecoveryKey::generate();
        let text = key.to_text();
        self.state().new_key = Some(NewKey { key, passphrase, with_root });
        Ok(text)
    }

    /// Puts the recovery key that was shown last in force; the earlier one opens nothing here
    /// any more.
    ///
    /// # Errors
    /// `RecoveryKeyMistyped` or `WrongKey` where the typed key is not the shown one; it can be
    /// typed again. `NotFound` where none was shown.
    pub fn recovery_key_confirm(&self, typed: &Secret, now: Moment) -> Result<(), AppError> {
        let _gate = self.gate();
        let shown = self.state().new_key.take().ok_or(ErrorCode::NotFound)?;
        let done = self.confirm(&shown, typed, now);
        if done.is_err() {
            self.state().new_key = Some(shown);
        }
        done
    }

    fn confirm(&self, shown: &NewKey, typed: &Secret, now: Moment) -> Result<(), AppError> {
        if !same(&RecoveryKey::parse(typed)?, &shown.key) {
            return Err(ErrorCode::WrongKey.into());
        }
        self.with_vault(|vault| {
            if shown.with_root {
                let new = NewRootKey {
                    passphrase: &shown.passphrase,
                    cost: self.cost.measure(),
                    recovery: &shown.key,
                    keyring: self.keyring.as_ref(),
                };
                vault.change_root_key(&new, now)?;
            } else {
                vault.replace_recovery_key(&shown.passphrase, &shown.key, now)?;
            }
            Ok(())
        })
    }

    /// Makes a new recovery key and puts it in force at once: for the terminal, which prints it.
    ///
    /// # Errors
    /// `WrongKey` where the passphrase is not right.
    pub fn recovery_key_replace(
        &self,
        passphrase: &Secret,
        now: Moment,
    ) -> Result<Secret, AppError> {
        let _gate = self.gate();
        let key = RecoveryKey::generate();
        self.with_vault(|vault| Ok(vault.replace_recovery_key(passphrase, &key, now)?))?;
        Ok(key.to_text())
    }

    /// Lets this computer's keyring open the vault at the program's start.
    ///
    /// # Errors
    /// `WrongKey` where the passphrase is not right, and what the keyring answers.
    pub fn computer_remember(&self, passphrase: &Secret, now: Moment) -> Result<(), AppError> {
        let _gate = self.gate();
        self.with_vault(|vault| Ok(vault.add_computer(passphrase, self.keyring.as_ref(), now)?))
    }

    /// Takes the key out of this computer's keyring, and its slot out of the vault.
    ///
    /// # Errors
    /// What keeps the key file from being written. A keyring that does not answer is no error:
    /// without the slot its key opens nothing.
    pub fn computer_forget(&self) -> Result<(), AppError> {
        let _gate = self.gate();
        self.with_vault(|vault| match vault.forget_computer(self.keyring.as_ref()) {
            Ok(()) | Err(VaultError::Keyring(KeyringError::Missing)) => Ok(()),
            Err(VaultError::Keyring(error)) => {
                tracing::warn!(%error, "the keyring still has a key that opens nothing");
                Ok(())
            }
            Err(error) => Err(error.into()),
        })
    }
}
