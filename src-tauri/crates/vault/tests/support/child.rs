//! The test binary run once more as a child, so that it can be killed, traced or moved to a file
//! system of its own.
#![allow(dead_code, reason = "each test file uses a part of this")]

use std::env;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use fristed_base::Secret;
use fristed_vault::RecoveryKey;

use super::Home;

/// The test in each file that plays the child's part, and passes at once where there is none.
pub const TEST: &str = "a_child_process_does_what_its_test_asks";

/// What the child does, and with what.
pub struct Part {
    pub role: String,
    pub folder: PathBuf,
    pub word: String,
    recovery: String,
}

impl Part {
    /// The part this process has to play, if any.
    pub fn given() -> Option<Self> {
        Some(Self {
            role: env::var("FRISTED_ROLE").ok()?,
            folder: PathBuf::from(env::var_os("FRISTED_FOLDER").unwrap_or_default()),
            word: env::var("FRISTED_WORD").unwrap_or_default(),
            recovery: env::var("FRISTED_RECOVERY").unwrap_or_default(),
        })
    }

    /// The vault the parent made.
    pub fn home(&self) -> Home {
        let recovery = RecoveryKey::parse(&Secret::new(self.recovery.clone())).unwrap();
        Home::at(&self.folder, recovery)
    }
}

/// The arguments that make this binary play a part.
pub fn arguments() -> [&'static str; 4] {
    [TEST, "--exact", "--nocapture", "--test-threads=1"]
}

/// This binary, to play a part with this vault.
pub fn command(role: &str, home: &Home) -> Command {
    let mut command = Command::new(env::current_exe().unwrap());
    command.args(arguments());
    play(&mut command, role, &home.folder);
    command.env("FRISTED_RECOVERY", home.recovery.to_text().expose());
    command
}

/// Says which part a command is to play.
pub fn play(command: &mut Command, role: &str, folder: &Path) {
    command.env("FRISTED_ROLE", role).env("FRISTED_FOLDER", folder);
}

/// The same command under `strace` with these arguments; its report goes to `report`.
pub fn traced(command: &Command, report: &Path, arguments: &[String]) -> Command {
    let mut traced = Command::new("strace");
    // Without `--seccomp-bpf`, by which it would be faster: signals are not delivered then.
    traced.args(["-f", "-qq", "-o"]).arg(report).args(arguments);
    traced.arg(command.get_program()).args(command.get_args());
    for (name, value) in command.get_envs() {
        match value {
            Some(value) => traced.env(name, value),
            None => traced.env_remove(name),
        };
    }
    traced
}

/// Runs a part on a small file system of its own in memory, mounted over `folder` where only the
/// child sees it.
///
/// # Panics
/// Where nothing can be mounted: then this is not tested, and must not look as if it were.
pub fn on_small_disk(role: &str, folder: &Path, megabytes: u32) -> Output {
    let mut command = Command::new("unshare");
    if rustix::process::geteuid().is_root() {
        command.arg("-m");
    } else {
        command.args(["-r", "-m"]);
    }
    let script =
        format!("mount -t tmpfs -o size={megabytes}m none \"$FRISTED_FOLDER\" && exec \"$@\"");
    command.args(["sh", "-c", &script, "sh"]);
    command.arg(env::current_exe().unwrap()).args(arguments());
    play(&mut command, role, folder);
    let output = command.output().expect("NOT TESTED: unshare (util-linux) is needed");
    let report = said(&output);
    assert!(!report.contains("mount:"), "NOT TESTED, nothing can be mounted here: {report}");
    output
}

/// Everything a child said.
pub fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

/// Asserts that the part was played to its end.
pub fn assert_played(output: &Output) {
    let report = said(output);
    assert!(output.status.success() && report.contains("PLAYED"), "{report}");
}
