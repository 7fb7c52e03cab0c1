//! What Matrix's sdk gives as errors, as far as somebody can do something about it.

use std::time::{Duration, SystemTime};

use matrix_sdk::ClientBuildError;
use matrix_sdk::encryption::recovery::RecoveryError;
use matrix_sdk::encryption::secret_storage::SecretStorageError;
use matrix_sdk::ruma::api::client::uiaa::UiaaResponse;
use matrix_sdk::ruma::api::error::{ErrorKind, RetryAfter};
use matrix_sdk::{HttpError, RefreshTokenError};
use matrix_sdk_base::crypto::{OlmError, SessionRecipientCollectionError as Recipients};

use super::oauth;
use crate::error::NetworkError;

impl NetworkError {
    /// Of a client that could not be built.
    pub(super) fn from_build(error: ClientBuildError) -> Self {
        match error {
            ClientBuildError::Http(http) => match Self::from(http) {
                Self::Refused(_) | Self::NotFound => Self::NotAServer,
                other => other,
            },
            ClientBuildError::SqliteStore(_) => Self::Keys,
            ClientBuildError::Url(_) | ClientBuildError::InvalidServerName => Self::AddressRefused,
            _ => Self::NotAServer,
        }
    }

    /// Whether a server said that there is no such thing.
    pub(super) fn is_not_found(error: &HttpError) -> bool {
        status(error) == Some(404)
    }

    /// Whether a server said no, to this and not to everything.
    pub(super) fn is_refusal(error: &HttpError) -> bool {
        matches!(status(error), Some(400 | 403 | 404))
    }

    /// Whether nothing else will go well either, until the server answers again.
    pub(super) fn ends_a_connection(&self) -> bool {
        matches!(
            self,
            Self::Unreachable | Self::SignedOut | Self::TooManyRequests { .. } | Self::Store(_)
        )
    }

    /// How long the server asks to wait.
    pub(super) fn pause(&self) -> Option<Duration> {
        match self {
            // A server cannot ask for a pause without end.
            Self::TooManyRequests { after } => after.map(|it| it.min(Duration::from_secs(600))),
            _ => None,
        }
    }

    /// The same error once more, as far as it is told.
    pub(super) fn told(&self) -> Self {
        match self {
            Self::Unreachable => Self::Unreachable,
            Self::SignInRefused => Self::SignInRefused,
            Self::SignedOut => Self::SignedOut,
            Self::TooManyRequests { after } => Self::TooManyRequests { after: *after },
            Self::NotAllowed => Self::NotAllowed,
            Self::IdentityChanged => Self::IdentityChanged,
            Self::IdentityMissing => Self::IdentityMissing,
            Self::Refused(status) => Self::Refused(*status),
            _ => Self::Internal,
        }
    }
}

fn status(error: &HttpError) -> Option<u16> {
    error.as_client_api_error().map(|error| error.status_code.as_u16())
}

impl From<HttpError> for NetworkError {
    fn from(error: HttpError) -> Self {
        if let HttpError::Cached(cached) = &error {
            return of_api(cached).unwrap_or(Self::Unreachable);
        }
        if let Some(known) = of_api(&error) {
            return known;
        }
        match error {
            HttpError::RefreshToken(failed) => of_refresh(failed),
            // Nonsense in the place of an answer, or none at all.
            _ => Self::Unreachable,
        }
    }
}

/// Of tokens that could not be renewed: only a server that says so has ended the sign-in.
fn of_refresh(error: RefreshTokenError) -> NetworkError {
    let over = match &error {
        RefreshTokenError::RefreshTokenRequired => true,
        RefreshTokenError::MatrixAuth(http) => {
            matches!(status(http), Some(400 | 401 | 403 | 404))
        }
        RefreshTokenError::OAuth(oauth) => oauth::is_over(oauth),
    };
    if over { NetworkError::SignedOut } else { NetworkError::Unreachable }
}

fn of_api(error: &HttpError) -> Option<NetworkError> {
    if matches!(error.as_ruma_api_error(), Some(UiaaResponse::AuthResponse(_))) {
        return Some(NetworkError::SignInRefused);
    }
    let api = error.as_client_api_error()?;
    Some(match (api.error_kind(), api.status_code.as_u16()) {
        (Some(ErrorKind::LimitExceeded(limit)), _) => {
            let after = limit.retry_after.as_ref().map(|after| match after {
                RetryAfter::Delay(delay) => *delay,
                RetryAfter::DateTime(at) => at
                    .duration_since(SystemTime::UNIX_EPOCH)
                    .map_or(Duration::ZERO, |_| Duration::from_secs(60)),
            });
            NetworkError::TooManyRequests { after }
        }
        (Some(ErrorKind::UnknownToken(_) | ErrorKind::MissingToken), _) => NetworkError::SignedOut,
        (Some(ErrorKind::TooLarge), _) | (_, 413) => NetworkError::AboveLimit { limit: 0 },
        (Some(ErrorKind::UserDeactivated), _) => NetworkError::SignInRefused,
        (_, 401) => NetworkError::SignedOut,
        (_, 429) => NetworkError::TooManyRequests { after: None },
        (Some(ErrorKind::Forbidden), _) | (_, 403) => NetworkError::NotAllowed,
        (_, 404) => NetworkError::NotFound,
        (_, 500..) => NetworkError::Unreachable,
        (_, status) => NetworkError::Refused(status),
    })
}

impl From<matrix_sdk::Error> for NetworkError {
    fn from(error: matrix_sdk::Error) -> Self {
        use matrix_sdk::Error as Sdk;
        match error {
            Sdk::Http(http) => (*http).into(),
            Sdk::AuthenticationRequired => Self::SignedOut,
            Sdk::OAuth(oauth) => (*oauth).into(),
            Sdk::OlmError(olm) => (*olm).into(),
            Sdk::CryptoStoreError(_)
            | Sdk::StateStore(_)
            | Sdk::EventCacheStore(_)
            | Sdk::MediaStore(_)
            | Sdk::Io(_)
            | Sdk::BadCryptoStoreState => Self::Keys,
            Sdk::WrongRoomState(_) => Self::NotAllowed,
            Sdk::DecryptorError(_) => Self::Damaged,
            // Another request of the same kind failed and says why.
            Sdk::ConcurrentRequestFailed => Self::Unreachable,
            other => Self::sdk(other),
        }
    }
}

impl From<OlmError> for NetworkError {
    fn from(error: OlmError) -> Self {
        match error {
            OlmError::SessionRecipientCollectionError(
                Recipients::VerifiedUserChangedIdentity(_)
                | Recipients::VerifiedUserHasUnsignedDevice(_),
            ) => Self::IdentityChanged,
            OlmError::SessionRecipientCollectionError(_) => Self::IdentityMissing,
            OlmError::Store(_) => Self::Keys,
            other => Self::sdk(other),
        }
    }
}

impl From<matrix_sdk_base::crypto::CryptoStoreError> for NetworkError {
    fn from(_: matrix_sdk_base::crypto::CryptoStoreError) -> Self {
        Self::Keys
    }
}

impl From<RecoveryError> for NetworkError {
    fn from(error: RecoveryError) -> Self {
        match error {
            RecoveryError::Sdk(sdk)
            | RecoveryError::SecretStorage(SecretStorageError::Sdk(sdk)) => sdk.into(),
            RecoveryError::SecretStorage(SecretStorageError::Storage(_)) => Self::Keys,
            other => Self::sdk(other),
        }
    }
}

impl NetworkError {
    /// A fault that nobody but a programmer can do something about; its words go to the log alone.
    pub(super) fn sdk(error: impl std::error::Error) -> Self {
        tracing::error!(%error, "a fault in sharing");
        Self::Internal
    }
}
