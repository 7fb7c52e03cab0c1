//! The root key and what is derived from it.
//!
//! The root key is 256 random bits and is never used itself: HKDF-SHA256 (RFC 5869) derives one
//! key for each purpose, with the vault's id as its salt and the purpose as its info.

pub(crate) mod kdf;
pub(crate) mod recovery;
pub(crate) mod slot;

use std::fmt::Write as _;

use fristed_base::VaultId;
use hkdf::Hkdf;
use sha2::Sha256;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

/// Fills the bytes from the operating system's generator.
pub(crate) fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).expect("the operating system has random bytes");
    bytes
}

/// Thirty-two secret bytes, in one place of memory and wiped from it.
#[derive(Zeroize, ZeroizeOnDrop)]
pub(crate) struct Key32(Box<[u8; 32]>);

impl Key32 {
    /// Thirty-two random bytes.
    pub(crate) fn generate() -> Self {
        let mut key = Self::zero();
        getrandom::fill(&mut key.0[..]).expect("the operating system has random bytes");
        key
    }

    /// Room for a key, to be filled in place.
    pub(crate) fn zero() -> Self {
        Self(Box::new([0; 32]))
    }

    /// The key in these bytes, where there are thirty-two.
    pub(crate) fn from_slice(bytes: &[u8]) -> Option<Self> {
        if bytes.len() != 32 {
            return None;
        }
        let mut key = Self::zero();
        key.0.copy_from_slice(bytes);
        Some(key)
    }

    /// The bytes.
    pub(crate) fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// The place to fill.
    pub(crate) fn bytes_mut(&mut self) -> &mut [u8; 32] {
        &mut self.0
    }
}

/// The key of which every key slot holds a wrapped copy.
pub(crate) struct RootKey(pub(crate) Key32);

impl RootKey {
    /// A new one.
    pub(crate) fn generate() -> Self {
        Self(Key32::generate())
    }

    /// The key that SQLCipher gets for `vault.db`.
    pub(crate) fn store_key(&self, vault: VaultId) -> StoreKey {
        StoreKey(self.derive(vault, b"fristed/1/store"))
    }

    /// The key that SQLCipher gets for the stores under `backups/`.
    pub(crate) fn backup_key(&self, vault: VaultId) -> StoreKey {
        StoreKey(self.derive(vault, b"fristed/1/backups"))
    }

    fn derive(&self, vault: VaultId, purpose: &[u8]) -> Key32 {
        let mut key = Key32::zero();
        Hkdf::<Sha256>::new(Some(vault.as_bytes()), self.0.bytes())
            .expand(purpose, key.bytes_mut())
            .expect("32 bytes are less than HKDF's limit");
        key
    }
}

/// A key for SQLCipher, given to it raw: no second derivation.
pub(crate) struct StoreKey(Key32);

impl StoreKey {
    /// The bytes.
    pub(crate) fn bytes(&self) -> &[u8; 32] {
        self.0.bytes()
    }

    /// The key as SQLCipher takes it: `"x'64 hexadecimal digits'"`, quotes included.
    pub(crate) fn literal(&self) -> Zeroizing<String> {
        let mut text = Zeroizing::new(String::with_capacity(72));
        text.push_str("\"x'");
        for byte in self.0.bytes() {
            write!(text, "{byte:02x}").expect("a string takes every character");
        }
        text.push_str("'\"");
        text
    }

    /// The same key once more, for a connection that outlives the first one.
    pub(crate) fn duplicate(&self) -> Self {
        let mut key = Key32::zero();
        key.bytes_mut().copy_from_slice(self.0.bytes());
        Self(key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_purpose_and_every_vault_has_a_key_of_its_own() {
        let root = RootKey::generate();
        let (one, two) = (VaultId::new(), VaultId::new());
        assert_ne!(root.store_key(one).bytes(), root.backup_key(one).bytes());
        assert_ne!(root.store_key(one).bytes(), root.store_key(two).bytes());
        assert_ne!(root.store_key(one).bytes(), root.0.bytes());
        assert_eq!(root.store_key(one).bytes(), root.store_key(one).bytes());
    }

    #[test]
    fn sqlcipher_gets_sixty_four_hexadecimal_digits() {
        let text = RootKey::generate().store_key(VaultId::new()).literal();
        assert_eq!(text.len(), 64 + 5);
        assert!(text.starts_with("\"x'") && text.ends_with("'\""));
    }
}
