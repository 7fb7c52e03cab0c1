//! `export`: everything into a folder, unencrypted.

use fristed_app::wire::ExportFormat;
use serde::Serialize;

use crate::args::{Export, Form};
use crate::failure::Failure;
use crate::out::harmless;
use crate::session::{Meter, Session};

#[derive(Serialize)]
struct Exported<'a> {
    path: &'a str,
    entries: u32,
}

pub(super) fn run(args: &Export, session: &mut Session) -> Result<(), Failure> {
    session.open()?;
    let folder = std::path::absolute(&args.path).unwrap_or_else(|_| args.path.clone());
    let format = match args.format {
        Form::Markdown => ExportFormat::Markdown,
        Form::Json => ExportFormat::Json,
    };
    let mut meter = Meter::new();
    let entries = session.fristed.export_run(format, &folder, &mut |step| meter.step(step))?;
    drop(meter);
    let path = folder.display().to_string();
    if session.common.json {
        return session.out.json(&Exported { path: &path, entries });
    }
    let sentence = session.phrases.exported.replace("{n}", &entries.to_string());
    session.out.line(&sentence.replace("{}", &harmless(&path)))
}
