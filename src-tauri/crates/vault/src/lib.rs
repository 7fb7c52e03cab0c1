//! The vault: a folder that holds one leader's journal and is readable with a key only.
//!
//! | file | what it is |
//! |---|---|
//! | `vault.db` | the store: SQLite encrypted by SQLCipher; `-wal` and `-shm` beside it while open |
//! | `keys.json` | the key slots: copies of the root key, each wrapped for one way to open |
//! | `vault.state` | whether the last session ended cleanly |
//! | `vault.lock` | empty; the lock on it keeps other processes out |
//! | `backups/` | folders of the same form, made before the store is changed as a whole |
//!
//! A root key of 256 random bits is never used itself. Each slot of `keys.json` wraps it: for
//! the passphrase, for the recovery key, and, where the leader wants it, for this computer's
//! keyring. Nothing outside this crate opens a database.

mod backup;
mod check;
mod create;
mod disk;
mod error;
mod files;
mod key;
mod keyring;
mod keys_file;
mod lock;
mod memory;
mod migrate;
mod patience;
mod rekey;
mod slots;
mod state;
mod store;
mod table;
mod vault;

pub use check::CheckReport;
pub use create::Setup;
pub use error::{KeyringError, StoreError, VaultError};
pub use key::kdf::KdfCost;
pub use key::recovery::{RecoveryKey, RecoveryKeyError};
pub use key::slot::{SlotInfo, SlotKind, WrappingKey};
pub use keyring::{Keyring, SystemKeyring};
pub use memory::{WIPING, wipe_what_is_freed};
pub use migrate::{Migration, Schema};
pub use rekey::NewRootKey;
pub use slots::slots;
pub use store::connection::{READER_CACHE_KIB, WRITER_CACHE_KIB};
pub use store::{Store, vouch};
pub use vault::{Key, Notice, Vault, exists};
