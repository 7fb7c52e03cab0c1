use fristed_base::SharedFileId;

use super::{page, search};
use crate::content::Content;
use crate::content::{CopyId, build};
use crate::error::NetworkError;
use crate::log::take;
use crate::model::{Detail, FeedKind, Lang, Subject};
use crate::table::{item, memory, room};
use crate::trial::{METTE, ROOM, at, begin, clear, new_share, reflection};
use crate::wish::share;

#[test]
fn a_part_of_a_compound_is_found_and_aa_is_a_ring() {
    let c = memory();
    begin(&c);
    let no = room::no_of(&c, ROOM).expect("the room");
    let events = [
        clear("$a", METTE, 1, reflection(1, "Ledernetværket", "om blåbærgrød og løn")),
        clear("$b", METTE, 2, reflection(2, "Andet", "netværk")),
    ];
    take(&c, no, &events).expect("taken");
    let found = |typed: &str| {
        let page = search::find(&c, Some(ROOM), typed, 0, 10, at(9)).expect("found");
        page.items.into_iter().filter_map(|item| item.event).collect::<Vec<_>>()
    };
    assert_eq!(found("netværk"), ["$b", "$a"]);
    assert_eq!(found("blaabær"), ["$a"]);
    assert_eq!(found("NETVAERK løn"), ["$a"]);
    assert_eq!(found("løn"), found("lø"), "two letters are looked for as well");
    for nothing in ["", " - ", "\"*", "pension", "netværk pension"] {
        assert_eq!(found(nothing), Vec::<String>::new(), "{nothing}");
    }
}

#[test]
fn a_feed_is_read_page_by_page_and_marked_read() {
    let c = memory();
    begin(&c);
    let no = room::no_of(&c, ROOM).expect("the room");
    let events: Vec<_> = (0..7_u8)
        .map(|n| clear(&format!("${n}"), METTE, n.into(), reflection(n, "T", "x")))
        .collect();
    take(&c, no, &events).expect("taken");
    let page = page::page(&c, Some(ROOM), 5, 5, at(9)).expect("a page");
    let ids: Vec<_> = page.items.iter().filter_map(|item| item.event.as_deref()).collect();
    assert_eq!((ids, page.total), (vec!["$1", "$0"], 7));
    page::mark_read(&c, ROOM, Some(page.items[0].id)).expect("read");
    assert_eq!(item::unread(&c, Some(no)).expect("unread"), 6);
    page::mark_read(&c, ROOM, None).expect("read");
    assert_eq!(page::unread(&c).expect("unread"), 0);
    assert!(matches!(page::page(&c, Some("!x"), 0, 1, at(9)), Err(NetworkError::NotFound)));
}

#[test]
fn each_kind_has_what_only_it_has() {
    let c = memory();
    begin(&c);
    let subjects = [
        Subject::Commitment { who: "Karla".into(), what: "Ringe".into(), due: None },
        Subject::Contract { version: 2, text: "Vi tier".into() },
        Subject::Meeting { summary: "Møde".into(), ics: "BEGIN".into() },
    ];
    let shown = subjects.map(|subject| {
        let new = crate::model::NewShare { subject, ..new_share("", "", 0) };
        let (_, id) = share::share(&c, new, at(0)).expect("shared");
        let item = page::one(&c, id, at(1)).expect("shown");
        (item.kind, item.title, item.body, item.detail.expect("a detail"))
    });
    let [commitment, contract, meeting] = shown;
    let who = Detail::Commitment { who: "Karla".into(), due: None };
    assert_eq!(commitment, (FeedKind::Commitment, "Ringe".into(), String::new(), who));
    let version = Detail::Contract { version: 2 };
    assert_eq!(contract, (FeedKind::Contract, String::new(), "Vi tier".into(), version));
    let ics = Detail::Meeting { ics: "BEGIN".into(), answers: Vec::new() };
    assert_eq!(meeting, (FeedKind::Meeting, String::new(), String::new(), ics));
}

#[test]
fn a_file_says_where_it_is_until_it_is_withdrawn() {
    let c = memory();
    begin(&c);
    let no = room::no_of(&c, ROOM).expect("the room");
    let source = serde_json::json!({"url": "mxc://a/b"});
    let (of, name, media_type) = (CopyId([1; 16]), "bilag-1.pdf".into(), "application/pdf".into());
    let file = Content::File { of, name, media_type, size: 9, source: source.clone() };
    let file = clear("$f", METTE, 1, build(&file, CopyId([2; 16]), "", Lang::Danish));
    take(&c, no, &[file, clear("$a", METTE, 2, reflection(1, "T", "x"))]).expect("taken");
    let shown = page::page(&c, None, 0, 1, at(9)).expect("a page").items.remove(0);
    let found = page::file(&c, shown.files[0].id).expect("a file");
    assert_eq!((found.source, found.bytes, found.room.as_str()), (Some(source), None, ROOM));
    take(&c, no, &[crate::trial::redaction("$r", METTE, 3, "$a", false)]).expect("taken");
    assert!(matches!(page::file(&c, shown.files[0].id), Err(NetworkError::NotFound)));
    assert!(page::file(&c, SharedFileId::new()).is_err());
}
