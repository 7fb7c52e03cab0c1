//! Replies, signs and answers.

use fristed_base::shown::shown;
use fristed_base::{ItemId, Moment, OutboxId};
use rusqlite::Connection;

use super::queue::{Wish, Words};
use super::share::some;
use super::withdraw;
use crate::content::{self, Content, CopyId, TEXT_LIMIT};
use crate::error::{NetworkError, Result};
use crate::feed::page::top;
use crate::log::derive;
use crate::model::{FeedKind, Lang, OutboxWhat, Sign};
use crate::table::event::{EventRecord, Part};
use crate::table::item::{ItemRecord, NewItem, Shown};
use crate::table::outbox::{Step, Tie};
use crate::table::{account, event, item, outbox, reply_draft, room};

/// The thing that is spoken to, and its first event.
fn spoken_to(c: &Connection, id: ItemId) -> Result<(ItemRecord, String)> {
    let known = item::by_id(c, id)?;
    room::still_in(c, known.room)?;
    if known.derived.state == Shown::Ended {
        return Err(NetworkError::NotFound);
    }
    let root = known.derived.root.clone().ok_or(NetworkError::NotSent)?;
    Ok((known, root))
}

/// Replies in the thread of a thing.
pub(crate) fn reply(c: &Connection, id: ItemId, text: &str, now: Moment) -> Result<ItemId> {
    let me = account::user(c)?;
    let (known, own_root) = spoken_to(c, id)?;
    let room = known.room;
    let top = top(c, known)?;
    let (to, root) = (top.no, top.derived.root.unwrap_or(own_root));
    let body = shown(text);
    some(&[&body])?;
    if body.len() > TEXT_LIMIT {
        return Err(NetworkError::TooLarge { limit: TEXT_LIMIT });
    }
    let (copy, at) = (CopyId::random(), now.millis());
    let made = NewItem { room, sender: &me, mine: true, copy: Some(copy), entry: None, at };
    let (no, id) = item::insert(c, made)?;
    let content = Content::Reply { body };
    let own = EventRecord {
        item: Some(no),
        kind: content.feed_kind(),
        copy: Some(copy),
        target: Some(root.clone()),
        content: Some(content.clone()),
        ..EventRecord::new(room, &me, true, at, Part::Original)
    };
    let own = event::insert(c, &own)?;
    let what = OutboxWhat::Reply;
    let wish =
        Wish { c, id: OutboxId::new(), room, item: no, what, not_before: None, readers: None };
    let (ord, words) = (outbox::next_ord(c)?, Words { words: "", lang: Lang::default() });
    wish.text(own, ord, (&content, copy), words, (Tie::Thread, Some(&root)))?;
    derive(c, no)?;
    reply_draft::put(c, to, "")?;
    Ok(id)
}

/// Keeps what is being written in the thread of a thing, which may be a reply itself.
pub(crate) fn draft(c: &Connection, id: ItemId, text: &str) -> Result<()> {
    if text.len() > TEXT_LIMIT {
        return Err(NetworkError::TooLarge { limit: TEXT_LIMIT });
    }
    reply_draft::put(c, top(c, item::by_id(c, id)?)?.no, text)
}

/// Gives a sign or takes it back.
pub(crate) fn react(
    c: &Connection,
    id: ItemId,
    sign: Sign,
    given: bool,
    now: Moment,
) -> Result<()> {
    let me = account::user(c)?;
    let (known, root) = spoken_to(c, id)?;
    let content = Content::Sign { sign: sign.into() };
    let mine: Vec<EventRecord> = event::of_item(c, known.no)?
        .into_iter()
        .filter(|one| {
            one.part == Part::Sign && one.sender == me && one.content.as_ref() == Some(&content)
        })
        .collect();
    if !given {
        let wish = withdraw::wish(c, &known);
        return mine.iter().try_for_each(|one| withdraw::event(&wish, one).map(drop));
    }
    if !mine.is_empty() {
        return Ok(());
    }
    let copy = CopyId::random();
    let own = EventRecord {
        item: Some(known.no),
        copy: Some(copy),
        target: Some(root.clone()),
        content: Some(content.clone()),
        ..EventRecord::new(known.room, &me, true, now.millis(), Part::Sign)
    };
    let own = event::insert(c, &own)?;
    let built = content::build(&content, copy, "", Lang::default());
    about(c, &known, OutboxWhat::React).send(own, built, Tie::Sign, Some(&root), false)
}

/// Answers to a meeting; an answer that was not tried to be sent is replaced.
pub(crate) fn answer(
    c: &Connection,
    id: ItemId,
    ics: &str,
    summary: &str,
    now: Moment,
) -> Result<()> {
    let me = account::user(c)?;
    let (known, root) = spoken_to(c, id)?;
    some(&[ics])?;
    if known.derived.kind != Some(FeedKind::Meeting) {
        return Err(NetworkError::NotFound);
    }
    for earlier in event::of_item(c, known.no)? {
        let steps = outbox::of_event(c, earlier.no)?;
        let untried = steps.iter().any(|step| step.step == Step::Send && !step.begun);
        if earlier.part == Part::Answer && earlier.sender == me && untried {
            event::delete(c, earlier.no)?;
        }
    }
    let (copy, content) = (CopyId::random(), Content::Answer { ics: ics.to_owned() });
    let own = EventRecord {
        item: Some(known.no),
        copy: Some(copy),
        target: Some(root.clone()),
        content: Some(content.clone()),
        ..EventRecord::new(known.room, &me, true, now.millis(), Part::Answer)
    };
    let own = event::insert(c, &own)?;
    let words = Words { words: &shown(summary), lang: Lang::default() };
    let (ord, tie) = (outbox::next_ord(c)?, (Tie::Thread, Some(root.as_str())));
    about(c, &known, OutboxWhat::Answer).text(own, ord, (&content, copy), words, tie)
}

fn about<'c>(c: &'c Connection, known: &ItemRecord, what: OutboxWhat) -> Wish<'c> {
    let (room, item) = (known.room, known.no);
    Wish { c, id: OutboxId::new(), room, item, what, not_before: None, readers: None }
}
