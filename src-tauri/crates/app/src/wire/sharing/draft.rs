//! What crosses to the interface of what is about to be shared.

use serde::{Deserialize, Serialize};
use specta::Type;

use super::Peer;

/// What is about to be shared.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ShareDraft {
    /// The entry that it is from.
    pub entry: String,
    /// The room that it goes to.
    pub room: String,
    /// The title as it leaves; may be empty.
    pub title: String,
    /// The Markdown as it leaves.
    pub body: String,
    /// Whether it is a part of the entry's text, and not all of it; kept here, and not told.
    pub excerpt: bool,
    /// Whether the entry's day is told.
    pub tell_day: bool,
    /// The attachments that go along.
    pub attachments: Vec<String>,
}

/// Exactly what would leave, and who would read it.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SharePreview {
    /// The title.
    pub title: String,
    /// The Markdown, without references to attachments that stay here.
    pub body: String,
    /// The day, where it is told.
    pub day: Option<String>,
    /// The attachments that go along.
    pub attachments: Vec<ShareFile>,
    /// The entry's attachments that stay.
    pub left_out: Vec<ShareFile>,
    /// Who will be able to read it.
    pub readers: Vec<Peer>,
    /// Those in the network who will not, since nothing shows that their computers are theirs.
    pub not_readers: Vec<Peer>,
    /// Names of people in title and text.
    pub names: Vec<NameFound>,
    /// Why it cannot be sent as it is; none where it can.
    pub obstacle: Option<Obstacle>,
}

/// A file that goes along.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ShareFile {
    /// The attachment's id.
    pub id: String,
    /// The name that it leaves with: its own is not told.
    pub name: String,
    /// Its media type.
    pub media_type: String,
    /// Bytes, as it leaves.
    pub size: u32,
    /// Whether something about where and with what it was made is taken out of it.
    pub stripped: bool,
}

/// A name of somebody in a text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct NameFound {
    /// In the title; otherwise in the body.
    pub in_title: bool,
    /// Where it begins, in UTF-16 units.
    pub from: u32,
    /// Where it ends.
    pub to: u32,
    /// The name as written.
    pub text: String,
    /// What it may be replaced by: the initials, with the ending kept (`K.s`).
    pub initials: String,
    /// Why it is taken for one.
    pub why: NameRule,
}

/// Why a word is taken for a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum NameRule {
    /// Somebody in a network has it.
    Member,
    /// It looks like a name: a capital letter where no sentence begins, or a common given name.
    Capital,
}

/// Why something cannot be sent as it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum Obstacle {
    /// It is empty.
    Empty,
    /// A file is above what the server takes.
    TooLarge {
        /// The server's limit in bytes.
        limit: u32,
    },
    /// Somebody's identity changed.
    Changed,
    /// Nobody is signed in, or the leader is not in that network any more.
    NotThere,
}
