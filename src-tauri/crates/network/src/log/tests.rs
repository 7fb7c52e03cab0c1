use rusqlite::Connection;
use serde_json::json;

use super::take;
use crate::content::{Built, Content, CopyId, Related, SignName, build};
use crate::feed::page;
use crate::model::{Act, FeedItem, Incoming, ItemState, Lang, Sign, Taken, What};
use crate::outbox::{done, queue};
use crate::table::{memory, room, words};
use crate::trial::{
    BO, KARLA, METTE, ROOM, at, begin, clear, new_share, redaction, reflection, tied, waiting,
};
use crate::wish::share;

struct Story(Connection);

impl Story {
    fn begin() -> Self {
        let c = memory();
        begin(&c);
        Self(c)
    }

    fn comes(&self, events: &[Incoming]) -> Taken {
        let no = room::no_of(&self.0, ROOM).expect("the room");
        take(&self.0, no, events).expect("taken")
    }

    fn feed(&self) -> Vec<FeedItem> {
        page::page(&self.0, Some(ROOM), 0, 100, at(1_000)).expect("a feed").items
    }

    fn one_item(&self) -> FeedItem {
        let mut feed = self.feed();
        assert_eq!(feed.len(), 1, "{feed:?}");
        feed.remove(0)
    }

    fn finds(&self, typed: &str) -> usize {
        let found = crate::feed::search::find(&self.0, None, typed, 0, 10, at(0));
        found.expect("a search").items.len()
    }
}

fn sign(event: &str, sender: &str, of: &str) -> Incoming {
    let content = Content::Sign { sign: SignName::Thanks };
    let built = build(&content, CopyId::random(), "", Lang::Danish);
    clear(event, sender, 90, tied(built, Related::Sign(of)))
}

#[test]
fn what_a_peer_shares_is_hers_whatever_its_content_says() {
    let story = Story::begin();
    let mut built = reflection(1, "Om løn", "hemmeligt");
    built.content["sender"] = json!(KARLA);
    built.content["dk.fristed.reflection"]["from"] = json!(BO);
    built.content["dk.fristed.reflection"]["at"] = json!(0);
    let taken = story.comes(&[clear("$a", METTE, 5, built)]);
    let item = story.one_item();
    assert_eq!(taken.new, [item.id]);
    assert_eq!((item.sender.as_str(), item.mine, item.unread), (METTE, false, true));
    assert_eq!(item.sent_at.millis(), at(5).millis());
    assert_eq!((item.title.as_str(), item.body.as_str()), ("Om løn", "hemmeligt"));
}

#[test]
fn an_edit_counts_from_the_sender_only() {
    let story = Story::begin();
    let edit = |id: &str, by, ms, text| {
        clear(id, by, ms, tied(reflection(1, "Nu", text), Related::Edit("$a")))
    };
    let taken = story.comes(&[
        edit("$c", BO, 30, "falsk"),
        edit("$b", METTE, 20, "to"),
        clear("$a", METTE, 10, reflection(1, "Før", "en")),
    ]);
    assert_eq!(taken.new.len(), 1);
    assert_eq!(story.one_item().body, "to");
    story.comes(&[edit("$d", METTE, 40, "tre"), edit("$e", BO, 50, "falsk")]);
    let item = story.one_item();
    assert_eq!((item.title.as_str(), item.body.as_str()), ("Nu", "tre"));
    assert_eq!(item.edited_at.map(|m| m.millis()), Some(at(40).millis()));
    assert_eq!((story.finds("tre"), story.finds("to"), story.finds("falsk")), (1, 0, 0));
    story.comes(&[redaction("$r", METTE, 60, "$d", false)]);
    assert_eq!(story.one_item().body, "to", "an edit that is taken back leaves the one before it");
}

#[test]
fn new_versions_of_new_versions_are_none_of_anything_and_stop_nothing() {
    let story = Story::begin();
    let edit = |id: &str, of: &str| {
        clear(id, BO, 20, tied(reflection(1, "Ny", "falsk"), Related::Edit(of)))
    };
    let mut chain: Vec<_> =
        (1..5_000).map(|no| edit(&format!("${no}"), &format!("${}", no - 1))).collect();
    chain.reverse();
    let circle = [edit("$itself", "$itself"), edit("$x", "$y"), edit("$y", "$x")];
    let shared = clear("$a", METTE, 10, reflection(1, "Titel", "tekst"));
    story.comes(&[chain.as_slice(), &circle, &[shared]].concat());
    assert_eq!(story.one_item().body, "tekst");
    story.comes(&[clear("$0", BO, 10, reflection(1, "Titel", "først"))]);
    assert_eq!(story.feed()[1].body, "falsk", "of what it is about, it is one");
}

#[test]
fn a_redaction_counts_from_the_sender_and_from_who_may() {
    let story = Story::begin();
    let shared = clear("$a", METTE, 10, reflection(1, "Titel", "tekst"));
    story.comes(&[redaction("$r", BO, 20, "$a", false), shared.clone()]);
    assert_eq!(story.one_item().state, ItemState::Whole, "nobody else may");
    story.comes(&[redaction("$s", BO, 30, "$a", true)]);
    let item = story.one_item();
    assert_eq!(
        item.state,
        ItemState::Removed { at: at(30).date_time().to_utc().into(), by: BO.into() }
    );
    assert_eq!((item.title.as_str(), item.body.as_str(), item.unread), ("", "", false));
    assert_eq!(story.finds("tekst"), 0);
    story.comes(&[shared]);
    assert_eq!(story.one_item().body, "", "it does not come back");
}

#[test]
fn a_key_that_comes_late_opens_the_same_thing() {
    let story = Story::begin();
    let shared = clear("$a", METTE, 10, reflection(1, "Titel", "tekst"));
    story.comes(&[waiting(&shared)]);
    let waits = story.one_item();
    assert_eq!((&waits.state, waits.unread), (&ItemState::Waiting { why: None }, false));
    let taken = story.comes(std::slice::from_ref(&shared));
    let item = story.one_item();
    assert_eq!((item.id, &item.state, item.unread), (waits.id, &ItemState::Whole, true));
    assert_eq!(taken.new, [item.id]);
    assert_eq!(story.comes(&[waiting(&shared)]), Taken::default(), "and stays open");
}

#[test]
fn who_sent_what_could_not_be_opened_is_known_only_when_it_is() {
    let story = Story::begin();
    for (id, feigned) in [("$a", BO), ("$b", KARLA)] {
        let shared = clear(id, METTE, 10, reflection(id.as_bytes()[1], "Titel", "tekst"));
        let lie = Incoming { sender: feigned.into(), ..waiting(&shared) };
        story.comes(&[lie]);
        story.comes(&[shared]);
    }
    let feed = story.feed();
    assert_eq!(feed.len(), 2, "{feed:?}");
    for item in feed {
        assert_eq!((item.sender.as_str(), item.mine, item.body.as_str()), (METTE, false, "tekst"));
    }
}

#[test]
fn what_was_withdrawn_is_never_shown_as_waiting() {
    let story = Story::begin();
    let shared = clear("$a", METTE, 10, reflection(1, "Titel", "tekst"));
    let ended =
        Incoming { what: What::Redacted { by: None, at: at(50).millis() }, ..shared.clone() };
    story.comes(&[ended]);
    assert!(story.feed().is_empty(), "what nobody saw here leaves nothing");
    story.comes(&[waiting(&shared)]);
    assert!(matches!(story.one_item().state, ItemState::Withdrawn { .. }));
    story.comes(&[shared]);
    assert!(matches!(story.one_item().state, ItemState::Withdrawn { .. }));
}

#[test]
fn the_same_copy_twice_is_one_thing_and_from_another_it_is_another() {
    let story = Story::begin();
    let shared = |id, by| clear(id, by, 10, reflection(1, "Titel", "tekst"));
    story.comes(&[shared("$a", METTE), shared("$b", METTE), shared("$a", METTE)]);
    assert_eq!(story.one_item().event.as_deref(), Some("$a"));
    story.comes(&[shared("$c", BO)]);
    assert_eq!(story.feed().len(), 2);
}

#[test]
fn each_peer_gives_a_sign_once_and_before_what_it_is_given_to_if_need_be() {
    let story = Story::begin();
    story.comes(&[
        sign("$s", BO, "$a"),
        clear("$a", METTE, 10, reflection(1, "Titel", "tekst")),
        sign("$t", BO, "$a"),
        sign("$u", METTE, "$a"),
    ]);
    let signs = story.one_item().signs;
    assert_eq!(
        (signs[0].sign, &signs[0].by),
        (Sign::Thanks, &vec![BO.to_owned(), METTE.to_owned()])
    );
    story.comes(&[redaction("$x", METTE, 99, "$u", false)]);
    assert_eq!(story.one_item().signs[0].by, [BO]);
}

#[test]
fn a_meetings_calendar_texts_are_handed_on_once_and_in_order() {
    let story = Story::begin();
    let ical = |content: Content, id: &str, by, to| {
        clear(id, by, 10, tied(build(&content, CopyId([9; 16]), "ord", Lang::Danish), to))
    };
    let answer = ical(Content::Answer { ics: "REPLY".into() }, "$b", BO, Related::Thread("$a"));
    assert_eq!(story.comes(std::slice::from_ref(&answer)).itip, [], "its meeting is not known yet");
    let called = ical(Content::Meeting { ics: "REQUEST".into() }, "$a", METTE, Related::Alone);
    let taken = story.comes(std::slice::from_ref(&called));
    let texts: Vec<_> =
        taken.itip.iter().map(|i| (i.ics.as_str(), i.sender.as_str(), i.is_answer)).collect();
    assert_eq!(texts, [("REQUEST", METTE, false), ("REPLY", BO, true)]);
    assert_eq!(story.comes(&[answer, called]).itip, []);
    let off = ical(Content::Meeting { ics: "CANCEL".into() }, "$c", METTE, Related::Edit("$a"));
    assert_eq!(story.comes(&[off]).itip[0].ics, "CANCEL");
}

#[test]
fn a_long_text_waits_until_it_is_fetched() {
    let story = Story::begin();
    let content = Content::Long { title: "Lang".into(), source: json!({"url": "mxc://a/b"}) };
    story.comes(&[clear("$a", METTE, 10, build(&content, CopyId([1; 16]), "", Lang::Danish))]);
    assert_eq!(story.one_item().state, ItemState::Waiting { why: None });
    let wanted = super::texts_wanted(&story.0).expect("wanted");
    assert_eq!((wanted[0].event.as_str(), &wanted[0].source["url"]), ("$a", &json!("mxc://a/b")));
    let text = Content::Reflection { title: "Lang".into(), markdown: "og god".into(), day: None };
    let bytes = crate::content::long(&text, CopyId([1; 16]), Lang::Danish);
    let no = room::no_of(&story.0, ROOM).expect("the room");
    let taken = super::take_text(&story.0, no, "$a", &bytes).expect("taken");
    assert_eq!((taken.new.len(), story.one_item().body.as_str()), (1, "og god"));
    assert!(super::texts_wanted(&story.0).expect("wanted").is_empty());
}

#[test]
fn replies_of_other_programs_are_in_the_thread() {
    let story = Story::begin();
    let reply = |id: &str, to: &str| {
        let content = json!({"msgtype": "m.text", "body": "svar", "m.relates_to": {"m.in_reply_to": {"event_id": to}}});
        clear(id, BO, 20, Built { event_type: "m.room.message", content })
    };
    story.comes(&[reply("$c", "$b"), reply("$b", "$a")]);
    assert_eq!(story.feed().len(), 1, "a reply whose beginning is not here stands for itself");
    story.comes(&[clear("$a", METTE, 10, reflection(1, "Titel", "tekst"))]);
    let item = story.one_item();
    assert_eq!(item.replies, 2);
    let thread = page::thread(&story.0, item.id, at(0)).expect("a thread");
    let last = thread.replies.last().expect("a reply").id;
    assert_eq!(page::thread(&story.0, last, at(0)).expect("a thread").item.id, item.id);
}

#[test]
fn what_changes_no_words_leaves_the_index_of_the_search_as_it_is() {
    let story = Story::begin();
    let c = &story.0;
    let index = || words::index(c).expect("the index");
    share::share(c, new_share("Om løn", "den lange tekst", 0), at(0)).expect("shared");
    let before = index();
    let job = queue::next(c, at(10)).expect("jobs").pop().expect("due");
    done::sent(c, job.id, "$a", at(10)).expect("sent");
    let Act::Send { event_type, content } = job.act else { panic!("a sending") };
    let what = What::Clear { event_type, content, txn: Some(job.txn) };
    let echo = Incoming { event: "$a".into(), sender: KARLA.into(), at: at(20).millis(), what };
    let taken = story.comes(&[echo, sign("$b", METTE, "$a")]);
    assert_eq!(taken.changed.len(), 1, "it has the server's time and a sign");
    assert_eq!(index(), before);
    assert_eq!(story.finds("lange"), 1);
}
