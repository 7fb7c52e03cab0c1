//! The few words that other programs show. They leave the program, so they do not stand with the
//! interface's.

use chrono::NaiveDate;

use crate::model::Lang;

/// The name that the `number`th file of a thing is sent with, from 1 on: its own is not told.
#[must_use]
pub fn neutral_name(number: usize, media_type: &str, lang: Lang) -> String {
    let picture = media_type.starts_with("image/");
    let word = match (lang, picture) {
        (Lang::Danish, true) => "billede",
        (Lang::Danish, false) => "bilag",
        (Lang::English, true) => "picture",
        (Lang::English, false) => "attachment",
    };
    match extension(media_type) {
        Some(extension) => format!("{word}-{number}.{extension}"),
        None => format!("{word}-{number}"),
    }
}

fn extension(media_type: &str) -> Option<&'static str> {
    const OFFICE: &str = "application/vnd.openxmlformats-officedocument.";
    Some(match media_type {
        "image/jpeg" => "jpg",
        "image/png" => "png",
        "image/gif" => "gif",
        "image/webp" => "webp",
        "image/heic" => "heic",
        "image/svg+xml" => "svg",
        "application/pdf" => "pdf",
        "text/plain" => "txt",
        "text/markdown" => "md",
        "text/csv" => "csv",
        "text/calendar" => "ics",
        "audio/mpeg" => "mp3",
        "audio/mp4" => "m4a",
        "video/mp4" => "mp4",
        "application/zip" => "zip",
        "application/msword" => "doc",
        "application/vnd.oasis.opendocument.text" => "odt",
        "application/vnd.oasis.opendocument.spreadsheet" => "ods",
        office => match office.strip_prefix(OFFICE)? {
            "wordprocessingml.document" => "docx",
            "spreadsheetml.sheet" => "xlsx",
            "presentationml.presentation" => "pptx",
            _ => return None,
        },
    })
}

pub(super) fn long(title: &str, lang: Lang) -> String {
    let why = match lang {
        Lang::Danish => "En lang refleksion, som kan læses i Fristed.",
        Lang::English => "A long reflection, which can be read in Fristed.",
    };
    if title.is_empty() { why.into() } else { format!("{title}\n\n{why}") }
}

pub(super) fn commitment(who: &str, what: &str, due: Option<NaiveDate>, lang: Lang) -> String {
    match (lang, due) {
        (Lang::Danish, None) => format!("{who} har lovet: {what}"),
        (Lang::Danish, Some(due)) => {
            format!("{who} har lovet: {what} (senest {})", due.format("%-d.%-m.%Y"))
        }
        (Lang::English, None) => format!("{who} promised: {what}"),
        (Lang::English, Some(due)) => {
            format!("{who} promised: {what} (by {})", due.format("%-d %B %Y"))
        }
    }
}

pub(super) fn contract(version: u32, text: &str, lang: Lang) -> String {
    match lang {
        Lang::Danish => format!("Spilleregler, version {version}\n\n{text}"),
        Lang::English => format!("Ground rules, version {version}\n\n{text}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_files_name_tells_nothing_but_its_place_and_kind() {
        assert_eq!(neutral_name(1, "image/jpeg", Lang::Danish), "billede-1.jpg");
        assert_eq!(neutral_name(2, "application/pdf", Lang::Danish), "bilag-2.pdf");
        assert_eq!(neutral_name(3, "application/x-mette", Lang::English), "attachment-3");
    }
}
