//! An authentication service beside a Matrix server, to which it leaves all signing in.
//!
//! It stands in for the Matrix Authentication Service, which cannot be had here: another program
//! by others (npm's `oidc-provider`) speaks OAuth 2.0, and Synapse speaks to it as it would to
//! that service.

use std::time::Duration;

use serde_json::json;

use crate::script::Script;
use crate::synapse::{Setup, Synapse};

const SECRET: &str = "shared-with-the-tests-only-as-well";

/// The service, until it is dropped. It lets everybody in by the name that they give.
#[derive(Debug)]
pub struct Authentication {
    _script: Script,
}

impl Authentication {
    /// Starts one whose access tokens live so long, a whole number of seconds, and the Matrix
    /// server that leaves all signing in to it.
    ///
    /// # Panics
    /// Where one of them does not come up.
    #[must_use]
    pub fn with_server(lifetime: Duration) -> (Self, Synapse) {
        let seconds = lifetime.as_secs().to_string();
        let mut script = Script::node("authentication.mjs", &[SECRET, &seconds]);
        let endpoint = format!("http://127.0.0.1:{}/", script.line());
        let setup = Setup::default()
            .with(
                "matrix_authentication_service",
                json!({ "enabled": true, "endpoint": endpoint, "secret": SECRET }),
            )
            .with("password_config", json!({ "enabled": false }));
        let server = Synapse::start_with(&setup);
        script.tell(&server.url());
        (Self { _script: script }, server)
    }
}
