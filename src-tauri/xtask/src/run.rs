//! `cargo xtask run`: builds everything and opens the window.

use std::env;
use std::fs;
use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

use crate::demo;
use crate::place;
use crate::screen::Screen;
use crate::setup::{self, For};
use crate::step::{cargo, is_there, run as go, timed};

/// What shall be opened.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Wish {
    demo: bool,
    vault: Option<PathBuf>,
}

impl Wish {
    /// Reads `[--demo] [--vault DIR]`.
    ///
    /// # Errors
    /// When a word is unknown, or both are given.
    pub fn read(words: &[&str]) -> Result<Self, String> {
        let mut wish = Self::default();
        let mut words = words.iter();
        while let Some(word) = words.next() {
            match *word {
                "--demo" => wish.demo = true,
                "--vault" => {
                    let folder = words.next().ok_or("--vault needs a folder")?;
                    wish.vault = Some(std::path::absolute(folder).map_err(|e| e.to_string())?);
                }
                other => return Err(format!("run does not know {other}")),
            }
        }
        if wish.demo && wish.vault.is_some() {
            return Err("the demo has a vault of its own; leave --vault out".into());
        }
        Ok(wish)
    }
}

/// Builds and opens.
///
/// # Errors
/// When something is missing or the build fails.
pub fn run(wish: &Wish) -> Result<(), String> {
    let seen = is_seen();
    setup::system(if seen { For::Running } else { For::RunningUnseen })?;
    build()?;
    let demo = if wish.demo { Some(demo::make()?) } else { None };
    let window = |bus: bool| {
        let mut window = window(bus);
        if let Some(vault) = &wish.vault {
            window.arg("--vault").arg(vault);
        }
        if let Some(demo) = &demo {
            demo.open_with(&mut window);
        }
        window
    };
    if seen {
        return go(&mut window(false));
    }
    println!("There is no display here: opening on a virtual one, and keeping a picture.");
    unseen(window(env::var_os("DBUS_SESSION_BUS_ADDRESS").is_none()), "fristed")
}

/// Whether a window that is opened here can be seen.
pub fn is_seen() -> bool {
    let display = env::var_os("DISPLAY").is_some() || env::var_os("WAYLAND_DISPLAY").is_some();
    display || cfg!(not(target_os = "linux"))
}

/// Builds both programs, with the interface in them.
///
/// # Errors
/// When the build fails.
pub fn build() -> Result<(), String> {
    setup::interface()?;
    timed("Building Fristed", || {
        go(&mut cargo(&["build", "--quiet", "-p", "fristed", "-p", "fristed-cli"]))
    })
}

/// The window, with a message bus of its own where it is asked for and can be had.
pub fn window(own_bus: bool) -> Command {
    let program = place::built("fristed");
    if own_bus && is_there("dbus-run-session") {
        let mut bus = Command::new("dbus-run-session");
        bus.arg("--").arg(program);
        bus
    } else {
        Command::new(program)
    }
}

/// Opens the window where nobody can see it, keeps a picture of this name, and ends it again.
///
/// # Errors
/// When nothing is drawn in time.
pub fn unseen(mut window: Command, name: &str) -> Result<(), String> {
    let screen = Screen::start()?;
    fs::create_dir_all(place::results()).map_err(|e| e.to_string())?;
    let log = place::results().join(format!("{name}.log"));
    let log = fs::File::create(log).map_err(|e| e.to_string())?;
    let log_too = log.try_clone().map_err(|e| e.to_string())?;
    window.env("DISPLAY", &screen.display).stdout(log).stderr(log_too);
    // The message bus and the web view's processes end with the group.
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(&mut window, 0);
    let mut opened = window.spawn().map_err(|e| format!("the window: {e}"))?;
    let picture = place::results().join(format!("{name}.png"));
    let saved = screen.save(&picture, Duration::from_secs(60));
    let group = format!("-{}", opened.id());
    let _ = Command::new("kill").args(["-TERM", "--", &group]).status();
    std::thread::sleep(Duration::from_secs(1));
    let _ = opened.kill();
    let _ = opened.wait();
    saved?;
    println!("The window's picture: {}", picture.display());
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wish_is_read() {
        assert_eq!(Wish::read(&[]), Ok(Wish::default()));
        assert_eq!(Wish::read(&["--demo"]), Ok(Wish { demo: true, vault: None }));
        let wish = Wish::read(&["--vault", "/tmp/journal"]).expect("understood");
        assert_eq!(wish.vault, Some(PathBuf::from("/tmp/journal")));
    }

    #[test]
    fn a_wish_that_makes_no_sense_is_refused() {
        assert!(Wish::read(&["--vault"]).is_err());
        assert!(Wish::read(&["--demo", "--vault", "/x"]).is_err());
        assert!(Wish::read(&["--dmo"]).is_err());
    }
}
