//! The operating system's keyring, where the slot of this computer has its key.
//!
//! The keyring is a convenience: whatever it answers, the passphrase and the recovery key still
//! open the vault, and no answer of it ever makes a new key or a new vault. In particular it
//! answers "no entry" also while it is locked or another desktop's keyring runs.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use fristed_base::VaultId;
use keyring_core::api::CredentialStoreApi;
use zeroize::Zeroizing;

use crate::error::KeyringError;
use crate::key::slot::WrappingKey;

/// A place outside the vault that keeps the key of this computer's slot.
pub trait Keyring: Send + Sync {
    /// The key for this vault.
    ///
    /// # Errors
    /// [`KeyringError`]; none of its variants says anything about the vault.
    fn get(&self, vault: VaultId) -> Result<WrappingKey, KeyringError>;

    /// Keeps this key for this vault, in the place of an earlier one.
    ///
    /// # Errors
    /// [`KeyringError`]; nothing is kept then.
    fn set(&self, vault: VaultId, key: &WrappingKey) -> Result<(), KeyringError>;

    /// Forgets the key for this vault; one that is not there is no error.
    ///
    /// # Errors
    /// [`KeyringError`].
    fn delete(&self, vault: VaultId) -> Result<(), KeyringError>;

    /// True where a keyring answers now: there is one, and it is unlocked.
    ///
    /// Tried by keeping a key for a vault that does not exist and removing it again; a keyring
    /// that is locked may ask the leader to unlock it.
    fn is_ready(&self) -> bool {
        let key = WrappingKey::generate();
        let probe = VaultId::new();
        self.set(probe, &key).is_ok() && self.delete(probe).is_ok()
    }
}

/// The keyring of the operating system: Secret Service over D-Bus on Linux, the Keychain on
/// macOS, the Credential Manager on Windows.
///
/// Every call runs on a thread of its own, because a locked keyring asks the leader first and
/// answers only after that. Every call connects anew, so a keyring that is started later is
/// found without starting the program again.
#[derive(Debug, Clone, Copy)]
pub struct SystemKeyring {
    patience: Duration,
}

impl SystemKeyring {
    /// With time enough for a person to answer the keyring's question: one minute.
    #[must_use]
    pub const fn new() -> Self {
        Self { patience: Duration::from_secs(60) }
    }

    /// With another limit on how long a call may take.
    #[must_use]
    pub const fn with_patience(patience: Duration) -> Self {
        Self { patience }
    }

    fn ask<T: Send + 'static>(
        &self,
        vault: VaultId,
        question: impl FnOnce(&keyring_core::Entry) -> keyring_core::Result<T> + Send + 'static,
    ) -> Result<T, KeyringError> {
        let (answer, answered) = mpsc::channel();
        thread::Builder::new()
            .name("keyring".into())
            .spawn(move || {
                let asked = connect()
                    .and_then(|store| store.build(SERVICE, &vault.to_string(), attributes()))
                    .and_then(|entry| question(&entry));
                // Nobody listens any more where patience ran out.
                let _ = answer.send(asked.map_err(|error| classify(&error)));
            })
            .map_err(|_| KeyringError::Unavailable)?;
        match answered.recv_timeout(self.patience) {
            Ok(answer) => answer,
            Err(mpsc::RecvTimeoutError::Timeout) => Err(KeyringError::Locked),
            Err(mpsc::RecvTimeoutError::Disconnected) => Err(KeyringError::Unavailable),
        }
    }
}

impl Default for SystemKeyring {
    fn default() -> Self {
        Self::new()
    }
}

impl Keyring for SystemKeyring {
    fn get(&self, vault: VaultId) -> Result<WrappingKey, KeyringError> {
        let secret = self.ask(vault, |entry| entry.get_secret().map(Zeroizing::new))?;
        // Something else under our name is no key of this vault.
        WrappingKey::from_bytes(&secret).ok_or(KeyringError::Missing)
    }

    fn set(&self, vault: VaultId, key: &WrappingKey) -> Result<(), KeyringError> {
        let secret = Zeroizing::new(key.expose().to_vec());
        self.ask(vault, move |entry| entry.set_secret(&secret))
    }

    fn delete(&self, vault: VaultId) -> Result<(), KeyringError> {
        match self.ask(vault, keyring_core::Entry::delete_credential) {
            Err(KeyringError::Missing) => Ok(()),
            other => other,
        }
    }
}

/// The name under which keys lie in the keyring, with the vault's id as the user.
const SERVICE: &str = "dk.fristed.vault";

#[cfg(target_os = "linux")]
fn attributes() -> Option<&'static HashMap<&'static str, &'static str>> {
    use std::sync::LazyLock;
    static LABEL: LazyLock<HashMap<&str, &str>> =
        LazyLock::new(|| HashMap::from([("label", "Fristed")]));
    Some(&LABEL)
}

#[cfg(not(target_os = "linux"))]
fn attributes() -> Option<&'static HashMap<&'static str, &'static str>> {
    None
}

#[cfg(target_os = "linux")]
fn connect() -> keyring_core::Result<Arc<dyn CredentialStoreApi + Send + Sync>> {
    Ok(zbus_secret_service_keyring_store::Store::new()?)
}

#[cfg(target_os = "windows")]
fn connect() -> keyring_core::Result<Arc<dyn CredentialStoreApi + Send + Sync>> {
    Ok(windows_native_keyring_store::Store::new()?)
}

#[cfg(target_os = "macos")]
fn connect() -> keyring_core::Result<Arc<dyn CredentialStoreApi + Send + Sync>> {
    Ok(apple_native_keyring_store::keychain::Store::new()?)
}

#[cfg(not(any(target_os = "linux", target_os = "windows", target_os = "macos")))]
fn connect() -> keyring_core::Result<Arc<dyn CredentialStoreApi + Send + Sync>> {
    Err(keyring_core::Error::NoDefaultStore)
}

fn classify(error: &keyring_core::Error) -> KeyringError {
    use keyring_core::Error;
    tracing::debug!(kind = ?std::mem::discriminant(error), "the keyring answered with an error");
    match error {
        Error::NoEntry | Error::BadEncoding(_) | Error::BadDataFormat(..) => KeyringError::Missing,
        Error::NoStorageAccess(_) => KeyringError::Locked,
        _ => KeyringError::Unavailable,
    }
}
