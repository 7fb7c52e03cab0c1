//! Which kind of file it is, by what is in it and not by its name alone.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;

use crate::document::{self, Shape};
use crate::error::{ExchangeError, Result};
use crate::files::{Files, Listed};
use crate::plan::{Format, SkipReason};
use crate::reading::{OnProgress, Parsed, Reading};
use crate::zone::Zone;
use crate::{dayone, fristed_json, fristed_markdown, jrnl, limits, markdown};

/// All that was read of a file or folder.
pub(crate) struct Found {
    /// The kind of file.
    pub format: Format,
    /// The entries.
    pub entries: Vec<Parsed>,
    /// What is left out.
    pub skipped: Vec<(String, SkipReason)>,
}

/// Folders beside a JSON document whose files its entries may name.
const BESIDE: [&str; 5] = ["photos", "videos", "audios", "pdfs", fristed_json::ATTACHMENTS];

/// Reads a file or a folder of any kind.
pub(crate) fn read(path: &Path, zone: &dyn Zone, progress: OnProgress<'_>) -> Result<Found> {
    if fs::metadata(path)?.is_dir() {
        let mut reading = Reading::new(Files::of_folder(path, zone)?, zone, progress);
        let format = many(&mut reading)?;
        return Ok(finished(reading, format));
    }
    let mut head = Vec::new();
    File::open(path)?.take(64).read_to_end(&mut head)?;
    if head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") {
        let mut reading = Reading::new(Files::of_archive(path, zone)?, zone, progress);
        let format = many(&mut reading)?;
        return Ok(finished(reading, format));
    }
    let text = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&head).trim_ascii_start();
    let (files, name) = Files::around(path, zone, &BESIDE)?;
    let mut reading = Reading::new(files, zone, progress);
    let is_markdown = reading.files.get(&name).is_some_and(Listed::is_markdown);
    let format = if is_markdown {
        notes(&mut reading, Some(&name))?
    } else if text.starts_with(b"{") || text.starts_with(b"[") {
        documents(&mut reading, &[name])?
    } else {
        return Err(ExchangeError::UnknownFormat);
    };
    Ok(finished(reading, format))
}

fn finished(reading: Reading<'_>, format: Format) -> Found {
    Found { format, entries: reading.entries, skipped: reading.skipped }
}

/// A folder or an archive.
fn many(reading: &mut Reading<'_>) -> Result<Format> {
    let own = reading
        .files
        .list()
        .iter()
        .find(|file| file.file_name() == fristed_json::DOCUMENT && is_own(file))
        .map(|file| file.name.clone());
    if let Some(own) = own {
        return documents(reading, &[own]);
    }
    let marked =
        reading.files.list().iter().any(|file| file.file_name() == fristed_markdown::MARKER);
    if marked || reading.files.list().iter().any(Listed::is_markdown) {
        let format = notes(reading, None)?;
        return Ok(if marked { Format::FristedMarkdown } else { format });
    }
    let names: Vec<String> = reading
        .files
        .list()
        .iter()
        .filter(|file| file.ending() == "json" && file.name.matches('/').count() <= 1)
        .map(|file| file.name.clone())
        .collect();
    documents(reading, &names)
}

/// Whether a document begins as Fristed's own do.
fn is_own(file: &Listed) -> bool {
    let mut head = Vec::new();
    let read = file.place.open().and_then(|reader| reader.take(512).read_to_end(&mut head));
    let mark = fristed_json::FORMAT.as_bytes();
    read.is_ok() && head.windows(mark.len()).any(|window| window == mark)
}

fn notes(reading: &mut Reading<'_>, only: Option<&str>) -> Result<Format> {
    let own = markdown::read(reading, only)?;
    Ok(if own { Format::FristedMarkdown } else { Format::Markdown })
}

/// JSON documents of one kind, with the files that they name.
fn documents(reading: &mut Reading<'_>, names: &[String]) -> Result<Format> {
    let mut format = None;
    let mut library = dayone::Library::new(&reading.files, names.len() > 1);
    for name in names {
        let Some(file) = reading.files.get(name).cloned() else { continue };
        let size_cap = if file.is_inflated() { limits::RATIO_FROM } else { limits::DOCUMENT };
        if file.size > size_cap {
            return Err(ExchangeError::TooLarge);
        }
        let mut index = 0_usize;
        let opened = file.place.open()?;
        let shape = document::read(opened.take(limits::DOCUMENT), &mut |shape, value| {
            index += 1;
            reading.step()?;
            let place = format!("{name}: {index}");
            match shape {
                Some(Shape::DayOne) => dayone::take_in(reading, &mut library, &file, &place, value),
                Some(Shape::Jrnl) => jrnl::take_in(reading, &file, &place, value),
                Some(Shape::Fristed) => fristed_json::take_in(reading, &file, &place, value),
                None => {
                    reading.skip(&place, SkipReason::Unreadable);
                    Ok(())
                }
            }
        })?;
        let found = match shape {
            Some(Shape::DayOne) => Format::DayOne,
            Some(Shape::Jrnl) => Format::Jrnl,
            Some(Shape::Fristed) => Format::FristedJson,
            None => {
                reading.skip(name, SkipReason::NotForImport);
                continue;
            }
        };
        format.get_or_insert(found);
    }
    let format = format.ok_or(ExchangeError::UnknownFormat)?;
    let named = |file: &&Listed| !names.contains(&file.name) && !library.used.contains(&file.name);
    if format == Format::DayOne {
        let left: Vec<String> =
            reading.files.list().iter().filter(named).map(|file| file.name.clone()).collect();
        for name in left {
            reading.skip(&name, SkipReason::NotForImport);
        }
    }
    Ok(format)
}

impl Listed {
    /// Whether it is packed so tightly that it can only be a trap.
    fn is_inflated(&self) -> bool {
        match &self.place {
            crate::files::Place::Packed(member) => member.ratio() > limits::RATIO,
            crate::files::Place::File(_) => false,
        }
    }
}

/// An error of reading that was turned into one of the file.
pub(crate) fn broken(error: io::Error) -> ExchangeError {
    if error.kind() == io::ErrorKind::InvalidData {
        ExchangeError::BadFile { line: None }
    } else {
        ExchangeError::Io(error)
    }
}
