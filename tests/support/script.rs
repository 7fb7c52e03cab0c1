//! A script of `tests/foreign` that runs beside a test: a line in, a line out.
//!
//! It ends with its input, so that it ends however the test that started it ends.

use std::ffi::OsStr;
use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use tempfile::TempDir;

/// The file beside the script's own ones with what it says beside its answers.
const COMPLAINTS: &str = "complaints";

/// The script, until it is dropped, with a folder for what it keeps.
#[derive(Debug)]
pub struct Script {
    process: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
    folder: TempDir,
}

impl Script {
    /// Starts one with its interpreter.
    ///
    /// # Panics
    /// Where the interpreter is not there.
    #[must_use]
    pub fn start(interpreter: impl AsRef<OsStr>, name: &str, words: &[&str]) -> Self {
        let folder =
            tempfile::Builder::new().prefix("fristed-script-").tempdir().expect("a folder");
        let complaints = fs::File::create(folder.path().join(COMPLAINTS)).expect("a file");
        let mut command = Command::new(interpreter);
        command.arg(place(name)).args(words).stdin(Stdio::piped()).stdout(Stdio::piped());
        command.stderr(complaints).env("TMPDIR", folder.path());
        let mut process = command.spawn().expect("the script's interpreter is there");
        let input = process.stdin.take().expect("its input");
        let output = BufReader::new(process.stdout.take().expect("its output"));
        Self { process, input, output, folder }
    }

    /// Starts one with Node.
    ///
    /// # Panics
    /// Where Node or the packages are not there.
    #[must_use]
    pub fn node(name: &str, words: &[&str]) -> Self {
        let packages = place("node_modules");
        assert!(packages.is_dir(), "no packages are here: `cargo xtask python` installs them");
        Self::start("node", name, words)
    }

    /// Tells it a line.
    ///
    /// # Panics
    /// Where it has ended.
    pub fn tell(&mut self, line: &str) {
        let told = writeln!(self.input, "{line}").and_then(|()| self.input.flush());
        assert!(told.is_ok(), "it has ended: {}", self.complaints());
    }

    /// Its next line.
    ///
    /// # Panics
    /// Where it has ended.
    pub fn line(&mut self) -> String {
        let mut line = String::new();
        let read = self.output.read_line(&mut line).expect("what it says is text");
        assert!(read > 0, "it has ended: {}", self.complaints());
        line.trim_end().to_owned()
    }

    /// The id of its process.
    #[must_use]
    pub fn id(&self) -> u32 {
        self.process.id()
    }

    /// What it said beside its answers.
    #[must_use]
    pub fn complaints(&self) -> String {
        let bytes = fs::read(self.folder.path().join(COMPLAINTS)).unwrap_or_default();
        String::from_utf8_lossy(&bytes).into_owned()
    }
}

impl Drop for Script {
    fn drop(&mut self) {
        drop(self.process.kill());
        drop(self.process.wait());
    }
}

/// Where a script lies.
pub(crate) fn place(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("foreign").join(name)
}
