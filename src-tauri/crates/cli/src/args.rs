//! The command line: what can be asked, and nothing of how it is done.

mod calendar;
pub mod network;

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::{Args, Parser, Subcommand, ValueEnum};
use fristed_app::KeyCost;
use fristed_base::EntryId;

pub use calendar::{Calendar, CalendarAction, Kept, Login};
pub use network::{Network, NetworkAction};

use crate::at::At;

/// Fristed's journal in the terminal: the same encrypted vault, without the window.
///
/// A vault opens with its passphrase or its recovery key. Both can lie in a file; with no file
/// they are asked for in the terminal and never shown.
///
/// Exit codes: 0 done, 1 failed, 2 wrong usage, 3 wrong key, 4 damaged store, 5 in use by
/// another process, 6 no space or not writable.
#[derive(Debug, Parser)]
#[command(name = "fristed-cli", version, max_term_width = 100)]
pub struct Cli {
    /// What holds for every command.
    #[command(flatten)]
    pub common: Common,
    /// The command.
    #[command(subcommand)]
    pub command: Command,
}

/// What holds for every command.
#[derive(Debug, Args)]
pub struct Common {
    /// The vault's folder; without it the one that the window uses
    #[arg(long, global = true, value_name = "DIR")]
    pub vault: Option<PathBuf>,
    /// Read the passphrase from this file (one trailing newline is not part of it)
    #[arg(long, global = true, value_name = "FILE", conflicts_with = "recovery_key_file")]
    pub passphrase_file: Option<PathBuf>,
    /// Read the recovery key from this file, as `create` printed it
    #[arg(long, global = true, value_name = "FILE")]
    pub recovery_key_file: Option<PathBuf>,
    /// Answer with one JSON document
    #[arg(long, global = true)]
    pub json: bool,
}

/// What can be done.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Make a new vault; prints its recovery key, once
    Create(Create),
    /// Write an entry from standard input; prints its id
    Add(Add),
    /// List the entries, newest first
    List(List),
    /// Print the text of an entry, byte for byte
    Show(Show),
    /// Find entries: words, "phrases", -without, tag:, from:, to:
    Search(Search),
    /// Change an entry: its text from standard input, or what the options say
    Edit(Edit),
    /// Put an entry in the trash
    Delete(Delete),
    /// Bring entries from Day One, jrnl, a folder of Markdown, or an export of Fristed; or events
    /// from a calendar file (.ics)
    Import(Import),
    /// Write every entry into a new or empty folder
    Export(Export),
    /// What the calendars hold, from one day up to another
    Agenda(Agenda),
    /// Calendars from elsewhere: subscriptions, and accounts on CalDAV servers
    Calendar(Calendar),
    /// Share with a network's peers what you choose, and read what they share
    Network(Network),
    /// Look for damage in the whole store
    Check,
    /// The keys that open the vault
    Key(Key),
}

/// `create`.
#[derive(Debug, Args)]
pub struct Create {
    /// How much work the passphrase's hash shall be
    #[arg(long, value_enum, default_value_t = Hash::Tuned)]
    pub hash: Hash,
}

/// How much work the passphrase's hash shall be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Hash {
    /// About half a second on this computer
    Tuned,
    /// The least that is accepted, for slow computers and for tests
    Least,
}

impl From<Hash> for KeyCost {
    fn from(hash: Hash) -> Self {
        match hash {
            Hash::Tuned => Self::Tuned,
            Hash::Least => Self::Floor,
        }
    }
}

impl Command {
    /// How much work a new passphrase's hash shall be, where the command makes one.
    #[must_use]
    pub fn key_cost(&self) -> KeyCost {
        match self {
            Self::Create(Create { hash })
            | Self::Key(Key { action: KeyAction::Change { hash, .. } }) => (*hash).into(),
            _ => KeyCost::Tuned,
        }
    }
}

/// `add`.
#[derive(Debug, Args)]
pub struct Add {
    /// The title; without one the first line serves
    #[arg(long, default_value = "", hide_default_value = true)]
    pub title: String,
    /// The day or the moment it belongs to: 2026-11-24, "2026-11-24 16:40", or RFC 3339
    #[arg(long, value_name = "WHEN", value_parser = At::parse)]
    pub at: Option<At>,
    /// A tag; may be given several times
    #[arg(long = "tag", value_name = "TAG")]
    pub tags: Vec<String>,
    /// Give it a star
    #[arg(long)]
    pub star: bool,
    /// The id of the template it follows; with nothing on standard input the template's
    /// questions become the text
    #[arg(long, value_name = "ID")]
    pub template: Option<String>,
}

/// `list`.
#[derive(Debug, Args)]
pub struct List {
    /// At most so many
    #[arg(long, value_name = "N")]
    pub limit: Option<u32>,
    /// Only those with this tag
    #[arg(long, value_name = "TAG", conflicts_with_all = ["starred", "trash"])]
    pub tag: Option<String>,
    /// Only those with a star
    #[arg(long, conflicts_with = "trash")]
    pub starred: bool,
    /// The trash, last thrown first
    #[arg(long)]
    pub trash: bool,
}

/// `show`.
#[derive(Debug, Args)]
pub struct Show {
    /// The entry's id
    pub id: EntryId,
}

/// `search`.
#[derive(Debug, Args)]
pub struct Search {
    /// What to look for
    #[arg(allow_hyphen_values = true)]
    pub query: String,
    /// More of it, where the words are not in one pair of quotation marks
    #[arg(hide = true)]
    pub more: Vec<String>,
    /// At most so many
    #[arg(long, value_name = "N")]
    pub limit: Option<u32>,
}

/// `edit`.
#[derive(Debug, Args)]
pub struct Edit {
    /// The entry's id
    pub id: EntryId,
    /// A new title; an empty one lets the first line serve
    #[arg(long)]
    pub title: Option<String>,
    /// The day or the moment it belongs to: 2026-11-24, "2026-11-24 16:40", or RFC 3339
    #[arg(long, value_name = "WHEN", value_parser = At::parse)]
    pub at: Option<At>,
    /// The tags it shall have instead of its present ones; may be given several times
    #[arg(long = "tag", value_name = "TAG")]
    pub tags: Vec<String>,
    /// Take all tags away
    #[arg(long, conflicts_with = "tags")]
    pub no_tags: bool,
    /// Give it a star
    #[arg(long, conflicts_with = "no_star")]
    pub star: bool,
    /// Take the star away
    #[arg(long)]
    pub no_star: bool,
    /// Leave the text alone, and standard input unread
    #[arg(long)]
    pub keep_text: bool,
}

impl Edit {
    /// Whether an option asks for a change, so that no new text is needed.
    #[must_use]
    pub fn asks_for_a_change(&self) -> bool {
        self.title.is_some()
            || self.at.is_some()
            || !self.tags.is_empty()
            || self.no_tags
            || self.star
            || self.no_star
    }
}

/// `delete`.
#[derive(Debug, Args)]
pub struct Delete {
    /// The entry's id
    pub id: EntryId,
    /// Delete it for good, with its earlier texts and attachments
    #[arg(long, conflicts_with = "undo")]
    pub for_good: bool,
    /// Take it back out of the trash
    #[arg(long)]
    pub undo: bool,
}

/// `import`.
#[derive(Debug, Args)]
pub struct Import {
    /// A file or a folder
    pub path: PathBuf,
    /// Only say what would come
    #[arg(long)]
    pub dry_run: bool,
    /// For a calendar file: the calendar that takes the events in; made where there is none of
    /// this name
    #[arg(long, value_name = "NAME")]
    pub calendar: Option<String>,
}

/// `agenda`.
#[derive(Debug, Args)]
pub struct Agenda {
    /// The first day: 2026-01-01
    #[arg(long, value_name = "DAY")]
    pub from: NaiveDate,
    /// The day after the last one
    #[arg(long, value_name = "DAY")]
    pub to: NaiveDate,
}

/// `export`.
#[derive(Debug, Args)]
pub struct Export {
    /// A new or empty folder
    pub path: PathBuf,
    /// Markdown files with front matter, or one JSON document
    #[arg(long, value_enum)]
    pub format: Form,
}

/// The two forms of an export.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Form {
    /// A folder of Markdown files
    Markdown,
    /// One JSON document and a folder of attachments
    Json,
}

/// `key`.
#[derive(Debug, Args)]
pub struct Key {
    /// What to do with the keys.
    #[command(subcommand)]
    pub action: KeyAction,
}

/// What can be done with the keys.
#[derive(Debug, Subcommand)]
pub enum KeyAction {
    /// List the ways to open the vault
    List,
    /// Let this computer's keyring open the vault when the window starts
    Add {
        /// Which key
        what: Removable,
    },
    /// Forget this computer
    Remove {
        /// Which key
        what: Removable,
    },
    /// Put a new key in the place of an old one, which then opens nothing here
    Change {
        /// Which key
        what: Changeable,
        /// Read the new passphrase from this file
        #[arg(long, value_name = "FILE")]
        new_passphrase_file: Option<PathBuf>,
        /// How much work the new passphrase's hash shall be
        #[arg(long, value_enum, default_value_t = Hash::Tuned)]
        hash: Hash,
    },
}

/// The key that can come and go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Removable {
    /// The key in this computer's keyring
    Computer,
}

/// The keys that are always there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Changeable {
    /// The passphrase
    Passphrase,
    /// The recovery key; the new one is printed, once
    Recovery,
}
