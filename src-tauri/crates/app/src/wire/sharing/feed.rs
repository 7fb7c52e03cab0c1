//! What crosses to the interface of what was shared.

use serde::{Deserialize, Serialize};
use specta::Type;

use super::Peer;
use crate::wire::calendar::Reply;
use crate::wire::{DiffLine, ErrorCode};

/// One thing in a network's feed.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct FeedItem {
    /// Its id in this vault.
    pub id: String,
    /// The room.
    pub room: String,
    /// What it is.
    pub kind: FeedKind,
    /// Who sent it: the server's word for the sender, never the content's.
    pub sender: Peer,
    /// When it was sent; for what waits, when it was shared.
    pub sent_at: String,
    /// Its title.
    pub title: String,
    /// Its Markdown; plain text where `plain`. Empty where it is not whole.
    pub body: String,
    /// It has no Markdown: shown as plain text.
    pub plain: bool,
    /// The day, where the sender told it.
    pub day: Option<String>,
    /// When a new version of it was sent.
    pub edited_at: Option<String>,
    /// Not read yet.
    pub unread: bool,
    /// Whether it is whole.
    pub state: ItemState,
    /// The leader's own: how it stands with sending it. Another's that the leader removes: how it
    /// stands with that.
    pub sending: Option<Sending>,
    /// The server has it, so that it can be replied to.
    pub there: bool,
    /// How many replies.
    pub replies: u32,
    /// The signs given, each once.
    pub reactions: Vec<Reaction>,
    /// Files that go along.
    pub files: Vec<SharedFile>,
    /// The leader's own entry that it is a copy of.
    pub entry: Option<String>,
    /// It is a copy of a part of that entry's text.
    pub excerpt: bool,
    /// That entry was changed since: a new version may be shared.
    pub outdated: bool,
    /// A meeting that was called or called off.
    pub meeting: Option<FeedMeeting>,
    /// By whom, and by when, where it is something promised.
    pub promise: Option<FeedPromise>,
}

/// Of something promised, what its title does not say.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct FeedPromise {
    /// Who promised, as the sender wrote it.
    pub who: String,
    /// By when.
    pub due: Option<String>,
}

/// What a thing in a feed is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
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

/// Whether a thing in a feed is whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum ItemState {
    /// It is.
    Whole,
    /// Its key has not come.
    Waiting {
        /// Why it may never come; none where it is on its way.
        why: Option<NoKey>,
    },
    /// Its sender took it back.
    Withdrawn {
        /// When.
        at: String,
    },
    /// An organiser removed it.
    Removed {
        /// When.
        at: String,
        /// Who.
        by: Peer,
    },
    /// It cannot be shown: from a newer Fristed, or broken.
    Unreadable,
}

/// Why a key does not come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum NoKey {
    /// The sender's program gave this computer no key, and said so.
    Withheld,
    /// The sender's computer is not shown to be hers.
    SenderNotSure,
    /// It was sent to another computer of the leader's, and its keys are not in the vault.
    OtherComputer,
}

/// How it stands with sending something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Sending {
    /// It can still be called back.
    Undoable {
        /// Until when.
        until: String,
    },
    /// It waits for the server.
    Waiting {
        /// When it is tried again; none where it is next.
        next_try: Option<String>,
        /// Why it was not sent.
        trouble: Option<ErrorCode>,
    },
    /// It is on its way.
    Now,
    /// It was sent.
    Sent,
    /// It could not be sent and waits for the leader.
    Failed {
        /// Why.
        trouble: ErrorCode,
    },
    /// Somebody came into the network since the leader chose to share it: it waits until she says
    /// whether it is for them too.
    Asks {
        /// Who came.
        newcomers: Vec<Peer>,
    },
    /// It is being taken back.
    Withdrawing,
}

/// Signs of one kind that were given to something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Reaction {
    /// Which.
    pub sign: ReactionSign,
    /// Who gave it.
    pub by: Vec<Peer>,
    /// Whether the leader did.
    pub mine: bool,
}

/// The signs that can be given. Few and plain.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum ReactionSign {
    /// Thank you.
    Thanks,
    /// I know this from my own work.
    Familiar,
    /// I would like to talk about it.
    Talk,
    /// I am in: to a contract, or to what was promised.
    Agreed,
}

/// A file that came along.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SharedFile {
    /// Its id in this vault.
    pub id: String,
    /// Its name, made safe to show.
    pub name: String,
    /// Its media type as its sender says.
    pub media_type: String,
    /// Bytes.
    pub size: u32,
    /// Its picture can be shown.
    pub picture: bool,
}

/// A meeting that came through a network.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct FeedMeeting {
    /// Its title.
    pub title: String,
    /// When it begins.
    pub start: String,
    /// When it ends.
    pub end: String,
    /// Whether it takes whole days.
    pub all_day: bool,
    /// Where.
    pub location: String,
    /// What it is about; empty where nothing is said.
    pub description: String,
    /// Called off.
    pub cancelled: bool,
    /// What the leader answered; none where she has not.
    pub mine: Option<Reply>,
    /// Who comes, by answer.
    pub answers: Vec<MeetingAnswer>,
    /// Its event in the leader's calendar.
    pub event: Option<String>,
}

/// What somebody answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct MeetingAnswer {
    /// Who.
    pub peer: Peer,
    /// What; none where she has not answered.
    pub reply: Option<Reply>,
}

/// Some of a feed, newest first.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct FeedPage {
    /// From the offset asked for.
    pub items: Vec<FeedItem>,
    /// How many there are.
    pub total: u32,
}

/// A shared entry with what was said of it.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct FeedThread {
    /// The thing itself.
    pub item: FeedItem,
    /// The replies, oldest first.
    pub replies: Vec<FeedItem>,
    /// What was begun as a reply and not sent; empty where nothing was.
    pub draft: String,
}

/// What a new version would change in a shared copy.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ShareDifference {
    /// The title that the copy has.
    pub old_title: String,
    /// The title that the entry has.
    pub new_title: String,
    /// Line by line.
    pub lines: Vec<DiffLine>,
}

/// Something that waits to be sent, or could not be.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct OutboxRow {
    /// Its id.
    pub id: String,
    /// The thing in the feed that it is about.
    pub item: Option<String>,
    /// The network's name.
    pub network: String,
    /// What it does.
    pub what: OutboxWhat,
    /// The title of what it is about, of the leader's own.
    pub title: String,
    /// How it stands.
    pub sending: Sending,
}

/// What something in the outbox does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum OutboxWhat {
    /// Shares an entry.
    Share,
    /// Shares a new version.
    Edit,
    /// Replies.
    Reply,
    /// Gives a sign.
    React,
    /// Takes something back.
    Withdraw,
    /// Calls a meeting, changes it or calls it off.
    Meeting,
    /// Answers to a meeting.
    Answer,
    /// Tells of something promised, or of the contract.
    Tell,
    /// Removes what another shared.
    Remove,
}
