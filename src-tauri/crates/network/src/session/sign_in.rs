//! Signing in at a server and out again.

use fristed_base::Secret;
use matrix_sdk::authentication::matrix::MatrixSession;
use matrix_sdk::ruma::api::client::session::get_login_types::v3::LoginType;
use matrix_sdk::sliding_sync::Version;
use matrix_sdk::utils::local_server::{LocalServerBuilder, LocalServerResponse};
use matrix_sdk::{AuthSession, Client};
use serde::{Deserialize, Serialize};
use zeroize::Zeroize as _;

use super::client::{self, PROGRAM};
use crate::error::{NetworkError, Result};
use crate::model::Account;

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
    let kinds = client.matrix_auth().get_login_types().await?;
    let mut offer =
        Offer { server: client.homeserver().to_string(), password: false, sign_on: Vec::new() };
    for kind in kinds.flows {
        match kind {
            LoginType::Password(_) => offer.password = true,
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
        Credentials::Browser { place, open, farewell } => {
            let login = auth.login_sso(|address| async move {
                if open(&address) {
                    Ok(())
                } else {
                    Err(matrix_sdk::Error::UnknownError("no browser".into()))
                }
            });
            let login =
                login.initial_device_display_name(PROGRAM).request_refresh_token().server_builder(
                    LocalServerBuilder::new()
                        .response(LocalServerResponse::Html(farewell.to_owned())),
                );
            let login = if place.is_empty() { login } else { login.identity_provider_id(place) };
            login.send().await?;
        }
    }
    client.session().ok_or(NetworkError::SignInRefused)
}

/// A sign-in as it lies in the vault.
#[derive(Serialize, Deserialize)]
pub(super) struct Kept {
    session: MatrixSession,
    /// What the keys on this computer's disk are encrypted with.
    key: [u8; 32],
}

impl Drop for Kept {
    fn drop(&mut self) {
        self.key.zeroize();
    }
}

impl Kept {
    pub(super) fn new(session: AuthSession, key: &[u8; 32]) -> Result<Self> {
        match session {
            AuthSession::Matrix(session) => Ok(Self { session, key: *key }),
            _ => Err(NetworkError::ServerLacks("the older way of signing in")),
        }
    }

    pub(super) fn read(account: &Account) -> Result<Self> {
        Ok(serde_json::from_str(account.session.expose())?)
    }

    pub(super) fn write(&self) -> Result<Secret> {
        Ok(Secret::new(serde_json::to_string(self)?))
    }

    pub(super) fn key(&self) -> &[u8; 32] {
        &self.key
    }

    /// Takes it into use.
    pub(super) async fn resume(&self, client: &Client) -> Result<()> {
        Ok(client.restore_session(self.session.clone()).await?)
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
