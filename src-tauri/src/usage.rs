//! The few words that the window's program takes on its command line.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

/// What the program was started with.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Arguments {
    /// The vault's folder, where it is not the one of the settings.
    pub vault: Option<PathBuf>,
    /// A file whose first line is the vault's passphrase, for the demo and for tests by hand.
    pub passphrase_file: Option<PathBuf>,
    /// A calendar file to open once the vault is.
    pub calendar_file: Option<PathBuf>,
}

/// A command line that the program does not understand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Misunderstood(pub String);

/// Reads `[--vault DIR] [--passphrase-file FILE] [FILE.ics]`; paths begin in the folder `from`.
///
/// # Errors
/// When a word is unknown or what it needs is missing.
pub fn parse(
    words: impl IntoIterator<Item = OsString>,
    from: &Path,
) -> Result<Arguments, Misunderstood> {
    let whole = |path: OsString| std::path::absolute(from.join(path)).ok();
    let mut arguments = Arguments::default();
    let mut words = words.into_iter();
    while let Some(word) = words.next() {
        let place = match word.to_str() {
            Some("--vault") => &mut arguments.vault,
            Some("--passphrase-file") => &mut arguments.passphrase_file,
            text if arguments.calendar_file.is_none()
                && text.is_none_or(|text| !text.is_empty() && !text.starts_with('-')) =>
            {
                arguments.calendar_file = whole(word);
                continue;
            }
            _ => {
                return Err(Misunderstood(format!("unknown: {}", word.to_string_lossy())));
            }
        };
        let given = words.next().and_then(whole);
        let named = || Misunderstood(format!("{} needs a path", word.to_string_lossy()));
        *place = Some(given.ok_or_else(named)?);
    }
    Ok(arguments)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<OsString> {
        text.split_whitespace().map(OsString::from).collect()
    }

    fn parsed(text: &str) -> Result<Arguments, Misunderstood> {
        parse(words(text), Path::new("/home/karla"))
    }

    #[test]
    fn a_vault_can_be_named() {
        let arguments = parsed("--vault /home/karla/journal").expect("understood");
        assert_eq!(arguments.vault, Some(PathBuf::from("/home/karla/journal")));
        assert_eq!(parsed(""), Ok(Arguments::default()));
    }

    #[test]
    fn a_calendar_file_is_found_from_the_folder_of_whoever_names_it() {
        let file = |text| parsed(text).expect("understood").calendar_file;
        assert_eq!(file("Hentet/møde.ics"), Some(PathBuf::from("/home/karla/Hentet/møde.ics")));
        assert_eq!(file("--vault v /tmp/x.ics"), Some(PathBuf::from("/tmp/x.ics")));
    }

    #[test]
    fn what_is_not_understood_is_said() {
        assert!(parsed("--vault").is_err());
        assert!(parsed("--valut x").is_err());
        assert!(parsed("one.ics two.ics").is_err(), "one file at a time");
    }
}
