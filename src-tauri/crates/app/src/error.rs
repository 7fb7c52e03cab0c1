//! Every way a use case fails, as one code and what its message may name.

use fristed_calendar::CalendarError;
use fristed_exchange::ExchangeError;
use fristed_journal::JournalError;
use fristed_network::NetworkError;
use fristed_remote::RemoteError;
use fristed_vault::{KeyringError, StoreError, VaultError};

use crate::wire::{ErrorCode, WireError};

/// A use case that failed.
///
/// It holds a stable code, perhaps a path or a number, and the cause for the log; never a word
/// of the journal.
#[derive(Debug, thiserror::Error)]
#[error("{code:?}")]
pub struct AppError {
    /// What happened.
    pub code: ErrorCode,
    /// A path or a number that the message names.
    pub detail: Option<String>,
    /// What lies beneath, for the log.
    #[source]
    pub cause: Option<Box<dyn std::error::Error + Send + Sync>>,
}

impl AppError {
    /// An error with its code alone.
    #[must_use]
    pub const fn new(code: ErrorCode) -> Self {
        Self { code, detail: None, cause: None }
    }

    /// An error whose message names a path or a number.
    #[must_use]
    pub fn with_detail(code: ErrorCode, detail: impl Into<String>) -> Self {
        Self { code, detail: Some(detail.into()), cause: None }
    }

    fn caused(code: ErrorCode, cause: impl std::error::Error + Send + Sync + 'static) -> Self {
        Self { code, detail: None, cause: Some(Box::new(cause)) }
    }
}

impl From<&AppError> for WireError {
    fn from(error: &AppError) -> Self {
        Self { code: error.code, detail: error.detail.clone() }
    }
}

impl From<ErrorCode> for AppError {
    fn from(code: ErrorCode) -> Self {
        Self::new(code)
    }
}

impl From<std::io::Error> for AppError {
    fn from(error: std::io::Error) -> Self {
        use std::io::ErrorKind as Kind;
        let code = match error.kind() {
            Kind::StorageFull | Kind::QuotaExceeded => ErrorCode::NoSpace,
            Kind::ReadOnlyFilesystem | Kind::PermissionDenied => ErrorCode::NotWritable,
            _ => ErrorCode::Io,
        };
        Self::caused(code, error)
    }
}

impl From<StoreError> for AppError {
    fn from(error: StoreError) -> Self {
        let code = match &error {
            StoreError::Closed => ErrorCode::Locked,
            StoreError::Full => ErrorCode::NoSpace,
            StoreError::ReadOnly => ErrorCode::NotWritable,
            StoreError::Damaged => ErrorCode::Damaged,
            StoreError::Newer { .. } => ErrorCode::Newer,
            StoreError::Io => ErrorCode::Io,
            StoreError::Sql(_) => ErrorCode::Internal,
        };
        Self::caused(code, error)
    }
}

impl From<KeyringError> for AppError {
    fn from(error: KeyringError) -> Self {
        let code = match error {
            KeyringError::Unavailable => ErrorCode::KeyringUnavailable,
            KeyringError::Locked => ErrorCode::KeyringLocked,
            KeyringError::Missing => ErrorCode::KeyringKeyMissing,
        };
        Self::caused(code, error)
    }
}

impl From<VaultError> for AppError {
    fn from(error: VaultError) -> Self {
        let code = match error {
            VaultError::Io(io) => return io.into(),
            VaultError::Store(store) => return store.into(),
            VaultError::Keyring(keyring) => return keyring.into(),
            VaultError::WrongKey => ErrorCode::WrongKey,
            VaultError::RecoveryKeyMistyped => ErrorCode::RecoveryKeyMistyped,
            VaultError::NoVault => ErrorCode::NoVault,
            VaultError::Exists => ErrorCode::VaultExists,
            VaultError::FolderUnusable => ErrorCode::FolderUnusable,
            VaultError::InUse => ErrorCode::InUse,
            VaultError::Newer => ErrorCode::Newer,
            VaultError::Damaged => ErrorCode::Damaged,
            VaultError::KeysDamaged => ErrorCode::KeysDamaged,
            VaultError::Full => ErrorCode::NoSpace,
            VaultError::NotWritable => ErrorCode::NotWritable,
        };
        Self::caused(code, error)
    }
}

impl From<fristed_vault::RecoveryKeyError> for AppError {
    fn from(error: fristed_vault::RecoveryKeyError) -> Self {
        Self::caused(ErrorCode::RecoveryKeyMistyped, error)
    }
}

impl From<JournalError> for AppError {
    fn from(error: JournalError) -> Self {
        let code = match error {
            JournalError::Store(store) => return store.into(),
            JournalError::Io(io) => return io.into(),
            JournalError::NotFound => ErrorCode::NotFound,
            JournalError::Changed { .. } => ErrorCode::Changed,
            JournalError::AttachmentTooLarge => ErrorCode::AttachmentTooLarge,
            JournalError::TextTooLarge => ErrorCode::TextTooLarge,
            JournalError::Cancelled => ErrorCode::Cancelled,
        };
        Self::caused(code, error)
    }
}

impl From<CalendarError> for AppError {
    fn from(error: CalendarError) -> Self {
        let code = match error {
            CalendarError::Store(store) => return store.into(),
            CalendarError::TooLarge { limit, components } => {
                let code = if components { ErrorCode::TooManyEvents } else { ErrorCode::TooLarge };
                return Self { detail: Some(limit.to_string()), ..Self::caused(code, error) };
            }
            CalendarError::NotFound => ErrorCode::NotFound,
            CalendarError::Changed => ErrorCode::Changed,
            CalendarError::UndoGone => ErrorCode::UndoGone,
            CalendarError::ReadOnly => ErrorCode::CalendarReadOnly,
            CalendarError::AlreadyMeeting => ErrorCode::AlreadyMeeting,
            CalendarError::AlreadyThere => ErrorCode::EventAlreadyThere,
            CalendarError::SourceHere => ErrorCode::CalendarAlreadyHere,
            CalendarError::BadTimes => ErrorCode::EndBeforeStart,
            CalendarError::TooLong => ErrorCode::SeriesTooLong,
            CalendarError::NotACalendar => ErrorCode::UnknownFormat,
            CalendarError::Refused => ErrorCode::InvitationRefused,
            CalendarError::NotInvited => ErrorCode::NotInvited,
        };
        Self::caused(code, error)
    }
}

impl From<RemoteError> for AppError {
    fn from(error: RemoteError) -> Self {
        let code = match &error {
            RemoteError::Unreachable => ErrorCode::Unreachable,
            RemoteError::SignInRefused => ErrorCode::SignInRefused,
            RemoteError::AddressRefused => ErrorCode::AddressRefused,
            RemoteError::CertificateBad => ErrorCode::CertificateBad,
            RemoteError::NotACalendar => ErrorCode::NotACalendar,
            RemoteError::Refused(_) => ErrorCode::ServerRefused,
            RemoteError::TooLarge { limit } => {
                let detail = Some(limit.to_string());
                return Self { detail, ..Self::caused(ErrorCode::TooLarge, error) };
            }
            // Only a lock stops it.
            RemoteError::Stopped => ErrorCode::Locked,
        };
        Self::caused(code, error)
    }
}

impl From<NetworkError> for AppError {
    fn from(error: NetworkError) -> Self {
        match error {
            NetworkError::Store(store) => store.into(),
            NetworkError::Io(io) => io.into(),
            other => {
                let told = Self::from(&other);
                Self { cause: Some(Box::new(other)), ..told }
            }
        }
    }
}

impl From<&NetworkError> for AppError {
    fn from(error: &NetworkError) -> Self {
        let code = match error {
            NetworkError::NotFound | NetworkError::NotYours => ErrorCode::NotFound,
            NetworkError::NotSignedIn => ErrorCode::NotSignedIn,
            NetworkError::NotThere | NetworkError::NotAllowed => ErrorCode::NotAllowed,
            NetworkError::AlreadySent => ErrorCode::AlreadySent,
            NetworkError::NotSent => ErrorCode::NotSent,
            NetworkError::StillShared => ErrorCode::StillShared,
            NetworkError::TooLarge { .. } => ErrorCode::TextTooLarge,
            NetworkError::Empty => ErrorCode::NothingToShare,
            NetworkError::Unreachable => ErrorCode::Unreachable,
            NetworkError::AddressRefused => ErrorCode::AddressRefused,
            NetworkError::NotAServer => ErrorCode::NotAServer,
            NetworkError::ServerLacks(what) => {
                return Self::with_detail(ErrorCode::ServerLacks, *what);
            }
            NetworkError::SignInRefused => ErrorCode::SignInRefused,
            NetworkError::SignedOut => ErrorCode::SignedOut,
            NetworkError::TooManyRequests { .. } => ErrorCode::TooManyRequests,
            NetworkError::Refused(_) => ErrorCode::ServerRefused,
            NetworkError::NoSuchPeer => ErrorCode::NoSuchPeer,
            NetworkError::CodeRefused => ErrorCode::CodeRefused,
            NetworkError::IdentityChanged => ErrorCode::IdentityChanged,
            NetworkError::IdentityMissing => ErrorCode::IdentityMissing,
            NetworkError::IdentityKeyWrong => ErrorCode::IdentityKeyWrong,
            NetworkError::NotEncrypted => ErrorCode::RoomNotFit,
            NetworkError::AboveLimit { limit } => {
                return Self::with_detail(ErrorCode::AboveServerLimit, limit.to_string());
            }
            NetworkError::Damaged => ErrorCode::SharedFileDamaged,
            NetworkError::Keys => ErrorCode::SharingKeysDamaged,
            NetworkError::Stopped => ErrorCode::Cancelled,
            NetworkError::NoBrowser => ErrorCode::NoBrowser,
            NetworkError::Internal => ErrorCode::Internal,
            NetworkError::Io(_) => ErrorCode::Io,
            NetworkError::Store(_) => ErrorCode::Io,
        };
        Self::new(code)
    }
}

impl From<ExchangeError> for AppError {
    fn from(error: ExchangeError) -> Self {
        let code = match error {
            ExchangeError::Journal(journal) => return journal.into(),
            ExchangeError::Io(io) => return io.into(),
            ExchangeError::BadFile { line } => {
                let detail = line.map(|line| line.to_string());
                return Self { detail, ..Self::caused(ErrorCode::BadFile, error) };
            }
            ExchangeError::UnknownFormat => ErrorCode::UnknownFormat,
            ExchangeError::TooLarge => ErrorCode::TooLarge,
            ExchangeError::NotEmpty => ErrorCode::NotEmpty,
            ExchangeError::Cancelled => ErrorCode::Cancelled,
        };
        Self::caused(code, error)
    }
}
