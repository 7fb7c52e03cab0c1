//! `search`: what was written, found again.

use fristed_app::wire::Span;

use super::list;
use crate::args::Search;
use crate::failure::Failure;
use crate::out::{HitJson, harmless, plain};
use crate::session::{self, Session};

/// How many hits are fetched at once.
const STEP: u32 = 500;

pub(super) fn run(args: &Search, session: &mut Session) -> Result<(), Failure> {
    session.open()?;
    let mut query = args.query.clone();
    for word in &args.more {
        query.push(' ');
        query.push_str(word);
    }
    if session.common.json {
        as_json(&query, args.limit, session)
    } else {
        as_lines(&query, args.limit, session)
    }
}

fn as_json(query: &str, limit: Option<u32>, session: &mut Session) -> Result<(), Failure> {
    let mut array = session.out.array()?;
    session.fristed.hit_each(query, limit, &mut |entry, excerpt| {
        array.push(&HitJson::new(&entry, &plain(excerpt)))
    })?;
    array.end()
}

fn as_lines(query: &str, limit: Option<u32>, session: &mut Session) -> Result<(), Failure> {
    let mut shown = 0;
    let mut more = true;
    while more && limit.is_none_or(|limit| shown < limit) {
        let step = limit.map_or(STEP, |limit| STEP.min(limit - shown));
        let found = session.fristed.search(query, shown, step)?;
        more = found.more && !found.hits.is_empty();
        for hit in &found.hits {
            session.out.line(&list::line(&hit.row, session.phrases.untitled))?;
            let excerpt = marked(&hit.excerpt, session.out.terminal);
            if !excerpt.trim().is_empty() {
                session.out.line(&format!("    {excerpt}"))?;
            }
            shown += 1;
        }
    }
    if shown == 0 && limit != Some(0) {
        session::tell(session.phrases.no_hits);
    }
    Ok(())
}

/// The excerpt on one line, what was found in bold where a terminal shows it.
fn marked(spans: &[Span], terminal: bool) -> String {
    let mut line = String::new();
    for span in spans {
        let text = harmless(&span.text.replace(['\r', '\n', '\t'], " "));
        if terminal && span.hit {
            line.push_str(&format!("\u{1b}[1m{text}\u{1b}[0m"));
        } else {
            line.push_str(&text);
        }
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_found_is_bold_on_a_terminal_only() {
        let spans =
            [Span { text: "om\n".into(), hit: false }, Span { text: "netværk".into(), hit: true }];
        assert_eq!(marked(&spans, false), "om netværk");
        assert_eq!(marked(&spans, true), "om \u{1b}[1mnetværk\u{1b}[0m");
    }
}
