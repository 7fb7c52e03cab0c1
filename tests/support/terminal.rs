//! A terminal with a leader in front of it: what it shows, and what she types.

use std::io::{Read, Write};
use std::os::unix::process::ExitStatusExt as _;
use std::path::Path;
use std::process::{Child, ChildStdin, Command, ExitStatus, Stdio};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use crate::cli::program;

/// How long a question may take to appear.
const PATIENCE: Duration = Duration::from_secs(60);

/// The program on a terminal of its own, by `script` of util-linux.
#[derive(Debug)]
pub struct Terminal {
    child: Child,
    keys: ChildStdin,
    shown: Arc<Mutex<Vec<u8>>>,
    seen: usize,
}

impl Terminal {
    /// Starts the program on a terminal.
    ///
    /// # Panics
    /// Where `script` cannot be started.
    #[must_use]
    pub fn start(home: &Path, args: &[&str]) -> Self {
        let quoted: Vec<String> = std::iter::once(program().display().to_string())
            .chain(args.iter().map(|&arg| arg.to_owned()))
            .map(|arg| format!("'{}'", arg.replace('\'', "'\\''")))
            .collect();
        let mut child = Command::new("script")
            .args(["--quiet", "--return", "--command", &quoted.join(" "), "/dev/null"])
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .env("HOME", home)
            .env("XDG_CONFIG_HOME", home.join("config"))
            .env("XDG_DATA_HOME", home.join("data"))
            .env("TERM", "xterm")
            .env("SHELL", "/bin/sh")
            .env("LANG", "da_DK.UTF-8")
            .current_dir(home)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("script of util-linux starts");
        let keys = child.stdin.take().expect("its input is a pipe");
        let mut screen = child.stdout.take().expect("its output is a pipe");
        let shown = Arc::new(Mutex::new(Vec::new()));
        let copy = Arc::clone(&shown);
        thread::spawn(move || {
            let mut some = [0; 1024];
            while let Ok(read) = screen.read(&mut some) {
                if read == 0 {
                    break;
                }
                copy.lock().unwrap_or_else(PoisonError::into_inner).extend(&some[..read]);
            }
        });
        Self { child, keys, shown, seen: 0 }
    }

    /// Everything the terminal has shown so far.
    #[must_use]
    pub fn shown(&self) -> String {
        let shown = self.shown.lock().unwrap_or_else(PoisonError::into_inner);
        String::from_utf8_lossy(&shown).into_owned()
    }

    /// Waits until it shows this after what was waited for last.
    ///
    /// # Panics
    /// Where it does not.
    pub fn waits_for(&mut self, text: &str) {
        let begun = Instant::now();
        loop {
            let shown = self.shown();
            if let Some(at) = shown.get(self.seen..).and_then(|rest| rest.find(text)) {
                self.seen += at + text.len();
                // The question is written before echoing is switched off for its answer.
                thread::sleep(Duration::from_millis(150));
                return;
            }
            assert!(begun.elapsed() < PATIENCE, "”{text}” was to appear in: {shown}");
            thread::sleep(Duration::from_millis(5));
        }
    }

    /// Types a line.
    ///
    /// # Panics
    /// Where the terminal is gone.
    pub fn types(&mut self, line: &str) {
        self.keys.write_all(format!("{line}\r").as_bytes()).expect("the terminal takes keys");
        self.keys.flush().expect("at once");
    }

    /// Presses keys without ending a line.
    ///
    /// # Panics
    /// Where the terminal is gone.
    pub fn presses(&mut self, keys: &str) {
        self.keys.write_all(keys.as_bytes()).expect("the terminal takes keys");
        self.keys.flush().expect("at once");
    }

    /// Waits for the end; gives the exit code and everything shown.
    ///
    /// # Panics
    /// Where it does not end.
    #[must_use]
    pub fn ends(mut self) -> (i32, String) {
        let begun = Instant::now();
        let status: ExitStatus = loop {
            if let Some(status) = self.child.try_wait().expect("it can be asked") {
                break status;
            }
            assert!(begun.elapsed() < PATIENCE, "it was to end, and shows: {}", self.shown());
            thread::sleep(Duration::from_millis(5));
        };
        thread::sleep(Duration::from_millis(50));
        let code = status.code().or(status.signal().map(|signal| 128 + signal)).unwrap_or(-1);
        (code, self.shown())
    }
}
