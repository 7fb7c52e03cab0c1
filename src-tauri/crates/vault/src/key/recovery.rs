//! The recovery key: 168 random bits, printed in groups, with a checksum that finds mistakes.
//!
//! Its text is Bech32m (BIP-350) with the human-readable part `fristed`, which is not shown,
//! nor is the separator. The checksum finds every mistake of up to four characters in it, and
//! all but one in 2^30 of the others. Its alphabet has no `1`, `b`, `i` and `o`.

use std::sync::LazyLock;

use bech32::primitives::decode::CheckedHrpstring;
use bech32::{Bech32m, Hrp};
use fristed_base::Secret;
use hkdf::Hkdf;
use sha2::Sha256;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use crate::key::{Key32, random};

/// Bytes of a recovery key: 168 bits.
const LENGTH: usize = 21;

/// Characters of its text without the hyphens: 34 of data, 6 of checksum.
const CHARACTERS: usize = 40;

static HRP: LazyLock<Hrp> =
    LazyLock::new(|| Hrp::parse("fristed").expect("a human-readable part in lower case"));

/// What was typed is no recovery key: a character is mistyped, missing or too many.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the recovery key is mistyped")]
pub struct RecoveryKeyError;

/// The key that a leader prints and keeps away from the computer.
#[derive(Zeroize, ZeroizeOnDrop)]
pub struct RecoveryKey(Box<[u8; LENGTH]>);

impl RecoveryKey {
    /// A new one, from the operating system's generator.
    #[must_use]
    pub fn generate() -> Self {
        Self(Box::new(random()))
    }

    /// The key as it is shown and printed: ten groups of four characters with hyphens between.
    ///
    /// ```
    /// let key = fristed_vault::RecoveryKey::generate();
    /// assert_eq!(key.to_text().expose().split('-').count(), 10);
    /// ```
    #[must_use]
    pub fn to_text(&self) -> Secret {
        let whole = Zeroizing::new(
            bech32::encode_upper::<Bech32m>(*HRP, &self.0[..])
                .expect("21 bytes are within the code's length"),
        );
        let shown = &whole[whole.len() - CHARACTERS..];
        let mut text = String::with_capacity(CHARACTERS + CHARACTERS / 4);
        for (at, character) in shown.chars().enumerate() {
            if at > 0 && at % 4 == 0 {
                text.push('-');
            }
            text.push(character);
        }
        Secret::new(text)
    }

    /// Reads a key as it was typed; case, spaces and every kind of hyphen are ignored.
    ///
    /// # Errors
    /// [`RecoveryKeyError`] where the checksum or the length is wrong.
    pub fn parse(typed: &Secret) -> Result<Self, RecoveryKeyError> {
        let mut whole = Zeroizing::new(String::with_capacity(typed.expose().len() + 8));
        whole.push_str("fristed1");
        for character in typed.expose().chars() {
            match character {
                '-' | '\u{ad}' | '\u{2010}'..='\u{2015}' | '\u{2212}' => {}
                _ if character.is_whitespace() => {}
                _ => whole.push(character.to_ascii_lowercase()),
            }
        }
        if whole.len() != "fristed1".len() + CHARACTERS {
            return Err(RecoveryKeyError);
        }
        let checked = CheckedHrpstring::new::<Bech32m>(&whole).map_err(|_| RecoveryKeyError)?;
        // Without this a text of another length could be meant for another human-readable part.
        if checked.hrp() != *HRP || checked.validate_segwit_padding().is_err() {
            return Err(RecoveryKeyError);
        }
        let mut key = Self(Box::new([0; LENGTH]));
        let mut length = 0;
        for byte in checked.byte_iter() {
            *key.0.get_mut(length).ok_or(RecoveryKeyError)? = byte;
            length += 1;
        }
        if length == LENGTH { Ok(key) } else { Err(RecoveryKeyError) }
    }

    /// The wrapping key for the slot with this salt. 168 random bits need no slow hash.
    pub(crate) fn wrapping_key(&self, salt: &[u8; 16]) -> Key32 {
        let mut key = Key32::zero();
        Hkdf::<Sha256>::new(Some(salt), &self.0[..])
            .expand(b"fristed/1/recovery slot", key.bytes_mut())
            .expect("32 bytes are less than HKDF's limit");
        key
    }

    /// True where both are the same key.
    #[must_use]
    pub fn is_same_as(&self, other: &Self) -> bool {
        self.0.iter().zip(other.0.iter()).fold(0, |all, (a, b)| all | (a ^ b)) == 0
    }
}

impl std::fmt::Debug for RecoveryKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("RecoveryKey(…)")
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn key(bytes: [u8; LENGTH]) -> RecoveryKey {
        RecoveryKey(Box::new(bytes))
    }

    #[test]
    fn it_is_ten_groups_of_four() {
        let text = RecoveryKey::generate().to_text();
        let groups: Vec<_> = text.expose().split('-').collect();
        assert_eq!(groups.len(), 10);
        assert!(groups.iter().all(|group| group.len() == 4), "{groups:?}");
        assert_eq!(text.expose(), text.expose().to_uppercase());
    }

    #[test]
    fn two_are_never_the_same() {
        assert!(!RecoveryKey::generate().is_same_as(&RecoveryKey::generate()));
    }

    proptest! {
        #[test]
        fn what_is_printed_is_read_back_however_it_is_typed(bytes: [u8; LENGTH], gap in "[ \\-–\t]{0,3}") {
            let text = key(bytes).to_text();
            let typed = text.expose().replace('-', &gap).to_lowercase();
            let read = RecoveryKey::parse(&Secret::new(typed)).unwrap();
            prop_assert_eq!(*read.0, bytes);
        }

        #[test]
        fn up_to_four_mistyped_characters_are_always_found(
            bytes: [u8; LENGTH],
            slips in prop::collection::btree_map(0..CHARACTERS, 1..32usize, 1..=4),
        ) {
            const ALPHABET: &[u8; 32] = b"QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L";
            let mut typed: Vec<u8> =
                key(bytes).to_text().expose().bytes().filter(|byte| *byte != b'-').collect();
            for (at, shift) in slips {
                let now = ALPHABET.iter().position(|letter| *letter == typed[at]).unwrap();
                typed[at] = ALPHABET[(now + shift) % 32];
            }
            let typed = Secret::new(String::from_utf8(typed).unwrap());
            prop_assert!(RecoveryKey::parse(&typed).is_err());
        }

        #[test]
        fn two_swapped_neighbours_are_found(bytes: [u8; LENGTH], at in 0..CHARACTERS - 1) {
            let mut typed: Vec<u8> =
                key(bytes).to_text().expose().bytes().filter(|byte| *byte != b'-').collect();
            prop_assume!(typed[at] != typed[at + 1]);
            typed.swap(at, at + 1);
            let typed = Secret::new(String::from_utf8(typed).unwrap());
            prop_assert!(RecoveryKey::parse(&typed).is_err());
        }

        #[test]
        fn no_text_makes_reading_fail_in_another_way(text in "\\PC{0,60}") {
            let _ = RecoveryKey::parse(&Secret::new(text));
        }
    }
}
