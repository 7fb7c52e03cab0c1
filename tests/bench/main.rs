//! The benchmark: every figure is the median of several runs (or the 95th percentile of many),
//! beside what it is compared to in the same run. `cargo xtask bench` builds it and what it needs.
//!
//! It prints a table and writes `target/bench.json`. A figure that falls short is marked `!!`;
//! the program then still ends well, since a noisy machine is no fault of the code.

#![allow(clippy::expect_used, missing_docs)]
#![recursion_limit = "512"]

mod bare;
mod calendar;
#[path = "../desktop/child.rs"]
#[allow(dead_code)]
mod child;
#[path = "../desktop/computer.rs"]
#[allow(dead_code)]
mod computer;
mod corpus;
mod feed;
mod journal;
mod sharing;
mod signed_in;
mod table;
mod terminal;
mod window;

use std::path::{Path, PathBuf};

use fristed_tests::synapse::Synapse;

use crate::table::{Bound, Row};

fn main() {
    if let Err(what) = run() {
        eprintln!("bench: {what}");
        std::process::exit(1);
    }
}

/// Environment, as `cargo xtask bench` sets it: `FRISTED_BENCH_CLI` and `FRISTED_BENCH_JRNL` are
/// the two programs, `FRISTED_BENCH_WINDOW` and `FRISTED_BENCH_EMPTY` the two windows,
/// `FRISTED_BENCH_PYTHON` has the calendars' packages, `FRISTED_BENCH_SHARING_BYTES` is how much of
/// the window's program is there for sharing, `FRISTED_BENCH_JSON` is where the figures go.
///
/// Whoever starts it may set `FRISTED_BENCH_ONLY` to `calendar`, `sharing` or `journal` for that
/// part alone, `FRISTED_BENCH_ENTRIES` to how many entries the large journal has (100,000), and
/// `FRISTED_BENCH_SHARED` to how many are shared while a leader is away (1,000).
fn run() -> Result<(), String> {
    let count = number("FRISTED_BENCH_ENTRIES", 100_000)?;
    let scratch = tempfile::tempdir().map_err(|e| e.to_string())?;
    let only = std::env::var("FRISTED_BENCH_ONLY").unwrap_or_default();
    let wanted = |part: &str| only.is_empty() || only == part;
    let mut rows = Vec::new();
    if wanted("calendar") {
        let python = path("FRISTED_BENCH_PYTHON");
        rows.extend(calendar::measure(python.as_deref(), scratch.path())?);
    }
    if wanted("sharing") {
        rows.extend(sharing(scratch.path())?);
    }
    if wanted("journal") {
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

fn path(name: &str) -> Option<PathBuf> {
    std::env::var_os(name).map(PathBuf::from)
}

fn number(name: &str, otherwise: u32) -> Result<u32, String> {
    let set = std::env::var(name).map_or(Ok(otherwise), |n| n.parse());
    set.map_err(|_| format!("{name} is no number"))
}

/// Sharing, with a server on this computer.
fn sharing(scratch: &Path) -> Result<Vec<Row>, String> {
    let server = Synapse::start();
    let away = number("FRISTED_BENCH_SHARED", 1_000)?;
    let mut rows = sharing::measure(&server, away as usize, scratch)?;
    rows.push(feed::measure()?);
    match path("FRISTED_BENCH_WINDOW") {
        Some(fristed) => {
            rows.extend(signed_in::measure(&fristed, &server, scratch)?);
            rows.extend(added(&fristed)?);
        }
        None => println!("not measured here: the window signed in (run cargo xtask bench)"),
    }
    Ok(rows)
}

/// The window's program beside what it is without its pieces for sharing, as the linker told them.
fn added(fristed: &Path) -> Result<Option<Row>, String> {
    let told = std::env::var("FRISTED_BENCH_SHARING_BYTES").ok().filter(|it| !it.is_empty());
    let Some(told) = told else {
        println!("not measured here: what sharing adds to the program (run cargo xtask bench)");
        return Ok(None);
    };
    let told: f64 = told.parse().map_err(|_| "FRISTED_BENCH_SHARING_BYTES is no number")?;
    let whole = std::fs::metadata(fristed).map_err(|e| format!("{}: {e}", fristed.display()))?;
    let whole = whole.len() as f64;
    Ok(Some(Row {
        what: "the window's program".into(),
        unit: "MB",
        ours: whole / 1e6,
        theirs: Some(((whole - told) / 1e6, "without what sharing needs")),
        bound: Bound::AboveByAtMost(25.0),
    }))
}

/// The journal, the terminal and the window.
fn journals(count: u32, scratch: &Path) -> Result<Vec<Row>, String> {
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
