//! Keys: from a file, or asked for on the terminal and never shown.

use std::fs::File;
use std::io::{self, IsTerminal, Read};
use std::path::Path;

use fristed_base::Secret;
use zeroize::Zeroizing;

use crate::args::Common;
use crate::failure::Failure;
use crate::words::Phrases;

/// No passphrase is longer than this many bytes; a file beyond it is some other file.
const LONGEST: u64 = 4096;

/// What opens the vault.
pub enum Opener {
    /// Its passphrase.
    Passphrase(Secret),
    /// Its recovery key, as it was typed.
    Recovery(Secret),
}

impl Opener {
    /// The key as it was typed.
    #[must_use]
    pub const fn secret(&self) -> &Secret {
        match self {
            Self::Passphrase(typed) | Self::Recovery(typed) => typed,
        }
    }
}

/// The key that the options name, or the passphrase asked for on the terminal.
///
/// # Errors
/// [`Failure::File`]; [`Failure::NoTerminal`].
pub fn opener(common: &Common, phrases: &Phrases) -> Result<Opener, Failure> {
    if let Some(path) = &common.recovery_key_file {
        let typed = from_file(path)?;
        return Ok(Opener::Recovery(Secret::new(typed.expose().trim().to_owned())));
    }
    match &common.passphrase_file {
        Some(path) => from_file(path),
        None => on_terminal(phrases.ask_passphrase),
    }
    .map(Opener::Passphrase)
}

/// The password of an account elsewhere, from a file or asked for.
///
/// # Errors
/// [`Failure::File`]; [`Failure::NoTerminal`].
pub fn password(file: Option<&Path>, phrases: &Phrases) -> Result<Secret, Failure> {
    match file {
        Some(path) => from_file(path),
        None => on_terminal(phrases.ask_password),
    }
}

/// A new passphrase, from a file or asked for twice.
///
/// # Errors
/// [`Failure::EmptyPassphrase`]; [`Failure::NotTheSame`]; [`Failure::File`];
/// [`Failure::NoTerminal`].
pub fn new_passphrase(file: Option<&Path>, phrases: &Phrases) -> Result<Secret, Failure> {
    let new = match file {
        Some(path) => from_file(path)?,
        None => {
            let first = on_terminal(phrases.ask_new_passphrase)?;
            if first.is_empty() {
                return Err(Failure::EmptyPassphrase);
            }
            if on_terminal(phrases.ask_again)?.expose() != first.expose() {
                return Err(Failure::NotTheSame);
            }
            first
        }
    };
    if new.is_empty() { Err(Failure::EmptyPassphrase) } else { Ok(new) }
}

/// A secret from a file, without the one line ending that an editor puts behind it.
fn from_file(path: &Path) -> Result<Secret, Failure> {
    let mut bytes = Zeroizing::new(Vec::with_capacity(256));
    File::open(path)
        .and_then(|file| file.take(LONGEST + 1).read_to_end(&mut bytes))
        .map_err(|error| Failure::file(path, error))?;
    if bytes.len() as u64 > LONGEST {
        return Err(Failure::file(path, io::ErrorKind::InvalidData.into()));
    }
    let text = std::str::from_utf8(&bytes)
        .map_err(|_| Failure::file(path, io::ErrorKind::InvalidData.into()))?;
    let text = text.strip_suffix('\n').unwrap_or(text);
    Ok(Secret::new(text.strip_suffix('\r').unwrap_or(text).to_owned()))
}

/// Asks on the terminal itself, so that standard input stays free for a text.
fn on_terminal(question: &str) -> Result<Secret, Failure> {
    // Where neither of the three is a terminal nobody sits there to answer, also if the process
    // was once started from one.
    if !(io::stdin().is_terminal() || io::stderr().is_terminal() || io::stdout().is_terminal()) {
        return Err(Failure::NoTerminal);
    }
    rpassword::prompt_password(question).map(Secret::new).map_err(|_| Failure::NoTerminal)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn read(content: &[u8]) -> Result<String, Failure> {
        let dir = tempfile::tempdir().expect("a folder for the test");
        let path = dir.path().join("passphrase");
        fs::write(&path, content).expect("writing");
        from_file(&path).map(|secret| secret.expose().to_owned())
    }

    #[test]
    fn one_line_ending_is_not_part_of_the_passphrase() {
        assert_eq!(read(b"fire ord i regnvejr\n").expect("read"), "fire ord i regnvejr");
        assert_eq!(read(b"fire ord i regnvejr\r\n").expect("read"), "fire ord i regnvejr");
        assert_eq!(read(b"fire ord i regnvejr").expect("read"), "fire ord i regnvejr");
        assert_eq!(read(b" mellemrum \n\n").expect("read"), " mellemrum \n", "the rest is kept");
    }

    #[test]
    fn a_file_that_cannot_be_a_passphrase_is_refused() {
        assert!(read(&[0xff, 0xfe]).is_err());
        assert!(read(&vec![b'x'; 5000]).is_err());
        assert!(from_file(Path::new("/nowhere/at/all")).is_err());
    }
}
