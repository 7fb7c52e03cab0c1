//! `cargo xtask test`: everything that shows Fristed works.

use std::time::Instant;

use crate::python;
use crate::setup::{self, For};
use crate::step::{Counts, cargo, is_there, npm, run_counted, timed};
use crate::tidy;

/// Runs every check, also after one failed, and says at the end what passed.
///
/// # Errors
/// When anything failed.
pub fn test(long: bool) -> Result<(), String> {
    let begun = Instant::now();
    setup::system(For::Testing)?;
    setup::interface()?;
    python::set_up()?;
    let mut report = Report::default();

    report.check("tidy", || (Counts::default(), tidy::run()));
    report.check("rustfmt", || run_counted(&mut cargo(&["fmt", "--all", "--check"])));
    report.check("clippy", || {
        run_counted(&mut cargo(&[
            "clippy",
            "--quiet",
            "--workspace",
            "--all-targets",
            // The benchmark is built only where it is asked for, and shall not rot.
            "--features",
            "fristed-tests/bench",
            "--",
            "-D",
            "warnings",
        ]))
    });
    report.check("programs", || {
        run_counted(&mut cargo(&["build", "--quiet", "--workspace", "--bins", "--tests"]))
    });
    report.check("Rust tests", || {
        let profile = if long { "long" } else { "default" };
        let mut tests = if is_there("cargo-nextest") {
            cargo(&["nextest", "run", "--workspace", "--no-fail-fast", "--profile", profile])
        } else {
            println!("cargo-nextest is not here; cargo's own runner takes its place.");
            cargo(&["test", "--workspace", "--no-fail-fast"])
        };
        run_counted(tests.env("FRISTED_LONG", if long { "1" } else { "0" }))
    });
    report.check("the interface's types and rules", || {
        run_counted(&mut npm(&["run", "--silent", "check"]))
    });
    report.check("the interface's units", || {
        run_counted(&mut npm(&["run", "--silent", "test:unit"]))
    });
    report.check("the interface in a browser", || {
        run_counted(
            npm(&["run", "--silent", "test:ui"]).env("FRISTED_LONG", if long { "1" } else { "0" }),
        )
    });

    println!("Everything took {:.0} s.", begun.elapsed().as_secs_f64());
    report.close()
}

#[derive(Default)]
struct Report {
    counts: Counts,
    broken: Vec<String>,
}

impl Report {
    fn check(&mut self, title: &str, act: impl FnOnce() -> (Counts, Result<(), String>)) {
        let (counted, ended) = timed(title, act);
        self.counts = self.counts.plus(counted);
        match ended {
            Ok(()) => self.counts.passed += u64::from(counted == Counts::default()),
            Err(why) => {
                println!("{title}: {why}");
                self.broken.push(title.to_owned());
                self.counts.failed += u64::from(counted.failed == 0);
            }
        }
    }

    /// The closing line, and the verdict. A check that counts no tests counts as one.
    fn close(self) -> Result<(), String> {
        for title in &self.broken {
            println!("failed: {title}");
        }
        println!("{} passed, {} failed", self.counts.passed, self.counts.failed);
        if self.broken.is_empty() { Ok(()) } else { Err("not everything passed".into()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_check_that_fails_makes_the_whole_fail() {
        let mut report = Report::default();
        report.check("good", || (Counts { passed: 3, failed: 0 }, Ok(())));
        report.check("bad", || (Counts { passed: 1, failed: 1 }, Err("broke".into())));
        report.check("silent", || (Counts::default(), Err("broke".into())));
        assert_eq!(report.counts, Counts { passed: 4, failed: 2 });
        assert!(report.close().is_err());
    }

    #[test]
    fn a_check_without_tests_counts_as_one() {
        let mut report = Report::default();
        report.check("tidy", || (Counts::default(), Ok(())));
        assert_eq!(report.counts, Counts { passed: 1, failed: 0 });
        assert!(report.close().is_ok());
    }
}
