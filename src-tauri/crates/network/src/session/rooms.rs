//! Networks as rooms: made, joined, left, and what the store shall know of them.

use std::time::Duration;

use matrix_sdk::room::{Room, RoomMember};
use matrix_sdk::ruma::api::client::room::Visibility;
use matrix_sdk::ruma::api::client::room::create_room::v3::{
    CreationContent, Request as CreateRoom, RoomPreset,
};
use matrix_sdk::ruma::events::room::encryption::RoomEncryptionEventContent;
use matrix_sdk::ruma::events::room::guest_access::{GuestAccess, RoomGuestAccessEventContent};
use matrix_sdk::ruma::events::room::history_visibility::{
    HistoryVisibility, RoomHistoryVisibilityEventContent,
};
use matrix_sdk::ruma::events::room::join_rules::{JoinRule, RoomJoinRulesEventContent};
use matrix_sdk::ruma::events::room::member::MembershipState;
use matrix_sdk::ruma::events::room::power_levels::PowerLevelAction;
use matrix_sdk::ruma::events::{EmptyStateKey, InitialStateEvent};
use matrix_sdk::ruma::serde::Raw;
use matrix_sdk::ruma::{OwnedUserId, RoomId, UserId};
use matrix_sdk::{Client, RoomMemberships, RoomState as Membership};

use crate::error::{NetworkError, Result};
use crate::model::{PeerState, Room as Kept, RoomState, Standing};
use crate::sharing::Sharing;

/// How long is waited for a room that was made to be heard of; later it is known all the same.
const HEARD: Duration = Duration::from_secs(20);

/// Makes the room of a network: encrypted, by invitation alone, and without a past for whoever
/// comes later.
pub(super) async fn create(client: &Client, name: &str, federated: bool) -> Result<Room> {
    let mut creation = CreationContent::new();
    creation.federate = federated;
    let mut request = CreateRoom::new();
    request.name = Some(name.to_owned());
    request.preset = Some(RoomPreset::PrivateChat);
    request.visibility = Visibility::Private;
    request.creation_content = Some(Raw::new(&creation)?);
    request.power_level_content_override =
        Some(Raw::new(&serde_json::json!({ "invite": 50 }))?.cast_unchecked());
    request.initial_state = vec![
        InitialStateEvent::new(
            EmptyStateKey,
            RoomEncryptionEventContent::with_recommended_defaults(),
        )
        .to_raw_any(),
        InitialStateEvent::new(
            EmptyStateKey,
            RoomHistoryVisibilityEventContent::new(HistoryVisibility::Joined),
        )
        .to_raw_any(),
        InitialStateEvent::new(EmptyStateKey, RoomJoinRulesEventContent::new(JoinRule::Invite))
            .to_raw_any(),
        InitialStateEvent::new(
            EmptyStateKey,
            RoomGuestAccessEventContent::new(GuestAccess::Forbidden),
        )
        .to_raw_any(),
    ];
    let room = client.create_room(request).await?;
    // What the room is like is known once it was heard of.
    let heard = client.await_room_remote_echo(room.room_id());
    Ok(tokio::time::timeout(HEARD, heard).await.unwrap_or(room))
}

/// Whether a room is one that Fristed shares in: encrypted, by invitation, with no past for
/// newcomers. The server could be asked to make another one look like it, so each is looked at
/// before anything is sent.
pub(super) async fn is_fit(room: &Room) -> Result<bool> {
    if !room.latest_encryption_state().await?.is_encrypted() {
        return Ok(false);
    }
    Ok(matches!(
        room.history_visibility(),
        Some(HistoryVisibility::Joined | HistoryVisibility::Invited)
    ))
}

/// Whose computers get the key of what is sent in a room: those in it; and those invited, where
/// another program made the room so that they read what is sent meanwhile.
pub(super) fn who_reads(room: &Room) -> RoomMemberships {
    match room.history_visibility() {
        Some(HistoryVisibility::Invited) => RoomMemberships::JOIN | RoomMemberships::INVITE,
        _ => RoomMemberships::JOIN,
    }
}

/// A room by its id, where the leader is in it.
///
/// # Errors
/// [`NetworkError::NotFound`].
pub(super) fn joined(client: &Client, room: &str) -> Result<Room> {
    known(client, room).and_then(|room| match room.state() {
        Membership::Joined => Ok(room),
        _ => Err(NetworkError::NotFound),
    })
}

/// A room by its id.
///
/// # Errors
/// [`NetworkError::NotFound`].
pub(super) fn known(client: &Client, room: &str) -> Result<Room> {
    let id = RoomId::parse(room).map_err(|_| NetworkError::NotFound)?;
    client.get_room(&id).ok_or(NetworkError::NotFound)
}

/// An address as typed.
///
/// # Errors
/// [`NetworkError::NoSuchPeer`].
pub(super) fn user(typed: &str) -> Result<OwnedUserId> {
    UserId::parse(typed.trim()).map_err(|_| NetworkError::NoSuchPeer)
}

/// Invites somebody, once the server says that there is such a person.
pub(super) async fn invite(client: &Client, room: &Room, who: &UserId) -> Result<()> {
    let profile =
        matrix_sdk::ruma::api::client::profile::get_profile::v3::Request::new(who.to_owned());
    match client.send(profile).await {
        Err(refused) if NetworkError::is_not_found(&refused) => {
            return Err(NetworkError::NoSuchPeer);
        }
        // Some servers tell no profiles; the invitation itself says whether it works.
        _ => {}
    }
    Ok(room.invite_user_by_id(who).await?)
}

/// Notes of each room that the leader was in, and that is not heard of, whether she still is: she may
/// have been put out while she was signed out, and no server tells a new computer of that.
/// Whether anything changed.
pub(super) async fn look_for_lost(client: &Client, sharing: &Sharing) -> Result<bool> {
    let was_in = |room: &Kept| room.state.standing == Standing::Joined;
    let unheard = |room: &Kept| known(client, &room.state.room).is_err();
    let lost: Vec<_> =
        sharing.rooms()?.into_iter().filter(|room| was_in(room) && unheard(room)).collect();
    if lost.is_empty() {
        return Ok(false);
    }
    let asked = matrix_sdk::ruma::api::client::membership::joined_rooms::v3::Request::new();
    let joined = client.send(asked).await?.joined_rooms;
    let mut changed = false;
    for room in lost.into_iter().filter(|room| !joined.iter().any(|id| *id == room.state.room)) {
        let left = RoomState { standing: Standing::Left, organiser: false, ..room.state };
        sharing.room_put(&left)?;
        sharing.peers_put(&left.room, &[])?;
        changed = true;
    }
    Ok(changed)
}

/// Notes what is known of a room in the store.
pub(super) async fn note(client: &Client, sharing: &Sharing, room: &Room) -> Result<()> {
    let standing = match room.state() {
        Membership::Invited => Standing::Invited,
        Membership::Knocked => Standing::Asking,
        Membership::Joined => Standing::Joined,
        Membership::Left | Membership::Banned => Standing::Left,
    };
    let inviter = match standing {
        Standing::Invited => room.invite_details().await?.inviter,
        _ => None,
    };
    let me = client.user_id().ok_or(NetworkError::NotSignedIn)?;
    let mut peers = Vec::new();
    if standing == Standing::Joined {
        let wanted = RoomMemberships::JOIN | RoomMemberships::INVITE | RoomMemberships::KNOCK;
        for member in room.members_no_sync(wanted).await? {
            peers.push(peer(&member));
        }
    } else if let Some(inviter) = &inviter {
        peers.push(peer(inviter));
    }
    let organiser = match room.power_levels().await {
        Ok(levels) => levels.user_can_do(me, PowerLevelAction::Invite),
        Err(_) => false,
    };
    let state = RoomState {
        room: room.room_id().to_string(),
        name: room.name().unwrap_or_default(),
        standing,
        federated: room.create_content().is_none_or(|created| created.federate),
        organiser: organiser && standing == Standing::Joined,
        invited_by: inviter.map(|inviter| inviter.user_id().to_string()),
    };
    sharing.room_put(&state)?;
    sharing.peers_put(&state.room, &peers)
}

fn peer(member: &RoomMember) -> PeerState {
    PeerState {
        user: member.user_id().to_string(),
        name: member.name().to_owned(),
        invited: *member.membership() == MembershipState::Invite,
        asking: *member.membership() == MembershipState::Knock,
        organiser: member.can_invite(),
    }
}
