//! What is shown of a network's feed.

use chrono::NaiveDate;
use fristed_base::{EntryId, ItemId, Moment, SharedFileId};
use serde_json::Value;

use super::Trouble;

/// One thing in a feed.
#[derive(Debug, Clone, PartialEq)]
pub struct FeedItem {
    /// Its id in this vault.
    pub id: ItemId,
    /// The room.
    pub room: String,
    /// The event that it came as; none before it was sent.
    pub event: Option<String>,
    /// What it is.
    pub kind: FeedKind,
    /// Who sent it, as the server says; never what its content says.
    pub sender: String,
    /// The leader sent it, from here or from another computer.
    pub mine: bool,
    /// When it was sent; for what waits, when it was shared.
    pub sent_at: Moment,
    /// Its title, safe to show.
    pub title: String,
    /// Its Markdown; plain text where `plain`. Empty where it is not whole.
    pub body: String,
    /// Plain text.
    pub plain: bool,
    /// The day, where the sender told it.
    pub day: Option<NaiveDate>,
    /// When the version that is shown was sent, where it is not the first.
    pub edited_at: Option<Moment>,
    /// Not read yet.
    pub unread: bool,
    /// Whether it is whole.
    pub state: ItemState,
    /// The leader's own: how it stands with sending it.
    pub sending: Option<Sending>,
    /// How many replies, directly or to a reply.
    pub replies: u32,
    /// The signs given, each kind once.
    pub signs: Vec<Signs>,
    /// Files that go along.
    pub files: Vec<SharedFile>,
    /// The leader's own entry that it is a copy of.
    pub entry: Option<EntryId>,
    /// The version of that entry that was shared last.
    pub entry_version: Option<u32>,
    /// What is shown is an own copy of a part of that entry's text.
    pub excerpt: bool,
    /// What only some kinds have; none where it is not whole.
    pub detail: Option<Detail>,
}

/// What a thing in a feed is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum FeedKind {
    /// A shared entry.
    Reflection,
    /// A message, from Fristed or another program.
    Message,
    /// A reply to another.
    Reply,
    /// A meeting of the network.
    Meeting,
    /// Something promised.
    Commitment,
    /// The network's ground rules.
    Contract,
}

impl FeedKind {
    /// All, in the order of their numbers in the store.
    pub const ALL: [Self; 6] = [
        Self::Reflection,
        Self::Message,
        Self::Reply,
        Self::Meeting,
        Self::Commitment,
        Self::Contract,
    ];
}

/// What only some kinds of things have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Detail {
    /// Of a meeting.
    Meeting {
        /// The iTIP text (RFC 5546), REQUEST or CANCEL, as it came.
        ics: String,
        /// Everybody's last answer, by address.
        answers: Vec<Answer>,
    },
    /// Of something promised; what was promised is the title.
    Commitment {
        /// Who promised, as the sender wrote it.
        who: String,
        /// By when.
        due: Option<NaiveDate>,
    },
    /// Of the ground rules.
    Contract {
        /// Their version.
        version: u32,
    },
}

/// What somebody answered to a meeting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// Who sent it.
    pub by: String,
    /// When.
    pub at: Moment,
    /// The iTIP text, REPLY.
    pub ics: String,
}

/// Whether a thing in a feed is whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ItemState {
    /// It is.
    Whole,
    /// Its key, or its long text, has not come.
    Waiting {
        /// Why the key may never come; none where it is on its way.
        why: Option<NoKey>,
    },
    /// Its sender took it back.
    Withdrawn {
        /// When.
        at: Moment,
    },
    /// An organiser removed it.
    Removed {
        /// When.
        at: Moment,
        /// Who.
        by: String,
    },
    /// It cannot be shown: from a newer Fristed, or broken.
    Unreadable,
}

/// Why a key does not come. Where several are known, the last one counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum NoKey {
    /// The sender's program gave this computer no key, and said so.
    Withheld,
    /// It was sent to another computer of the leader's, and its keys are not in the vault.
    OtherComputer,
    /// The sender's computer is not shown to be hers.
    SenderNotSure,
}

impl NoKey {
    /// All, in the order of their numbers in the store.
    pub const ALL: [Self; 3] = [Self::Withheld, Self::SenderNotSure, Self::OtherComputer];
}

/// How it stands with sending something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sending {
    /// It can still be called back.
    Undoable {
        /// Until when.
        until: Moment,
    },
    /// It waits for the server.
    Waiting {
        /// When it is tried again; none where it is next.
        next_try: Option<Moment>,
        /// Why it was not sent.
        trouble: Option<Trouble>,
    },
    /// It is on its way.
    Now,
    /// It was sent.
    Sent,
    /// It could not be sent and waits for the leader.
    Failed {
        /// Why.
        trouble: Trouble,
    },
    /// Somebody came into the network since the leader chose to share it, and she is asked whether
    /// it is for them too.
    Asks {
        /// Who came, by address.
        newcomers: Vec<String>,
    },
    /// It is being taken back.
    Withdrawing,
}

/// Signs of one kind that were given to something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signs {
    /// Which.
    pub sign: Sign,
    /// Who gave it, by address.
    pub by: Vec<String>,
    /// Whether the leader did.
    pub mine: bool,
}

/// The signs that can be given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sign {
    /// Thank you.
    Thanks,
    /// I know this from my own work.
    Familiar,
    /// I would like to talk about it.
    Talk,
    /// I am in: to a contract, or to what was promised.
    Agreed,
}

impl Sign {
    /// All, in the order in which they are shown.
    pub const ALL: [Self; 4] = [Self::Thanks, Self::Familiar, Self::Talk, Self::Agreed];
}

/// A file that came along.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SharedFile {
    /// Its id in this vault.
    pub id: SharedFileId,
    /// The name that it was sent with, safe to show.
    pub name: String,
    /// Its media type as its sender says.
    pub media_type: String,
    /// Bytes, as its sender says.
    pub size: u64,
}

/// Where the bytes of a file are.
#[derive(Debug, Clone, PartialEq)]
pub struct SharedFileSource {
    /// The file.
    pub file: SharedFile,
    /// The room that it came in.
    pub room: String,
    /// The specification's `EncryptedFile`; none before it was uploaded.
    pub source: Option<Value>,
    /// The bytes of one's own that waits to be uploaded.
    pub bytes: Option<Vec<u8>>,
}

/// Some of a feed, newest first.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct FeedPage {
    /// From the offset asked for.
    pub items: Vec<FeedItem>,
    /// How many there are.
    pub total: u32,
}

/// A thing with what was said of it.
#[derive(Debug, Clone, PartialEq)]
pub struct FeedThread {
    /// The thing itself.
    pub item: FeedItem,
    /// The replies, oldest first.
    pub replies: Vec<FeedItem>,
    /// What was begun as a reply and not sent; empty where nothing was.
    pub draft: String,
}
