//! What a leader wishes to be sent or taken back.
//!
//! A wish is rows of the outbox, written in the transaction that changes what she sees.

pub(crate) mod again;
pub(crate) mod end;
mod length;
mod queue;
mod remove;
pub(crate) mod say;
pub(crate) mod share;
#[cfg(test)]
mod signed_in;
#[cfg(test)]
mod tests;
pub(crate) mod withdraw;

pub use length::bytes_as_file;

use fristed_base::{ItemId, Moment};

use crate::error::Result;
use crate::model::{NewShare, NewVersion, Sign};
use crate::sharing::Sharing;

impl Sharing {
    /// Shares something. It is in the feed at once.
    ///
    /// # Errors
    /// [`crate::NetworkError::NotSignedIn`], [`crate::NetworkError::NotThere`],
    /// [`crate::NetworkError::Empty`], [`crate::NetworkError::TooLarge`].
    pub fn share(&self, new: NewShare, now: Moment) -> Result<ItemId> {
        self.write(|c| share::share(c, new, now).map(|(_, id)| id))
    }

    /// Calls a thing back, or the last new version of one that was sent, of which nothing was
    /// tried to be sent.
    ///
    /// # Errors
    /// [`crate::NetworkError::AlreadySent`], [`crate::NetworkError::NotFound`].
    pub fn share_undo(&self, item: ItemId) -> Result<()> {
        self.write(|c| again::undo(c, item))
    }

    /// Shares a new version of an own thing, under the same copy id; its files stay. What was
    /// not tried to be sent is replaced.
    ///
    /// # Errors
    /// [`crate::NetworkError::NotYours`], also where the kind is another;
    /// [`crate::NetworkError::NotFound`], and as [`Sharing::share`].
    pub fn share_again(&self, item: ItemId, new: NewVersion, now: Moment) -> Result<()> {
        self.write(|c| again::again(c, item, new, now))
    }

    /// Replies in the thread of a thing. What was kept as being written to it goes.
    ///
    /// # Errors
    /// [`crate::NetworkError::NotSent`] where the thing itself was not sent yet;
    /// [`crate::NetworkError::NotFound`], also where it is gone; and as [`Sharing::share`].
    pub fn reply(&self, item: ItemId, text: &str, now: Moment) -> Result<ItemId> {
        self.write(|c| say::reply(c, item, text, now))
    }

    /// Keeps what is being written as a reply to a thing, until it is sent or emptied. It leaves the
    /// store by no other way.
    ///
    /// # Errors
    /// [`crate::NetworkError::NotFound`], [`crate::NetworkError::TooLarge`].
    pub fn reply_draft(&self, item: ItemId, text: &str) -> Result<()> {
        self.write(|c| say::draft(c, item, text))
    }

    /// Gives a sign or takes it back.
    ///
    /// # Errors
    /// As [`Sharing::reply`].
    pub fn react(&self, item: ItemId, sign: Sign, given: bool, now: Moment) -> Result<()> {
        self.write(|c| say::react(c, item, sign, given, now))
    }

    /// Answers to a meeting.
    ///
    /// # Errors
    /// As [`Sharing::reply`]; [`crate::NetworkError::NotFound`] where it is no meeting.
    pub fn answer(&self, item: ItemId, ics: &str, summary: &str, now: Moment) -> Result<()> {
        self.write(|c| say::answer(c, item, ics, summary, now))
    }

    /// Takes an own thing back everywhere. Here it is gone when this returns.
    ///
    /// # Errors
    /// [`crate::NetworkError::NotYours`], [`crate::NetworkError::NotFound`].
    pub fn withdraw(&self, item: ItemId, now: Moment) -> Result<()> {
        self.write(|c| withdraw::item(c, item, now))
    }

    /// Removes what another shared, for everybody, as an organiser may. It is here until the server
    /// has done it.
    ///
    /// # Errors
    /// [`crate::NetworkError::NotAllowed`] where the leader is no organiser,
    /// [`crate::NetworkError::NotThere`]; [`crate::NetworkError::NotFound`], also where it is her own
    /// or gone.
    pub fn remove(&self, item: ItemId) -> Result<()> {
        self.write(|c| remove::item(c, item))
    }

    /// Takes everything back that the leader shared in a room; how many things that was.
    ///
    /// # Errors
    /// [`crate::NetworkError::NotFound`].
    pub fn withdraw_all(&self, room: &str, now: Moment) -> Result<u32> {
        self.write(|c| withdraw::all(c, room, now))
    }
}
