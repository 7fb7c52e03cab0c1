//! A session's networks and the people in them.

use super::{Session, Step, Trust, codes, rooms, trust, verify};
use crate::error::Result;

impl Session {
    /// Makes a room for a network; gives its id.
    ///
    /// # Errors
    /// [`NetworkError::Unreachable`], [`NetworkError::NotAllowed`].
    pub fn create(&self, name: &str, federated: bool) -> Result<String> {
        self.wait(async {
            let room = rooms::create(&self.inner().client, name, federated).await?;
            self.note(&room).await?;
            Ok(room.room_id().to_string())
        })
    }

    /// Invites somebody.
    ///
    /// # Errors
    /// [`NetworkError::NoSuchPeer`], [`NetworkError::NotAllowed`].
    pub fn invite(&self, room: &str, address: &str) -> Result<()> {
        self.wait(async {
            let room = rooms::joined(&self.inner().client, room)?;
            rooms::invite(&self.inner().client, &room, &rooms::user(address)?).await?;
            self.note(&room).await
        })
    }

    /// Shows a code for a room; gives it.
    ///
    /// # Errors
    /// [`NetworkError::NotAllowed`].
    pub fn code_show(&self, room: &str) -> Result<String> {
        self.wait(async {
            let room = rooms::joined(&self.inner().client, room)?;
            codes::show(&self.inner().client, &room).await
        })
    }

    /// Lets a code open nothing any more.
    ///
    /// # Errors
    /// [`NetworkError::NotAllowed`].
    pub fn code_hide(&self, room: &str, code: &str) -> Result<()> {
        self.wait(async {
            let room = rooms::joined(&self.inner().client, room)?;
            codes::hide(&self.inner().client, &room, code).await
        })
    }

    /// Asks to be let in by a code; gives the room.
    ///
    /// # Errors
    /// [`NetworkError::CodeRefused`].
    pub fn code_enter(&self, code: &str) -> Result<String> {
        self.wait(async {
            let room = codes::enter(&self.inner().client, code).await?;
            self.note(&room).await?;
            Ok(room.room_id().to_string())
        })
    }

    /// Accepts an invitation.
    ///
    /// # Errors
    /// [`NetworkError::NotEncrypted`] where it is to a room that Fristed does not share in; it was
    /// left again then.
    pub fn join(&self, room: &str) -> Result<()> {
        self.wait(async {
            let known = rooms::known(&self.inner().client, room)?;
            known.join().await?;
            self.note(&known).await
        })
    }

    /// Leaves a room, or declines an invitation to it.
    ///
    /// # Errors
    /// [`NetworkError::Unreachable`].
    pub fn leave(&self, room: &str) -> Result<()> {
        self.wait(async {
            let known = rooms::known(&self.inner().client, room)?;
            known.leave().await?;
            self.note(&known).await
        })
    }

    /// Removes somebody from a room, or refuses her who asks to be let in.
    ///
    /// # Errors
    /// [`NetworkError::NotAllowed`].
    pub fn remove(&self, room: &str, user: &str) -> Result<()> {
        self.wait(async {
            let room = rooms::joined(&self.inner().client, room)?;
            let user = rooms::user(user)?;
            let leaving = self.inner().leaving.begins(&room, &user).await?;
            if let Err(failed) = room.kick_user(&user, None).await {
                leaving.iter().for_each(|member| self.inner().leaving.ends(member));
                return Err(failed.into());
            }
            self.note(&room).await
        })
    }

    /// Goes on with somebody's new identity.
    ///
    /// # Errors
    /// [`NetworkError::NoSuchPeer`].
    pub fn accept_identity(&self, user: &str) -> Result<()> {
        let inner = self.inner();
        self.wait(async {
            trust::accept(&inner.client, &inner.sharing, &rooms::user(user)?).await?;
            inner.shown.changed();
            for room in inner.client.joined_rooms() {
                self.note(&room).await?;
            }
            inner.sharing.retry_stopped()?;
            inner.outbox.notify_one();
            // What she sent meanwhile was not believed.
            inner.keys_may_be_there();
            Ok(())
        })
    }

    /// How somebody stands with the leader, by what is known here; asks no server.
    ///
    /// # Errors
    /// [`NetworkError::Keys`].
    pub fn trust(&self, user: &str) -> Result<Trust> {
        let inner = self.inner();
        self.wait(inner.shown.of(rooms::user(user)?, &inner.client, &inner.sharing))
    }

    /// How many computers the server names as somebody's that she has not shown to be hers, by what
    /// is known here; asks no server.
    ///
    /// # Errors
    /// [`NetworkError::Keys`].
    pub fn strange_computers(&self, user: &str) -> Result<u32> {
        let inner = self.inner();
        self.wait(async { trust::strange_computers(&inner.client, &rooms::user(user)?).await })
    }

    /// With whom signs are being compared, and how far that is.
    #[must_use]
    pub fn verification(&self) -> Option<(String, Step)> {
        verify::step(self.inner())
    }

    /// Begins to compare signs with somebody.
    ///
    /// # Errors
    /// [`NetworkError::NoSuchPeer`] where she has no computer that is shown to be hers.
    pub fn verification_begin(&self, user: &str) -> Result<()> {
        self.wait(async { verify::begin(self.inner(), &rooms::user(user)?).await })
    }

    /// Answers: to being asked, or whether the signs are the same.
    ///
    /// # Errors
    /// [`NetworkError::Unreachable`].
    pub fn verification_answer(&self, yes: bool) -> Result<()> {
        self.wait(verify::answer(self.inner(), yes))
    }

    /// Breaks the comparing off, or puts away what has ended.
    ///
    /// # Errors
    /// [`NetworkError::Stopped`].
    pub fn verification_end(&self) -> Result<()> {
        self.wait(verify::end(self.inner()))
    }

    async fn note(&self, room: &matrix_sdk::Room) -> Result<()> {
        rooms::note(&self.inner().client, &self.inner().sharing, room).await?;
        self.inner().changed();
        Ok(())
    }
}
