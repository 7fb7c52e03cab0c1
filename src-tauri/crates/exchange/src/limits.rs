//! How much a foreign file may ask for. Everything beyond is left out and listed, or refused.

/// The largest attachment, in bytes; a larger one is left out and listed.
pub const ATTACHMENT: u64 = 50_000_000;
/// The largest text of one entry, in bytes; a larger one is left out and listed.
pub const TEXT: u64 = 50_000_000;
/// The largest JSON document, in bytes; beyond it the file is refused.
pub const DOCUMENT: u64 = 256 * 1024 * 1024;
/// All texts of one import together, in bytes; beyond it the file is refused.
pub const ALL_TEXT: u64 = 512 * 1024 * 1024;
/// The files and folders in one archive or folder; beyond it the file is refused.
pub const FILES: usize = 200_000;
/// How deep folders may lie in each other; deeper ones are not entered.
pub const DEPTH: usize = 32;
/// What an archive may hold unpacked, in bytes, by its own account; beyond it it is refused.
pub const UNPACKED: u64 = 64 * 1024 * 1024 * 1024;
/// How many times larger than its packed form something may get …
pub const RATIO: u64 = 200;
/// … where it is larger than this, in bytes.
pub const RATIO_FROM: u64 = 16 * 1024 * 1024;
/// Names of left-out things that are kept for showing; further ones are counted as well.
pub const TITLES_SHOWN: usize = 8;
