//! Signing in at a server and out again.

use std::sync::{Mutex, PoisonError};

use fristed_base::Secret;
use matrix_sdk::authentication::matrix::MatrixSession;
use matrix_sdk::authentication::oauth::{ClientId, OAuthSession, UserSession};
use matrix_sdk::ruma::api::client::session::get_login_types::v3::LoginType;
use matrix_sdk::sliding_sync::Version;
use matrix_sdk::utils::local_server::{LocalServerBuilder, LocalServerResponse};
use matrix_sdk::{AuthSession, Client};
use serde::{Deserialize, Serialize};
use zeroize::Zeroize as _;

use super::client::{self, PROGRAM};
use super::inner::held;
use super::oauth;
use crate::error::{NetworkError, Result};
use crate::model::{Account, AccountKind};

/// How one may sign in at a server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// The server's address, as found.
    pub server: String,
    /// By name and password.
    pub password: bool,
    /// By the browser: id and name of each place, the name as the server gives it.
    pub sign_on: Vec<(String, String)>,
}

/// How somebody signs in.
pub enum Credentials<'a> {
    /// With a name and a password.
    Password {
        /// The name, or the whole address.
        user: &'a str,
        /// The password.
        password: &'a Secret,
    },
    /// In the browser.
    Browser {
        /// Which of the places; empty where the server has one.
        place: &'a str,
        /// Opens an address in the browser; false where none can be opened.
        open: &'a (dyn Fn(&str) -> bool + Sync),
        /// What the browser shows at the end, HTML.
        farewell: &'a str,
    },
}

/// What a server offers to whoever wants to sign in.
pub(super) async fn look(address: &str) -> Result<Offer> {
    let client = client::passing(address).await?;
    let mut offer =
        Offer { server: client.homeserver().to_string(), password: false, sign_on: Vec::new() };
    let newer = oauth::is_there(&client).await;
    let flows = match client.matrix_auth().get_login_types().await {
        Ok(kinds) => kinds.flows,
        // A server that signs in in the newer way alone knows nothing of the older ones.
        Err(_) if newer => Vec::new(),
        Err(failed) => return Err(failed.into()),
    };
    if newer {
        offer.sign_on.push((oauth::PLACE.to_owned(), String::new()));
    }
    for kind in flows {
        match kind {
            LoginType::Password(_) => offer.password = true,
            // The same page, by an older way to it.
            LoginType::Sso(_) if newer => {}
            LoginType::Sso(sso) if sso.identity_providers.is_empty() => {
                offer.sign_on.push((String::new(), String::new()));
            }
            LoginType::Sso(sso) => {
                let places = sso.identity_providers.into_iter();
                offer.sign_on.extend(places.map(|place| (place.id, place.name)));
            }
            _ => {}
        }
    }
    needs(&client).await?;
    Ok(offer)
}

/// Makes sure that the server has what sharing needs.
async fn needs(client: &Client) -> Result<()> {
    let versions = client.available_sliding_sync_versions().await;
    let native = versions.iter().any(|version| matches!(version, Version::Native));
    if native { Ok(()) } else { Err(NetworkError::ServerLacks("simplified sliding sync")) }
}

/// Signs in with a fresh client, as a new computer of the leader's.
pub(super) async fn sign_in(client: &Client, by: Credentials<'_>) -> Result<AuthSession> {
    match signed_in(client, by).await {
        // Whom a server does not let in has come to no network yet.
        Err(NetworkError::NotAllowed) => Err(NetworkError::SignInRefused),
        done => done,
    }
}

async fn signed_in(client: &Client, by: Credentials<'_>) -> Result<AuthSession> {
    let auth = client.matrix_auth();
    match by {
        Credentials::Password { user, password } => {
            let login = auth.login_username(user, password.expose());
            login.initial_device_display_name(PROGRAM).request_refresh_token().send().await?;
        }
        Credentials::Browser { place: oauth::PLACE, open, farewell } => {
            oauth::sign_in(client, open, farewell).await?;
        }
        Credentials::Browser { place, open, farewell } => {
            let shown = Mutex::new(Ok(()));
            let noted = &shown;
            let login = auth.login_sso(move |address| async move {
                client::show(&address, open).map_err(|failed| {
                    *held(noted) = Err(failed);
                    matrix_sdk::Error::UnknownError("no page".into())
                })
            });
            let login =
                login.initial_device_display_name(PROGRAM).request_refresh_token().server_builder(
                    LocalServerBuilder::new()
                        .response(LocalServerResponse::Html(farewell.to_owned())),
                );
            let login = if place.is_empty() { login } else { login.identity_provider_id(place) };
            let done = login.send().await;
            shown.into_inner().unwrap_or_else(PoisonError::into_inner)?;
            done?;
        }
    }
    client.session().ok_or(NetworkError::SignInRefused)
}

/// A sign-in as it lies in the vault.
#[derive(Serialize, Deserialize)]
pub(super) struct Kept {
    session: KeptSession,
    /// What the keys on this computer's disk are encrypted with.
    key: [u8; 32],
}

/// The tokens, by the way of signing in. What is kept is told apart by its fields.
#[derive(Clone, Serialize, Deserialize)]
#[serde(untagged)]
enum KeptSession {
    Older(MatrixSession),
    OAuth { client_id: String, user: UserSession },
}

impl Drop for Kept {
    fn drop(&mut self) {
        self.key.zeroize();
    }
}

impl Kept {
    pub(super) fn new(session: AuthSession, key: &[u8; 32]) -> Result<Self> {
        let session = match session {
            AuthSession::Matrix(session) => KeptSession::Older(session),
            AuthSession::OAuth(session) => {
                let client_id = session.client_id.as_str().to_owned();
                KeptSession::OAuth { client_id, user: session.user }
            }
            _ => return Err(NetworkError::ServerLacks("a way of signing in that Fristed knows")),
        };
        Ok(Self { session, key: *key })
    }

    pub(super) fn read(account: &Account) -> Result<Self> {
        Ok(serde_json::from_str(account.session.expose())?)
    }

    pub(super) fn write(&self) -> Result<Secret> {
        Ok(Secret::new(serde_json::to_string(self)?))
    }

    pub(super) const fn kind(&self) -> AccountKind {
        match self.session {
            KeptSession::Older(_) => AccountKind::Older,
            KeptSession::OAuth { .. } => AccountKind::OAuth,
        }
    }

    pub(super) fn key(&self) -> &[u8; 32] {
        &self.key
    }

    /// Takes it into use.
    pub(super) async fn resume(&self, client: &Client) -> Result<()> {
        match self.session.clone() {
            KeptSession::Older(session) => Ok(client.restore_session(session).await?),
            KeptSession::OAuth { client_id, user } => {
                let client_id = ClientId::new(client_id);
                Ok(client.restore_session(OAuthSession { client_id, user }).await?)
            }
        }
    }
}

/// Keeps renewed tokens in the vault, in the moment in which they are renewed.
pub(super) fn keep_fresh(inner: &std::sync::Arc<super::inner::Inner>) {
    let heard = std::sync::Arc::downgrade(inner);
    let save = move |client: Client| {
        let Some(inner) = heard.upgrade() else { return Ok(()) };
        let session = client.session().ok_or("no session")?;
        let account = inner.sharing.account()?.ok_or(NetworkError::NotSignedIn)?;
        let kept = Kept::new(session, Kept::read(&account)?.key())?;
        inner.sharing.account_session(&kept.write()?)?;
        Ok(())
    };
    let reload = |_: Client| Err("the tokens of another process are not looked for".into());
    if let Err(failed) = inner.client.set_session_callbacks(Box::new(reload), Box::new(save)) {
        inner.noted(&failed.into());
    }
}
