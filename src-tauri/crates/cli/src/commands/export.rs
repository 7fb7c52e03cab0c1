//! `export`: everything into a folder, unencrypted; of a damaged store everything that can be read.

use fristed_app::wire::{ExportFormat, Unreadable};
use serde::Serialize;

use crate::args::{Export, Form};
use crate::failure::Failure;
use crate::out::harmless;
use crate::session::{Meter, Session};

#[derive(Serialize)]
struct Exported<'a> {
    path: &'a str,
    entries: u32,
    unreadable: LeftOut,
}

#[derive(Serialize)]
struct LeftOut {
    entries: u32,
    incomplete: u32,
    attachments: u32,
}

impl From<Unreadable> for LeftOut {
    fn from(unreadable: Unreadable) -> Self {
        let Unreadable { entries, incomplete, attachments } = unreadable;
        Self { entries, incomplete, attachments }
    }
}

pub(super) fn run(args: &Export, session: &mut Session) -> Result<(), Failure> {
    session.open()?;
    let folder = std::path::absolute(&args.path).unwrap_or_else(|_| args.path.clone());
    let format = match args.format {
        Form::Markdown => ExportFormat::Markdown,
        Form::Json => ExportFormat::Json,
    };
    let mut meter = Meter::new();
    let done = session.fristed.export_run(format, &folder, &mut |step| meter.step(step))?;
    drop(meter);
    let path = folder.display().to_string();
    if session.common.json {
        let unreadable = done.unreadable.unwrap_or_default().into();
        session.out.json(&Exported { path: &path, entries: done.entries, unreadable })?;
    } else {
        let sentence = session.phrases.exported.replace("{n}", &done.entries.to_string());
        session.out.line(&sentence.replace("{}", &harmless(&path)))?;
    }
    done.unreadable.map_or(Ok(()), |unreadable| Err(Failure::LeftOut(unreadable)))
}
