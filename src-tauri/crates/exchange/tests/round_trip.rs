//! What goes out comes back the same, in both forms.

#![allow(missing_docs, clippy::unwrap_used)]

mod support;

use std::fs;
use std::io::Cursor;
use std::ops::ControlFlow;
use std::path::Path;

use fristed_base::Moment;
use fristed_exchange::{ExchangeError, Exported, Format, export_json, export_markdown};
use fristed_journal::{Entry, NewEntry};
use proptest::prelude::*;
use support::{Leader, at, now, on};

/// An entry without what a journal gives it itself.
fn same(entries: &[Entry]) -> Vec<Entry> {
    let mut entries = entries.to_vec();
    for entry in &mut entries {
        entry.version = 0;
    }
    entries.sort_by_key(|entry| entry.id);
    entries
}

/// Two moments are equal when the instant is; what comes back has the same offset as well.
fn moments(entry: &Entry) -> [String; 2] {
    [entry.written.to_rfc3339(), entry.updated.to_rfc3339()]
}

fn new(title: &str, body: &str, written: Moment) -> NewEntry {
    NewEntry {
        title: title.into(),
        body: body.into(),
        tags: vec!["ledelse".into(), "Svær samtale, \"nr. 2\"".into()],
        starred: true,
        template: Some("gibbs".into()),
        written,
    }
}

/// What an export of everything that Karen has outside the trash gives.
const EVERYTHING: Exported = Exported { entries: 18, unreadable: None };

/// A leader with entries of every kind.
fn karen() -> Leader {
    let karen = Leader::new();
    let early = at("2024-02-29T06:05:04.321-03:30");
    let entry =
        karen.journal.create(new("Titel: \"én\"\n# to", "krop\r\n\r\n", early), early).unwrap();
    let files = [
        ("../../CON", "text/plain", &b"et"[..]),
        ("billede (1) æøå%20.png", "image/png", b"to"),
        ("billede (1) æøå%20.png", "image/png", b"tre"),
        ("faktura\u{202e}fdp.exe", "application/octet-stream", b""),
    ];
    let mut body = String::from("---\nsted: Kolding\n---\n\nFire filer:\n");
    for (name, kind, bytes) in files {
        let file =
            karen.journal.attach(entry.id, name, kind, &mut Cursor::new(bytes), now()).unwrap();
        body.push_str(&format!(
            "![a](attachment:{0}) `attachment:{0}` <attachment:{0}>\n",
            file.id
        ));
    }
    let text = fristed_journal::Text { title: entry.title, body, version: entry.version };
    karen.journal.save(entry.id, text, now()).unwrap();
    for body in [
        "",
        "\n",
        "\n\n---\n",
        "---\n---\n",
        "---\n---\ntekst",
        "---\r\na: b\r\n---\r\ntekst\r\n",
        "---\na: b\n...\ntekst",
        "---\ntitle: egen\nid: 7\n---\n\nfront matter med vores nøgler",
        "---\n  løs linje\n- punkt\n---\nførst indrykket",
        "---\n\n# note\n\n---\nblank",
        "---\nikke lukket",
        "\u{feff}---\nBOM først",
        "NUL \0, ESC \u{1b}, CR \r, U+2028 \u{2028}, slut\u{202e}",
        "[ukendt](attachment:00000000-0000-7000-8000-000000000000)",
        "[sti](attachments/CON) og [opslag]: attachments/x.png",
    ] {
        let entry =
            NewEntry { tags: Vec::new(), starred: false, template: None, ..new("", body, early) };
        karen.journal.create(entry, now()).unwrap();
    }
    karen.journal.create(new("CON", "x", now()), now()).unwrap();
    karen.journal.create(new("con", "x", now()), now()).unwrap();
    let gone = karen.journal.create(new("væk", "smidt ud", now()), now()).unwrap();
    karen.journal.trash(gone.id, now()).unwrap();
    karen
}

fn comes_back(karen: &Leader, path: &Path, format: Format) {
    let bodil = Leader::new();
    let plan = bodil.preview(path).unwrap();
    assert_eq!(plan.preview().format, format);
    assert_eq!(plan.preview().skipped, []);
    plan.run(&bodil.journal, &mut on, now()).unwrap();
    let (hers, mine) = (same(&bodil.entries()), same(&karen.entries()));
    assert_eq!(hers.len(), mine.len());
    for (hers, mine) in hers.iter().zip(&mine) {
        assert_eq!(moments(hers), moments(mine), "the offset too");
        if mine.attachments.iter().any(|file| file.name.contains(['/', '\u{202e}'])) {
            let ids = |entry: &Entry| entry.attachments.iter().map(|f| f.id).collect::<Vec<_>>();
            assert_eq!((&hers.body, &hers.title, ids(hers)), (&mine.body, &mine.title, ids(mine)));
            assert_eq!(hers.attachments[0].name, "CON", "a path is no name");
            assert_eq!(hers.attachments[1], mine.attachments[1]);
        } else {
            assert_eq!(hers, mine);
        }
        for index in 0..mine.attachments.len() {
            assert_eq!(bodil.bytes(hers, index), karen.bytes(mine, index));
        }
    }
    let again = bodil.import(path);
    assert_eq!((again.added, again.already_here as usize), (0, mine.len()));
    let home = karen.import(path);
    assert_eq!(home.added, 0, "what is still here by its id is not doubled");
}

#[test]
fn a_json_export_comes_back_the_same_and_follows_its_schema() {
    let karen = karen();
    let path = karen.path("ud");
    let exported = export_json(&karen.journal, &path, &mut on).unwrap();
    assert_eq!(exported, EVERYTHING, "the trash stays at home");
    comes_back(&karen, &path, Format::FristedJson);
    comes_back(&karen, &path.join("journal.json"), Format::FristedJson);
    let document: serde_json::Value =
        serde_json::from_slice(&fs::read(path.join("journal.json")).unwrap()).unwrap();
    let schema: serde_json::Value =
        serde_json::from_str(include_str!("../schema/journal-export.schema.json")).unwrap();
    support::schema::check(&schema, &schema, &document, "");
    let mut wrong = document.clone();
    wrong["entries"][0]["day"] = "i går".into();
    assert!(
        std::panic::catch_unwind(|| support::schema::check(&schema, &schema, &wrong, "")).is_err()
    );
}

#[test]
fn a_markdown_export_comes_back_the_same() {
    let karen = karen();
    let path = karen.path("ud");
    assert_eq!(export_markdown(&karen.journal, &path, &mut on).unwrap(), EVERYTHING);
    comes_back(&karen, &path, Format::FristedMarkdown);
    let names: Vec<String> = support::members(&path).into_iter().map(|(name, _)| name).collect();
    assert!(names.contains(&"2026/2026-11-30 12.00 CON.md".into()), "{names:?}");
    assert!(names.contains(&"2026/2026-11-30 12.00 con 2.md".into()), "{names:?}");
    assert!(names.contains(&"2024/attachments/_CON".into()), "{names:?}");
    for name in &names {
        assert!(!name.contains(['\u{202e}', '\\', ':']) && !name.contains(".."), "{name:?}");
    }
    let file = names.iter().find(|name| name.contains("Titel")).unwrap();
    let text = fs::read_to_string(path.join(file)).unwrap();
    assert!(text.starts_with("---\nfristed: 1\nid: "), "{text}");
    assert!(
        text.contains("\nsted: Kolding\n---\n\nFire filer:\n![a](attachments/_CON) "),
        "{text}"
    );
    assert!(text.contains("](attachments/billede%20%281%29%20æøå%2520.png)"), "{text}");
    let one = path.join(file);
    let bodil = Leader::new();
    assert_eq!(bodil.import(&one).added, 1, "one file of an export comes in alone");
    assert_eq!(bodil.entries()[0].attachments.len(), 4);
}

#[test]
fn an_empty_journal_goes_out_and_comes_back() {
    let karen = Leader::new();
    export_json(&karen.journal, &karen.path("json"), &mut on).unwrap();
    export_markdown(&karen.journal, &karen.path("md"), &mut on).unwrap();
    assert_eq!(karen.import(&karen.path("json")).added, 0);
    assert_eq!(karen.import(&karen.path("md")).added, 0);
}

#[test]
fn an_export_stopped_or_refused_leaves_the_place_as_it_was() {
    let karen = karen();
    for export in [export_json, export_markdown] {
        let dest = karen.path("ud");
        let stopped = export(&karen.journal, &dest, &mut |done, total| {
            assert_eq!(total, 18);
            if done == 5 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
        assert!(matches!(stopped, Err(ExchangeError::Cancelled)));
        assert!(!dest.exists());
        assert_eq!(
            fs::read_dir(karen.path("")).unwrap().count(),
            1,
            "only the vault lies beside it"
        );
        fs::create_dir(&dest).unwrap();
        export(&karen.journal, &dest, &mut on).unwrap();
        assert!(dest.join("journal.json").exists() || dest.join("fristed.json").exists());
        assert!(matches!(export(&karen.journal, &dest, &mut on), Err(ExchangeError::NotEmpty)));
        let file = dest.join("fil");
        fs::write(&file, "x").unwrap();
        assert!(matches!(export(&karen.journal, &file, &mut on), Err(ExchangeError::NotEmpty)));
        fs::remove_dir_all(&dest).unwrap();
    }
}

#[test]
fn an_export_under_way_can_be_seen_and_one_that_was_left_keeps_none_from_coming() {
    let karen = karen();
    let left = karen.path("ud.part");
    fs::create_dir(&left).unwrap();
    fs::write(left.join("fra i går.md"), "strømmen gik").unwrap();
    let mut seen = Vec::new();
    export_markdown(&karen.journal, &karen.path("ud"), &mut |_, _| {
        let beside = fs::read_dir(karen.path("")).unwrap();
        seen = beside.map(|file| file.unwrap().file_name()).collect();
        ControlFlow::Continue(())
    })
    .unwrap();
    assert!(seen.iter().any(|name| name == "ud.part-2"), "{seen:?}");
    assert!(!karen.path("ud.part-2").exists());
    assert_eq!(fs::read_to_string(left.join("fra i går.md")).unwrap(), "strømmen gik");
}

#[cfg(unix)]
#[test]
fn nobody_else_can_read_an_export() {
    use std::os::unix::fs::PermissionsExt;
    let karen = karen();
    let dest = karen.path("ud");
    export_markdown(&karen.journal, &dest, &mut on).unwrap();
    for entry in walkdir::WalkDir::new(&dest) {
        let entry = entry.unwrap();
        let mode = entry.metadata().unwrap().permissions().mode();
        assert_eq!(mode & 0o077, 0, "{}", entry.path().display());
    }
}

#[test]
fn an_import_that_is_stopped_or_fails_changes_nothing() {
    let karen = karen();
    let path = karen.path("ud");
    export_json(&karen.journal, &path, &mut on).unwrap();
    let bodil = Leader::new();
    let mut heard = 0;
    let stopped = fristed_exchange::preview(
        &path,
        &bodil.journal,
        &chrono_tz::Europe::Copenhagen,
        &mut |_, _| {
            heard += 1;
            if heard == 3 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        },
    );
    assert!(matches!(stopped, Err(ExchangeError::Cancelled)));
    let stopped = bodil.preview(&path).unwrap().run(
        &bodil.journal,
        &mut |done, total| {
            assert_eq!(total, 18);
            if done == 7 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        },
        now(),
    );
    assert!(matches!(stopped, Err(ExchangeError::Cancelled)));
    assert_eq!(bodil.entries(), []);
    let plan = bodil.preview(&path).unwrap();
    fs::remove_dir_all(path.join("attachments")).unwrap();
    assert!(matches!(plan.run(&bodil.journal, &mut on, now()), Err(ExchangeError::Io(_))));
    assert_eq!(bodil.entries(), []);
    assert!(bodil.journal.check().unwrap().is_sound());
}

fn text() -> impl Strategy<Value = String> {
    let pieces = prop_oneof![
        Just("---\n".to_owned()),
        Just("...\n".to_owned()),
        Just("\r\n".to_owned()),
        Just("\n".to_owned()),
        Just("a: b\n".to_owned()),
        Just("tags: [x]\n".to_owned()),
        Just("- x\n".to_owned()),
        Just("  ".to_owned()),
        Just("```\n".to_owned()),
        Just("`".to_owned()),
        Just("[a](attachments/b.png)".to_owned()),
        Just("[a](ATTACHMENT)".to_owned()),
        Just("![](<ATTACHMENT>)".to_owned()),
        Just("[x]: ATTACHMENT\n".to_owned()),
        Just("\\".to_owned()),
        Just("\u{feff}".to_owned()),
        "\\PC{0,12}",
        any::<String>(),
    ];
    prop::collection::vec(pieces, 0..12).prop_map(|pieces| pieces.concat())
}

type Made = (String, String, i64, i32, Vec<String>, bool, Option<String>, Vec<(String, Vec<u8>)>);

fn made() -> impl Strategy<Value = Made> {
    (
        any::<String>(),
        text(),
        -2_000_000_000_000_i64..4_000_000_000_000,
        -720..840_i32,
        prop::collection::vec("\\PC{1,12}", 0..3),
        any::<bool>(),
        prop::option::of(any::<String>()),
        prop::collection::vec(
            ("[a-zæøå .%()-]{1,12}", prop::collection::vec(any::<u8>(), 0..40)),
            0..3,
        ),
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: support::rounds(4, 100), ..ProptestConfig::default() })]

    #[test]
    fn any_journal_comes_back_the_same_from_both_forms(
        entries in prop::collection::vec(made(), 1..12),
    ) {
        let karen = Leader::new();
        for (title, body, millis, offset, tags, starred, template, files) in entries {
            let written = Moment::from_parts(millis, offset).unwrap();
            let entry = NewEntry { title, body: String::new(), tags, starred, template, written };
            let entry = karen.journal.create(entry, now()).unwrap();
            let mut last = "attachment:x".to_owned();
            for (name, bytes) in files {
                let kind = "application/octet-stream";
                let file = karen
                    .journal
                    .attach(entry.id, &name, kind, &mut Cursor::new(bytes), now())
                    .unwrap();
                last = format!("attachment:{}", file.id);
            }
            let body = body.replace("ATTACHMENT", &last);
            let text = fristed_journal::Text { title: entry.title, body, version: entry.version };
            karen.journal.save(entry.id, text, now()).unwrap();
        }
        let mine = same(&karen.entries());
        export_json(&karen.journal, &karen.path("json"), &mut on).unwrap();
        export_markdown(&karen.journal, &karen.path("md"), &mut on).unwrap();
        for form in ["json", "md"] {
            let bodil = Leader::new();
            bodil.import(&karen.path(form));
            let hers = same(&bodil.entries());
            prop_assert_eq!(hers.len(), mine.len());
            for (hers, mine) in hers.iter().zip(&mine) {
                prop_assert_eq!(hers, mine);
                prop_assert_eq!(moments(hers), moments(mine));
                for index in 0..mine.attachments.len() {
                    prop_assert_eq!(bodil.bytes(hers, index), karen.bytes(mine, index));
                }
            }
        }
    }
}
