//! What crosses to the interface of the program itself: where it stands, its settings and its keys.

use serde::{Deserialize, Serialize};
use specta::Type;

use super::ErrorCode;

/// Where the program stands when the window asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum Stage {
    /// There is no vault at the place the settings name: first run.
    FirstRun,
    /// The keyring is being asked; the window waits without a question.
    Opening,
    /// A vault is there and closed.
    Locked,
    /// The vault is open.
    Open,
}

/// The program's state, as far as it may be told while locked.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct AppStatus {
    /// Where the program stands.
    pub stage: Stage,
    /// The vault's folder.
    pub vault_path: String,
    /// The settings in force.
    pub settings: Settings,
    /// The language to show: the chosen one, or the system's.
    pub language: Language,
    /// What opening had to tell; shown once.
    pub notice: Option<Notice>,
    /// True where the store can be read but not written.
    pub read_only: bool,
    /// Why the keyring did not open the vault, where the leader had chosen it.
    pub keyring_trouble: Option<ErrorCode>,
}

/// A language of the interface.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// Danish.
    Da,
    /// English.
    En,
}

/// Light or dark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, Type)]
#[serde(rename_all = "lowercase")]
pub enum Theme {
    /// As the system has it.
    #[default]
    System,
    /// Always light.
    Light,
    /// Always dark.
    Dark,
}

/// What the leader chose; kept outside the vault, so it says nothing about the journal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Settings {
    /// The interface's language; none follows the system.
    pub language: Option<Language>,
    /// Light or dark.
    pub theme: Theme,
    /// Minutes without a key or a click until the vault locks; 0 is never.
    pub idle_minutes: u16,
    /// Whether the web view checks spelling.
    pub spell_check: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self { language: None, theme: Theme::System, idle_minutes: 10, spell_check: true }
    }
}

/// What opening the vault has to tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum Notice {
    /// The program had not ended cleanly; everything saved is there.
    Recovered,
    /// The write-ahead log was gone: what was written last before that may be missing.
    LogMissing,
    /// A log of another store lay beside this one and was put aside.
    ForeignLog,
    /// The store can be read but not written.
    ReadOnly,
    /// The store was brought to this version's form; a backup lies beside it.
    Migrated,
}

/// How hard a passphrase is to guess, said honestly.
#[derive(Debug, Clone, PartialEq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Strength {
    /// 0 (at once) to 4 (out of reach).
    pub score: u8,
    /// Years that one fast computer would need on average with this vault's hash, as a power of ten.
    pub years_log10: f64,
    /// True where it may be used.
    pub accepted: bool,
    /// What makes it weak.
    pub weakness: Option<Weakness>,
}

/// What makes a passphrase weak.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum Weakness {
    /// Too few characters.
    Short,
    /// A common password, or a word or two from a list.
    Common,
    /// Neighbouring keys, repeats or sequences.
    Pattern,
    /// Dates or years.
    Date,
    /// Names.
    Name,
}

/// Whether a vault can be made or found in a folder.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Place {
    /// The folder, as it would be used.
    pub path: String,
    /// A vault is there already.
    pub has_vault: bool,
    /// Why none can be made there.
    pub problem: Option<ErrorCode>,
    /// The folder is kept in step with a service (OneDrive, Dropbox and the like).
    pub synced: bool,
}

/// One way to open the vault.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Slot {
    /// Which kind.
    pub kind: SlotKind,
    /// When it was made.
    pub created_at: String,
}

/// The kinds of key slot.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum SlotKind {
    /// The passphrase.
    Passphrase,
    /// A key in this computer's keyring.
    Computer,
    /// The recovery key.
    Recovery,
}

/// What the program was asked to open: by the system, or by a click on a notification.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum Opening {
    /// A calendar file, to be previewed.
    CalendarFile {
        /// Where it lies.
        path: String,
    },
    /// A meeting.
    Meeting {
        /// Its id.
        id: String,
    },
    /// A day of the calendar.
    Day {
        /// The day.
        day: String,
    },
    /// The day that it is.
    Today,
}
