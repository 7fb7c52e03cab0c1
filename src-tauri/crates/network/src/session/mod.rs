//! A sign-in at a Matrix server: the only part of Fristed that knows the sdk.
//!
//! It runs on a runtime of its own, with tasks that live as long as the vault is open: one listens
//! to the server and takes in what comes, one carries out what is in the outbox, one fetches what
//! takes longer, two hear of keys and of identities. Every method waits for its end and may be
//! called from any thread but the runtime's own.

mod begin;
mod client;
mod codes;
mod doctor;
mod error;
mod inner;
mod keys;
mod late;
mod leaving;
mod listen;
mod oauth;
mod people;
mod rooms;
mod send;
mod sign_in;
mod store;
mod take;
mod trust;
mod verify;

use std::future::Future;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use fristed_base::{Moment, Secret};
use tokio::runtime::Runtime;
use tokio::sync::watch;
use tokio::task::JoinHandle;

pub use doctor::{Finding, Health, Looked};
pub use inner::Connection;
pub use keys::Identity;
pub use sign_in::{Credentials, Offer};
pub use trust::Trust;
pub use verify::Step;

use crate::error::{NetworkError, Result};
use crate::model::Taken;
use crate::sharing::Sharing;
use inner::Inner;

/// Tells the moment; passed in, since nothing below the shell asks what time it is.
pub type Clock = Arc<dyn Fn() -> Moment + Send + Sync>;

/// Hears of what changed, on a thread of the session's.
pub type Told = Arc<dyn Fn(News) + Send + Sync>;

/// What a session tells.
#[derive(Debug)]
pub enum News {
    /// Something about sharing changed.
    Changed,
    /// Something came and was taken in.
    Came(Taken),
}

/// Ends what waits for a server, from another thread.
#[derive(Debug, Clone)]
pub struct Stop(watch::Sender<bool>);

impl Default for Stop {
    fn default() -> Self {
        Self(watch::Sender::new(false))
    }
}

impl Stop {
    /// Ends it.
    pub fn raise(&self) {
        self.0.send_replace(true);
    }

    async fn raised(&self) {
        // The sender is held, so this ends only when it was raised.
        drop(self.0.subscribe().wait_for(|raised| *raised).await);
    }
}

/// How often, and how far apart, a command that ends afterwards looks for keys that did not come.
const KEY_LOOKS: u32 = 12;
const KEY_PAUSE: Duration = Duration::from_millis(250);
/// How long it waits for long texts.
const FETCHING: Duration = Duration::from_secs(20);

/// How long the end waits for keys to be backed up.
const BACKING_UP: Duration = Duration::from_secs(1);

/// How long the end waits for a request that cannot be broken off.
const ENDING: Duration = Duration::from_secs(2);

/// How long it is waited for what the server's limit is.
const LIMIT: Duration = Duration::from_secs(3);

/// One sign-in, for as long as the vault is open.
pub struct Session {
    runtime: Option<Runtime>,
    /// None once it is dropped: the sdk's stores have to be let go of inside the runtime.
    inner: Option<Arc<Inner>>,
    tasks: Vec<JoinHandle<()>>,
    stop: Stop,
}

/// What a server offers to whoever wants to sign in.
///
/// # Errors
/// [`NetworkError::AddressRefused`], [`NetworkError::NotAServer`], [`NetworkError::ServerLacks`],
/// [`NetworkError::Unreachable`], [`NetworkError::Stopped`].
pub fn look(address: &str, stop: &Stop) -> Result<Offer> {
    wait_once(stop, sign_in::look(address))
}

/// Looks at a server in every respect that matters to sharing.
///
/// # Errors
/// As [`look`], where nothing at all can be said of it.
pub fn doctor(address: &str, now: Moment, stop: &Stop) -> Result<Health> {
    wait_once(stop, doctor::examine(address, now))
}

/// Forgets the account: it goes from the store, and its keys from the disk. What was shared and what
/// came stays. No session may be open.
///
/// # Errors
/// [`NetworkError::Store`], [`NetworkError::Io`].
pub fn forget(vault: &Path, sharing: &Sharing) -> Result<()> {
    sharing.account_remove()?;
    Ok(client::remove_all(vault)?)
}

fn wait_once<T>(stop: &Stop, asking: impl Future<Output = Result<T>>) -> Result<T> {
    let runtime = runtime()?;
    let done = runtime.block_on(unless(stop, asking));
    runtime.shutdown_background();
    done
}

async fn unless<T>(stop: &Stop, asking: impl Future<Output = Result<T>>) -> Result<T> {
    tokio::select! {
        biased;
        () = stop.raised() => Err(NetworkError::Stopped),
        done = asking => done,
    }
}

fn runtime() -> Result<Runtime> {
    let mut builder = tokio::runtime::Builder::new_multi_thread();
    Ok(builder.worker_threads(2).thread_name("sharing").enable_all().build()?)
}

impl Session {
    fn inner(&self) -> &Arc<Inner> {
        self.inner.as_ref().expect("it is there until the session is dropped")
    }

    fn wait<T>(&self, asking: impl Future<Output = Result<T>>) -> Result<T> {
        let runtime = self.runtime.as_ref().ok_or(NetworkError::Stopped)?;
        runtime.block_on(unless(&self.stop, asking))
    }

    /// What ends whatever waits for the server.
    #[must_use]
    pub fn stop(&self) -> Stop {
        self.stop.clone()
    }

    /// How it stands with the server.
    #[must_use]
    pub fn connection(&self) -> Connection {
        self.inner().connection()
    }

    /// Whether this computer is known for the leader's own.
    #[must_use]
    pub fn identity(&self) -> Identity {
        self.inner().identity()
    }

    /// Runs something over the last trouble.
    pub fn with_trouble<T>(&self, f: impl FnOnce(Option<&NetworkError>) -> T) -> T {
        self.inner().with_trouble(f)
    }

    /// Opens an identity that is elsewhere with a key that was typed.
    ///
    /// # Errors
    /// [`NetworkError::IdentityKeyWrong`].
    pub fn identity_open(&self, typed: &Secret) -> Result<()> {
        let inner = self.inner();
        let found = self.wait(keys::open(&inner.client, &inner.sharing, typed))?;
        inner.identified(found);
        self.wait(late::unlock_waiting(inner))
    }

    /// Begins with a new identity. The password is empty where she signs in by the browser; `open`
    /// opens an address in it then, and says whether that went well.
    ///
    /// # Errors
    /// [`NetworkError::SignInRefused`] where the server does not take the password, or is not told
    /// within two minutes that it is her; [`NetworkError::NoBrowser`].
    pub fn identity_anew(
        &self,
        password: &Secret,
        open: &(dyn Fn(&str) -> bool + Sync),
    ) -> Result<()> {
        let inner = self.inner();
        let user = inner.client.user_id().ok_or(NetworkError::NotSignedIn)?.to_string();
        let again = keys::Again { user: &user, password };
        let found = self.wait(keys::anew(&inner.client, &inner.sharing, &again, open))?;
        inner.identified(found);
        Ok(())
    }

    /// The bytes of a file that came along, decrypted and checked.
    ///
    /// # Errors
    /// [`NetworkError::NotFound`] where the server has it no more, [`NetworkError::Damaged`] where
    /// it is not what was shared.
    pub fn fetch(&self, encrypted_file: &serde_json::Value) -> Result<Vec<u8>> {
        self.wait(take::file(&self.inner().client, encrypted_file))
    }

    /// The largest file that the server takes, in bytes.
    ///
    /// # Errors
    /// [`NetworkError::Unreachable`], also where it takes longer than somebody waits who writes.
    pub fn limit(&self) -> Result<u64> {
        self.wait(async {
            let asked = self.inner().client.load_or_fetch_max_upload_size();
            let told = tokio::time::timeout(LIMIT, asked).await;
            Ok(u64::from(told.map_err(|_| NetworkError::Unreachable)??))
        })
    }

    /// Something was put into the outbox.
    pub fn wake(&self) {
        self.inner().outbox.notify_one();
    }

    /// Asks a server that did not answer again now.
    pub fn try_again(&self) {
        self.inner().try_again.notify_one();
    }

    /// Waits until the server was heard, everything new was taken in, and nothing in the outbox is
    /// due; for the terminal, which ends afterwards. A server that does not answer is not waited
    /// for: it was asked once, and that is told.
    ///
    /// # Errors
    /// [`NetworkError::Unreachable`] and what else keeps the server from being heard within that
    /// time, [`NetworkError::SignedOut`].
    pub fn catch_up(&self, within: Duration) -> Result<()> {
        let inner = self.inner();
        let heard = async {
            inner.hears().await?;
            while send::round(inner).await? {}
            // What cannot be fetched now comes another time.
            let _came = tokio::time::timeout(FETCHING, late::round(inner)).await;
            // A text may come a moment before its key, or before what shows that its sender's
            // computer is hers.
            for _ in 0..KEY_LOOKS {
                if inner.sharing.waiting(None)?.is_empty() {
                    break;
                }
                tokio::time::sleep(KEY_PAUSE).await;
                late::unlock_waiting(inner).await?;
            }
            Ok(())
        };
        self.wait(async {
            tokio::time::timeout(within, heard).await.unwrap_or_else(|_| Err(inner.why()))
        })?;
        match self.connection() {
            Connection::SignedOut => Err(NetworkError::SignedOut),
            _ => Ok(()),
        }
    }

    /// Signs this computer out at the server. Afterwards the session is of no use, also where that
    /// failed: close it, and [`forget`] the account.
    ///
    /// # Errors
    /// [`NetworkError::Unreachable`] and what else the server answers: it still knows this computer.
    pub fn log_out(&self) -> Result<()> {
        self.tasks.iter().for_each(JoinHandle::abort);
        match self.wait(async { Ok(self.inner().client.logout().await?) }) {
            // It had signed this computer out by itself.
            Err(NetworkError::SignedOut) => Ok(()),
            done => done,
        }
    }

    /// Sends what is due, now, and waits for it.
    ///
    /// # Errors
    /// [`NetworkError::Unreachable`] and what else keeps the server from being heard,
    /// [`NetworkError::Store`], [`NetworkError::Stopped`].
    pub fn send_now(&self) -> Result<()> {
        self.wait(async {
            self.inner().hears().await?;
            while send::round(self.inner()).await? {}
            Ok(())
        })
    }

    /// Ends everything and closes the keys' store. Keys that came last are backed up first, where
    /// that is a matter of a moment: another computer of hers could not read without them.
    pub fn close(self) {
        if let Some(runtime) =
            self.runtime.as_ref().filter(|_| self.connection() == Connection::Online)
        {
            let backups = self.inner().client.encryption().backups();
            drop(runtime.block_on(async {
                tokio::time::timeout(
                    BACKING_UP,
                    backups.wait_for_steady_state().with_delay(Duration::ZERO),
                )
                .await
            }));
        }
        drop(self);
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        self.stop.raise();
        for task in self.tasks.drain(..) {
            task.abort();
        }
        if let Some(runtime) = self.runtime.take() {
            {
                let _inside = runtime.enter();
                self.inner = None;
            }
            runtime.shutdown_timeout(ENDING);
        }
    }
}
