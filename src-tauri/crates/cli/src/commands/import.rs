//! `import`: an old journal comes along, all of it or nothing.

use fristed_app::wire::{ImportDone, ImportFormat, ImportPreview, SkipReason, Skipped};
use serde::Serialize;

use super::calendar_file;
use crate::args::Import;
use crate::failure::Failure;
use crate::out::harmless;
use crate::session::{Meter, Session};

#[derive(Serialize)]
struct PreviewJson<'a> {
    dry_run: bool,
    format: ImportFormat,
    new_entries: u32,
    already_here: u32,
    first_day: Option<&'a str>,
    last_day: Option<&'a str>,
    attachments: u32,
    skipped: u32,
    skipped_items: &'a [Skipped],
}

#[derive(Serialize)]
struct DoneJson<'a> {
    added: u32,
    already_here: u32,
    skipped: u32,
    skipped_items: &'a [Skipped],
}

pub(super) fn run(args: &Import, session: &mut Session) -> Result<(), Failure> {
    // Said before the key is asked for: a mistyped path is the most usual mistake here.
    args.path.metadata().map_err(|error| Failure::file(&args.path, error))?;
    if calendar_file::is_one(args) {
        return calendar_file::run(args, session);
    }
    session.open()?;
    let mut meter = Meter::new();
    let preview = session.fristed.import_preview(&args.path, &mut |step| meter.step(step))?;
    drop(meter);
    if args.dry_run {
        return tell_preview(&preview, session);
    }
    let mut meter = Meter::new();
    let now = session.now();
    let done = session.fristed.import_run(&mut |step| meter.step(step), now)?;
    drop(meter);
    tell_done(done, &preview, session)
}

fn tell_preview(preview: &ImportPreview, session: &mut Session) -> Result<(), Failure> {
    if session.common.json {
        return session.out.json(&PreviewJson {
            dry_run: true,
            format: preview.format,
            new_entries: preview.new_entries,
            already_here: preview.already_here,
            first_day: preview.first_day.as_deref(),
            last_day: preview.last_day.as_deref(),
            attachments: preview.attachments,
            skipped: preview.skipped_total,
            skipped_items: &preview.skipped,
        });
    }
    let [new, here, left_out] = session.phrases.import_preview;
    counted(preview.new_entries, new, session)?;
    if let (Some(first), Some(last)) = (&preview.first_day, &preview.last_day) {
        let days = session.phrases.days.replace("{a}", first).replace("{b}", last);
        session.out.line(&format!("        {days}"))?;
    }
    if preview.attachments > 0 {
        counted(preview.attachments, session.phrases.attachments, session)?;
    }
    counted(preview.already_here, here, session)?;
    counted(preview.skipped_total, left_out, session)?;
    left(preview, session)?;
    session.out.line(session.phrases.dry_run)
}

fn tell_done(
    done: ImportDone,
    preview: &ImportPreview,
    session: &mut Session,
) -> Result<(), Failure> {
    if session.common.json {
        return session.out.json(&DoneJson {
            added: done.added,
            already_here: done.already_here,
            skipped: done.skipped,
            skipped_items: &preview.skipped,
        });
    }
    let [added, here, left_out] = session.phrases.import_done;
    counted(done.added, added, session)?;
    counted(done.already_here, here, session)?;
    counted(done.skipped, left_out, session)?;
    left(preview, session)
}

pub(super) fn counted(number: u32, of: &str, session: &mut Session) -> Result<(), Failure> {
    session.out.line(&format!("{number:>6}  {of}"))
}

/// What is left out, and why, one line each.
fn left(preview: &ImportPreview, session: &mut Session) -> Result<(), Failure> {
    for skipped in &preview.skipped {
        let why = session.phrases.skipped[reason(skipped.reason)];
        session.out.line(&format!("        {}: {why}", harmless(&skipped.name)))?;
    }
    let named = u32::try_from(preview.skipped.len()).unwrap_or(u32::MAX);
    let more = preview.skipped_total.saturating_sub(named);
    if more > 0 {
        let line = session.phrases.more_skipped.replace("{}", &more.to_string());
        session.out.line(&format!("        {line}"))?;
    }
    Ok(())
}

const fn reason(reason: SkipReason) -> usize {
    match reason {
        SkipReason::TooLarge => 0,
        SkipReason::Missing => 1,
        SkipReason::Empty => 2,
        SkipReason::Unreadable => 3,
        SkipReason::NotForImport => 4,
        SkipReason::UnsafeName => 5,
    }
}
