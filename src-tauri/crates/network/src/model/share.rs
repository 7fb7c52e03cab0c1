//! What a leader sends.

use chrono::NaiveDate;
use fristed_base::{EntryId, Moment};

/// The language of what other programs show of a thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Lang {
    /// Danish.
    #[default]
    Danish,
    /// English.
    English,
}

/// Something to be sent to a network.
#[derive(Debug, Clone)]
pub struct NewShare {
    /// Where to.
    pub room: String,
    /// What.
    pub subject: Subject,
    /// The files that go along, with what they tell of their making taken out. They have no names:
    /// [`crate::neutral_name`] gives those that they are sent with.
    pub files: Vec<NewFile>,
    /// The entry that it is a copy of, and the version of it. Neither leaves the vault.
    pub entry: Option<(EntryId, u32)>,
    /// A part of that entry's text, and not all of it. This does not leave the vault either.
    pub excerpt: bool,
    /// For what other programs show.
    pub lang: Lang,
    /// It is not sent before; until then it can be called back. None: it is sent at once.
    pub not_before: Option<Moment>,
    /// Who may read it, by address, as the leader was shown: others who are there when it would be
    /// sent let it wait until she was asked. None: whoever is in the network.
    pub readers: Option<Vec<String>>,
}

/// A new version of something that was shared.
#[derive(Debug, Clone)]
pub struct NewVersion {
    /// What it is now; of the same kind as before.
    pub subject: Subject,
    /// The version of the entry that it is a copy of.
    pub entry_version: Option<u32>,
    /// As of [`NewShare`].
    pub excerpt: bool,
    /// For what other programs show.
    pub lang: Lang,
    /// As of [`NewShare`].
    pub not_before: Option<Moment>,
    /// As of [`NewShare`].
    pub readers: Option<Vec<String>>,
}

/// What is sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Subject {
    /// A shared entry.
    Reflection {
        /// The title; may be empty.
        title: String,
        /// The Markdown as it leaves.
        markdown: String,
        /// The day, where it is told.
        day: Option<NaiveDate>,
    },
    /// Something promised.
    Commitment {
        /// Who promised.
        who: String,
        /// What.
        what: String,
        /// By when.
        due: Option<NaiveDate>,
    },
    /// The network's ground rules.
    Contract {
        /// Their version.
        version: u32,
        /// Their text.
        text: String,
    },
    /// A meeting, by iTIP.
    Meeting {
        /// What other programs show: its title and when it is, in words.
        summary: String,
        /// REQUEST or CANCEL.
        ics: String,
    },
}

/// A file that goes along.
#[derive(Clone, PartialEq, Eq)]
pub struct NewFile {
    /// Its media type.
    pub media_type: String,
    /// The bytes as they leave.
    pub bytes: Vec<u8>,
}

impl std::fmt::Debug for NewFile {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "NewFile({}, {} bytes)", self.media_type, self.bytes.len())
    }
}
