//! Marking what was looked for, and cutting out the place that shows most of it.

use unicode_segmentation::GraphemeCursor;

use super::expand::is_part;
use super::fold::Folded;
use super::query::Query;
use crate::markdown;
use crate::model::Span;

/// About how long an excerpt is, in bytes.
const LENGTH: usize = 180;
/// About how much of it stands before the first hit, in bytes.
const BEFORE: usize = 50;
/// The most hits that are weighed for the best place.
const WEIGHED: usize = 400;

/// What to mark in folded text.
enum Pattern {
    /// Anywhere in a word.
    Part(String),
    /// At the beginning of a word.
    Start(String),
    /// From the beginning of a word to the end of one.
    Whole(String),
}

/// A place to mark: which pattern, where in the source, and whether it is a whole word.
struct Place {
    pattern: usize,
    start: usize,
    end: usize,
    whole: bool,
}

/// Marks what a query looks for.
pub(super) struct Marker {
    patterns: Vec<Pattern>,
}

impl Marker {
    /// What the words and phrases of a query ask to mark.
    pub(super) fn new(query: &Query) -> Self {
        let words = query.words.iter().cloned();
        let words = words.map(|w| if is_part(&w) { Pattern::Part(w) } else { Pattern::Start(w) });
        let phrases = query.phrases.iter().cloned().map(Pattern::Whole);
        Self { patterns: words.chain(phrases).collect() }
    }

    /// The whole text with the hits marked.
    pub(super) fn whole(&self, text: &str) -> Vec<Span> {
        let places = self.places(text);
        spans(text, 0, text.len(), &places)
    }

    /// The place in a Markdown text that shows most, without marks of Markdown; `otherwise` where
    /// nothing is to be marked in it.
    pub(super) fn excerpt(&self, body: &str, otherwise: &str) -> Vec<Span> {
        for text in [markdown::plain(body), markdown::one_line(body)] {
            let places = self.places(&text);
            if !places.is_empty() {
                return best(&text, &places);
            }
        }
        self.whole(otherwise)
    }

    /// Every place to mark, in order; on whole graphemes.
    fn places(&self, text: &str) -> Vec<Place> {
        if self.patterns.is_empty() {
            return Vec::new();
        }
        let folded = Folded::new(text);
        let words = folded.text.as_bytes();
        let mut places = Vec::new();
        for (number, pattern) in self.patterns.iter().enumerate() {
            let (Pattern::Part(wanted) | Pattern::Start(wanted) | Pattern::Whole(wanted)) = pattern;
            for (at, _) in folded.text.match_indices(wanted.as_str()) {
                let end = at + wanted.len();
                let starts = at == 0 || words[at - 1] == b' ';
                let ends = end == words.len() || words[end] == b' ';
                let fits = match pattern {
                    Pattern::Part(_) => true,
                    Pattern::Start(_) => starts,
                    Pattern::Whole(_) => starts && ends,
                };
                if fits {
                    let (from, to) = folded.source(at, end);
                    let (from, to) = (grapheme_before(text, from), grapheme_after(text, to));
                    places.push(Place {
                        pattern: number,
                        start: from,
                        end: to,
                        whole: starts && ends,
                    });
                }
            }
        }
        places.sort_by_key(|place| (place.start, place.end));
        places
    }
}

/// The nearest border between graphemes at or before a place.
fn grapheme_before(text: &str, at: usize) -> usize {
    let mut cursor = GraphemeCursor::new(at, text.len(), true);
    match cursor.is_boundary(text, 0) {
        Ok(true) => at,
        _ => cursor.prev_boundary(text, 0).ok().flatten().unwrap_or(0),
    }
}

/// The nearest border between graphemes at or after a place.
fn grapheme_after(text: &str, at: usize) -> usize {
    let mut cursor = GraphemeCursor::new(at, text.len(), true);
    match cursor.is_boundary(text, 0) {
        Ok(true) => at,
        _ => cursor.next_boundary(text, 0).ok().flatten().unwrap_or(text.len()),
    }
}

/// The stretch of text that shows most of the places.
fn best(text: &str, places: &[Place]) -> Vec<Span> {
    let considered = &places[..places.len().min(WEIGHED)];
    let room = LENGTH - BEFORE;
    let mut first = 0;
    let mut most = 0;
    for (number, place) in considered.iter().enumerate() {
        let mut seen: Vec<(usize, bool)> = Vec::new();
        for other in considered[number..].iter().take_while(|o| o.end <= place.start + room) {
            match seen.iter_mut().find(|(pattern, _)| *pattern == other.pattern) {
                Some((_, whole)) => *whole |= other.whole,
                None => seen.push((other.pattern, other.whole)),
            }
        }
        let worth: usize = seen.iter().map(|(_, whole)| if *whole { 3 } else { 2 }).sum();
        if worth > most {
            (first, most) = (number, worth);
        }
    }
    let hit = &places[first];
    let start = word_start(text, hit.start, BEFORE);
    let end = word_end(text, hit.end, (start + LENGTH).max(hit.end));
    spans(text, start, end, places)
}

/// A place at most `room` before `at` where a word begins; where no word does, where a grapheme
/// does.
fn word_start(text: &str, at: usize, room: usize) -> usize {
    let Some(earliest) = at.checked_sub(room) else { return 0 };
    let earliest = grapheme_after(text, next_char(text, earliest));
    if earliest >= at {
        return at;
    }
    text[earliest..at].find(' ').map_or(earliest, |blank| earliest + blank + 1)
}

/// A place between `from` and `latest` where a word ends; where no word does, where a grapheme
/// does.
fn word_end(text: &str, from: usize, latest: usize) -> usize {
    if latest >= text.len() {
        return text.len();
    }
    let mut latest = latest;
    while !text.is_char_boundary(latest) {
        latest -= 1;
    }
    let latest = grapheme_before(text, latest).max(from);
    text[from..latest].rfind(' ').map_or(latest, |blank| from + blank)
}

fn next_char(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at += 1;
    }
    at
}

/// The text from `start` to `end` in pieces, with `…` where it was cut.
fn spans(text: &str, start: usize, end: usize, places: &[Place]) -> Vec<Span> {
    let mut spans: Vec<Span> = Vec::new();
    let mut push = |text: &str, hit: bool| {
        if text.is_empty() {
            return;
        }
        match spans.last_mut() {
            Some(last) if last.hit == hit => last.text.push_str(text),
            _ => spans.push(Span { text: text.to_owned(), hit }),
        }
    };
    if start > 0 {
        push("…", false);
    }
    let mut at = start;
    for place in places.iter().filter(|place| place.end > start && place.start < end) {
        let (from, to) = (place.start.max(at), place.end.min(end));
        if from < to {
            push(&text[at..from], false);
            push(&text[from..to], true);
            at = to;
        }
    }
    push(&text[at..end], false);
    if end < text.len() {
        push("…", false);
    }
    spans
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn show(spans: &[Span]) -> String {
        spans.iter().map(|s| if s.hit { format!("[{}]", s.text) } else { s.text.clone() }).collect()
    }

    fn marked(query: &str, text: &str) -> String {
        show(&Marker::new(&Query::parse(query)).excerpt(text, "ellers"))
    }

    #[test]
    fn parts_of_words_are_marked_in_the_original_letters() {
        assert_eq!(
            marked("netvaerk", "Efter **Ledernetværket** i dag"),
            "Efter Leder[netværk]et i dag"
        );
        assert_eq!(marked("på", "Op paa og PÅ, spå"), "Op [paa] og [PÅ], s[på]");
        assert_eq!(marked("aa", "så aa åbent"), "så [aa] [å]bent");
        assert_eq!(marked("ny", "en ny, fornyet nyhed"), "en [ny], fornyet [ny]hed");
    }

    #[test]
    fn a_phrase_is_marked_as_a_whole_and_only_whole() {
        assert_eq!(
            marked("\"ny leder\"", "En ny *leder* og nye ledere"),
            "En [ny leder] og nye ledere"
        );
    }

    #[test]
    fn the_best_place_shows_most_of_what_was_asked() {
        let far = "fyld ".repeat(100);
        let text = format!("møde {far} møde med netværket {far}");
        let shown = marked("møde netværk", &text);
        assert!(shown.contains("[møde] med [netværk]et"), "{shown}");
        assert!(shown.starts_with('…') && shown.ends_with('…'));
    }

    #[test]
    fn a_hit_in_a_link_target_is_still_shown() {
        assert_eq!(
            marked("kommune", "Se [planen](https://kommune.example)"),
            "Se [planen](https://[kommune].example)"
        );
    }

    #[test]
    fn where_nothing_is_found_the_first_words_stand() {
        assert_eq!(marked("tag:x", "noget"), "ellers");
    }

    #[test]
    fn no_sign_made_of_several_characters_is_cut() {
        let family = "👩\u{200D}👩\u{200D}👧";
        let text = format!("{}ord{}", family.repeat(40), family.repeat(40));
        let shown = Marker::new(&Query::parse("ord")).excerpt(&text, "");
        for span in &shown {
            let rest = span.text.replace(family, "").replace('…', "");
            assert!(rest.is_empty() || rest == "ord", "{rest:?}");
        }
    }

    proptest! {
        #[test]
        fn the_pieces_of_a_whole_text_are_the_text(
            text in "(\\PC|[aåæ ]){0,60}", query in "[aeåo ]{1,6}"
        ) {
            let spans = Marker::new(&Query::parse(&query)).whole(&text);
            prop_assert_eq!(spans.iter().map(|s| s.text.as_str()).collect::<String>(), text);
        }

        #[test]
        fn an_excerpt_is_never_long(text in "(\\PC|[aåæ\\n ]){0,400}", query in "[aeåo ]{1,6}") {
            let spans = Marker::new(&Query::parse(&query)).excerpt(&text, "");
            let length: usize = spans.iter().map(|s| s.text.len()).sum();
            prop_assert!(length <= 4 * LENGTH);
        }
    }
}
