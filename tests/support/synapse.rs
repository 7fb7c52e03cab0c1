//! Matrix's server on this computer: Synapse, with its database in a folder of its own.
//!
//! `cargo xtask python` installs it beside what cargo builds. It takes about a second until it
//! answers and 120 MB of memory. It federates with nobody and asks nobody outside this computer.

mod settings;

use std::cell::OnceCell;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use hmac::{Hmac, KeyInit as _, Mac as _};
use serde_json::{Value, json};
use sha1::Sha1;
use tempfile::TempDir;

use crate::canary;
use crate::disk;
use crate::plain_http::Request;
use crate::port::Port;
use crate::script;
use crate::server::beside_the_build;
pub use settings::{MAX_UPLOAD, SERVER_NAME, Setup, SingleSignOn};

/// The user by whom [`Synapse::admin`] asks.
pub const ADMIN: &str = "drift";
/// Her password.
pub const ADMIN_PASSWORD: &str = "Drift-Vagt-5512";

/// How long it may take until it answers.
const PATIENCE: Duration = Duration::from_secs(90);
/// How long it may take to end by itself.
const GOODBYE: Duration = Duration::from_secs(6);

/// The server, until it is dropped.
#[derive(Debug)]
pub struct Synapse {
    port: Port,
    process: Option<Child>,
    folder: TempDir,
    admin: OnceCell<String>,
}

/// Somebody signed in by plain HTTP: a device without keys.
#[derive(Debug, Clone)]
pub struct Account {
    port: u16,
    /// `@karla:fristed.test`.
    pub user: String,
    /// The device's id.
    pub device: String,
    /// The access token.
    pub token: String,
}

impl Synapse {
    /// Starts one, and waits until it answers.
    ///
    /// # Panics
    /// Where it is not installed, or does not come up.
    #[must_use]
    pub fn start() -> Self {
        Self::start_with(&Setup::default())
    }

    /// Starts one that is set up otherwise.
    ///
    /// # Panics
    /// As [`Synapse::start`].
    #[must_use]
    pub fn start_with(setup: &Setup) -> Self {
        let folder =
            tempfile::Builder::new().prefix("fristed-synapse-").tempdir().expect("a folder");
        let port = Port::reserve();
        settings::write(setup, folder.path(), port.number());
        let mut server = Self { port, process: None, folder, admin: OnceCell::new() };
        server.start_again();
        server
    }

    /// Starts it after it was stopped: on the same port, with what it had.
    ///
    /// # Panics
    /// Where it runs already, or does not come up.
    pub fn start_again(&mut self) {
        assert!(self.process.is_none(), "it runs already");
        let out = fs::File::create(self.folder.path().join("output")).expect("its output");
        let err = out.try_clone().expect("its output twice");
        let mut command = Command::new(python());
        command.arg(script::place("serve.py")).arg("--config-path").arg(self.config());
        command.current_dir(self.folder.path()).env("HOME", self.folder.path());
        command.stdin(Stdio::piped()).stdout(out).stderr(err);
        self.process = Some(command.spawn().expect("the server starts"));
        self.wait();
    }

    fn wait(&mut self) {
        let begun = Instant::now();
        while !self.answers() {
            let process = self.process.as_mut().expect("it was started");
            if let Some(status) = process.try_wait().expect("the server can be asked") {
                panic!("the server ended ({status}): {}", self.log());
            }
            assert!(begun.elapsed() < PATIENCE, "the server does not come up: {}", self.log());
            thread::sleep(Duration::from_millis(25));
        }
    }

    fn answers(&self) -> bool {
        let versions = Request::new(self.port(), "GET", "/_matrix/client/versions");
        versions.try_send().is_ok_and(|answer| answer.status == 200)
    }

    /// Stops it, as for an upgrade: whoever asks is refused until it is started again.
    ///
    /// # Panics
    /// Where it cannot be waited for.
    pub fn stop(&mut self) {
        let Some(mut process) = self.process.take() else { return };
        drop(process.stdin.take());
        let begun = Instant::now();
        while process.try_wait().expect("the server can be asked").is_none() {
            if begun.elapsed() > GOODBYE {
                drop(process.kill());
            }
            thread::sleep(Duration::from_millis(10));
        }
    }

    /// The port that it answers on.
    #[must_use]
    pub const fn port(&self) -> u16 {
        self.port.number()
    }

    /// Its address, as a leader types it: without a slash at its end.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port())
    }

    /// The name in its users' ids.
    #[must_use]
    pub const fn server_name(&self) -> &'static str {
        SERVER_NAME
    }

    /// The memory that it takes just now, in bytes.
    ///
    /// # Panics
    /// Where it does not run, or this system does not tell.
    #[must_use]
    pub fn memory(&self) -> u64 {
        let id = self.process.as_ref().expect("it runs").id();
        let status = fs::read_to_string(format!("/proc/{id}/status")).expect("its status");
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).expect("its memory");
        let kilobytes = line.trim().trim_end_matches(" kB");
        kilobytes.parse::<u64>().expect("a number") * 1024
    }

    /// The folder with all that it keeps.
    #[must_use]
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    fn config(&self) -> PathBuf {
        self.folder.path().join(settings::CONFIG)
    }

    /// What it wrote about itself.
    #[must_use]
    pub fn log(&self) -> String {
        let read = |name| fs::read(self.folder.path().join(name)).unwrap_or_default();
        let both = [read("output"), read(settings::LOG)].concat();
        String::from_utf8_lossy(&both).into_owned()
    }

    /// Makes a user without a device, as the operator does, and gives the id.
    ///
    /// # Panics
    /// Where the server does not make one.
    #[must_use]
    pub fn user(&self, name: &str, password: &str) -> String {
        self.register(name, password, false)
    }

    fn register(&self, name: &str, password: &str, admin: bool) -> String {
        const PATH: &str = "/_synapse/admin/v1/register";
        let (status, asked) = call(self.port(), None, "GET", PATH, None);
        assert_eq!(status, 200, "a nonce: {asked}");
        let nonce = asked["nonce"].as_str().expect("a nonce");
        let kind = if admin { "admin" } else { "notadmin" };
        let mut mac = Hmac::<Sha1>::new_from_slice(settings::SHARED_SECRET.as_bytes())
            .expect("a key of any length");
        mac.update([nonce, name, password, kind].join("\0").as_bytes());
        let mac: String =
            mac.finalize().into_bytes().iter().map(|byte| format!("{byte:02x}")).collect();
        let wish = json!({
            "nonce": nonce, "username": name, "password": password, "admin": admin,
            "inhibit_login": true, "mac": mac,
        });
        let (status, made) = call(self.port(), None, "POST", PATH, Some(&wish));
        assert_eq!(status, 200, "a user is made: {made}");
        made["user_id"].as_str().expect("the user's id").to_owned()
    }

    /// Signs a user in by plain HTTP.
    ///
    /// # Panics
    /// Where the server does not let the user in.
    #[must_use]
    pub fn sign_in(&self, name: &str, password: &str) -> Account {
        let wish = json!({
            "type": "m.login.password", "password": password,
            "identifier": {"type": "m.id.user", "user": name},
        });
        let path = "/_matrix/client/v3/login";
        let (status, got) = call(self.port(), None, "POST", path, Some(&wish));
        assert_eq!(status, 200, "{name} signs in: {got}");
        let text = |key: &str| got[key].as_str().expect("what an account has").to_owned();
        Account {
            port: self.port(),
            user: text("user_id"),
            device: text("device_id"),
            token: text("access_token"),
        }
    }

    /// The access token of the server's administrator, who is made when first asked for.
    #[must_use]
    pub fn admin_token(&self) -> &str {
        self.admin.get_or_init(|| {
            let _id = self.register(ADMIN, ADMIN_PASSWORD, true);
            self.sign_in(ADMIN, ADMIN_PASSWORD).token
        })
    }

    /// Asks as the server's administrator: its admin interface, or what any user may ask.
    #[must_use]
    pub fn admin(&self, method: &str, path: &str, body: Option<&Value>) -> (u16, Value) {
        call(self.port(), Some(self.admin_token()), method, path, body)
    }

    /// Where a text lies in what the server keeps, in any form: its database with all that was not
    /// yet written back, its media, its logs and the names of its files. The text has at least
    /// twelve bytes.
    ///
    /// # Panics
    /// Where the database cannot be read.
    #[must_use]
    pub fn holds(&self, text: &str) -> Vec<String> {
        let mut all = in_cells(&self.folder.path().join(settings::DATABASE), text);
        for path in disk::files(self.folder.path()) {
            let name = path.strip_prefix(self.folder.path()).unwrap_or(&path).display().to_string();
            let Ok(bytes) = fs::read(&path) else { continue };
            all.extend(
                canary::found(&bytes, text).into_iter().map(|form| format!("{name} as {form}")),
            );
            if name.contains(text) {
                all.push(format!("{name} as a name"));
            }
        }
        all
    }
}

impl Drop for Synapse {
    fn drop(&mut self) {
        if let Some(mut process) = self.process.take() {
            drop(process.kill());
            drop(process.wait());
        }
    }
}

impl Account {
    /// Asks as this account.
    #[must_use]
    pub fn call(&self, method: &str, path: &str, body: Option<&Value>) -> (u16, Value) {
        call(self.port, Some(&self.token), method, path, body)
    }
}

/// A request with JSON and its answer; what is no JSON is null.
fn call(
    port: u16,
    token: Option<&str>,
    method: &str,
    path: &str,
    body: Option<&Value>,
) -> (u16, Value) {
    let mut request = Request::new(port, method, path).header("Content-Type", "application/json");
    if let Some(token) = token {
        request = request.header("Authorization", &format!("Bearer {token}"));
    }
    if let Some(body) = body {
        request = request.body(&body.to_string());
    }
    let answer = request.send();
    (answer.status, serde_json::from_slice(&answer.body).unwrap_or(Value::Null))
}

/// The columns of the database that hold a text: a page's end may cut it in two in the file.
fn in_cells(database: &Path, text: &str) -> Vec<String> {
    let hex = |bytes: Vec<u8>| bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    let forms = canary::forms(text).into_iter();
    let wanted: Value = forms.map(|(name, form)| json!([name, hex(form)])).collect();
    let mut command = Command::new(python());
    command.arg(script::place("cells.py")).arg(database);
    command.stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut reader = command.spawn().expect("the database's reader");
    let mut input = reader.stdin.take().expect("its input");
    input.write_all(wanted.to_string().as_bytes()).expect("what is looked for");
    drop(input);
    let output = reader.wait_with_output().expect("its output");
    assert!(output.status.success(), "the database cannot be read");
    let mut lines: Vec<String> =
        String::from_utf8_lossy(&output.stdout).lines().map(str::to_owned).collect();
    lines.sort();
    lines.dedup();
    lines
}

/// The Python that has Matrix's server and client.
///
/// # Panics
/// Where it is not installed.
#[must_use]
pub fn python() -> PathBuf {
    beside_the_build("matrix/bin/python")
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAME: &str = "Ledernetværket i Nord";

    #[test]
    fn it_keeps_what_it_is_told_and_comes_back_with_it() {
        let mut server = Synapse::start();
        assert_eq!(server.user("karla", "Rabarber-7741"), "@karla:fristed.test");
        let karla = server.sign_in("karla", "Rabarber-7741");
        let room = json!({"name": NAME});
        let (status, _) = karla.call("POST", "/_matrix/client/v3/createRoom", Some(&room));
        assert_eq!(status, 200);
        let holds = server.holds(NAME);
        assert!(holds.contains(&"event_json.json as JSON".to_owned()), "{holds:?}");
        assert!(server.holds("noget andet end navnet").is_empty());

        server.stop();
        let whoami = "/_matrix/client/v3/account/whoami";
        assert!(Request::new(server.port(), "GET", whoami).try_send().is_err());
        server.start_again();
        assert_eq!(karla.call("GET", whoami, None).0, 200);

        let user = format!("/_synapse/admin/v1/deactivate/{}", karla.user);
        assert_eq!(server.admin("POST", &user, Some(&json!({}))).0, 200);
        assert_eq!(karla.call("GET", whoami, None).0, 401);
    }

    #[test]
    fn access_tokens_end_when_they_are_set_up_to() {
        let lifetime = Duration::from_millis(200);
        let server = Synapse::start_with(&Setup::default().with_access_tokens_for(lifetime));
        let _id = server.user("karla", "Rabarber-7741");
        let wish = json!({
            "type": "m.login.password", "password": "Rabarber-7741", "refresh_token": true,
            "identifier": {"type": "m.id.user", "user": "karla"},
        });
        let (_, got) = call(server.port(), None, "POST", "/_matrix/client/v3/login", Some(&wish));
        assert!(got["expires_in_ms"].as_u64().is_some_and(|left| left <= 200), "{got}");
        thread::sleep(lifetime);
        let token = got["access_token"].as_str();
        let (status, _) =
            call(server.port(), token, "GET", "/_matrix/client/v3/account/whoami", None);
        assert_eq!(status, 401);
    }
}
