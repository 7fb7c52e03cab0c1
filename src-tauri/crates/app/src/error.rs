//! Every way a use case fails, as one code and what its message may name.

use fristed_exchange::ExchangeError;
use fristed_journal::JournalError;
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
