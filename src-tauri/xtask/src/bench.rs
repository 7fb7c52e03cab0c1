//! `cargo xtask bench`: the figures, each beside what it is compared to in the same run.

use std::fs;
use std::path::{Path, PathBuf};

use crate::place;
use crate::python;
use crate::setup::{self, For};
use crate::size;
use crate::step::{cargo, program, run, timed};

/// The journal for the terminal that `fristed-cli` is compared to (PyPI).
const JRNL: &str = "jrnl==4.6";

/// Builds everything in its release form, measures, prints a table and writes
/// `target/bench.json`.
///
/// # Errors
/// When a build fails, or a measurement cannot be made. A figure that falls short is no error.
pub fn run_all() -> Result<(), String> {
    setup::system(For::Measuring)?;
    setup::interface()?;
    let jrnl = jrnl()?;
    python::for_the_calendar()?;
    python::for_sharing()?;
    timed("Building Fristed for release", || {
        run(&mut cargo(&["build", "--release", "-p", "fristed", "-p", "fristed-cli"]))?;
        run(&mut cargo(&["build", "--release", "-p", "fristed", "--example", "empty"]))
    })?;
    let sharing = size::of_sharing()?.map_or_else(String::new, |bytes| bytes.to_string());
    let release = place::target().join("release");
    let json = place::results().join("bench.json");
    let words =
        ["bench", "--quiet", "-p", "fristed-tests", "--features", "bench", "--bench", "figures"];
    run(cargo(&words)
        .env("FRISTED_BENCH_CLI", release.join("fristed-cli"))
        .env("FRISTED_BENCH_WINDOW", release.join("fristed"))
        .env("FRISTED_BENCH_EMPTY", release.join("examples/empty"))
        .env("FRISTED_BENCH_JRNL", jrnl)
        .env("FRISTED_BENCH_SHARING_BYTES", sharing)
        .env("FRISTED_BENCH_PYTHON", place::target().join("python/bin/python"))
        .env("FRISTED_BENCH_JSON", json))
}

/// jrnl, in a Python environment of its own.
fn jrnl() -> Result<PathBuf, String> {
    let environment = place::results().join("bench-python");
    let program_path = environment.join("bin/jrnl");
    if !program_path.is_file() {
        timed(&format!("Installing {JRNL} beside the results"), || install(&environment))?;
    }
    Ok(program_path)
}

fn install(environment: &Path) -> Result<(), String> {
    fs::create_dir_all(environment).map_err(|e| format!("{}: {e}", environment.display()))?;
    run(program("python3", ["-m", "venv"]).arg(environment))?;
    let pip = environment.join("bin/pip");
    run(&mut program(&pip.to_string_lossy(), ["install", "--quiet", JRNL]))
}
