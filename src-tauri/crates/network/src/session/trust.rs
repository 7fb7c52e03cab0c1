//! Whether peers are who they seem to be.

use std::collections::HashMap;
use std::sync::Mutex;

use matrix_sdk::encryption::identities::UserIdentity;
use matrix_sdk::ruma::{OwnedUserId, UserId};
use matrix_sdk::{Client, Room, RoomMemberships};

use super::inner::held;
use crate::error::{NetworkError, Result};
use crate::model::Changed;
use crate::sharing::Sharing;

/// Whether somebody is who she seems to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trust {
    /// The two have compared signs.
    Known,
    /// Not yet.
    NotYet,
    /// Her identity is another than before.
    Changed,
    /// She has none, and gets no keys.
    NoIdentity,
}

/// How everybody stands, to be shown: worked out once, until anybody's identity or computers change.
/// What is sent never asks here.
#[derive(Default)]
pub(super) struct Shown(Mutex<Known>);

#[derive(Default)]
struct Known {
    /// Changes are heard of: nothing is kept before.
    heard_of: bool,
    changes: u64,
    trusts: HashMap<OwnedUserId, Trust>,
}

impl Shown {
    /// Changes are heard of from now on.
    pub(super) fn begins(&self) {
        held(&self.0).heard_of = true;
    }

    /// Something changed.
    pub(super) fn changed(&self) {
        let mut known = held(&self.0);
        known.changes += 1;
        known.trusts.clear();
    }

    /// How somebody stands, worked out where it is not known.
    pub(super) async fn of(
        &self,
        user: OwnedUserId,
        client: &Client,
        sharing: &Sharing,
    ) -> Result<Trust> {
        let changes = {
            let known = held(&self.0);
            if let Some(trust) = known.trusts.get(&user) {
                return Ok(*trust);
            }
            known.changes
        };
        let trust = of(client, sharing, &user).await?;
        let mut known = held(&self.0);
        if known.heard_of && known.changes == changes {
            known.trusts.insert(user, trust);
        }
        Ok(trust)
    }
}

/// How somebody stands with the leader, by what is known here.
///
/// The first identity that is seen of somebody is noted in the vault; another one later is a change,
/// also where the two had not verified each other, and also once the first is there again.
pub(super) async fn of(client: &Client, sharing: &Sharing, user: &UserId) -> Result<Trust> {
    if client.user_id() == Some(user) {
        return Ok(Trust::Known);
    }
    let Some(identity) = client.encryption().get_user_identity(user).await? else {
        return Ok(Trust::NoIdentity);
    };
    let Some(key) = key_of(&identity) else { return Ok(Trust::NoIdentity) };
    let known = sharing.peer_key(user.as_str())?;
    let is_other = known.as_ref().is_some_and(|known| known.key != key);
    let undecided = known.as_ref().is_some_and(|known| known.changed == Changed::Undecided);
    if is_other || identity.has_verification_violation() {
        if !undecided {
            sharing.peer_key_changed(user.as_str())?;
        }
        return Ok(Trust::Changed);
    }
    Ok(match known {
        Some(_) if undecided => Trust::Changed,
        _ if identity.is_verified() => Trust::Known,
        Some(_) => Trust::NotYet,
        None => {
            sharing.peer_key_set(user.as_str(), &key)?;
            Trust::NotYet
        }
    })
}

/// How many computers the server names as somebody's that she has not shown to be hers: she has just
/// signed in there, or the server made them up. They get no keys.
pub(super) async fn strange_computers(client: &Client, user: &UserId) -> Result<u32> {
    let devices = client.encryption().get_user_devices(user).await?;
    let strange = devices.devices().filter(|device| !device.is_cross_signed_by_owner()).count();
    Ok(u32::try_from(strange).unwrap_or(u32::MAX))
}

/// Asks the server about those in a room who have no identity as far as is known here. No server
/// tells by itself of one that was published between an invitation and its acceptance.
pub(super) async fn look_for_missing(
    client: &Client,
    sharing: &Sharing,
    room: &Room,
) -> Result<()> {
    for member in room.members_no_sync(RoomMemberships::JOIN).await? {
        if of(client, sharing, member.user_id()).await? == Trust::NoIdentity {
            client.encryption().request_user_identity(member.user_id()).await?;
        }
    }
    Ok(())
}

/// Goes on with somebody's new identity, as one that is not verified.
///
/// # Errors
/// [`NetworkError::NoSuchPeer`] where she has none.
pub(super) async fn accept(client: &Client, sharing: &Sharing, user: &UserId) -> Result<()> {
    let identity = client.encryption().request_user_identity(user).await?;
    let identity = identity.ok_or(NetworkError::NoSuchPeer)?;
    let key = key_of(&identity).ok_or(NetworkError::NoSuchPeer)?;
    if identity.has_verification_violation() {
        identity.withdraw_verification().await.map_err(matrix_sdk::Error::from)?;
    }
    identity.pin().await.map_err(matrix_sdk::Error::from)?;
    sharing.peer_key_set(user.as_str(), &key)
}

/// Notes the identity that was verified just now as the one that is known.
pub(super) async fn verified(client: &Client, sharing: &Sharing, user: &UserId) -> Result<()> {
    let identity = client.encryption().get_user_identity(user).await?;
    match identity.as_ref().and_then(key_of) {
        Some(key) => sharing.peer_key_set(user.as_str(), &key),
        None => Ok(()),
    }
}

fn key_of(identity: &UserIdentity) -> Option<String> {
    identity.master_key().get_first_key().map(|key| key.to_base64())
}
