//! Sharing a new version, and calling back what was not sent.

use fristed_base::{ItemId, Moment, OutboxId};
use rusqlite::Connection;
use serde_json::Value;

use super::end;
use super::queue::{Wish, Words};
use super::share::Read;
use crate::content::{self, Built, Content};
use crate::error::{NetworkError, Result};
use crate::log::derive;
use crate::model::{NewVersion, OutboxWhat};
use crate::table::event::{EventRecord, Part};
use crate::table::item::{ItemRecord, Shown};
use crate::table::outbox::{OutboxRecord, Step, Tie};
use crate::table::{account, event, file, item, outbox, room};

/// The version of a thing that was not tried to be sent yet, and its sending.
fn unsent(c: &Connection, events: &[EventRecord]) -> Result<Option<(EventRecord, OutboxRecord)>> {
    for one in events.iter().rev() {
        if !matches!(one.part, Part::Original | Part::Edit) {
            continue;
        }
        let steps = outbox::of_event(c, one.no)?;
        let send = steps.into_iter().find(|step| step.step == Step::Send && !step.begun);
        if let Some(send) = send {
            return Ok(Some((one.clone(), send)));
        }
    }
    Ok(None)
}

/// What was tried to be sent of a thing, and is sent by nothing any more.
fn left(c: &Connection, events: &[EventRecord]) -> Result<Vec<EventRecord>> {
    let mut left = Vec::new();
    for one in events.iter().filter(|one| matches!(one.part, Part::Edit | Part::File)) {
        if end::is_left(one, &outbox::of_event(c, one.no)?) {
            left.push(one.clone());
        }
    }
    Ok(left)
}

/// Tells anew of a file that was uploaded, where nobody can say whether others were told of it.
fn tell_of(wish: &Wish<'_>, one: &EventRecord) -> Result<()> {
    let (Some(Content::File { of, name, media_type, size, .. }), Some(copy)) =
        (&one.content, one.copy)
    else {
        return Ok(());
    };
    let told = content::file(*of, copy, name, media_type, *size);
    let built = Built { event_type: content::MESSAGE, content: Value::Object(told) };
    wish.send(one.no, built, Tie::Thread, None, true)
}

/// Shares a new version of an own thing.
pub(crate) fn again(c: &Connection, id: ItemId, new: NewVersion, now: Moment) -> Result<()> {
    let me = account::user(c)?;
    let known = own(c, id)?;
    room::still_in(c, known.room)?;
    let subject = Read::of(new.subject)?;
    let copy = known.copy.ok_or(NetworkError::NotYours)?;
    if subject.content.feed_kind() != known.derived.kind {
        return Err(NetworkError::NotYours);
    }
    let events = event::of_item(c, known.no)?;
    let left = left(c, &events)?;
    let words = Words { words: &subject.words, lang: new.lang };
    let wish = |id, what| Wish {
        c,
        id,
        room: known.room,
        item: known.no,
        what,
        not_before: new.not_before,
        readers: new.readers.clone(),
    };
    // This version takes the place of one of which nobody can say whether it arrived.
    for one in left.iter().filter(|one| one.part == Part::Edit) {
        event::delete(c, one.no)?;
    }
    let first_not_sent = unsent(c, &events)?;
    let wish_of = if let Some((one, send)) = first_not_sent {
        for step in outbox::of_event(c, one.no)? {
            outbox::delete(c, step.id)?;
        }
        file::delete(c, one.no)?;
        // What goes along with it was shown to her with the same readers.
        if let Some(readers) = &new.readers {
            outbox::set_readers(c, send.wish, readers)?;
        }
        let tie = send.sent.map_or(Tie::Alone, |sent| sent.tie);
        let what = (&subject.content, copy);
        wish(send.wish, send.what).text(one.no, send.ord, what, words, (tie, None))?;
        let (content, excerpt) = (Some(subject.content), new.excerpt);
        let entry_version = new.entry_version;
        event::update(c, &EventRecord { content, entry_version, excerpt, ..one })?;
        wish(send.wish, send.what)
    } else {
        let edit = EventRecord {
            item: Some(known.no),
            copy: Some(copy),
            kind: None,
            content: Some(subject.content.clone()),
            entry_version: new.entry_version,
            excerpt: new.excerpt,
            ..EventRecord::new(known.room, &me, true, now.millis(), Part::Edit)
        };
        let edit = event::insert(c, &edit)?;
        let what =
            if subject.what == OutboxWhat::Meeting { subject.what } else { OutboxWhat::Edit };
        let (ord, tie) = (outbox::next_ord(c)?, (Tie::Edit, None));
        let wish = wish(OutboxId::new(), what);
        wish.text(edit, ord, (&subject.content, copy), words, tie)?;
        wish
    };
    left.iter().try_for_each(|one| tell_of(&wish_of, one))?;
    derive(c, known.no)?;
    Ok(())
}

/// Calls back a thing, or its last new version, of which nothing was tried.
pub(crate) fn undo(c: &Connection, id: ItemId) -> Result<()> {
    let known = own(c, id)?;
    let events = event::of_item(c, known.no)?;
    let (last, send) = unsent(c, &events)?.ok_or(NetworkError::AlreadySent)?;
    let steps = outbox::of_item(c, known.no)?;
    let of_it = |step: &&OutboxRecord| last.part == Part::Original || step.event == last.no;
    if steps.iter().filter(of_it).any(|step| step.begun) {
        return Err(NetworkError::AlreadySent);
    }
    // What was to be told anew along with it is not told either.
    for step in outbox::of_wish(c, send.wish)? {
        outbox::delete(c, step.id)?;
    }
    for one in &events {
        if last.part == Part::Original || one.no == last.no {
            event::delete(c, one.no)?;
        }
    }
    derive(c, known.no)?;
    Ok(())
}

/// An own thing that was not ended. What somebody else shared, who was signed in before, is hers.
pub(crate) fn own(c: &Connection, id: ItemId) -> Result<ItemRecord> {
    let known = item::by_id(c, id)?;
    let is_hers = known.mine && account::last_user(c)?.as_ref() == Some(&known.sender);
    let there = is_hers && known.derived.state != Shown::Ended;
    if there { Ok(known) } else { Err(NetworkError::NotYours) }
}
