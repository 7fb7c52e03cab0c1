//! How an error crosses to the window.

use fristed_app::AppError;
use fristed_app::wire::{ErrorCode, WireError};

/// The error as the window may have it; what lies beneath goes to the log.
#[must_use]
pub fn told(error: &AppError) -> WireError {
    if matches!(error.code, ErrorCode::Internal | ErrorCode::Io | ErrorCode::Damaged) {
        tracing::error!(code = ?error.code, cause = ?error.cause, "a use case failed");
    }
    WireError::from(error)
}

/// An error with its code alone.
#[must_use]
pub const fn plain(code: ErrorCode) -> WireError {
    WireError { code, detail: None }
}

/// A fault in the program itself: a thread that broke, a window that is gone.
#[must_use]
pub fn internal(cause: &dyn std::fmt::Display) -> WireError {
    tracing::error!(%cause, "a fault in the shell");
    plain(ErrorCode::Internal)
}
