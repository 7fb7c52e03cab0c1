//! The command-line program, whole, as a binary of this package.
//!
//! Cargo hands a package's tests only the binaries of that package. This one is the same single
//! call as `src-tauri/crates/cli/src/main.rs`, so the tests find it beside themselves however
//! they are started.

use std::process::ExitCode;

fn main() -> ExitCode {
    fristed_cli::run(std::env::args_os())
}
