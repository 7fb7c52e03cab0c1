//! What takes longer than an answer of the server's: long texts, which are fetched as files, and
//! what waits for a key, which is asked for one by one.
//!
//! Whoever shares them may be at a server that is away, or have sent something that is nowhere. So
//! nothing else waits for them, and what cannot be had now is tried again, ever less often.

use std::collections::{BTreeSet, HashMap};
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use futures_util::{StreamExt as _, stream};
use tokio::time::{Instant, sleep_until, timeout};

use super::inner::Inner;
use super::take;
use crate::error::{NetworkError, Result};

/// The longest that a text may take to come.
const TEXT: Duration = Duration::from_secs(60);
/// How many are fetched at once: one that does not come shall not hold the others back.
const AT_ONCE: usize = 4;
/// The shortest and the longest pause before something is tried again.
const PAUSES: (Duration, Duration) = (Duration::from_secs(2), Duration::from_secs(3_600));

/// What could not be had: how often it was tried, and when it is tried again.
#[derive(Debug, Default)]
pub(super) struct InVain(HashMap<String, (u32, Instant)>);

impl InVain {
    /// Whether it is not yet time to try something again.
    fn rests(&self, what: &str) -> bool {
        self.0.get(what).is_some_and(|(_, again)| *again > Instant::now())
    }

    /// It was tried in vain once more, which says nothing of the connection. A server that asks for
    /// a longer pause has it.
    fn failed(&mut self, what: &str, why: &NetworkError) {
        tracing::warn!(error = %why, "something shared could not be fetched");
        let (times, again) = self.0.entry(what.to_owned()).or_insert((0, Instant::now()));
        let pause = PAUSES.0.saturating_mul(1 << (*times).min(16)).min(PAUSES.1);
        *times += 1;
        *again = Instant::now() + pause.max(why.pause().unwrap_or_default());
    }

    /// When something is tried next.
    fn next(&self) -> Option<Instant> {
        self.0.values().map(|(_, again)| *again).min()
    }
}

/// What stands for all that waits for keys, among what was tried in vain; no event's id is so.
const KEYS: &str = "";

/// Fetches what is wanted until the task is stopped.
pub(super) async fn run(inner: Arc<Inner>) {
    loop {
        let again = round(&inner).await;
        tokio::select! {
            () = inner.late.notified() => {}
            () = until(again) => {}
        }
    }
}

async fn until(moment: Option<Instant>) {
    match moment {
        Some(moment) => sleep_until(moment).await,
        None => std::future::pending().await,
    }
}

/// Tries once whatever is wanted and does not rest; gives when the next is tried again.
pub(super) async fn round(inner: &Inner) -> Option<Instant> {
    let mut in_vain = inner.in_vain.lock().await;
    if inner.takes_answering_again() {
        *in_vain = InVain::default();
    }
    if !in_vain.rests(KEYS) {
        if !inner.takes_asking() {
            // Whoever was cut off in the middle of asking may have left this behind.
            in_vain.0.remove(KEYS);
        } else if let Err(failed) = unlock_waiting(inner).await {
            in_vain.failed(KEYS, &failed);
            inner.ask_again();
        } else {
            in_vain.0.remove(KEYS);
        }
    }
    if let Err(failed) = texts(inner, &mut in_vain).await {
        inner.noted(&failed);
        // Whatever could not be kept is not fetched again at once.
        let soonest = Instant::now() + PAUSES.0;
        return Some(in_vain.next().map_or(soonest, |next| next.max(soonest)));
    }
    in_vain.next()
}

/// Fetches the long texts that were told of.
async fn texts(inner: &Inner, in_vain: &mut InVain) -> Result<()> {
    let wanted = inner.sharing.texts_wanted()?;
    in_vain.0.retain(|event, _| event == KEYS || wanted.iter().any(|text| text.event == *event));
    let wanted: Vec<_> = wanted.into_iter().filter(|text| !in_vain.rests(&text.event)).collect();
    let fetching = wanted.into_iter().map(|text| async move {
        let came = timeout(TEXT, take::file(&inner.client, &text.source)).await;
        (text, came.unwrap_or(Err(NetworkError::Unreachable)))
    });
    let mut fetched = stream::iter(fetching).buffer_unordered(AT_ONCE);
    while let Some((text, came)) = fetched.next().await {
        let bytes = match came {
            Ok(bytes) => bytes,
            Err(failed) => {
                in_vain.failed(&text.event, &failed);
                continue;
            }
        };
        // Whatever is longer than what was told of is not read, and so unreadable.
        let most = bytes.len().min(text.limit.saturating_add(1));
        match inner.sharing.take_text(&text.room, &text.event, &bytes[..most]) {
            Ok(taken) => inner.took(vec![taken]),
            // It was taken back meanwhile.
            Err(NetworkError::NotFound) => {}
            Err(failed) => return Err(failed),
        }
        in_vain.0.remove(&text.event);
    }
    Ok(())
}

/// Asks anew for everything that waits for a key.
pub(super) async fn unlock_waiting(inner: &Inner) -> Result<()> {
    for room in inner.client.joined_rooms() {
        let taken = take::waiting(&inner.client, &inner.sharing, &room).await?;
        inner.took(taken);
    }
    Ok(())
}

/// Asks anew for what waits whenever keys have come, until the task is stopped.
pub(super) async fn keys_came(inner: Arc<Inner>) {
    let Some(stream) = inner.client.encryption().room_keys_received_stream().await else { return };
    let mut stream = pin!(stream);
    while let Some(came) = stream.next().await {
        let rooms: Vec<_> = match came {
            Ok(keys) => keys.into_iter().map(|key| key.room_id).collect(),
            // More came than are told one by one.
            Err(_) => inner.client.joined_rooms().iter().map(|r| r.room_id().to_owned()).collect(),
        };
        let rooms: BTreeSet<_> = rooms.into_iter().collect();
        for room in rooms.iter().filter_map(|id| inner.client.get_room(id)) {
            match take::waiting(&inner.client, &inner.sharing, &room).await {
                Ok(taken) => inner.took(taken),
                Err(failed) => inner.noted(&failed),
            }
        }
    }
}
