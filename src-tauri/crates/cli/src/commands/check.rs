//! `check`: the whole store, page by page.

use fristed_app::terminal::{Finding, Subject};
use serde::Serialize;

use crate::failure::Failure;
use crate::session::Session;

#[derive(Serialize)]
struct Report {
    whole: bool,
    checks: Vec<Line>,
}

#[derive(Serialize)]
struct Line {
    check: Subject,
    whole: bool,
    damaged: u32,
}

pub(super) fn run(session: &mut Session) -> Result<(), Failure> {
    session.open()?;
    let findings = session.fristed.check()?;
    let whole = findings.iter().all(Finding::is_whole);
    if session.common.json {
        let checks = findings
            .iter()
            .map(|f| Line { check: f.subject, whole: f.is_whole(), damaged: f.damaged })
            .collect();
        session.out.json(&Report { whole, checks })?;
    } else {
        let width = findings.iter().map(|f| name(f.subject, session).chars().count()).max();
        for finding in &findings {
            let (name, width) = (name(finding.subject, session), width.unwrap_or(0));
            let state = if finding.is_whole() {
                session.phrases.whole.to_owned()
            } else {
                format!("{} ({})", session.phrases.damaged, finding.damaged)
            };
            session.out.line(&format!("{name:<width$}  {state}"))?;
        }
    }
    if whole { Ok(()) } else { Err(Failure::DamageFound) }
}

fn name(subject: Subject, session: &Session) -> &'static str {
    let names = &session.phrases.checks;
    match subject {
        Subject::Pages => names.pages,
        Subject::Structure => names.structure,
        Subject::References => names.references,
        Subject::Keys => names.keys,
        Subject::Search => names.search,
        Subject::Attachments => names.attachments,
    }
}
