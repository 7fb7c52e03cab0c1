//! What waits to be sent, for who sends it.

#[cfg(test)]
mod asking;
pub(crate) mod done;
pub(crate) mod queue;
#[cfg(test)]
mod stopped;
#[cfg(test)]
mod tests;

use fristed_base::{JobId, Moment, OutboxId};
use serde_json::Value;

use crate::error::Result;
use crate::model::{Job, OutboxRow, Trouble};
use crate::sharing::Sharing;

impl Sharing {
    /// Every wish that was not carried out yet, oldest first.
    ///
    /// # Errors
    /// [`crate::NetworkError::Store`].
    pub fn outbox(&self, now: Moment) -> Result<Vec<OutboxRow>> {
        self.read(|c| queue::rows(c, now))
    }

    /// Tries a wish again, at once.
    ///
    /// # Errors
    /// [`crate::NetworkError::NotFound`].
    pub fn outbox_retry(&self, wish: OutboxId) -> Result<()> {
        self.write(|c| queue::retry(c, wish))
    }

    /// Lets those read too what a wish sends who came since the leader chose to; it is tried at
    /// once.
    ///
    /// # Errors
    /// [`crate::NetworkError::NotFound`], also where nobody has to be let.
    pub fn outbox_let_read(&self, wish: OutboxId, users: &[String]) -> Result<()> {
        self.write(|c| queue::let_read(c, wish, users))
    }

    /// Gives a wish up. What may have been sent of it is taken back; giving a removal up leaves what
    /// others have with them.
    ///
    /// # Errors
    /// [`crate::NetworkError::NotFound`]; [`crate::NetworkError::StillShared`] of a withdrawal.
    pub fn outbox_drop(&self, wish: OutboxId, now: Moment) -> Result<()> {
        self.write(|c| queue::give_up(c, wish, now))
    }

    /// Whether something was tried to be sent, of which it is not known whether it arrived.
    ///
    /// # Errors
    /// [`crate::NetworkError::Store`].
    pub fn has_begun(&self) -> Result<bool> {
        self.read(queue::has_begun)
    }

    /// What is to be done now: one thing a room, the first that is due. Asked again, it gives the
    /// same until it is told what became of them.
    ///
    /// # Errors
    /// [`crate::NetworkError::Store`].
    pub fn next_jobs(&self, now: Moment) -> Result<Vec<Job>> {
        self.read(|c| queue::next(c, now))
    }

    /// When there will be something to do, where there is nothing now; in the past where there is.
    /// Where this computer's clock was wrong meanwhile, there may be sooner.
    ///
    /// # Errors
    /// [`crate::NetworkError::Store`].
    pub fn next_due(&self) -> Result<Option<Moment>> {
        self.read(queue::next_due)
    }

    /// Notes that a job is about to be tried, and gives true; from then on it may have arrived.
    /// `here` are the addresses of those who can read what is sent in its room now. Where somebody
    /// among them was not shown to the leader, it gives false: the job must not be tried, and waits
    /// for her. Where it is gone, because she called it back meanwhile, it must not be tried either.
    ///
    /// # Errors
    /// [`crate::NetworkError::NotFound`] where it is gone or was changed.
    pub fn job_begun(&self, job: &Job, here: &[String]) -> Result<bool> {
        self.write(|c| done::begun(c, job, here))
    }

    /// Notes that an event was sent, or redacted by this one. Nothing is changed where the job is
    /// gone.
    ///
    /// # Errors
    /// [`crate::NetworkError::Store`].
    pub fn job_sent(&self, job: JobId, event: &str, now: Moment) -> Result<()> {
        self.write(|c| done::sent(c, job, event, now))
    }

    /// Notes that a file was uploaded, and its `EncryptedFile`. Nothing is changed where the job
    /// is gone.
    ///
    /// # Errors
    /// [`crate::NetworkError::Store`].
    pub fn job_uploaded(&self, job: JobId, source: &Value) -> Result<()> {
        self.write(|c| done::uploaded(c, job, source))
    }

    /// Notes why a job was not done and when it is tried again: none, where the leader is to
    /// act first. Nothing is changed where the job is gone.
    ///
    /// # Errors
    /// [`crate::NetworkError::Store`].
    pub fn job_failed(&self, job: JobId, trouble: Trouble, retry_at: Option<Moment>) -> Result<()> {
        self.write(|c| done::failed(c, job, trouble, retry_at))
    }
}
