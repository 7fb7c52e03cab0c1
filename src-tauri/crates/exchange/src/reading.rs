//! What has been read of a foreign file so far, and the caps on it.

use std::collections::HashMap;
use std::io::{self, Read};
use std::ops::ControlFlow;

use fristed_base::{AttachmentId, EntryId, Moment};
use fristed_journal::SourceKey;

use crate::error::{ExchangeError, Result};
use crate::files::{Files, Listed, Place};
use crate::limits;
use crate::names;
use crate::plan::SkipReason;
use crate::zone::Zone;

/// Told how many steps are done and how many there are (0 where that is not known yet); says
/// whether to go on.
pub type OnProgress<'a> = &'a mut dyn FnMut(u32, u32) -> ControlFlow<()>;

/// An attachment of an entry that was read.
#[derive(Clone)]
pub(crate) struct Media {
    /// The id that the text refers to.
    pub id: AttachmentId,
    /// The name it gets.
    pub name: String,
    /// Its media type.
    pub media_type: String,
    /// Its size in bytes.
    pub size: u64,
    /// Where its bytes lie.
    pub place: Place,
}

/// An entry that was read, without what tells whether it is known.
#[derive(Clone)]
pub(crate) struct Draft {
    /// The id it had in Fristed.
    pub id: Option<EntryId>,
    /// The moment it belongs to.
    pub written: Moment,
    /// When it was last changed.
    pub updated: Moment,
    /// The title; empty where the first line serves.
    pub title: String,
    /// The Markdown.
    pub body: String,
    /// The tags.
    pub tags: Vec<String>,
    /// Whether it is starred.
    pub starred: bool,
    /// The template's id.
    pub template: Option<String>,
    /// The attachments.
    pub media: Vec<Media>,
}

/// What makes two entries the same.
#[derive(Clone, Copy)]
pub(crate) enum Identity<'a> {
    /// The id that its own program gave it. Two of one id are one entry, unless they differ.
    Id(&'a str),
    /// Only its content. Two of the same content in one file are two entries.
    Content,
}

/// An entry that was read, with its key.
#[derive(Clone)]
pub(crate) struct Parsed {
    /// What tells whether it is here already.
    pub source: SourceKey,
    /// The entry.
    pub draft: Draft,
}

/// An import while it is read.
pub(crate) struct Reading<'a> {
    /// The files.
    pub files: Files,
    /// The zone of times that have none.
    pub zone: &'a dyn Zone,
    /// The entries in the order they were found.
    pub entries: Vec<Parsed>,
    /// What is left out, and why.
    pub skipped: Vec<(String, SkipReason)>,
    progress: OnProgress<'a>,
    done: u32,
    total: u32,
    text: u64,
    twins: HashMap<[u8; 32], Vec<blake3::Hash>>,
}

impl<'a> Reading<'a> {
    pub(crate) fn new(mut files: Files, zone: &'a dyn Zone, progress: OnProgress<'a>) -> Self {
        let skipped = std::mem::take(&mut files.refused);
        Self {
            files,
            zone,
            entries: Vec::new(),
            skipped,
            progress,
            done: 0,
            total: 0,
            text: 0,
            twins: HashMap::new(),
        }
    }

    /// Says how many steps there will be.
    pub(crate) fn expect(&mut self, steps: usize) {
        self.total = self.total.saturating_add(u32::try_from(steps).unwrap_or(u32::MAX));
    }

    /// One step done.
    ///
    /// # Errors
    /// `Cancelled` where the caller wants no more.
    pub(crate) fn step(&mut self) -> Result<()> {
        self.done = self.done.saturating_add(1);
        let total = if self.total == 0 { 0 } else { self.total.max(self.done) };
        match (self.progress)(self.done, total) {
            ControlFlow::Continue(()) => Ok(()),
            ControlFlow::Break(()) => Err(ExchangeError::Cancelled),
        }
    }

    /// Notes that something is left out.
    pub(crate) fn skip(&mut self, name: &str, reason: SkipReason) {
        self.skipped.push((names::on_one_line(name), reason));
    }

    /// Takes an entry in.
    ///
    /// `domain` names the program it comes from; `content` is a hash of all of it as it came.
    ///
    /// # Errors
    /// `TooLarge` where the texts together go beyond the cap.
    pub(crate) fn add(
        &mut self,
        name: &str,
        domain: &str,
        identity: Identity<'_>,
        content: blake3::Hash,
        draft: Draft,
    ) -> Result<()> {
        let length = (draft.title.len() + draft.body.len()) as u64;
        if length > limits::TEXT {
            self.skip(name, SkipReason::TooLarge);
            return Ok(());
        }
        self.text += length;
        if self.text > limits::ALL_TEXT {
            return Err(ExchangeError::TooLarge);
        }
        let mut hasher = blake3::Hasher::new_derive_key("Fristed 2026-11 source of an import");
        hasher.update(domain.as_bytes());
        match identity {
            Identity::Id(id) => hasher.update(b"\0id\0").update(id.as_bytes()),
            Identity::Content => hasher.update(b"\0content\0").update(content.as_bytes()),
        };
        let same = self.twins.entry(*hasher.finalize().as_bytes()).or_default();
        if matches!(identity, Identity::Id(_)) && same.contains(&content) {
            return Ok(());
        }
        hasher.update(b"\0").update(&(same.len() as u64).to_le_bytes());
        same.push(content);
        let source = SourceKey(*hasher.finalize().as_bytes());
        self.entries.push(Parsed { source, draft });
        Ok(())
    }

    /// Makes an attachment of a listed file, under the given name.
    ///
    /// A packed file is read to its end, so that nothing damaged is found only while importing.
    ///
    /// # Errors
    /// [`SkipReason::TooLarge`], [`SkipReason::Unreadable`].
    pub(crate) fn media(&self, listed: &Listed, name: &str) -> Result<Media, SkipReason> {
        if listed.size > limits::ATTACHMENT {
            return Err(SkipReason::TooLarge);
        }
        let name = names::attachment_name(name);
        let head = checked_head(&listed.place).map_err(|_| SkipReason::Unreadable)?;
        Ok(Media {
            id: AttachmentId::new(),
            media_type: media_type(&name, &head),
            name,
            size: listed.size,
            place: listed.place.clone(),
        })
    }
}

/// The first bytes of a file, after all of it was read where it is packed.
fn checked_head(place: &Place) -> io::Result<Vec<u8>> {
    let mut reader = place.open()?;
    let mut head = Vec::new();
    reader.by_ref().take(512).read_to_end(&mut head)?;
    if matches!(place, Place::Packed(_)) {
        io::copy(&mut reader, &mut io::sink())?;
    }
    Ok(head)
}

/// The media type by the first bytes where they tell, otherwise by the name.
fn media_type(name: &str, head: &[u8]) -> String {
    let seen = infer::get(head).map(|kind| kind.mime_type());
    let telling = |kind: &&str| {
        ["image/", "audio/", "video/"].iter().any(|group| kind.starts_with(group))
            || *kind == "application/pdf"
    };
    let by_name = mime_guess::from_path(name).first_raw();
    seen.filter(telling).or(by_name).or(seen).unwrap_or("application/octet-stream").to_owned()
}
