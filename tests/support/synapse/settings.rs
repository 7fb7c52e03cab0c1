//! How the server is set up.

use std::fs;
use std::path::Path;
use std::time::Duration;

use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use crate::canary::base64;

/// The name in its users' ids.
pub const SERVER_NAME: &str = "fristed.test";
/// How many bytes it takes at once.
pub const MAX_UPLOAD: u64 = 20 * 1024 * 1024;

/// What whoever makes users must know.
pub(super) const SHARED_SECRET: &str = "shared-with-the-tests-only";
/// The names of its files.
pub(super) const CONFIG: &str = "homeserver.json";
pub(super) const LOG: &str = "homeserver.log";
pub(super) const DATABASE: &str = "homeserver.db";

/// What a server has beside what every one has.
#[derive(Debug, Clone, Default)]
pub struct Setup {
    single_sign_on: Option<SingleSignOn>,
    access_token_lifetime: Option<Duration>,
    behind: Option<String>,
    more: Vec<(String, Value)>,
}

/// An OpenID provider by which users sign in.
#[derive(Debug, Clone)]
pub struct SingleSignOn {
    /// Its address, exactly as it names itself.
    pub issuer: String,
    /// The name by which it knows the server.
    pub client: String,
    /// The secret that it shares with the server.
    pub secret: String,
}

impl Setup {
    /// With single sign-on.
    #[must_use]
    pub fn with_oidc(mut self, provider: SingleSignOn) -> Self {
        self.single_sign_on = Some(provider);
        self
    }

    /// Access tokens of clients that can refresh them live only so long.
    #[must_use]
    pub const fn with_access_tokens_for(mut self, lifetime: Duration) -> Self {
        self.access_token_lifetime = Some(lifetime);
        self
    }

    /// Clients reach it by this address, as through a proxy, and it tells them so.
    #[must_use]
    pub fn behind(mut self, address: &str) -> Self {
        self.behind = Some(address.to_owned());
        self
    }

    /// With one more of Synapse's options, or another value of one.
    #[must_use]
    pub fn with(mut self, option: &str, value: Value) -> Self {
        self.more.push((option.to_owned(), value));
        self
    }
}

/// Writes all that it reads at its start. JSON is YAML too.
pub(super) fn write(setup: &Setup, folder: &Path, port: u16) {
    let at = |name: &str| folder.join(name).display().to_string();
    let mut config = json!({
        "server_name": SERVER_NAME,
        "pid_file": at("pid"),
        "listeners": [{
            "port": port, "bind_addresses": ["127.0.0.1"], "type": "http", "tls": false,
            "resources": [{"names": ["client"]}],
        }],
        "database": {"name": "sqlite3", "args": {"database": at(DATABASE)}},
        "media_store_path": at("media"),
        "signing_key_path": at("signing.key"),
        "log_config": at("log.json"),
        "macaroon_secret_key": "signs-the-tokens-of-the-tests",
        "form_secret": "signs-the-forms-of-the-tests",
        "registration_shared_secret": SHARED_SECRET,
        "enable_registration": false,
        "bcrypt_rounds": 4,
        "federation_domain_whitelist": [],
        "trusted_key_servers": [],
        "suppress_key_server_warning": true,
        "report_stats": false,
        "presence": {"enabled": false},
        "url_preview_enabled": false,
        "max_upload_size": MAX_UPLOAD,
    });
    for option in [
        "rc_message",
        "rc_registration",
        "rc_joins_per_room",
        "rc_key_requests",
        "rc_media_create",
        "rc_admin_redaction",
        "rc_room_creation",
        "rc_profile",
        "rc_user_directory",
        "rc_delayed_event_mgmt",
        "rc_reports",
    ] {
        config[option] = generous();
    }
    config["rc_joins"] = json!({"local": generous(), "remote": generous()});
    config["rc_login"] =
        json!({"address": generous(), "account": generous(), "failed_attempts": generous()});
    config["rc_invites"] =
        json!({"per_room": generous(), "per_user": generous(), "per_issuer": generous()});
    if let Some(lifetime) = setup.access_token_lifetime {
        let millis = u64::try_from(lifetime.as_millis()).expect("a lifetime");
        config["refreshable_access_token_lifetime"] = json!(millis);
    }
    // Where no address is set, a client that signs in is told none, and stays at the one it used.
    if let Some(address) = &setup.behind {
        config["public_baseurl"] = json!(address);
    }
    if let Some(provider) = &setup.single_sign_on {
        let own = format!("http://127.0.0.1:{port}");
        config["public_baseurl"] = json!(setup.behind.as_ref().unwrap_or(&own));
        config["oidc_providers"] = json!([signing_on(provider)]);
    }
    for (option, value) in &setup.more {
        config[option.as_str()] = value.clone();
    }
    fs::write(folder.join(CONFIG), config.to_string()).expect("the settings");
    fs::write(folder.join("signing.key"), signing_key()).expect("the signing key");
    let log = json!({
        "version": 1,
        "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
        "handlers": {
            "file": {"class": "logging.FileHandler", "filename": at(LOG), "formatter": "plain"},
        },
        "root": {"level": "INFO", "handlers": ["file"]},
        "disable_existing_loggers": false,
    });
    fs::write(folder.join("log.json"), log.to_string()).expect("the log's settings");
}

/// A key that signs the events of this server, which nobody else trusts.
fn signing_key() -> String {
    let seed = base64(&Sha256::digest(SHARED_SECRET));
    format!("ed25519 a_test {}\n", seed.trim_end_matches('='))
}

fn generous() -> Value {
    json!({"per_second": 10_000, "burst_count": 10_000})
}

fn signing_on(provider: &SingleSignOn) -> Value {
    json!({
        "idp_id": "kommune",
        "idp_name": "Kommunens login",
        "issuer": provider.issuer,
        "client_id": provider.client,
        "client_secret": provider.secret,
        "scopes": ["openid", "profile"],
        "user_mapping_provider": {"config": {
            "localpart_template": "{{ user.preferred_username }}",
            "display_name_template": "{{ user.name }}",
        }},
    })
}
