//! Where a Markdown text is code, in which nothing else is meant (CommonMark 0.31, sections 4.5
//! and 6.1).

use std::ops::Range;

/// The fenced code blocks (CommonMark, section 4.5), fences included.
pub(crate) fn fences(text: &str) -> Vec<Range<usize>> {
    let mut blocks = Vec::new();
    let mut open: Option<(usize, u8, usize)> = None;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let bare = line.trim_start_matches([' ', '\t', '>']);
        let mark = bare.as_bytes().first().copied().unwrap_or(0);
        let run = bare.bytes().take_while(|b| *b == mark).count();
        match open {
            None if run >= 3 && opens_fence(mark, &bare[run..]) => open = Some((at, mark, run)),
            Some((start, fence, length))
                if mark == fence && run >= length && bare[run..].trim().is_empty() =>
            {
                blocks.push(start..at + line.len());
                open = None;
            }
            _ => {}
        }
        at += line.len();
    }
    if let Some((start, ..)) = open {
        blocks.push(start..text.len());
    }
    blocks
}

/// Whether this run of marks, with what stands after it, opens a fence.
fn opens_fence(mark: u8, after: &str) -> bool {
    mark == b'~' || (mark == b'`' && !after.contains('`'))
}

/// The longest run of backticks that is taken as a code span's mark.
const LONGEST_RUN: usize = 8;

/// The code spans between two fenced blocks, told one by one from left to right.
pub(crate) struct Spans<'a> {
    bytes: &'a [u8],
    end: usize,
    /// For each length of run: there is none of it from here to there.
    none: [Range<usize>; LONGEST_RUN + 1],
}

impl<'a> Spans<'a> {
    pub(crate) fn new(text: &'a str, end: usize) -> Self {
        Self { bytes: text.as_bytes(), end, none: std::array::from_fn(|_| 0..0) }
    }

    /// The end of the code span or the run of backticks that begins here.
    pub(crate) fn end_of(&mut self, at: usize) -> usize {
        let run = self.run(at);
        let after = at + run;
        if run > LONGEST_RUN || self.none[run].contains(&after) {
            return after;
        }
        let mut next = after;
        while next < self.end {
            match self.bytes[next] {
                b'`' => {
                    let other = self.run(next);
                    next += other;
                    if other == run {
                        return next;
                    }
                }
                b'\n' if self.blank_line(next + 1) => break,
                _ => next += 1,
            }
        }
        self.none[run] = after..next.max(after + 1);
        after
    }

    fn run(&self, at: usize) -> usize {
        self.bytes[at..self.end].iter().take_while(|b| **b == b'`').count()
    }

    fn blank_line(&self, at: usize) -> bool {
        self.bytes[at.min(self.end)..self.end]
            .iter()
            .find(|b| !matches!(b, b' ' | b'\t' | b'\r'))
            .is_none_or(|b| *b == b'\n')
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The one block of a text.
    fn only(text: &str) -> Option<Range<usize>> {
        let mut blocks = fences(text);
        let one = blocks.pop()?;
        blocks.is_empty().then_some(one)
    }

    #[test]
    fn fences_end_where_they_are_closed_or_with_the_text() {
        assert_eq!(only("a\n```\nb\n```\nc"), Some(2..12));
        assert_eq!(only("~~~ `x`\n```\n~~~"), Some(0..15));
        assert_eq!(only("```a`b\n```"), Some(7..10));
        assert_eq!(only("> ```\n> a"), Some(0..9));
    }

    #[test]
    fn a_span_ends_at_a_run_of_its_own_length_in_its_paragraph() {
        let end = |text: &str| Spans::new(text, text.len()).end_of(0);
        assert_eq!(end("`a`b`"), 3);
        assert_eq!(end("``a`b``c"), 7);
        assert_eq!(end("`a\nb`"), 5);
        assert_eq!(end("`a\n\nb`"), 1, "it is a backtick and no code");
    }
}
