//! What travels: ordinary Matrix events that any program can show, with fields of Fristed's own in
//! them (decision 17).
//!
//! Building and reading are pure. What is read is somebody else's: it is bounded everywhere, and
//! nothing in it says who sent it, when, or as which event.

mod build;
mod copy;
mod html;
mod read;
#[cfg(test)]
mod tests;
mod words;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::model::{FeedKind, Sign};

pub(crate) use build::{Built, Related, build, file, is_long, long, long_file, nothing, related};
pub(crate) use copy::CopyId;
pub(crate) use read::{Read, Relation, is_event_id, read, read_long};
pub use words::neutral_name;

/// The version of the fields; others cannot be read.
const VERSION: u64 = 1;

/// The longest title, in characters.
pub(crate) const TITLE_LIMIT: usize = 500;
/// The longest Markdown, in bytes.
pub(crate) const MARKDOWN_LIMIT: usize = 5_000_000;
/// The longest calendar text, in bytes.
pub(crate) const ICS_LIMIT: usize = 256_000;
/// The longest plain text and the longest contract, in bytes.
pub(crate) const TEXT_LIMIT: usize = 60_000;
/// The longest name and the longest promise, in characters.
pub(crate) const LINE_LIMIT: usize = 2_000;
/// The longest `EncryptedFile` as JSON, in bytes.
const SOURCE_LIMIT: usize = 4_000;

/// A long text's file: its Markdown, each character escaped at worst, and what is around it.
pub(crate) const LONG_LIMIT: usize = 6 * MARKDOWN_LIMIT + 10_000;

const REFLECTION: &str = "dk.fristed.reflection";
const REPLY: &str = "dk.fristed.reply";
const FILE: &str = "dk.fristed.file";
const SIGN: &str = "dk.fristed.reaction";
const MEETING: &str = "dk.fristed.meeting";
const ANSWER: &str = "dk.fristed.answer";
const COMMITMENT: &str = "dk.fristed.commitment";
const CONTRACT: &str = "dk.fristed.contract";
pub(crate) const MESSAGE: &str = "m.room.message";
/// The type of what takes the place of an event that may have been sent and was taken back.
const NOTHING: &str = "dk.fristed.nothing";

/// What is in an event, as it is kept.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub(crate) enum Content {
    /// A text from another program.
    Message { body: String },
    /// A shared entry.
    Reflection { title: String, markdown: String, day: Option<NaiveDate> },
    /// A shared entry whose text has to be fetched.
    Long { title: String, source: Value },
    /// A text in a thread.
    Reply { body: String },
    /// A file that goes along with the copy `of`.
    File { of: CopyId, name: String, media_type: String, size: u64, source: Value },
    /// A sign.
    Sign { sign: SignName },
    /// A meeting.
    Meeting { ics: String },
    /// An answer to a meeting.
    Answer { ics: String },
    /// Something promised.
    Commitment { who: String, what: String, due: Option<NaiveDate> },
    /// The ground rules.
    Contract { version: u32, text: String },
}

/// How a sign is called in an event and in the store.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum SignName {
    Thanks,
    Familiar,
    Talk,
    Agreed,
}

impl From<Sign> for SignName {
    fn from(sign: Sign) -> Self {
        match sign {
            Sign::Thanks => Self::Thanks,
            Sign::Familiar => Self::Familiar,
            Sign::Talk => Self::Talk,
            Sign::Agreed => Self::Agreed,
        }
    }
}

impl From<SignName> for Sign {
    fn from(sign: SignName) -> Self {
        match sign {
            SignName::Thanks => Self::Thanks,
            SignName::Familiar => Self::Familiar,
            SignName::Talk => Self::Talk,
            SignName::Agreed => Self::Agreed,
        }
    }
}

impl Content {
    /// What a feed shows it as; none where it is a part of something else.
    pub(crate) const fn feed_kind(&self) -> Option<FeedKind> {
        match self {
            Self::Message { .. } => Some(FeedKind::Message),
            Self::Reflection { .. } | Self::Long { .. } => Some(FeedKind::Reflection),
            Self::Reply { .. } => Some(FeedKind::Reply),
            Self::Meeting { .. } => Some(FeedKind::Meeting),
            Self::Commitment { .. } => Some(FeedKind::Commitment),
            Self::Contract { .. } => Some(FeedKind::Contract),
            Self::File { .. } | Self::Sign { .. } | Self::Answer { .. } => None,
        }
    }

    /// Whether this may be a new version of something of that kind.
    pub(crate) fn may_replace(&self, kind: FeedKind) -> bool {
        match self.feed_kind() {
            Some(FeedKind::Message | FeedKind::Reply) => {
                matches!(kind, FeedKind::Message | FeedKind::Reply)
            }
            own => own == Some(kind),
        }
    }

    /// Title and text as they are shown and searched.
    pub(crate) fn shown(&self) -> (&str, &str) {
        match self {
            Self::Message { body } | Self::Reply { body } => ("", body),
            Self::Reflection { title, markdown, .. } => (title, markdown),
            Self::Commitment { what, .. } => (what, ""),
            Self::Contract { text, .. } => ("", text),
            Self::Long { .. }
            | Self::File { .. }
            | Self::Sign { .. }
            | Self::Meeting { .. }
            | Self::Answer { .. } => ("", ""),
        }
    }
}
