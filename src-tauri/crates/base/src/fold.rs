//! Folding: the form in which words are compared.
//!
//! Compatibility decomposition (Unicode NFKD), lower case, marks removed; but æ becomes ae, ø oe,
//! and å, or an a with a ring in any spelling, aa: as they are written where a keyboard lacks
//! them. A word is a run of letters and digits; everything else separates words. Folded text has
//! single spaces between words and none at its ends.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The number of these rules. It grows whenever a text would fold to other words than before, be
/// it through a newer Unicode table, so that an index made by an older rule is built anew.
pub const FOLD_RULE: i64 = 1;

/// Longer runs of letters are cut here, in characters of folded text: a picture pasted as text
/// would otherwise be one word of a million letters.
const LONGEST_WORD: u32 = 256;

const RING_ABOVE: char = '\u{30A}';

/// Takes the folded characters in their order.
trait Sink {
    /// A character of a word, from the bytes `start..end` of the source.
    fn letter(&mut self, letter: char, start: usize, end: usize);
    /// A mark on the letter before it, that was dropped and ends at `end` in the source.
    fn mark(&mut self, end: usize);
    /// The end of a word.
    fn gap(&mut self);
}

/// Folds `text` and appends its words to `out`, with a space before each but the first.
pub fn fold_into(text: &str, out: &mut String) {
    let mut sink = Plain { out, gap: true };
    run(text, &mut sink);
}

/// Folds `text` to its words with single spaces between them.
#[must_use]
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 16);
    fold_into(text, &mut out);
    out
}

/// Folded text that knows where each of its bytes came from.
#[derive(Debug, Default)]
pub struct Folded {
    /// The words with single spaces between them.
    pub text: String,
    /// For each byte of `text`, the bytes of the source it stands for; empty for a space.
    sources: Vec<(u32, u32)>,
}

impl Folded {
    /// Folds `text`; sources beyond 4 GB are not kept apart.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let mut sink = Mapped { folded: Self::default(), gap: true };
        run(text, &mut sink);
        sink.folded
    }

    /// The bytes of the source that the bytes `start..end` of the folded text stand for.
    #[must_use]
    pub fn source(&self, start: usize, end: usize) -> (usize, usize) {
        let from = self.sources.get(start).map_or(0, |s| s.0);
        let to = self.sources.get(end.wrapping_sub(1)).map_or(from, |s| s.1);
        (from as usize, to.max(from) as usize)
    }
}

struct Plain<'a> {
    out: &'a mut String,
    gap: bool,
}

impl Sink for Plain<'_> {
    #[inline]
    fn letter(&mut self, letter: char, _start: usize, _end: usize) {
        if self.gap {
            if !self.out.is_empty() {
                self.out.push(' ');
            }
            self.gap = false;
        }
        self.out.push(letter);
    }

    fn mark(&mut self, _end: usize) {}

    #[inline]
    fn gap(&mut self) {
        self.gap = true;
    }
}

struct Mapped {
    folded: Folded,
    gap: bool,
}

impl Sink for Mapped {
    fn letter(&mut self, letter: char, start: usize, end: usize) {
        let place = (position(start), position(end));
        if self.gap {
            if !self.folded.text.is_empty() {
                self.folded.text.push(' ');
                self.folded.sources.push((place.0, place.0));
            }
            self.gap = false;
        }
        self.folded.text.push(letter);
        for _ in 0..letter.len_utf8() {
            self.folded.sources.push(place);
        }
    }

    fn mark(&mut self, end: usize) {
        if let (false, Some(last)) = (self.gap, self.folded.sources.last().copied()) {
            for source in self.folded.sources.iter_mut().rev().take_while(|s| **s == last) {
                source.1 = position(end);
            }
        }
    }

    fn gap(&mut self) {
        self.gap = true;
    }
}

fn position(offset: usize) -> u32 {
    u32::try_from(offset).unwrap_or(u32::MAX)
}

/// What the word so far ends with, as far as the next character asks.
#[derive(Clone, Copy, PartialEq)]
enum Last {
    /// The word is still empty.
    Nothing,
    /// An a that a ring may follow.
    BareA,
    /// Anything else.
    Other,
}

/// Between two words, or this many letters into one, and how that one ends.
struct Word {
    letters: u32,
    last: Last,
}

fn run(text: &str, sink: &mut impl Sink) {
    let mut word = Word { letters: 0, last: Last::Nothing };
    for (start, source) in text.char_indices() {
        let end = start + source.len_utf8();
        if source.is_ascii() {
            if source.is_ascii_alphanumeric() {
                put(sink, &mut word, source.to_ascii_lowercase(), start, end);
            } else {
                gap(sink, &mut word);
            }
            continue;
        }
        match source {
            'æ' | 'Æ' => pair(sink, &mut word, ['a', 'e'], start, end),
            'ø' | 'Ø' => pair(sink, &mut word, ['o', 'e'], start, end),
            'å' | 'Å' => pair(sink, &mut word, ['a', 'a'], start, end),
            _ => {
                for part in std::iter::once(source).nfkd() {
                    for lower in part.to_lowercase() {
                        piece(sink, &mut word, lower, start, end);
                    }
                }
            }
        }
    }
}

/// A decomposed, lower-case character, which may still be a mark.
fn piece(sink: &mut impl Sink, word: &mut Word, piece: char, start: usize, end: usize) {
    if is_combining_mark(piece) || is_joiner(piece) {
        if word.letters == 0 {
            return;
        }
        sink.mark(end);
        if piece == RING_ABOVE && word.last == Last::BareA {
            sink.letter('a', start, end);
            word.letters += 1;
            word.last = Last::Other;
        }
        return;
    }
    match piece {
        'æ' => pair(sink, word, ['a', 'e'], start, end),
        'ø' => pair(sink, word, ['o', 'e'], start, end),
        'œ' => pair(sink, word, ['o', 'e'], start, end),
        'ß' => pair(sink, word, ['s', 's'], start, end),
        'ð' | 'đ' => put(sink, word, 'd', start, end),
        'ł' => put(sink, word, 'l', start, end),
        'ı' => put(sink, word, 'i', start, end),
        // Greek writes one letter in two ways.
        'ς' => put(sink, word, 'σ', start, end),
        letter if letter.is_alphanumeric() => put(sink, word, letter, start, end),
        _ => gap(sink, word),
    }
}

/// Signs that shape a word without ending it: soft hyphen and the zero-width joiners.
const fn is_joiner(piece: char) -> bool {
    matches!(piece, '\u{AD}' | '\u{200C}' | '\u{200D}' | '\u{2060}' | '\u{FEFF}')
}

fn pair(sink: &mut impl Sink, word: &mut Word, letters: [char; 2], start: usize, end: usize) {
    put(sink, word, letters[0], start, end);
    put(sink, word, letters[1], start, end);
    word.last = Last::Other;
}

#[inline]
fn put(sink: &mut impl Sink, word: &mut Word, letter: char, start: usize, end: usize) {
    if word.letters >= LONGEST_WORD {
        gap(sink, word);
    }
    sink.letter(letter, start, end);
    word.letters += 1;
    word.last = if letter == 'a' { Last::BareA } else { Last::Other };
}

fn gap(sink: &mut impl Sink, word: &mut Word) {
    if word.letters > 0 {
        sink.gap();
        *word = Word { letters: 0, last: Last::Nothing };
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use unicode_normalization::UnicodeNormalization;

    use super::*;

    #[test]
    fn danish_letters_equal_their_spellings_in_two_letters() {
        assert_eq!(fold("Ærø, Ål og blåbærgrød"), "aeroe aal og blaabaergroed");
        assert_eq!(fold("Aeroe, Aal og blaabaergroed"), fold("Ærø, Ål og blåbærgrød"));
        assert_eq!(fold("ma\u{30A}l M\u{212B}L"), "maal maal");
        assert_eq!(fold("aå åa a\u{30A}\u{30A}"), "aaa aaa aa");
    }

    #[test]
    fn other_marks_and_case_do_not_count() {
        assert_eq!(fold("Café GÜNTER İstanbul ǻ ǿ"), "cafe gunter istanbul aa oe");
        assert_eq!(fold("ﬁnans Straße ΣΟΦΟΣ"), "finans strasse σοφοσ");
    }

    #[test]
    fn a_word_is_a_run_of_letters_and_digits() {
        assert_eq!(fold("  **MUS**-samtale, kl. 9.30!\r\n"), "mus samtale kl 9 30");
        assert_eq!(fold("sam\u{AD}tale"), "samtale");
        assert_eq!(fold("😀 – …"), "");
    }

    #[test]
    fn an_endless_word_is_cut() {
        let folded = fold(&"x".repeat(1000));
        assert!(folded.split(' ').all(|word| word.len() <= 256));
        assert_eq!(folded.replace(' ', "").len(), 1000);
    }

    #[test]
    fn a_place_in_folded_text_leads_back_to_the_source() {
        let source = "Vi så «På tur» i ma\u{30A}l";
        let folded = Folded::new(source);
        let at = |needle: &str| {
            let start = folded.text.find(needle).expect("it is there");
            let (from, to) = folded.source(start, start + needle.len());
            &source[from..to]
        };
        assert_eq!(at("saa"), "så");
        assert_eq!(at("pa"), "På");
        assert_eq!(at("maal"), "ma\u{30A}l");
        assert_eq!(at("tur"), "tur");
    }

    /// Every character's folding in one number; where a newer Unicode table changes it,
    /// [`FOLD_RULE`] must grow.
    #[test]
    fn the_rule_number_stands_for_this_folding() {
        let mut hash = blake3::Hasher::new();
        for c in '\0'..=char::MAX {
            hash.update(fold(&format!("x{c}y")).as_bytes());
            hash.update(b"\n");
        }
        assert_eq!((FOLD_RULE, &hash.finalize().to_hex()[..16]), (1, "ce4397de8a5fde0f"));
    }

    proptest! {
        #[test]
        fn both_foldings_agree_and_the_map_stays_on_character_borders(source in "\\PC{0,60}") {
            let folded = Folded::new(&source);
            prop_assert_eq!(&folded.text, &fold(&source));
            prop_assert_eq!(folded.text.len(), folded.sources.len());
            let mut start = 0;
            for c in folded.text.chars() {
                let (from, to) = folded.source(start, start + c.len_utf8());
                prop_assert!(source.is_char_boundary(from) && source.is_char_boundary(to));
                start += c.len_utf8();
            }
        }

        #[test]
        fn folding_twice_changes_nothing(source in "\\PC{0,60}") {
            let once = fold(&source);
            prop_assert_eq!(fold(&once), once);
        }

        #[test]
        fn composed_and_decomposed_text_fold_alike(source in "[a-zæøåÆØÅéüñ ]{0,40}") {
            let decomposed: String = source.nfd().collect();
            prop_assert_eq!(fold(&source), fold(&decomposed));
        }
    }
}
