//! Carrying out what is in the outbox.

use std::io::Cursor;
use std::sync::Arc;
use std::time::Duration;

use futures_util::future::join_all;
use matrix_sdk::Room;
use matrix_sdk::ruma::{EventId, OwnedTransactionId, TransactionId};

use super::inner::{Inner, held};
use super::trust::Trust;
use super::{rooms, trust};
use crate::error::{NetworkError, Result};
use crate::model::{Act, Job, Trouble};

/// The longest sleep while nothing is due: the clock may have been set.
const LONGEST_SLEEP: Duration = Duration::from_secs(30);
/// How soon it is looked again whether somebody who was removed is known to be gone; whoever hears
/// of it says so.
const LEAVING: Duration = Duration::from_secs(1);
/// The shortest and the longest pause before something is tried again.
const PAUSES: (u64, u64) = (2, 300);

/// Sends until the task is stopped.
pub(super) async fn run(inner: Arc<Inner>) {
    loop {
        let sleep = match round(&inner).await {
            Ok(true) => continue,
            Ok(false) => until_due(&inner),
            Err(failed) => {
                inner.noted(&failed);
                LONGEST_SLEEP
            }
        };
        tokio::select! {
            () = tokio::time::sleep(sleep) => {}
            () = inner.outbox.notified() => {}
        }
    }
}

/// Carries out the first of each room that is due, once nobody else does; whether there was any.
pub(super) async fn round(inner: &Inner) -> Result<bool> {
    let _alone = inner.sending.lock().await;
    if !inner.may_send() {
        return Ok(false);
    }
    let mut jobs = inner.sharing.next_jobs(inner.now())?;
    let leaving = inner.leaving.rooms(&inner.client).await?;
    jobs.retain(|job| !leaving.contains(&job.room));
    if jobs.is_empty() {
        return Ok(false);
    }
    for done in join_all(jobs.iter().map(|job| carry_out(inner, job))).await {
        done?;
    }
    inner.changed();
    Ok(true)
}

fn until_due(inner: &Inner) -> Duration {
    if !inner.may_send() {
        // Whoever hears the server wakes this.
        return LONGEST_SLEEP;
    }
    let due = inner.sharing.next_due().ok().flatten();
    let Some(due) = due else { return LONGEST_SLEEP };
    let left = due.date_time() - inner.now().date_time();
    let shortest = if inner.leaving.is_empty() { Duration::ZERO } else { LEAVING };
    left.to_std().unwrap_or_default().clamp(shortest, LONGEST_SLEEP)
}

/// Carries something out, and notes how that went.
async fn carry_out(inner: &Inner, job: &Job) -> Result<()> {
    let failed = match tried(inner, job).await {
        Ok(done) => {
            held(&inner.tries).remove(&job.id);
            return match done {
                Done::Sent(event) => inner.sharing.job_sent(job.id, &event, inner.now()),
                Done::Uploaded(file) => inner.sharing.job_uploaded(job.id, &file),
                Done::Not => Ok(()),
            };
        }
        Err(failed) => failed,
    };
    if matches!(failed, NetworkError::Store(_)) {
        return Err(failed);
    }
    inner.noted(&failed);
    let tries = {
        let mut tries = held(&inner.tries);
        let tries: &mut u32 = tries.entry(job.id).or_default();
        *tries += 1;
        *tries
    };
    let (trouble, again) = judged(&failed, tries);
    let again = again.map(|pause| inner.later(pause));
    inner.sharing.job_failed(job.id, trouble, again)
}

enum Done {
    Sent(String),
    Uploaded(serde_json::Value),
    /// The leader called it back, or is asked first.
    Not,
}

async fn tried(inner: &Inner, job: &Job) -> Result<Done> {
    let room = rooms::joined(&inner.client, &job.room).map_err(|_| NetworkError::NotAllowed)?;
    let here = match job.act {
        Act::Redact { .. } => Vec::new(),
        Act::Send { .. } | Act::Upload { .. } => readers(inner, &room).await?,
    };
    match inner.sharing.job_begun(job, &here) {
        Ok(true) => act(inner, &room, job).await,
        Ok(false) | Err(NetworkError::NotFound) => Ok(Done::Not),
        Err(failed) => Err(failed),
    }
}

async fn act(inner: &Inner, room: &Room, job: &Job) -> Result<Done> {
    let txn: OwnedTransactionId = <&TransactionId>::from(job.txn.as_str()).to_owned();
    match &job.act {
        Act::Send { event_type, content } => {
            let sent = room.send_raw(event_type, content.clone()).with_transaction_id(&txn).await?;
            Ok(Done::Sent(sent.response.event_id.to_string()))
        }
        Act::Upload { bytes, .. } => {
            let limit = inner.client.load_or_fetch_max_upload_size().await?;
            let limit = u64::from(limit);
            if bytes.len() as u64 > limit {
                return Err(NetworkError::AboveLimit { limit });
            }
            let mut cursor = Cursor::new(bytes);
            let file = inner.client.upload_encrypted_file(&mut cursor).await?;
            Ok(Done::Uploaded(serde_json::to_value(&file)?))
        }
        Act::Redact { event } => {
            let event = EventId::parse(event).map_err(|_| NetworkError::NotFound)?;
            match room.redact(&event, None, Some(txn)).await {
                // Gone already, with everything in it.
                Err(gone) if NetworkError::is_not_found(&gone) => Ok(Done::Sent(event.to_string())),
                done => Ok(Done::Sent(done?.event_id.to_string())),
            }
        }
    }
}

/// The addresses of those others who can read what is sent in a room now.
///
/// # Errors
/// [`NetworkError::NotEncrypted`] where the room is not fit for sharing,
/// [`NetworkError::IdentityChanged`] where somebody has another identity than the leader knows.
async fn readers(inner: &Inner, room: &Room) -> Result<Vec<String>> {
    if !rooms::is_fit(room).await? {
        return Err(NetworkError::NotEncrypted);
    }
    let mut readers = Vec::new();
    room.sync_members().await?;
    // Their addresses alone: whoever waits for this shall not wait for their names and pictures.
    let here = inner.client.state_store();
    let here = here.get_user_ids(room.room_id(), rooms::who_reads(room)).await;
    for user in here.map_err(matrix_sdk::Error::from)? {
        if inner.client.user_id() == Some(&user) {
            continue;
        }
        let user = &*user;
        let mut trust = trust::of(&inner.client, &inner.sharing, user).await?;
        if trust == Trust::NoIdentity {
            // She may have come so lately that it was not asked for; the sdk asks before it
            // encrypts, and would give her the key.
            inner.client.encryption().request_user_identity(user).await?;
            trust = trust::of(&inner.client, &inner.sharing, user).await?;
        }
        match trust {
            Trust::Changed => return Err(NetworkError::IdentityChanged),
            Trust::NoIdentity => {}
            Trust::Known | Trust::NotYet => readers.push(user.to_string()),
        }
    }
    Ok(readers)
}

/// What a failure is to the leader, and after how long it is tried again; none where she is asked.
fn judged(failed: &NetworkError, tries: u32) -> (Trouble, Option<Duration>) {
    let (shortest, longest) = PAUSES;
    let pause = Duration::from_secs((shortest << tries.min(8)).min(longest));
    match failed {
        NetworkError::IdentityChanged => (Trouble::IdentityChanged, None),
        NetworkError::AboveLimit { .. } => (Trouble::TooLarge, None),
        NetworkError::NotAllowed | NetworkError::NotFound => (Trouble::NotThere, None),
        NetworkError::SignedOut => (Trouble::SignedOut, Some(Duration::from_secs(longest))),
        NetworkError::IdentityMissing | NetworkError::NotEncrypted | NetworkError::Keys => {
            (Trouble::Keys, Some(pause))
        }
        NetworkError::TooManyRequests { .. } => {
            (Trouble::Busy, Some(failed.pause().unwrap_or(pause)))
        }
        NetworkError::Unreachable => (Trouble::Offline, Some(pause)),
        _ => (Trouble::Refused, Some(pause)),
    }
}
