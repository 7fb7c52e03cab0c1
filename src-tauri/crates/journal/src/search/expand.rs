//! From a term to the words that contain it.

use rusqlite::Connection;

use crate::error::Result;
use crate::table::word;

/// A term and the words of the vocabulary that match it.
#[derive(Debug)]
pub(super) struct Expansion {
    /// The term, folded.
    pub(super) term: String,
    /// Words that contain the term, or begin with it where it is short; perhaps none where these
    /// are not all.
    pub(super) words: Vec<String>,
    /// Whether these are all.
    pub(super) complete: bool,
}

/// A term with fewer letters matches beginnings instead of parts.
const PART: usize = 3;

/// Whether a term matches within words, and not only at their beginning.
pub(super) fn is_part(term: &str) -> bool {
    term.chars().nth(PART - 1).is_some()
}

impl Expansion {
    /// The words that match a term; reading stops after about `most`.
    pub(super) fn of(c: &Connection, term: &str, most: usize) -> Result<Self> {
        let (words, complete) = if is_part(term) {
            word::containing(c, term, most)?
        } else {
            word::beginning(c, term, most)?
        };
        Ok(Self { term: term.to_owned(), words, complete })
    }

    /// Whether nothing but the term itself matches.
    pub(super) fn is_exact(&self) -> bool {
        self.complete && self.words.iter().all(|word| *word == self.term)
    }

    /// Whether folded text has a word that matches.
    pub(super) fn is_in(&self, folded: &str) -> bool {
        if is_part(&self.term) {
            return folded.contains(&self.term);
        }
        folded.match_indices(&self.term).any(|(at, _)| at == 0 || folded.as_bytes()[at - 1] == b' ')
    }
}
