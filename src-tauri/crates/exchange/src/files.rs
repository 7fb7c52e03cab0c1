//! The files that belong to one import: a folder or an archive, listed once, read one at a time.
//!
//! Nothing is unpacked to disk. A name is only ever looked up in the list, so no name out of a
//! foreign file reaches the file system as a path.

use std::collections::HashMap;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use fristed_base::Moment;
use unicode_normalization::UnicodeNormalization;

use crate::archive;
use crate::error::{ExchangeError, Result};
use crate::limits;
use crate::names;
use crate::plan::SkipReason;
use crate::zone::Zone;

/// Where the bytes of one file lie.
#[derive(Debug, Clone)]
pub(crate) enum Place {
    /// A file of its own.
    File(PathBuf),
    /// A member of an archive.
    Packed(archive::Member),
}

impl Place {
    /// Opens it for reading from the start. An archive's member is checked while it is read.
    pub(crate) fn open(&self) -> io::Result<Box<dyn Read>> {
        match self {
            Self::File(path) => {
                if !fs::symlink_metadata(path)?.is_file() {
                    return Err(io::ErrorKind::InvalidInput.into());
                }
                Ok(Box::new(File::open(path)?))
            }
            Self::Packed(member) => member.open(),
        }
    }
}

/// One file of the list.
#[derive(Debug, Clone)]
pub(crate) struct Listed {
    /// Its name within the folder or archive, parts separated by `/`.
    pub name: String,
    /// Its size in bytes, by its own account where it is packed.
    pub size: u64,
    /// When it was last changed.
    pub modified: Option<Moment>,
    /// Where its bytes lie.
    pub place: Place,
}

impl Listed {
    /// The folder it lies in, empty for the outermost.
    pub(crate) fn folder(&self) -> &str {
        self.name.rsplit_once('/').map_or("", |(folder, _)| folder)
    }

    /// Its name without the folder.
    pub(crate) fn file_name(&self) -> &str {
        self.name.rsplit_once('/').map_or(&self.name, |(_, name)| name)
    }

    /// Its name's ending in lower case, without the dot.
    pub(crate) fn ending(&self) -> String {
        names::split_ending(self.file_name()).1.trim_start_matches('.').to_lowercase()
    }

    /// Whether it holds Markdown, by its name.
    pub(crate) fn is_markdown(&self) -> bool {
        matches!(self.ending().as_str(), "md" | "markdown" | "mdown" | "mkd")
    }
}

/// A folder or an archive.
#[derive(Debug)]
pub(crate) struct Files {
    list: Vec<Listed>,
    /// Where each name is in the list, also in composed form (NFC), in which people type letters
    /// that a Mac's file names have in two parts.
    by_name: HashMap<String, usize>,
    /// The folder in which files that were not listed may be found by name.
    beside: Option<PathBuf>,
    /// Names that were refused, each with why.
    pub refused: Vec<(String, SkipReason)>,
}

impl Files {
    /// Everything below a folder, hidden files and folders left out, links never followed.
    pub(crate) fn of_folder(root: &Path, zone: &dyn Zone) -> Result<Self> {
        let mut files = Self::empty(None);
        files.walk(root, root, zone)?;
        Ok(files)
    }

    /// One file, and of what lies beside it the folders named; further files beside it are found
    /// by [`Files::find`] without listing them. Gives the file's own name as well.
    pub(crate) fn around(file: &Path, zone: &dyn Zone, beside: &[&str]) -> Result<(Self, String)> {
        let about = fs::metadata(file)?;
        let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let parent = match file.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => parent,
            _ => Path::new("."),
        };
        let mut files = Self::empty(Some(parent.to_owned()));
        files.push(Listed {
            name: name.clone(),
            size: about.len(),
            modified: modified(&about, zone),
            place: Place::File(file.to_owned()),
        });
        for folder in beside {
            let folder = parent.join(folder);
            if fs::symlink_metadata(&folder).is_ok_and(|about| about.is_dir()) {
                files.walk(parent, &folder, zone)?;
            }
        }
        Ok((files, name))
    }

    fn empty(beside: Option<PathBuf>) -> Self {
        Self { list: Vec::new(), by_name: HashMap::new(), beside, refused: Vec::new() }
    }

    fn walk(&mut self, root: &Path, from: &Path, zone: &dyn Zone) -> Result<()> {
        let walk = walkdir::WalkDir::new(from)
            .follow_links(false)
            .max_depth(limits::DEPTH)
            .sort_by_file_name()
            .into_iter()
            .filter_entry(|entry| {
                entry.depth() == 0 || !entry.file_name().as_encoded_bytes().starts_with(b".")
            });
        for (seen, entry) in walk.enumerate() {
            if seen > limits::FILES {
                return Err(ExchangeError::TooLarge);
            }
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) if error.depth() == 0 => {
                    return Err(error
                        .into_io_error()
                        .unwrap_or_else(|| io::ErrorKind::InvalidInput.into())
                        .into());
                }
                Err(error) => {
                    let name = error.path().and_then(|path| name_below(root, path));
                    self.refuse(&name.unwrap_or_default(), SkipReason::Unreadable);
                    continue;
                }
            };
            if entry.file_type().is_dir() {
                continue;
            }
            let Some(name) = name_below(root, entry.path()) else {
                let name = entry.file_name().to_string_lossy().into_owned();
                self.refuse(&name, SkipReason::UnsafeName);
                continue;
            };
            if !entry.file_type().is_file() || !names::is_safe(&name) {
                self.refuse(&name, SkipReason::UnsafeName);
                continue;
            }
            match entry.metadata() {
                Ok(about) => self.push(Listed {
                    name,
                    size: about.len(),
                    modified: modified(&about, zone),
                    place: Place::File(entry.into_path()),
                }),
                Err(_) => self.refuse(&name, SkipReason::Unreadable),
            }
        }
        Ok(())
    }

    /// Everything in a zip archive.
    pub(crate) fn of_archive(path: &Path, zone: &dyn Zone) -> Result<Self> {
        let mut files = Self::empty(None);
        let listing = archive::list(path, zone)?;
        for (name, reason) in listing.refused {
            files.refuse(&name, reason);
        }
        for listed in listing.members {
            let hidden = listed.name.split('/').any(|part| part.starts_with('.'));
            if !hidden && !listed.name.starts_with("__MACOSX/") {
                files.push(listed);
            }
        }
        files.list.sort_by(|a, b| a.name.cmp(&b.name));
        let list = std::mem::take(&mut files.list);
        files.by_name.clear();
        list.into_iter().for_each(|listed| files.push(listed));
        Ok(files)
    }

    fn push(&mut self, listed: Listed) {
        let composed: String = listed.name.nfc().collect();
        if composed != listed.name {
            self.by_name.entry(composed).or_insert(self.list.len());
        }
        self.by_name.insert(listed.name.clone(), self.list.len());
        self.list.push(listed);
    }

    fn refuse(&mut self, name: &str, reason: SkipReason) {
        self.refused.push((names::on_one_line(&name.replace('\0', "")), reason));
    }

    /// The files in the order of their names.
    pub(crate) fn list(&self) -> &[Listed] {
        &self.list
    }

    /// The listed file of exactly this name.
    pub(crate) fn get(&self, name: &str) -> Option<&Listed> {
        self.by_name.get(name).map(|at| &self.list[*at])
    }

    /// The file of exactly this name, listed or beside the one file that was chosen.
    pub(crate) fn find(&self, name: &str) -> Option<Listed> {
        if let Some(listed) = self.get(name) {
            return Some(listed.clone());
        }
        if name.is_ascii() {
            return self.find_beside(name);
        }
        let composed: String = name.nfc().collect();
        if let Some(listed) = self.get(&composed) {
            return Some(listed.clone());
        }
        let decomposed: String = name.nfd().collect();
        [name, &composed, &decomposed].into_iter().find_map(|name| self.find_beside(name))
    }

    fn find_beside(&self, name: &str) -> Option<Listed> {
        let mut path = self.beside.clone()?;
        if !names::is_safe(name) {
            return None;
        }
        let mut about = None;
        for part in name.split('/') {
            path.push(part);
            let here = fs::symlink_metadata(&path).ok()?;
            if here.is_symlink() {
                return None;
            }
            about = Some(here);
        }
        let about = about.filter(fs::Metadata::is_file)?;
        Some(Listed {
            name: name.to_owned(),
            size: about.len(),
            modified: None,
            place: Place::File(path),
        })
    }

    /// The one outermost folder that everything lies in, as in an archive of a folder; empty where
    /// there is none.
    pub(crate) fn common_folder(&self) -> &str {
        let first = |file: &'_ Listed| file.name.find('/').unwrap_or(0);
        let Some(one) = self.list.first() else { return "" };
        let folder = &one.name[..first(one)];
        if self.list.iter().all(|file| &file.name[..first(file)] == folder) { folder } else { "" }
    }

    /// All of a file's bytes.
    ///
    /// # Errors
    /// [`SkipReason::TooLarge`] above `cap` bytes, also where it lied about its size;
    /// [`SkipReason::Unreadable`].
    pub(crate) fn read(&self, listed: &Listed, cap: u64) -> Result<Vec<u8>, SkipReason> {
        if listed.size > cap {
            return Err(SkipReason::TooLarge);
        }
        let mut bytes = Vec::new();
        let reader = listed.place.open().map_err(|_| SkipReason::Unreadable)?;
        reader.take(cap + 1).read_to_end(&mut bytes).map_err(|_| SkipReason::Unreadable)?;
        if bytes.len() as u64 > cap {
            return Err(SkipReason::TooLarge);
        }
        Ok(bytes)
    }
}

fn name_below(root: &Path, path: &Path) -> Option<String> {
    let below = path.strip_prefix(root).ok()?;
    let parts: Option<Vec<&str>> =
        below.components().map(|part| part.as_os_str().to_str()).collect();
    Some(parts?.join("/"))
}

fn modified(about: &fs::Metadata, zone: &dyn Zone) -> Option<Moment> {
    let instant: DateTime<Utc> = about.modified().ok()?.into();
    Some(zone.at_instant(instant))
}
