//! Every type that crosses to the interface, and nothing else.
//!
//! The TypeScript in `ui/src/lib/bindings.ts` is generated from here. Stored types never cross.
//! Names are camelCase on the other side; days are `YYYY-MM-DD`, moments RFC 3339 with offset,
//! sizes bytes.

use serde::{Deserialize, Serialize};
use specta::Type;

pub mod calendar;
pub mod network;

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

/// A stable name for each error; the interface owns the words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum ErrorCode {
    /// The key does not open this vault.
    WrongKey,
    /// What was typed is no recovery key: a character is mistyped or missing.
    RecoveryKeyMistyped,
    /// The vault is locked.
    Locked,
    /// Another process holds the vault.
    InUse,
    /// A newer Fristed wrote this store.
    Newer,
    /// The store is damaged.
    Damaged,
    /// The key file is damaged or its parameters are beyond the cap.
    KeysDamaged,
    /// There is no vault in this folder.
    NoVault,
    /// There is a vault in this folder already.
    VaultExists,
    /// The folder holds other things, or cannot be used.
    FolderUnusable,
    /// No space is left.
    NoSpace,
    /// It cannot be written here.
    NotWritable,
    /// Reading or writing failed in some other way.
    Io,
    /// The system's keyring cannot be reached.
    KeyringUnavailable,
    /// The system's keyring is locked, or its question was dismissed.
    KeyringLocked,
    /// The keyring has no key for this vault any more.
    KeyringKeyMissing,
    /// The passphrase is too easy to guess.
    PassphraseTooWeak,
    /// The entry, revision or attachment is not there.
    NotFound,
    /// The attachment is above 50 MB.
    AttachmentTooLarge,
    /// The text is above 50 MB.
    TextTooLarge,
    /// The text was changed elsewhere since it was opened.
    Changed,
    /// The date or time cannot be read.
    BadTime,
    /// The file is of no kind that Fristed reads.
    UnknownFormat,
    /// The file is broken or hostile; nothing was imported.
    BadFile,
    /// The file asks for more than the limits allow.
    TooLarge,
    /// The leader stopped it; nothing was changed.
    Cancelled,
    /// The folder to export into is not empty.
    NotEmpty,
    /// The address is of a kind that is not opened.
    LinkRefused,
    /// The server does not answer, or there is no network.
    Unreachable,
    /// The server does not take the name or the password.
    SignInRefused,
    /// The address is of a kind that is not fetched from, or leads to one.
    AddressRefused,
    /// The server's certificate is not trusted.
    CertificateBad,
    /// There is no calendar at the address.
    NotACalendar,
    /// The server said no.
    ServerRefused,
    /// The calendar is only read here.
    CalendarReadOnly,
    /// The occurrence is a meeting already.
    AlreadyMeeting,
    /// An event with the same UID is in that calendar already.
    EventAlreadyThere,
    /// An end before its start, or times that no calendar holds.
    EndBeforeStart,
    /// A series too long to be changed from one occurrence on.
    SeriesTooLong,
    /// The calendar file has more parts than are taken in at once; the detail is how many may be.
    TooManyEvents,
    /// The change of the calendar can no longer be taken back.
    UndoGone,
    /// The invitation changes nothing here.
    InvitationRefused,
    /// The leader is not among those invited.
    NotInvited,
    /// A fault in Fristed itself.
    Internal,
}

/// An error on its way to the window: a code, and numbers or paths that its message names.
///
/// Never a word of a journal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct WireError {
    /// What happened.
    pub code: ErrorCode,
    /// A path or a number for the message, where it needs one.
    pub detail: Option<String>,
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

/// A whole entry, for the page that shows and edits it.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Entry {
    /// Its id.
    pub id: String,
    /// The title the leader gave; empty where the first line serves.
    pub title: String,
    /// What to show as its title; may be empty for an empty entry.
    pub shown_title: String,
    /// The Markdown, byte for byte.
    pub body: String,
    /// The day it belongs to.
    pub day: String,
    /// The moment it belongs to, with the offset that held.
    pub created_at: String,
    /// When it was last changed.
    pub updated_at: String,
    /// Its tags, in the order given.
    pub tags: Vec<String>,
    /// Whether it is starred.
    pub starred: bool,
    /// The template it began from.
    pub template: Option<String>,
    /// Its attachments.
    pub attachments: Vec<Attachment>,
    /// When it was put in the trash.
    pub trashed_at: Option<String>,
    /// Grows with every change of text; hand it back when saving.
    pub version: u32,
}

/// A file that belongs to an entry.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Attachment {
    /// Its id; the text refers to it as `attachment:ID`.
    pub id: String,
    /// Its file name.
    pub name: String,
    /// Its media type.
    pub media_type: String,
    /// Its size in bytes.
    pub size: u32,
}

/// One line of a list of entries.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct EntryRow {
    /// The entry's id.
    pub id: String,
    /// What to show as its title.
    pub shown_title: String,
    /// The first words of the text, without marks.
    pub preview: String,
    /// Its day.
    pub day: String,
    /// Its moment.
    pub created_at: String,
    /// Whether it is starred.
    pub starred: bool,
    /// Its tags.
    pub tags: Vec<String>,
    /// When it was put in the trash.
    pub trashed_at: Option<String>,
}

/// Which entries a list shows, always newest first.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Type)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum Filter {
    /// All but the trash.
    All,
    /// Those with this tag.
    Tag {
        /// The tag.
        tag: String,
    },
    /// The starred ones.
    Starred,
    /// Those of one day.
    Day {
        /// The day.
        day: String,
    },
    /// Those of one month.
    Month {
        /// The year.
        year: i32,
        /// 1 to 12.
        month: u32,
    },
    /// The trash, last thrown first.
    Trash,
}

/// Some rows of a list, and how long the whole list is.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Page {
    /// The rows from the offset asked for.
    pub rows: Vec<EntryRow>,
    /// How many the filter matches.
    pub total: u32,
}

/// A day that has entries.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct DayCount {
    /// The day.
    pub day: String,
    /// How many entries.
    pub count: u32,
}

/// A tag in use.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct TagCount {
    /// The tag.
    pub tag: String,
    /// How many entries.
    pub count: u32,
}

/// A piece of text, either a hit or what stands around it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Span {
    /// The text.
    pub text: String,
    /// Whether it is what was looked for.
    pub hit: bool,
}

/// An entry that a search found.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Hit {
    /// The entry.
    pub row: EntryRow,
    /// Its title with the hits marked.
    pub title: Vec<Span>,
    /// The place in the text where it was found.
    pub excerpt: Vec<Span>,
}

/// Some hits of a search.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Hits {
    /// Hits: exact words first, then newest first.
    pub hits: Vec<Hit>,
    /// Whether there are more after these.
    pub more: bool,
}

/// What a new entry begins with.
#[derive(Debug, Clone, Default, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct NewEntry {
    /// The title; empty where the first line serves.
    pub title: String,
    /// The Markdown.
    pub body: String,
    /// The template's id.
    pub template: Option<String>,
    /// The day it belongs to, where it is not today.
    pub day: Option<String>,
    /// The tags.
    pub tags: Vec<String>,
}

/// The text of an entry as the editor has it.
#[derive(Debug, Clone, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Text {
    /// The title; empty where the first line serves.
    pub title: String,
    /// The Markdown.
    pub body: String,
    /// The version that the editor began from.
    pub version: u32,
}

/// That a text is durably in the store.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Saved {
    /// The version now in the store.
    pub version: u32,
    /// When it was saved.
    pub updated_at: String,
    /// What to show as the title.
    pub shown_title: String,
}

/// An earlier text of an entry.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Revision {
    /// Its id.
    pub id: String,
    /// When that text was saved.
    pub saved_at: String,
    /// Its length in characters.
    pub characters: u32,
}

/// One line of a comparison between an earlier text and today's.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct DiffLine {
    /// Whether it stands only in the earlier text, only in today's, or in both.
    pub side: DiffSide,
    /// The line in pieces; a hit is what changed within it.
    pub spans: Vec<Span>,
}

/// Where a line stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum DiffSide {
    /// In both texts.
    Both,
    /// Only in the earlier one.
    Earlier,
    /// Only in today's.
    Now,
}

/// A way to begin a reflection.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Template {
    /// Its id, kept in the entry.
    pub id: String,
    /// Its name in the language asked for.
    pub name: String,
    /// One sentence on when to use it.
    pub purpose: String,
    /// The questions in their order.
    pub questions: Vec<String>,
    /// The Markdown that a new entry begins with.
    pub body: String,
    /// Where the method is described, if anywhere.
    pub source: Option<String>,
}

/// What an import would bring.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ImportPreview {
    /// The kind of file.
    pub format: ImportFormat,
    /// Entries that would be new.
    pub new_entries: u32,
    /// Entries that are here already.
    pub already_here: u32,
    /// The first and the last day among the new ones.
    pub first_day: Option<String>,
    /// The last day among the new ones.
    pub last_day: Option<String>,
    /// Attachments that come along.
    pub attachments: u32,
    /// Their bytes, rounded up to kilobytes.
    pub attachment_kilobytes: u32,
    /// What is left out, at most 200 of them.
    pub skipped: Vec<Skipped>,
    /// How many are left out in all.
    pub skipped_total: u32,
    /// A few of the new entries' titles and days.
    pub sample: Vec<SampleRow>,
}

/// A title and a day out of a file to import.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SampleRow {
    /// The title.
    pub title: String,
    /// The day.
    pub day: String,
}

/// Something that an import leaves out.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Skipped {
    /// Its name within the file.
    pub name: String,
    /// Why.
    pub reason: SkipReason,
}

/// Why something is left out of an import.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum SkipReason {
    /// Above 50 MB.
    TooLarge,
    /// Named in an entry, absent from the file.
    Missing,
    /// Neither text nor attachment has anything in it.
    Empty,
    /// It cannot be read.
    Unreadable,
    /// Not a kind of file that an import takes.
    NotForImport,
    /// Its name points outside the folder.
    UnsafeName,
}

/// The kinds of file that can be imported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum ImportFormat {
    /// Day One's JSON, alone or zipped.
    DayOne,
    /// jrnl's JSON.
    Jrnl,
    /// A folder of Markdown.
    Markdown,
    /// Fristed's own JSON.
    FristedJson,
    /// Fristed's own Markdown folder.
    FristedMarkdown,
}

/// What an import did.
#[derive(Debug, Clone, Copy, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ImportDone {
    /// Entries added.
    pub added: u32,
    /// Entries that were here already.
    pub already_here: u32,
    /// Things left out.
    pub skipped: u32,
}

/// The two forms of an export.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum ExportFormat {
    /// A folder of Markdown files with front matter and attachments.
    Markdown,
    /// One JSON document and a folder of attachments.
    Json,
}

/// What an export did.
#[derive(Debug, Clone, Copy, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ExportDone {
    /// Entries written.
    pub entries: u32,
    /// What a damaged store kept back, which may be nothing; none where no damage was met.
    pub unreadable: Option<Unreadable>,
}

/// What an export leaves out since it cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Unreadable {
    /// Entries that are left out.
    pub entries: u32,
    /// Entries that are written with their text, but not with everything else.
    pub incomplete: u32,
    /// Attachments that are left out.
    pub attachments: u32,
}

/// How far a long piece of work has come.
#[derive(Debug, Clone, Copy, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Progress {
    /// Steps done.
    pub done: u32,
    /// Steps in all; 0 where not known yet.
    pub total: u32,
}
