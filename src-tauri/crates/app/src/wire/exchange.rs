//! What crosses to the interface of import and export.

use serde::{Deserialize, Serialize};
use specta::Type;

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
