//! Whether a page was written with a key, told without SQLite.
//!
//! SQLCipher 4 ends every page of 4,096 bytes with an initialisation vector of 16 bytes and an
//! HMAC-SHA512 over the encrypted page, that vector and the page's number (little-endian). The
//! HMAC's key is PBKDF2-HMAC-SHA512 of the page key with two rounds, its salt the file's first
//! 16 bytes, each XOR 0x3a ("SQLCipher Design", security features). The first page's HMAC leaves
//! those 16 bytes out.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha512;
use zeroize::Zeroizing;

use crate::key::StoreKey;

/// Bytes of a page, SQLCipher 4's default.
pub(crate) const PAGE: usize = 4096;

/// Bytes of the salt at a file's beginning.
pub(crate) const SALT: usize = 16;

const MAC: usize = 64;

/// Tells the pages of one store from all others.
pub(crate) struct PageCheck(Zeroizing<[u8; 32]>);

impl PageCheck {
    /// For the store with this key and this salt.
    pub(crate) fn new(key: &StoreKey, salt: &[u8; SALT]) -> Self {
        let salt = salt.map(|byte| byte ^ 0x3a);
        // PBKDF2 (RFC 8018, section 5.2): two rounds, and the first block is enough.
        let first = Zeroizing::new(mac(key.bytes(), &[&salt, &1_u32.to_be_bytes()]));
        let second = Zeroizing::new(mac(key.bytes(), &[&first[..]]));
        let mut derived = Zeroizing::new([0; 32]);
        for (at, byte) in derived.iter_mut().enumerate() {
            *byte = first[at] ^ second[at];
        }
        Self(derived)
    }

    /// True where this page was written under this number with the store's key.
    pub(crate) fn is_ours(&self, number: u32, page: &[u8; PAGE]) -> bool {
        let from = if number == 1 { SALT } else { 0 };
        let mut check = hmac(&self.0[..]);
        check.update(&page[from..PAGE - MAC]);
        check.update(&number.to_le_bytes());
        check.verify_slice(&page[PAGE - MAC..]).is_ok()
    }
}

/// True where the first page of the file was written with this key.
///
/// # Errors
/// What reading gave; a file that is shorter than a page was not written with any key.
pub(crate) fn opens(key: &StoreKey, path: &Path) -> io::Result<bool> {
    let mut page = [0; PAGE];
    match File::open(path).and_then(|mut file| file.read_exact(&mut page)) {
        Ok(()) => Ok(PageCheck::new(key, &salt_of(&page)).is_ours(1, &page)),
        Err(error) => match error.kind() {
            io::ErrorKind::NotFound | io::ErrorKind::UnexpectedEof => Ok(false),
            _ => Err(error),
        },
    }
}

/// The salt that a store's file begins with.
///
/// # Errors
/// What reading gave, also where the file is too short.
pub(crate) fn salt(path: &Path) -> io::Result<[u8; SALT]> {
    let mut salt = [0; SALT];
    File::open(path)?.read_exact(&mut salt)?;
    Ok(salt)
}

fn salt_of(page: &[u8; PAGE]) -> [u8; SALT] {
    let mut salt = [0; SALT];
    salt.copy_from_slice(&page[..SALT]);
    salt
}

fn hmac(key: &[u8]) -> Hmac<Sha512> {
    Hmac::new_from_slice(key).expect("HMAC takes a key of any length")
}

fn mac(key: &[u8], parts: &[&[u8]]) -> [u8; 64] {
    let mut made = hmac(key);
    for part in parts {
        made.update(part);
    }
    made.finalize().into_bytes().into()
}
