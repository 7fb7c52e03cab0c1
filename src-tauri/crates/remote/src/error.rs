//! What can go wrong with a server, as far as a caller can do something about it.

use std::error::Error;

use ::http::StatusCode;
use libdav::dav::{RequestError, WebDavError};

/// An error of a server or on the way to it; never with an address, a name or a password.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RemoteError {
    /// The server does not answer, or there is no network.
    #[error("the server does not answer")]
    Unreachable,
    /// The server does not take the name or the password.
    #[error("the name or the password is not taken")]
    SignInRefused,
    /// The address is of a kind that is not fetched from, or leads to one.
    #[error("the address is not fetched from")]
    AddressRefused,
    /// The certificate is not trusted.
    #[error("the certificate is not trusted")]
    CertificateBad,
    /// There is no calendar at the address.
    #[error("there is no calendar at the address")]
    NotACalendar,
    /// The server said no, or something that cannot be understood.
    #[error("the server said no ({0})")]
    Refused(u16),
    /// The answer is above the most that is taken in.
    #[error("the answer is above {limit} bytes")]
    TooLarge {
        /// The bytes that there may be.
        limit: usize,
    },
    /// Whoever asked does not want to know any more.
    #[error("it was stopped")]
    Stopped,
}

/// What the functions of this crate give back.
pub type Result<T, E = RemoteError> = std::result::Result<T, E>;

/// A name that leads to where it may not.
#[derive(Debug, thiserror::Error)]
#[error("the name leads to where it may not")]
pub(crate) struct NotAllowed;

impl RemoteError {
    /// The answer that a status is, where it is none of success.
    pub(crate) fn of_status(status: StatusCode) -> Self {
        match status.as_u16() {
            401 => Self::SignInRefused,
            404 | 410 => Self::NotACalendar,
            408 | 425 | 429 | 500 | 502 | 503 | 504 => Self::Unreachable,
            other => Self::Refused(other),
        }
    }

    /// What lies beneath a failed connection.
    pub(crate) fn of_connection(error: &(dyn Error + 'static)) -> Self {
        let mut next = Some(error);
        while let Some(one) = next {
            if one.is::<NotAllowed>() {
                return Self::AddressRefused;
            }
            if let Some(tls) = one.downcast_ref::<rustls::Error>() {
                return Self::of_tls(tls);
            }
            // An I/O error names what it wraps by a way of its own.
            if let Some(inner) = one.downcast_ref::<std::io::Error>().and_then(|io| io.get_ref()) {
                match Self::of_connection(inner) {
                    Self::Unreachable => {}
                    known => return known,
                }
            }
            next = one.source();
        }
        Self::Unreachable
    }

    fn of_tls(error: &rustls::Error) -> Self {
        match error {
            rustls::Error::InvalidCertificate(_)
            | rustls::Error::NoCertificatesPresented
            | rustls::Error::UnsupportedNameType
            | rustls::Error::InvalidCertRevocationList(_)
            | rustls::Error::PeerIncompatible(_) => Self::CertificateBad,
            _ => Self::Unreachable,
        }
    }
}

impl From<RequestError<Self>> for RemoteError {
    fn from(error: RequestError<Self>) -> Self {
        match error {
            RequestError::Client(own) => own,
            RequestError::Http(_) => Self::Unreachable,
        }
    }
}

impl From<WebDavError<Self>> for RemoteError {
    fn from(error: WebDavError<Self>) -> Self {
        match error {
            WebDavError::Request(request) => request.into(),
            WebDavError::BadStatusCode(status) => Self::of_status(status),
            WebDavError::PreconditionFailed(_) => Self::Refused(412),
            // A page instead of an answer, or an answer without what it must have.
            WebDavError::Xml(_)
            | WebDavError::InvalidInput(_)
            | WebDavError::InvalidResponse(_) => Self::Refused(200),
        }
    }
}
