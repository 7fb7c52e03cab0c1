//! Running other programs, one step at a time, with what they count.

use std::ffi::OsStr;
use std::io::{BufRead as _, BufReader, Read};
use std::process::{Command, Stdio};
use std::thread;
use std::time::Instant;

use crate::place;

/// Tests that passed and failed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Passed.
    pub passed: u64,
    /// Failed.
    pub failed: u64,
}

impl Counts {
    /// Both together.
    pub const fn plus(self, other: Self) -> Self {
        Self { passed: self.passed + other.passed, failed: self.failed + other.failed }
    }
}

/// A program, to be run in the repository's root with cargo's shared folder.
pub fn program<S: AsRef<OsStr>>(name: &str, words: impl IntoIterator<Item = S>) -> Command {
    let mut command = Command::new(name);
    command.args(words).current_dir(place::root()).env("CARGO_TARGET_DIR", place::target());
    command
}

/// Cargo, told nothing of the package that this program is: some build scripts are run anew where
/// that differs, and all that stands on them with it.
pub fn cargo(words: &[&str]) -> Command {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".into());
    let mut command = program(&cargo, words);
    for (name, _) in std::env::vars_os() {
        if name.to_str().is_some_and(tells_of_the_package) {
            command.env_remove(name);
        }
    }
    command
}

fn tells_of_the_package(name: &str) -> bool {
    name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_")
}

/// npm, in the interface's folder.
pub fn npm(words: &[&str]) -> Command {
    let mut command = program("npm", words);
    command.current_dir(place::root().join("ui"));
    command
}

/// Runs a program to its end.
///
/// # Errors
/// When it is not there or ends with a failure.
pub fn run(command: &mut Command) -> Result<(), String> {
    let name = command.get_program().to_string_lossy().into_owned();
    let status = command.status().map_err(|e| format!("{name} cannot be run: {e}"))?;
    if status.success() { Ok(()) } else { Err(format!("{} failed ({status})", shown(command))) }
}

/// What a program prints, where it ends well.
pub fn output(command: &mut Command) -> Option<String> {
    let output = command.stderr(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Whether a program is on the path.
pub fn is_there(name: &str) -> bool {
    std::env::var_os("PATH")
        .is_some_and(|path| std::env::split_paths(&path).any(|dir| dir.join(name).is_file()))
}

/// Runs a program to its end, shows what it prints, and counts the tests in it.
///
/// # Errors
/// When it is not there or ends with a failure; what was counted comes along.
pub fn run_counted(command: &mut Command) -> (Counts, Result<(), String>) {
    let name = command.get_program().to_string_lossy().into_owned();
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command.env("NO_COLOR", "1").env("CARGO_TERM_COLOR", "never").env_remove("FORCE_COLOR");
    let mut child = match command.spawn() {
        Ok(child) => child,
        Err(e) => return (Counts::default(), Err(format!("{name} cannot be run: {e}"))),
    };
    let out = child.stdout.take().map(|pipe| thread::spawn(move || show(pipe)));
    let err = child.stderr.take().map(|pipe| thread::spawn(move || show(pipe)));
    let status = child.wait();
    let counts = [out, err]
        .into_iter()
        .flatten()
        .filter_map(|reader| reader.join().ok())
        .fold(Counts::default(), Counts::plus);
    let ended = match status {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("{} failed ({status})", shown(command))),
        Err(e) => Err(format!("{name}: {e}")),
    };
    (counts, ended)
}

fn show(pipe: impl Read) -> Counts {
    let mut counts = Counts::default();
    for line in BufReader::new(pipe).split(b'\n').map_while(Result::ok) {
        let line = String::from_utf8_lossy(&line);
        println!("{line}");
        counts = counts.plus(counted(&line));
    }
    counts
}

/// What the closing line of a test runner says: nextest's, cargo's own, vitest's and Playwright's.
fn counted(line: &str) -> Counts {
    let line = line.trim();
    let closing = line.starts_with("Summary [")
        || line.starts_with("test result: ")
        || line.starts_with("Tests ")
        || line.split_once(' ').is_some_and(|(first, rest)| {
            first.parse::<u64>().is_ok()
                && (rest == "failed" || rest.starts_with("passed (") || rest == "flaky")
        });
    if !closing {
        return Counts::default();
    }
    let words: Vec<&str> =
        line.split([' ', ',', ';', '|', '.', '(']).filter(|w| !w.is_empty()).collect();
    let before = |what: &str| {
        words
            .windows(2)
            .filter(|pair| pair.get(1) == Some(&what))
            .find_map(|pair| pair.first().and_then(|number| number.parse().ok()))
    };
    Counts { passed: before("passed").unwrap_or(0), failed: before("failed").unwrap_or(0) }
}

/// The command as a person would type it.
fn shown(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
}

/// Says what begins, does it, and says how long it took.
pub fn timed<T>(title: &str, act: impl FnOnce() -> T) -> T {
    println!("── {title}");
    let begun = Instant::now();
    let done = act();
    println!("── {title}: {:.1} s\n", begun.elapsed().as_secs_f64());
    done
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_closing_line_of_each_runner_is_understood() {
        let both = |passed, failed| Counts { passed, failed };
        for (line, counts) in [
            ("     Summary [   0.5s] 12 tests run: 11 passed, 1 failed, 2 skipped", both(11, 1)),
            ("test result: ok. 7 passed; 0 failed; 0 ignored; finished in 0.1s", both(7, 0)),
            ("      Tests  1 failed | 41 passed (42)", both(41, 1)),
            ("  57 passed (1.2m)", both(57, 0)),
            ("  3 failed", both(0, 3)),
        ] {
            assert_eq!(counted(line), counts, "{line}");
        }
    }

    #[test]
    fn other_lines_count_for_nothing() {
        for line in [" Test Files  3 passed (3)", "PASS [ 0.1s] crate it_passed", "12 things", ""] {
            assert_eq!(counted(line), Counts::default(), "{line}");
        }
    }
}
