//! Where the computer is: the zone whose clock hangs on its wall.

use chrono_tz::Tz;

/// The computer's zone: the one that the environment names (`TZ`), or the system's; UTC where
/// neither is known.
pub(crate) fn zone() -> Tz {
    let named = std::env::var("TZ").ok();
    let named = named.as_deref().map(|name| name.trim_start_matches(':'));
    let system = || iana_time_zone::get_timezone().ok().and_then(|name| name.parse().ok());
    named.and_then(|name| name.parse().ok()).or_else(system).unwrap_or(Tz::UTC)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_zone_is_always_known() {
        assert!(!zone().name().is_empty());
    }
}
