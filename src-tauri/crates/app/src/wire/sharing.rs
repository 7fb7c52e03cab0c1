//! What crosses to the interface of sharing with a network's peers.

use fristed_base::Secret;
use serde::{Deserialize, Serialize};
use specta::Type;

use super::{DiffLine, ErrorCode};

/// How sharing stands on this computer.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SharingStatus {
    /// Who is signed in; none where nobody is, and then no packet leaves.
    pub account: Option<SharingAccount>,
    /// How it stands with the server.
    pub connection: Connection,
    /// Why the last try did not go well; none after a good one.
    pub trouble: Option<ErrorCode>,
    /// When the server is tried again, where it did not answer.
    pub next_try: Option<String>,
    /// Whether what was shared before can be read here, and others know this computer for hers.
    pub identity: Identity,
    /// How many things wait to be sent.
    pub waiting: u32,
    /// How many things could not be sent and wait for the leader.
    pub failed: u32,
    /// Shared entries and replies that are unread, in all networks.
    pub unread: u32,
}

/// An account on a server.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SharingAccount {
    /// The address that others invite (`@karla:kommune.dk`).
    pub user: String,
    /// The name that others see.
    pub name: String,
    /// The server's address.
    pub server: String,
}

/// How it stands with the server.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum Connection {
    /// Nobody is signed in.
    Off,
    /// It is being asked.
    Connecting,
    /// It answers.
    Online,
    /// It does not answer; it is tried again.
    Offline,
    /// The server has signed this computer out; everything that was here is kept.
    SignedOut,
}

/// Whether this computer is known for the leader's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum Identity {
    /// Nobody is signed in, or it is not known yet.
    Unknown,
    /// It is.
    Ready,
    /// The server says that the account has an identity already, and its key is not in this vault:
    /// the leader is asked what to do.
    Elsewhere,
}

/// What the leader does where her account has an identity already.
#[derive(Debug, Deserialize, Type)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum IdentityAnswer {
    /// She types the key that another program gave her for it.
    Key {
        /// The key as typed.
        #[serde(deserialize_with = "super::sharing::secret")]
        #[specta(type = String)]
        key: Secret,
    },
    /// She begins anew: what was shared with her before cannot be read here, and her peers are
    /// asked whether it is really her.
    Anew {
        /// Her password, which the server asks for; empty where she signs in by the browser.
        #[serde(deserialize_with = "super::sharing::secret")]
        #[specta(type = String)]
        password: Secret,
    },
}

/// How one may sign in at a server.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ServerOffer {
    /// The server's address, as found.
    pub server: String,
    /// By name and password.
    pub password: bool,
    /// By single sign-on in the browser; the places to sign in at, often one.
    pub sign_on: Vec<SignOn>,
}

/// A place to sign in at by the browser.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SignOn {
    /// Its id; empty where the server has but one.
    pub id: String,
    /// Its name, made safe to show.
    pub name: String,
}

/// A network that is shared, or an invitation to one.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SharedNetwork {
    /// The room's id; what commands about sharing are given.
    pub room: String,
    /// The network here that it belongs to; none for an invitation.
    pub network: Option<String>,
    /// Its name, made safe to show.
    pub name: String,
    /// Whether the leader is in it.
    pub standing: Standing,
    /// Who invited, where it is an invitation.
    pub invited_by: Option<Peer>,
    /// Whether leaders on other servers can be in it.
    pub federated: bool,
    /// Whether the leader may invite, remove and show a code.
    pub organiser: bool,
    /// Everybody in it or invited to it; the leader first, then by name.
    pub peers: Vec<Peer>,
    /// Those who typed its code and ask to be let in.
    pub asking: Vec<Peer>,
    /// The code that is shown just now.
    pub code: Option<InviteCode>,
    /// Unread entries and replies.
    pub unread: u32,
    /// Peers whose identity changed: nothing is sent until the leader decided about each.
    pub stopped_by: Vec<Peer>,
}

/// Whether the leader is in a shared network.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum Standing {
    /// She is invited.
    Invited,
    /// She typed a code and waits to be let in.
    Asking,
    /// She is in it.
    Joined,
    /// She left or was removed; what was shared before stays readable here.
    Left,
}

/// Somebody in a shared network.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Peer {
    /// The address.
    pub user: String,
    /// The name, made safe to show; two of the same name are told apart by their addresses.
    pub name: String,
    /// Whether it is the leader herself.
    pub you: bool,
    /// Whether the two have verified each other.
    pub trust: Trust,
    /// Invited, but has not accepted.
    pub invited: bool,
    /// May invite and remove.
    pub organiser: bool,
}

/// Whether somebody is who she seems to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum Trust {
    /// The two have compared signs.
    Known,
    /// Not yet; she can read all the same.
    NotYet,
    /// Her identity is another than before: nothing is sent until the leader decided.
    Changed,
    /// She has none (another program, or the server slipped her in): she gets no keys.
    NoIdentity,
}

/// A code by which peers ask to be let in, for as long as it is shown.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct InviteCode {
    /// To be read out or typed.
    pub text: String,
    /// The same as a QR code: rows of `#` and space, with no margin.
    pub qr: Vec<String>,
}

/// Two leaders who compare signs.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Verification {
    /// With whom.
    pub peer: Peer,
    /// How far they are.
    pub step: VerificationStep,
}

/// How far a verification is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum VerificationStep {
    /// The other asks; the leader answers.
    Asked,
    /// The other is waited for.
    Waiting,
    /// Both see the same seven signs, or somebody is between them.
    Compare {
        /// Their numbers in the specification's table of 64 (Client-Server API, SAS method: emoji).
        signs: Vec<u8>,
    },
    /// They know each other now.
    Done,
    /// It was broken off, or the signs differed.
    Ended,
}

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
    /// It has a capital letter where no sentence begins.
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
    /// From another program: shown as plain text.
    pub plain: bool,
    /// The day, where the sender told it.
    pub day: Option<String>,
    /// When a new version of it was sent.
    pub edited_at: Option<String>,
    /// Not read yet.
    pub unread: bool,
    /// Whether it is whole.
    pub state: ItemState,
    /// The leader's own: how it stands with sending it.
    pub sending: Option<Sending>,
    /// How many replies.
    pub replies: u32,
    /// The signs given, each once.
    pub reactions: Vec<Reaction>,
    /// Files that go along.
    pub files: Vec<SharedFile>,
    /// The leader's own entry that it is a copy of.
    pub entry: Option<String>,
    /// That entry was changed since: a new version may be shared.
    pub outdated: bool,
    /// A meeting that was called or called off.
    pub meeting: Option<FeedMeeting>,
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
    /// It was sent before the leader joined.
    BeforeJoining,
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
    /// Called off.
    pub cancelled: bool,
    /// What the leader answered; none where she has not.
    pub mine: Option<super::calendar::Reply>,
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
    pub reply: Option<super::calendar::Reply>,
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
}

pub(super) fn secret<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Secret, D::Error> {
    String::deserialize(from).map(Secret::new)
}
