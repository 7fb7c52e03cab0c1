//! The command-line program as a process: its arguments, its input, its surroundings.

use std::ffi::{OsStr, OsString};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::answer::Answer;

/// A process that has not ended after this time hangs, and the test says so.
const PATIENCE: Duration = Duration::from_secs(180);

/// Where the command-line program lies.
///
/// # Panics
/// Where it is not there, since then nothing can be tested.
#[must_use]
pub fn program() -> PathBuf {
    program_called("fristed-cli-under-test")
}

/// Where a program of this package lies: beside the folder of the tests' own executables, where
/// Cargo puts a package's binaries before it runs that package's tests.
///
/// # Panics
/// As [`program`].
#[must_use]
pub fn program_called(name: &str) -> PathBuf {
    let own = std::env::current_exe().expect("a test knows its own executable");
    let name = format!("{name}{}", std::env::consts::EXE_SUFFIX);
    let found = own.ancestors().skip(1).take(2).map(|dir| dir.join(&name)).find(|p| p.is_file());
    found.unwrap_or_else(|| panic!("{name} lies beside {}", own.display()))
}

/// One call of the program, not yet made.
#[derive(Debug)]
pub struct Cli {
    command: Command,
    input: Vec<u8>,
    shown: String,
}

impl Cli {
    /// The program in surroundings that hold nothing but `home`: no keyring, no other settings,
    /// Danish, in Copenhagen.
    #[must_use]
    pub fn at(home: &Path) -> Self {
        Self::run_by(&[], home)
    }

    /// The same, started by another program, such as `setsid`.
    #[must_use]
    pub fn run_by(starter: &[&str], home: &Path) -> Self {
        let mut command = match starter {
            [first, rest @ ..] => {
                let mut command = Command::new(first);
                command.args(rest).arg(program());
                command
            }
            [] => Command::new(program()),
        };
        command
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .env("HOME", home)
            .env("XDG_CONFIG_HOME", home.join("config"))
            .env("XDG_DATA_HOME", home.join("data"))
            .env("XDG_CACHE_HOME", home.join("cache"))
            .env("TMPDIR", home.join("tmp"))
            .env("LANG", "da_DK.UTF-8")
            .env("TZ", "Europe/Copenhagen")
            .current_dir(home)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        Self { command, input: Vec::new(), shown: String::new() }
    }

    /// Adds arguments.
    #[must_use]
    pub fn args<I: IntoIterator<Item = S>, S: AsRef<OsStr>>(mut self, args: I) -> Self {
        for arg in args {
            let arg: OsString = arg.as_ref().to_owned();
            self.shown.push_str(&format!(" {}", arg.to_string_lossy()));
            self.command.arg(arg);
        }
        self
    }

    /// Sets a variable of the environment.
    #[must_use]
    pub fn env(mut self, name: &str, value: &str) -> Self {
        self.command.env(name, value);
        self
    }

    /// Gives it something on standard input.
    #[must_use]
    pub fn input(mut self, input: impl AsRef<[u8]>) -> Self {
        self.input = input.as_ref().to_vec();
        self
    }

    /// Starts it and leaves it running; its input stays open.
    ///
    /// # Panics
    /// Where the program cannot be started.
    #[must_use]
    pub fn start(mut self) -> Child {
        self.command.spawn().expect("the program starts")
    }

    /// Runs it to its end.
    ///
    /// # Panics
    /// Where the program cannot be started, or does not end.
    #[must_use]
    pub fn answer(mut self) -> Answer {
        let mut child = self.command.spawn().expect("the program starts");
        let mut stdin = child.stdin.take().expect("its input is a pipe");
        let input = std::mem::take(&mut self.input);
        // A program that does not want its input may have gone before it was written.
        let writing = thread::spawn(move || drop(stdin.write_all(&input)));
        let out = read_to_end(child.stdout.take());
        let err = read_to_end(child.stderr.take());
        let begun = Instant::now();
        let status = loop {
            if let Some(status) = child.try_wait().expect("the process can be asked") {
                break status;
            }
            if begun.elapsed() > PATIENCE {
                drop(child.kill());
                panic!("it does not end: fristed-cli{}", self.shown);
            }
            thread::sleep(Duration::from_millis(1));
        };
        drop(writing.join());
        Answer {
            call: format!("fristed-cli{}", self.shown),
            status,
            out: out.join().expect("the reader ends"),
            err: String::from_utf8_lossy(&err.join().expect("the reader ends")).into_owned(),
            took: begun.elapsed(),
        }
    }
}

fn read_to_end(from: Option<impl Read + Send + 'static>) -> thread::JoinHandle<Vec<u8>> {
    thread::spawn(move || {
        let mut all = Vec::new();
        if let Some(mut from) = from {
            drop(from.read_to_end(&mut all));
        }
        all
    })
}
