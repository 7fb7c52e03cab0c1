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
            // Whoever answers with something else than Matrix's words is no server of its.
            ClientBuildError::Http(http) if status(&http).is_some_and(|status| status < 500) => {
                match Self::from(http) {
                    Self::Refused(_) | Self::NotFound | Self::Unreachable => Self::NotAServer,
                    other => other,
                }
            }
            ClientBuildError::Http(http) => http.into(),
            ClientBuildError::SqliteStore(_) => Self::Keys,
            ClientBuildError::Url(_) | ClientBuildError::InvalidServerName => Self::AddressRefused,
            _ => Self::NotAServer,
        }
    }

    /// Whether a server said that there is no such thing.
    pub(super) fn is_not_found(error: &HttpError) -> bool {
        matches!(said(error), Some((ErrorKind::NotFound, 404)))
    }

    /// Whether a server said no, to this and not to everything.
    pub(super) fn is_refusal(error: &HttpError) -> bool {
        matches!(said(error), Some((_, 400 | 403 | 404)))
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

/// What a Matrix server said no with. A gateway before it, or a page in its place, may answer with
/// any status, and that is no word of the server's (Client-Server API, section "Standard error
/// response").
fn said(error: &HttpError) -> Option<(&ErrorKind, u16)> {
    let api = error.as_client_api_error()?;
    api.error_kind().map(|kind| (kind, api.status_code.as_u16()))
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
            matches!(said(http), Some((_, 400 | 401 | 403 | 404)))
        }
        RefreshTokenError::OAuth(oauth) => oauth::is_over(oauth),
    };
    if over { NetworkError::SignedOut } else { NetworkError::Unreachable }
}

fn of_api(error: &HttpError) -> Option<NetworkError> {
    if matches!(error.as_ruma_api_error(), Some(UiaaResponse::AuthResponse(_))) {
        return Some(NetworkError::SignInRefused);
    }
    let status = status(error)?;
    let Some((kind, _)) = said(error) else {
        return Some(match status {
            413 => NetworkError::AboveLimit { limit: 0 },
            429 => NetworkError::TooManyRequests { after: None },
            _ => NetworkError::Unreachable,
        });
    };
    Some(match (kind, status) {
        (ErrorKind::LimitExceeded(limit), _) => {
            let after = limit.retry_after.as_ref().map(|after| match after {
                RetryAfter::Delay(delay) => *delay,
                RetryAfter::DateTime(at) => at
                    .duration_since(SystemTime::UNIX_EPOCH)
                    .map_or(Duration::ZERO, |_| Duration::from_secs(60)),
            });
            NetworkError::TooManyRequests { after }
        }
        (ErrorKind::UnknownToken(_) | ErrorKind::MissingToken, _) => NetworkError::SignedOut,
        (ErrorKind::TooLarge, _) | (_, 413) => NetworkError::AboveLimit { limit: 0 },
        (ErrorKind::UserDeactivated, _) => NetworkError::SignInRefused,
        (_, 401) => NetworkError::SignedOut,
        (_, 429) => NetworkError::TooManyRequests { after: None },
        (ErrorKind::Forbidden, _) | (_, 403) => NetworkError::NotAllowed,
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

#[cfg(test)]
mod tests {
    use matrix_sdk::ruma::api::EndpointError as _;
    use matrix_sdk::ruma::api::error::FromHttpResponseError;
    use matrix_sdk::ruma::exports::http::Response;

    use super::*;

    fn answered(status: u16, body: &str) -> HttpError {
        let answer = Response::builder().status(status).body(body.as_bytes().to_vec());
        let said = UiaaResponse::from_http_response(answer.expect("an answer"));
        HttpError::Api(Box::new(FromHttpResponseError::Server(said)))
    }

    const PAGE: &str = "<html><body><h1>Proxy</h1></body></html>";

    #[test]
    fn only_the_servers_own_words_end_a_sign_in_or_take_a_thing_for_gone() {
        for status in [400, 401, 403, 404, 502] {
            for body in [PAGE, "{}", "\"nej\""] {
                let error = answered(status, body);
                assert!(!NetworkError::is_not_found(&error), "{status} {body}");
                assert!(!NetworkError::is_refusal(&error), "{status} {body}");
                let renewed =
                    RefreshTokenError::MatrixAuth(std::sync::Arc::new(answered(status, body)));
                assert!(
                    matches!(of_refresh(renewed), NetworkError::Unreachable),
                    "{status} {body}"
                );
                assert!(matches!(error.into(), NetworkError::Unreachable), "{status} {body}");
            }
        }
        let gone = answered(404, r#"{"errcode": "M_NOT_FOUND", "error": "No"}"#);
        assert!(NetworkError::is_not_found(&gone) && NetworkError::is_refusal(&gone));
        assert!(matches!(gone.into(), NetworkError::NotFound));
        let over = answered(401, r#"{"errcode": "M_UNKNOWN_TOKEN", "error": "No"}"#);
        assert!(matches!(over.into(), NetworkError::SignedOut));
    }

    #[test]
    fn a_gateway_that_asks_for_patience_or_refuses_a_size_is_understood() {
        assert!(matches!(
            answered(429, PAGE).into(),
            NetworkError::TooManyRequests { after: None }
        ));
        assert!(matches!(answered(413, PAGE).into(), NetworkError::AboveLimit { .. }));
    }
}
