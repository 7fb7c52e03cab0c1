//! What can go wrong with sharing, as far as a caller can do something about it.

use std::time::Duration;

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
    /// The others have it until it is taken back, so that is not given up.
    #[error("the others still have it")]
    StillShared,
    /// It is longer than what may be sent.
    #[error("it is above the limit of {limit}")]
    TooLarge {
        /// The number of bytes that there may be.
        limit: usize,
    },
    /// There is nothing in it.
    #[error("it is empty")]
    Empty,
    /// The server does not answer, or answers nonsense.
    #[error("the server does not answer")]
    Unreachable,
    /// The address is of a kind that is not asked.
    #[error("the address is not asked")]
    AddressRefused,
    /// No Matrix server is at the address.
    #[error("there is no server for sharing")]
    NotAServer,
    /// The server lacks something that sharing needs.
    #[error("the server lacks {0}")]
    ServerLacks(&'static str),
    /// The server does not take the name or the password.
    #[error("the server refuses the sign-in")]
    SignInRefused,
    /// The server has signed this computer out.
    #[error("the server has signed this computer out")]
    SignedOut,
    /// The server asks for a pause.
    #[error("the server asks for a pause")]
    TooManyRequests {
        /// Of what length, where it says so.
        after: Option<Duration>,
    },
    /// The server said no, with this status.
    #[error("the server refused with {0}")]
    Refused(u16),
    /// The leader may not do that in this room.
    #[error("it is not allowed")]
    NotAllowed,
    /// Nobody has the address, or nothing shows that her computers are hers.
    #[error("there is nobody with this address")]
    NoSuchPeer,
    /// The code opens nothing.
    #[error("the code opens nothing")]
    CodeRefused,
    /// Somebody's identity is another than before.
    #[error("an identity changed")]
    IdentityChanged,
    /// This computer is not known for the leader's own yet.
    #[error("this computer is not known for the leader's")]
    IdentityMissing,
    /// The key that was typed opens no identity.
    #[error("the key opens nothing")]
    IdentityKeyWrong,
    /// The room is not encrypted, or shows its past to newcomers.
    #[error("the room is not fit for sharing")]
    NotEncrypted,
    /// A file is above what the server takes; 0 where it does not say how much that is.
    #[error("above the server's limit of {limit} bytes")]
    AboveLimit {
        /// In bytes.
        limit: u64,
    },
    /// A file is not what was shared.
    #[error("the file is damaged")]
    Damaged,
    /// The keys on the disk cannot be read or written.
    #[error("the keys cannot be read or written")]
    Keys,
    /// Waiting was ended from elsewhere.
    #[error("stopped")]
    Stopped,
    /// No browser could be opened.
    #[error("no browser could be opened")]
    NoBrowser,
    /// A fault in Fristed itself.
    #[error("a fault in sharing")]
    Internal,
    /// The disk failed.
    #[error(transparent)]
    Io(#[from] std::io::Error),
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

impl From<serde_json::Error> for NetworkError {
    fn from(_: serde_json::Error) -> Self {
        Self::Internal
    }
}
