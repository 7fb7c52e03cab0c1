//! The benchmark: every figure is the median of several runs (or the 95th percentile of many),
//! beside what it is compared to in the same run. `cargo xtask bench` builds it and what it needs.
//!
//! It prints a table and writes `target/bench.json`. A figure that falls short is marked `!!`;
//! the program then still ends well, since a noisy machine is no fault of the code.

#![allow(clippy::expect_used, missing_docs)]

mod calendar;
#[path = "../desktop/child.rs"]
#[allow(dead_code)]
mod child;
#[path = "../desktop/computer.rs"]
#[allow(dead_code)]
mod computer;
mod corpus;
mod journal;
mod table;
mod terminal;
mod window;

use std::path::{Path, PathBuf};

fn main() {
    if let Err(what) = run() {
        eprintln!("bench: {what}");
        std::process::exit(1);
    }
}

/// Environment, as `cargo xtask bench` sets it: `FRISTED_BENCH_CLI` and `FRISTED_BENCH_JRNL` are
/// the two programs, `FRISTED_BENCH_PYTHON` has the calendars' packages, `FRISTED_BENCH_ONLY` is
/// `calendar` for that part alone, `FRISTED_BENCH_JSON` is where the figures go, `FRISTED_BENCH_ENTRIES` is how
/// many entries the large journal has.
fn run() -> Result<(), String> {
    let path = |name: &str| std::env::var_os(name).map(PathBuf::from);
    let count = std::env::var("FRISTED_BENCH_ENTRIES")
        .map_or(Ok(100_000), |n| n.parse())
        .map_err(|_| "FRISTED_BENCH_ENTRIES is no number")?;
    let scratch = tempfile::tempdir().map_err(|e| e.to_string())?;
    let python = path("FRISTED_BENCH_PYTHON");
    let mut rows = calendar::measure(python.as_deref(), scratch.path())?;
    if std::env::var("FRISTED_BENCH_ONLY").as_deref() != Ok("calendar") {
        rows.extend(journals(count, scratch.path())?);
    }
    table::print(&rows);
    if let Some(to) = path("FRISTED_BENCH_JSON") {
        let json = serde_json::to_vec_pretty(&table::json(&rows)).map_err(|e| e.to_string())?;
        std::fs::write(&to, json).map_err(|e| format!("{}: {e}", to.display()))?;
        println!("written to {}", to.display());
    }
    Ok(())
}

/// The journal, the terminal and the window.
fn journals(count: u32, scratch: &Path) -> Result<Vec<table::Row>, String> {
    let path = |name: &str| std::env::var_os(name).map(PathBuf::from);
    let (mut rows, large) = journal::measure(count, scratch)?;
    match (path("FRISTED_BENCH_CLI"), path("FRISTED_BENCH_JRNL")) {
        (Some(fristed_cli), Some(jrnl)) => {
            let programs = terminal::Programs { fristed_cli, jrnl };
            rows.extend(terminal::measure(&programs, (count / 5) as usize, scratch)?);
        }
        _ => println!("not measured here: fristed-cli beside jrnl (run cargo xtask bench)"),
    }
    match (path("FRISTED_BENCH_WINDOW"), path("FRISTED_BENCH_EMPTY")) {
        (Some(fristed), Some(empty)) => {
            let recovery_key = large.key.expose().to_owned();
            let vault = large.folder;
            rows.extend(window::measure(&window::Windows { fristed, empty, vault, recovery_key })?);
        }
        _ => println!("not measured here: the window (run cargo xtask bench)"),
    }
    Ok(rows)
}
