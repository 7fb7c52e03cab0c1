//! A process that is killed at a moment of its own not choosing.

use std::io::{Read, Write};
use std::thread;
use std::time::Duration;

use crate::cli::Cli;

/// Starts the program with an input, kills it with SIGKILL after a time, and gives what it had
/// answered by then and whether it had ended by itself.
///
/// # Panics
/// Where the process cannot be started or waited for.
#[must_use]
pub fn kill_after(call: Cli, input: &[u8], after: Duration) -> (Vec<u8>, bool) {
    let mut child = call.start();
    let mut stdin = child.stdin.take().expect("its input");
    let input = input.to_vec();
    let writing = thread::spawn(move || drop(stdin.write_all(&input)));
    thread::sleep(after);
    drop(child.kill());
    let mut answered = Vec::new();
    let mut out = child.stdout.take().expect("its output");
    out.read_to_end(&mut answered).expect("what it wrote can be read");
    let status = child.wait().expect("it can be waited for");
    drop(writing.join());
    (answered, status.success())
}
