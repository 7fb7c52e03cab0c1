//! How a command fails: a code, an exit code, and a line on standard error.

use std::io;
use std::path::{Path, PathBuf};

use fristed_app::AppError;
use fristed_app::wire::{ErrorCode, Language, Unreadable};

use crate::words;

/// A command that could not be carried out. It never holds a word of the journal.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// A use case failed.
    #[error("{0}")]
    App(#[from] AppError),
    /// A key is needed, no file was named, and there is no terminal to ask on.
    #[error("no terminal")]
    NoTerminal,
    /// The passphrase typed the second time is not the first one.
    #[error("the two differ")]
    NotTheSame,
    /// The passphrase is empty.
    #[error("empty passphrase")]
    EmptyPassphrase,
    /// `edit` was given nothing to change.
    #[error("nothing to change")]
    NothingToChange,
    /// A date or time that no calendar holds.
    #[error("bad time")]
    BadTime,
    /// There is no such template; the ids of those that there are.
    #[error("no such template")]
    NoTemplate(Vec<String>),
    /// Standard input is no UTF-8.
    #[error("not text")]
    NotText,
    /// Standard input holds more than a text may.
    #[error("text too large")]
    TextTooLarge,
    /// A file that was named cannot be read.
    #[error("cannot read a file")]
    File(PathBuf, #[source] io::Error),
    /// Standard input cannot be read.
    #[error("cannot read standard input")]
    Input(#[source] io::Error),
    /// Standard output cannot be written.
    #[error("cannot write standard output")]
    Output(#[source] io::Error),
    /// `check` found damage, which it has printed already.
    #[error("damage found")]
    DamageFound,
    /// `export` wrote what can be read of a damaged store, and left this out.
    #[error("something cannot be read")]
    LeftOut(Unreadable),
    /// Something about sharing with a network's peers.
    #[error(transparent)]
    Sharing(#[from] SharingFailure),
}

/// What keeps a command about sharing from being carried out. It never holds a word of what is
/// shared.
#[derive(Debug, thiserror::Error)]
pub enum SharingFailure {
    /// No shared network has this name; the names of those that there are.
    #[error("no such network")]
    NoNetwork(Vec<String>),
    /// Several have it; their ids.
    #[error("several networks")]
    SeveralNetworks(Vec<String>),
    /// No network of this name invites; the names of those that do.
    #[error("no such invitation")]
    NoInvitation(Vec<String>),
    /// Nothing in the feed has this id, or nothing of the leader's.
    #[error("no such thing in the feed")]
    NoItem,
    /// Nothing in the outbox has this id.
    #[error("nothing in the outbox")]
    NotWaiting,
    /// The entry has no such attachment.
    #[error("no such attachment")]
    NoAttachment,
    /// Nobody can be asked whether it shall be shared, and no option says so.
    #[error("not confirmed")]
    NotConfirmed,
    /// The server takes no password.
    #[error("no password")]
    NoPassword,
    /// The server has no such way to sign in through a browser; those that it has.
    #[error("no such place")]
    NoPlace(Vec<String>),
    /// The two have not confirmed each other.
    #[error("not verified")]
    NotVerified,
}

impl SharingFailure {
    const fn exit_code(&self) -> u8 {
        match self {
            Self::NotConfirmed | Self::NoPlace(_) => 2,
            _ => 1,
        }
    }

    const fn code(&self) -> &'static str {
        match self {
            Self::NoNetwork(_) => "noNetwork",
            Self::SeveralNetworks(_) => "severalNetworks",
            Self::NoInvitation(_) => "noInvitation",
            Self::NoItem | Self::NotWaiting | Self::NoAttachment => "notFound",
            Self::NotConfirmed => "notConfirmed",
            Self::NoPassword => "noPassword",
            Self::NoPlace(_) => "noPlace",
            Self::NotVerified => "notVerified",
        }
    }

    /// What the message names.
    #[must_use]
    pub(crate) fn named(&self) -> Option<String> {
        match self {
            Self::NoNetwork(names)
            | Self::SeveralNetworks(names)
            | Self::NoInvitation(names)
            | Self::NoPlace(names) => Some(names.join(", ")),
            _ => None,
        }
    }
}

impl From<ErrorCode> for Failure {
    fn from(code: ErrorCode) -> Self {
        Self::App(code.into())
    }
}

impl Failure {
    /// A file that was named and cannot be read.
    #[must_use]
    pub fn file(path: &Path, error: io::Error) -> Self {
        Self::File(path.to_path_buf(), error)
    }

    /// True where whoever read standard output has gone away, which is no failure to speak of.
    #[must_use]
    pub fn is_broken_pipe(&self) -> bool {
        matches!(self, Self::Output(error) if error.kind() == io::ErrorKind::BrokenPipe)
    }

    /// The process's exit code.
    #[must_use]
    pub const fn exit_code(&self) -> u8 {
        match self {
            Self::App(error) => exit_code(error.code),
            Self::NoTerminal | Self::NothingToChange | Self::BadTime | Self::NoTemplate(_) => 2,
            Self::DamageFound | Self::LeftOut(_) => 4,
            Self::Sharing(failure) => failure.exit_code(),
            Self::NotTheSame
            | Self::EmptyPassphrase
            | Self::NotText
            | Self::TextTooLarge
            | Self::File(..)
            | Self::Input(_)
            | Self::Output(_) => 1,
        }
    }

    /// The stable name of what happened.
    #[must_use]
    pub fn code(&self) -> String {
        match self {
            Self::App(error) => name(error.code),
            Self::NoTerminal => "noTerminal".into(),
            Self::NotTheSame => "notTheSame".into(),
            Self::EmptyPassphrase => name(ErrorCode::PassphraseTooWeak),
            Self::NothingToChange => "nothingToChange".into(),
            Self::BadTime => name(ErrorCode::BadTime),
            Self::NoTemplate(_) => "noTemplate".into(),
            Self::NotText => "notText".into(),
            Self::TextTooLarge => name(ErrorCode::TextTooLarge),
            Self::File(..) => "fileUnreadable".into(),
            Self::Input(_) | Self::Output(_) => name(ErrorCode::Io),
            Self::DamageFound | Self::LeftOut(_) => name(ErrorCode::Damaged),
            Self::Sharing(failure) => failure.code().into(),
        }
    }

    /// What happened and what to do, for standard error.
    #[must_use]
    pub fn line(&self, language: Language) -> String {
        format!("fristed: {} [{}]", words::failure(self, language), self.code())
    }
}

/// The exit code of a use case's error.
const fn exit_code(code: ErrorCode) -> u8 {
    match code {
        ErrorCode::WrongKey | ErrorCode::RecoveryKeyMistyped => 3,
        ErrorCode::Damaged | ErrorCode::KeysDamaged => 4,
        ErrorCode::InUse => 5,
        ErrorCode::NoSpace | ErrorCode::NotWritable => 6,
        _ => 1,
    }
}

/// The name of a code as it is everywhere else: `wrongKey`.
fn name(code: ErrorCode) -> String {
    match serde_json::to_value(code) {
        Ok(serde_json::Value::String(name)) => name,
        _ => format!("{code:?}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_exit_codes_are_those_of_the_design() {
        for (code, exit) in [
            (ErrorCode::NotFound, 1),
            (ErrorCode::VaultExists, 1),
            (ErrorCode::Newer, 1),
            (ErrorCode::WrongKey, 3),
            (ErrorCode::RecoveryKeyMistyped, 3),
            (ErrorCode::Damaged, 4),
            (ErrorCode::KeysDamaged, 4),
            (ErrorCode::InUse, 5),
            (ErrorCode::NoSpace, 6),
            (ErrorCode::NotWritable, 6),
        ] {
            assert_eq!(Failure::from(code).exit_code(), exit, "{code:?}");
        }
        assert_eq!(Failure::NoTerminal.exit_code(), 2);
        assert_eq!(Failure::LeftOut(Unreadable::default()).exit_code(), 4);
    }

    #[test]
    fn the_line_ends_with_the_stable_code() {
        let line = Failure::from(ErrorCode::WrongKey).line(Language::Da);
        assert!(line.starts_with("fristed: "), "{line}");
        assert!(line.ends_with(" [wrongKey]"), "{line}");
        assert_eq!(line.lines().count(), 1, "one error, one line");
    }
}
