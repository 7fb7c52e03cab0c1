//! A display that nobody sees, for a computer without one.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::step::is_there;

/// An X server in memory, 1280 by 900; it ends with this value.
pub struct Screen {
    server: Child,
    /// Its name, for `DISPLAY`.
    pub display: String,
}

impl Screen {
    /// Starts one on the next free number.
    ///
    /// # Errors
    /// When Xvfb is missing or does not start.
    pub fn start() -> Result<Self, String> {
        if !is_there("Xvfb") {
            return Err("Xvfb is missing (package xvfb)".into());
        }
        let mut server = Command::new("Xvfb")
            .args(["-displayfd", "1", "-screen", "0", "1280x900x24", "-nolisten", "tcp"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|e| format!("Xvfb: {e}"))?;
        let mut number = String::new();
        if let Some(pipe) = server.stdout.take() {
            BufReader::new(pipe).read_line(&mut number).map_err(|e| format!("Xvfb: {e}"))?;
        }
        let number = number.trim().to_owned();
        if number.is_empty() {
            return Err("Xvfb did not start".into());
        }
        Ok(Self { server, display: format!(":{number}") })
    }

    /// Saves what the display shows, once something is drawn on it that stays as it is.
    ///
    /// # Errors
    /// When nothing is drawn in time, or ImageMagick is missing.
    pub fn save(&self, picture: &Path, patience: Duration) -> Result<(), String> {
        let begun = Instant::now();
        let mut last = 0;
        while begun.elapsed() < patience {
            thread::sleep(Duration::from_secs(2));
            let taken = Command::new("import")
                .args(["-display", &self.display, "-window", "root"])
                .arg(picture)
                .stderr(Stdio::null())
                .status()
                .map_err(|e| format!("import (package imagemagick): {e}"))?;
            let size = fs::metadata(picture).map_or(0, |found| found.len());
            // An empty display is a few hundred bytes; a page with text is far more.
            if taken.success() && size > 8_000 && size == last {
                return Ok(());
            }
            last = size;
        }
        if last > 8_000 { Ok(()) } else { Err("nothing was drawn in time".into()) }
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}
