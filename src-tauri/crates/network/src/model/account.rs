//! Who is signed in, and the networks that are shared.

use fristed_base::{NetworkId, Secret};

/// An account on a server. There is one at most.
#[derive(Debug)]
pub struct Account {
    /// The address that others invite (`@karla:kommune.dk`).
    pub user: String,
    /// The name that others see.
    pub name: String,
    /// The server's address.
    pub server: String,
    /// What the server calls this computer.
    pub device: String,
    /// How she signed in.
    pub kind: AccountKind,
    /// What the session needs to go on, as JSON.
    pub session: Secret,
    /// Ties the account to the folder of the Matrix store on this computer; a restored vault meets
    /// no other's.
    pub mark: [u8; 16],
    /// The key of the account's secret storage; none where it is not known.
    pub storage_key: Option<Secret>,
    /// The server has signed this computer out.
    pub signed_out: bool,
}

/// How the leader signed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AccountKind {
    /// By the specification's older interface: a password, or SSO.
    Older,
    /// By OAuth 2.
    OAuth,
}

impl AccountKind {
    /// All, in the order of their numbers in the store.
    pub const ALL: [Self; 2] = [Self::Older, Self::OAuth];
}

/// What the server says of a room.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoomState {
    /// The room's id.
    pub room: String,
    /// Its name; made safe to show when it is kept.
    pub name: String,
    /// Whether the leader is in it.
    pub standing: Standing,
    /// Whether leaders on other servers can be in it.
    pub federated: bool,
    /// Whether the leader may invite and remove.
    pub organiser: bool,
    /// Who invited, where it is an invitation.
    pub invited_by: Option<String>,
}

/// Whether a leader is in a room.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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

impl Standing {
    /// All, in the order of their numbers in the store.
    pub const ALL: [Self; 4] = [Self::Invited, Self::Asking, Self::Joined, Self::Left];
}

/// By which identity somebody is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PeerKey {
    /// The public part of her master key (Client-Server API, section "Cross-signing"), in base64.
    pub key: String,
    /// Whether it was ever seen to change.
    pub changed: Changed,
}

/// Whether somebody's identity was seen to change. That the old one is there again takes nothing of
/// it back: the server may have shown another for a while.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Changed {
    /// It was not.
    Never,
    /// It was, and the leader has not decided yet.
    Undecided,
    /// It was, and she has.
    Decided,
}

impl Changed {
    /// All, in the order of their numbers in the store.
    pub const ALL: [Self; 3] = [Self::Never, Self::Undecided, Self::Decided];
}

/// A room as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Room {
    /// What the server said of it last.
    pub state: RoomState,
    /// The network here that it belongs to.
    pub network: Option<NetworkId>,
    /// The code by which peers ask to be let in, while it is shown.
    pub code: Option<String>,
    /// Those in it, invited to it, or asking; by name. The leader herself is among them.
    pub peers: Vec<PeerState>,
    /// How many things in it are unread.
    pub unread: u32,
}

/// Somebody in a room.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PeerState {
    /// The address.
    pub user: String,
    /// The name; made safe to show when it is kept.
    pub name: String,
    /// Invited, but has not accepted.
    pub invited: bool,
    /// May invite and remove.
    pub organiser: bool,
    /// Asks to be let in.
    pub asking: bool,
}
