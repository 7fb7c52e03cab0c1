//! Two leaders who compare signs, so that each knows the other for who she is.
//!
//! Client-Server API, section "Short Authentication String (SAS) verification", by messages from
//! device to device.

use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use futures_util::StreamExt as _;
use matrix_sdk::encryption::verification::{
    SasState, SasVerification, Verification, VerificationRequest, VerificationRequestState,
};
use matrix_sdk::ruma::UserId;
use matrix_sdk::ruma::events::key::verification::VerificationMethod;
use matrix_sdk::ruma::events::key::verification::request::ToDeviceKeyVerificationRequestEvent;
use tokio::time::{sleep, timeout};

use super::inner::{Inner, held};
use super::{listen, trust};
use crate::error::{NetworkError, Result};

/// How far a comparing of signs is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// The other asks.
    Asked,
    /// The other is waited for.
    Waiting,
    /// These are the signs: numbers of the specification's table.
    Compare([u8; 7]),
    /// They know each other.
    Done,
    /// It was broken off, or the signs differed.
    Ended,
}

/// A comparing of signs that is under way.
pub(super) struct Under {
    /// One for each of the other's computers until one of them answers.
    requests: Vec<VerificationRequest>,
    other: String,
}

/// How long it is waited for the leader's signature to be known here, and how often it is looked.
const SIGNED: Duration = Duration::from_secs(30);
const LOOK: Duration = Duration::from_millis(500);

const METHODS: [VerificationMethod; 1] = [VerificationMethod::SasV1];

/// Hears of being asked.
pub(super) fn hear(inner: &Arc<Inner>) {
    let heard = Arc::downgrade(inner);
    inner.client.add_event_handler(move |event: ToDeviceKeyVerificationRequestEvent| {
        let heard = heard.clone();
        async move {
            let Some(inner) = heard.upgrade() else { return };
            let flow = event.content.transaction_id.as_str();
            let encryption = inner.client.encryption();
            let Some(request) = encryption.get_verification_request(&event.sender, flow).await
            else {
                return;
            };
            // One at a time; whoever asks meanwhile asks again.
            let busy = matches!(step(&inner), Some((_, step)) if !matches!(step, Step::Done | Step::Ended));
            if busy || request.is_self_verification() {
                return;
            }
            begin_with(&inner, event.sender.as_str(), vec![request]);
        }
    });
}

/// Begins to compare signs with somebody.
///
/// # Errors
/// [`NetworkError::NoSuchPeer`] where she has no computer that is shown to be hers.
pub(super) async fn begin(inner: &Arc<Inner>, user: &UserId) -> Result<()> {
    let encryption = inner.client.encryption();
    encryption.request_user_identity(user).await?;
    let devices = encryption.get_user_devices(user).await?;
    let mut requests = Vec::new();
    for device in devices.devices().filter(|device| device.is_cross_signed_by_owner()) {
        requests.push(device.request_verification_with_methods(METHODS.to_vec()).await?);
    }
    if requests.is_empty() {
        return Err(NetworkError::NoSuchPeer);
    }
    begin_with(inner, user.as_str(), requests);
    Ok(())
}

fn begin_with(inner: &Arc<Inner>, other: &str, requests: Vec<VerificationRequest>) {
    for request in &requests {
        tokio::spawn(follow(Arc::downgrade(inner), request.clone()));
    }
    *held(&inner.verification) = Some(Under { requests, other: other.to_owned() });
    inner.changed();
}

/// Takes the steps that need no answer from the leader.
async fn follow(inner: std::sync::Weak<Inner>, request: VerificationRequest) {
    let mut changes = pin!(request.changes());
    while let Some(state) = changes.next().await {
        let Some(inner) = inner.upgrade() else { return };
        let went = match state {
            VerificationRequestState::Ready { .. } if request.we_started() => {
                only(&inner, &request).await;
                request.start_sas().await.map(drop)
            }
            VerificationRequestState::Transitioned { verification, .. } => {
                if let Some(sas) = verification.sas() {
                    tokio::spawn(follow_sas(Arc::downgrade(&inner), sas));
                }
                Ok(())
            }
            _ => Ok(()),
        };
        if let Err(failed) = went {
            inner.noted(&failed.into());
        }
        inner.changed();
    }
}

/// One of the other's computers has answered: the others are left alone.
async fn only(inner: &Inner, chosen: &VerificationRequest) {
    let others = {
        let mut held = held(&inner.verification);
        let Some(under) = held.as_mut() else { return };
        let all = std::mem::take(&mut under.requests);
        let (one, others) = all.into_iter().partition(|it| it.flow_id() == chosen.flow_id());
        under.requests = one;
        others
    };
    let others: Vec<VerificationRequest> = others;
    for other in others {
        drop(other.cancel().await);
    }
}

async fn follow_sas(inner: std::sync::Weak<Inner>, sas: SasVerification) {
    if !sas.we_started() && sas.accept().await.is_err() {
        return;
    }
    let mut changes = pin!(sas.changes());
    while let Some(state) = changes.next().await {
        let Some(inner) = inner.upgrade() else { return };
        if matches!(state, SasState::Done { .. }) {
            inner.changed();
            if let Err(failed) = know(&inner, sas.other_user_id()).await {
                inner.noted(&failed);
            }
            listen::look_at_all(&inner).await;
            inner.keys_may_be_there();
        }
        inner.changed();
    }
}

/// Notes that the two know each other, and tries again what a changed identity had stopped.
async fn know(inner: &Inner, user: &UserId) -> Result<()> {
    trust::verified(&inner.client, &inner.sharing, user).await?;
    if is_another(inner, user).await? {
        let known = inner.sharing.peer_key(user.as_str())?;
        let signed = timeout(SIGNED, until_signed(inner, user)).await;
        // Whoever looked at her meanwhile noted that she is another. Her key is still that one.
        if let (Ok(Ok(())), Some(known)) = (signed, known) {
            inner.sharing.peer_key_set(user.as_str(), &known.key)?;
        }
    }
    inner.sharing.retry_stopped()?;
    inner.outbox.notify_one();
    Ok(())
}

/// Waits until the sdk knows of the signature that was made just now: it takes it from the server.
async fn until_signed(inner: &Inner, user: &UserId) -> Result<()> {
    while is_another(inner, user).await? {
        sleep(LOOK).await;
    }
    Ok(())
}

/// Whether somebody was known once, and by another identity than the one she has.
async fn is_another(inner: &Inner, user: &UserId) -> Result<bool> {
    let identity = inner.client.encryption().get_user_identity(user).await?;
    Ok(identity.is_some_and(|identity| identity.has_verification_violation()))
}

/// With whom, and how far; none where nothing is under way.
pub(super) fn step(inner: &Inner) -> Option<(String, Step)> {
    let held = held(&inner.verification);
    let under = held.as_ref()?;
    let steps = under.requests.iter().map(step_of);
    // As far as the one that is furthest: until somebody answers, all wait.
    let step = steps.max_by_key(|step| match step {
        Step::Ended => 0,
        Step::Waiting => 1,
        Step::Asked => 2,
        Step::Compare(_) => 3,
        Step::Done => 4,
    });
    Some((under.other.clone(), step.unwrap_or(Step::Ended)))
}

fn step_of(request: &VerificationRequest) -> Step {
    match request.state() {
        VerificationRequestState::Requested { .. } => Step::Asked,
        VerificationRequestState::Created { .. } | VerificationRequestState::Ready { .. } => {
            Step::Waiting
        }
        VerificationRequestState::Done => Step::Done,
        VerificationRequestState::Cancelled(_) => Step::Ended,
        VerificationRequestState::Transitioned { verification, .. } => match sas_of(verification) {
            Some(sas) => match sas.state() {
                SasState::KeysExchanged { emojis: Some(emojis), .. } => {
                    Step::Compare(emojis.indices)
                }
                SasState::Done { .. } => Step::Done,
                SasState::Cancelled(_) => Step::Ended,
                _ => Step::Waiting,
            },
            None => Step::Ended,
        },
    }
}

fn sas_of(verification: Verification) -> Option<SasVerification> {
    verification.sas()
}

/// Answers: to being asked, or whether the signs are the same.
pub(super) async fn answer(inner: &Inner, yes: bool) -> Result<()> {
    let requests = current(inner);
    for request in requests {
        match request.state() {
            VerificationRequestState::Requested { .. } if yes => {
                request.accept_with_methods(METHODS.to_vec()).await?;
            }
            VerificationRequestState::Requested { .. } => request.cancel().await?,
            VerificationRequestState::Transitioned { verification, .. } => {
                if let Some(sas) = verification.sas() {
                    if yes { sas.confirm().await? } else { sas.mismatch().await? }
                }
            }
            _ => {}
        }
    }
    inner.changed();
    Ok(())
}

/// Breaks it off, or puts away what has ended.
pub(super) async fn end(inner: &Inner) -> Result<()> {
    for request in current(inner) {
        if !request.is_done() && !request.is_cancelled() {
            drop(request.cancel().await);
        }
    }
    *held(&inner.verification) = None;
    inner.changed();
    Ok(())
}

fn current(inner: &Inner) -> Vec<VerificationRequest> {
    held(&inner.verification).as_ref().map(|under| under.requests.clone()).unwrap_or_default()
}
