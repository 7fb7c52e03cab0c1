//! Whether a server has everything that sharing needs.

use fristed_base::Moment;
use matrix_sdk::Client;
use matrix_sdk::reqwest::{self, StatusCode};
use matrix_sdk::ruma::api::client::discovery::get_supported_versions;
use matrix_sdk::sliding_sync::Version;
use serde::Deserialize;

use super::{client, oauth};
use crate::error::{NetworkError, Result};

/// What was found out about a server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Health {
    /// Its address, as found.
    pub server: String,
    /// Each thing that was looked at.
    pub looked: Vec<Looked>,
}

impl Health {
    /// Whether sharing works there.
    #[must_use]
    pub fn is_well(&self) -> bool {
        self.looked.iter().all(|one| one.well)
    }
}

/// One thing that was looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Looked {
    /// What.
    pub at: Finding,
    /// Whether it is as it should be.
    pub well: bool,
    /// What was found, as the server says it.
    pub found: String,
}

/// What is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Finding {
    /// The versions of the Client-Server API; 1.11 at least, for files that only members read.
    Versions,
    /// Simplified sliding sync (MSC4186).
    SlidingSync,
    /// Ways to sign in that Fristed knows.
    SignIn,
    /// The largest file that it takes, in bytes: nothing where it tells only who is signed in. A
    /// mebibyte at least, since long texts go as files.
    Limits,
    /// The connection is encrypted, or does not leave this computer.
    Encryption,
    /// The server's clock, beside this computer's; at most five minutes apart.
    Clock,
}

/// The most that two clocks may be apart, in seconds.
const APART: i64 = 300;
/// The least that a server must take of a file, in bytes.
const LEAST: u64 = 1 << 20;

/// Looks at a server in every respect.
pub(super) async fn examine(address: &str, now: Moment) -> Result<Health> {
    let client = client::passing(address).await?;
    let server = client.homeserver();
    let versions = client.send(get_supported_versions::Request::new()).await?.versions;
    let recent = |version: &String| {
        let number = version.strip_prefix("v1.").and_then(|minor| minor.parse::<u32>().ok());
        number.is_some_and(|minor| minor >= 11)
    };
    let syncs = client.available_sliding_sync_versions().await;
    let kinds = ways_in(&client).await?;
    let known = |kind: &String| ["m.login.password", "m.login.sso", OAUTH].contains(&&**kind);
    let limit = limit(&client).await?;
    let mut looked = vec![
        Looked {
            at: Finding::Versions,
            well: versions.iter().any(recent),
            found: versions.last().cloned().unwrap_or_default(),
        },
        Looked {
            at: Finding::SlidingSync,
            well: syncs.iter().any(|version| matches!(version, Version::Native)),
            found: String::new(),
        },
        Looked { at: Finding::SignIn, well: kinds.iter().any(known), found: kinds.join(", ") },
        Looked {
            at: Finding::Limits,
            well: limit.is_none_or(|bytes| bytes >= LEAST),
            found: limit.map(|bytes| bytes.to_string()).unwrap_or_default(),
        },
        Looked { at: Finding::Encryption, well: true, found: server.scheme().to_owned() },
    ];
    let apart = clock(&client, now).await?;
    looked.push(Looked {
        at: Finding::Clock,
        well: apart.is_none_or(|seconds| seconds.abs() <= APART),
        found: apart.map(|seconds| format!("{seconds} s")).unwrap_or_default(),
    });
    Ok(Health { server: server.to_string(), looked })
}

/// What signing in by OAuth 2.0 is called among the older ways.
const OAUTH: &str = "oauth2";

/// The ways to sign in. A server that signs in in the newer way alone knows nothing of the older.
async fn ways_in(client: &Client) -> Result<Vec<String>> {
    let newer = oauth::is_there(client).await;
    let older = match client.matrix_auth().get_login_types().await {
        Ok(kinds) => kinds.flows.iter().map(|kind| kind.login_type().to_owned()).collect(),
        Err(_) if newer => Vec::new(),
        Err(failed) => return Err(failed.into()),
    };
    Ok(newer.then(|| OAUTH.to_owned()).into_iter().chain(older).collect())
}

/// The largest file that the server takes, in bytes (Client-Server API, section "Content
/// repository"); none where it tells nobody who is not signed in.
async fn limit(client: &Client) -> Result<Option<u64>> {
    #[derive(Deserialize)]
    struct Config {
        #[serde(rename = "m.upload.size")]
        upload_size: Option<u64>,
    }
    let answer = answer(client, "_matrix/client/v1/media/config").await?;
    if answer.status() != StatusCode::OK {
        return Ok(None);
    }
    let told = answer.bytes().await.map_err(|_| NetworkError::Unreachable)?;
    let told: Config = serde_json::from_slice(&told).map_err(|_| NetworkError::NotAServer)?;
    Ok(told.upload_size)
}

/// What the server answers whoever asks.
async fn answer(client: &Client, path: &str) -> Result<reqwest::Response> {
    let url = client.homeserver().join(path).map_err(|_| NetworkError::AddressRefused)?;
    let asked = reqwest::Client::builder().timeout(client::TIMEOUT).build();
    let asked = asked.map_err(|_| NetworkError::Internal)?.get(url).send().await;
    asked.map_err(|_| NetworkError::Unreachable)
}

/// How many seconds the server's clock is ahead, by the date of its answer (RFC 9110, section
/// 6.6.1); none where it tells none.
async fn clock(client: &Client, now: Moment) -> Result<Option<i64>> {
    let answer = answer(client, "_matrix/client/versions").await?;
    let date = answer.headers().get("date").and_then(|date| date.to_str().ok());
    let date = date.and_then(|date| chrono::DateTime::parse_from_rfc2822(date).ok());
    Ok(date.map(|date| (date - now.date_time()).num_seconds()))
}
