//! Time zones.

use chrono_tz::Tz;

/// Whose walls a time is on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Zone {
    /// Coordinated universal time, written with a `Z`.
    Utc,
    /// A zone of the IANA database, found by its name, by Windows' name, or by the name that
    /// Windows shows; with the name that the file uses.
    Named(Tz, std::sync::Arc<str>),
}

impl Zone {
    /// The zone with this name, if it is known: `Europe/Copenhagen`, `Romance Standard Time`,
    /// `(UTC+01:00) Brussels, Copenhagen, Madrid, Paris`, and what other programs make of them.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        let _ = name;
        todo!()
    }

    /// Its name as the file has it.
    #[must_use]
    pub fn name(&self) -> &str {
        todo!()
    }

    /// The zone of the IANA database, where it is one.
    #[must_use]
    pub fn tz(&self) -> Option<Tz> {
        todo!()
    }
}
