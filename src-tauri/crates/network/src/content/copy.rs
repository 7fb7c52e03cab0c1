//! The id that something has while it travels.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Sixteen random bytes that are the same in every version and every part of a shared thing.
///
/// An entry's own id says when it was made, so it never leaves.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct CopyId(pub(crate) [u8; 16]);

impl CopyId {
    /// A new one.
    ///
    /// # Panics
    /// Where the operating system has no random bytes; no key could be made then either.
    pub(crate) fn random() -> Self {
        let mut bytes = [0; 16];
        getrandom::fill(&mut bytes).expect("the operating system has random bytes");
        Self(bytes)
    }

    /// The one that these 32 characters write, in lower-case hexadecimal.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let digits: &[u8; 32] = text.as_bytes().try_into().ok()?;
        let mut bytes = [0; 16];
        for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
            *byte = digit(pair[0])? << 4 | digit(pair[1])?;
        }
        Some(Self(bytes))
    }
}

const fn digit(character: u8) -> Option<u8> {
    match character {
        b'0'..=b'9' => Some(character - b'0'),
        b'a'..=b'f' => Some(character - b'a' + 10),
        _ => None,
    }
}

impl fmt::Display for CopyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for CopyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "CopyId({self})")
    }
}

impl Serialize for CopyId {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for CopyId {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        Self::parse(&text).ok_or_else(|| serde::de::Error::custom("no copy id"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_strictly_32_lower_case_digits() {
        let id = CopyId::random();
        assert_eq!(CopyId::parse(&id.to_string()), Some(id));
        for wrong in ["", "0", &"A".repeat(32), &"0".repeat(33), &"g".repeat(32), &"æ".repeat(16)]
        {
            assert_eq!(CopyId::parse(wrong), None, "{wrong}");
        }
    }
}
