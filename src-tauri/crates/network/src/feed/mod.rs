//! What is shown of what was shared.

pub(crate) mod page;
pub(crate) mod search;
#[cfg(test)]
mod tests;

use fristed_base::{EntryId, ItemId, Moment, SharedFileId};

use crate::error::Result;
use crate::model::{FeedItem, FeedPage, FeedThread, SharedFileSource};
use crate::sharing::Sharing;
use crate::table::item;

impl Sharing {
    /// A network's feed, or that of all together, newest first: everything but replies whose
    /// beginning is here.
    ///
    /// # Errors
    /// [`crate::NetworkError::NotFound`] of the room.
    pub fn feed(
        &self,
        room: Option<&str>,
        offset: u32,
        limit: u32,
        now: Moment,
    ) -> Result<FeedPage> {
        self.read(|c| page::page(c, room, offset, limit, now))
    }

    /// The things, replies among them, that hold every word typed or a part of a word like it,
    /// newest first.
    ///
    /// # Errors
    /// [`crate::NetworkError::NotFound`] of the room.
    pub fn feed_search(
        &self,
        room: Option<&str>,
        typed: &str,
        offset: u32,
        limit: u32,
        now: Moment,
    ) -> Result<FeedPage> {
        self.read(|c| search::find(c, room, typed, offset, limit, now))
    }

    /// Every meeting that is whole, in all rooms, oldest first.
    ///
    /// # Errors
    /// [`crate::NetworkError::Store`].
    pub fn meetings(&self, now: Moment) -> Result<Vec<FeedItem>> {
        self.read(|c| page::items(c, &item::meetings(c)?, now))
    }

    /// A thing with what was said of it; of a reply the thing that it belongs to.
    ///
    /// # Errors
    /// [`crate::NetworkError::NotFound`].
    pub fn thread(&self, item: ItemId, now: Moment) -> Result<FeedThread> {
        self.read(|c| page::thread(c, item, now))
    }

    /// One thing.
    ///
    /// # Errors
    /// [`crate::NetworkError::NotFound`].
    pub fn item(&self, item: ItemId, now: Moment) -> Result<FeedItem> {
        self.read(|c| page::one(c, item, now))
    }

    /// The copies of an entry, newest first, those that were withdrawn among them.
    ///
    /// # Errors
    /// [`crate::NetworkError::Store`].
    pub fn items_of_entry(&self, entry: EntryId, now: Moment) -> Result<Vec<FeedItem>> {
        self.read(|c| page::of_entry(c, entry, now))
    }

    /// The entries of which copies are shared and not withdrawn.
    ///
    /// # Errors
    /// [`crate::NetworkError::Store`].
    pub fn entries_shared(&self) -> Result<Vec<EntryId>> {
        self.read(page::entries)
    }

    /// Where the bytes of a file are.
    ///
    /// # Errors
    /// [`crate::NetworkError::NotFound`], also where it was withdrawn.
    pub fn file(&self, file: SharedFileId) -> Result<SharedFileSource> {
        self.read(|c| page::file(c, file))
    }

    /// Marks a thing and its replies as read, or everything in a room.
    ///
    /// # Errors
    /// [`crate::NetworkError::NotFound`].
    pub fn mark_read(&self, room: &str, item: Option<ItemId>) -> Result<()> {
        self.write(|c| page::mark_read(c, room, item))
    }

    /// How many things are unread, in all rooms.
    ///
    /// # Errors
    /// [`crate::NetworkError::Store`].
    pub fn unread(&self) -> Result<u32> {
        self.read(page::unread)
    }
}
