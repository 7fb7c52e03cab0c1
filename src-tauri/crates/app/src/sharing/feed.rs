//! What was shared, to read and to answer.

use std::fs;
use std::path::Path;

use fristed_base::{EntryId, ItemId, Moment, SharedFileId};
use fristed_network::{FeedItem as Kept, ItemState as KeptState, Sharing};

use crate::convert::sharing as convert;
use crate::error::AppError;
use crate::fristed::Fristed;
use crate::wire::ErrorCode;
use crate::wire::sharing::{FeedItem, FeedPage, FeedThread, ReactionSign};
use crate::writing::id;

impl Fristed {
    /// Some of what was shared in a network, or in all, newest first.
    ///
    /// # Errors
    /// `NotFound`.
    pub fn feed(
        &self,
        room: Option<&str>,
        offset: u32,
        limit: u32,
        now: Moment,
    ) -> Result<FeedPage, AppError> {
        let sharing = self.sharing()?;
        let page = sharing.feed(room, offset, limit, now)?;
        Ok(FeedPage { items: self.shown(&sharing, page.items)?, total: page.total })
    }

    /// What was shared and has these words, newest first.
    ///
    /// # Errors
    /// `NotFound`.
    pub fn feed_search(
        &self,
        room: Option<&str>,
        query: &str,
        offset: u32,
        limit: u32,
        now: Moment,
    ) -> Result<FeedPage, AppError> {
        let sharing = self.sharing()?;
        let page = sharing.feed_search(room, query, offset, limit, now)?;
        Ok(FeedPage { items: self.shown(&sharing, page.items)?, total: page.total })
    }

    /// Something shared, with its replies.
    ///
    /// # Errors
    /// `NotFound`.
    pub fn feed_thread(&self, item: &str, now: Moment) -> Result<FeedThread, AppError> {
        let sharing = self.sharing()?;
        let thread = sharing.thread(id::<ItemId>(item)?, now)?;
        let item = self.shown(&sharing, vec![thread.item])?.pop();
        Ok(FeedThread {
            item: item.ok_or(ErrorCode::Internal)?,
            replies: self.shown(&sharing, thread.replies)?,
            draft: thread.draft,
        })
    }

    /// The shared copies of an entry.
    ///
    /// # Errors
    /// `NotFound`.
    pub fn entry_shared(&self, entry: &str, now: Moment) -> Result<Vec<FeedItem>, AppError> {
        let sharing = self.sharing()?;
        let copies = sharing.items_of_entry(id::<EntryId>(entry)?, now)?;
        self.shown(&sharing, copies)
    }

    /// Marks something and its replies as read; without one, all of a network.
    ///
    /// # Errors
    /// `NotFound`.
    pub fn feed_read(&self, room: &str, item: Option<&str>) -> Result<(), AppError> {
        let item = item.map(id).transpose()?;
        self.sharing()?.mark_read(room, item)?;
        self.link.tell();
        Ok(())
    }

    /// Replies.
    ///
    /// # Errors
    /// `NotFound`, `NotSent`.
    pub fn reply_send(&self, item: &str, text: &str, now: Moment) -> Result<FeedItem, AppError> {
        let sharing = self.sharing()?;
        let made = sharing.reply(id::<ItemId>(item)?, text, now)?;
        self.wake(false);
        self.one(&sharing, made, now)
    }

    /// Keeps what is being written as a reply, until it is sent or emptied.
    ///
    /// # Errors
    /// `NotFound`, `TextTooLarge`, and what keeps a store from being written.
    pub fn reply_draft_save(&self, item: &str, text: &str) -> Result<(), AppError> {
        Ok(self.sharing()?.reply_draft(id::<ItemId>(item)?, text)?)
    }

    /// Gives a sign, or takes it back.
    ///
    /// # Errors
    /// `NotFound`, `NotSent`.
    pub fn react(
        &self,
        item: &str,
        sign: ReactionSign,
        given: bool,
        now: Moment,
    ) -> Result<FeedItem, AppError> {
        let sharing = self.sharing()?;
        let of: ItemId = id(item)?;
        sharing.react(of, convert::to_sign(sign), given, now)?;
        self.wake(false);
        self.one(&sharing, of, now)
    }

    /// Takes something back. Here it is gone at once; of what was never tried to be sent, not even
    /// that it was is kept.
    ///
    /// # Errors
    /// `NotFound`.
    pub fn withdraw(&self, item: &str, now: Moment) -> Result<FeedItem, AppError> {
        let sharing = self.sharing()?;
        let of: ItemId = id(item)?;
        let before = sharing.item(of, now)?;
        sharing.withdraw(of, now)?;
        self.wake(false);
        match self.one(&sharing, of, now) {
            Err(gone) if gone.code == ErrorCode::NotFound => {
                let shown = self.shown(&sharing, vec![taken_back(before, now)])?;
                shown.into_iter().next().ok_or_else(|| ErrorCode::Internal.into())
            }
            kept => kept,
        }
    }

    /// Removes what another shared, for everybody; for organisers. It is here until the server has
    /// done it.
    ///
    /// # Errors
    /// `NotFound`, also where it is the leader's own; `NotAllowed`, `NotSignedIn`.
    pub fn item_remove(&self, item: &str, now: Moment) -> Result<FeedItem, AppError> {
        let sharing = self.sharing()?;
        let of: ItemId = id(item)?;
        sharing.remove(of)?;
        self.wake(false);
        self.one(&sharing, of, now)
    }

    /// Takes back everything that the leader shared in a network; gives how much that is.
    ///
    /// # Errors
    /// `NotFound`.
    pub fn withdraw_all(&self, room: &str, now: Moment) -> Result<u32, AppError> {
        let taken = self.sharing()?.withdraw_all(room, now)?;
        self.wake(false);
        Ok(taken)
    }

    /// The name under which a file that came along would be kept.
    ///
    /// # Errors
    /// `NotFound`.
    pub fn shared_file_name(&self, file: &str) -> Result<String, AppError> {
        Ok(self.sharing()?.file(id::<SharedFileId>(file)?)?.file.name)
    }

    /// Keeps a file that came along outside the vault.
    ///
    /// # Errors
    /// `NotFound`, `Unreachable`, `Damaged`, and what keeps a file from being written.
    pub fn shared_file_save(&self, file: &str, path: &Path) -> Result<(), AppError> {
        let sharing = self.sharing()?;
        let found = sharing.file(id::<SharedFileId>(file)?)?;
        let bytes = match (found.bytes, found.source) {
            (Some(bytes), _) => bytes,
            (None, Some(source)) => self.link.needed(&sharing)?.fetch(&source)?,
            (None, None) => return Err(ErrorCode::NotFound.into()),
        };
        Ok(fs::write(path, bytes)?)
    }

    pub(super) fn one(
        &self,
        sharing: &Sharing,
        item: ItemId,
        now: Moment,
    ) -> Result<FeedItem, AppError> {
        let shown = self.shown(sharing, vec![sharing.item(item, now)?])?;
        shown.into_iter().next().ok_or_else(|| ErrorCode::NotFound.into())
    }

    /// Things as the interface shows them.
    pub(super) fn shown(
        &self,
        sharing: &Sharing,
        items: Vec<Kept>,
    ) -> Result<Vec<FeedItem>, AppError> {
        let who = self.who(sharing)?;
        let (journal, zone) = (self.journal()?, self.zone());
        let calendar = self.calendar()?;
        items
            .into_iter()
            .map(|item| {
                // The entry may be gone; its copy is not.
                let entry = item.entry.and_then(|entry| journal.entry(entry).ok());
                let outdated = match (&entry, item.entry_version) {
                    (Some(entry), Some(version)) => entry.version > version,
                    _ => false,
                };
                let meeting = super::meetings::shown(&calendar, &item, &who, zone);
                Ok(convert::item(item, entry.is_some(), outdated, meeting, &who))
            })
            .collect()
    }
}

/// What is shown of something that was taken back.
fn taken_back(of: Kept, at: Moment) -> Kept {
    Kept {
        title: String::new(),
        body: String::new(),
        state: KeptState::Withdrawn { at },
        sending: None,
        files: Vec::new(),
        signs: Vec::new(),
        detail: None,
        ..of
    }
}
