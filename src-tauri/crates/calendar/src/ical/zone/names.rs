//! The names under which programs know the zones of the IANA database.

use std::collections::HashMap;
use std::sync::OnceLock;

use chrono_tz::{TZ_VARIANTS, Tz};
use windows_timezones::WindowsTimezone;

/// The zone that a TZID means.
///
/// Programs write the name of the IANA database, alone or at the end of a path
/// (`/freeassociation.sourceforge.net/Europe/Copenhagen`), Windows' name, or the name that Windows
/// shows to people, with UTC or GMT in it. Windows' names come from CLDR's table (the crate
/// `windows-timezones`).
pub(super) fn find(name: &str) -> Option<Tz> {
    let name = name.trim().trim_matches('"');
    if let Ok(tz) = name.parse::<Tz>() {
        return Some(tz);
    }
    if name.len() > 200 {
        return None;
    }
    let folded = fold(name);
    let table = table();
    if let Some(tz) = table.get(&folded) {
        return Some(*tz);
    }
    // A path: the last three, two or one of its pieces.
    let pieces: Vec<&str> = folded.split('/').collect();
    (1..pieces.len())
        .filter(|from| pieces.len() - from <= 3)
        .find_map(|from| table.get(&pieces.get(from..)?.join("/")).copied())
}

/// A name without what programs do not agree on.
fn fold(name: &str) -> String {
    let lower = name.to_lowercase().replace("(gmt", "(utc");
    if lower.starts_with("(utc)") {
        return lower.replacen("(utc)", "(utc+00:00)", 1);
    }
    lower
}

fn table() -> &'static HashMap<String, Tz> {
    static TABLE: OnceLock<HashMap<String, Tz>> = OnceLock::new();
    TABLE.get_or_init(|| {
        let mut table = HashMap::new();
        for windows in TZ_VARIANTS.iter().filter_map(|tz| WindowsTimezone::try_from(*tz).ok()) {
            let tz = Tz::from(windows);
            table.entry(fold(windows.name())).or_insert(tz);
            table.entry(fold(windows.description())).or_insert(tz);
        }
        for tz in TZ_VARIANTS {
            table.entry(fold(tz.name())).or_insert(tz);
        }
        for (name, tz) in OTHER {
            table.entry(fold(name)).or_insert(tz);
        }
        table
    })
}

/// Names that neither table has: what Windows showed in earlier versions and in Danish, and what
/// Exchange and Notes write.
const OTHER: [(&str, Tz); 10] = [
    ("western/central europe", Tz::Europe__Berlin),
    ("z", Tz::UTC),
    ("tzone://microsoft/utc", Tz::UTC),
    ("(utc+00:00) coordinated universal time", Tz::UTC),
    ("coordinated universal time", Tz::UTC),
    ("romance", Tz::Europe__Paris),
    ("(utc+01:00) bruxelles, københavn, madrid, paris", Tz::Europe__Copenhagen),
    ("(utc+01:00) københavn", Tz::Europe__Copenhagen),
    ("w. europe", Tz::Europe__Berlin),
    ("(utc+01.00) københavn", Tz::Europe__Copenhagen),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_zone_is_found_by_every_name_that_programs_give_it() {
        let names = [
            ("Europe/Copenhagen", "Europe/Copenhagen"),
            ("europe/copenhagen", "Europe/Copenhagen"),
            ("/freeassociation.sourceforge.net/Europe/Copenhagen", "Europe/Copenhagen"),
            ("/mozilla.org/20050126_1/America/Argentina/Ushuaia", "America/Argentina/Ushuaia"),
            ("Romance Standard Time", "Europe/Paris"),
            ("W. Europe Standard Time", "Europe/Berlin"),
            ("(UTC+01:00) Brussels, Copenhagen, Madrid, Paris", "Europe/Paris"),
            ("(GMT+01:00) Brussels, Copenhagen, Madrid, Paris", "Europe/Paris"),
            ("(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna", "Europe/Berlin"),
            ("\"Romance Standard Time\"", "Europe/Paris"),
            ("tzone://Microsoft/Utc", "UTC"),
        ];
        for (name, zone) in names {
            assert_eq!(find(name).map(Tz::name), Some(zone), "{name}");
        }
    }

    #[test]
    fn other_names_are_not_guessed_at() {
        for name in ["", "Customized Time Zone", "Copenhagen", "(UTC+01:00) Etellerandet", "a/b/c"]
        {
            assert_eq!(find(name), None, "{name}");
        }
    }
}
