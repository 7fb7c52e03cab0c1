//! What the tests compare with and talk to, written by others.
//!
//! For the calendar: a reader of calendars and two servers in Python, and the calendars that
//! packages ship for their own tests. For sharing: Matrix's server, a client in Python, and
//! clients that run in Node.
//!
//! What Python runs lies beside what cargo builds, and is fetched once: `python.txt` and
//! `packages.txt` beside the tests say what, with versions. Matrix has an environment of its own,
//! so that what its server pins says nothing about the versions that the calendar is compared with.

use std::fs;
use std::path::{Path, PathBuf};

use crate::place;
use crate::setup::packages_of;
use crate::step::{program, run, timed};

/// Makes sure of all of it.
///
/// # Errors
/// When a package cannot be had.
pub fn set_up() -> Result<(), String> {
    for_the_calendar()?;
    for_sharing()?;
    packages_of(&place::root().join("tests/foreign"))
}

/// Makes sure of Matrix's server and its client in Python.
///
/// # Errors
/// When a package cannot be had.
pub fn for_sharing() -> Result<(), String> {
    let list = place::root().join("tests/support/python.txt");
    once(&list, &place::target().join("matrix"), environment)
}

/// Makes sure of what the calendar is compared with.
///
/// # Errors
/// When a package cannot be had.
pub fn for_the_calendar() -> Result<(), String> {
    let lists = place::root().join("src-tauri/crates/calendar/tests/against");
    let python = place::target().join("python");
    once(&lists.join("python.txt"), &python, environment)?;
    once(&lists.join("packages.txt"), &place::target().join("calendars"), calendars)
}

/// Does something into a folder, unless the folder was made by this very list.
fn once(
    list: &Path,
    folder: &Path,
    make: fn(&Path, &Path) -> Result<(), String>,
) -> Result<(), String> {
    let wanted = read(list)?;
    let mark = folder.join("made-by.txt");
    if fs::read_to_string(&mark).is_ok_and(|made| made == wanted) {
        return Ok(());
    }
    timed(&format!("Fetching what {} lists", list.display()), || {
        if folder.exists() {
            fs::remove_dir_all(folder).map_err(|e| format!("{}: {e}", folder.display()))?;
        }
        make(list, folder)?;
        fs::write(&mark, &wanted).map_err(|e| format!("{}: {e}", mark.display()))
    })
}

fn read(path: &Path) -> Result<String, String> {
    fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()))
}

fn environment(list: &Path, folder: &Path) -> Result<(), String> {
    run(program("python3", ["-m", "venv"]).arg(folder))?;
    let pip = folder.join("bin/pip");
    run(program(&pip.to_string_lossy(), ["install", "--quiet", "--requirement"]).arg(list))
}

/// A line of the list: where a package is from, its name and its version.
fn packages(list: &str) -> impl Iterator<Item = (&str, &str, &str)> {
    list.lines().filter(|line| !line.starts_with('#')).filter_map(|line| {
        let mut words = line.split_whitespace();
        Some((words.next()?, words.next()?, words.next()?))
    })
}

fn calendars(list: &Path, folder: &Path) -> Result<(), String> {
    for (from, name, version) in packages(&read(list)?) {
        let into = folder.join(name);
        fs::create_dir_all(&into).map_err(|e| format!("{}: {e}", into.display()))?;
        match from {
            // Source archives, since the built packages leave the tests out.
            "pypi" => {
                let pip = place::target().join("python/bin/pip");
                let words = ["download", "--quiet", "--no-deps", "--no-binary", ":all:", "--dest"];
                let package = format!("{name}=={version}");
                run(program(&pip.to_string_lossy(), words).arg(&into).arg(package))?;
            }
            "npm" => {
                let package = format!("{name}@{version}");
                run(program("npm", ["pack", "--silent", &package]).current_dir(&into))?;
            }
            other => return Err(format!("{}: what is {other}?", list.display())),
        }
        for archive in archives(&into)? {
            run(program("tar", ["-xzf"]).arg(archive).arg("--directory").arg(&into))?;
        }
    }
    Ok(())
}

fn archives(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let entries = fs::read_dir(folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    let paths = entries.filter_map(Result::ok).map(|entry| entry.path());
    Ok(paths.filter(|path| path.extension().is_some_and(|it| it == "gz" || it == "tgz")).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_of_packages_is_read() {
        let list = "# from, name, version\npypi a 1.0\nnpm b 2\n\nhalf\n";
        let found: Vec<_> = packages(list).collect();
        assert_eq!(found, [("pypi", "a", "1.0"), ("npm", "b", "2")]);
    }

    #[test]
    fn what_python_runs_is_listed_with_its_version() {
        let lists = place::root().join("src-tauri/crates/calendar/tests/against");
        let matrix = place::root().join("tests/support");
        for folder in [&lists, &matrix] {
            let python = read(&folder.join("python.txt")).unwrap();
            let lines = python.lines().filter(|line| !line.starts_with('#'));
            assert!(lines.clone().count() > 0);
            assert!(lines.clone().all(|line| line.contains("==")), "{python}");
        }
        assert!(packages(&read(&lists.join("packages.txt")).unwrap()).count() > 0);
    }
}
