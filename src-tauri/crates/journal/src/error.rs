//! What can go wrong with a journal, as far as a caller can do something about it.

use fristed_vault::StoreError;

/// An error of the journal; never with a word of it.
#[derive(Debug, thiserror::Error)]
pub enum JournalError {
    /// No entry, revision or attachment has this id.
    #[error("it is not there")]
    NotFound,
    /// The text was saved elsewhere since the version that was handed in.
    #[error("the text is at version {version} by now")]
    Changed {
        /// The version in the store.
        version: u32,
    },
    /// The attachment is above [`crate::ATTACHMENT_LIMIT`] bytes.
    #[error("the attachment is too large")]
    AttachmentTooLarge,
    /// The title and the text together are above [`crate::TEXT_LIMIT`] bytes.
    #[error("the text is too large")]
    TextTooLarge,
    /// The caller stopped the work; nothing was changed.
    #[error("stopped")]
    Cancelled,
    /// What an attachment is read from, or written to, failed.
    #[error("reading or writing an attachment failed")]
    Io(#[from] std::io::Error),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<rusqlite::Error> for JournalError {
    fn from(error: rusqlite::Error) -> Self {
        match error {
            rusqlite::Error::QueryReturnedNoRows => Self::NotFound,
            other => Self::Store(StoreError::from(other)),
        }
    }
}

impl JournalError {
    /// True where a damaged page kept something back; what lies on other pages can be read.
    pub(crate) const fn is_damage(&self) -> bool {
        matches!(self, Self::Store(StoreError::Damaged))
    }
}

/// What the functions of this crate give back.
pub type Result<T, E = JournalError> = std::result::Result<T, E>;

/// Either the journal's own error or that of the caller whose closure or iterator runs inside.
pub(crate) enum Mixed<E> {
    /// The journal's.
    Own(JournalError),
    /// The caller's.
    Theirs(E),
}

impl<E: From<JournalError>> Mixed<E> {
    /// The caller's kind of error.
    pub(crate) fn into_theirs(self) -> E {
        match self {
            Self::Own(error) => E::from(error),
            Self::Theirs(error) => error,
        }
    }
}

impl<E> From<JournalError> for Mixed<E> {
    fn from(error: JournalError) -> Self {
        Self::Own(error)
    }
}

impl<E> From<StoreError> for Mixed<E> {
    fn from(error: StoreError) -> Self {
        Self::Own(error.into())
    }
}

impl<E> From<rusqlite::Error> for Mixed<E> {
    fn from(error: rusqlite::Error) -> Self {
        Self::Own(error.into())
    }
}
