//! Taking the journal out, whole.

use std::fs;
use std::path::Path;

use fristed_tests::leader::contents;
use fristed_tests::{Leader, words};
use serde_json::Value;

/// A picture's bytes; what they show does not matter here.
const PICTURE: &[u8] = b"\x89PNG\r\n\x1a\nnot really, but byte for byte";

/// A leader with entries of every kind, one with a picture.
fn karla_with_a_life() -> Leader {
    let karla = Leader::named("Karla");
    let notes = karla.home().join("noter");
    fs::create_dir(&notes).expect("a folder");
    fs::write(notes.join("billede.png"), PICTURE).expect("a picture");
    fs::write(notes.join("2024-03-01 Billede.md"), "Se her:\n\n![tavlen](billede.png)\n")
        .expect("a note");
    assert_eq!(karla.imports(&notes), 1);
    karla.writes_with(
        "CRLF\r\nog \u{feff}BOM midt i, og ingen slutning",
        &["--at", "2025-07-01 23:59"],
    );
    karla.writes_with(
        "---\nnøgle: værdi\n---\nTekst under egne felter.\n",
        &["--title", "Felter: \"citat\" # og: kolon"],
    );
    karla.writes_with(&words::text(3, 20_000), &["--tag", "på tværs", "--tag", "a/b", "--star"]);
    karla.writes_with(
        "Fra den anden side",
        &["--at", "2020-02-29T12:00:00-11:00", "--template", "gibbs"],
    );
    karla.writes_with("", &["--title", "Kun en titel"]);
    karla
        .writes_with("samme dag, samme titel", &["--title", "Dobbelt", "--at", "2026-01-01 10:00"]);
    karla.writes_with(
        "samme dag, samme titel, anden tekst",
        &["--title", "Dobbelt", "--at", "2026-01-01 10:00"],
    );
    let gone = karla.writes("I papirkurven");
    karla.does(&["delete", &gone]);
    karla
}

/// The attachments' bytes of an exported folder, whatever their names are.
fn pictures(folder: &Path) -> usize {
    fristed_tests::disk::files(folder)
        .iter()
        .filter(|path| fs::read(path).is_ok_and(|bytes| bytes == PICTURE))
        .count()
}

/// The same entries, with the attachments' ids left out of fields and texts.
fn without_attachment_ids(entries: &[Value]) -> Vec<Value> {
    let mut entries = contents(entries);
    for entry in &mut entries {
        let ids: Vec<String> = entry["attachments"]
            .as_array()
            .map(|all| all.iter().filter_map(|a| a["id"].as_str().map(str::to_owned)).collect())
            .unwrap_or_default();
        let mut text = entry.to_string();
        for id in ids {
            text = text.replace(&id, "ID");
        }
        *entry = serde_json::from_str(&text).expect("the same JSON");
    }
    entries
}

fn comes_back_the_same(format: &str) {
    let karla = karla_with_a_life();
    let before = karla.list();
    let folder = karla.exports("eksport", format);
    assert_eq!(pictures(&folder), 1, "the picture lies beside the texts, byte for byte");

    let anew = Leader::named("Mette");
    assert_eq!(anew.imports(&folder), before.len() as u64);
    let after = anew.list();
    let (one, other) = (without_attachment_ids(&before), without_attachment_ids(&after));
    for (before, after) in one.iter().zip(&other) {
        assert_eq!(before, after, "the same bytes, days, tags, stars and attachments");
    }
    assert_eq!(one.len(), other.len());
    anew.sees_that_all_is_whole();
    assert_eq!(anew.imports(&folder), 0, "a second time brings nothing");
    assert_eq!(karla.imports(&folder), 0, "and nothing where it came from");
    assert_eq!(pictures(&anew.exports("igen", format)), 1, "nor is the picture lost on the way");
}

#[test]
fn what_was_exported_comes_back_the_same() {
    comes_back_the_same("json");
}

#[test]
fn what_was_exported_as_markdown_comes_back_the_same() {
    comes_back_the_same("markdown");
}

#[test]
fn an_export_goes_into_an_empty_folder_and_nowhere_else() {
    let karla = Leader::named("Karla");
    karla.writes("Ud i verden.");
    let folder = karla.home().join("optaget");
    fs::create_dir(&folder).expect("a folder");
    fs::write(folder.join("andet.txt"), "noget andet").expect("a file");
    let path = folder.display().to_string();
    karla.cli(&["export", &path, "--format", "markdown"]).answer().failed(1, "notEmpty");
    assert_eq!(fs::read_dir(&folder).expect("the folder").count(), 1, "nothing was added");

    fs::remove_file(folder.join("andet.txt")).expect("now it is empty");
    let done = karla.does(&["export", &path, "--format", "markdown", "--json"]).json();
    assert_eq!(done["entries"], 1, "{done}");
    let told = karla.does(&["export", &format!("{path}-2"), "--format", "json"]);
    assert!(
        told.text().contains("ukrypteret"),
        "and she is told what an export is: {}",
        told.text()
    );
}

#[test]
fn an_exported_folder_can_be_read_by_anybody_without_fristed() {
    let karla = Leader::named("Karla");
    karla.writes_with(
        "# Om tillid\n\nBrødtekst.\n",
        &["--at", "2026-05-04 10:00", "--tag", "tillid"],
    );
    let folder = karla.exports("eksport", "markdown");
    let notes: Vec<_> = fristed_tests::disk::files(&folder)
        .into_iter()
        .filter(|path| path.extension().is_some_and(|ext| ext == "md"))
        .collect();
    assert_eq!(notes.len(), 1, "one file for each entry");
    let name = notes[0].file_name().unwrap_or_default().to_string_lossy().into_owned();
    assert!(name.starts_with("2026-05-04"), "named by its day: {name}");
    let text = fs::read_to_string(&notes[0]).expect("a text");
    assert!(text.starts_with("---\n"), "with front matter: {text}");
    assert!(text.ends_with("# Om tillid\n\nBrødtekst.\n"), "and the text as it is: {text}");
}
