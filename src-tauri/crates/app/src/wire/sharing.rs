//! What crosses to the interface of sharing with a network's peers.

mod draft;
mod feed;

use fristed_base::Secret;
use serde::{Deserialize, Serialize};
use specta::Type;

pub use draft::*;
pub use feed::*;

use super::ErrorCode;

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
        #[serde(deserialize_with = "secret")]
        #[specta(type = String)]
        key: Secret,
    },
    /// She begins anew: what was shared with her before cannot be read here, and her peers are
    /// asked whether it is really her.
    Anew {
        /// Her password, which the server asks for; empty where she signs in by the browser.
        #[serde(deserialize_with = "secret")]
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
    /// Of somebody who reads: how many computers the server names as hers that she has not shown to
    /// be. She has just signed in there, or the server made them up. They get no keys.
    pub strange_computers: u32,
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

pub(super) fn secret<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Secret, D::Error> {
    String::deserialize(from).map(Secret::new)
}
