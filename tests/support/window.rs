//! A leader at her window: the use cases that its page calls, at a moment of the story's.

use std::fs;

use fristed_app::{Directories, Fristed, KeyCost};
use fristed_base::{Moment, Secret};

use crate::leader::Leader;

/// The moment that this is, as RFC 3339 writes it.
///
/// # Panics
/// Where it is none.
#[must_use]
pub fn at(text: &str) -> Moment {
    Moment::new(chrono::DateTime::parse_from_rfc3339(text).expect("a moment of the story"))
}

impl Leader {
    /// Her vault, opened as the window opens it, in Copenhagen. While she holds it the terminal
    /// finds it in use.
    ///
    /// # Panics
    /// Where it does not open.
    #[must_use]
    pub fn at_the_window(&self, now: Moment) -> Fristed {
        let directories = Directories {
            config: self.home().join("config/fristed"),
            vault: self.vault().to_path_buf(),
        };
        let fristed =
            Fristed::new(directories, None, KeyCost::Floor).in_zone(chrono_tz::Europe::Copenhagen);
        let key = fs::read_to_string(self.recovery_file()).expect("her paper");
        fristed.unlock_recovery(&Secret::new(key), now).expect("it opens");
        fristed
    }
}
