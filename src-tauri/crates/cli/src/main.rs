//! `fristed-cli`: the journal without a window.

use std::process::ExitCode;

fn main() -> ExitCode {
    fristed_cli::run(std::env::args_os())
}
