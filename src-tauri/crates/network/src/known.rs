//! Whom the leader knows by their identities, and what is tried again by itself.

use crate::error::Result;
use crate::model::{PeerKey, Trouble};
use crate::sharing::Sharing;
use crate::table::outbox::{self, OutboxRecord};
use crate::table::peer_identity;

impl Sharing {
    /// The identity by which somebody is known; none where she was not seen before.
    ///
    /// # Errors
    /// [`crate::NetworkError::Store`].
    pub fn peer_key(&self, user: &str) -> Result<Option<PeerKey>> {
        self.read(|c| peer_identity::by_user(c, user))
    }

    /// Notes that somebody's identity was seen to be another, until the leader decides.
    ///
    /// # Errors
    /// [`crate::NetworkError::Store`].
    pub fn peer_key_changed(&self, user: &str) -> Result<()> {
        self.write(|c| peer_identity::set_changed(c, user))
    }

    /// Notes the identity by which somebody is known from now on, as the leader decided where it is
    /// another.
    ///
    /// # Errors
    /// [`crate::NetworkError::Store`].
    pub fn peer_key_set(&self, user: &str, key: &str) -> Result<()> {
        self.write(|c| peer_identity::put(c, user, key))
    }

    /// Tries at once what was not sent since no server answered.
    ///
    /// # Errors
    /// [`crate::NetworkError::Store`].
    pub fn retry_offline(&self) -> Result<()> {
        self.retry(|step| {
            let tried_again = [Some(Trouble::Offline), Some(Trouble::SignedOut)];
            !step.failed && tried_again.contains(&step.trouble)
        })
    }

    /// Tries at once what was stopped by a changed identity, once the leader has decided.
    ///
    /// # Errors
    /// [`crate::NetworkError::Store`].
    pub fn retry_stopped(&self) -> Result<()> {
        self.retry(|step| step.failed && step.trouble == Some(Trouble::IdentityChanged))
    }

    fn retry(&self, wanted: impl Fn(&OutboxRecord) -> bool) -> Result<()> {
        self.write(|c| {
            for step in outbox::all(c)?.iter().filter(|step| wanted(step)) {
                outbox::retry(c, step.wish)?;
            }
            Ok(())
        })
    }
}
