//! What can go wrong with a vault, one variant for each thing a caller can do something about.
//!
//! No variant ever carries a word of a journal, a file's content or a key.

use std::io;

use rusqlite::ErrorCode;

/// Why a vault could not be made, opened or changed.
#[derive(Debug, thiserror::Error)]
pub enum VaultError {
    /// The key does not open this vault.
    #[error("the key does not open this vault")]
    WrongKey,
    /// What was typed is no recovery key: a character is mistyped or missing.
    #[error("the recovery key is mistyped")]
    RecoveryKeyMistyped,
    /// There is no vault in this folder.
    #[error("there is no vault in this folder")]
    NoVault,
    /// There is a vault in this folder already.
    #[error("there is a vault in this folder already")]
    Exists,
    /// The folder holds other things, or cannot be used.
    #[error("the folder cannot hold a vault")]
    FolderUnusable,
    /// Another process holds the vault.
    #[error("another process holds the vault")]
    InUse,
    /// A newer Fristed wrote this vault.
    #[error("a newer Fristed wrote this vault")]
    Newer,
    /// The store is damaged.
    #[error("the store is damaged")]
    Damaged,
    /// The key file is damaged, missing beside a store, or asks for more work than the cap allows.
    #[error("the key file is damaged")]
    KeysDamaged,
    /// The keyring did not do what was asked.
    #[error("the keyring: {0}")]
    Keyring(#[from] KeyringError),
    /// No space is left.
    #[error("no space is left")]
    Full,
    /// The vault cannot be written where it lies.
    #[error("the vault cannot be written")]
    NotWritable,
    /// Reading or writing a file failed in some other way.
    #[error("reading or writing failed: {0}")]
    Io(io::Error),
    /// The store failed in some other way.
    #[error(transparent)]
    Store(StoreError),
}

impl From<io::Error> for VaultError {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::Full,
            io::ErrorKind::ReadOnlyFilesystem | io::ErrorKind::PermissionDenied => {
                Self::NotWritable
            }
            _ => Self::Io(error),
        }
    }
}

impl From<StoreError> for VaultError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Full => Self::Full,
            StoreError::ReadOnly => Self::NotWritable,
            StoreError::Damaged => Self::Damaged,
            StoreError::Newer { .. } => Self::Newer,
            other => Self::Store(other),
        }
    }
}

impl From<rusqlite::Error> for VaultError {
    fn from(error: rusqlite::Error) -> Self {
        StoreError::from(error).into()
    }
}

/// Why the keyring did not do what was asked.
///
/// None of these ever means that there is no vault: see [`crate::exists`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum KeyringError {
    /// No keyring can be reached now; a later attempt in the same process may find one.
    #[error("it cannot be reached")]
    Unavailable,
    /// It is locked, its question was dismissed, or nobody answered in time.
    #[error("it is locked")]
    Locked,
    /// It has no key for this vault.
    #[error("it has no key for this vault")]
    Missing,
}

/// Why the store did not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The vault was closed.
    #[error("the vault is closed")]
    Closed,
    /// No space is left; nothing was changed.
    #[error("no space is left")]
    Full,
    /// The store can be read but not written.
    #[error("the store can be read but not written")]
    ReadOnly,
    /// A page is damaged; what lies on other pages can still be read.
    #[error("the store is damaged")]
    Damaged,
    /// A newer Fristed wrote this store; nothing was changed.
    #[error("the store has form {found}, this program knows {known}")]
    Newer {
        /// The number of the store's last migration.
        found: u32,
        /// The highest number that this program knows.
        known: u32,
    },
    /// The file could not be read or written.
    #[error("reading or writing the store failed")]
    Io,
    /// A statement is wrong: a fault of the program.
    #[error("a statement failed: {0}")]
    Sql(rusqlite::Error),
}

/// The text SQLite gives where the cause is a page that SQLCipher could not authenticate: it
/// reports that as the bare code 1, which otherwise always comes with a message of its own.
const BARE_ERROR: &str = "SQL logic error";

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        let rusqlite::Error::SqliteFailure(failure, message) = &error else {
            return Self::Sql(error);
        };
        match failure.code {
            ErrorCode::DiskFull => Self::Full,
            // Room for the index of the log could not be made.
            _ if failure.extended_code == rusqlite::ffi::SQLITE_IOERR_SHMSIZE => Self::Full,
            ErrorCode::ReadOnly => Self::ReadOnly,
            ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt => Self::Damaged,
            ErrorCode::OperationInterrupted => Self::Closed,
            ErrorCode::SystemIoFailure
            | ErrorCode::CannotOpen
            | ErrorCode::PermissionDenied
            | ErrorCode::FileLockingProtocolFailed
            | ErrorCode::NoLargeFileSupport => Self::Io,
            ErrorCode::Unknown
                if failure.extended_code == 1
                    && message.as_deref().is_none_or(|text| text == BARE_ERROR) =>
            {
                Self::Damaged
            }
            _ => Self::Sql(error),
        }
    }
}
