//! An old journal comes along.

use std::fs;
use std::io::{Cursor, Write};

use fristed_tests::Leader;
use fristed_tests::leader::titles;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// A picture of one pixel.
const PIXEL: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89\0\0\0\rIDATx\x9cc\xf8\xcf\xc0\xf0\x1f\0\x05\0\x01\xff\x89\x99=\x1d\0\0\0\0IEND\xaeB`\x82";

const DAY_ONE: &str = r##"{
  "metadata": {"version": "1.0"},
  "entries": [
    {
      "uuid": "A1B2C3D4E5F60718293A4B5C6D7E8F90",
      "creationDate": "2023-02-03T21:30:00Z", "modifiedDate": "2023-02-04T07:00:00Z",
      "timeZone": "Europe/Copenhagen", "starred": true, "tags": ["ledelse", "aften"],
      "text": "# Om at tie stille\n\nJeg talte for meget\\.\n\n![](dayone-moment://AAAA0000BBBB1111CCCC2222DDDD3333)\n",
      "photos": [{"identifier": "AAAA0000BBBB1111CCCC2222DDDD3333", "md5": "0f0e0d0c0b0a09080706050403020100", "type": "png"}],
      "location": {"placeName": "Rådhuset", "localityName": "Randers", "latitude": 56.46, "longitude": 10.03}
    },
    {"uuid": "00112233445566778899AABBCCDDEEFF", "creationDate": "2023-02-05T12:00:00Z", "timeZone": "Europe/Copenhagen", "text": "En kort dag."}
  ]
}"##;

fn day_one(karla: &Leader) -> std::path::PathBuf {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in [
        ("Journal.json", DAY_ONE.as_bytes()),
        ("photos/0f0e0d0c0b0a09080706050403020100.png", PIXEL),
    ] {
        zip.start_file(name, SimpleFileOptions::default()).expect("a file in the archive");
        zip.write_all(content).expect("its content");
    }
    let path = karla.home().join("Day One.zip");
    fs::write(&path, zip.finish().expect("the archive").into_inner()).expect("the file");
    path
}

#[test]
fn an_old_journal_comes_along() {
    let karla = Leader::named("Karla");
    let file = day_one(&karla);
    let path = file.display().to_string();

    let preview = karla.does(&["import", &path, "--dry-run", "--json"]).json();
    assert_eq!(preview["dry_run"], true);
    assert_eq!(preview["new_entries"], 2, "she sees what would come: {preview}");
    assert_eq!(preview["first_day"], "2023-02-03");
    assert_eq!(preview["attachments"], 1);
    assert!(karla.list().is_empty(), "a dry run brings nothing");

    assert_eq!(karla.imports(&file), 2);
    let all = karla.list();
    assert_eq!(titles(&all), ["En kort dag.", "Om at tie stille"], "newest first");
    let old = &all[1];
    assert_eq!(old["created_at"], "2023-02-03T22:30:00+01:00", "as her clock showed it then");
    assert_eq!(old["day"], "2023-02-03");
    assert_eq!(old["starred"], true);
    assert_eq!(old["tags"], serde_json::json!(["ledelse", "aften"]));
    let attachment = &old["attachments"][0];
    assert_eq!(attachment["size"], PIXEL.len(), "its picture came with it: {old}");
    let body = old["body"].as_str().expect("a text");
    let id = attachment["id"].as_str().expect("an id");
    assert!(body.contains(&format!("attachment:{id}")), "where it stood: {body}");
    assert!(body.contains("Rådhuset"), "what has no field here is kept with the text: {body}");
    assert_eq!(karla.finds_titles("tie"), ["Om at tie stille"], "and it can be found");

    let again = karla.does(&["import", &path, "--json"]).json();
    assert_eq!((&again["added"], &again["already_here"]), (&0.into(), &2.into()), "{again}");
    assert_eq!(karla.list().len(), 2, "the same file again brings nothing");
    karla.sees_that_all_is_whole();
}

#[test]
fn a_journal_from_jrnl_comes_along() {
    let karla = Leader::named("Karla");
    let path = karla.home().join("jrnl.json");
    let jrnl = r#"{"tags": {"@møde": 1}, "entries": [
        {"title": "Mandagsmøde.", "body": "Vi blev enige om @møde.\n", "date": "2022-09-05", "time": "09:30", "tags": ["@møde"], "starred": true},
        {"title": "Tirsdag", "body": "", "date": "2022-09-06", "time": "00:00", "tags": [], "starred": false}
    ]}"#;
    fs::write(&path, jrnl).expect("a file");
    assert_eq!(karla.imports(&path), 2);
    let monday = &karla.list()[1];
    assert_eq!(monday["title"], "Mandagsmøde.");
    assert_eq!(monday["created_at"], "2022-09-05T09:30:00+02:00", "in her own zone");
    assert_eq!(monday["starred"], true);
    assert_eq!(monday["tags"], serde_json::json!(["møde"]));
    assert_eq!(karla.imports(&path), 0);
}

#[test]
fn a_folder_of_notes_comes_along_byte_for_byte() {
    let karla = Leader::named("Karla");
    let folder = karla.home().join("noter");
    fs::create_dir_all(folder.join("2021")).expect("a folder");
    let crlf = "Linje et\r\nLinje to\r\n";
    fs::write(folder.join("2021/2021-06-01 Sommer.md"), crlf).expect("a note");
    fs::write(
        folder.join("Uden dato.md"),
        "---\ntitle: Med felter\ndate: 2021-07-02 08:00\ntags: [ro, tid]\nhumør: godt\n---\nTeksten.\n",
    )
    .expect("a note");
    assert_eq!(karla.imports(&folder), 2);
    let all = karla.list();
    assert_eq!(all[0]["title"], "Med felter");
    assert_eq!(all[0]["day"], "2021-07-02");
    assert_eq!(all[0]["tags"], serde_json::json!(["ro", "tid"]));
    let body = all[0]["body"].as_str().expect("a text");
    assert!(body.contains("humør: godt"), "a field of another program is kept: {body}");
    assert!(body.ends_with("Teksten.\n"), "{body}");
    assert_eq!(all[1]["day"], "2021-06-01", "the name has the date");
    assert_eq!(all[1]["body"], crlf, "line endings are not touched");
}

#[test]
fn a_file_of_another_kind_is_refused_with_advice() {
    let karla = Leader::named("Karla");
    let path = karla.home().join("regneark.ods");
    fs::write(&path, "ikke en journal").expect("a file");
    karla.cli(&["import", &path.display().to_string()]).answer().failed(1, "unknownFormat");
    let nowhere = karla.home().join("findes ikke.zip").display().to_string();
    let missing = karla.cli(&["import", &nowhere]).answer().failed(1, "fileUnreadable");
    assert!(missing.err.contains("findes ikke.zip"), "the path is named: {}", missing.err);
}
