//! The leader's identity and the backup of her keys, set up without asking her anything.
//!
//! What opens both on the server (the secret storage key of Matrix's specification, Client-Server
//! API, section "Secrets") is kept in the vault, so that the vault's own recovery key and its
//! backups are all that she has to look after.

use std::time::Duration;

use fristed_base::Secret;
use matrix_sdk::Client;
use matrix_sdk::encryption::CrossSigningResetAuthType;
use matrix_sdk::encryption::identities::ManualVerifyError;
use matrix_sdk::encryption::recovery::{RecoveryError, RecoveryState};
use matrix_sdk::encryption::secret_storage::SecretStorageError;
use matrix_sdk::ruma::api::client::uiaa::{
    AuthData, MatrixUserIdentifier, Password, UserIdentifier,
};

use super::client::show;
use crate::error::{NetworkError, Result};
use crate::sharing::Sharing;

/// Whether this computer is known for the leader's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Identity {
    /// It is not known yet.
    #[default]
    Unknown,
    /// It is, and her keys are backed up.
    Ready,
    /// The account has an identity already, whose key is not in this vault.
    Elsewhere,
}

/// How often, and how far apart, the server is asked for what was signed just now.
const ASKED: u32 = 6;
const BETWEEN: Duration = Duration::from_millis(500);

/// What shows the server once more that it is the leader.
pub(super) struct Again<'a> {
    pub(super) user: &'a str,
    /// Empty where she signs in by the browser.
    pub(super) password: &'a Secret,
}

impl Again<'_> {
    fn with(&self, session: Option<String>) -> AuthData {
        let user = MatrixUserIdentifier::new(self.user.to_owned());
        let mut password =
            Password::new(UserIdentifier::Matrix(user), self.password.expose().to_owned());
        password.session = session;
        AuthData::Password(password)
    }
}

/// Brings the identity and the backup to where they should be; may be done again at any time, and
/// goes on where it was cut off.
pub(super) async fn ready(
    client: &Client,
    sharing: &Sharing,
    again: Option<&Again<'_>>,
) -> Result<Identity> {
    let encryption = client.encryption();
    encryption.wait_for_e2ee_initialization_tasks().await;
    let own = client.user_id().ok_or(NetworkError::NotSignedIn)?.to_owned();
    let has_all = is_whole(client).await;
    let kept = sharing.account()?.and_then(|account| account.storage_key);
    if has_all && kept.is_none() {
        // Cut off before, perhaps before the identity came to the server.
        show_computer(client).await?;
    }
    if !has_all {
        let there = encryption.request_user_identity(&own).await?.is_some();
        match (there, kept) {
            (false, _) => bootstrap(client, again).await?,
            (true, Some(kept)) => match encryption.recovery().recover(kept.expose()).await {
                Ok(()) => show_computer(client).await?,
                Err(refused) if opens_nothing(&refused) => return Ok(Identity::Elsewhere),
                Err(failed) => return Err(failed.into()),
            },
            (true, None) => return Ok(Identity::Elsewhere),
        }
    }
    if !has_all {
        // What was signed just now is known once the server tells of it, which may be a moment
        // later; after that the listener hears of it.
        for _ in 0..ASKED {
            encryption.request_user_identity(&own).await?;
            if is_signed(client).await? {
                break;
            }
            tokio::time::sleep(BETWEEN).await;
        }
    }
    if !is_signed(client).await? {
        if !is_whole(client).await {
            return Ok(Identity::Elsewhere);
        }
        // Cut off before this computer was signed; with the keys at hand it can be at any time.
        sign(client).await?;
        encryption.request_user_identity(&own).await?;
        if !is_signed(client).await? {
            return Ok(Identity::Unknown);
        }
    }
    keep(client, sharing).await?;
    Ok(Identity::Ready)
}

/// Whether the keys of the leader's identity are here, all of them.
async fn is_whole(client: &Client) -> bool {
    client.encryption().cross_signing_status().await.is_some_and(|status| status.is_complete())
}

/// Gives the keys of this computer to the server, signed by the identity that is here now: it knows
/// none of a computer that has not synchronised yet, and then takes no signature either.
async fn show_computer(client: &Client) -> Result<()> {
    // Of less than a whole identity the sdk would make a new one.
    if !is_whole(client).await {
        return Ok(());
    }
    // It does this on the way to publishing the identity; where that is there already, it may be
    // refused, and that changes nothing.
    unless_cut_off(client.encryption().bootstrap_cross_signing(None).await.map_err(Into::into))
}

/// Signs this computer with the identity that is here.
async fn sign(client: &Client) -> Result<()> {
    let Some(own) = client.encryption().get_own_device().await? else { return Ok(()) };
    unless_cut_off(own.verify().await.map_err(|failed| match failed {
        ManualVerifyError::Http(http) => http.into(),
        ManualVerifyError::Signature(_) => NetworkError::Keys,
    }))
}

/// What the server refuses can be tried again; what never came to it has to be.
fn unless_cut_off(tried: Result<()>) -> Result<()> {
    match tried {
        Err(failed) if failed.ends_a_connection() => Err(failed),
        _ => Ok(()),
    }
}

/// Whether this computer is signed by the leader's own identity, as far as is known here.
async fn is_signed(client: &Client) -> Result<bool> {
    let own_device = client.encryption().get_own_device().await?;
    Ok(own_device.is_some_and(|device| device.is_cross_signed_by_owner()))
}

/// Whether it has become known here that this computer is the leader's own; asks no server. What
/// was signed may be heard of only later.
pub(super) async fn is_known_now(client: &Client) -> Result<bool> {
    let status = client.encryption().cross_signing_status().await;
    Ok(status.is_some_and(|status| status.is_complete()) && is_signed(client).await?)
}

/// Publishes a new identity.
async fn bootstrap(client: &Client, again: Option<&Again<'_>>) -> Result<()> {
    let encryption = client.encryption();
    let Err(refused) = encryption.bootstrap_cross_signing(None).await else {
        return Ok(());
    };
    match (refused.as_uiaa_response(), again) {
        (Some(asked), Some(again)) => {
            let auth = again.with(asked.session.clone());
            Ok(encryption.bootstrap_cross_signing(Some(auth)).await?)
        }
        (Some(_), None) => Err(NetworkError::SignInRefused),
        (None, _) => Err(refused.into()),
    }
}

/// Makes sure that the keys are backed up, and that what opens them is in the vault.
async fn keep(client: &Client, sharing: &Sharing) -> Result<()> {
    let recovery = client.encryption().recovery();
    let kept = sharing.account()?.and_then(|account| account.storage_key);
    let key = match (recovery.state(), kept) {
        (RecoveryState::Enabled, Some(_)) => {
            if !client.encryption().backups().are_enabled().await {
                recovery.enable_backup().await?;
            }
            return Ok(());
        }
        // Cut off between the server's answer and the vault, or a key that some other program
        // of hers made: one that is in the vault takes its place.
        (RecoveryState::Enabled | RecoveryState::Incomplete, _) => {
            // Cut off before the new one is here, the old one must not seem to be it.
            sharing.account_storage_key(None)?;
            recovery.reset_key().await?
        }
        (RecoveryState::Disabled | RecoveryState::Unknown, _) => {
            sharing.account_storage_key(None)?;
            recovery.enable().await?
        }
    };
    sharing.account_storage_key(Some(&Secret::new(key)))
}

/// Whether a key failed because of what it is, and not on the way to the server or the disk.
fn opens_nothing(error: &RecoveryError) -> bool {
    use SecretStorageError as Secret;
    matches!(
        error,
        RecoveryError::SecretStorage(
            Secret::SecretStorageKey(_)
                | Secret::MissingKeyInfo { .. }
                | Secret::ImportError { .. }
        )
    )
}

/// Opens an identity that is elsewhere with the key that another program gave for it.
///
/// # Errors
/// [`NetworkError::IdentityKeyWrong`].
pub(super) async fn open(client: &Client, sharing: &Sharing, typed: &Secret) -> Result<Identity> {
    let typed = typed.expose().trim();
    match client.encryption().recovery().recover(typed).await {
        Ok(()) => {
            sharing.account_storage_key(Some(&Secret::new(typed.to_owned())))?;
            ready(client, sharing, None).await
        }
        Err(refused) if opens_nothing(&refused) => Err(NetworkError::IdentityKeyWrong),
        Err(failed) => Err(failed.into()),
    }
}

/// The server's page on which somebody who signs in by the browser says that it is her
/// (Client-Server API, section "Fallback").
fn page_of(client: &Client, session: &str) -> Result<String> {
    let mut page = client
        .homeserver()
        .join("_matrix/client/v3/auth/m.login.sso/fallback/web")
        .map_err(|_| NetworkError::Internal)?;
    page.query_pairs_mut().append_pair("session", session);
    Ok(page.into())
}

/// Begins with a new identity: what was shared with the old one cannot be read with it.
///
/// Where she signs in by the browser, `open` opens the page on which she says that it is her; that
/// is waited for, for two minutes.
///
/// # Errors
/// [`NetworkError::SignInRefused`] where the server does not take the password, or she did not say
/// so; [`NetworkError::NoBrowser`].
pub(super) async fn anew(
    client: &Client,
    sharing: &Sharing,
    again: &Again<'_>,
    open: &(dyn Fn(&str) -> bool + Sync),
) -> Result<Identity> {
    let recovery = client.encryption().recovery();
    if let Some(handle) = recovery.reset_identity().await? {
        let auth = match handle.auth_type() {
            CrossSigningResetAuthType::OAuth(asked) => {
                show(asked.approval_url.as_str(), open)?;
                None
            }
            CrossSigningResetAuthType::Uiaa(asked) if again.password.expose().is_empty() => {
                let session = asked.session.clone().ok_or(NetworkError::SignInRefused)?;
                show(&page_of(client, &session)?, open)?;
                Some(AuthData::fallback_acknowledgement(session))
            }
            CrossSigningResetAuthType::Uiaa(asked) => Some(again.with(asked.session.clone())),
        };
        handle.reset(auth).await.map_err(|failed| match failed {
            // She was asked to say that it is her, and did not.
            RecoveryError::Sdk(matrix_sdk::Error::Timeout) => NetworkError::SignInRefused,
            other => other.into(),
        })?;
    }
    sharing.account_storage_key(None)?;
    let key = recovery.enable().await?;
    sharing.account_storage_key(Some(&Secret::new(key)))?;
    ready(client, sharing, Some(again)).await
}
