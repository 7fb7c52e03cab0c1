//! What is kept outside the vault: which vault, and how the window looks.
//!
//! It is one small JSON file in the system's folder for settings. It says nothing about the
//! journal's content, so it may lie there in plain text.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize};

use crate::wire::{Language, Settings};

/// The folders that the program uses.
#[derive(Debug, Clone)]
pub struct Directories {
    /// Where `config.json` lies.
    pub config: PathBuf,
    /// Where a vault lies unless the leader chose another place.
    pub vault: PathBuf,
}

impl Directories {
    /// The system's folders for this user.
    ///
    /// On Linux they follow the XDG base directory specification (`XDG_CONFIG_HOME`,
    /// `XDG_DATA_HOME`).
    #[must_use]
    pub fn of_this_user() -> Self {
        let fallback = || std::env::temp_dir();
        Self {
            config: dirs::config_dir().unwrap_or_else(fallback).join("fristed"),
            vault: dirs::data_local_dir().unwrap_or_else(fallback).join("fristed").join("journal"),
        }
    }
}

/// The content of `config.json`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Config {
    /// The vault's folder, where it is not the usual one.
    pub vault: Option<PathBuf>,
    /// The leader's choices.
    #[serde(deserialize_with = "over_the_defaults")]
    pub settings: Settings,
}

/// Reads settings that an earlier version wrote, which may lack what came later.
fn over_the_defaults<'de, D: Deserializer<'de>>(kept: D) -> Result<Settings, D::Error> {
    let kept = serde_json::Map::deserialize(kept)?;
    let mut whole = serde_json::to_value(Settings::default()).map_err(D::Error::custom)?;
    if let Some(fields) = whole.as_object_mut() {
        fields.extend(kept);
    }
    serde_json::from_value(whole).map_err(D::Error::custom)
}

impl Config {
    /// Reads the settings; a missing or unreadable file gives the defaults, since nothing in it
    /// is worth a question at the program's start.
    #[must_use]
    pub fn load(dir: &Path) -> Self {
        fs::read(dir.join("config.json"))
            .ok()
            .and_then(|bytes| serde_json::from_slice(&bytes).ok())
            .unwrap_or_default()
    }

    /// Writes the settings, replacing the file whole.
    ///
    /// # Errors
    /// When the folder cannot be made or written.
    pub fn save(&self, dir: &Path) -> io::Result<()> {
        fs::create_dir_all(dir)?;
        let partial = dir.join("config.json.new");
        let mut file = fs::File::create(&partial)?;
        file.write_all(&serde_json::to_vec_pretty(self)?)?;
        file.sync_all()?;
        fs::rename(partial, dir.join("config.json"))
    }
}

/// The language to show: the chosen one, else Danish where the system speaks Danish, Norwegian
/// or Swedish, or says nothing, else English.
#[must_use]
pub fn language(settings: &Settings) -> Language {
    settings.language.unwrap_or_else(|| of_locale(sys_locale::get_locale().as_deref()))
}

fn of_locale(locale: Option<&str>) -> Language {
    let tongue = locale.and_then(|l| l.split(['-', '_', '.']).next()).unwrap_or_default();
    match tongue {
        "" | "C" | "POSIX" | "da" | "nb" | "nn" | "no" | "sv" | "fo" | "kl" => Language::Da,
        _ => Language::En,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_come_back_as_they_were_saved() {
        let dir = tempfile::tempdir().expect("a folder for the test");
        let config = Config {
            vault: Some("/somewhere".into()),
            settings: Settings { idle_minutes: 3, ..Settings::default() },
        };
        config.save(dir.path()).expect("saving");
        assert_eq!(Config::load(dir.path()), config);
    }

    #[test]
    fn settings_of_an_earlier_version_are_completed() {
        let dir = tempfile::tempdir().expect("a folder for the test");
        fs::write(dir.path().join("config.json"), r#"{"settings": {"idleMinutes": 3}}"#)
            .expect("writing");
        let expected = Settings { idle_minutes: 3, ..Settings::default() };
        assert_eq!(Config::load(dir.path()).settings, expected);
    }

    #[test]
    fn a_broken_file_gives_the_defaults() {
        let dir = tempfile::tempdir().expect("a folder for the test");
        fs::write(dir.path().join("config.json"), "{ half").expect("writing");
        assert_eq!(Config::load(dir.path()), Config::default());
    }

    #[test]
    fn the_language_is_the_systems() {
        assert_eq!(of_locale(Some("da-DK")), Language::Da);
        assert_eq!(of_locale(Some("en_GB.UTF-8")), Language::En);
        assert_eq!(of_locale(Some("de-DE")), Language::En);
        assert_eq!(of_locale(None), Language::Da);
    }
}
