//! Asking `recurring-ical-events`.

use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;

use super::Rows;

/// What the reference found, and the series that it does not read.
pub struct Answer {
    pub rows: Rows,
    pub unread: Vec<String>,
}

/// Where cargo builds; beside it lie the Python environment and the calendars of other packages.
pub fn beside_the_build(name: &str) -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap().join(name)
}

/// The answers to some questions, in their order; `Err` is why there is none to one.
pub fn answers(questions: &[Value]) -> Vec<Result<Answer, String>> {
    let python = beside_the_build("python/bin/python");
    assert!(
        python.is_file(),
        "{} is missing: `cargo xtask test` sets it up, and `cargo xtask python` alone",
        python.display()
    );
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/against/occurrences.py");
    let mut child = Command::new(python)
        .arg(script)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    let lines: Vec<String> = questions.iter().map(ToString::to_string).collect();
    let asking = std::thread::spawn(move || {
        for line in lines {
            writeln!(input, "{line}").unwrap();
        }
    });
    let output = BufReader::new(child.stdout.take().unwrap());
    let answers: Vec<_> = output.lines().map(|line| answer(&line.unwrap())).collect();
    asking.join().unwrap();
    assert!(child.wait().unwrap().success());
    assert_eq!(answers.len(), questions.len(), "an answer to each question");
    answers
}

fn answer(line: &str) -> Result<Answer, String> {
    let answer: Value = serde_json::from_str(line).unwrap();
    if let Some(failed) = answer.get("failed") {
        return Err(failed.as_str().unwrap().to_owned());
    }
    let mut rows = Rows::new();
    for row in answer["found"].as_array().unwrap() {
        let text = |at: usize| row[at].as_str().unwrap().to_owned();
        *rows.entry((text(0), text(1), text(2))).or_default() += 1;
    }
    let unread = answer["unread"].as_array().unwrap();
    let unread = unread.iter().map(|uid| uid.as_str().unwrap().to_owned()).collect();
    Ok(Answer { rows, unread })
}
