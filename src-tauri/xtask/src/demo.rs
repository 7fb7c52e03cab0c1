//! The demo: a vault of its own with three months of a leader who does not exist, and her calendar.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::day;
use crate::demo_calendar;
use crate::place;
use crate::step::timed;

const ENTRIES: &str = include_str!("../demo/karla.md");

/// Known to everybody who reads this; it guards nothing that is secret.
const PASSPHRASE: &str = "Karlas eksempel har syv tomme bænke";

/// A demo vault, made anew at each start.
pub struct Demo {
    folder: PathBuf,
}

impl Demo {
    fn vault(&self) -> PathBuf {
        self.folder.join("journal")
    }

    fn passphrase_file(&self) -> PathBuf {
        self.folder.join("passphrase")
    }

    /// Lets the window open this vault without asking, with settings of its own.
    pub fn open_with(&self, window: &mut Command) {
        window
            .arg("--vault")
            .arg(self.vault())
            .arg("--passphrase-file")
            .arg(self.passphrase_file())
            .env("XDG_CONFIG_HOME", self.folder.join("config"))
            .env("XDG_DATA_HOME", self.folder.join("data"));
    }
}

/// One reflection of the demo.
#[derive(Debug, PartialEq, Eq)]
struct Entry<'a> {
    days_ago: i64,
    time: &'a str,
    title: &'a str,
    tags: Vec<&'a str>,
    starred: bool,
    template: Option<&'a str>,
    body: &'a str,
}

/// Makes the demo's vault and says how to open it.
///
/// # Errors
/// When `fristed-cli` refuses anything.
pub fn make() -> Result<Demo, String> {
    let demo = Demo { folder: place::results().join("demo") };
    let told = |e: std::io::Error| format!("{}: {e}", demo.folder.display());
    if demo.folder.exists() {
        fs::remove_dir_all(&demo.folder).map_err(told)?;
    }
    fs::create_dir_all(&demo.folder).map_err(told)?;
    fs::write(demo.passphrase_file(), PASSPHRASE).map_err(told)?;
    let entries = read(ENTRIES)?;
    timed(&format!("Writing {} reflections by Karla Eksempel", entries.len()), || {
        fill(&demo, &entries)
    })?;
    println!("The demo's journal: {}", demo.vault().display());
    println!("Its passphrase:     {PASSPHRASE}\n");
    Ok(demo)
}

fn fill(demo: &Demo, entries: &[Entry<'_>]) -> Result<(), String> {
    let vault = demo.vault();
    let created = cli(
        &vault,
        &["--json", "create", "--hash", "least"],
        "--passphrase-file",
        &demo.passphrase_file(),
        "",
    )?;
    let created: serde_json::Value = serde_json::from_str(&created).map_err(|e| e.to_string())?;
    let key = created.get("recovery_key").and_then(serde_json::Value::as_str).unwrap_or_default();
    // The recovery key needs no slow hash: each entry is a process of its own.
    let key_file = demo.folder.join("recovery-key");
    fs::write(&key_file, key).map_err(|e| e.to_string())?;
    for entry in entries {
        let at = format!("{} {}", day::date(workday(day::today() - entry.days_ago)), entry.time);
        let mut words = vec!["add", "--title", entry.title, "--at", &at];
        words.extend(entry.tags.iter().flat_map(|tag| ["--tag", *tag]));
        words.extend(entry.starred.then_some("--star"));
        words.extend(entry.template.iter().flat_map(|id| ["--template", *id]));
        cli(&vault, &words, "--recovery-key-file", &key_file, entry.body)?;
    }
    let calendar = demo.folder.join("arbejde.ics");
    fs::write(&calendar, demo_calendar::file()?).map_err(|e| e.to_string())?;
    let words = ["import", &calendar.to_string_lossy()];
    cli(&vault, &words, "--recovery-key-file", &key_file, "").map(drop)
}

/// A Saturday's or Sunday's entry was written on the Friday.
const fn workday(day: i64) -> i64 {
    let weekday = day::weekday(day);
    if weekday > 4 { day - (weekday - 4) } else { day }
}

/// Calls `fristed-cli` on a vault, opened by a key in a file; gives what it prints.
///
/// # Errors
/// When it refuses.
pub fn cli(
    vault: &Path,
    words: &[&str],
    key: &str,
    file: &Path,
    input: &str,
) -> Result<String, String> {
    let failed = |why: String| format!("fristed-cli: {why}");
    let mut child = Command::new(place::built("fristed-cli"))
        .arg("--vault")
        .arg(vault)
        .arg(key)
        .arg(file)
        .args(words)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|e| failed(e.to_string()))?;
    if let Some(mut pipe) = child.stdin.take() {
        // A program that needs no input may have closed its end.
        let _ = pipe.write_all(input.as_bytes());
    }
    let output = child.wait_with_output().map_err(|e| failed(e.to_string()))?;
    if output.status.success() {
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    } else {
        Err(failed(String::from_utf8_lossy(&output.stderr).trim().to_owned()))
    }
}

/// Takes the data file apart: `=== DAYS HH:MM | title | tags | * | template`, then the text.
fn read(text: &str) -> Result<Vec<Entry<'_>>, String> {
    text.split("\n=== ").skip(1).map(|part| entry(part).ok_or_else(|| broken(part))).collect()
}

fn broken(part: &str) -> String {
    format!("the demo has a broken line: {}", part.lines().next().unwrap_or_default())
}

fn entry(part: &str) -> Option<Entry<'_>> {
    let (head, body) = part.split_once('\n')?;
    let mut fields = head.split('|').map(str::trim);
    let (days_ago, time) = fields.next()?.split_once(' ')?;
    let title = fields.next()?;
    let tags = fields.next()?.split(',').map(str::trim).filter(|tag| !tag.is_empty()).collect();
    let starred = fields.next()? == "*";
    let template = fields.next().filter(|id| !id.is_empty());
    Some(Entry {
        days_ago: days_ago.parse().ok()?,
        time,
        title,
        tags,
        starred,
        template,
        body: body.trim_end(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_demo_has_three_months_of_reflections_in_their_order() {
        let entries = read(ENTRIES).expect("the demo can be read");
        assert!(entries.len() >= 40, "{}", entries.len());
        assert!(entries.is_sorted_by_key(|entry| -entry.days_ago));
        assert!(entries.first().is_some_and(|entry| entry.days_ago > 85));
        assert!(entries.iter().all(|entry| !entry.body.is_empty() && !entry.tags.is_empty()));
        for id in ["gibbs", "driscoll", "five-minutes", "hard-conversation"] {
            assert!(entries.iter().any(|entry| entry.template == Some(id)), "{id}");
        }
    }

    #[test]
    fn a_broken_line_is_named() {
        assert!(read("\n=== yesterday | x\ny").is_err());
    }

    #[test]
    fn nobody_writes_at_the_weekend() {
        // The twenty-first of November 2026 is a Saturday.
        assert_eq!(workday(20_778), 20_777);
        assert_eq!(workday(20_779), 20_777);
        assert_eq!(workday(20_780), 20_780);
    }
}
