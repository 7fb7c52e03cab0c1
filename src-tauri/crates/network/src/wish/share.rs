//! Sharing something.

use fristed_base::shown::{shown, shown_line};
use fristed_base::{ItemId, Moment, OutboxId};
use rusqlite::Connection;
use serde_json::Value;

use super::queue::{Wish, Words};
use crate::content::{
    self, Built, Content, CopyId, ICS_LIMIT, MARKDOWN_LIMIT, TITLE_LIMIT, neutral_name,
};
use crate::error::{NetworkError, Result};
use crate::log::derive;
use crate::model::{NewFile, NewShare, OutboxWhat, Subject};
use crate::table::event::{EventNo, EventRecord, Part};
use crate::table::item::{ItemNo, NewItem};
use crate::table::outbox::Tie;
use crate::table::{account, event, file, item, outbox, room};

/// Shares something: its files are uploaded first, then it is sent, then what tells of the files.
pub(crate) fn share(c: &Connection, new: NewShare, now: Moment) -> Result<(ItemNo, ItemId)> {
    let me = account::user(c)?;
    let room = room::joined(c, &new.room)?;
    let subject = Read::of(new.subject)?;
    let (copy, at) = (CopyId::random(), now.millis());
    let (entry, entry_version) = new.entry.unzip();
    let made = NewItem { room, sender: &me, mine: true, copy: Some(copy), entry, at };
    let (no, id) = item::insert(c, made)?;
    let own = |part| EventRecord { item: Some(no), ..EventRecord::new(room, &me, true, at, part) };
    let first = EventRecord {
        kind: subject.content.feed_kind(),
        copy: Some(copy),
        content: Some(subject.content.clone()),
        entry_version,
        excerpt: new.excerpt,
        ..own(Part::Original)
    };
    let first = event::insert(c, &first)?;
    let what = subject.what;
    let (id_of_wish, readers, not_before) = (OutboxId::new(), new.readers, new.not_before);
    let wish = Wish { c, id: id_of_wish, room, item: no, what, not_before, readers };

    let mut along = Vec::with_capacity(new.files.len());
    for (number, one) in (1..).zip(&new.files) {
        let name = neutral_name(number, &one.media_type, new.lang);
        let (event, built) = add_file(c, own(Part::File), copy, name, one)?;
        wish.upload(event)?;
        along.push((event, built));
    }
    let words = Words { words: &subject.words, lang: new.lang };
    let (ord, alone) = (outbox::next_ord(c)?, (Tie::Alone, None));
    wish.text(first, ord, (&subject.content, copy), words, alone)?;
    for (event, built) in along {
        wish.send(event, built, Tie::Thread, None, true)?;
    }
    derive(c, no)?;
    Ok((no, id))
}

fn add_file(
    c: &Connection,
    own: EventRecord,
    of: CopyId,
    name: String,
    new: &NewFile,
) -> Result<(EventNo, Built)> {
    let (copy, size) = (CopyId::random(), new.bytes.len() as u64);
    let event_type = content::MESSAGE;
    let told = content::file(of, copy, &name, &new.media_type, size);
    let (media_type, source) = (new.media_type.clone(), Value::Null);
    let content = Content::File { of, name, media_type, size, source };
    let own = EventRecord { copy: Some(copy), parent: Some(of), content: Some(content), ..own };
    let event = event::insert(c, &own)?;
    file::insert(c, event, None, Some(&new.bytes))?;
    Ok((event, Built { event_type, content: Value::Object(told) }))
}

/// What a leader sends, as it leaves.
pub(super) struct Read {
    pub(super) content: Content,
    /// What other programs show of a meeting.
    pub(super) words: String,
    pub(super) what: OutboxWhat,
}

impl Read {
    /// What leaves is what is kept: safe to show, and within the bounds of those who read it.
    ///
    /// # Errors
    /// [`NetworkError::Empty`], [`NetworkError::TooLarge`].
    pub(super) fn of(subject: Subject) -> Result<Self> {
        let (mut words, mut what) = (String::new(), OutboxWhat::Tell);
        let content = match subject {
            Subject::Reflection { title, markdown, day } => {
                what = OutboxWhat::Share;
                let (title, markdown) = (shown_line(&title), shown(&markdown));
                some(&[&title, &markdown])?;
                within(title.chars().count(), TITLE_LIMIT)?;
                within(markdown.len(), MARKDOWN_LIMIT)?;
                Content::Reflection { title, markdown, day }
            }
            Subject::Commitment { who, what, due } => {
                let (who, what) = (shown_line(&who), shown_line(&what));
                some(&[&what])?;
                within(who.chars().count().max(what.chars().count()), content::LINE_LIMIT)?;
                Content::Commitment { who, what, due }
            }
            Subject::Contract { version, text } => {
                let text = shown(&text);
                some(&[&text])?;
                Content::Contract { version, text }
            }
            Subject::Meeting { summary, ics } => {
                what = OutboxWhat::Meeting;
                words = shown(&summary);
                some(&[&ics])?;
                within(ics.len(), ICS_LIMIT)?;
                Content::Meeting { ics }
            }
        };
        Ok(Self { content, words, what })
    }
}

/// One of the texts has something in it.
pub(super) fn some(texts: &[&str]) -> Result<()> {
    if texts.iter().any(|text| !text.trim().is_empty()) { Ok(()) } else { Err(NetworkError::Empty) }
}

fn within(length: usize, limit: usize) -> Result<()> {
    if length <= limit { Ok(()) } else { Err(NetworkError::TooLarge { limit }) }
}
