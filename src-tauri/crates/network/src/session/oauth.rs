//! The newer way of signing in: OAuth 2.0 at an authentication service that a server names
//! (Client-Server API, section "OAuth 2.0 API"), with the loopback redirect of RFC 8252.

use matrix_sdk::Client;
use matrix_sdk::authentication::oauth::OAuthError;
use matrix_sdk::authentication::oauth::error::{
    BasicErrorResponseType, OAuthAuthorizationCodeError as Code, OAuthDiscoveryError as Discovery,
    OAuthRequestError, RequestTokenError,
};
use matrix_sdk::authentication::oauth::registration::{
    ApplicationType, ClientMetadata, Localized, OAuthGrantType,
};
use matrix_sdk::ruma::serde::Raw;
use matrix_sdk::utils::UrlOrQuery;
use matrix_sdk::utils::local_server::{LocalServerBuilder, LocalServerResponse};
use url::Url;

use super::client::{PROGRAM, show};
use crate::error::{NetworkError, Result};

/// By which the place is known; no other place's id begins like this.
pub(super) const PLACE: &str = "dk.fristed.oauth";
/// What is told of the program to whoever wants to know more of it: services ask for an address,
/// and Fristed has no page of its own.
const ABOUT: &str = "https://fristed.example/";

/// Whether a server signs in that way. Servers that do not know of it say so in many ways, and one
/// that does not answer at all is found out by the next question.
pub(super) async fn is_there(client: &Client) -> bool {
    client.oauth().server_metadata().await.is_ok()
}

/// Signs in: makes the program known to the service, opens its page, and waits for what comes back.
pub(super) async fn sign_in(
    client: &Client,
    open: &(dyn Fn(&str) -> bool + Sync),
    farewell: &str,
) -> Result<()> {
    let page = LocalServerResponse::Html(farewell.to_owned());
    let (back, came) = LocalServerBuilder::new().response(page).spawn().await?;
    let oauth = client.oauth();
    let known = known_as(back.clone())?.into();
    let asked = oauth.login(back, None, Some(known), None).build().await?;
    show(asked.url.as_str(), open)?;
    let query = came.await.ok_or(NetworkError::Stopped)?;
    Ok(oauth.finish_login(UrlOrQuery::Query(query.0)).await?)
}

/// What the service is told of the program (RFC 7591).
fn known_as(back: Url) -> Result<Raw<ClientMetadata>> {
    let about = Url::parse(ABOUT).map_err(|_| NetworkError::Internal)?;
    let grants = vec![OAuthGrantType::AuthorizationCode { redirect_uris: vec![back] }];
    let mut known = ClientMetadata::new(ApplicationType::Native, grants, Localized::new(about, []));
    known.client_name = Some(Localized::new(PROGRAM.to_owned(), []));
    Ok(Raw::new(&known)?)
}

/// Whether the service itself said that a sign-in holds no more, and did not merely fail to answer.
pub(super) fn is_over(error: &OAuthError) -> bool {
    matches!(error, OAuthError::RefreshToken(refused) if says_no(refused))
}

fn says_no(error: &OAuthRequestError<BasicErrorResponseType>) -> bool {
    let RequestTokenError::ServerResponse(said) = error else { return false };
    matches!(
        said.error(),
        BasicErrorResponseType::InvalidGrant
            | BasicErrorResponseType::InvalidClient
            | BasicErrorResponseType::UnauthorizedClient
    )
}

impl From<OAuthError> for NetworkError {
    fn from(error: OAuthError) -> Self {
        match error {
            OAuthError::Discovery(Discovery::Http(http)) => http.into(),
            OAuthError::AuthorizationCode(Code::Cancelled) => Self::Stopped,
            OAuthError::AuthorizationCode(Code::RequestToken(refused)) if !says_no(&refused) => {
                Self::Unreachable
            }
            OAuthError::AuthorizationCode(_) => Self::SignInRefused,
            over if is_over(&over) => Self::SignedOut,
            OAuthError::RefreshToken(_) | OAuthError::Logout(_) => Self::Unreachable,
            OAuthError::Discovery(_) | OAuthError::ClientRegistration(_) => {
                Self::ServerLacks("a way of signing in that Fristed knows")
            }
            OAuthError::NotAuthenticated => Self::SignedOut,
            other => Self::sdk(other),
        }
    }
}
