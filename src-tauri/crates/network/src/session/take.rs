//! What the server gives, as what the store takes in.

use std::collections::{HashMap, HashSet};

use matrix_sdk::Client;
use matrix_sdk::deserialized_responses::{
    AlgorithmInfo, DecryptedRoomEvent, DeviceLinkProblem, TimelineEvent, TimelineEventKind,
    UnableToDecryptInfo, UnableToDecryptReason, VerificationLevel, VerificationState,
};
use matrix_sdk::media::{MediaFormat, MediaRequestParameters};
use matrix_sdk::room::{MessagesOptions, Room};
use matrix_sdk::ruma::events::room::MediaSource;
use matrix_sdk::ruma::{EventId, OwnedEventId, OwnedUserId, UInt, UserId};
use matrix_sdk::sync::Timeline;
use serde_json::Value;

use super::trust::{self, Trust};
use crate::error::{NetworkError, Result};
use crate::model::{Changed, Incoming, NoKey, Taken, What};
use crate::sharing::Sharing;

/// The longest event that is looked at, in bytes: a server may send at most 65,536, and what was
/// decrypted is written out a little longer.
const LONGEST: usize = 200_000;
/// How many events are asked for at once where some are missing.
const PAGE: u32 = 100;
/// How many pages are read at most: as many events as a network of ten has in decades.
const MOST_PAGES: usize = 2_000;

/// What is needed to tell whether an event counts.
#[derive(Default)]
pub(super) struct Judge {
    /// Those who may remove what others sent.
    removers: HashSet<String>,
    may_default: bool,
    /// When this computer signed in, in milliseconds since 1970.
    device_since: i64,
    /// Who was looked at, and whether her identity was seen to change.
    changed: HashMap<String, Changed>,
    /// What came from a computer that is not the sender's by the identity that she has now.
    not_hers: HashSet<OwnedEventId>,
}

impl Judge {
    pub(super) async fn of(client: &Client, room: &Room) -> Self {
        let mut judge = Self {
            device_since: i64::from(client.encryption().device_creation_timestamp().await.0),
            ..Self::default()
        };
        let Ok(levels) = room.power_levels().await else { return judge };
        let mut may = |user: &UserId| {
            if levels.user_can_redact_event_of_other(user) {
                judge.removers.insert(user.to_string());
            }
        };
        levels.users.keys().for_each(|user| may(user));
        if let Some(creators) = room.creators() {
            creators.iter().for_each(|user| may(user));
        }
        judge.may_default = levels.users_default >= levels.redact;
        judge
    }

    /// What is needed for what just came: nothing where each event was decrypted and its key came
    /// from a computer of its sender's, which is so of most, and whoever waits for it shall not wait
    /// for what is not asked.
    async fn of_new(client: &Client, room: &Room, came: &Timeline) -> Self {
        let speaks_for_itself = |event: &TimelineEvent| matches!(&event.kind, TimelineEventKind::Decrypted(opened) if is_senders(opened));
        if !came.limited && came.events.iter().all(speaks_for_itself) {
            return Self::default();
        }
        Self::of(client, room).await
    }

    /// Looks at who sent these: nobody whose identity changed is believed before the leader decides,
    /// and no computer after it that is hers by the other identity alone.
    pub(super) async fn look_at(
        &mut self,
        client: &Client,
        sharing: &Sharing,
        room: &str,
        events: &[TimelineEvent],
    ) -> Result<()> {
        for event in events {
            let Ok(Some(user)) = event.raw().get_field::<OwnedUserId>("sender") else { continue };
            if !self.changed.contains_key(user.as_str()) {
                let changed = match trust::of(client, sharing, &user).await? {
                    _ if client.user_id() == Some(&user) => Changed::Never,
                    Trust::Changed => Changed::Undecided,
                    _ => sharing.peer_key(user.as_str())?.map_or(Changed::Never, |k| k.changed),
                };
                self.changed.insert(user.to_string(), changed);
            }
            if self.changed.get(user.as_str()) == Some(&Changed::Decided)
                && !is_hers(client, sharing, room, event).await?
            {
                self.not_hers.extend(event.event_id());
            }
        }
        Ok(())
    }

    fn may_remove_others(&self, user: &str) -> bool {
        self.may_default || self.removers.contains(user)
    }

    /// What an event is to the store; none where it is nothing.
    pub(super) fn incoming(&self, event: &TimelineEvent) -> Option<Incoming> {
        let raw = event.raw().json().get();
        if raw.len() > LONGEST {
            return None;
        }
        let value: Value = serde_json::from_str(raw).ok()?;
        if value.get("state_key").is_some() {
            return None;
        }
        let text = |key: &str| value.get(key).and_then(Value::as_str);
        let at = value.get("origin_server_ts").and_then(Value::as_i64)?;
        Some(Incoming {
            event: text("event_id")?.to_owned(),
            sender: text("sender")?.to_owned(),
            at,
            what: self.what(event, &value, at)?,
        })
    }

    fn what(&self, event: &TimelineEvent, value: &Value, at: i64) -> Option<What> {
        if let Some(because) = value.pointer("/unsigned/redacted_because") {
            let by = because.get("sender").and_then(Value::as_str)?;
            let at = because.get("origin_server_ts").and_then(Value::as_i64).unwrap_or(at);
            return Some(What::Redacted { by: Some(by.to_owned()), at });
        }
        match &event.kind {
            TimelineEventKind::Decrypted(opened)
                if !self.is_sure(opened, at) || self.has_changed(event, value) =>
            {
                Some(What::Waiting { why: Some(NoKey::SenderNotSure) })
            }
            TimelineEventKind::Decrypted(_) => Some(What::Clear {
                event_type: value.get("type").and_then(Value::as_str)?.to_owned(),
                content: value.get("content")?.clone(),
                txn: value
                    .pointer("/unsigned/transaction_id")
                    .and_then(Value::as_str)
                    .map(str::to_owned),
            }),
            TimelineEventKind::UnableToDecrypt { utd_info, .. } => {
                Some(What::Waiting { why: self.why(utd_info, at) })
            }
            TimelineEventKind::PlainText { .. } => {
                if value.get("type").and_then(Value::as_str) != Some("m.room.redaction") {
                    // Whatever is not encrypted is no entry.
                    return None;
                }
                let of = value.pointer("/content/redacts").or_else(|| value.get("redacts"));
                let by = value.get("sender").and_then(Value::as_str)?;
                Some(What::Redaction {
                    of: of.and_then(Value::as_str)?.to_owned(),
                    by_may_remove_others: self.may_remove_others(by),
                })
            }
        }
    }

    /// Whether it is sure enough who sent an event: its key came from a computer that is shown to
    /// be the sender's, or came from the backup and the event is from before this computer signed
    /// in, so that no key could come directly (decision 19).
    fn is_sure(&self, opened: &DecryptedRoomEvent, at: i64) -> bool {
        let state = &opened.encryption_info.verification_state;
        let from_the_backup = matches!(
            state,
            VerificationState::Unverified(VerificationLevel::None(
                DeviceLinkProblem::InsecureSource
            ))
        );
        is_senders(opened) || (from_the_backup && at < self.device_since)
    }

    fn has_changed(&self, event: &TimelineEvent, value: &Value) -> bool {
        let sender = value.get("sender").and_then(Value::as_str);
        sender.and_then(|sender| self.changed.get(sender)) == Some(&Changed::Undecided)
            || event.event_id().is_some_and(|id| self.not_hers.contains(&id))
    }

    /// Why a key may never come.
    fn why(&self, info: &UnableToDecryptInfo, at: i64) -> Option<NoKey> {
        match &info.reason {
            UnableToDecryptReason::SenderIdentityNotTrusted(_)
            | UnableToDecryptReason::MismatchedIdentityKeys => Some(NoKey::SenderNotSure),
            UnableToDecryptReason::MissingMegolmSession { .. } if at < self.device_since => {
                Some(NoKey::OtherComputer)
            }
            UnableToDecryptReason::MissingMegolmSession { withheld_code: Some(_) } => {
                Some(NoKey::Withheld)
            }
            _ => None,
        }
    }
}

/// Whether a key came from a computer that is shown to be the sender's.
fn is_senders(opened: &DecryptedRoomEvent) -> bool {
    matches!(
        &opened.encryption_info.verification_state,
        VerificationState::Verified
            | VerificationState::Unverified(VerificationLevel::UnverifiedIdentity)
    )
}

/// Whether what came directly is from a computer that its sender has signed with the identity that
/// she has now; the sdk notes with a key what was so when it came, and does not look again. A key
/// from the backup tells nothing of that, so it opens nothing that was doubted.
async fn is_hers(
    client: &Client,
    sharing: &Sharing,
    room: &str,
    event: &TimelineEvent,
) -> Result<bool> {
    let TimelineEventKind::Decrypted(opened) = &event.kind else { return Ok(true) };
    if !is_senders(opened) {
        let Some(id) = event.event_id() else { return Ok(false) };
        return Ok(!sharing.is_doubted(room, id.as_str())?);
    }
    let from = &opened.encryption_info;
    let (Some(id), AlgorithmInfo::MegolmV1AesSha2 { curve25519_key, .. }) =
        (&from.sender_device, &from.algorithm_info)
    else {
        return Ok(false);
    };
    let device = client.encryption().get_device(&from.sender, id).await?;
    Ok(device.is_some_and(|device| {
        let key = device.curve25519_key().map(|key| key.to_base64());
        device.is_cross_signed_by_owner() && key.as_ref() == Some(curve25519_key)
    }))
}

/// Takes in what a room has new, and what is missing before it; `took` is told of each part in the
/// moment it is taken in, since what comes of it elsewhere is not asked for again.
pub(super) async fn timeline(
    client: &Client,
    sharing: &Sharing,
    room: &Room,
    timeline: &Timeline,
    took: impl Fn(Taken),
) -> Result<()> {
    let mut judge = Judge::of_new(client, room, timeline).await;
    let id = room.room_id().as_str();
    let read_to = if timeline.limited { sharing.room_read_to(id)? } else { None };
    let named = |events: &[TimelineEvent]| {
        read_to.as_deref().is_some_and(|last| {
            events.iter().any(|event| event.event_id().is_some_and(|id| id == last))
        })
    };
    if timeline.limited && !named(&timeline.events) {
        let mut from = timeline.prev_batch.clone();
        for _ in 0..MOST_PAGES {
            let Some(token) = from.take() else { break };
            let mut options = MessagesOptions::backward().from(Some(token.as_str()));
            options.limit = UInt::from(PAGE);
            let page = room.messages(options).await?;
            judge.look_at(client, sharing, id, &page.chunk).await?;
            let mut incoming: Vec<_> =
                page.chunk.iter().rev().filter_map(|event| judge.incoming(event)).collect();
            removed_before(sharing, room, &judge, &mut incoming).await?;
            if !incoming.is_empty() {
                took(sharing.take(id, &incoming, None)?);
            }
            // A page without anything is no end: she was away then, and sees nothing of it.
            if named(&page.chunk) {
                break;
            }
            from = page.end;
        }
    }
    judge.look_at(client, sharing, id, &timeline.events).await?;
    let mut incoming: Vec<_> =
        timeline.events.iter().filter_map(|event| judge.incoming(event)).collect();
    removed_before(sharing, room, &judge, &mut incoming).await?;
    let last = timeline.events.iter().rev().find_map(TimelineEvent::event_id);
    if !incoming.is_empty() || last.is_some() {
        let last = last.as_ref().map(|id| id.as_str());
        took(sharing.take(id, &incoming, last)?);
    }
    Ok(())
}

/// Asks for what somebody removed who is no organiser now: she may have been one then, which only
/// the server knows. It gives what it removed as redacted, and the rest as it is.
async fn removed_before(
    sharing: &Sharing,
    room: &Room,
    judge: &Judge,
    incoming: &mut Vec<Incoming>,
) -> Result<()> {
    let mut removed = Vec::new();
    for one in &*incoming {
        let What::Redaction { of, by_may_remove_others: false } = &one.what else { continue };
        let sender = sharing.sender_of(room.room_id().as_str(), of)?;
        let Some(id) = EventId::parse(of).ok().filter(|_| sender.is_some_and(|s| s != one.sender))
        else {
            continue;
        };
        match room.event(&id, None).await.map_err(NetworkError::from) {
            Ok(event) => removed.extend(judge.incoming(&event)),
            Err(failed) if failed.ends_a_connection() => return Err(failed),
            Err(_) => {}
        }
    }
    removed.retain(|one| matches!(one.what, What::Redacted { .. }));
    incoming.append(&mut removed);
    Ok(())
}

/// Asks anew for what waits for a key in a room; gives what could be read.
pub(super) async fn waiting(client: &Client, sharing: &Sharing, room: &Room) -> Result<Vec<Taken>> {
    let id = room.room_id().as_str();
    let events = match sharing.waiting(Some(id)) {
        // It was heard of in this moment, and is not in the store yet.
        Err(NetworkError::NotFound) => return Ok(Vec::new()),
        events => events?,
    };
    if events.is_empty() {
        return Ok(Vec::new());
    }
    let mut judge = Judge::of(client, room).await;
    let mut incoming = Vec::new();
    for event in events.iter().map(|waiting| &waiting.event) {
        let Ok(id) = EventId::parse(event) else { continue };
        match opened(client, room, &id).await {
            Ok(event) => {
                let event = std::slice::from_ref(&event);
                judge.look_at(client, sharing, room.room_id().as_str(), event).await?;
                incoming.extend(event.iter().filter_map(|event| judge.incoming(event)));
            }
            Err(failed) if failed.ends_a_connection() => return Err(failed),
            Err(_) => {}
        }
    }
    incoming.retain(|one| !matches!(one.what, What::Waiting { why: None }));
    if incoming.is_empty() {
        return Ok(Vec::new());
    }
    Ok(vec![sharing.take(id, &incoming, None)?])
}

/// An event, opened with a key from the backup where none is here.
async fn opened(client: &Client, room: &Room, id: &EventId) -> Result<TimelineEvent> {
    let event = room.event(id, None).await?;
    let TimelineEventKind::UnableToDecrypt { utd_info, .. } = &event.kind else { return Ok(event) };
    let Some(session) = &utd_info.session_id else { return Ok(event) };
    let backups = client.encryption().backups();
    match backups.download_room_key(room.room_id(), session).await.map_err(NetworkError::from) {
        Ok(true) => Ok(room.event(id, None).await?),
        Ok(false) | Err(NetworkError::NotFound) => Ok(event),
        Err(failed) => Err(failed),
    }
}

/// A file that came along, decrypted and checked against its hash.
pub(super) async fn file(client: &Client, encrypted_file: &Value) -> Result<Vec<u8>> {
    let file = serde_json::from_value(encrypted_file.clone()).map_err(|_| NetworkError::Damaged)?;
    let request = MediaRequestParameters {
        source: MediaSource::Encrypted(Box::new(file)),
        format: MediaFormat::File,
    };
    // Not kept by the sdk: what was taken back shall be gone.
    Ok(client.media().get_media_content(&request, false).await?)
}
