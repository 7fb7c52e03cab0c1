//! What comes from a server, and what became of it.

use fristed_base::ItemId;
use serde_json::Value;

use super::NoKey;

/// One event of a room, as it came.
#[derive(Debug, Clone)]
pub struct Incoming {
    /// Its id.
    pub event: String,
    /// Who sent it, as the server and the keys say.
    pub sender: String,
    /// When, as the server says, in milliseconds since 1970.
    pub at: i64,
    /// What it is.
    pub what: What,
}

/// What an event is.
#[derive(Debug, Clone)]
pub enum What {
    /// It came encrypted and was opened; its sender's device is hers. What came in clear is never
    /// handed in as this.
    Clear {
        /// Its type.
        event_type: String,
        /// Its content; untrusted.
        content: Value,
        /// The transaction id, where this computer sent it.
        txn: Option<String>,
    },
    /// It is encrypted, and its key is not here.
    Waiting {
        /// Why the key may never come; none where it is on its way.
        why: Option<NoKey>,
    },
    /// It came after it was redacted: nothing of it is left.
    Redacted {
        /// Who redacted it; none where the server does not say, which counts as the sender.
        by: Option<String>,
        /// When, in milliseconds since 1970; when it was sent, where the server does not say.
        at: i64,
    },
    /// It redacts another.
    Redaction {
        /// The event that it redacts.
        of: String,
        /// Whether its sender may redact what others sent.
        by_may_remove_others: bool,
    },
}

/// What became of what came.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Taken {
    /// Things that were not here before and can be read, by others, in no special order.
    pub new: Vec<ItemId>,
    /// Things that are other than before: edited, answered, withdrawn, opened, sent.
    pub changed: Vec<ItemId>,
    /// Things that are none any more: what was waiting turned out to be a part of another.
    pub gone: Vec<ItemId>,
    /// Calendar texts, for the leader's calendar.
    pub itip: Vec<Itip>,
    /// The outbox is other than before.
    pub outbox: bool,
}

/// An iTIP text that came through a room.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Itip {
    /// The room.
    pub room: String,
    /// The meeting in the feed that it is about.
    pub item: ItemId,
    /// Who sent it.
    pub sender: String,
    /// The leader sent it herself, from another computer.
    pub mine: bool,
    /// The text.
    pub ics: String,
    /// An answer (REPLY); otherwise REQUEST or CANCEL.
    pub is_answer: bool,
}

/// An event whose key is not here.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Waiting {
    /// The room.
    pub room: String,
    /// The event.
    pub event: String,
}

/// A text that was too long for an event and has to be fetched.
#[derive(Debug, Clone, PartialEq)]
pub struct TextWanted {
    /// The room.
    pub room: String,
    /// The event.
    pub event: String,
    /// The specification's `EncryptedFile`.
    pub source: Value,
    /// Bytes beyond which it is not to be fetched.
    pub limit: usize,
}
