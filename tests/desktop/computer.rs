//! A leader's computer: a home, a display, a message bus and a keyring.

use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

use crate::child::Running;

/// Whether the computer has a keyring, and one that is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keyring {
    /// gnome-keyring-daemon, opened as signing in opens it.
    Open,
    /// None at all.
    None,
}

/// A computer whose every file is below one folder.
pub struct Computer {
    folder: TempDir,
    // The order of ending: what uses the bus before the bus.
    _keyring: Option<Running>,
    _bus: Running,
    _screen: Running,
    display: String,
    bus_address: String,
    /// Where the program looks for logind; nowhere unless a test sets it.
    pub system_bus: String,
}

impl Computer {
    /// Switches it on.
    pub fn on(keyring: Keyring) -> Self {
        let folder = tempfile::Builder::new().prefix("fristed-desk").tempdir().expect("a folder");
        for name in ["home", "run", "tmp", "logs"] {
            fs::create_dir(folder.path().join(name)).expect("a folder of the computer");
        }
        // D-Bus and the keyring want theirs for themselves.
        let private = fs::Permissions::from_mode(0o700);
        fs::set_permissions(folder.path().join("run"), private).expect("permissions");
        let (screen, display) = screen();
        let (bus, bus_address) = bus(folder.path(), "session");
        let mut computer = Self {
            folder,
            _keyring: None,
            _bus: bus,
            _screen: screen,
            display,
            bus_address,
            system_bus: "unix:path=/nonexistent/system-bus".into(),
        };
        if keyring == Keyring::Open {
            computer._keyring = Some(computer.keyring());
        }
        computer
    }

    /// Everything that was ever written on it.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Where the vault lies unless the leader chose another place.
    pub fn vault(&self) -> PathBuf {
        self.folder().join("home/.local/share/fristed/journal")
    }

    /// Where programs' output goes.
    pub fn log(&self, name: &str) -> PathBuf {
        let taken = fs::read_dir(self.folder().join("logs")).expect("the logs").count();
        self.folder().join(format!("logs/{taken}-{name}.log"))
    }

    /// A program in this computer's environment and in no other.
    pub fn command(&self, program: impl AsRef<Path>) -> Command {
        let at = |name: &str| self.folder().join(name);
        let mut command = Command::new(program.as_ref());
        command
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .env("HOME", at("home"))
            .env("TMPDIR", at("tmp"))
            .env("XDG_RUNTIME_DIR", at("run"))
            .env("DISPLAY", &self.display)
            .env("DBUS_SESSION_BUS_ADDRESS", &self.bus_address)
            .env("DBUS_SYSTEM_BUS_ADDRESS", &self.system_bus)
            .env("LANG", "da_DK.UTF-8")
            .env("LANGUAGE", "da")
            .env("NO_AT_BRIDGE", "1")
            .env("GSETTINGS_BACKEND", "memory")
            .current_dir(at("home"));
        command
    }

    fn keyring(&self) -> Running {
        let mut daemon = Running::piped(
            self.command("gnome-keyring-daemon")
                .args(["--foreground", "--unlock", "--components=secrets"])
                .stdin(Stdio::piped())
                .stdout(Stdio::null())
                .stderr(Stdio::null()),
        );
        let mut password = daemon.inner().stdin.take().expect("the daemon listens");
        password.write_all(b"the password of signing in").expect("the daemon listens");
        drop(password);
        let begun = Instant::now();
        while !self.keyring_is_there() {
            assert!(begun.elapsed() < Duration::from_secs(20), "the keyring did not come");
            std::thread::sleep(Duration::from_millis(50));
        }
        daemon
    }

    fn keyring_is_there(&self) -> bool {
        let asked = self
            .command("dbus-send")
            .args([
                "--session",
                "--print-reply",
                "--dest=org.freedesktop.DBus",
                "/org/freedesktop/DBus",
            ])
            .args(["org.freedesktop.DBus.NameHasOwner", "string:org.freedesktop.secrets"])
            .output()
            .expect("dbus-send");
        String::from_utf8_lossy(&asked.stdout).contains("boolean true")
    }
}

/// An X server in memory, and its name.
fn screen() -> (Running, String) {
    let mut server = Running::piped(
        Command::new("Xvfb")
            .args(["-displayfd", "1", "-screen", "0", "1280x900x24", "-nolisten", "tcp"])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null()),
    );
    let pipe = server.inner().stdout.take().expect("Xvfb says its number");
    let mut number = String::new();
    BufReader::new(pipe).read_line(&mut number).expect("Xvfb says its number");
    assert!(!number.trim().is_empty(), "Xvfb did not start");
    (server, format!(":{}", number.trim()))
}

/// A message bus that starts no services by itself, and its address.
pub fn bus(folder: &Path, name: &str) -> (Running, String) {
    let socket = folder.join("run").join(format!("{name}-bus"));
    let config = folder.join("run").join(format!("{name}.conf"));
    let text = format!(
        "<!DOCTYPE busconfig PUBLIC \"-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN\" \
         \"http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd\">\n<busconfig>\
         <type>session</type><listen>unix:path={}</listen><auth>EXTERNAL</auth>\
         <policy context=\"default\"><allow send_destination=\"*\" eavesdrop=\"true\"/>\
         <allow eavesdrop=\"true\"/><allow own=\"*\"/></policy></busconfig>\n",
        socket.display()
    );
    fs::write(&config, text).expect("the bus's configuration");
    let daemon = Running::piped(
        Command::new("dbus-daemon")
            .arg("--nofork")
            .arg(format!("--config-file={}", config.display()))
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null()),
    );
    let begun = Instant::now();
    while !socket.exists() {
        assert!(begun.elapsed() < Duration::from_secs(10), "the message bus did not come");
        std::thread::sleep(Duration::from_millis(20));
    }
    (daemon, format!("unix:path={}", socket.display()))
}
