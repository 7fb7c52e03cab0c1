//! Something that happens at one of the system calls by which a part changes its vault's folder.
#![allow(dead_code, reason = "each test file uses a part of this")]

use std::collections::HashMap;
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use super::{child, times};

/// What can happen: the process is killed, the disk is full, the disk is broken.
pub const FAULTS: [&str; 3] = [KILLED, "error=ENOSPC", "error=EIO"];

/// SIGKILL as the call begins.
pub const KILLED: &str = "signal=KILL";

/// The system calls by which anything on a disk changes.
const CHANGING: &str = "write,pwrite64,fsync,fdatasync,rename,renameat,renameat2,unlink,unlinkat,\
                        rmdir,link,linkat,mkdir,ftruncate,copy_file_range,sendfile";

/// One call of a part: the which-th of this name on this path.
#[derive(Debug, Clone)]
pub struct Call {
    name: String,
    path: PathBuf,
    nth: usize,
}

impl fmt::Display for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} of “{}”", self.name, self.nth, self.path.display())
    }
}

/// Plays a part to its end; gives the calls by which it changed its vault's folder, in their
/// order.
///
/// # Panics
/// Where it did not come to its end.
pub fn calls(command: &Command, folder: &Path) -> Vec<Call> {
    let (output, report) = traced(command, &[]);
    child::assert_played(&output);
    let calls = changes(&report, folder);
    assert!(calls.len() > 5, "there is something to interrupt: {report}");
    calls
}

/// Those of the calls at which something is to happen: about as many as wanted by default, all of
/// them with `FRISTED_LONG=1`.
pub fn some(calls: &[Call], wanted: usize) -> impl Iterator<Item = &Call> {
    calls.iter().step_by(times((calls.len() / wanted).max(1), 1))
}

/// Plays a part with something happening at one of its calls.
///
/// # Panics
/// Where it did not happen: then nothing was tested.
pub fn play(command: &Command, folder: &Path, fault: &str, at: &Call) -> Output {
    let inject = format!("inject={}:{fault}:when={}", at.name, at.nth);
    let path = if at.path == Path::new("") { folder.to_owned() } else { folder.join(&at.path) };
    let path = path.display().to_string();
    let (output, report) = traced(command, &["-P".into(), path, "-e".into(), inject]);
    let happened = if fault == KILLED { was_killed(&output) } else { report.contains("INJECTED") };
    assert!(happened, "NOT TESTED: {fault} did not happen at {at}: {report}");
    output
}

/// Plays a part where every `fsync` from the `full`th on finds the disk full, and kills it at the
/// `nth` call of this name.
pub fn play_on_full_disk(command: &Command, full: usize, name: &str, nth: usize) -> Output {
    let full = format!("inject=fsync:error=ENOSPC:when={full}+");
    let killed = format!("inject={name}:{KILLED}:when={nth}");
    traced(command, &["-e".into(), full, "-e".into(), killed]).0
}

/// Whether the part was killed.
pub fn was_killed(output: &Output) -> bool {
    use std::os::unix::process::ExitStatusExt;
    output.status.signal() == Some(9) || output.status.code() == Some(137)
}

fn traced(command: &Command, more: &[String]) -> (Output, String) {
    let report = tempfile::NamedTempFile::new().unwrap();
    let mut arguments = vec!["-y".to_owned(), "-e".to_owned(), format!("trace={CHANGING}")];
    arguments.extend_from_slice(more);
    let output = child::traced(command, report.path(), &arguments)
        .output()
        .expect("NOT TESTED: strace is needed");
    let report = fs::read(report.path()).unwrap();
    (output, String::from_utf8_lossy(&report).into_owned())
}

/// The calls of a report that name a path in this folder. `strace` counts per thread, name and
/// path, and so do we.
fn changes(report: &str, folder: &Path) -> Vec<Call> {
    let folder = folder.to_str().unwrap();
    let mut counts: HashMap<(&str, &str, PathBuf), usize> = HashMap::new();
    let mut calls = Vec::new();
    for line in report.lines() {
        let Some((head, rest)) = line.split_once('(') else { continue };
        let Some((thread, name)) = head.split_once(' ') else { continue };
        let mut paths: Vec<PathBuf> = Vec::new();
        for (at, _) in rest.match_indices(folder) {
            let path = &rest[at + folder.len()..];
            let path = path.split(['"', '>']).next().unwrap_or_default();
            let path = PathBuf::from(path.trim_start_matches('/'));
            if !paths.contains(&path) {
                paths.push(path);
            }
        }
        for path in &paths {
            *counts.entry((thread, name.trim(), path.clone())).or_default() += 1;
        }
        if let Some(path) = paths.into_iter().next() {
            let nth = counts[&(thread, name.trim(), path.clone())];
            calls.push(Call { name: name.trim().to_owned(), path, nth });
        }
    }
    calls
}
