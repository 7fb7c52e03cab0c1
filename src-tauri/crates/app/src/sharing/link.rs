//! The sign-in that is in use while the vault is open.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use fristed_network::session::{self, Session, Stop};
use fristed_network::{NetworkError, Sharing};

use super::Hooks;
use super::meetings::Takes;
use crate::error::AppError;
use crate::wire::ErrorCode;

/// How long the end waits for whoever still uses the session; each of them was told to stop.
const ENDING: Duration = Duration::from_secs(5);

/// What is open, as far as a session needs it.
#[derive(Clone)]
pub(crate) struct Opened {
    pub(crate) folder: PathBuf,
    pub(crate) sharing: Sharing,
    pub(crate) takes: Takes,
}

/// Holds the session, and starts and ends it with the vault.
#[derive(Default)]
pub(crate) struct Link {
    hooks: Mutex<Option<Hooks>>,
    slot: Mutex<Slot>,
    /// Ends a sign-in that waits for the browser.
    signing_in: Mutex<Option<Stop>>,
}

#[derive(Default)]
struct Slot {
    /// None where no vault is open.
    opened: Option<Opened>,
    session: Option<Arc<Session>>,
    /// Why the sign-in could not be taken into use.
    trouble: Option<NetworkError>,
}

fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Link {
    /// From now on a session may be started, also over a vault that is open already.
    pub(crate) fn allow(
        self: &Arc<Self>,
        clock: session::Clock,
        told: Arc<dyn Fn() + Send + Sync>,
    ) {
        *held(&self.hooks) = Some(Hooks { clock, told });
        let opened = held(&self.slot).opened.clone();
        if let Some(opened) = opened {
            self.begin(opened);
        }
    }

    /// Something about sharing was changed here: whoever shows it is told.
    pub(crate) fn tell(&self) {
        let told = held(&self.hooks).as_ref().map(|hooks| Arc::clone(&hooks.told));
        if let Some(told) = told {
            told();
        }
    }

    /// A vault was opened: where an account is signed in, it is taken into use on a thread of its
    /// own, so that nobody waits for it.
    pub(crate) fn begin(self: &Arc<Self>, opened: Opened) {
        let allowed = held(&self.hooks).is_some();
        let signed_in =
            matches!(opened.sharing.account(), Ok(Some(account)) if !account.signed_out);
        held(&self.slot).opened = Some(opened);
        if allowed && signed_in {
            let link = Arc::clone(self);
            let started = std::thread::Builder::new()
                .name("sharing-start".into())
                .spawn(move || drop(link.start()));
            if let Err(failed) = started {
                tracing::error!(%failed, "sharing was not started");
            }
        }
    }

    /// Takes the account into use, where it is not yet; none where nobody is signed in.
    pub(crate) fn start(&self) -> Result<Option<Arc<Session>>, AppError> {
        let mut slot = held(&self.slot);
        if let Some(session) = &slot.session {
            return Ok(Some(Arc::clone(session)));
        }
        let Some(opened) = slot.opened.clone() else { return Err(ErrorCode::Locked.into()) };
        let Some(hooks) = held(&self.hooks).as_ref().map(|hooks| hooks.of(&opened.takes)) else {
            return Ok(None);
        };
        match Session::open(&opened.folder, &opened.sharing, hooks) {
            Ok(session) => {
                slot.session = session.map(Arc::new);
                slot.trouble = None;
                Ok(slot.session.clone())
            }
            Err(failed) => {
                tracing::error!(error = %failed, "the sign-in cannot be taken into use");
                let told = AppError::from(&failed);
                slot.trouble = Some(failed);
                Err(told)
            }
        }
    }

    /// The session, where there is one.
    pub(crate) fn session(&self) -> Option<Arc<Session>> {
        held(&self.slot).session.clone()
    }

    /// Why the sign-in could not be taken into use.
    pub(crate) fn trouble(&self) -> Option<ErrorCode> {
        held(&self.slot).trouble.as_ref().map(|failed| AppError::from(failed).code)
    }

    /// The session, for what cannot be done without one.
    ///
    /// # Errors
    /// `NotSignedIn`, `SignedOut`.
    pub(crate) fn needed(&self, sharing: &Sharing) -> Result<Arc<Session>, AppError> {
        match (self.start()?, sharing.account()?) {
            (Some(session), Some(account)) if !account.signed_out => Ok(session),
            (_, Some(_)) => Err(ErrorCode::SignedOut.into()),
            (_, None) => Err(ErrorCode::NotSignedIn.into()),
        }
    }

    /// Signs in by `act`, which is given what it needs, and takes the new session into use.
    pub(crate) fn sign_in(
        &self,
        act: impl FnOnce(
            &Opened,
            (session::Clock, session::Told),
            Stop,
        ) -> Result<Session, NetworkError>,
    ) -> Result<(), AppError> {
        let opened = held(&self.slot).opened.clone().ok_or(ErrorCode::Locked)?;
        let hooks = held(&self.hooks).as_ref().map(|hooks| hooks.of(&opened.takes));
        let hooks = hooks.ok_or(ErrorCode::Internal)?;
        let stop = Stop::default();
        if let Some(earlier) = held(&self.signing_in).replace(stop.clone()) {
            earlier.raise();
        }
        let signed_in = act(&opened, hooks, stop);
        *held(&self.signing_in) = None;
        let session = signed_in.map_err(|failed| AppError::from(&failed))?;
        let mut slot = held(&self.slot);
        if slot.opened.is_none() {
            // Locked meanwhile.
            return Err(ErrorCode::Locked.into());
        }
        slot.session = Some(Arc::new(session));
        slot.trouble = None;
        Ok(())
    }

    /// Ends a sign-in that waits for the browser.
    pub(crate) fn sign_in_cancel(&self) {
        if let Some(stop) = held(&self.signing_in).take() {
            stop.raise();
        }
    }

    /// Lets go of the session, and waits until nobody uses it any more.
    pub(crate) fn let_go(&self) {
        let session = held(&self.slot).session.take();
        let Some(mut session) = session else { return };
        session.stop().raise();
        let begun = std::time::Instant::now();
        loop {
            match Arc::try_unwrap(session) {
                Ok(alone) => {
                    alone.close();
                    return;
                }
                Err(shared) if begun.elapsed() < ENDING => {
                    session = shared;
                    // Each of them ends by itself, and none tells of it.
                    std::thread::sleep(Duration::from_millis(10));
                }
                // Whoever uses it still drops it.
                Err(_) => return,
            }
        }
    }

    /// The vault is being closed.
    pub(crate) fn end(&self) {
        self.sign_in_cancel();
        held(&self.slot).opened = None;
        self.let_go();
        held(&self.slot).trouble = None;
    }
}
