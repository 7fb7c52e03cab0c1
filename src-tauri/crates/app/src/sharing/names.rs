//! Names of people in a text, found by three plain rules.
//!
//! A word is taken for a name where somebody in the leader's networks is called so, with or without
//! an ending for whose it is; or where it has a capital letter though no sentence begins with it,
//! and, once it was found so, wherever else it stands; or where it has a capital letter and is a
//! common given name. Words in capitals alone, and what Danish
//! and English always write with a capital letter, are left out. It is an aid, and misses names.

use std::collections::HashSet;

use unicode_segmentation::UnicodeSegmentation as _;

use super::given::is_given;
use crate::wire::sharing::{NameFound, NameRule};

/// First names that end in s, so that the s is not taken for an ending.
const WITH_S: [&str; 35] = [
    "agnes", "alexis", "anders", "andreas", "carlos", "claes", "claus", "dennis", "doris", "elias",
    "frans", "hans", "iris", "jens", "johannes", "jonas", "klaus", "klavs", "lars", "lis", "lucas",
    "lukas", "mads", "magnus", "marcus", "markus", "mathias", "matias", "moses", "niels", "nils",
    "rasmus", "thomas", "tobias", "villads",
];

/// What is written with a capital letter and is no name: the Danish "I", "De" and their forms, and
/// the English days, months and "I".
const NO_NAMES: [&str; 33] = [
    "i",
    "jer",
    "jeres",
    "de",
    "dem",
    "deres",
    "i'm",
    "i've",
    "i'd",
    "i'll",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "danish",
    "english",
    "gud",
    "god",
];

/// A word of a text.
struct Word<'a> {
    text: &'a str,
    from: usize,
    to: usize,
    /// A sentence may begin with it.
    opens: bool,
    /// Only a space is between it and the word before.
    joined: bool,
}

/// The names in a title and a text; `people` are the names of those in the networks.
pub(super) fn find(title: &str, body: &str, people: &[String]) -> Vec<NameFound> {
    let people: HashSet<String> = people
        .iter()
        .flat_map(|name| name.unicode_words())
        .map(str::to_lowercase)
        .filter(|word| word.chars().count() > 1)
        .collect();
    let mut found = Vec::new();
    let texts = [words(title), words(body)];
    let seen: HashSet<String> = texts
        .iter()
        .flatten()
        .filter(|word| !word.opens && is_name_like(word.text))
        .map(|word| base(word.text).to_lowercase())
        .collect();
    for (at, words) in texts.iter().enumerate() {
        let text = if at == 0 { title } else { body };
        let mut names: Vec<(usize, usize, String, NameRule)> = Vec::new();
        for word in words {
            let Some(why) = rule(word, &people, &seen) else { continue };
            let initials = initials(word.text, &people);
            match names.last_mut() {
                // A first name and a last name are one.
                Some(last) if word.joined && last.1 + 1 == word.from => {
                    last.1 = word.to;
                    last.2.push_str(&initials);
                    if why == NameRule::Member {
                        last.3 = why;
                    }
                }
                _ => names.push((word.from, word.to, initials, why)),
            }
        }
        let mut units = Units { text, byte: 0, unit: 0 };
        for (from, to, initials, why) in names {
            found.push(NameFound {
                in_title: at == 0,
                from: units.at(from),
                to: units.at(to),
                text: text[from..to].to_owned(),
                initials,
                why,
            });
        }
    }
    found
}

fn rule(word: &Word<'_>, people: &HashSet<String>, seen: &HashSet<String>) -> Option<NameRule> {
    if !word.text.starts_with(char::is_uppercase) {
        return None;
    }
    let lower = word.text.to_lowercase();
    let known = |name: &str| people.contains(name);
    if known(&lower) || ending(&lower).is_some_and(|ending| known(&lower[..ending])) {
        return Some(NameRule::Member);
    }
    let named = base(word.text).to_lowercase();
    let given = is_given(&lower) || is_given(&named);
    let found = is_name_like(word.text) && (given || seen.contains(&named));
    found.then_some(NameRule::Capital)
}

/// Whether a word looks like a name: a capital letter first, and others after it.
fn is_name_like(word: &str) -> bool {
    let mut letters = word.chars();
    letters.next().is_some_and(char::is_uppercase)
        && letters.any(char::is_lowercase)
        && !NO_NAMES.contains(&word.to_lowercase().as_str())
}

/// Where a word's ending for whose it is begins, in bytes; none where it has none.
fn ending(word: &str) -> Option<usize> {
    let lower = word.to_lowercase();
    for mark in ["'s", "’s", "'", "’"] {
        if lower.ends_with(mark) {
            return Some(word.len() - mark.len());
        }
    }
    let long = word.chars().count() > 2;
    (long && lower.ends_with('s') && !WITH_S.contains(&lower.as_str())).then(|| word.len() - 1)
}

fn base(word: &str) -> &str {
    ending(word).map_or(word, |at| &word[..at])
}

/// A name's first letter, with the ending that it had: `K.s` for `Karens`.
fn initials(word: &str, people: &HashSet<String>) -> String {
    let whole = people.contains(&word.to_lowercase());
    let end = if whole { "" } else { ending(word).map_or("", |at| &word[at..]) };
    let first: String = word.chars().take(1).collect();
    format!("{first}.{end}")
}

/// The words of a text in their order.
fn words(text: &str) -> Vec<Word<'_>> {
    let mut found: Vec<Word<'_>> = Vec::new();
    let mut end = 0;
    for (from, word) in text.unicode_word_indices() {
        let between = &text[end..from];
        let first = found.is_empty();
        let opens = first || between.contains(['.', '!', '?', ':', '\n', '…']) || {
            // After a mark of Markdown's or an opening quotation mark.
            let tail = between.trim_start();
            tail.ends_with(['"', '“', '”', '„', '»', '«', '‘', '(', '#', '>', '|'])
        };
        found.push(Word { text: word, from, to: from + word.len(), opens, joined: between == " " });
        end = from + word.len();
    }
    found
}

/// Counts UTF-16 units, as the page does, along a text.
struct Units<'a> {
    text: &'a str,
    byte: usize,
    unit: u32,
}

impl Units<'_> {
    fn at(&mut self, byte: usize) -> u32 {
        let units = self.text[self.byte..byte].encode_utf16().count();
        self.unit += u32::try_from(units).unwrap_or(u32::MAX);
        self.byte = byte;
        self.unit
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(body: &str, people: &[&str]) -> Vec<(String, String)> {
        let people: Vec<String> = people.iter().map(|&name| name.to_owned()).collect();
        let all = find("", body, &people);
        all.into_iter().map(|one| (one.text, one.initials)).collect()
    }

    fn pair(text: &str, initials: &str) -> (String, String) {
        (text.to_owned(), initials.to_owned())
    }

    #[test]
    fn a_member_is_found_also_where_a_sentence_begins_and_with_an_ending() {
        assert_eq!(
            found("Karen kom. Jeg så Karens mappe.", &["Karen Holm"]),
            [pair("Karen", "K."), pair("Karens", "K.s")]
        );
    }

    #[test]
    fn a_capital_inside_a_sentence_is_a_name_and_then_everywhere() {
        assert_eq!(
            found("Sofie ringede. Bagefter sagde Sofie nej til Aros.", &[]),
            [pair("Sofie", "S."), pair("Sofie", "S."), pair("Aros", "A.")].map(|it| {
                // "Aros" looks as if it had an ending.
                if it.0 == "Aros" { pair("Aros", "A.s") } else { it }
            })
        );
    }

    #[test]
    fn a_first_and_a_last_name_are_one() {
        assert_eq!(found("Det var Mette Krogh der kom.", &[]), [pair("Mette Krogh", "M.K.")]);
    }

    #[test]
    fn a_common_given_name_is_found_where_a_sentence_begins() {
        assert_eq!(
            found("Karen kom for sent. Karens mappe lå her. Jens gik.", &[]),
            [pair("Karen", "K."), pair("Karens", "K.s"), pair("Jens", "J.")]
        );
        assert_eq!(
            found("Hans mappe lå her. Line gik.", &[]).len(),
            2,
            "in doubt it is pointed out"
        );
    }

    #[test]
    fn beginnings_and_abbreviations_are_no_names() {
        for text in [
            "Vi mødtes. Derefter gik vi hjem.",
            "# Overskrift\n\n- Punkt\n- Andet punkt",
            "Vi talte om MUS og SFO.",
            "Kan I se det? Har De tid?",
            "Hun sagde: ”Nej tak.”",
        ] {
            assert_eq!(found(text, &[]), [], "{text}");
        }
    }

    #[test]
    fn a_name_that_ends_in_s_keeps_it() {
        assert_eq!(found("Så kom Jens.", &[]), [pair("Jens", "J.")]);
        assert_eq!(found("Så kom Mads.", &["Mads"]), [pair("Mads", "M.")]);
    }

    #[test]
    fn places_are_counted_as_the_page_counts_them() {
        let all = find("Om Karen", "😀 og Karen", &["Karen".to_owned()]);
        assert_eq!((all[0].in_title, all[0].from, all[0].to), (true, 3, 8));
        assert_eq!((all[1].in_title, all[1].from, all[1].to), (false, 6, 11));
    }
}
