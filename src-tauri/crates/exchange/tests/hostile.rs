//! Files that somebody made to do harm (threats 39 to 42 and 47): bounded, refused or listed, and
//! nothing is ever written outside the vault.

#![allow(missing_docs, clippy::unwrap_used)]

mod support;

use std::fs::{self, File};
use std::io::Write;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use fristed_exchange::{ExchangeError, SkipReason};
use support::{Leader, skipped};
use zip::write::SimpleFileOptions;

/// How soon a hostile file is done with, on a busy computer too; seconds are for the benchmark.
const SOON: Duration = Duration::from_secs(20);

const ENTRY: &str = r#"{"uuid":"A","creationDate":"2026-11-24T15:40:00Z","text":"Hej"}"#;

fn journal() -> Vec<u8> {
    format!(r#"{{"metadata":{{"version":"1.0"}},"entries":[{ENTRY}]}}"#).into_bytes()
}

/// Everything below a folder, by name and length.
fn tree(root: &std::path::Path) -> Vec<(String, u64)> {
    walkdir::WalkDir::new(root)
        .sort_by_file_name()
        .into_iter()
        .map(|entry| entry.unwrap())
        .filter(|entry| !entry.path().to_str().unwrap().contains("/vault"))
        .map(|entry| (entry.path().display().to_string(), entry.metadata().unwrap().len()))
        .collect()
}

#[test]
fn names_that_point_outside_are_refused_and_nothing_is_written_there() {
    let karen = Leader::new();
    let path = karen.path("a/b/ond.zip");
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    let mut zip = zip::ZipWriter::new(File::create(&path).unwrap());
    let plain = SimpleFileOptions::default();
    let mut add = |name: &str, bytes: &[u8]| {
        zip.start_file(name, plain).unwrap();
        zip.write_all(bytes).unwrap();
    };
    add("Journal.json", &journal());
    let hostile = [
        "../ud.json",
        "photos/../../ud.png",
        "/etc/fristed-ud",
        "C:\\ud.png",
        "a\\..\\ud",
        "CON",
        "photos/NUL.png",
        "photos/com1.jpeg",
        "photos/\u{1b}[31m.png",
    ];
    for name in hostile {
        add(name, b"ondt");
    }
    zip.add_symlink("photos/link.png", "/etc/passwd", plain).unwrap();
    zip.finish().unwrap();
    let before = tree(&karen.path(""));
    let plan = karen.preview(&path).unwrap();
    let refused = skipped(&plan);
    assert_eq!(refused.len(), hostile.len() + 1, "{refused:?}");
    assert!(refused.iter().all(|(_, reason)| *reason == SkipReason::UnsafeName));
    assert!(refused.iter().all(|(name, _)| !name.contains('\u{1b}')), "shown without controls");
    assert_eq!(karen.import(&path).added, 1);
    assert_eq!(tree(&karen.path("")), before, "no file appeared");
    assert!(!std::path::Path::new("/etc/fristed-ud").exists());
}

#[cfg(unix)]
#[test]
fn links_in_a_folder_are_not_followed() {
    let karen = Leader::new();
    let secret = karen.folder("hemmeligt", &[("nøgle.txt", b"hemmelig")]);
    let folder = karen.folder(
        "noter",
        &[("2026-11-24.md", b"![a](link.txt) ![b](mappe/n.txt) ![c](../hemmeligt/n%C3%B8gle.txt)")],
    );
    std::os::unix::fs::symlink(secret.join("nøgle.txt"), folder.join("link.txt")).unwrap();
    std::os::unix::fs::symlink(&secret, folder.join("mappe")).unwrap();
    std::os::unix::fs::symlink("/etc/passwd", folder.join("2026-11-25.md")).unwrap();
    for path in [folder.clone(), folder.join("2026-11-24.md")] {
        let plan = karen.preview(&path).unwrap();
        assert_eq!(plan.preview().new_entries, 1);
        assert_eq!(plan.preview().attachments, 0);
        assert!(
            skipped(&plan).contains(&("../hemmeligt/nøgle.txt", SkipReason::UnsafeName))
                || skipped(&plan)
                    .contains(&("../hemmeligt/n%C3%B8gle.txt", SkipReason::UnsafeName))
        );
    }
}

/// An archive of one journal, whose directory gives this size for it.
fn claiming(karen: &Leader, name: &str, document: &[u8], size: u32) -> PathBuf {
    let zip = karen.archive(name, &[("Journal.json", document)]);
    let mut bytes = fs::read(&zip).unwrap();
    let directory = bytes.windows(4).rposition(|four| four == b"PK\x01\x02").unwrap();
    bytes[directory + 24..directory + 28].copy_from_slice(&size.to_le_bytes());
    fs::write(&zip, &bytes).unwrap();
    zip
}

#[test]
fn a_bomb_is_stopped_at_the_cap() {
    let karen = Leader::new();
    let blanks = vec![b' '; 17 * 1024 * 1024];
    let tight = karen.archive("tæt.zip", &[("Journal.json", &blanks)]);
    let huge = claiming(&karen, "stor.zip", &journal(), 4_000_000_000);
    for bomb in [tight, huge] {
        assert!(fs::metadata(&bomb).unwrap().len() < 100_000, "it is small when packed");
        let started = Instant::now();
        assert!(matches!(karen.preview(&bomb), Err(ExchangeError::TooLarge)));
        assert!(started.elapsed() < SOON, "{:?}", started.elapsed());
    }
    let long = journal();
    for size in [0, 3, long.len() - 1, long.len() + 1] {
        let liar = claiming(&karen, "løgn.zip", &long, u32::try_from(size).unwrap());
        let error = karen.preview(&liar).unwrap_err();
        assert!(matches!(error, ExchangeError::BadFile { .. }), "{size}: {error:?}");
    }
}

#[test]
fn an_archive_that_lies_about_a_size_brings_nothing_of_it() {
    let karen = Leader::new();
    let photo = vec![7_u8; 5000];
    let entry = r#"{"creationDate":"2026-11-24T15:40:00Z","text":"Hej","photos":[{"md5":"abc","type":"png","identifier":"X"}]}"#;
    let document = format!(r#"{{"metadata":{{}},"entries":[{entry}]}}"#);
    let zip = karen
        .archive("løgn.zip", &[("Journal.json", document.as_bytes()), ("photos/abc.png", &photo)]);
    let mut bytes = fs::read(&zip).unwrap();
    let at = bytes.windows(4).rposition(|four| four == 5000_u32.to_le_bytes()).unwrap();
    bytes[at..at + 4].copy_from_slice(&4000_u32.to_le_bytes());
    fs::write(&zip, &bytes).unwrap();
    let plan = karen.preview(&zip).unwrap();
    assert_eq!(plan.preview().attachments, 0);
    assert_eq!(skipped(&plan), [("photos/abc.png", SkipReason::Unreadable)]);
}

#[test]
fn a_zip_in_a_zip_is_not_opened() {
    let karen = Leader::new();
    let inner = karen.archive("indre.zip", &[("Journal.json", &journal())]);
    let inner = fs::read(inner).unwrap();
    let only = karen.archive("ydre.zip", &[("indre.zip", &inner)]);
    assert!(matches!(karen.preview(&only), Err(ExchangeError::UnknownFormat)));
    let both = karen.archive("begge.zip", &[("Journal.json", &journal()), ("indre.zip", &inner)]);
    let plan = karen.preview(&both).unwrap();
    assert_eq!(skipped(&plan), [("indre.zip", SkipReason::NotForImport)]);
    assert_eq!(plan.preview().new_entries, 1);
}

#[test]
fn attachments_above_the_limit_are_left_out_and_listed_and_the_rest_comes() {
    let karen = Leader::new();
    let entry = |name: &str| {
        format!(
            r#"{{"creationDate":"2026-11-24T15:40:00Z","text":"{name} ![](dayone-moment://{name})","photos":[{{"md5":"{name}","type":"png","identifier":"{name}"}}]}}"#
        )
    };
    let document =
        format!(r#"{{"metadata":{{}},"entries":[{},{}]}}"#, entry("stor"), entry("lille"));
    let large = vec![1_u8; 50_000_001];
    let zip = karen.stored(
        "store.zip",
        &[
            ("Journal.json", document.as_bytes()),
            ("photos/stor.png", &large),
            ("photos/lille.png", &large[1..]),
        ],
    );
    let plan = karen.preview(&zip).unwrap();
    assert_eq!(skipped(&plan), [("photos/stor.png", SkipReason::TooLarge)]);
    assert_eq!((plan.preview().new_entries, plan.preview().attachments), (2, 1));
    assert_eq!(plan.preview().attachment_bytes, 50_000_000);
    assert_eq!(karen.import(&zip).added, 2);
    let stor = karen.entries().into_iter().find(|entry| entry.attachments.is_empty()).unwrap();
    assert!(stor.body.contains("dayone-moment://stor"), "its link stays as it was");
}

#[test]
fn deep_json_is_a_clean_error() {
    let karen = Leader::new();
    for (name, open, close) in [
        ("liste.json", "[", "]"),
        ("objekt.json", "{\"entries\":[{\"a\":", "}]}"),
        ("entries.json", "{\"entries\":[[", "]]}"),
    ] {
        let deep = format!("{}{}", open.repeat(100_000), close.repeat(100_000));
        let path = karen.folder("dybt", &[(name, deep.as_bytes())]).join(name);
        let started = Instant::now();
        let error = karen.preview(&path).unwrap_err();
        assert!(matches!(error, ExchangeError::BadFile { .. }), "{name}: {error:?}");
        assert!(started.elapsed() < SOON);
    }
}

#[test]
fn broken_json_says_where_and_not_what() {
    let karen = Leader::new();
    let text = b"{\"entries\":[\n{\"creationDate\":\"2026-11-24T15:40:00Z\",\"text\":\"kanariefugl\"}\n kanariefugl";
    let path = karen.folder("brudt", &[("Journal.json", text)]).join("Journal.json");
    let error = karen.preview(&path).unwrap_err();
    assert!(matches!(error, ExchangeError::BadFile { line: Some(3) }), "{error:?}");
    assert!(!format!("{error:?} {error}").contains("kanariefugl"));
    let cut = karen.archive("hel.zip", &[("Journal.json", &journal())]);
    let bytes = fs::read(&cut).unwrap();
    fs::write(&cut, &bytes[..bytes.len() - 30]).unwrap();
    assert!(matches!(karen.preview(&cut), Err(ExchangeError::BadFile { .. })));
}

#[test]
fn a_huge_note_is_bounded_and_a_larger_one_is_listed() {
    let karen = Leader::new();
    let note = "Et ord [og](et-link) med `kode` til. "
        .repeat(support::rounds(100_000, 1_300_000) as usize);
    let folder =
        karen.folder("store", &[("2026-11-24.md", note.as_bytes()), ("2026-11-25.md", b"lille")]);
    let mut file = File::create(folder.join("2026-11-26.md")).unwrap();
    file.write_all(&vec![b'a'; 50_000_001]).unwrap();
    let plan = karen.preview(&folder).unwrap();
    assert_eq!(plan.preview().new_entries, 2);
    assert_eq!(skipped(&plan), [("2026-11-26.md", SkipReason::TooLarge)]);
}

#[test]
fn what_is_no_utf_8_or_empty_or_something_else_is_listed() {
    let karen = Leader::new();
    let folder = karen.folder(
        "blandet",
        &[
            ("2026-11-24.md", b"godt"),
            ("2026-11-25.md", b"d\xe5rligt"),
            ("2026-11-26.md", b" \r\n"),
            ("film.mov", b"x"),
            (".skjult", b"x"),
        ],
    );
    let plan = karen.preview(&folder).unwrap();
    assert_eq!(
        skipped(&plan),
        [
            ("2026-11-25.md", SkipReason::Unreadable),
            ("2026-11-26.md", SkipReason::Empty),
            ("film.mov", SkipReason::NotForImport),
        ]
    );
}

#[test]
fn front_matter_that_unfolds_without_end_is_kept_unread() {
    let karen = Leader::new();
    let mut bomb = String::from("---\na: &a [x,x,x,x,x,x,x,x,x]\n");
    for (new, old) in "bcdefghi".chars().zip("abcdefgh".chars()) {
        bomb.push_str(&format!("{new}: &{new} [{}]\n", vec![format!("*{old}"); 9].join(",")));
    }
    bomb.push_str("tags: [&t ja, *t]\n---\ntekst\n");
    let deep = format!("---\ntags: {}\n---\ndybt\n", "[".repeat(200_000));
    let notes = [("2026-11-24.md", bomb.as_bytes()), ("2026-11-25.md", deep.as_bytes())];
    let folder = karen.folder("bombe", &notes);
    let started = Instant::now();
    karen.preview(&folder).unwrap();
    assert!(started.elapsed() < SOON);
    assert_eq!(karen.import(&folder).added, 2);
    assert!(karen.entries()[0].body.contains("i: &i [*h,*h"));
}

#[test]
fn marks_that_deceive_do_not_come_in_with_names_and_titles() {
    let karen = Leader::new();
    let entry = "{\"title\":\"Fak\\u202etura\\u0000 \\u001b[31m\",\"body\":\"\\u202etekst\",\"date\":\"2026-11-24\",\"time\":\"08:00\",\"tags\":[\"@a\\u202eb\"]}";
    let path = karen
        .folder(
            "vildt",
            &[("j.json", format!("{{\"tags\":{{}},\"entries\":[{entry}]}}").as_bytes())],
        )
        .join("j.json");
    assert_eq!(karen.import(&path).added, 1);
    let entry = &karen.entries()[0];
    assert_eq!(entry.title, "Faktura [31m");
    assert_eq!(entry.tags, ["ab"]);
    assert_eq!(entry.body, "\u{202e}tekst", "the text itself stays byte for byte");
}

#[test]
fn other_files_are_of_no_known_kind() {
    let karen = Leader::new();
    for (name, bytes) in [
        ("a.json", &b"{\"entries\":[{\"navn\":1}]}"[..]),
        ("b.json", b"{}"),
        ("c.json", b"[]"),
        ("d.txt", b"tekst"),
        ("e.json", b"{\"format\":\"fristed-journal\",\"version\":2,\"entries\":[]}"),
        ("f.bin", b""),
    ] {
        let path = karen.folder("andet", &[(name, bytes)]).join(name);
        assert!(matches!(karen.preview(&path), Err(ExchangeError::UnknownFormat)), "{name}");
    }
    let empty = karen.path("tom");
    fs::create_dir(&empty).unwrap();
    assert!(matches!(karen.preview(&empty), Err(ExchangeError::UnknownFormat)));
    assert!(matches!(karen.preview(&karen.path("findes ikke")), Err(ExchangeError::Io(_))));
}
