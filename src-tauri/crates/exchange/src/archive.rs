//! Zip archives, which anybody may have made: listed with caps, read with checks, never unpacked.
//!
//! APPNOTE.TXT 6.3 is the format. Only stored and deflated members are read; encrypted ones, links
//! and names that point elsewhere are refused one by one. Archives whose members share bytes, or
//! that claim more than [`limits::UNPACKED`], are refused whole. An archive within the archive is
//! a file like any other and is not opened.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use chrono::{NaiveDate, NaiveDateTime};
use zip::{CompressionMethod, ZipArchive};

use crate::error::{ExchangeError, Result};
use crate::files::{Listed, Place};
use crate::limits;
use crate::names;
use crate::plan::SkipReason;
use crate::zone::Zone;

/// Where a member's bytes lie within its archive, and what it says of itself.
#[derive(Debug, Clone)]
pub(crate) struct Member {
    archive: PathBuf,
    start: u64,
    packed: u64,
    deflated: bool,
    size: u64,
    crc: u32,
}

impl Member {
    /// Opens the member. Reading fails where it is longer or shorter than it says, or where its
    /// CRC-32 does not hold.
    pub(crate) fn open(&self) -> io::Result<Box<dyn Read>> {
        let mut file = File::open(&self.archive)?;
        file.seek(SeekFrom::Start(self.start))?;
        let packed = io::BufReader::new(file.take(self.packed));
        let inner: Box<dyn Read> = if self.deflated {
            Box::new(flate2::bufread::DeflateDecoder::new(packed))
        } else {
            Box::new(packed)
        };
        Ok(Box::new(Checked {
            inner,
            left: self.size,
            crc: crc32fast::Hasher::new(),
            expected: self.crc,
        }))
    }

    /// How many times larger than its packed form it says it is.
    pub(crate) const fn ratio(&self) -> u64 {
        self.size / if self.packed == 0 { 1 } else { self.packed }
    }
}

/// A reader that holds a member to its word.
struct Checked {
    inner: Box<dyn Read>,
    left: u64,
    crc: crc32fast::Hasher,
    expected: u32,
}

impl Read for Checked {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if buffer.is_empty() {
            return Ok(0);
        }
        let read = self.inner.read(buffer)?;
        self.left = self
            .left
            .checked_sub(read as u64)
            .ok_or(io::Error::from(io::ErrorKind::InvalidData))?;
        self.crc.update(&buffer[..read]);
        if read == 0 && (self.left != 0 || self.crc.clone().finalize() != self.expected) {
            return Err(io::ErrorKind::InvalidData.into());
        }
        Ok(read)
    }
}

/// What an archive holds.
pub(crate) struct Listing {
    /// The members that can be read.
    pub members: Vec<Listed>,
    /// Those that are refused, each with why.
    pub refused: Vec<(String, SkipReason)>,
}

/// Lists an archive.
///
/// # Errors
/// `BadFile` where it is no zip archive; `TooLarge` beyond the caps.
pub(crate) fn list(path: &Path, zone: &dyn Zone) -> Result<Listing> {
    let bad = |_| ExchangeError::BadFile { line: None };
    let mut archive = ZipArchive::new(File::open(path)?).map_err(bad)?;
    if archive.len() > limits::FILES {
        return Err(ExchangeError::TooLarge);
    }
    if archive.has_duplicate_names() {
        return Err(ExchangeError::BadFile { line: None });
    }
    if archive.has_overlapping_files().map_err(bad)? {
        return Err(ExchangeError::TooLarge);
    }
    let mut listing = Listing { members: Vec::new(), refused: Vec::new() };
    let mut unpacked: u64 = 0;
    for index in 0..archive.len() {
        let member = archive.by_index_raw(index).map_err(bad)?;
        let name = match member.name() {
            Ok(name) => name.into_owned(),
            Err(_) => String::from_utf8_lossy(member.name_raw()).into_owned(),
        };
        if member.is_dir() && !member.is_symlink() {
            if !names::is_safe(name.trim_end_matches('/')) {
                listing.refused.push((name, SkipReason::UnsafeName));
            }
            continue;
        }
        if member.is_symlink() || !names::is_safe(&name) {
            listing.refused.push((name, SkipReason::UnsafeName));
            continue;
        }
        let deflated = match member.compression() {
            CompressionMethod::Stored => Some(false),
            CompressionMethod::Deflated => Some(true),
            _ => None,
        };
        let (Some(deflated), false, Some(start)) =
            (deflated, member.encrypted(), member.data_start())
        else {
            listing.refused.push((name, SkipReason::Unreadable));
            continue;
        };
        unpacked = unpacked.saturating_add(member.size());
        let modified = member.last_modified().and_then(local).map(|local| zone.at_local(local));
        let place = Place::Packed(Member {
            archive: path.to_owned(),
            start,
            packed: member.compressed_size(),
            deflated,
            size: member.size(),
            crc: member.crc32(),
        });
        listing.members.push(Listed { name, size: member.size(), modified, place });
    }
    if unpacked > limits::UNPACKED {
        return Err(ExchangeError::TooLarge);
    }
    Ok(listing)
}

fn local(stamp: zip::DateTime) -> Option<NaiveDateTime> {
    NaiveDate::from_ymd_opt(
        i32::from(stamp.year()),
        u32::from(stamp.month()),
        u32::from(stamp.day()),
    )?
    .and_hms_opt(
        u32::from(stamp.hour()),
        u32::from(stamp.minute()),
        u32::from(stamp.second()),
    )
}
