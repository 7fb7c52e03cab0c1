//! 39 and 40: archives that mean harm.

use std::fs;
use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use fristed_tests::disk::fingerprints;
use fristed_tests::{Leader, rounds};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// A small journal in Day One's form.
const JOURNAL: &str = r#"{"metadata":{"version":"1.0"},"entries":[{"uuid":"0123456789ABCDEF0123456789ABCDEF",
"creationDate":"2024-05-01T10:00:00Z","timeZone":"Europe/Copenhagen","text":"En helt almindelig dag."}]}"#;

fn archive(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in files {
        zip.start_file(*name, SimpleFileOptions::default()).expect("a file in the archive");
        zip.write_all(content).expect("its content");
    }
    zip.finish().expect("the archive").into_inner()
}

/// Puts another name of the same length in the place of one, wherever the archive has it.
fn renamed(mut archive: Vec<u8>, from: &str, to: &[u8]) -> Vec<u8> {
    assert_eq!(from.len(), to.len());
    let places: Vec<usize> = (0..archive.len().saturating_sub(from.len()))
        .filter(|&at| archive[at..].starts_with(from.as_bytes()))
        .collect();
    assert_eq!(places.len(), 2, "once before the content and once in the directory");
    for at in places {
        archive[at..at + to.len()].copy_from_slice(to);
    }
    archive
}

fn put(karla: &Leader, name: &str, bytes: &[u8]) -> PathBuf {
    let path = karla.home().join("hentet").join(name);
    fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    fs::write(&path, bytes).expect("a file");
    path
}

/// Imports what may be refused, and sees that nothing outside the vault came of it.
fn import_leaves_nothing_outside(karla: &Leader, file: &Path, what: &str) {
    let everything_else = || {
        let mut all = fingerprints(karla.home());
        all.retain(|path, _| !path.starts_with(karla.vault()));
        all
    };
    let before = everything_else();
    let answer = karla.cli(&["import", &file.display().to_string(), "--json"]).answer();
    assert!(matches!(answer.exit(), Some(0 | 1)), "{what}: {:?} {}", answer.exit(), answer.err);
    assert_eq!(everything_else(), before, "{what}: nothing is written outside the vault");
    let here = karla.list();
    if answer.exit() == Some(1) {
        assert!(here.is_empty(), "{what}: refused whole");
    }
    for entry in here {
        assert_eq!(entry["attachments"], serde_json::json!([]), "{what}: nor taken in");
        assert_eq!(entry["body"], "En helt almindelig dag.", "{what}");
        karla.does(&["delete", "--for-good", entry["id"].as_str().unwrap_or_default()]);
    }
}

#[test]
fn t39_names_that_point_out_of_an_archive_write_nothing_anywhere() {
    let karla = Leader::named("Karla");
    let outside = karla.home().join("evil.jpeg");
    let good: (&str, &[u8]) = ("Journal.json", JOURNAL.as_bytes());
    let absolute = outside.display().to_string();
    for name in [
        "../../evil.jpeg",
        "photos/../../../evil.jpeg",
        "..\\..\\evil.jpeg",
        absolute.as_str(),
        "C:\\evil.jpeg",
        "CON",
        "photos/aux.jpeg",
        "/",
        "photos/./evil.jpeg",
    ] {
        let file = put(&karla, "dayone.zip", &archive(&[good, (name, b"ondt")]));
        import_leaves_nothing_outside(&karla, &file, name);
        assert!(!outside.exists(), "{name}");
        fs::remove_file(file).expect("the next one");
    }
    let with_nul = renamed(
        archive(&[good, ("photos/abcd.jpeg", b"x")]),
        "photos/abcd.jpeg",
        b"photos/a\0cd.jpeg",
    );
    let file = put(&karla, "dayone.zip", &with_nul);
    import_leaves_nothing_outside(&karla, &file, "a NUL in a name");
}

#[test]
fn t39_a_link_in_an_archive_or_a_folder_is_not_followed() {
    let karla = Leader::named("Karla");
    let secret = karla.home().join("hemmelig.txt");
    fs::write(&secret, "kun for andre øjne").expect("a secret");
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file("Journal.json", SimpleFileOptions::default()).expect("a file");
    zip.write_all(JOURNAL.as_bytes()).expect("its content");
    let target = secret.display().to_string();
    zip.add_symlink("photos/link.jpeg", target.as_str(), SimpleFileOptions::default())
        .expect("a link");
    let bytes = zip.finish().expect("the archive").into_inner();
    let file = put(&karla, "dayone.zip", &bytes);
    import_leaves_nothing_outside(&karla, &file, "a link in an archive");

    let folder = karla.home().join("noter");
    fs::create_dir(&folder).expect("a folder");
    fs::write(folder.join("2024-01-01 ægte.md"), "Ægte.\n\n![](link.png)\n").expect("a note");
    std::os::unix::fs::symlink(&secret, folder.join("link.png")).expect("a link");
    std::os::unix::fs::symlink(&secret, folder.join("2024-01-02 link.md")).expect("a link");
    std::os::unix::fs::symlink("/", folder.join("rod")).expect("a link");
    karla.imports(&folder);
    for entry in karla.list() {
        assert!(!entry["body"].as_str().unwrap_or_default().contains("øjne"), "{entry}");
        assert_eq!(entry["attachments"], serde_json::json!([]), "{entry}");
    }
}

/// An archive whose journal is so many megabytes of blanks after its beginning.
fn bomb(megabytes: u32) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file("Journal.json", SimpleFileOptions::default()).expect("a file");
    zip.write_all(br#"{"entries":["#).expect("its beginning");
    let blanks = vec![b' '; 1 << 20];
    for _ in 0..megabytes {
        zip.write_all(&blanks).expect("more of the same");
    }
    zip.write_all(b"]}").expect("its end");
    zip.finish().expect("the archive").into_inner()
}

#[test]
fn t40_an_archive_that_swells_is_stopped_at_a_cap() {
    let karla = Leader::named("Karla");
    // What it swells to is well above the cap in either run; the quick one is made sooner.
    let bytes = bomb(rounds(64, 1_024));
    assert!(bytes.len() < 8 << 20, "it looks harmless: {} bytes", bytes.len());
    let file = put(&karla, "bombe.zip", &bytes);
    let path = file.display().to_string();
    let refused = karla.cli(&["import", &path]).answer();
    assert_eq!(refused.exit(), Some(1), "{}", refused.err);
    assert!(
        refused.err.contains("[tooLarge]") || refused.err.contains("[badFile]"),
        "{}",
        refused.err
    );
    assert!(refused.took < Duration::from_secs(20), "it stops early: {:?}", refused.took);
    assert!(karla.list().is_empty(), "and nothing is imported");
}

#[test]
fn t40_an_archive_in_an_archive_is_not_opened() {
    let karla = Leader::named("Karla");
    let inner = archive(&[("Journal.json", JOURNAL.as_bytes())]);
    let file = put(&karla, "indlejret.zip", &archive(&[("indre.zip", &inner)]));
    karla.cli(&["import", &file.display().to_string()]).answer().failed(1, "unknownFormat");
    let beside = archive(&[("Journal.json", JOURNAL.as_bytes()), ("indre.zip", &inner)]);
    let file = put(&karla, "ved siden af.zip", &beside);
    assert_eq!(karla.imports(&file), 1, "the archive's own journal, and not the one within");
}

#[test]
fn t40_an_archive_with_a_lie_about_its_sizes_is_no_trap() {
    let karla = Leader::named("Karla");
    let honest = archive(&[("Journal.json", JOURNAL.as_bytes())]);
    for cut in [honest.len() - 1, honest.len() / 2, 30, 4, 0] {
        let file = put(&karla, "afkortet.zip", &honest[..cut]);
        let answer = karla.cli(&["import", &file.display().to_string()]).answer();
        assert_eq!(answer.exit(), Some(1), "cut at {cut}: {}", answer.err);
    }
    let mut lying = honest.clone();
    let directory = lying.windows(4).position(|four| four == b"PK\x01\x02").expect("a directory");
    lying[directory + 24..directory + 28].copy_from_slice(&3_u32.to_le_bytes());
    let file = put(&karla, "løgn.zip", &lying);
    let answer = karla.cli(&["import", &file.display().to_string()]).answer();
    assert!(matches!(answer.exit(), Some(0 | 1)), "{:?} {}", answer.exit(), answer.err);
    for entry in karla.list() {
        assert_eq!(entry["body"], "En helt almindelig dag.", "the text or nothing");
    }
    karla.sees_that_all_is_whole();
}
