//! A commitment in one line, understood: who, what, by when, in that order, in Danish or English.
//!
//! What is not understood stays in the text; nothing is lost. A name is recognised before a colon,
//! or at the beginning where it is one of the network's; without one the leader promised.

mod due;
#[cfg(test)]
mod tests;

use chrono::NaiveDate;

/// Who promised.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Who {
    /// The leader.
    Me,
    /// One of the names that were given, by its place.
    Known(usize),
    /// Somebody else, or everybody, by the name as written.
    Other(String),
}

/// A line, understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parsed {
    /// Who.
    pub who: Who,
    /// What.
    pub what: String,
    /// By when.
    pub due: Option<NaiveDate>,
}

/// Words for the leader herself.
const ME: [&str; 4] = ["jeg", "i", "mig", "me"];
/// Words for more than one.
const ALL: [&str; 8] = ["alle", "vi", "begge", "everybody", "everyone", "all", "we", "both"];
/// Words that stand between who and what and add nothing.
const MODAL: [&str; 5] = ["vil", "skal", "will", "shall", "'ll"];
/// The longest name before a colon, in words.
const NAME: usize = 4;

/// Understands a line. `names` are those of the network's members.
#[must_use]
pub fn parse(line: &str, today: NaiveDate, names: &[&str]) -> Parsed {
    let line = line.trim();
    let (due, text) = due::find(line, today);
    let (who, what) = who(&text, names);
    let what = tidied(what);
    if what.is_empty() {
        // Nothing but a name or a day: what was typed is what there is.
        return Parsed { who: Who::Me, what: line.to_owned(), due };
    }
    Parsed { who, what: what.to_owned(), due }
}

/// Without what stands between the parts.
fn tidied(text: &str) -> &str {
    text.trim_matches(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | ':' | '-' | '–' | '—'))
}

/// Who promised, and what is left of the line.
fn who<'a>(text: &'a str, names: &[&str]) -> (Who, &'a str) {
    if let Some((before, after)) = text.split_once(':') {
        let name = before.trim();
        let words = name.split_whitespace().count();
        let like_a_name = (1..=NAME).contains(&words) && !name.contains(|c: char| c.is_numeric());
        if like_a_name && !after.trim().is_empty() {
            return (named(name, names), after);
        }
    }
    if let Some((who, rest)) = known(text, names) {
        return (who, without_modal(rest));
    }
    let (first, rest) = first_word(text);
    let word = first.to_lowercase();
    if ME.contains(&word.as_str()) {
        return (Who::Me, without_modal(rest));
    }
    if ALL.contains(&word.as_str()) {
        return (Who::Other(first.to_owned()), without_modal(rest));
    }
    (Who::Me, text)
}

/// The first word, up to a space, a comma or an apostrophe, and the rest.
fn first_word(text: &str) -> (&str, &str) {
    let text = text.trim_start();
    let end = text.find(|c: char| c.is_whitespace() || matches!(c, ',' | '\'' | '’'));
    text.split_at(end.unwrap_or(text.len()))
}

/// Whom a name before a colon is.
fn named(name: &str, names: &[&str]) -> Who {
    if ME.contains(&name.to_lowercase().as_str()) {
        return Who::Me;
    }
    match known(name, names) {
        Some((who, "")) => who,
        _ => Who::Other(name.to_owned()),
    }
}

/// One of the names at the beginning of a text: whole, or the first name where one has it alone.
fn known<'a>(text: &'a str, names: &[&str]) -> Option<(Who, &'a str)> {
    let text = text.trim_start();
    let whole = names.iter().enumerate().filter_map(|(at, name)| {
        let rest = after(text, name.trim())?;
        Some((name.len(), at, rest))
    });
    if let Some((_, at, rest)) = whole.max_by_key(|(length, ..)| *length) {
        return Some((Who::Known(at), rest));
    }
    let mut firsts = names.iter().enumerate().filter_map(|(at, name)| {
        let first = name.split_whitespace().next()?;
        Some((at, after(text, first)?))
    });
    let (at, rest) = firsts.next()?;
    // Two with one first name: nobody knows which.
    firsts.next().is_none().then_some((Who::Known(at), rest))
}

/// What follows a name at the beginning of a text, whatever its case.
fn after<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    if name.is_empty() {
        return None;
    }
    let mut rest = text.chars();
    for wanted in name.chars() {
        let found = rest.next()?;
        if !found.to_lowercase().eq(wanted.to_lowercase()) {
            return None;
        }
    }
    let rest = rest.as_str();
    let ends = rest
        .chars()
        .next()
        .is_none_or(|c| c.is_whitespace() || matches!(c, ',' | ':' | '-' | '–' | '\'' | '’'));
    ends.then_some(rest)
}

/// The rest of a line without "will" and its like.
fn without_modal(rest: &str) -> &str {
    let rest = rest.trim_start();
    let typed = rest.strip_prefix('’').map(|rest| (rest, "'"));
    for modal in MODAL {
        let found = match typed {
            Some((rest, mark)) => modal.strip_prefix(mark).and_then(|modal| after(rest, modal)),
            None => after(rest, modal),
        };
        if let Some(found) = found {
            return found;
        }
    }
    rest
}
