//! What waits to be sent.

use fristed_base::{ItemId, JobId, OutboxId, SharedFileId};
use serde_json::Value;

use super::Sending;

/// A wish that was not carried out yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutboxRow {
    /// Its id.
    pub id: OutboxId,
    /// The room.
    pub room: String,
    /// What it is about; none where nothing of it is here any more.
    pub item: Option<ItemId>,
    /// What it does.
    pub what: OutboxWhat,
    /// The title of what it is about, where that is the leader's own.
    pub title: String,
    /// How it stands.
    pub sending: Sending,
}

/// What a wish does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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

impl OutboxWhat {
    /// Whether it takes something away from others and gives them nothing.
    pub(crate) fn is_ending(self) -> bool {
        matches!(self, Self::Withdraw | Self::Remove)
    }

    /// All, in the order of their numbers in the store.
    pub const ALL: [Self; 9] = [
        Self::Share,
        Self::Edit,
        Self::Reply,
        Self::React,
        Self::Withdraw,
        Self::Meeting,
        Self::Answer,
        Self::Tell,
        Self::Remove,
    ];
}

/// Why something was not sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// The server did not answer.
    Offline,
    /// It asks to be asked less.
    Busy,
    /// It has signed this computer out.
    SignedOut,
    /// The leader is not in that network any more, or may not send there.
    NotThere,
    /// It is above what the server takes.
    TooLarge,
    /// Somebody's identity changed, and the leader has not decided.
    IdentityChanged,
    /// The server refused it.
    Refused,
    /// It could not be encrypted.
    Keys,
    /// The vault was copied here; what waited in it may have been sent since, or taken back.
    FromCopy,
}

impl Trouble {
    /// All, in the order of their numbers in the store.
    pub const ALL: [Self; 9] = [
        Self::Offline,
        Self::Busy,
        Self::SignedOut,
        Self::NotThere,
        Self::TooLarge,
        Self::IdentityChanged,
        Self::Refused,
        Self::Keys,
        Self::FromCopy,
    ];
}

/// One thing to do at the server.
#[derive(Debug, Clone, PartialEq)]
pub struct Job {
    /// Its id.
    pub id: JobId,
    /// The room.
    pub room: String,
    /// The transaction id, the same each time that it is tried.
    pub txn: String,
    /// What to do.
    pub act: Act,
}

/// What a job does.
#[derive(Debug, Clone, PartialEq)]
pub enum Act {
    /// Sends an event, encrypted.
    Send {
        /// Its type.
        event_type: String,
        /// Its content.
        content: Value,
    },
    /// Encrypts and uploads bytes; the answer is for [`crate::Sharing::job_uploaded`].
    Upload {
        /// Which file.
        file: SharedFileId,
        /// The bytes.
        bytes: Vec<u8>,
        /// The media type, for the server's limits; it is not told to the server.
        media_type: String,
    },
    /// Redacts an event; without a reason, which would go in clear.
    Redact {
        /// Which.
        event: String,
    },
}
