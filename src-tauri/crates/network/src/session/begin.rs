//! How a session begins: by signing in, or by going on with a sign-in that is in the vault.

use std::path::Path;
use std::sync::Arc;

use fristed_base::Secret;
use tokio::runtime::Runtime;
use url::Url;
use zeroize::Zeroizing;

use super::client::{self, KeyPlace};
use super::inner::Inner;
use super::sign_in::{self, Credentials, Kept};
use super::{Clock, Session, Stop, Told, keys, late, listen, runtime, send, unless, verify};
use crate::error::{NetworkError, Result};
use crate::model::Account;
use crate::sharing::Sharing;

impl Session {
    /// Signs in, and notes the account in the store.
    ///
    /// # Errors
    /// [`NetworkError::SignInRefused`], [`NetworkError::Unreachable`], [`NetworkError::Stopped`];
    /// nothing is kept then.
    pub fn sign_in(
        vault: &Path,
        sharing: &Sharing,
        server: &str,
        credentials: Credentials<'_>,
        (clock, told): (Clock, Told),
        stop: Stop,
    ) -> Result<Self> {
        let runtime = runtime()?;
        let server =
            Url::parse(&client::checked(server)?).map_err(|_| NetworkError::AddressRefused)?;
        let (mut mark, mut key) = ([0; 16], Zeroizing::new([0; 32]));
        getrandom::fill(&mut mark).expect("the operating system has random bytes");
        getrandom::fill(&mut key[..]).expect("the operating system has random bytes");
        let place = KeyPlace::new(vault, &mark, &key);
        let signed_in = runtime.block_on(unless(&stop, async {
            let client = client::keeping(&server, &place).await?;
            let password = match &credentials {
                Credentials::Password { password, .. } => {
                    Some(Secret::new(password.expose().to_owned()))
                }
                Credentials::Browser { .. } => None,
            };
            let session = sign_in::sign_in(&client, credentials).await?;
            let name = client.account().get_display_name().await.ok().flatten();
            let meta = session.meta().clone();
            let kept = Kept::new(session, &key)?;
            let account = Account {
                user: meta.user_id.to_string(),
                name: name.unwrap_or_else(|| meta.user_id.localpart().to_owned()),
                server: server.to_string(),
                device: meta.device_id.to_string(),
                kind: kept.kind(),
                session: kept.write()?,
                mark,
                storage_key: sharing.storage_key_of(meta.user_id.as_str())?,
                signed_out: false,
            };
            sharing.account_put(&account)?;
            Ok((client, password))
        }));
        match signed_in {
            Ok((client, password)) => {
                place.remove_others();
                let mut session = Self::over(runtime, client, sharing, (clock, told), stop);
                session.identify(password.as_ref());
                session.begin();
                Ok(session)
            }
            Err(failed) => {
                runtime.shutdown_background();
                drop(place.remove());
                Err(failed)
            }
        }
    }

    /// Goes on with the sign-in that is noted in the store; none where there is none.
    ///
    /// A sign-in whose keys are not on this computer, since the vault came from a backup, is noted
    /// as signed out, and what waits to be sent waits for the leader.
    ///
    /// # Errors
    /// [`NetworkError::Keys`] where the keys on the disk cannot be read.
    pub fn open(
        vault: &Path,
        sharing: &Sharing,
        (clock, told): (Clock, Told),
    ) -> Result<Option<Self>> {
        let Some(account) = sharing.account()?.filter(|account| !account.signed_out) else {
            return Ok(None);
        };
        let kept = Kept::read(&account)?;
        let place = KeyPlace::new(vault, &account.mark, kept.key());
        if !place.is_there() {
            sharing.account_copied()?;
            return Ok(None);
        }
        place.remove_others();
        let runtime = runtime()?;
        let server = Url::parse(&account.server).map_err(|_| NetworkError::AddressRefused)?;
        let resumed = runtime.block_on(async {
            let client = client::keeping(&server, &place).await?;
            kept.resume(&client).await?;
            Ok::<_, NetworkError>(client)
        });
        match resumed {
            Ok(client) => {
                let stop = Stop::default();
                let mut session = Self::over(runtime, client, sharing, (clock, told), stop);
                session.begin();
                Ok(Some(session))
            }
            Err(failed) => {
                runtime.shutdown_background();
                Err(failed)
            }
        }
    }

    fn over(
        runtime: Runtime,
        client: matrix_sdk::Client,
        sharing: &Sharing,
        (clock, told): (Clock, Told),
        stop: Stop,
    ) -> Self {
        let inner = Arc::new(Inner::new(client, sharing.clone(), clock, told));
        Self { runtime: Some(runtime), inner: Some(inner), tasks: Vec::new(), stop }
    }

    /// Brings the identity in order while the password that was typed is still at hand.
    fn identify(&self, password: Option<&Secret>) {
        let inner = self.inner();
        let Some(user) = inner.client.user_id().map(ToString::to_string) else { return };
        let again = password.map(|password| keys::Again { user: &user, password });
        match self.wait(keys::ready(&inner.client, &inner.sharing, again.as_ref())) {
            Ok(found) => inner.identified(found),
            // The listener tries again.
            Err(failed) => inner.noted(&failed),
        }
    }

    fn begin(&mut self) {
        let Some(runtime) = &self.runtime else { return };
        let _inside = runtime.enter();
        sign_in::keep_fresh(self.inner());
        verify::hear(self.inner());
        self.tasks = vec![
            runtime.spawn(listen::run(Arc::clone(self.inner()))),
            runtime.spawn(send::run(Arc::clone(self.inner()))),
            runtime.spawn(late::run(Arc::clone(self.inner()))),
            runtime.spawn(late::keys_came(Arc::clone(self.inner()))),
            runtime.spawn(listen::identities_changed(Arc::clone(self.inner()))),
        ];
    }
}
