//! `import` of a calendar file: the events that can be read come in, the rest is named.

use fristed_app::CalendarImport;
use fristed_app::wire::calendar::{BadLine, BadLineReason};
use serde::Serialize;

use super::import::counted;
use crate::args::Import;
use crate::failure::Failure;
use crate::session::{self, Session};

#[derive(Serialize)]
struct DoneJson<'a> {
    #[serde(skip_serializing_if = "is_false")]
    dry_run: bool,
    added: u32,
    changed: u32,
    already_here: u32,
    first_day: Option<&'a str>,
    last_day: Option<&'a str>,
    skipped: u32,
    bad_lines: &'a [BadLine],
    unknown_zones: &'a [String],
}

#[allow(clippy::trivially_copy_pass_by_ref)]
const fn is_false(it: &bool) -> bool {
    !*it
}

/// Whether the file to import is a calendar's.
pub(super) fn is_one(args: &Import) -> bool {
    let ending = args.path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
    let known = ["ics", "ical", "ifb", "vcs"];
    args.calendar.is_some() || known.iter().any(|one| ending.eq_ignore_ascii_case(one))
}

pub(super) fn run(args: &Import, session: &mut Session) -> Result<(), Failure> {
    session.open()?;
    let (name, now) = (args.calendar.as_deref(), session.now());
    let done = session.fristed.calendar_import(&args.path, name, args.dry_run, now)?;
    for line in &done.bad_lines {
        session::tell(&said(line, session));
    }
    for zone in &done.unknown_zones {
        session::tell(&session.phrases.unknown_zone.replace("{}", zone));
    }
    if session.common.json {
        return session.out.json(&DoneJson {
            dry_run: args.dry_run,
            added: done.added,
            changed: done.changed,
            already_here: done.already_here,
            first_day: done.first_day.as_deref(),
            last_day: done.last_day.as_deref(),
            skipped: done.skipped,
            bad_lines: &done.bad_lines,
            unknown_zones: &done.unknown_zones,
        });
    }
    tell(&done, session)?;
    if args.dry_run { session.out.line(session.phrases.dry_run) } else { Ok(()) }
}

fn tell(done: &CalendarImport, session: &mut Session) -> Result<(), Failure> {
    let [new, changed, here, left_out] = session.phrases.events;
    counted(done.added, new, session)?;
    if let (Some(first), Some(last)) = (&done.first_day, &done.last_day) {
        let days = session.phrases.days.replace("{a}", first).replace("{b}", last);
        session.out.line(&format!("        {days}"))?;
    }
    counted(done.changed, changed, session)?;
    counted(done.already_here, here, session)?;
    counted(done.skipped, left_out, session)
}

fn said(line: &BadLine, session: &Session) -> String {
    let reason = match line.reason {
        BadLineReason::NoStart => 0,
        BadLineReason::NoUid => 1,
        BadLineReason::BadRule => 2,
        BadLineReason::Unbalanced => 3,
        BadLineReason::Unreadable => 4,
        BadLineReason::NotAnEvent => 5,
    };
    let why = session.phrases.bad_reasons[reason];
    session.phrases.bad_line.replace("{line}", &line.line.to_string()).replace("{why}", why)
}
