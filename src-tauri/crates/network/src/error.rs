//! What can go wrong with sharing, as far as a caller can do something about it.

use fristed_vault::StoreError;

/// An error of sharing; never with a word of what is shared, nor with anybody's name.
#[derive(Debug, thiserror::Error)]
pub enum NetworkError {
    /// Nothing has this id, or it is not in that room.
    #[error("it is not there")]
    NotFound,
    /// Nobody is signed in on this computer.
    #[error("nobody is signed in")]
    NotSignedIn,
    /// The leader is not in that network, or not any more.
    #[error("she is not in that network")]
    NotThere,
    /// It was tried to be sent, so it can only be taken back from everybody.
    #[error("it was sent already")]
    AlreadySent,
    /// It was not sent yet, so nobody can answer to it.
    #[error("it was not sent yet")]
    NotSent,
    /// It is another's, or it was taken back or removed, so it cannot be changed.
    #[error("it cannot be changed")]
    NotYours,
    /// It is longer than what may be sent.
    #[error("it is above the limit of {limit}")]
    TooLarge {
        /// The number of bytes that there may be.
        limit: usize,
    },
    /// There is nothing in it.
    #[error("it is empty")]
    Empty,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<rusqlite::Error> for NetworkError {
    fn from(error: rusqlite::Error) -> Self {
        match error {
            rusqlite::Error::QueryReturnedNoRows => Self::NotFound,
            other => Self::Store(StoreError::from(other)),
        }
    }
}

/// What the functions of this crate give back.
pub type Result<T, E = NetworkError> = std::result::Result<T, E>;
