//! What everything that works on one sign-in shares.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use fristed_base::{JobId, Moment};
use matrix_sdk::Client;
use tokio::sync::{Mutex as Turns, Notify, watch};

use super::keys::Identity;
use super::late::InVain;
use super::leaving::Leaving;
use super::trust::Shown;
use super::verify::Under;
use super::{Clock, News, Told};
use crate::error::{NetworkError, Result};
use crate::model::Taken;
use crate::sharing::Sharing;

/// How it stands with the server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Connection {
    /// It is being asked.
    Connecting,
    /// It answers.
    Online,
    /// It does not answer, or not well; it is asked again at that moment.
    Offline {
        /// When.
        again: Moment,
    },
    /// It has signed this computer out.
    SignedOut,
}

/// What the tasks of one sign-in share.
pub(super) struct Inner {
    pub(super) client: Client,
    pub(super) sharing: Sharing,
    pub(super) clock: Clock,
    pub(super) told: Told,
    pub(super) verification: Mutex<Option<Under>>,
    /// How often something was tried in vain since the program began.
    pub(super) tries: Mutex<HashMap<JobId, u32>>,
    /// Something was put into the outbox, or the server answers again.
    pub(super) outbox: Notify,
    /// Whoever sends what is due holds this: two at once would send the same twice, and encrypt
    /// with a key that the other one has just used up.
    pub(super) sending: Turns<()>,
    /// Whom the leader removed, until that is known here: nothing is sent to her room before.
    pub(super) leaving: Leaving,
    pub(super) shown: Shown,
    /// The server shall be asked again before its time.
    pub(super) try_again: Notify,
    /// Something takes longer than an answer: a long text was told of, or keys may be there.
    pub(super) late: Notify,
    pub(super) in_vain: Turns<InVain>,
    ask_for_keys: AtomicBool,
    /// What was tried in vain shall be tried at once.
    answers_again: AtomicBool,
    /// How often the server was heard to the end.
    pub(super) heard: watch::Sender<u64>,
    /// Whether the server did not answer when it was asked last.
    pub(super) lost: watch::Sender<bool>,
    state: Mutex<State>,
}

struct State {
    connection: Connection,
    trouble: Option<NetworkError>,
    identity: Identity,
}

impl Inner {
    pub(super) fn new(client: Client, sharing: Sharing, clock: Clock, told: Told) -> Self {
        Self {
            client,
            sharing,
            clock,
            told,
            verification: Mutex::default(),
            tries: Mutex::default(),
            outbox: Notify::new(),
            sending: Turns::default(),
            leaving: Leaving::default(),
            shown: Shown::default(),
            try_again: Notify::new(),
            late: Notify::new(),
            in_vain: Turns::default(),
            ask_for_keys: AtomicBool::new(false),
            answers_again: AtomicBool::new(false),
            heard: watch::Sender::new(0),
            lost: watch::Sender::new(false),
            state: Mutex::new(State {
                connection: Connection::Connecting,
                trouble: None,
                identity: Identity::Unknown,
            }),
        }
    }

    pub(super) fn now(&self) -> Moment {
        (self.clock)()
    }

    /// The moment after a pause.
    pub(super) fn later(&self, pause: Duration) -> Moment {
        let pause = chrono::TimeDelta::from_std(pause).unwrap_or(chrono::TimeDelta::MAX);
        let now = self.now().date_time();
        now.checked_add_signed(pause).map_or_else(|| self.now(), Moment::new)
    }

    pub(super) fn connection(&self) -> Connection {
        held(&self.state).connection.clone()
    }

    pub(super) fn identity(&self) -> Identity {
        held(&self.state).identity
    }

    /// Runs something over the last trouble.
    pub(super) fn with_trouble<T>(&self, f: impl FnOnce(Option<&NetworkError>) -> T) -> T {
        f(held(&self.state).trouble.as_ref())
    }

    /// The server answered.
    pub(super) fn reached(&self) {
        let was = {
            let mut state = held(&self.state);
            state.trouble = None;
            std::mem::replace(&mut state.connection, Connection::Online)
        };
        self.lost.send_replace(false);
        if was != Connection::Online {
            // What failed for want of a server is tried at once.
            if let Err(failed) = self.sharing.retry_offline() {
                self.noted(&failed);
            }
            self.answers_again.store(true, Ordering::Release);
            self.outbox.notify_one();
            self.changed();
        }
    }

    /// An answer was taken in to its end.
    pub(super) fn heard(&self) {
        self.heard.send_modify(|times| *times += 1);
        if *self.heard.borrow() == 1 {
            self.outbox.notify_one();
        }
    }

    /// Whether it is known who is in each network: nothing is sent before the server was heard, and
    /// while it does not answer. Somebody may have left, or come, since it was heard last.
    pub(super) fn may_send(&self) -> bool {
        *self.heard.borrow() > 0 && !*self.lost.borrow()
    }

    /// Waits until the server was heard since the program began, or does not answer.
    ///
    /// # Errors
    /// Why it does not.
    pub(super) async fn hears(&self) -> Result<()> {
        let (mut rounds, mut lost) = (self.heard.subscribe(), self.lost.subscribe());
        tokio::select! {
            biased;
            _ = lost.wait_for(|lost| *lost) => Err(self.why()),
            _ = rounds.wait_for(|times| *times > 0) => Ok(()),
        }
    }

    /// Why the server is not heard.
    pub(super) fn why(&self) -> NetworkError {
        self.with_trouble(|trouble| trouble.map_or(NetworkError::Unreachable, NetworkError::told))
    }

    /// The server did not answer, or not well, and is asked again after this time.
    pub(super) fn unreachable(&self, failed: &NetworkError, pause: Duration) {
        {
            let mut state = held(&self.state);
            state.connection = Connection::Offline { again: self.later(pause) };
            state.trouble = Some(failed.told());
        }
        self.lost.send_replace(true);
        self.changed();
    }

    /// The server has signed this computer out.
    pub(super) fn signed_out(&self) {
        held(&self.state).connection = Connection::SignedOut;
        if let Err(failed) = self.sharing.account_signed_out(true) {
            self.noted(&failed);
        }
        // Whoever waits for the server waits no longer.
        self.heard();
        self.changed();
    }

    pub(super) fn identified(&self, identity: Identity) {
        held(&self.state).identity = identity;
        if identity == Identity::Ready {
            self.outbox.notify_one();
        }
        self.changed();
    }

    /// Something failed that is tried again by itself.
    pub(super) fn noted(&self, failed: &NetworkError) {
        tracing::warn!(error = %failed, "sharing");
        held(&self.state).trouble = Some(failed.told());
    }

    pub(super) fn took(&self, taken: Vec<Taken>) {
        for one in taken.into_iter().filter(|one| *one != Taken::default()) {
            (self.told)(News::Came(one));
        }
    }

    /// What waits for keys shall be asked for anew.
    pub(super) fn keys_may_be_there(&self) {
        self.ask_again();
        self.late.notify_one();
    }

    /// The same, once it is time.
    pub(super) fn ask_again(&self) {
        self.ask_for_keys.store(true, Ordering::Release);
    }

    /// Whether it shall; it is asked for once, unless that fails.
    pub(super) fn takes_asking(&self) -> bool {
        self.ask_for_keys.swap(false, Ordering::AcqRel)
    }

    /// Whether the server answers again, so that what was tried in vain is tried at once.
    pub(super) fn takes_answering_again(&self) -> bool {
        self.answers_again.swap(false, Ordering::AcqRel)
    }

    pub(super) fn changed(&self) {
        (self.told)(News::Changed);
    }
}

/// What a lock holds, also after a thread panicked while it held it: each value is whole by itself.
pub(super) fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
