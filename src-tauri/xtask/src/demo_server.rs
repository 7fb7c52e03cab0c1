//! Matrix's server for the demo of a network: on this computer alone, and gone with the demo.

use std::fs;
use std::io::Write as _;
use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use serde_json::json;

use crate::place;

/// The name in the leaders' addresses.
pub const NAME: &str = "eksempel.test";

/// Known to everybody who reads this; nobody but this computer reaches the server.
const SECRET: &str = "the-demo-guards-nothing";

/// A key that signs the events of this server, which nobody else trusts.
const SIGNING_KEY: &str = "ed25519 a_demo QWxsIHRoZSBkZW1vJ3MgbmFtZXMgYXJlIG1hZGUgdXA\n";

/// The server; it ends with this value, and with this process however that ends.
pub struct Server {
    process: Child,
    port: u16,
}

impl Server {
    /// Starts one with its files in a folder, and makes these users: names and passwords.
    ///
    /// # Errors
    /// When it does not come up.
    pub fn start(folder: &Path, users: &[(&str, String)]) -> Result<Self, String> {
        let told = |e: std::io::Error| format!("the demo's server: {e}");
        fs::create_dir_all(folder).map_err(told)?;
        // Free a moment ago, which is as sure as it gets without a server that says its port.
        let port = TcpListener::bind(("127.0.0.1", 0)).and_then(|it| it.local_addr());
        let port = port.map_err(told)?.port();
        let config = folder.join("homeserver.json");
        fs::write(&config, settings(folder, port)).map_err(told)?;
        fs::write(folder.join("signing.key"), SIGNING_KEY).map_err(told)?;
        let log = fs::File::create(folder.join("output")).map_err(told)?;
        let log_too = log.try_clone().map_err(told)?;
        // It reads its standard input, which ends with this process.
        let process = python()
            .arg(place::root().join("tests/foreign/serve.py"))
            .arg("--config-path")
            .arg(&config)
            .current_dir(folder)
            .stdin(Stdio::piped())
            .stdout(log)
            .stderr(log_too)
            .spawn()
            .map_err(told)?;
        let server = Self { process, port };
        server.make(users)?;
        Ok(server)
    }

    fn make(&self, users: &[(&str, String)]) -> Result<(), String> {
        let told = |e: std::io::Error| format!("the demo's users: {e}");
        let mut making = python()
            .arg(place::root().join("src-tauri/xtask/demo/users.py"))
            .args([&self.port.to_string(), SECRET])
            .stdin(Stdio::piped())
            .spawn()
            .map_err(told)?;
        if let Some(mut pipe) = making.stdin.take() {
            for (name, password) in users {
                writeln!(pipe, "{name} {password}").map_err(told)?;
            }
        }
        let status = making.wait().map_err(told)?;
        if status.success() { Ok(()) } else { Err("the demo's users could not be made".into()) }
    }

    /// Its address.
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn python() -> Command {
    Command::new(place::target().join("matrix/bin/python"))
}

/// What it reads at its start. JSON is YAML too.
fn settings(folder: &Path, port: u16) -> String {
    let at = |name: &str| folder.join(name).display().to_string();
    let generous = json!({"per_second": 1000, "burst_count": 1000});
    json!({
        "server_name": NAME,
        "pid_file": at("pid"),
        "listeners": [{
            "port": port, "bind_addresses": ["127.0.0.1"], "type": "http", "tls": false,
            "resources": [{"names": ["client"]}],
        }],
        "database": {"name": "sqlite3", "args": {"database": at("homeserver.db")}},
        "media_store_path": at("media"),
        "signing_key_path": at("signing.key"),
        "macaroon_secret_key": SECRET,
        "form_secret": SECRET,
        "registration_shared_secret": SECRET,
        "enable_registration": false,
        "bcrypt_rounds": 4,
        "federation_domain_whitelist": [],
        "trusted_key_servers": [],
        "suppress_key_server_warning": true,
        "report_stats": false,
        "presence": {"enabled": false},
        "url_preview_enabled": false,
        "rc_message": generous,
        "rc_login": {"address": generous, "account": generous, "failed_attempts": generous},
        "rc_invites": {"per_room": generous, "per_user": generous, "per_issuer": generous},
    })
    .to_string()
}
