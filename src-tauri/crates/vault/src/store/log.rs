//! The write-ahead log, looked at before SQLite sees it (SQLite's file format, section 4).

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use crate::key::StoreKey;
use crate::store::cipher::{self, PAGE, PageCheck};

/// What lies beside the main file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Log {
    /// No file.
    Missing,
    /// A file in which SQLite would not find a log.
    Empty,
    /// A header with no frame of its own: all that was in the log is in the main file.
    Begun {
        /// The first salt.
        salt: u32,
    },
    /// At least one frame.
    Frames {
        /// The first salt.
        salt: u32,
        /// Whether the frames were written with this store's key.
        authentic: bool,
    },
}

/// Frames looked at; SQLCipher itself authenticates each one that it reads.
const FRAMES: usize = 64;

impl Log {
    /// Looks at the log at `log`, which should belong to the main file at `main`.
    ///
    /// # Errors
    /// What reading gave.
    pub(crate) fn inspect(log: &Path, main: &Path, key: &StoreKey) -> io::Result<Self> {
        let mut file = match File::open(log) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Self::Missing),
            opened => io::BufReader::new(opened?),
        };
        let mut header = [0; 32];
        if !read_whole(&mut file, &mut header)? || !is_header(&header) {
            return Ok(Self::Empty);
        }
        let salt = number(&header[16..20]);
        let check = PageCheck::new(key, &cipher::salt(main)?);
        let mut seen = 0;
        let (mut head, mut page) = ([0; 24], [0; PAGE]);
        while seen < FRAMES
            && read_whole(&mut file, &mut head)?
            && read_whole(&mut file, &mut page)?
            // Frames of an earlier round of the log carry its salts.
            && head[8..16] == header[16..24]
        {
            seen += 1;
            if !check.is_ours(number(&head[..4]), &page) {
                return Ok(Self::Frames { salt, authentic: false });
            }
        }
        Ok(if seen == 0 { Self::Begun { salt } } else { Self::Frames { salt, authentic: true } })
    }

    /// True where it holds frames of this store.
    pub(crate) const fn is_ours(&self) -> bool {
        matches!(self, Self::Frames { authentic: true, .. })
    }

    /// The first salt of the log at this path, where it has one.
    ///
    /// # Errors
    /// What reading gave.
    pub(crate) fn salt(log: &Path) -> io::Result<Option<u32>> {
        let mut header = [0; 32];
        let whole = read_whole(&mut File::open(log)?, &mut header)?;
        Ok((whole && is_header(&header)).then(|| number(&header[16..20])))
    }
}

/// Whether SQLite would take this for a log's header: magic number, form, checksum.
fn is_header(header: &[u8; 32]) -> bool {
    let magic = number(&header[..4]);
    let read: fn([u8; 4]) -> u32 = match magic {
        0x377f_0682 => u32::from_le_bytes,
        0x377f_0683 => u32::from_be_bytes,
        _ => return false,
    };
    let (mut one, mut two) = (0_u32, 0_u32);
    for pair in header[..24].chunks_exact(8) {
        let word = |at: usize| read([pair[at], pair[at + 1], pair[at + 2], pair[at + 3]]);
        one = one.wrapping_add(word(0)).wrapping_add(two);
        two = two.wrapping_add(word(4)).wrapping_add(one);
    }
    number(&header[4..8]) == 3_007_000
        && number(&header[8..12]) as usize == PAGE
        && (number(&header[24..28]), number(&header[28..32])) == (one, two)
}

fn number(bytes: &[u8]) -> u32 {
    bytes.iter().fold(0, |number, byte| number << 8 | u32::from(*byte))
}

/// Fills the room; false where the file ends before.
fn read_whole(file: &mut impl Read, room: &mut [u8]) -> io::Result<bool> {
    match file.read_exact(room) {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Ok(false),
        Err(error) => Err(error),
    }
}
