//! Whatever the order, the repetition and the gaps in which events come, they come to the same.

use proptest::prelude::*;
use rusqlite::Connection;
use serde_json::json;

use super::take;
use crate::content::{Built, Content, CopyId, Related, SignName, build};
use crate::feed::page;
use crate::model::{FeedItem, Incoming, Lang, What};
use crate::table::{memory, room};
use crate::trial::{
    BO, KARLA, METTE, ROOM, at, begin, clear, redaction, reflection, tied, waiting,
};

/// After how many deeds counting backward goes round.
const ROUND: usize = 10;

#[derive(Debug, Clone)]
struct Deed {
    kind: u8,
    sender: usize,
    /// Of which deed; counted backward from itself and round, so that some are about what comes
    /// later or never.
    about: usize,
    copy: u8,
    late: bool,
    shell: bool,
    may: bool,
}

fn deed() -> impl Strategy<Value = Deed> {
    (0..10_u8, 0..3_usize, 0..5_usize, 0..4_u8, any::<bool>(), 0..6_u8, any::<bool>()).prop_map(
        |(kind, sender, about, copy, late, shell, may)| Deed {
            kind,
            sender,
            about,
            copy,
            late,
            shell: shell == 0,
            may,
        },
    )
}

/// Everything that may come of a deed.
fn events(number: usize, deed: &Deed) -> Vec<Incoming> {
    let id = format!("${number}");
    let about = format!("${}", (number + ROUND - deed.about) % ROUND);
    let sender = [METTE, BO, KARLA][deed.sender];
    let millis = i64::try_from(number).expect("few") * 10;
    let text = format!("tekst nummer {number}");
    let own = |content: &Content| build(content, CopyId([deed.copy; 16]), "ord", Lang::Danish);
    let plain = |content| Built { event_type: "m.room.message", content };
    let built = match deed.kind {
        0 | 1 => reflection(deed.copy, &format!("Titel {number}"), &text),
        2 | 3 => tied(reflection(deed.copy, "Ny", &text), Related::Edit(&about)),
        4 => return vec![redaction(&id, sender, millis, &about, deed.may)],
        5 => tied(
            build(&Content::Reply { body: text }, CopyId::random(), "", Lang::Danish),
            Related::Thread(&about),
        ),
        6 => tied(own(&Content::Sign { sign: SignName::Familiar }), Related::Sign(&about)),
        7 => {
            let source = json!({"url": "mxc://a/b"});
            let (of, name) = (CopyId([deed.copy; 16]), format!("bilag-{number}.pdf"));
            let media_type = "application/pdf".into();
            let file = Content::File { of, name, media_type, size: 1, source };
            tied(own(&file), Related::Thread(&about))
        }
        8 => plain(json!({"msgtype": "m.text", "body": text})),
        _ => plain(json!({"msgtype": "m.text", "body": "x", "dk.fristed.reflection": {"v": 2}})),
    };
    let opened = clear(&id, sender, millis, built);
    let mut all = Vec::new();
    if deed.late {
        all.push(waiting(&opened));
    }
    all.push(opened.clone());
    if deed.shell {
        let by = deed.may.then(|| BO.to_owned());
        let what = What::Redacted { by, at: at(millis + 5).millis() };
        all.push(Incoming { what, ..opened });
    }
    all
}

fn store() -> Connection {
    let c = memory();
    begin(&c);
    c
}

fn comes(c: &Connection, events: &[Incoming]) {
    let no = room::no_of(c, ROOM).expect("the room");
    take(c, no, events).expect("taken");
}

/// What is seen, without the ids of this vault.
fn seen(c: &Connection) -> Vec<String> {
    let mut all: Vec<FeedItem> = page::page(c, None, 0, 1_000, at(9_999)).expect("a feed").items;
    let threads: Vec<_> = all
        .iter()
        .flat_map(|item| page::thread(c, item.id, at(9_999)).expect("a thread").replies)
        .collect();
    all.extend(threads);
    let found = crate::feed::search::find(c, None, "tekst", 0, 1_000, at(0)).expect("found");
    let mut seen: Vec<String> = all
        .into_iter()
        .map(|item| {
            let files: Vec<_> = item.files.iter().map(|file| file.name.clone()).collect();
            format!(
                "{:?}",
                (
                    (item.event, item.kind, item.sender, item.mine, item.sent_at, item.state),
                    (item.title, item.body, item.edited_at, item.unread, item.sending),
                    (item.replies, item.signs, files),
                )
            )
        })
        .chain(found.items.into_iter().map(|item| format!("found {:?}", item.event)))
        .collect();
    seen.sort();
    seen
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, ..ProptestConfig::default() })]
    #[test]
    fn events_come_to_the_same_in_any_order(
        deeds in proptest::collection::vec(deed(), 1..16),
        order in proptest::collection::vec(any::<prop::sample::Index>(), 0..24),
        keys in proptest::collection::vec(any::<u32>(), 64),
        batch in 1..5_usize,
    ) {
        let all: Vec<Incoming> =
            deeds.iter().enumerate().flat_map(|(number, deed)| events(number, deed)).collect();
        let in_order = store();
        comes(&in_order, &all);

        let again: Vec<Incoming> = order.iter().map(|at| at.get(&all).clone()).collect();
        let mut shuffled: Vec<(u32, Incoming)> =
            all.into_iter().chain(again).zip(keys).map(|(one, key)| (key, one)).collect();
        shuffled.sort_by_key(|(key, _)| *key);
        let shuffled: Vec<Incoming> = shuffled.into_iter().map(|(_, one)| one).collect();
        let other = store();
        for some in shuffled.chunks(batch) {
            comes(&other, some);
        }
        prop_assert_eq!(seen(&in_order), seen(&other));
    }
}
