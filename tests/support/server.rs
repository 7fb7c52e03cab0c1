//! Real calendar servers on this computer: Radicale and Xandikos, each in a folder of its own.
//!
//! Both are installed by `cargo xtask python` beside what cargo builds.

use std::fs;
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use tempfile::TempDir;

use crate::plain_http::{Answer, Request};

/// The name that signs in at Radicale.
pub const USER: &str = "karla";
/// Her password there. It is looked for where it must not be, so nothing else is like it.
pub const PASSWORD: &str = "Rabarber-Kvist-7741-Æble";

/// Somebody else at Radicale, who may change Karla's calendars, also the one that she only reads.
pub const SOMEBODY: &str = "bo";
/// The path of a calendar that Karla may only read, once somebody has made it.
pub const READ_ONLY: &str = "/karla/fra-kommunen/";

/// Who may do what: the first that fits counts.
const RIGHTS: &str = "\
[read-only]
user: karla
collection: karla/fra-kommunen
permissions: r
[somebody]
user: bo
collection: karla(/.*)?
permissions: RWrw
[root]
user: .+
collection:
permissions: R
[principal]
user: .+
collection: {user}
permissions: RW
[calendars]
user: .+
collection: {user}/[^/]+
permissions: rw
";

/// How long a server may take until it answers.
const PATIENCE: Duration = Duration::from_secs(60);

/// Which server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Make {
    /// Radicale, which asks for a password.
    Radicale,
    /// Xandikos, which asks for none. Both write the texts that they take out anew.
    Xandikos,
}

/// A server that runs until it is dropped.
#[derive(Debug)]
pub struct Server {
    make: Make,
    port: u16,
    process: Child,
    folder: TempDir,
}

impl Server {
    /// Starts one with one calendar, and waits until it answers.
    ///
    /// # Panics
    /// Where it is not installed, or does not come up.
    #[must_use]
    pub fn start(make: Make) -> Self {
        Self::start_with(make, None)
    }

    /// The same; Radicale over TLS with this certificate and its key.
    #[must_use]
    pub fn start_with(make: Make, tls: Option<(&Path, &Path)>) -> Self {
        let folder =
            tempfile::Builder::new().prefix("fristed-server-").tempdir().expect("a folder");
        let port = free_port();
        let process = match make {
            Make::Radicale => radicale(folder.path(), port, tls),
            Make::Xandikos => xandikos(folder.path(), port),
        };
        let mut server = Self { make, port, process, folder };
        server.wait();
        if tls.is_none() && make == Make::Radicale {
            let made = server.request("MKCALENDAR", server.calendar_path()).send();
            assert_eq!(made.status, 201, "a calendar is made: {}", made.text());
        }
        server
    }

    fn wait(&mut self) {
        let begun = Instant::now();
        while TcpStream::connect(("127.0.0.1", self.port)).is_err() {
            if let Some(status) = self.process.try_wait().expect("the server can be asked") {
                panic!("the server ended ({status}): {}", self.log());
            }
            assert!(begun.elapsed() < PATIENCE, "the server does not come up: {}", self.log());
            thread::sleep(Duration::from_millis(20));
        }
    }

    /// What it wrote about itself.
    #[must_use]
    pub fn log(&self) -> String {
        fs::read_to_string(self.folder.path().join("log")).unwrap_or_default()
    }

    /// The port that it answers on.
    #[must_use]
    pub const fn port(&self) -> u16 {
        self.port
    }

    /// Its address, as a leader types it.
    #[must_use]
    pub fn address(&self) -> String {
        format!("http://127.0.0.1:{}/", self.port)
    }

    /// The path of its calendar.
    #[must_use]
    pub const fn calendar_path(&self) -> &'static str {
        match self.make {
            Make::Radicale => "/karla/moeder/",
            Make::Xandikos => "/user/calendars/calendar/",
        }
    }

    /// Where the calendar's resources lie as files.
    #[must_use]
    pub fn files(&self) -> PathBuf {
        match self.make {
            Make::Radicale => self.folder.path().join("data/collection-root/karla/moeder"),
            Make::Xandikos => self.folder.path().join("data/user/calendars/calendar"),
        }
    }

    /// A request to it, signed in.
    #[must_use]
    pub fn request(&self, method: &str, path: &str) -> Request {
        Request::new(self.port, method, path).signed_in(USER, PASSWORD)
    }

    /// Puts a resource there, as somebody else's program does.
    ///
    /// # Panics
    /// Where the server does not take it.
    pub fn puts(&self, name: &str, text: &str) {
        let path = format!("{}{name}", self.calendar_path());
        let put = self.request("PUT", &path).header("Content-Type", "text/calendar").body(text);
        let answer = put.send();
        assert!((200..300).contains(&answer.status), "PUT {}: {}", answer.status, answer.text());
    }

    /// Deletes a resource there.
    ///
    /// # Panics
    /// Where the server does not take it.
    pub fn deletes(&self, name: &str) {
        let answer = self.request("DELETE", &format!("{}{name}", self.calendar_path())).send();
        assert!((200..300).contains(&answer.status), "DELETE {}: {}", answer.status, answer.text());
    }

    /// A resource there.
    #[must_use]
    pub fn gets(&self, name: &str) -> Answer {
        self.request("GET", &format!("{}{name}", self.calendar_path())).send()
    }

    /// The texts of all its resources, by name.
    ///
    /// # Panics
    /// Where its folder cannot be read.
    #[must_use]
    pub fn holds(&self) -> Vec<(String, String)> {
        let mut all: Vec<(String, String)> = fs::read_dir(self.files())
            .expect("the server's folder")
            .filter_map(Result::ok)
            .filter_map(|entry| {
                let name = entry.file_name().into_string().ok()?;
                let is_one = Path::new(&name).extension().is_some_and(|it| it == "ics");
                let text = is_one.then(|| fs::read_to_string(entry.path()).ok()).flatten()?;
                Some((name, text))
            })
            .collect();
        all.sort();
        all
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.process.kill());
        drop(self.process.wait());
    }
}

fn installed(name: &str) -> PathBuf {
    beside_the_build(&format!("python/bin/{name}"))
}

/// A file that `cargo xtask python` put beside what cargo builds.
///
/// # Panics
/// Where it is not there.
#[must_use]
pub fn beside_the_build(name: &str) -> PathBuf {
    let own = std::env::current_exe().expect("a test knows its own executable");
    let found = own.ancestors().map(|dir| dir.join(name)).find(|path| path.is_file());
    found.unwrap_or_else(|| panic!("{name} is missing: `cargo xtask python` installs it"))
}

/// A port that nobody has just now.
///
/// # Panics
/// Where there is none.
#[must_use]
pub fn free_port() -> u16 {
    let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a port");
    listener.local_addr().expect("its address").port()
}

fn started(mut command: Command, folder: &Path) -> Child {
    let log = fs::File::create(folder.join("log")).expect("a log");
    let other = log.try_clone().expect("the log twice");
    command.env("HOME", folder).env("XDG_DATA_HOME", folder).current_dir(folder);
    command.stdin(Stdio::null()).stdout(log).stderr(other).spawn().expect("the server starts")
}

fn radicale(folder: &Path, port: u16, tls: Option<(&Path, &Path)>) -> Child {
    let users = folder.join("users");
    let all = format!("{USER}:{PASSWORD}\n{SOMEBODY}:{PASSWORD}\n");
    fs::write(&users, all).expect("the users");
    fs::write(folder.join("rights"), RIGHTS).expect("the rights");
    let ssl = tls.map_or(String::new(), |(certificate, key)| {
        format!("ssl = True\ncertificate = {}\nkey = {}\n", certificate.display(), key.display())
    });
    let settings = format!(
        "[server]\nhosts = 127.0.0.1:{port}\n{ssl}\
         [auth]\ntype = htpasswd\nhtpasswd_filename = {}\nhtpasswd_encryption = plain\ndelay = 0\n\
         [rights]\ntype = from_file\nfile = {}\n\
         [storage]\nfilesystem_folder = {}\n\
         [logging]\nlevel = warning\n",
        users.display(),
        folder.join("rights").display(),
        folder.join("data").display(),
    );
    if tls.is_some() {
        // The plain client of these tests speaks no TLS, so the calendar is made beforehand.
        let calendar = folder.join("data/collection-root/karla/moeder");
        fs::create_dir_all(&calendar).expect("a calendar");
        let what = "{\"tag\": \"VCALENDAR\"}";
        fs::write(calendar.join(".Radicale.props"), what).expect("that it is one");
    }
    let config = folder.join("config");
    fs::write(&config, settings).expect("the settings");
    let mut command = Command::new(installed("radicale"));
    command.arg("--config").arg(config);
    started(command, folder)
}

fn xandikos(folder: &Path, port: u16) -> Child {
    let mut command = Command::new(installed("xandikos"));
    command
        .args(["serve", "--defaults", "--no-detect-systemd", "--listen-address", "127.0.0.1"])
        .args(["--port", &port.to_string(), "--directory"])
        .arg(folder.join("data"));
    started(command, folder)
}
