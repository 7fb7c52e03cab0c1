//! Key slots: copies of the root key, each wrapped with a key of its own.
//!
//! XChaCha20-Poly1305 wraps; the associated data are the vault's id, the slot's kind and
//! everything that its wrapping key was derived with, so that no slot can be moved to another
//! vault or made cheaper to guess.

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use fristed_base::{Moment, Secret, VaultId};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::error::VaultError;
use crate::key::kdf::KdfCost;
use crate::key::recovery::RecoveryKey;
use crate::key::{Key32, RootKey, random};

/// The kinds of key slot.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SlotKind {
    /// Opened by the passphrase; always there.
    Passphrase,
    /// Opened by a random key in this computer's keyring.
    Computer,
    /// Opened by the recovery key.
    Recovery,
}

/// One way to open the vault, as far as it may be told without a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SlotInfo {
    /// Which kind.
    pub kind: SlotKind,
    /// When it was made.
    pub created_at: Moment,
}

/// The random key that lies in the keyring and opens the slot of this computer.
pub struct WrappingKey(pub(crate) Key32);

impl WrappingKey {
    /// A new one.
    #[must_use]
    pub fn generate() -> Self {
        Self(Key32::generate())
    }

    /// The key in these bytes, where there are thirty-two.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        Key32::from_slice(bytes).map(Self)
    }

    /// The bytes, to be handed to the keyring.
    #[must_use]
    pub fn expose(&self) -> &[u8; 32] {
        self.0.bytes()
    }
}

impl std::fmt::Debug for WrappingKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("WrappingKey(…)")
    }
}

/// How a slot's wrapping key is made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "name", rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) enum Derivation {
    /// Argon2id of the passphrase.
    Argon2id { memory_kib: u32, passes: u32, lanes: u32, salt: Hex<16> },
    /// HKDF-SHA256 of the recovery key.
    HkdfSha256 { salt: Hex<16> },
    /// The keyring's key, as it is.
    None,
}

/// A slot as `keys.json` has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Slot {
    pub(crate) kind: SlotKind,
    /// Milliseconds since 1970 in UTC, and minutes east of Greenwich.
    pub(crate) created_at: (i64, i32),
    derivation: Derivation,
    nonce: Hex<24>,
    /// The root key and the tag.
    wrapped: Hex<48>,
}

impl Slot {
    /// Wraps the root key for a passphrase. Takes as long as the cost says.
    ///
    /// # Errors
    /// [`VaultError::KeysDamaged`] where the cost is beyond what is accepted.
    pub(crate) fn for_passphrase(
        root: &RootKey,
        vault: VaultId,
        passphrase: &Secret,
        cost: KdfCost,
        now: Moment,
    ) -> Result<Self, VaultError> {
        let salt = random();
        let KdfCost { memory_kib, passes, lanes } = cost;
        let derivation = Derivation::Argon2id { memory_kib, passes, lanes, salt: Hex(salt) };
        let key = cost.hash(passphrase, &salt)?;
        Ok(Self::wrap(root, vault, SlotKind::Passphrase, derivation, &key, now))
    }

    /// Wraps the root key for a recovery key.
    pub(crate) fn for_recovery(
        root: &RootKey,
        vault: VaultId,
        recovery: &RecoveryKey,
        now: Moment,
    ) -> Self {
        let salt = random();
        let derivation = Derivation::HkdfSha256 { salt: Hex(salt) };
        let key = recovery.wrapping_key(&salt);
        Self::wrap(root, vault, SlotKind::Recovery, derivation, &key, now)
    }

    /// Wraps the root key for a key that lies in the keyring.
    pub(crate) fn for_computer(
        root: &RootKey,
        vault: VaultId,
        key: &WrappingKey,
        now: Moment,
    ) -> Self {
        Self::wrap(root, vault, SlotKind::Computer, Derivation::None, &key.0, now)
    }

    fn wrap(
        root: &RootKey,
        vault: VaultId,
        kind: SlotKind,
        derivation: Derivation,
        key: &Key32,
        now: Moment,
    ) -> Self {
        let nonce: [u8; 24] = random();
        let created_at = (now.millis(), now.offset_minutes());
        let sealed = XChaCha20Poly1305::new(key.bytes().into())
            .encrypt(
                &XNonce::from(nonce),
                Payload {
                    msg: root.0.bytes(),
                    aad: &associated(vault, kind, created_at, &derivation),
                },
            )
            .expect("32 bytes are within the cipher's limit");
        let wrapped = sealed.try_into().expect("a tag has 16 bytes");
        Self { kind, created_at, derivation, nonce: Hex(nonce), wrapped: Hex(wrapped) }
    }

    /// The root key, for whoever has the passphrase of this slot.
    ///
    /// # Errors
    /// [`VaultError::WrongKey`] where it is not the one; [`VaultError::KeysDamaged`] where the
    /// slot asks for more work than the cap allows.
    pub(crate) fn open_with_passphrase(
        &self,
        vault: VaultId,
        passphrase: &Secret,
    ) -> Result<RootKey, VaultError> {
        let Derivation::Argon2id { memory_kib, passes, lanes, salt } = &self.derivation else {
            return Err(VaultError::KeysDamaged);
        };
        let cost = KdfCost { memory_kib: *memory_kib, passes: *passes, lanes: *lanes };
        self.unwrap(vault, &cost.hash(passphrase, &salt.0)?)
    }

    /// The root key, for whoever has the recovery key of this slot.
    ///
    /// # Errors
    /// [`VaultError::WrongKey`] where it is not the one.
    pub(crate) fn open_with_recovery(
        &self,
        vault: VaultId,
        recovery: &RecoveryKey,
    ) -> Result<RootKey, VaultError> {
        let Derivation::HkdfSha256 { salt } = &self.derivation else {
            return Err(VaultError::KeysDamaged);
        };
        self.unwrap(vault, &recovery.wrapping_key(&salt.0))
    }

    /// The root key, for the keyring that has the key of this slot.
    ///
    /// # Errors
    /// [`VaultError::WrongKey`] where it is not the one.
    pub(crate) fn open_with_computer(
        &self,
        vault: VaultId,
        key: &WrappingKey,
    ) -> Result<RootKey, VaultError> {
        if self.derivation != Derivation::None {
            return Err(VaultError::KeysDamaged);
        }
        self.unwrap(vault, &key.0)
    }

    fn unwrap(&self, vault: VaultId, key: &Key32) -> Result<RootKey, VaultError> {
        let payload = Payload {
            msg: &self.wrapped.0,
            aad: &associated(vault, self.kind, self.created_at, &self.derivation),
        };
        let opened = XChaCha20Poly1305::new(key.bytes().into())
            .decrypt(&XNonce::from(self.nonce.0), payload)
            .map_err(|_| VaultError::WrongKey)?;
        let opened = Zeroizing::new(opened);
        Key32::from_slice(&opened).map(RootKey).ok_or(VaultError::KeysDamaged)
    }

    /// What may be told of it.
    pub(crate) fn info(&self) -> Option<SlotInfo> {
        let created_at = Moment::from_parts(self.created_at.0, self.created_at.1)?;
        Some(SlotInfo { kind: self.kind, created_at })
    }
}

/// The associated data: fixed lengths in a fixed order, so that no two slots share one text.
fn associated(
    vault: VaultId,
    kind: SlotKind,
    created_at: (i64, i32),
    derivation: &Derivation,
) -> Vec<u8> {
    let mut data = Vec::with_capacity(96);
    data.extend_from_slice(b"fristed/1/slot");
    data.extend_from_slice(vault.as_bytes());
    data.push(match kind {
        SlotKind::Passphrase => 1,
        SlotKind::Computer => 2,
        SlotKind::Recovery => 3,
    });
    data.extend_from_slice(&created_at.0.to_le_bytes());
    data.extend_from_slice(&created_at.1.to_le_bytes());
    match derivation {
        Derivation::Argon2id { memory_kib, passes, lanes, salt } => {
            data.push(1);
            for number in [memory_kib, passes, lanes] {
                data.extend_from_slice(&number.to_le_bytes());
            }
            data.extend_from_slice(&salt.0);
        }
        Derivation::HkdfSha256 { salt } => {
            data.push(2);
            data.extend_from_slice(&salt.0);
        }
        Derivation::None => data.push(3),
    }
    data
}

/// Bytes that are written in hexadecimal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Hex<const N: usize>(pub(crate) [u8; N]);

impl<const N: usize> Serialize for Hex<N> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&to_hex(&self.0))
    }
}

impl<'de, const N: usize> Deserialize<'de> for Hex<N> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        from_hex(&text).map(Self).ok_or_else(|| serde::de::Error::custom("not hexadecimal"))
    }
}

/// The bytes in lower-case hexadecimal.
pub(crate) fn to_hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The bytes of a hexadecimal text of exactly this length.
fn from_hex<const N: usize>(text: &str) -> Option<[u8; N]> {
    if text.len() != 2 * N || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    let mut bytes = [0; N];
    for (at, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(&text[2 * at..2 * at + 2], 16).ok()?;
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn now() -> Moment {
        Moment::from_parts(1_795_500_000_000, 60).unwrap()
    }

    #[test]
    fn a_slot_opens_with_its_own_passphrase_only() {
        let (root, vault) = (RootKey::generate(), VaultId::new());
        let right = Secret::new("fire rolige køer".into());
        let slot = Slot::for_passphrase(&root, vault, &right, KdfCost::floor(), now()).unwrap();
        let opened = slot.open_with_passphrase(vault, &right).unwrap();
        assert_eq!(opened.0.bytes(), root.0.bytes());
        let wrong = Secret::new("fire rolige koer".into());
        assert!(matches!(slot.open_with_passphrase(vault, &wrong), Err(VaultError::WrongKey)));
    }

    #[test]
    fn a_slot_whose_cost_was_changed_does_not_open() {
        let (root, vault) = (RootKey::generate(), VaultId::new());
        let right = Secret::new("fire rolige køer".into());
        let cost = KdfCost { passes: 1, ..KdfCost::floor() };
        let mut slot = Slot::for_passphrase(&root, vault, &right, cost, now()).unwrap();
        let Derivation::Argon2id { lanes, .. } = &mut slot.derivation else { unreachable!() };
        *lanes = 2;
        assert!(slot.open_with_passphrase(vault, &right).is_err());
    }

    proptest! {
        #[test]
        fn a_slot_opens_for_its_vault_kind_and_time_only(millis in 0..4_000_000_000_000_i64) {
            let (root, vault) = (RootKey::generate(), VaultId::new());
            let key = RecoveryKey::generate();
            let now = Moment::from_parts(millis, 0).unwrap();
            let slot = Slot::for_recovery(&root, vault, &key, now);
            let opened = slot.open_with_recovery(vault, &key).unwrap();
            prop_assert_eq!(opened.0.bytes(), root.0.bytes());

            prop_assert!(slot.open_with_recovery(VaultId::new(), &key).is_err());
            prop_assert!(slot.open_with_recovery(vault, &RecoveryKey::generate()).is_err());
            let other_kind = Slot { kind: SlotKind::Computer, ..slot.clone() };
            prop_assert!(other_kind.open_with_recovery(vault, &key).is_err());
            let other_time = Slot { created_at: (millis + 1, 0), ..slot };
            prop_assert!(other_time.open_with_recovery(vault, &key).is_err());
        }

        #[test]
        fn a_slot_with_any_bit_changed_does_not_open(byte in 0_usize..48 + 24, bit in 0..8_u32) {
            let (root, vault) = (RootKey::generate(), VaultId::new());
            let key = WrappingKey::generate();
            let mut slot = Slot::for_computer(&root, vault, &key, now());
            prop_assert!(slot.open_with_computer(vault, &key).is_ok());
            match byte.checked_sub(48) {
                None => slot.wrapped.0[byte] ^= 1_u8 << bit,
                Some(byte) => slot.nonce.0[byte] ^= 1_u8 << bit,
            }
            prop_assert!(slot.open_with_computer(vault, &key).is_err());
        }

        #[test]
        fn a_slot_comes_back_from_json_as_it_was(millis in 0..4_000_000_000_000_i64) {
            let now = Moment::from_parts(millis, 60).unwrap();
            let slot = Slot::for_computer(
                &RootKey::generate(), VaultId::new(), &WrappingKey::generate(), now,
            );
            let text = serde_json::to_string(&slot).unwrap();
            prop_assert_eq!(serde_json::from_str::<Slot>(&text).unwrap(), slot);
        }
    }
}
