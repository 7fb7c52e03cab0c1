//! Hearing of what is new, for as long as the vault is open.

use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use futures_util::StreamExt as _;
use futures_util::stream::select;
use matrix_sdk::deserialized_responses::TimelineEvent;
use matrix_sdk::ruma::api::client::sync::sync_events::v5::request::{AccountData, E2EE, ToDevice};
use matrix_sdk::ruma::assign;
use matrix_sdk::ruma::events::StateEventType;
use matrix_sdk::sync::{JoinedRoomUpdate, RoomUpdates, State};
use matrix_sdk::{SlidingSync, SlidingSyncList, SlidingSyncMode};
use serde::de::IgnoredAny;
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::TryRecvError;
use tokio::sync::watch;
use tokio::time::timeout;

use super::inner::Inner;
use super::{keys, late, rooms, take, trust};
use crate::error::{NetworkError, Result};

/// How many of a room's last events come at once; what is missing before them is asked for.
const TIMELINE: u32 = 50;
/// How many rooms are asked for at once.
const ROOMS: u32 = 100;
/// The shortest and the longest pause before a server that did not answer is asked again.
const PAUSES: (Duration, Duration) = (Duration::from_secs(1), Duration::from_secs(120));

/// How long what was being sent waits for its own to be known again.
const OWN: Duration = Duration::from_secs(10);

/// Listens until the server has signed this computer out, or the task is stopped.
pub(super) async fn run(inner: Arc<Inner>) {
    let mut pause = PAUSES.0;
    loop {
        let failed = match listen(&inner, &mut pause).await {
            Ok(never) => match never {},
            Err(failed) => failed,
        };
        if matches!(failed, NetworkError::SignedOut) {
            inner.signed_out();
            return;
        }
        let wait = failed.pause().unwrap_or(pause);
        inner.unreachable(&failed, wait);
        tokio::select! {
            () = tokio::time::sleep(wait) => {}
            () = inner.try_again.notified() => {}
        }
        pause = (pause * 2).min(PAUSES.1);
    }
}

/// Nothing: it listens until something fails.
enum Never {}

/// What comes is taken in the moment it is here, beside what the sdk still does with the answer.
async fn listen(inner: &Arc<Inner>, pause: &mut Duration) -> Result<Never> {
    let [news, announced] = [(); 2].map(|()| inner.client.subscribe_to_all_room_updates());
    let taken = watch::Sender::new(0);
    tokio::select! {
        ended = take_in(inner, news, &taken) => ended,
        ended = hear(inner, pause, announced, &taken) => ended,
    }
}

/// Asks the server again and again. An answer has been heard once everything that it announced was
/// taken in.
async fn hear(
    inner: &Arc<Inner>,
    pause: &mut Duration,
    mut announced: Receiver<RoomUpdates>,
    taken: &watch::Sender<u64>,
) -> Result<Never> {
    let sync = sync(inner).await?;
    let mut steps = pin!(sync.sync());
    let (mut first, mut came) = (true, 0);
    while let Some(step) = steps.next().await {
        step?;
        *pause = PAUSES.0;
        inner.reached();
        came += count(&mut announced)?;
        // The sender is held, so this ends only when so many were taken in.
        drop(taken.subscribe().wait_for(|taken| *taken >= came).await);
        inner.late.notify_one();
        let unsettled = match inner.identity() {
            keys::Identity::Unknown => true,
            keys::Identity::Elsewhere => keys::is_known_now(&inner.client).await?,
            keys::Identity::Ready => false,
        };
        if first || unsettled {
            first = false;
            settle(inner).await?;
        }
        inner.heard();
    }
    Err(NetworkError::Unreachable)
}

async fn sync(inner: &Inner) -> Result<SlidingSync> {
    let state = |kind: StateEventType| (kind, String::new());
    let list = SlidingSyncList::builder("rooms")
        .sync_mode(SlidingSyncMode::new_growing(ROOMS))
        .timeline_limit(TIMELINE)
        .required_state(vec![
            state(StateEventType::RoomCreate),
            state(StateEventType::RoomName),
            state(StateEventType::RoomEncryption),
            state(StateEventType::RoomHistoryVisibility),
            state(StateEventType::RoomJoinRules),
            state(StateEventType::RoomPowerLevels),
            state(StateEventType::RoomTombstone),
            (StateEventType::RoomMember, "*".to_owned()),
        ]);
    let sync = inner
        .client
        .sliding_sync("fristed")?
        .with_e2ee_extension(assign!(E2EE::default(), { enabled: Some(true) }))
        .with_to_device_extension(assign!(ToDevice::default(), { enabled: Some(true) }))
        .with_account_data_extension(assign!(AccountData::default(), { enabled: Some(true) }))
        .add_list(list);
    Ok(sync.build().await?)
}

/// Takes in whatever is announced, and counts it.
async fn take_in(
    inner: &Inner,
    mut news: Receiver<RoomUpdates>,
    taken: &watch::Sender<u64>,
) -> Result<Never> {
    loop {
        // None can be missed: each answer is taken in before the next is asked for. All over again.
        let update = news.recv().await.map_err(|_| NetworkError::Unreachable)?;
        rooms_changed(inner, update).await?;
        taken.send_modify(|taken| *taken += 1);
    }
}

/// How many were announced since the last time.
fn count(announced: &mut Receiver<RoomUpdates>) -> Result<u64> {
    let mut count = 0;
    loop {
        match announced.try_recv() {
            Ok(_) => count += 1,
            Err(TryRecvError::Lagged(_)) => return Err(NetworkError::Unreachable),
            Err(TryRecvError::Empty | TryRecvError::Closed) => return Ok(count),
        }
    }
}

async fn rooms_changed(inner: &Inner, update: RoomUpdates) -> Result<()> {
    let ids: Vec<_> = update.iter_all_room_ids().cloned().collect();
    let mut people = false;
    for id in ids {
        let Some(room) = inner.client.get_room(&id) else { continue };
        let joined = update.joined.get(&id);
        if joined.is_none_or(tells_of_the_room) {
            people = true;
            rooms::note(&inner.client, &inner.sharing, &room).await?;
            if joined.is_some() {
                trust::look_for_missing(&inner.client, &inner.sharing, &room).await?;
            }
        }
        if let Some(joined) = joined {
            let took = |taken| inner.took(vec![taken]);
            take::timeline(&inner.client, &inner.sharing, &room, &joined.timeline, took).await?;
        }
    }
    if people {
        // Somebody may have left about whom the leader was asked, or whom she removed.
        inner.outbox.notify_one();
    }
    inner.changed();
    Ok(())
}

/// Whether something came of the room itself, and not only of what is said in it: most answers
/// bring one message, and whoever waits for it shall not wait for the list of peers.
fn tells_of_the_room(update: &JoinedRoomUpdate) -> bool {
    let (State::Before(state) | State::After(state)) = &update.state;
    let is_state = |event: &TimelineEvent| {
        !matches!(event.raw().get_field::<IgnoredAny>("state_key"), Ok(None))
    };
    !state.is_empty() || update.timeline.limited || update.timeline.events.iter().any(is_state)
}

/// What is done once the server was heard: the identity is brought in order, the rooms are looked
/// for that are not heard of, and what waits for keys is tried again. Nobody waits for that but what
/// was being sent.
async fn settle(inner: &Inner) -> Result<()> {
    if inner.identity() != keys::Identity::Ready {
        let found = keys::ready(&inner.client, &inner.sharing, None).await;
        match found {
            Ok(found) => inner.identified(found),
            Err(failed) if failed.ends_a_connection() => return Err(failed),
            Err(failed) => inner.noted(&failed),
        }
    }
    match rooms::look_for_lost(&inner.client, &inner.sharing).await {
        Err(failed) if failed.ends_a_connection() => return Err(failed),
        Err(failed) => inner.noted(&failed),
        Ok(true) => inner.changed(),
        Ok(false) => {}
    }
    if inner.sharing.has_begun()? {
        // It may have arrived, and come back here without its key where this is another sign-in:
        // the server would not know it again, and what is sent twice is two in other programs.
        drop(timeout(OWN, late::unlock_waiting(inner)).await);
    }
    inner.keys_may_be_there();
    Ok(())
}

/// Looks at everybody anew whenever identities or computers change, until the task is stopped.
pub(super) async fn identities_changed(inner: Arc<Inner>) {
    let encryption = inner.client.encryption();
    let Ok(identities) = encryption.user_identities_stream().await else { return };
    let Ok(computers) = encryption.devices_stream().await else { return };
    inner.shown.begins();
    let mut changes = pin!(select(identities.map(drop), computers.map(drop)));
    while changes.next().await.is_some() {
        look_at_all(&inner).await;
    }
}

/// Looks at everybody in every room anew.
pub(super) async fn look_at_all(inner: &Inner) {
    inner.shown.changed();
    for room in inner.client.rooms() {
        if let Err(failed) = rooms::note(&inner.client, &inner.sharing, &room).await {
            inner.noted(&failed);
        }
    }
    inner.changed();
}
