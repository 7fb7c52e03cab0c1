//! What a fresh Debian or Ubuntu still needs: system packages, the interface's packages, and the
//! interface itself.

use std::fs;
use std::io::{IsTerminal as _, Write as _};
use std::path::Path;
use std::process::Command;
use std::time::SystemTime;

use walkdir::WalkDir;

use crate::place;
use crate::step::{is_there, npm, output, program, run, timed};

/// What the build needs.
const BUILD: [&str; 5] =
    ["build-essential", "pkg-config", "perl", "libwebkit2gtk-4.1-dev", "libgtk-3-dev"];

/// What a window on a virtual display needs.
const SCREEN: [&str; 4] = ["xvfb", "imagemagick", "dbus", "dbus-x11"];

/// What the tests need.
const TEST: [&str; 18] = [
    "xvfb",
    "imagemagick",
    "dbus",
    "dbus-x11",
    "gnome-keyring",
    "webkit2gtk-driver",
    "chromium",
    "strace",
    "python3-dbusmock",
    "python3-gi",
    "gir1.2-gtk-3.0",
    "hunspell-da",
    "procps",
    "libglib2.0-bin",
    "libxtst6",
    "poppler-utils",
    "python3",
    "python3-venv",
];

/// What the benchmark needs.
const MEASURE: [&str; 6] =
    ["xvfb", "dbus", "webkit2gtk-driver", "hunspell-da", "python3", "python3-venv"];

/// For what the computer is set up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum For {
    /// To build and open the window.
    Running,
    /// The same where there is no display.
    RunningUnseen,
    /// To run every test.
    Testing,
    /// To run the benchmark.
    Measuring,
}

impl For {
    fn packages(self) -> Vec<&'static str> {
        let more: &[&str] = match self {
            Self::Running => &[],
            Self::RunningUnseen => &SCREEN,
            Self::Testing => &TEST,
            Self::Measuring => &MEASURE,
        };
        BUILD.iter().chain(more).copied().collect()
    }
}

/// Makes sure of the system's packages.
///
/// # Errors
/// When packages are missing and may not be installed.
pub fn system(purpose: For) -> Result<(), String> {
    if !is_there("dpkg-query") {
        println!("This is no Debian or Ubuntu: taking it that what the build needs is there.");
        return Ok(());
    }
    let missing = missing(&purpose.packages());
    if missing.is_empty() {
        return Ok(());
    }
    let list = missing.join(" ");
    if is_root() {
        return timed(&format!("Installing {list}"), || install(&[], &missing));
    }
    println!("Fristed needs these packages of the system:\n\n  sudo apt-get install -y {list}\n");
    if std::io::stdin().is_terminal() && is_there("sudo") && agreed("Shall that be run now? [y/N] ")
    {
        return install(&["sudo"], &missing);
    }
    Err("install them with the command above, and try again".into())
}

fn missing(wanted: &[&'static str]) -> Vec<&'static str> {
    let installed = |name: &str| {
        let mut query = Command::new("dpkg-query");
        query.args(["--show", "--showformat", "${db:Status-Status}", name]);
        output(&mut query).is_some_and(|status| status.trim() == "installed")
    };
    wanted.iter().filter(|name| !installed(name)).copied().collect()
}

fn install(before: &[&str], packages: &[&str]) -> Result<(), String> {
    let apt = |words: &[&str]| {
        let all: Vec<&str> = before.iter().chain(&["apt-get"]).chain(words).copied().collect();
        let (name, rest) = all.split_first().ok_or("nothing to run")?;
        run(program(name, rest).env("DEBIAN_FRONTEND", "noninteractive"))
    };
    apt(&["update", "-qq"])?;
    let words: Vec<&str> = ["install", "-y", "-qq"].iter().chain(packages).copied().collect();
    apt(&words)
}

fn is_root() -> bool {
    output(Command::new("id").arg("-u")).is_some_and(|id| id.trim() == "0")
}

fn agreed(question: &str) -> bool {
    print!("{question}");
    let mut answer = String::new();
    let asked = std::io::stdout().flush().and_then(|()| std::io::stdin().read_line(&mut answer));
    asked.is_ok() && matches!(answer.trim(), "y" | "Y" | "yes" | "j" | "J" | "ja")
}

/// Makes sure of Node and of the interface's packages.
///
/// # Errors
/// When Node is missing or too old, or npm fails.
pub fn interface_packages() -> Result<(), String> {
    let version = output(Command::new("node").arg("--version"))
        .ok_or("Node.js is missing. Install Node 20 or newer (package nodejs, or nodejs.org) and try again")?;
    if !is_there("npm") {
        return Err(
            "npm is missing. Install it (package npm, or with Node from nodejs.org) and try again"
                .into(),
        );
    }
    let major = version.trim().trim_start_matches('v').split('.').next().unwrap_or_default();
    if major.parse::<u32>().is_ok_and(|major| major < 20) {
        return Err(format!("Node {} is too old; Fristed needs 20 or newer", version.trim()));
    }
    packages_of(&place::root().join("ui"))
}

/// Makes sure of the packages that a folder's lock file names.
///
/// # Errors
/// When npm fails.
pub fn packages_of(folder: &Path) -> Result<(), String> {
    let installed = modified(&folder.join("node_modules/.package-lock.json"));
    if installed.is_some() && installed >= modified(&folder.join("package-lock.json")) {
        return Ok(());
    }
    timed(&format!("npm ci in {}", folder.display()), || {
        run(npm(&["ci", "--no-audit", "--no-fund"]).current_dir(folder))
    })
}

/// Builds the interface where its sources are newer than what was built.
///
/// # Errors
/// When the build fails.
pub fn interface() -> Result<(), String> {
    interface_packages()?;
    let ui = place::root().join("ui");
    let built = modified(&ui.join("dist/index.html"));
    if built.is_some() && built >= newest_source(&ui) {
        return Ok(());
    }
    timed("Building the interface", || {
        run(&mut npm(&["run", "--silent", "messages"]))?;
        run(&mut npm(&["run", "--silent", "build"]))
    })
}

fn newest_source(ui: &Path) -> Option<SystemTime> {
    let made =
        ["node_modules", "dist", "dist-fake", "paraglide", "test-results", "playwright-report"];
    WalkDir::new(ui)
        .into_iter()
        .filter_entry(|entry| !made.iter().any(|name| entry.file_name() == *name))
        .filter_map(Result::ok)
        .filter(|entry| entry.file_type().is_file())
        .filter_map(|entry| modified(entry.path()))
        .max()
}

fn modified(path: &Path) -> Option<SystemTime> {
    fs::metadata(path).and_then(|found| found.modified()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tests_need_what_the_build_needs_and_more() {
        let build = For::Running.packages();
        let test = For::Testing.packages();
        assert!(build.iter().all(|name| test.contains(name)));
        assert!(test.contains(&"webkit2gtk-driver"));
    }

    #[test]
    fn a_package_that_nobody_has_is_missing() {
        if is_there("dpkg-query") {
            assert_eq!(missing(&["dpkg", "fristed-no-such-package"]), ["fristed-no-such-package"]);
        }
    }
}
