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
        /// Whether it goes on after a frame that is not whole. SQLite reads up to that one.
        broken: bool,
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
        let mut chain = Chain::of(&header);
        let (mut whole, mut torn, mut broken) = (0, 0, false);
        let (mut head, mut page) = ([0; 24], [0; PAGE]);
        while whole + torn < FRAMES
            && read_whole(&mut file, &mut head)?
            && read_whole(&mut file, &mut page)?
            // Frames of an earlier round of the log carry its salts.
            && head[8..16] == header[16..24]
        {
            let ours = check.is_ours(number(&head[..4]), &page);
            if torn > 0 || !chain.takes(&head, &page) {
                // A frame is torn where the process or the power went while it was written, and
                // then it is the last. SQLite reads up to it; what follows tells by its page.
                broken |= torn > 0 && ours;
                torn += 1;
            } else if ours {
                whole += 1;
            } else {
                return Ok(Self::Frames { salt, authentic: false, broken });
            }
        }
        if whole == 0 && !broken {
            return Ok(Self::Begun { salt });
        }
        Ok(Self::Frames { salt, authentic: true, broken })
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
    let after = Chain::of(header);
    let before = Chain { sums: (0, 0), ..after };
    matches!(number(&header[..4]), 0x377f_0682 | 0x377f_0683)
        && number(&header[4..8]) == 3_007_000
        && number(&header[8..12]) as usize == PAGE
        && before.over(&header[..24]) == after.sums
}

/// SQLite's checksum of a log, which runs on from the header through every frame.
#[derive(Clone, Copy)]
struct Chain {
    word: fn([u8; 4]) -> u32,
    sums: (u32, u32),
}

impl Chain {
    /// As it stands after this header.
    fn of(header: &[u8; 32]) -> Self {
        let little = number(&header[..4]) == 0x377f_0682;
        let word: fn([u8; 4]) -> u32 = if little { u32::from_le_bytes } else { u32::from_be_bytes };
        Self { word, sums: (number(&header[24..28]), number(&header[28..32])) }
    }

    /// The sums after these bytes.
    fn over(&self, bytes: &[u8]) -> (u32, u32) {
        let (mut one, mut two) = self.sums;
        for pair in bytes.chunks_exact(8) {
            let word =
                |at: usize| (self.word)([pair[at], pair[at + 1], pair[at + 2], pair[at + 3]]);
            one = one.wrapping_add(word(0)).wrapping_add(two);
            two = two.wrapping_add(word(4)).wrapping_add(one);
        }
        (one, two)
    }

    /// Goes on over this frame, if it is the next one and whole.
    fn takes(&mut self, head: &[u8; 24], page: &[u8; PAGE]) -> bool {
        let before = Self { sums: self.over(&head[..8]), word: self.word };
        self.sums = before.over(page);
        self.sums == (number(&head[16..20]), number(&head[20..24]))
    }
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
