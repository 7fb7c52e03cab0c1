//! `fristed-cli` beside `jrnl` (PyPI) on the same 20,000 entries, as whole processes.
//!
//! Fristed's vault is opened by its recovery key, which needs no slow hash, so that what is
//! compared is the work on the journal; jrnl's journal is a plain text file, its usual form.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use crate::corpus::Corpus;
use crate::table::{Bound, Row, quantile};

/// Where the two programs lie.
pub struct Programs {
    pub fristed_cli: PathBuf,
    pub jrnl: PathBuf,
}

/// Measures adding one entry and searching for a word, each as a whole process.
///
/// # Errors
/// A sentence saying which step failed.
pub fn measure(programs: &Programs, entries: usize, scratch: &Path) -> Result<Vec<Row>, String> {
    let mut corpus = Corpus::new(20)?;
    let texts: Vec<String> = (0..entries).map(|_| corpus.entry()).collect();

    let import = scratch.join("journal.json");
    fs::write(&import, as_jrnl_json(&texts)).map_err(|e| format!("writing the import: {e}"))?;
    let plain = scratch.join("journal.txt");
    fs::write(&plain, as_jrnl_text(&texts)).map_err(|e| format!("writing jrnl's file: {e}"))?;
    let config = scratch.join("jrnl.yaml");
    fs::write(&config, jrnl_config(&plain)).map_err(|e| format!("writing jrnl's settings: {e}"))?;

    let passphrase = scratch.join("passphrase");
    fs::write(&passphrase, "havtorn blyant torsdag kande\n").map_err(|e| e.to_string())?;
    let vault = scratch.join("vault");
    let cli = |args: &[&str], key: &Path, flag: &str| {
        let mut command = Command::new(&programs.fristed_cli);
        command.arg("--vault").arg(&vault).arg(flag).arg(key).args(args);
        command
    };
    let made = run(cli(&["create", "--json"], &passphrase, "--passphrase-file"), "")?;
    let made: serde_json::Value = serde_json::from_slice(&made).map_err(|e| e.to_string())?;
    let recovery = scratch.join("recovery");
    fs::write(&recovery, made["recovery_key"].as_str().ok_or("no recovery key came")?)
        .map_err(|e| e.to_string())?;
    let by_recovery = "--recovery-key-file";
    run(cli(&["import", &import.display().to_string()], &recovery, by_recovery), "")?;

    let jrnl = |args: &[&str]| {
        let mut command = Command::new(&programs.jrnl);
        command.arg("--config-file").arg(&config).args(args);
        command
    };
    let text = "En kort tanke om mødet i dag.";
    let word = "afdelingsmøde";
    let found = run(cli(&["search", word, "--json"], &recovery, by_recovery), "")?;
    let hits = serde_json::from_slice::<serde_json::Value>(&found).map_err(|e| e.to_string())?;
    if hits.as_array().is_none_or(Vec::is_empty) {
        return Err("the search found nothing, so its time would mean nothing".into());
    }

    let mut ours_add = times(9, || run(cli(&["add"], &recovery, by_recovery), text))?;
    let mut ours_find =
        times(9, || run(cli(&["search", word, "--json"], &recovery, by_recovery), ""))?;
    let mut theirs_add = times(3, || run(jrnl(&[text]), ""))?;
    let mut theirs_find = times(3, || run(jrnl(&["-contains", word]), ""))?;
    let row = |what: &str, ours: &mut [f64], theirs: &mut [f64]| Row {
        what: format!("{what}, {entries} entries, whole process"),
        unit: "ms",
        ours: quantile(ours, 0.5),
        theirs: Some((quantile(theirs, 0.5), "jrnl 4.6")),
        bound: Bound::FasterBy(50.0),
    };
    Ok(vec![
        row("fristed-cli add", &mut ours_add, &mut theirs_add),
        row("fristed-cli search", &mut ours_find, &mut theirs_find),
    ])
}

/// Runs something several times; milliseconds of each.
fn times<T>(runs: usize, mut act: impl FnMut() -> Result<T, String>) -> Result<Vec<f64>, String> {
    (0..runs)
        .map(|_| {
            let start = Instant::now();
            act()?;
            Ok(start.elapsed().as_secs_f64() * 1_000.0)
        })
        .collect()
}

fn run(mut command: Command, input: &str) -> Result<Vec<u8>, String> {
    let name = command.get_program().to_string_lossy().into_owned();
    let stdin = if input.is_empty() { Stdio::null() } else { Stdio::piped() };
    let mut child = command
        .stdin(stdin)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|e| format!("{name}: {e}"))?;
    if let Some(mut pipe) = child.stdin.take() {
        pipe.write_all(input.as_bytes()).map_err(|e| format!("{name}: {e}"))?;
    }
    let done = child.wait_with_output().map_err(|e| format!("{name}: {e}"))?;
    if !done.status.success() {
        let said = String::from_utf8_lossy(&done.stderr).into_owned();
        return Err(format!("{name} ended with {}: {said}", done.status));
    }
    Ok(done.stdout)
}

/// The day of the n-th entry, four a day up to the end of 2025.
fn day(n: usize, of: usize) -> chrono::NaiveDateTime {
    let last = chrono::NaiveDate::from_ymd_opt(2025, 12, 31)
        .and_then(|day| day.and_hms_opt(9, 0, 0))
        .expect("a day that every calendar has");
    last - chrono::TimeDelta::hours(6 * (of - n) as i64)
}

fn as_jrnl_text(texts: &[String]) -> String {
    let mut file = String::new();
    for (n, text) in texts.iter().enumerate() {
        let text = text.trim_start_matches("# ");
        file.push_str(&format!("[{}] {text}\n\n", day(n, texts.len()).format("%Y-%m-%d %H:%M")));
    }
    file
}

fn as_jrnl_json(texts: &[String]) -> String {
    let entries: Vec<_> = texts
        .iter()
        .enumerate()
        .map(|(n, text)| {
            let (title, body) = text.split_once("\n\n").unwrap_or((text, ""));
            let at = day(n, texts.len());
            serde_json::json!({
                "title": title.trim_start_matches("# "),
                "body": body,
                "date": at.format("%Y-%m-%d").to_string(),
                "time": at.format("%H:%M").to_string(),
                "tags": [],
                "starred": false,
            })
        })
        .collect();
    serde_json::json!({ "tags": {}, "entries": entries }).to_string()
}

fn jrnl_config(journal: &Path) -> String {
    format!(
        "colors:\n  body: none\n  date: none\n  tags: none\n  title: none\ndefault_hour: 9\n\
         default_minute: 0\neditor: ''\nencrypt: false\nhighlight: false\nindent_character: '|'\n\
         journals:\n  default:\n    journal: {}\nlinewrap: 79\ntagsymbols: '#@'\n\
         template: false\ntimeformat: '%Y-%m-%d %H:%M'\nversion: v4.6\n",
        journal.display()
    )
}
