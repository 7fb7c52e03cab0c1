//! Writing the steps of a wish.

use fristed_base::{JobId, Moment, OutboxId};
use rusqlite::Connection;
use serde_json::Value;

use crate::content::{self, Built, Content, CopyId};
use crate::error::{NetworkError, Result};
use crate::model::{Lang, OutboxWhat};
use crate::table::event::EventNo;
use crate::table::file;
use crate::table::item::ItemNo;
use crate::table::outbox::{self, OutboxRecord, Sent, Step, Tie};
use crate::table::room::RoomNo;

/// What other than an entry may be, in bytes of JSON: it must fit into one event.
const ONE_EVENT: usize = 40_000;

/// One wish, and where its steps go.
pub(super) struct Wish<'c> {
    pub(super) c: &'c Connection,
    pub(super) id: OutboxId,
    pub(super) room: RoomNo,
    pub(super) item: ItemNo,
    pub(super) what: OutboxWhat,
    pub(super) not_before: Option<Moment>,
    /// Who may read it; none: whoever is in the network.
    pub(super) readers: Option<Vec<String>>,
}

/// What other programs show of a content.
#[derive(Clone, Copy)]
pub(super) struct Words<'a> {
    pub(super) words: &'a str,
    pub(super) lang: Lang,
}

impl Wish<'_> {
    fn step(&self, event: EventNo, ord: i64, step: Step, sent: Option<Sent>) -> Result<()> {
        let one = OutboxRecord {
            id: JobId::new(),
            wish: self.id,
            room: self.room,
            item: self.item,
            event,
            ord,
            what: self.what,
            step,
            sent,
            txn: CopyId::random().to_string(),
            begun: false,
            failed: false,
            not_before: self.not_before,
            retry: None,
            trouble: None,
            readers: self.readers.clone(),
            newcomers: None,
        };
        outbox::insert(self.c, &one)
    }

    /// Uploads the file of an event.
    pub(super) fn upload(&self, event: EventNo) -> Result<()> {
        self.step(event, outbox::next_ord(self.c)?, Step::Upload, None)
    }

    /// Redacts an event.
    pub(super) fn redact(&self, event: EventNo) -> Result<()> {
        self.step(event, outbox::next_ord(self.c)?, Step::Redact, None)
    }

    /// Sends an event after all others.
    pub(super) fn send(
        &self,
        event: EventNo,
        built: Built,
        tie: Tie,
        target: Option<&str>,
        attached: bool,
    ) -> Result<()> {
        let Built { event_type, content } = built;
        let target = target.map(str::to_owned);
        let sent = Sent { event_type: event_type.into(), content, tie, target, attached };
        self.step(event, outbox::next_ord(self.c)?, Step::Send, Some(sent))
    }

    /// Sends what is read, at this place; what is too long for an event is uploaded before.
    pub(super) fn text(
        &self,
        event: EventNo,
        ord: i64,
        (content, copy): (&Content, CopyId),
        shown: Words<'_>,
        (tie, target): (Tie, Option<&str>),
    ) -> Result<()> {
        let mut built = content::build(content, copy, shown.words, shown.lang);
        let long = content::is_long(&built.content);
        match content {
            Content::Reflection { title, .. } if long => {
                let bytes = content::long(content, copy, shown.lang);
                file::insert(self.c, event, None, Some(&bytes))?;
                self.step(event, ord, Step::Upload, None)?;
                built.content = Value::Object(content::long_file(title, copy, shown.lang));
            }
            _ if long => return Err(NetworkError::TooLarge { limit: ONE_EVENT }),
            _ => {}
        }
        let Built { event_type, content } = built;
        let target = target.map(str::to_owned);
        let sent = Sent { event_type: event_type.into(), content, tie, target, attached: long };
        self.step(event, ord, Step::Send, Some(sent))
    }
}
