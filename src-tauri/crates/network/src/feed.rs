//! What is shown of what was shared.

use fristed_base::{EntryId, ItemId, Moment, SharedFileId};

use crate::error::Result;
use crate::model::{FeedItem, FeedPage, FeedThread, SharedFileSource};
use crate::sharing::Sharing;

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
        let _ = (room, offset, limit, now);
        Err(crate::error::NetworkError::NotFound)
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
        let _ = (room, typed, offset, limit, now);
        Err(crate::error::NetworkError::NotFound)
    }

    /// A thing with what was said of it; of a reply the thing that it belongs to.
    ///
    /// # Errors
    /// [`crate::NetworkError::NotFound`].
    pub fn thread(&self, item: ItemId, now: Moment) -> Result<FeedThread> {
        let _ = (item, now);
        Err(crate::error::NetworkError::NotFound)
    }

    /// One thing.
    ///
    /// # Errors
    /// [`crate::NetworkError::NotFound`].
    pub fn item(&self, item: ItemId, now: Moment) -> Result<FeedItem> {
        let _ = (item, now);
        Err(crate::error::NetworkError::NotFound)
    }

    /// The copies of an entry, newest first, those that were withdrawn among them.
    ///
    /// # Errors
    /// [`crate::NetworkError::Store`].
    pub fn items_of_entry(&self, entry: EntryId, now: Moment) -> Result<Vec<FeedItem>> {
        let _ = (entry, now);
        Err(crate::error::NetworkError::NotFound)
    }

    /// The entries of which copies are shared and not withdrawn.
    ///
    /// # Errors
    /// [`crate::NetworkError::Store`].
    pub fn entries_shared(&self) -> Result<Vec<EntryId>> {
        Err(crate::error::NetworkError::NotFound)
    }

    /// Where the bytes of a file are.
    ///
    /// # Errors
    /// [`crate::NetworkError::NotFound`], also where it was withdrawn.
    pub fn file(&self, file: SharedFileId) -> Result<SharedFileSource> {
        let _ = (file,);
        Err(crate::error::NetworkError::NotFound)
    }

    /// Marks a thing and its replies as read, or everything in a room.
    ///
    /// # Errors
    /// [`crate::NetworkError::NotFound`].
    pub fn mark_read(&self, room: &str, item: Option<ItemId>) -> Result<()> {
        let _ = (room, item);
        Err(crate::error::NetworkError::NotFound)
    }

    /// How many things are unread, in all rooms.
    ///
    /// # Errors
    /// [`crate::NetworkError::Store`].
    pub fn unread(&self) -> Result<u32> {
        Err(crate::error::NetworkError::NotFound)
    }
}
