//! The few words that the window's program takes on its command line.

use std::ffi::OsString;
use std::path::PathBuf;

/// What the program was started with.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Arguments {
    /// The vault's folder, where it is not the one of the settings.
    pub vault: Option<PathBuf>,
    /// A file whose first line is the vault's passphrase, for the demo and for tests by hand.
    pub passphrase_file: Option<PathBuf>,
}

/// A command line that the program does not understand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Misunderstood(pub String);

/// Reads `[--vault DIR] [--passphrase-file FILE]`.
///
/// # Errors
/// When a word is unknown or what it needs is missing.
pub fn parse(words: impl IntoIterator<Item = OsString>) -> Result<Arguments, Misunderstood> {
    let mut arguments = Arguments::default();
    let mut words = words.into_iter();
    while let Some(word) = words.next() {
        let place = match word.to_str() {
            Some("--vault") => &mut arguments.vault,
            Some("--passphrase-file") => &mut arguments.passphrase_file,
            _ => {
                return Err(Misunderstood(format!("unknown: {}", word.to_string_lossy())));
            }
        };
        let given = words.next().and_then(|path| std::path::absolute(PathBuf::from(path)).ok());
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

    #[test]
    fn a_vault_can_be_named() {
        let parsed = parse(words("--vault /home/karla/journal")).expect("understood");
        assert_eq!(parsed.vault, Some(PathBuf::from("/home/karla/journal")));
        assert_eq!(parse(words("")), Ok(Arguments::default()));
    }

    #[test]
    fn what_is_not_understood_is_said() {
        assert!(parse(words("--vault")).is_err());
        assert!(parse(words("--valut x")).is_err());
    }
}
