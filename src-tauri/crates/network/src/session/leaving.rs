//! Those whom the leader removed and who are not yet known here to be gone.
//!
//! The server takes somebody out before it tells this computer so, and until then the sdk would
//! encrypt with the key that she has. So nothing is sent to her room meanwhile.

use std::collections::BTreeSet;
use std::sync::Mutex;

use matrix_sdk::ruma::{OwnedEventId, OwnedRoomId, OwnedUserId, UserId};
use matrix_sdk::{Client, Room};

use super::inner::held;
use crate::error::Result;

/// All of them.
#[derive(Default)]
pub(super) struct Leaving(Mutex<Vec<Member>>);

/// Somebody in a room, by the event that says so.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Member {
    room: OwnedRoomId,
    user: OwnedUserId,
    event: OwnedEventId,
}

impl Member {
    /// Somebody who is in a room as far as is known here.
    async fn of(room: &Room, user: &UserId) -> Result<Option<Self>> {
        let member = room.get_member_no_sync(user).await?;
        let event = member.and_then(|member| member.event().event_id().map(ToOwned::to_owned));
        let (room, user) = (room.room_id().to_owned(), user.to_owned());
        Ok(event.map(|event| Self { room, user, event }))
    }

    async fn is_there(&self, client: &Client) -> Result<bool> {
        let Some(room) = client.get_room(&self.room) else { return Ok(false) };
        Ok(Self::of(&room, &self.user).await?.as_ref() == Some(self))
    }
}

impl Leaving {
    /// Somebody is about to be removed. To be told before the server is asked.
    pub(super) async fn begins(&self, room: &Room, user: &UserId) -> Result<Option<Member>> {
        let member = Member::of(room, user).await?;
        held(&self.0).extend(member.clone());
        Ok(member)
    }

    /// Somebody is there after all, or is known to be gone.
    pub(super) fn ends(&self, member: &Member) {
        held(&self.0).retain(|one| one != member);
    }

    /// The rooms that somebody is still in as far as is known here.
    pub(super) async fn rooms(&self, client: &Client) -> Result<BTreeSet<String>> {
        let mut rooms = BTreeSet::new();
        let all = held(&self.0).clone();
        for member in all {
            if member.is_there(client).await? {
                rooms.insert(member.room.to_string());
            } else {
                self.ends(&member);
            }
        }
        Ok(rooms)
    }

    /// Whether there is nobody.
    pub(super) fn is_empty(&self) -> bool {
        held(&self.0).is_empty()
    }
}
