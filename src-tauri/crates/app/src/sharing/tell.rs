//! What a leader tells her network of her own choice: something promised, the ground rules.

use fristed_base::{CommitmentId, Moment};
use fristed_network::{Detail, Sharing, Subject};

use super::meetings::Place;
use super::share::later;
use crate::error::AppError;
use crate::fristed::Fristed;
use crate::wire::ErrorCode;
use crate::wire::sharing::FeedItem;
use crate::writing::id;

/// How many things of a feed are looked at in one go.
const PAGE: u32 = 100;

impl Fristed {
    /// Tells the network of something promised: who, what, and by when. It can be called back like
    /// what is shared.
    ///
    /// # Errors
    /// `NotFound`, also where it was promised in another network; `NotSignedIn`, `NotAllowed`,
    /// `NothingToShare`.
    pub fn commitment_tell(
        &self,
        commitment: &str,
        room: &str,
        now: Moment,
    ) -> Result<FeedItem, AppError> {
        let sharing = self.sharing()?;
        let place = Place::of(&sharing, room)?;
        let made = self.calendar()?.commitment(id::<CommitmentId>(commitment)?)?;
        if Some(made.network) != place.room.network {
            return Err(ErrorCode::NotFound.into());
        }
        let who = if made.is_mine() { place.account.name } else { made.who_name };
        let subject = Subject::Commitment { who, what: made.form.what, due: made.form.due };
        self.tell(&sharing, room, subject, now)
    }

    /// Tells the network its ground rules, in the version after the last one told there, by
    /// whomever. It can be called back like what is shared.
    ///
    /// # Errors
    /// `NotFound`, `NotSignedIn`, `NotAllowed`, `NothingToShare`, `TextTooLarge`.
    pub fn contract_tell(&self, room: &str, text: &str, now: Moment) -> Result<FeedItem, AppError> {
        let sharing = self.sharing()?;
        Place::of(&sharing, room)?;
        let version = last_version(&sharing, room, now)?.saturating_add(1);
        let subject = Subject::Contract { version, text: text.to_owned() };
        self.tell(&sharing, room, subject, now)
    }

    fn tell(
        &self,
        sharing: &Sharing,
        room: &str,
        subject: Subject,
        now: Moment,
    ) -> Result<FeedItem, AppError> {
        let item = sharing.share(self.new_share(room, subject, Some(later(now))), now)?;
        self.wake(false);
        self.one(sharing, item, now)
    }
}

/// The version of the ground rules that was told last in a room; 0 where none was.
fn last_version(sharing: &Sharing, room: &str, now: Moment) -> Result<u32, AppError> {
    let mut offset = 0;
    loop {
        let page = sharing.feed(Some(room), offset, PAGE, now)?;
        let told = page.items.iter().find_map(|item| match item.detail {
            Some(Detail::Contract { version }) => Some(version),
            _ => None,
        });
        offset = offset.saturating_add(PAGE);
        if told.is_some() || offset >= page.total {
            return Ok(told.unwrap_or_default());
        }
    }
}
