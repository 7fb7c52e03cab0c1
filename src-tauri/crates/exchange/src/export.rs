//! Writing every entry into a folder, all or nothing, unencrypted and for the leader's eyes only.
//!
//! The export is built in a folder of its own beside the place it is for, then renamed to it.
//! Where the place is an empty folder that cannot be replaced (the root of a disk), it is built
//! within and moved up. Whatever stops it, the place is left as it was. On Unix nobody but the
//! leader can read the files.
//!
//! A damaged page of the store does not stop it: everything that can be read goes out, and what
//! cannot is left out and counted.

use std::collections::HashSet;
use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use chrono::Datelike;
use fristed_journal::{Attachment, Entry, Filter, Journal, JournalError, Unreadable};
use fristed_vault::StoreError;

use crate::error::{ExchangeError, Result};
use crate::fristed_json;
use crate::fristed_markdown;
use crate::names;
use crate::reading::OnProgress;

/// What an export did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Exported {
    /// Entries written.
    pub entries: u32,
    /// What a damaged store kept back, which may be nothing; `None` where no damage was met.
    pub unreadable: Option<Unreadable>,
}

/// Writes every entry outside the trash as Markdown with front matter, and the attachments.
///
/// # Errors
/// [`ExchangeError::NotEmpty`], [`ExchangeError::Cancelled`], [`ExchangeError::Io`],
/// [`ExchangeError::Journal`], which is damage only where not one entry can be read; the place is
/// as it was then.
pub fn export_markdown(
    journal: &Journal,
    dest: &Path,
    progress: OnProgress<'_>,
) -> Result<Exported> {
    let building = Building::at(dest)?;
    let mut file = building.create(fristed_markdown::MARKER)?;
    file.write_all(fristed_markdown::MARK.as_bytes())?;
    let mut taken = Taken::default();
    let mut damaged = 0;
    let exported = each(journal, progress, &mut |entry| {
        let year = format!("{:04}", entry.written.day().year());
        let files = attachments(journal, &building, &mut taken, entry, &year, &mut damaged)?;
        let text = fristed_markdown::render(entry, &files);
        let stamp = entry.written.local().format("%Y-%m-%d %H.%M");
        let title = if entry.shown_title.is_empty() { "" } else { &entry.shown_title };
        let name = names::for_export(&format!("{stamp} {title}"), LONGEST_NAME);
        let path = taken.free(&year, &name, ".md");
        let mut file = building.create(&path)?;
        file.write_all(text.as_bytes())?;
        Ok(())
    })?;
    building.finish()?;
    Ok(exported.without(damaged))
}

/// Writes every entry outside the trash into one JSON document, and the attachments beside it.
///
/// # Errors
/// Those of [`export_markdown`].
pub fn export_json(journal: &Journal, dest: &Path, progress: OnProgress<'_>) -> Result<Exported> {
    let building = Building::at(dest)?;
    let mut out = BufWriter::with_capacity(1 << 16, building.create(fristed_json::DOCUMENT)?);
    fristed_json::write_head(&mut out)?;
    let mut first = true;
    let mut taken = Taken::default();
    let mut damaged = 0;
    let exported = each(journal, progress, &mut |entry| {
        let files = attachments(journal, &building, &mut taken, entry, "", &mut damaged)?;
        fristed_json::write_entry(&mut out, first, entry, &files)?;
        first = false;
        Ok(())
    })?;
    fristed_json::write_foot(&mut out)?;
    out.into_inner().map_err(io::IntoInnerError::into_error)?.sync_all()?;
    building.finish()?;
    Ok(exported.without(damaged))
}

impl Exported {
    /// The same, where so many attachments besides turned out to be damaged.
    fn without(mut self, attachments: u32) -> Self {
        if attachments > 0 {
            self.unreadable.get_or_insert_default().attachments += attachments;
        }
        self
    }
}

/// The longest name of an exported entry, in bytes, without its ending.
const LONGEST_NAME: usize = 100;
/// The longest name of an exported attachment, in bytes.
const LONGEST_FILE: usize = 120;

fn each(
    journal: &Journal,
    progress: OnProgress<'_>,
    write: &mut dyn FnMut(&Entry) -> Result<()>,
) -> Result<Exported> {
    // Where it cannot be read how many there are, that shows when they are read themselves.
    let total = journal.page(&Filter::All, 0, 0).map_or(0, |page| page.total);
    let (mut entries, mut done) = (0, 0);
    let unreadable = journal.all::<ExchangeError>(&mut |entry| {
        if let Some(entry) = entry {
            write(&entry)?;
            entries += 1;
        }
        done += 1;
        if progress(done, total.max(done)).is_break() {
            return Err(ExchangeError::Cancelled);
        }
        Ok(())
    })?;
    Ok(Exported { entries, unreadable })
}

/// Writes an entry's attachments. Gives each with its path relative to `folder`, but those whose
/// bytes are damaged, which it counts.
fn attachments<'e>(
    journal: &Journal,
    building: &Building,
    taken: &mut Taken,
    entry: &'e Entry,
    folder: &str,
    damaged: &mut u32,
) -> Result<Vec<(&'e Attachment, String)>> {
    let mut written = Vec::with_capacity(entry.attachments.len());
    for attachment in &entry.attachments {
        let name = names::for_export(&attachment.name, LONGEST_FILE);
        let (stem, ending) = names::split_ending(&name);
        let below = if folder.is_empty() {
            fristed_json::ATTACHMENTS.to_owned()
        } else {
            format!("{folder}/{}", fristed_markdown::ATTACHMENTS)
        };
        let path = taken.free(&below, stem, ending);
        let mut file = BufWriter::new(building.create(&path)?);
        match journal.read_attachment(attachment.id, &mut file) {
            Err(JournalError::Store(StoreError::Damaged)) => {
                drop(file);
                building.remove(&path)?;
                *damaged += 1;
                continue;
            }
            read => read?,
        }
        file.flush()?;
        let relative = path.strip_prefix(&format!("{folder}/")).unwrap_or(&path).to_owned();
        written.push((attachment, relative));
    }
    Ok(written)
}

/// The names given so far, as a file system that ignores case sees them.
#[derive(Default)]
struct Taken(HashSet<String>);

impl Taken {
    /// A path in this folder that no file has yet.
    fn free(&mut self, folder: &str, stem: &str, ending: &str) -> String {
        let mut number = 1_u32;
        loop {
            let path = match number {
                1 => format!("{folder}/{stem}{ending}"),
                _ => format!("{folder}/{stem} {number}{ending}"),
            };
            if self.0.insert(path.to_lowercase()) {
                return path;
            }
            number += 1;
        }
    }
}

/// A folder that is being filled. Dropped before it is finished, it leaves nothing behind; what a
/// loss of power leaves is called as such (`….part`) and is not hidden, since it can be read by
/// anybody.
struct Building {
    /// Where the files are written.
    folder: PathBuf,
    /// Where they go in the end.
    dest: PathBuf,
    /// Whether `dest` was there before.
    existed: bool,
    finished: bool,
}

impl Building {
    fn at(dest: &Path) -> Result<Self> {
        let existed = match fs::read_dir(dest) {
            Ok(mut entries) => match entries.next() {
                None => true,
                Some(_) => return Err(ExchangeError::NotEmpty),
            },
            Err(error) if error.kind() == io::ErrorKind::NotFound => false,
            Err(error) if error.kind() == io::ErrorKind::NotADirectory => {
                return Err(ExchangeError::NotEmpty);
            }
            Err(error) => return Err(error.into()),
        };
        let parent = match dest.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => parent,
            _ => Path::new("."),
        };
        let folder = match new_part(parent, dest) {
            Err(_) if existed => new_part(dest, dest)?,
            made => made?,
        };
        Ok(Self { folder, dest: dest.to_owned(), existed, finished: false })
    }

    /// A new file at this path within the export, its folders made as needed.
    fn create(&self, path: &str) -> io::Result<File> {
        let path = self.folder.join(path);
        if let Some(parent) = path.parent().filter(|parent| !parent.is_dir()) {
            create_folder(parent)?;
        }
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        options.open(path)
    }

    /// Takes a file back.
    fn remove(&self, path: &str) -> io::Result<()> {
        fs::remove_file(self.folder.join(path))
    }

    fn finish(mut self) -> Result<()> {
        if self.folder.parent() != Some(self.dest.as_path()) {
            if !self.existed && fs::symlink_metadata(&self.dest).is_ok() {
                return Err(ExchangeError::NotEmpty);
            }
            match fs::rename(&self.folder, &self.dest) {
                Ok(()) => {
                    self.finished = true;
                    return Ok(());
                }
                Err(error) if !self.existed => return Err(error.into()),
                Err(_) => {
                    // The place cannot be replaced: move into it, if it is on the same disk.
                    let within = self.dest.join(self.folder.file_name().unwrap_or_default());
                    fs::rename(&self.folder, &within)?;
                    self.folder = within;
                }
            }
        }
        self.move_up()
    }

    /// Moves everything from within the place up into it, or takes it back.
    fn move_up(&mut self) -> Result<()> {
        let mut moved: Vec<(PathBuf, PathBuf)> = Vec::new();
        let names: io::Result<Vec<_>> =
            fs::read_dir(&self.folder)?.map(|entry| entry.map(|entry| entry.file_name())).collect();
        for name in names? {
            let (from, to) = (self.folder.join(&name), self.dest.join(&name));
            if let Err(error) = fs::rename(&from, &to) {
                for (from, to) in moved {
                    let _ = fs::rename(to, from);
                }
                return Err(error.into());
            }
            moved.push((from, to));
        }
        fs::remove_dir(&self.folder)?;
        self.finished = true;
        Ok(())
    }
}

impl Drop for Building {
    fn drop(&mut self) {
        if !self.finished {
            let _ = fs::remove_dir_all(&self.folder);
        }
    }
}

/// A new folder for what is to become `dest`.
fn new_part(parent: &Path, dest: &Path) -> io::Result<PathBuf> {
    create_folder(parent)?;
    let name = dest.file_name().unwrap_or_default().to_string_lossy();
    let mut number = 1;
    loop {
        let folder = parent.join(match number {
            1 => format!("{name}.part"),
            _ => format!("{name}.part-{number}"),
        });
        let mut builder = fs::DirBuilder::new();
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        match builder.create(&folder) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => number += 1,
            made => return made.map(|()| folder),
        }
    }
}

fn create_folder(path: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}
