//! The slow hash that a passphrase goes through: Argon2id (RFC 9106).

use std::time::{Duration, Instant};

use argon2::{Algorithm, Argon2, Params, Version};
use fristed_base::Secret;
use unicode_normalization::UnicodeNormalization;
use zeroize::Zeroizing;

use crate::error::VaultError;
use crate::key::Key32;

/// What one guess of the passphrase costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KdfCost {
    /// Memory in kibibytes.
    pub memory_kib: u32,
    /// Passes over the memory.
    pub passes: u32,
    /// Lanes; they are computed one after another here.
    pub lanes: u32,
}

const MIB: u32 = 1024;

/// What set-up aims at for one guess on this computer.
const TARGET: Duration = Duration::from_millis(500);

/// The most memory that set-up chooses: a vault must also open on the leader's weaker computer.
const TUNED_MEMORY_KIB: u32 = 256 * MIB;

/// The most memory that is accepted from a key file.
const MOST_MEMORY_KIB: u32 = 1024 * MIB;

/// The most work, in kibibytes times passes, that is accepted from a key file: about half a
/// minute on a slow computer.
const MOST_WORK: u64 = 16 * 1024 * MIB as u64;

impl KdfCost {
    /// The least that is ever used: 64 MiB and three passes, as RFC 9106, section 4, recommends
    /// where memory is scarce.
    #[must_use]
    pub const fn floor() -> Self {
        Self { memory_kib: 64 * MIB, passes: 3, lanes: 1 }
    }

    /// Measures this computer and returns what takes about half a second on it, never less than
    /// [`Self::floor`].
    ///
    /// Takes as long as the floor does. Memory grows first, since it is what costs an attacker
    /// most, then the passes.
    #[must_use]
    pub fn tuned() -> Self {
        let floor = Self::floor();
        let began = Instant::now();
        let measured = floor.hash(&Secret::new("measuring".to_owned()), &[7; 16]);
        debug_assert!(measured.is_ok());
        Self::tuned_from(began.elapsed())
    }

    /// What reaches the target where the floor took this long.
    fn tuned_from(floor_took: Duration) -> Self {
        let floor = Self::floor();
        let factor = TARGET.as_secs_f64() / floor_took.as_secs_f64().max(1e-3);
        let times = factor.clamp(1.0, f64::from(TUNED_MEMORY_KIB / floor.memory_kib));
        let memory_mib = (f64::from(floor.memory_kib / MIB) * times) as u32;
        let passes = (f64::from(floor.passes) * factor / times) as u32;
        Self {
            memory_kib: memory_mib * MIB,
            passes: passes.clamp(floor.passes, 32),
            lanes: floor.lanes,
        }
    }

    /// True where a key file may ask for this.
    pub(crate) fn is_acceptable(self) -> bool {
        let work = u64::from(self.memory_kib) * u64::from(self.passes);
        (Self::floor().memory_kib..=MOST_MEMORY_KIB).contains(&self.memory_kib)
            && self.passes >= 1
            && (1..=16).contains(&self.lanes)
            && work <= MOST_WORK
    }

    /// The wrapping key of this passphrase.
    ///
    /// The passphrase is brought to Unicode's form C first: keyboards differ in how they write
    /// å, and the same passphrase must open the vault on each of them.
    ///
    /// # Errors
    /// [`VaultError::KeysDamaged`] where the cost is beyond what is accepted.
    pub(crate) fn hash(self, passphrase: &Secret, salt: &[u8; 16]) -> Result<Key32, VaultError> {
        if !self.is_acceptable() {
            return Err(VaultError::KeysDamaged);
        }
        let mut normal =
            Zeroizing::new(String::with_capacity(passphrase.expose().len().saturating_mul(3)));
        normal.extend(passphrase.expose().nfc());
        let params = Params::new(self.memory_kib, self.passes, self.lanes, Some(32))
            .map_err(|_| VaultError::KeysDamaged)?;
        let mut key = Key32::zero();
        Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
            .hash_password_into(normal.as_bytes(), salt, key.bytes_mut())
            .map_err(|_| VaultError::KeysDamaged)?;
        Ok(key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_faster_computer_gets_more_memory_first_and_then_more_passes() {
        let floor = KdfCost::floor();
        assert_eq!(KdfCost::tuned_from(Duration::from_secs(5)), floor);
        let twice = KdfCost::tuned_from(Duration::from_millis(250));
        assert_eq!((twice.memory_kib, twice.passes), (2 * floor.memory_kib, floor.passes));
        let eight_times = KdfCost::tuned_from(Duration::from_millis(62));
        assert_eq!(eight_times.memory_kib, TUNED_MEMORY_KIB);
        assert_eq!(eight_times.passes, 6);
        for millis in [0, 1, 10, 100, 1000] {
            assert!(KdfCost::tuned_from(Duration::from_millis(millis)).is_acceptable());
        }
    }

    #[test]
    fn costs_beyond_the_cap_or_below_the_floor_are_refused_without_being_tried() {
        let floor = KdfCost::floor();
        for cost in [
            KdfCost { memory_kib: u32::MAX, ..floor },
            KdfCost { memory_kib: 8, ..floor },
            KdfCost { passes: 0, ..floor },
            KdfCost { passes: u32::MAX, ..floor },
            KdfCost { lanes: 0, ..floor },
            KdfCost { lanes: 1 << 20, ..floor },
        ] {
            let began = Instant::now();
            let tried = cost.hash(&Secret::new("x".into()), &[0; 16]);
            assert!(matches!(tried, Err(VaultError::KeysDamaged)), "{cost:?}");
            assert!(began.elapsed() < Duration::from_millis(50));
        }
    }

    #[test]
    fn both_ways_of_writing_an_a_with_a_ring_give_one_key() {
        let cost = KdfCost::floor();
        let composed = cost.hash(&Secret::new("bl\u{e5}b\u{e6}r".into()), &[1; 16]).unwrap();
        let apart = cost.hash(&Secret::new("bla\u{30a}b\u{e6}r".into()), &[1; 16]).unwrap();
        assert_eq!(composed.bytes(), apart.bytes());
    }
}
