//! What leaves of an entry: the part that was chosen, its pictures, a text of any length.

use std::io::Cursor;

use fristed_app::wire::ErrorCode;
use fristed_app::wire::sharing::{ItemState, Obstacle, Sending, ShareDraft};
use fristed_tests::canary;
use fristed_tests::sealed::sealed;
use fristed_tests::sharer::Sharer;
use fristed_tests::synapse::{Setup, Synapse};
use serde_json::json;

/// What is shared.
const CHOSEN: &str = "Jeg sagde ja til noget, jeg ikke kunne nå.";
/// What stands in the same entry, and stays.
const KEPT: &str = "Forvaltningschefen sukkede 6617 gange den dag";

#[test]
fn of_an_excerpt_nothing_else_leaves() {
    let server = Synapse::start();
    let karla = Sharer::of(&server, "Karla");
    let mette = Sharer::of(&server, "Mette");
    let room = karla.founds("Skolelederne");
    karla.lets_in(&room, &mette);
    let entry = karla.writes("Om at sige ja", &format!("{CHOSEN}\n\n{KEPT}"));
    let draft = ShareDraft {
        title: "Om at sige fra".into(),
        body: CHOSEN.into(),
        excerpt: true,
        ..Sharer::draft(&entry, &room)
    };
    let shown = karla.program().share_preview(draft.clone(), karla.now()).expect("a preview");
    assert_eq!((shown.title.as_str(), shown.body.as_str()), ("Om at sige fra", CHOSEN));
    assert_eq!((shown.day, shown.obstacle), (None, None));
    let shared = karla.shares(draft);
    let read = mette.reads(&room, "Om at sige fra", |it| it.state == ItemState::Whole);
    assert_eq!((read.body.as_str(), &read.day), (CHOSEN, &None));

    // She works on what stays: the copy is the same, and is still an excerpt.
    karla.rewrites(&entry, &format!("{CHOSEN}\n\n{KEPT}, og jeg lo."));
    let mine = karla.reads(&room, "Om at sige fra", |it| it.outdated);
    assert_eq!((mine.body.as_str(), mine.id), (CHOSEN, shared.id));
    assert!(mine.excerpt && !read.excerpt, "only she is told that it is a part");
    for (leader, whose) in [(&karla, "her own"), (&mette, "the reader's")] {
        let found = leader.program().feed_search(None, "Forvaltningschefen", 0, 9, leader.now());
        assert_eq!(found.expect("a search").total, 0, "{whose} search of what was shared");
    }
    for kept_from in [KEPT, CHOSEN, "Om at sige fra", &entry.id] {
        assert_eq!(server.holds(kept_from), Vec::<String>::new(), "the server has no {kept_from}");
    }
    let hers = serde_json::to_string(&mette.feed(&room)).expect("all that she has");
    assert!(hers.contains(CHOSEN) && !hers.contains("Forvaltningschefen"));
    mette.locks();
    karla.locks();
    for leader in [&karla, &mette] {
        for kept_from in [KEPT, CHOSEN] {
            assert_eq!(leader.traces_of(kept_from), Vec::<String>::new());
        }
    }
}

/// A picture of one point, with a place and a camera in it.
fn photograph() -> Vec<u8> {
    let mut jpeg = vec![0xFF, 0xD8];
    let mut segment = |marker: u8, body: &[u8]| {
        jpeg.extend_from_slice(&[0xFF, marker]);
        jpeg.extend_from_slice(&u16::try_from(body.len() + 2).expect("short").to_be_bytes());
        jpeg.extend_from_slice(body);
    };
    segment(0xE0, b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0");
    segment(0xE1, b"Exif\0\0MM\0\x2A\0\0\0\x08\0\0 GPS-55.6761-12.5683 Kamera-4711-98");
    segment(0xDB, &[1; 65]);
    jpeg.extend_from_slice(&[0xFF, 0xDA, 0, 2]);
    jpeg.extend_from_slice(b"lyset faldt ind ad vinduet i nord");
    jpeg.extend_from_slice(&[0xFF, 0xD9]);
    jpeg
}

#[test]
fn a_picture_goes_along_without_where_it_was_taken_and_is_gone_when_it_is_taken_back() {
    let server = Synapse::start();
    let karla = Sharer::of(&server, "Karla");
    let mette = Sharer::of(&server, "Mette");
    let room = karla.founds("Skolelederne");
    karla.lets_in(&room, &mette);
    let entry = karla.writes("Tavlen", "");
    let attach = |name: &str, media_type: &str, bytes: Vec<u8>| {
        let mut content = Cursor::new(bytes);
        let program = karla.program();
        program.attach(&entry.id, name, media_type, &mut content, karla.now()).expect("a file").id
    };
    let picture = attach("Mettes-fyreseddel-2026.jpg", "image/jpeg", photograph());
    let minutes = attach("Referat-fortroligt-88.txt", "text/plain", b"Det bliver her 5512.".into());
    karla.rewrites(&entry, &format!("Se her:\n\n![tavlen](attachment:{picture})"));

    let draft = ShareDraft {
        attachments: vec![picture.clone()],
        body: karla.program().entry_get(&entry.id).expect("it").body,
        ..Sharer::draft(&entry, &room)
    };
    let shown = karla.program().share_preview(draft.clone(), karla.now()).expect("a preview");
    assert_eq!(shown.attachments.len(), 1);
    assert!(shown.attachments[0].stripped, "she sees that the place is taken out");
    assert_eq!(shown.left_out.iter().map(|it| it.id.as_str()).collect::<Vec<_>>(), [&minutes]);
    let shared = karla.shares(draft);

    let read = mette.reads(&room, "Tavlen", |it| it.files.len() == 1);
    let to = mette.home().join("set.jpg");
    mette.program().shared_file_save(&read.files[0].id, &to).expect("she opens it");
    let seen = std::fs::read(&to).expect("the picture");
    assert!(canary::holds(&seen, b"lyset faldt ind ad vinduet"), "it is the picture");
    assert!(!canary::holds(&seen, b"GPS-55.6761") && !canary::holds(&seen, b"Kamera-4711"));
    for kept_from in [
        "Mettes-fyreseddel-2026.jpg",
        "Referat-fortroligt-88.txt",
        "lyset faldt ind ad vinduet",
        "GPS-55.6761-12.5683",
        "Det bliver her 5512.",
        picture.as_str(),
    ] {
        assert_eq!(server.holds(kept_from), Vec::<String>::new(), "the server has no {kept_from}");
    }
    let hers = serde_json::to_string(&read).expect("all that she has");
    for kept_from in ["fyreseddel", &picture, &entry.id] {
        assert!(!hers.contains(kept_from), "the reader is not told {kept_from}");
    }

    karla.program().withdraw(&shared.id, karla.now()).expect("she takes it back");
    karla.program().sharing_send().expect("it is sent");
    mette.thread(&read.id, |it| matches!(it.item.state, ItemState::Withdrawn { .. }));
    let gone = mette.program().shared_file_save(&read.files[0].id, &to).expect_err("it is gone");
    assert_eq!(gone.code, ErrorCode::NotFound);
    std::fs::remove_file(&to).expect("what she saved is hers");
    sealed(&server, &[&karla, &mette], &["GPS-55.6761-12.5683", "lyset faldt ind ad vinduet"]);
}

#[test]
fn a_text_of_any_length_is_read_to_its_end_and_taken_back_whole() {
    let server = Synapse::start();
    let karla = Sharer::of(&server, "Karla");
    let mette = Sharer::of(&server, "Mette");
    let room = karla.founds("Skolelederne");
    karla.lets_in(&room, &mette);
    let mut body = "Ord for ord, æ ø å.\n".repeat(40_000);
    body.push_str(KEPT);
    let entry = karla.writes("Et helt år", &body);
    let shared = karla.shares(Sharer::draft(&entry, &room));
    let read = mette.reads(&room, "Et helt år", |it| it.state == ItemState::Whole);
    assert!(read.body == body, "{} bytes of {}", read.body.len(), body.len());
    let found = mette.program().feed_search(None, "Forvaltningschefen", 0, 9, mette.now());
    assert_eq!(found.expect("a search").total, 1, "the last line is found too");
    assert_eq!(server.holds(KEPT), Vec::<String>::new());

    karla.program().withdraw(&shared.id, karla.now()).expect("she takes it back");
    karla.program().sharing_send().expect("it is sent");
    mette.thread(&read.id, |it| {
        matches!(it.item.state, ItemState::Withdrawn { .. }) && it.item.body.is_empty()
    });
    let found = mette.program().feed_search(None, "Forvaltningschefen", 0, 9, mette.now());
    assert_eq!(found.expect("a search").total, 0);
    sealed(&server, &[&karla, &mette], &[KEPT]);
}

#[test]
fn what_is_above_the_servers_limit_is_refused_with_the_limit_and_nothing_is_lost() {
    const LIMIT: u32 = 100_000;
    let server = Synapse::start_with(&Setup::default().with("max_upload_size", json!(LIMIT)));
    let karla = Sharer::of(&server, "Karla");
    let mette = Sharer::of(&server, "Mette");
    let room = karla.founds("Skolelederne");
    karla.lets_in(&room, &mette);
    let entry = karla.writes("Med bilag", CHOSEN);
    let mut content = Cursor::new(vec![7; LIMIT as usize + 1]);
    let file = karla.program().attach(
        &entry.id,
        "tal.bin",
        "application/octet-stream",
        &mut content,
        karla.now(),
    );
    let with =
        ShareDraft { attachments: vec![file.expect("a file").id], ..Sharer::draft(&entry, &room) };
    let refused = Some(Obstacle::TooLarge { limit: LIMIT });
    let shown = karla.program().share_preview(with.clone(), karla.now()).expect("a preview");
    assert_eq!(shown.obstacle, refused, "she sees it before anything leaves");

    // A text that goes as a file is no other.
    let long = karla.writes("Et helt år", &"Ord for ord.\n".repeat(LIMIT as usize / 10));
    let whole = Sharer::draft(&long, &room);
    let shown = karla.program().share_preview(whole, karla.now()).expect("a preview");
    assert_eq!(shown.obstacle, refused);

    // Who shares it all the same, as from a terminal, is told in the outbox.
    let item = karla.chooses(with).id;
    karla.waits(11);
    karla.program().sharing_send().expect("it is tried");
    let failed = Sending::Failed { trouble: ErrorCode::AboveServerLimit };
    let row = karla.until("it is refused", |program| {
        let all = program.outbox(karla.now()).ok()?;
        all.into_iter().find(|row| row.sending == failed)
    });
    assert_eq!(karla.program().entry_get(&entry.id).expect("hers").body, CHOSEN);
    karla.program().outbox_drop(&row.id, karla.now()).expect("she gives it up");
    assert!(karla.program().outbox(karla.now()).expect("the outbox").is_empty());
    assert!(karla.program().feed_thread(&item, karla.now()).is_err(), "and nothing is left of it");
    let without = karla.shares(Sharer::draft(&entry, &room));
    let read = mette.reads(&room, "Med bilag", |it| it.state == ItemState::Whole);
    assert_eq!((read.body.as_str(), read.files.len()), (CHOSEN, 0));
    assert_ne!(without.id, item);
}
