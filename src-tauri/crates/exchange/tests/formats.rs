//! Each format as its program writes it, from fixtures of fictional journals.

#![allow(missing_docs, clippy::unwrap_used)]

mod support;

use fristed_exchange::{Format, SkipReason};
use fristed_journal::Entry;
use support::{Leader, fixture, members, skipped};

fn days(entries: &[Entry]) -> Vec<String> {
    entries.iter().map(|entry| entry.written.to_rfc3339()).collect()
}

/// The text of an entry without its front matter.
fn text(entry: &Entry) -> &str {
    match entry.body.strip_prefix("---\n") {
        Some(rest) => rest.split_once("\n---\n\n").map_or("", |(_, text)| text),
        None => &entry.body,
    }
}

#[test]
fn a_day_one_export_comes_in_with_all_it_says() {
    let karen = Leader::new();
    let plan = karen.preview(&fixture("dayone")).unwrap();
    assert_eq!(plan.preview().format, Format::DayOne);
    assert_eq!(plan.preview().new_entries, 5);
    assert_eq!(plan.preview().attachments, 4);
    assert_eq!(plan.preview().first_day.unwrap().to_string(), "2023-05-04");
    assert_eq!(plan.preview().last_day.unwrap().to_string(), "2025-04-01");
    assert_eq!(
        skipped(&plan),
        [
            ("audios/f35f41739499e70c6b2714e3a7d82d8c", SkipReason::Missing),
            ("Journal.json: 5", SkipReason::Empty),
        ]
    );
    assert!(karen.entries().is_empty(), "a preview writes nothing");
    karen.import(&fixture("dayone"));
    let entries = karen.entries();
    assert_eq!(
        days(&entries),
        [
            "2023-05-04T09:00:00+09:00",
            "2024-01-15T08:05:00+01:00",
            "2024-04-21T23:45:51+01:00",
            "2024-07-02T00:30:00+02:00",
            "2025-04-01T22:55:27+02:00",
        ],
        "each at the offset that its zone had then"
    );
    let mødet = &entries[3];
    let ids: Vec<String> = mødet.attachments.iter().map(|file| file.id.to_string()).collect();
    assert_eq!(
        text(mødet),
        format!(
            "# Efter personalemødet\n\nVi sluttede kl. 16-17 (sent)!\n\n![](attachment:{})\n\n\
             [Dagsorden.pdf](attachment:{})\n\n1\\. er ikke en liste.",
            ids[0], ids[1]
        )
    );
    assert_eq!(mødet.shown_title, "Efter personalemødet");
    assert_eq!(mødet.tags, ["ledelse", "Svære samtaler"]);
    assert!(mødet.starred);
    assert_eq!(mødet.updated.to_rfc3339(), "2024-07-02T08:00:00+02:00");
    assert_eq!(mødet.attachments[0].name, "IMG_0417.png");
    assert_eq!(mødet.attachments[0].media_type, "image/png");
    assert_eq!(mødet.attachments[1].media_type, "application/pdf");
    for kept in [
        "placeName: Borgerhuset (opdigtet)",
        "conditionsDescription: Letskyet",
        "activityName: Walking",
        "editingTime: 29.37",
        "journal: Journal",
    ] {
        assert!(mødet.body.contains(kept), "{kept} is kept as front matter");
    }
    assert!(!mødet.body.contains("\ntimeZone:"), "her own zone tells nothing");
    assert!(entries[2].body.contains("\ntimeZone: Europe/London\n"), "another one does");
    let rich = &entries[1];
    let photo = rich.attachments[0].id;
    assert_eq!(
        text(rich),
        format!(
            "# Kun rig tekst\n\nJeg sagde **nej** for første gang.\n\n- [x] Tak Bodil\n\
             - [ ] Ring til HR\n\n![](attachment:{photo})"
        )
    );
    assert_eq!(text(&entries[0]), "Rig tekst som objekt.");
    let film = &entries[2];
    assert!(text(film).ends_with(&format!(".mp4](attachment:{})", film.attachments[0].id)));
    assert_eq!(film.attachments[0].media_type, "video/mp4");
    assert!(entries[4].body.contains("journal: Arbejde"));
}

#[test]
fn a_zip_gives_the_same_as_its_folder_and_a_second_import_adds_nothing() {
    let karen = Leader::new();
    let files = members(&fixture("dayone"));
    let files: Vec<(&str, &[u8])> =
        files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
    let zip = karen.archive("Export.zip", &files);
    let done = karen.import(&zip);
    assert_eq!((done.added, done.already_here, done.skipped), (5, 0, 2));
    let first = karen.entries();
    assert_eq!(
        karen.bytes(&first[3], 0),
        std::fs::read(fixture("dayone").join(files[3].0)).unwrap()
    );
    for path in [zip, fixture("dayone"), fixture("dayone/Journal.json")] {
        let plan = karen.preview(&path).unwrap();
        assert_eq!(plan.preview().new_entries, 0);
        let done = karen.import(&path);
        assert_eq!(done.added, 0, "nothing comes twice");
        assert!(done.already_here >= 4);
    }
    assert_eq!(karen.entries(), first);
}

#[test]
fn a_bare_day_one_document_finds_its_media_beside_it() {
    let karen = Leader::new();
    let plan = karen.preview(&fixture("dayone/Journal.json")).unwrap();
    assert_eq!(plan.preview().attachments, 4);
    let bare = std::fs::read(fixture("dayone/Journal.json")).unwrap();
    let alone = karen.folder("alone", &[("Journal.json", &bare)]).join("Journal.json");
    let plan = karen.preview(&alone).unwrap();
    assert_eq!(plan.preview().attachments, 0);
    assert_eq!(
        skipped(&plan).iter().filter(|(_, reason)| *reason == SkipReason::Missing).count(),
        5
    );
}

#[test]
fn jrnl_entries_keep_their_title_and_marks_and_twins_both_come() {
    let karen = Leader::new();
    let plan = karen.preview(&fixture("jrnl/jrnl.json")).unwrap();
    assert_eq!(plan.preview().format, Format::Jrnl);
    assert_eq!(plan.preview().new_entries, 4);
    assert_eq!(plan.preview().sample[0].title, "Ny rolle i dag.");
    assert_eq!(karen.import(&fixture("jrnl/jrnl.json")).added, 4);
    let entries = karen.entries();
    assert_eq!(entries[0].title, "Ny rolle i dag.");
    assert_eq!(entries[0].body, "Første møde med @ledelse og @hr.\nDet gik bedre end ventet.");
    assert_eq!(entries[0].tags, ["ledelse", "hr"]);
    assert!(entries[0].starred);
    assert_eq!(entries[0].written.to_rfc3339(), "2026-03-02T08:15:00+01:00");
    assert_eq!(entries[3].written.to_rfc3339(), "2026-08-10T07:30:00+02:00");
    assert!(entries[3].body.starts_with("---\n") && entries[3].body.contains("jrnl/4.6"));
    assert_eq!(karen.import(&fixture("jrnl/jrnl.json")).added, 0);
}

#[test]
fn joplins_notes_come_with_their_fields_and_resources() {
    let karen = Leader::new();
    let plan = karen.preview(&fixture("joplin")).unwrap();
    assert_eq!(plan.preview().format, Format::Markdown);
    assert_eq!(skipped(&plan), []);
    karen.import(&fixture("joplin"));
    let entries = karen.entries();
    let samtale = &entries[0];
    assert_eq!(samtale.title, "Samtale med teamet: anden runde");
    assert_eq!(samtale.written.to_rfc3339(), "2026-02-10T15:30:00+01:00");
    assert_eq!(samtale.updated.to_rfc3339(), "2026-02-11T10:12:00+01:00");
    assert_eq!(samtale.tags, ["samtale", "team"]);
    let id = samtale.attachments[0].id;
    assert_eq!(samtale.attachments.len(), 1, "one file is one attachment, however often shown");
    assert_eq!(samtale.attachments[0].name, "tavle foto.png");
    assert_eq!(
        samtale.body,
        format!(
            "---\nauthor: Karen Opdigtet\nlatitude: 55.49040000\nlongitude: 9.47220000\n\
             altitude: 0.0000\n---\n\nTavlen bagefter:\n\n![tavle](attachment:{id})\n\n\
             ![samme](attachment:{id})\n\nSe [den anden note](Anden%20note.md).\n"
        )
    );
    assert_eq!(entries[1].body, "Med vognretur.\r\n\r\nSlut.\r\n", "line ends stay, the BOM goes");
}

#[test]
fn obsidians_notes_come_with_their_embeds_and_days() {
    let karen = Leader::new();
    let plan = karen.preview(&fixture("obsidian")).unwrap();
    assert_eq!(skipped(&plan), [("Bilag/væk.docx", SkipReason::Missing)]);
    karen.import(&fixture("obsidian"));
    let entries = karen.entries();
    assert_eq!(
        days(&entries),
        [
            "2025-12-31T12:00:00+01:00",
            "2026-10-24T06:50:00+02:00",
            "2026-11-24T12:00:00+01:00",
            "2026-11-25T16:40:00+01:00",
            "2026-11-26T12:00:00+01:00",
        ]
    );
    let god = &entries[2];
    assert_eq!(god.tags, ["daglig", "ledelse"]);
    assert_eq!(god.title, "");
    assert_eq!(
        god.body,
        format!(
            "---\naliases:\n  - Tirsdagen\ncssclasses: bred\n---\n\n# En god dag\n\n\
             ![](attachment:{}) og [referat.pdf](attachment:{})\n\n\
             Se [[Uden dato]] og `![[kode.png]]`.\n",
            god.attachments[0].id, god.attachments[1].id
        )
    );
    assert_eq!(entries[0].title, "", "the heading says the file's name already");
    assert!(entries[0].body.starts_with("---\nstemning: rolig\n---\n# Uden dato\n"));
    assert_eq!(entries[1].body, "Tidligt oppe.\n");
    assert!(entries[1].starred);
    assert_eq!(entries[1].tags, ["ny", "møde"]);
    assert_eq!(entries[3].title, "Møde om løn");
    assert_eq!(entries[3].tags, [""; 0], "words in the text are no tags");
    assert_eq!(karen.import(&fixture("obsidian")).added, 0);
}

#[test]
fn one_note_is_taken_alone_with_what_it_shows() {
    let karen = Leader::new();
    let path = fixture("joplin/Samtale med teamet.md");
    let plan = karen.preview(&path).unwrap();
    assert_eq!((plan.preview().new_entries, plan.preview().attachments), (1, 1));
    assert_eq!(karen.import(&path).added, 1);
    assert_eq!(karen.import(&fixture("joplin")).added, 1, "it is the same note as in its folder");
}

#[test]
fn a_note_without_any_date_has_that_of_its_file() {
    let karen = Leader::new();
    let folder = karen.folder("noter", &[("Løst.md", b"bare tekst"), ("skjult/.x.md", b"nej")]);
    let note = std::fs::File::options().write(true).open(folder.join("Løst.md")).unwrap();
    let time: std::time::SystemTime = support::at("2020-02-29T10:00:00Z").date_time().into();
    note.set_modified(time).unwrap();
    karen.import(&folder);
    let entries = karen.entries();
    assert_eq!(days(&entries), ["2020-02-29T11:00:00+01:00"]);
    assert_eq!(entries[0].title, "Løst");
    std::fs::File::options()
        .write(true)
        .open(folder.join("Løst.md"))
        .unwrap()
        .set_modified(std::time::SystemTime::now())
        .unwrap();
    assert_eq!(karen.import(&folder).added, 0, "a copied file is the same note");
}

#[test]
fn a_zipped_folder_of_notes_is_a_folder_of_notes() {
    let karen = Leader::new();
    let files = members(&fixture("obsidian"));
    let inside: Vec<(String, Vec<u8>)> =
        files.into_iter().map(|(name, bytes)| (format!("Min boks/{name}"), bytes)).collect();
    let mut inside: Vec<(&str, &[u8])> =
        inside.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
    inside.push(("Min boks/2026/fra roden.md", b"![](Bilag/skitse.png) 1. maj"));
    inside.push(("__MACOSX/Min boks/._2026-11-24.md", b"x"));
    let zip = karen.archive("boks.zip", &inside);
    let plan = karen.preview(&zip).unwrap();
    assert_eq!(plan.preview().format, Format::Markdown);
    assert_eq!(plan.preview().new_entries, 6);
    assert_eq!(plan.preview().attachments, 3);
}

#[test]
fn letters_in_two_parts_are_the_same_letters() {
    let karen = Leader::new();
    let png = std::fs::read(fixture("obsidian/Bilag/skitse.png")).unwrap();
    let folder = karen.folder(
        "mac",
        &[
            ("2026-11-24.md", "![](bilag/a\u{30a}r.png) ![[ÅR 2.png]]".as_bytes()),
            ("2026-11-25.md", "![](bilag/%C3%A5r.png) ![[a\u{30a}r 2.png]]".as_bytes()),
            ("bilag/a\u{30a}r.png", &png),
            ("bilag/år 2.png", &png),
        ],
    );
    for path in [folder.clone(), folder.join("2026-11-25.md")] {
        let plan = karen.preview(&path).unwrap();
        let each = if path == folder { 4 } else { 1 };
        assert_eq!(plan.preview().attachments, each, "{:?}", skipped(&plan));
    }
}

#[test]
fn a_day_one_entry_without_its_date_has_another_one() {
    let karen = Leader::new();
    let document = r#"{"metadata":{"version":"1.0"},"entries":[
        {"uuid":"A","text":"uden oprettelse","modifiedDate":"2024-01-02T03:04:05Z"},
        {"uuid":"B","text":"uden tid"},
        {"text":"uden id","creationDate":"2024-01-02T03:04:05Z"},
        {"text":"uden id","creationDate":"2024-01-02T03:04:05Z"},
        {"uuid":"A","text":"uden oprettelse","modifiedDate":"2024-01-02T03:04:05Z"},
        {"uuid":"A","text":"samme id, anden tekst","modifiedDate":"2024-01-02T03:04:05Z"}
    ]}"#;
    let folder = karen.folder("løs", &[("Journal.json", document.as_bytes())]);
    assert_eq!(karen.import(&folder).added, 5, "only an equal one of the same id is one entry");
    assert_eq!(karen.entries()[0].written.to_rfc3339(), "2024-01-02T04:04:05+01:00");
    assert_eq!(karen.import(&folder).added, 0);
}
