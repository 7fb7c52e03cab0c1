//! Finding the entries of a page, tier by tier.
//!
//! The first tier is one match against the index. In the second, every term stands for all words
//! that contain it. Few words join the match as an OR. A term with more words would make the index
//! look up each of them, but then it is as a rule in many entries too: there the newest entries
//! that match the rest are read and looked through until the page is full. Where they turn out to
//! have it too seldom for that, the words are looked up after all, for what is older than the
//! entries looked through.

use rusqlite::Connection;

use super::expand::Expansion;
use super::fold::fold_into;
use super::index::EVERY;
use super::query::Query;
use crate::error::Result;
use crate::table::entry::{self, EntryNo};
use crate::table::word_index::{self, Range};
use crate::table::{tag, word};

/// The most words that join a match at first.
const MATCHED_WORDS: usize = 200;
/// After so many entries looked through, and every so many more, it is asked whether to go on.
const LOOKED_THROUGH: usize = 256;
/// As many entries as may be looked through for a page, going by how many of them had the terms.
const WORTH_LOOKING: usize = 4_000;
/// The most words of one term that are ever looked up; a term with more is in most entries.
const LOOKED_UP: usize = 20_000;

/// A hit: which entry, where it stands in time, and whether it has every word whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) no: EntryNo,
    pub(super) ord: i64,
    pub(super) whole: bool,
}

/// The entries `offset..offset + limit` that match, best first.
pub(super) fn find(
    c: &Connection,
    query: &Query,
    offset: usize,
    limit: usize,
) -> Result<Vec<Found>> {
    let Some(range) = range(query) else { return Ok(Vec::new()) };
    let mut whole = true;
    for word in &query.words {
        whole = whole && word::entries(c, word)? > 0;
    }
    let exact = exact(query);
    let mut found = Vec::new();
    let mut before = 0;
    if whole {
        let text = but_for(&exact, &query.without);
        found = hits(c, &text, range, (offset, limit), true)?;
        if found.len() == limit || query.words.is_empty() {
            return Ok(found);
        }
        before = if found.is_empty() && offset > 0 {
            word_index::count(c, &text, range)?
        } else {
            offset + found.len()
        };
    }

    let mut expansions = Vec::with_capacity(query.words.len());
    for word in &query.words {
        let expansion = Expansion::of(c, word, MATCHED_WORDS)?;
        if expansion.complete && expansion.words.is_empty() {
            return Ok(found);
        }
        expansions.push(expansion);
    }
    if expansions.iter().all(Expansion::is_exact) {
        return Ok(found);
    }
    let mut without = query.without.clone();
    if whole {
        without.push(exact);
    }
    let parts = Parts { query, expansions, without, range };
    let (skip, want) = (offset.saturating_sub(before), limit - found.len());
    found.extend(parts.find(c, skip, want)?);
    Ok(found)
}

fn hits(
    c: &Connection,
    text: &str,
    range: Range,
    (offset, limit): (usize, usize),
    whole: bool,
) -> Result<Vec<Found>> {
    let found = word_index::hits(c, text, range, offset, limit)?;
    Ok(found.into_iter().map(|(no, ord)| Found { no, ord, whole }).collect())
}

/// The places of the days asked for; none where the last is before the first.
pub(super) fn range(query: &Query) -> Option<Range> {
    let place = |day: chrono::NaiveDate| day.and_time(chrono::NaiveTime::MIN).and_utc().timestamp();
    let first = query.from.map_or(i64::MIN, place);
    let last = query.to.map_or(i64::MAX, |day| entry::day_places(place(day)).1);
    (first <= last).then_some((first, last))
}

fn quoted(words: &str) -> String {
    if words.starts_with('(') { words.to_owned() } else { format!("\"{words}\"") }
}

fn joined<'a>(words: impl Iterator<Item = &'a str>, by: &str) -> String {
    let mut out = String::from("(");
    for word in words {
        if out.len() > 1 {
            out.push_str(by);
        }
        out.push_str(&quoted(word));
    }
    out.push(')');
    out
}

/// What must be there besides the words; everything has the mark [`EVERY`].
fn rest(query: &Query) -> impl Iterator<Item = &str> {
    query.phrases.iter().chain(&query.tags).map(String::as_str)
}

/// The match of the first tier, before anything is excluded.
fn exact(query: &Query) -> String {
    let all: Vec<&str> = query.words.iter().map(String::as_str).chain(rest(query)).collect();
    if all.is_empty() { joined([EVERY].into_iter(), "") } else { joined(all.into_iter(), " AND ") }
}

fn but_for(matched: &str, without: &[String]) -> String {
    if without.is_empty() {
        return matched.to_owned();
    }
    format!("({matched} NOT {})", joined(without.iter().map(String::as_str), " OR "))
}

/// The second tier of a search.
struct Parts<'a> {
    query: &'a Query,
    expansions: Vec<Expansion>,
    without: Vec<String>,
    range: Range,
}

impl Parts<'_> {
    fn find(mut self, c: &Connection, skip: usize, want: usize) -> Result<Vec<Found>> {
        self.expansions.sort_by_key(|e| if e.complete { e.words.len() } else { usize::MAX });
        let matched = self.affordable();
        if matched == self.expansions.len() {
            return hits(c, &self.text(matched), self.range, (skip, want), false);
        }
        self.look_through(c, matched, skip, want)
    }

    /// How many of the terms, those with the fewest words first, may join the match.
    fn affordable(&self) -> usize {
        let mut words = 0;
        self.expansions
            .iter()
            .take_while(|e| {
                words += e.words.len();
                e.complete && words <= MATCHED_WORDS
            })
            .count()
    }

    /// The match in which the first `matched` terms stand for all their words.
    fn text(&self, matched: usize) -> String {
        let terms: Vec<String> = self.expansions[..matched]
            .iter()
            .map(|e| joined(e.words.iter().map(String::as_str), " OR "))
            .collect();
        let mut all: Vec<&str> = terms.iter().map(String::as_str).chain(rest(self.query)).collect();
        if all.is_empty() {
            all.push(EVERY);
        }
        but_for(&joined(all.into_iter(), " AND "), &self.without)
    }

    /// Reads what matches the first terms, newest first, and keeps what has the others too.
    fn look_through(
        mut self,
        c: &Connection,
        matched: usize,
        skip: usize,
        want: usize,
    ) -> Result<Vec<Found>> {
        let mut page = Filling { skip, want, skipped: 0, found: Vec::new() };
        let Some(older) = self.fill(c, matched, self.range, &mut page, true)? else {
            return Ok(page.found);
        };
        for other in &mut self.expansions[matched..] {
            *other = Expansion::of(c, &other.term, LOOKED_UP)?;
        }
        if self.expansions.iter().all(|e| e.complete) {
            let text = self.text(self.expansions.len());
            let (skip, want) = (skip - page.skipped, want - page.found.len());
            page.found.extend(hits(c, &text, older, (skip, want), false)?);
        } else {
            self.fill(c, matched, older, &mut page, false)?;
        }
        Ok(page.found)
    }

    /// Looks through a range until the page is full; gives what is left of the range where that
    /// would take too long, if it `ends` for that at all.
    fn fill(
        &self,
        c: &Connection,
        matched: usize,
        range: Range,
        page: &mut Filling,
        ends: bool,
    ) -> Result<Option<Range>> {
        let others = &self.expansions[matched..];
        let (mut seen, mut left) = (0, None);
        word_index::stream(c, &self.text(matched), range, |ord| {
            let wanted = page.skip + page.want;
            let hits = page.skipped + page.found.len();
            if ends && seen % LOOKED_THROUGH == LOOKED_THROUGH - 1 {
                // At this rate the page is full after `wanted * seen / hits` entries.
                if wanted * seen > hits * WORTH_LOOKING {
                    left = Some((range.0, ord));
                    return Ok(false);
                }
            }
            seen += 1;
            if let Some(no) = has_all(c, ord, others)? {
                page.take(Found { no, ord, whole: false });
            }
            Ok(page.found.len() < page.want)
        })?;
        Ok(left)
    }
}

/// A page that is being filled.
struct Filling {
    skip: usize,
    want: usize,
    skipped: usize,
    found: Vec<Found>,
}

impl Filling {
    fn take(&mut self, hit: Found) {
        if self.skipped < self.skip {
            self.skipped += 1;
        } else {
            self.found.push(hit);
        }
    }
}

/// The entry at this place, where title, text and tags together have all these terms.
fn has_all(c: &Connection, ord: i64, terms: &[Expansion]) -> Result<Option<EntryNo>> {
    let mut folded = String::new();
    let no = word_index::text_at(c, ord, |no, title, body| {
        fold_into(title, &mut folded);
        fold_into(body, &mut folded);
        no
    })?;
    if !terms.iter().all(|term| term.is_in(&folded)) {
        for tag in tag::of_entry(c, no)? {
            fold_into(&tag, &mut folded);
        }
        if !terms.iter().all(|term| term.is_in(&folded)) {
            return Ok(None);
        }
    }
    Ok(Some(no))
}
