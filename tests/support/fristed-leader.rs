//! A leader's program in a process of its own, told line by line what its window would be told, so
//! that it can be killed.

use std::process::ExitCode;

fn main() -> ExitCode {
    fristed_tests::apart::program::run(std::env::args().skip(1))
}
