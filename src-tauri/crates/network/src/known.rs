//! Whom the leader knows by their identities, and what is tried again by itself.

use fristed_base::Moment;

use crate::error::Result;
use crate::model::{Sending, Trouble};
use crate::sharing::Sharing;
use crate::table::peer_identity;

impl Sharing {
    /// The identity by which somebody is known: the public part of her master key, in base64; none
    /// where she was not seen before.
    ///
    /// # Errors
    /// [`crate::NetworkError::Store`].
    pub fn peer_key(&self, user: &str) -> Result<Option<String>> {
        self.read(|c| peer_identity::by_user(c, user))
    }

    /// Notes the identity by which somebody is known from now on.
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
    pub fn retry_offline(&self, now: Moment) -> Result<()> {
        self.retry(now, |sending| {
            let tried_again = [Some(Trouble::Offline), Some(Trouble::SignedOut)];
            matches!(sending, Sending::Waiting { trouble, .. } if tried_again.contains(&trouble))
        })
    }

    /// Tries at once what was stopped by a changed identity, once the leader has decided.
    ///
    /// # Errors
    /// [`crate::NetworkError::Store`].
    pub fn retry_stopped(&self, now: Moment) -> Result<()> {
        self.retry(now, |sending| {
            matches!(sending, Sending::Failed { trouble: Trouble::IdentityChanged })
        })
    }

    fn retry(&self, now: Moment, wanted: impl Fn(Sending) -> bool) -> Result<()> {
        for row in self.outbox(now)?.into_iter().filter(|row| wanted(row.sending)) {
            self.outbox_retry(row.id)?;
        }
        Ok(())
    }
}
