//! Why an import or an export did not happen.

use std::io;

use fristed_journal::JournalError;

/// An error of an import or an export; nothing was changed, and it holds no content.
#[derive(Debug, thiserror::Error)]
pub enum ExchangeError {
    /// The file or folder is of no kind that is read here.
    #[error("no kind of file that is read here")]
    UnknownFormat,
    /// The file is broken: cut short, not what its name says, or nested too deeply.
    #[error("the file is broken")]
    BadFile {
        /// The line, from 1, where reading ended; `None` where there are no lines.
        line: Option<usize>,
    },
    /// The file asks for more than the limits in [`crate::limits`] allow.
    #[error("the file is beyond a limit")]
    TooLarge,
    /// The place to export into holds something.
    #[error("the folder to export into is not empty")]
    NotEmpty,
    /// The caller stopped the work.
    #[error("stopped")]
    Cancelled,
    /// Reading or writing a file failed.
    #[error("reading or writing a file failed")]
    Io(#[from] io::Error),
    /// The journal could not be read or written.
    #[error(transparent)]
    Journal(JournalError),
}

impl ExchangeError {
    /// The error of a JSON document, without the piece of content that its own message may hold.
    pub(crate) fn json(error: &serde_json::Error) -> Self {
        Self::BadFile { line: (error.line() > 0).then_some(error.line()) }
    }
}

impl From<JournalError> for ExchangeError {
    fn from(error: JournalError) -> Self {
        match error {
            JournalError::Cancelled => Self::Cancelled,
            JournalError::Io(error) => Self::Io(error),
            other => Self::Journal(other),
        }
    }
}

/// What the functions of this crate give back.
pub type Result<T, E = ExchangeError> = std::result::Result<T, E>;
