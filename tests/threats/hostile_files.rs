//! 41 and 47: files that are too deep, too large, or no text.

use std::fs;
use std::path::PathBuf;
use std::time::Duration;

use fristed_tests::{Answer, Leader};

fn put(karla: &Leader, name: &str, content: &[u8]) -> PathBuf {
    let path = karla.home().join("hentet").join(name);
    fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    fs::write(&path, content).expect("a file");
    path
}

/// Imports a file that is to be refused, soon, and with nothing taken in.
fn refused(karla: &Leader, name: &str, content: &[u8]) -> Answer {
    let path = put(karla, name, content).display().to_string();
    let answer = karla.cli(&["import", &path]).answer();
    assert_eq!(answer.exit(), Some(1), "{name}: {:?} {}", answer.status, answer.err);
    assert!(answer.took < Duration::from_secs(5), "{name} took {:?}", answer.took);
    assert!(karla.list().is_empty(), "{name}: nothing is imported");
    answer
}

#[test]
fn t41_json_a_hundred_thousand_deep_is_an_error_and_no_crash() {
    let karla = Leader::named("Karla");
    let deep = "[".repeat(100_000);
    refused(&karla, "dyb.json", deep.as_bytes());
    let in_dayone = format!(
        r#"{{"metadata":{{}},"entries":[{{"creationDate":"2024-01-01T00:00:00Z","text":"x","weather":{deep}"#
    );
    refused(&karla, "dyb dagbog.json", in_dayone.as_bytes());
    let object = format!(r#"{{"entries":{}"#, r#"{"a":"#.repeat(100_000));
    refused(&karla, "dybe objekter.json", object.as_bytes());
    let closed = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    refused(&karla, "dyb og lukket.json", closed.as_bytes());
}

#[test]
fn t41_front_matter_that_is_deep_or_refers_to_itself_is_no_crash() {
    let karla = Leader::named("Karla");
    let deep = format!("---\ntags: {}\n---\nDyb.\n", "[".repeat(50_000));
    let laughs = "---\na: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c]\ne: &e [*d,*d,*d,*d,*d,*d,*d,*d,*d]\nf: &f [*e,*e,*e,*e,*e,*e,*e,*e,*e]\ng: &g [*f,*f,*f,*f,*f,*f,*f,*f,*f]\ntags: *g\n---\nLatter.\n";
    put(&karla, "noter/2024-01-01 dyb.md", deep.as_bytes());
    put(&karla, "noter/2024-01-02 latter.md", laughs.as_bytes());
    put(&karla, "noter/2024-01-03 god.md", b"God.\n");
    let folder = karla.home().join("hentet/noter").display().to_string();
    let answer = karla.cli(&["import", &folder]).answer();
    assert!(matches!(answer.exit(), Some(0 | 1)), "{:?} {}", answer.status, answer.err);
    assert!(answer.took < Duration::from_secs(10), "{:?}", answer.took);
    if answer.exit() == Some(0) {
        assert!(karla.list().iter().any(|entry| entry["body"] == "God.\n"), "the good one came");
    }
}

#[test]
fn t41_a_note_of_more_than_fifty_megabytes_is_left_out_and_named() {
    let karla = Leader::named("Karla");
    put(&karla, "noter/2024-01-01 kæmpe.md", &vec![b'a'; 50_000_001]);
    put(&karla, "noter/2024-01-02 god.md", b"God.\n");
    let folder = karla.home().join("hentet/noter").display().to_string();
    let answer = karla.cli(&["import", &folder, "--json"]).answer();
    assert!(answer.took < Duration::from_secs(20), "{:?}", answer.took);
    assert_eq!(answer.exit(), Some(0), "{}", answer.err);
    let done = answer.json();
    assert_eq!(done["added"], 1, "{done}");
    assert_eq!(done["skipped"], 1, "{done}");
    assert_eq!(done["skipped_items"][0]["reason"], "tooLarge", "{done}");
}

#[test]
fn t41_bytes_that_are_no_text_are_refused_or_left_out_and_never_stored_as_something_else() {
    let karla = Leader::named("Karla");
    refused(&karla, "ikke tekst.json", b"{\"entries\":[{\"text\":\"\xff\xfe\"}]}");
    refused(&karla, "tom.json", b"");
    refused(&karla, "null.json", b"null");
    refused(&karla, "billede.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR");
    put(&karla, "noter/2024-01-01 latin1.md", b"R\xf8dgr\xf8d\n");
    put(&karla, "noter/2024-01-02 god.md", "Rødgrød\n".as_bytes());
    let folder = karla.home().join("hentet/noter").display().to_string();
    let done = karla.does(&["import", &folder, "--json"]).json();
    for entry in karla.list() {
        let body = entry["body"].as_str().unwrap_or_default();
        assert!(body == "Rødgrød\n", "only what was read as it is: {body:?}");
    }
    assert_eq!(done["skipped"], 1, "and the other is named: {done}");
}

#[test]
fn t47_what_would_command_a_terminal_is_kept_in_the_store_and_not_shown() {
    let karla = Leader::named("Karla");
    let body = "Før \u{1b}]0;ejet\u{7} efter \0 og \u{202e}bagvendt\n";
    let title = "Titel \u{1b}[31m\u{202e}";
    let id = karla.writes_with(body, &["--title", title]);
    assert_eq!(karla.reads(&id), body.as_bytes(), "a pipe gets every byte");
    for call in [&["list"][..], &["search", "efter"]] {
        let shown = karla.does(call);
        assert!(
            !shown.text().contains(['\u{1b}', '\u{7}', '\0', '\u{202e}']),
            "{call:?}: {:?}",
            shown.text()
        );
    }
    let json = karla.does(&["list", "--json"]);
    assert!(!json.text().contains(['\u{1b}', '\u{7}', '\0']), "JSON escapes them");
    assert_eq!(json.json()[0]["body"], body, "and loses none of the text's");
}
