//! What a leader types into the search field, read so that nothing is ever an error.
//!
//! - `ord`: the entry has the word, or a word that contains it. Several must all be there.
//! - `"to ord"`: the words stand side by side, whole.
//! - `tag:ledelse`, `tag:"ny leder"`: the entry has this tag.
//! - `from:2026-01-31`, `from:2026-01`, `from:2026`, and `to:` likewise: both ends included.
//!   `fra:` and `til:` say the same where a date follows.
//! - `-ord`, `-"to ord"`, `-tag:x`: the entry has none of this, as a whole word.
//!
//! What cannot be read (a quote without its end, a `tag:` without a tag, a date that is none, a
//! lone `-`) counts as far as it makes sense and is left out otherwise.

use chrono::{Datelike, NaiveDate};

use super::fold::fold;
use super::index;

/// What was asked for, folded.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Query {
    /// Words of which the entry has each, whole or as a part.
    pub(super) words: Vec<String>,
    /// Runs of whole words, with spaces between them.
    pub(super) phrases: Vec<String>,
    /// Tags, as their marks in the index.
    pub(super) tags: Vec<String>,
    /// Whole words, runs of them, and marks of tags that the entry has not.
    pub(super) without: Vec<String>,
    /// The first day.
    pub(super) from: Option<NaiveDate>,
    /// The last day.
    pub(super) to: Option<NaiveDate>,
}

/// One thing typed, cut out of the line.
struct Piece {
    excluded: bool,
    key: Option<Key>,
    quoted: bool,
    text: String,
}

#[derive(Clone, Copy, PartialEq)]
enum Key {
    Tag,
    From,
    To,
}

/// How a day at either end of a range is spelled; a date must follow the last two.
const KEYS: [(&str, Key, bool); 5] = [
    ("tag:", Key::Tag, false),
    ("from:", Key::From, false),
    ("to:", Key::To, false),
    ("fra:", Key::From, true),
    ("til:", Key::To, true),
];

impl Query {
    /// Reads what was typed.
    pub(super) fn parse(typed: &str) -> Self {
        let mut query = Self::default();
        let mut rest = typed.trim_start();
        while !rest.is_empty() {
            let (piece, after) = cut(rest);
            query.add(piece);
            rest = after.trim_start();
        }
        query.words.dedup();
        query
    }

    /// Whether nothing was asked for.
    pub(super) fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    fn add(&mut self, piece: Piece) {
        match piece.key {
            Some(Key::Tag) => {
                if let Some(mark) = index::tag_mark(&piece.text) {
                    if piece.excluded { &mut self.without } else { &mut self.tags }.push(mark);
                }
            }
            Some(Key::From) if !piece.excluded => {
                self.from = bounds(&piece.text).map(|b| b.0).or(self.from);
            }
            Some(Key::To) if !piece.excluded => {
                self.to = bounds(&piece.text).map(|b| b.1).or(self.to);
            }
            Some(_) => {}
            None => {
                let folded = fold(&piece.text);
                if folded.is_empty() {
                } else if piece.excluded {
                    self.without.push(folded);
                } else if piece.quoted {
                    self.phrases.push(folded);
                } else {
                    for word in folded.split(' ') {
                        if !self.words.iter().any(|known| known == word) {
                            self.words.push(word.to_owned());
                        }
                    }
                }
            }
        }
    }
}

/// Quotation marks as keyboards and word processors make them.
const fn is_quote(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„' | '»' | '«')
}

/// The first piece of a line that does not begin with a blank, and what follows it.
fn cut(line: &str) -> (Piece, &str) {
    let (excluded, line) = match line.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, line),
    };
    let key = KEYS.iter().find(|(name, _, dated)| {
        line.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name))
            && (!dated || bounds(value(&line[name.len()..]).1).is_some())
    });
    let line = key.map_or(line, |(name, ..)| &line[name.len()..]);
    let (quoted, text, after) = value(line);
    let piece = Piece { excluded, key: key.map(|k| k.1), quoted, text: text.to_owned() };
    (piece, after)
}

/// A quoted or a bare value at the start of a line: whether it is quoted, itself, what follows.
fn value(line: &str) -> (bool, &str, &str) {
    let mut characters = line.chars();
    if characters.next().is_some_and(is_quote) {
        let inner = characters.as_str();
        return match inner.char_indices().find(|(_, c)| is_quote(*c)) {
            Some((at, quote)) => (true, &inner[..at], &inner[at + quote.len_utf8()..]),
            None => (true, inner, ""),
        };
    }
    let end = line.find(|c: char| c.is_whitespace() || is_quote(c)).unwrap_or(line.len());
    (false, &line[..end], &line[end..])
}

/// The first and the last day of a date, a month or a year.
fn bounds(text: &str) -> Option<(NaiveDate, NaiveDate)> {
    let mut parts = text.trim().split('-').map(|part| {
        let digits =
            !part.is_empty() && part.len() <= 4 && part.bytes().all(|b| b.is_ascii_digit());
        digits.then(|| part.parse::<u32>().ok()).flatten()
    });
    let year = parts.next()??;
    if year < 1000 {
        return None;
    }
    let year = i32::try_from(year).ok()?;
    let month = match parts.next() {
        Some(month) => month?,
        None => {
            return Some((
                NaiveDate::from_ymd_opt(year, 1, 1)?,
                NaiveDate::from_ymd_opt(year, 12, 31)?,
            ));
        }
    };
    let day = match parts.next() {
        Some(day) => day?,
        None => {
            let first = NaiveDate::from_ymd_opt(year, month, 1)?;
            let last = first.with_day(u32::from(first.num_days_in_month()))?;
            return Some((first, last));
        }
    };
    if parts.next().is_some() {
        return None;
    }
    let day = NaiveDate::from_ymd_opt(year, month, day)?;
    Some((day, day))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(text: &str) -> Option<NaiveDate> {
        Some(text.parse().expect("a day"))
    }

    #[test]
    fn each_kind_of_piece_is_told_apart() {
        let query = Query::parse(
            r#"Netværk "ny leder" tag:MUS -tag:"to ord" -løn from:2026-02 to:2026 -"i dag""#,
        );
        assert_eq!(query.words, ["netvaerk"]);
        assert_eq!(query.phrases, ["ny leder"]);
        assert_eq!(query.tags, [index::tag_mark("mus").expect("a mark")]);
        let to_ord = index::tag_mark("To ord").expect("a mark");
        assert_eq!(query.without, [to_ord, "loen".into(), "i dag".into()]);
        assert_eq!((query.from, query.to), (day("2026-02-01"), day("2026-12-31")));
    }

    #[test]
    fn a_month_ends_on_its_last_day() {
        assert_eq!(Query::parse("to:2024-02").to, day("2024-02-29"));
        assert_eq!(Query::parse("til:2026-1-5").to, day("2026-01-05"));
    }

    #[test]
    fn mistakes_in_the_syntax_leave_the_rest_standing() {
        for typed in ["ord \"", "ord tag:", "ord from:2026-13", "ord -", "ord to:i", "ord tag:\"\""]
        {
            let query = Query::parse(typed);
            assert_eq!(query, Query { words: vec!["ord".into()], ..Query::default() }, "{typed}");
        }
        assert_eq!(Query::parse("\"ny leder").phrases, ["ny leder"]);
        assert_eq!(Query::parse("»ny leder« x").phrases, ["ny leder"]);
        assert_eq!(Query::parse("fra:Mette til:mig").words, ["fra", "mette", "til", "mig"]);
        assert!(Query::parse(" - … \"\" ").is_empty());
    }

    proptest! {
        #[test]
        fn anything_can_be_read(typed in "(\\PC|[\"-:æ ]|tag:|from:|-){0,40}") {
            let query = Query::parse(&typed);
            for word in query.words.iter().chain(&query.phrases).chain(&query.without) {
                prop_assert!(!word.is_empty() && !word.contains('"'));
            }
        }
    }
}
