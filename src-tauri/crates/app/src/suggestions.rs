//! Which entries might be brought to a meeting: those that speak of what is on its agenda, those
//! that share a tag with what was brought before, those written since the last one, and the
//! starred ones.

use std::collections::{HashMap, HashSet};

use fristed_base::EntryId;
use fristed_calendar::{Meeting, Span};
use fristed_journal::{EntryRow, Filter, Journal};

use crate::convert;
use crate::error::AppError;
use crate::wire::network::{EntrySuggestion, SuggestedFor};

/// How many are suggested for each reason.
const EACH: usize = 6;
/// How many words of the agenda are looked for, and how many hits of each.
const WORDS: usize = 16;
const HITS: u32 = 20;
/// Letters below which a word says too little.
const SHORT: usize = 5;
/// How many of the latest entries may be those since the last meeting.
const LATEST: u32 = 50;

/// Words that stand on every agenda.
const EVERYWHERE: [&str; 26] = [
    "eventuelt",
    "velkomst",
    "velkommen",
    "siden",
    "sidst",
    "næste",
    "gang",
    "pause",
    "frokost",
    "opsamling",
    "afslutning",
    "runde",
    "bordet",
    "hvordan",
    "hvorfor",
    "hvilke",
    "hvilken",
    "skulle",
    "kunne",
    "welcome",
    "round",
    "break",
    "lunch",
    "closing",
    "which",
    "about",
];

/// The suggestions for a meeting, best reason first; each entry once.
pub(crate) fn entries(
    journal: &Journal,
    meeting: &Meeting,
    brought_before: &[EntryId],
) -> Result<Vec<EntrySuggestion>, AppError> {
    let mut left_out: HashSet<EntryId> = meeting.entries.iter().copied().collect();
    left_out.extend(meeting.reflection);
    let mut chosen = Chosen { left_out, all: Vec::new() };
    chosen.add(by_words(journal, meeting)?, SuggestedFor::Words);
    chosen.add(by_tags(journal, brought_before)?, SuggestedFor::Tags);
    chosen.add(since_last(journal, meeting)?, SuggestedFor::SinceLast);
    let starred = journal.page(&Filter::Starred, 0, LATEST)?.rows;
    chosen.add(starred, SuggestedFor::Starred);
    Ok(chosen.all)
}

struct Chosen {
    left_out: HashSet<EntryId>,
    all: Vec<EntrySuggestion>,
}

impl Chosen {
    fn add(&mut self, rows: Vec<EntryRow>, why: SuggestedFor) {
        let fresh = rows.into_iter().filter(|row| self.left_out.insert(row.id)).take(EACH);
        self.all.extend(fresh.map(|row| EntrySuggestion { row: convert::row(row), why }));
    }
}

/// Entries with the most words of the agenda and the questions, the newest first among equals.
fn by_words(journal: &Journal, meeting: &Meeting) -> Result<Vec<EntryRow>, AppError> {
    let mut found: HashMap<EntryId, (usize, EntryRow)> = HashMap::new();
    for word in words(meeting) {
        for hit in journal.search(&word, 0, HITS)?.hits {
            found.entry(hit.row.id).or_insert_with(|| (0, hit.row)).0 += 1;
        }
    }
    let mut found: Vec<(usize, EntryRow)> = found.into_values().collect();
    found.sort_by_key(|(count, row)| (std::cmp::Reverse(*count), std::cmp::Reverse(row.written)));
    Ok(found.into_iter().map(|(_, row)| row).collect())
}

/// The words of the agenda and the questions that say something, each once.
fn words(meeting: &Meeting) -> Vec<String> {
    let texts = meeting.agenda.iter().map(|item| item.title.as_str());
    let texts = texts.chain(meeting.questions.iter().map(|question| question.text.as_str()));
    let mut words: Vec<String> = Vec::new();
    for word in texts.flat_map(|text| text.split(|c: char| !c.is_alphabetic())) {
        let word = word.to_lowercase();
        let says = word.chars().count() >= SHORT && !EVERYWHERE.contains(&word.as_str());
        if says && !words.contains(&word) {
            words.push(word);
        }
    }
    words.truncate(WORDS);
    words
}

/// Entries with the tags that what was brought before has most often.
fn by_tags(journal: &Journal, brought_before: &[EntryId]) -> Result<Vec<EntryRow>, AppError> {
    let mut counts: HashMap<String, usize> = HashMap::new();
    for row in journal.rows(brought_before)? {
        for tag in row.tags {
            *counts.entry(tag).or_default() += 1;
        }
    }
    let mut tags: Vec<(String, usize)> = counts.into_iter().collect();
    tags.sort_by(|(a, n), (b, m)| m.cmp(n).then_with(|| a.cmp(b)));
    let mut found = Vec::new();
    for (tag, _) in tags.into_iter().take(3) {
        found.extend(journal.page(&Filter::Tag(tag), 0, HITS)?.rows);
    }
    Ok(found)
}

/// The entries written since the meeting before this one.
fn since_last(journal: &Journal, meeting: &Meeting) -> Result<Vec<EntryRow>, AppError> {
    let Some(previous) = &meeting.previous else {
        return Ok(Vec::new());
    };
    let mut rows = journal.page(&Filter::All, 0, LATEST)?.rows;
    rows.retain(|row| match previous.span {
        Span::Timed(start, _) => row.written.millis() >= start.timestamp_millis(),
        Span::Days(first, _) => row.written.day() >= first,
    });
    Ok(rows)
}
