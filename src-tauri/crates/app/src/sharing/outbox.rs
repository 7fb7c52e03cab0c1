//! What waits to be sent.

use fristed_base::{Moment, OutboxId};

use crate::convert::sharing as convert;
use crate::error::AppError;
use crate::fristed::Fristed;
use crate::wire::sharing::OutboxRow;
use crate::writing::id;

impl Fristed {
    /// What waits to be sent, and what could not be.
    ///
    /// # Errors
    /// `Locked`, and what keeps a store from being read.
    pub fn outbox(&self, now: Moment) -> Result<Vec<OutboxRow>, AppError> {
        let sharing = self.sharing()?;
        let who = self.who(&sharing)?;
        let rows = sharing.outbox(now)?.into_iter();
        Ok(rows.map(|row| convert::outbox_row(row, &who)).collect())
    }

    /// Tries something again now.
    ///
    /// # Errors
    /// `NotFound`.
    pub fn outbox_retry(&self, of: &str, _now: Moment) -> Result<(), AppError> {
        self.sharing()?.outbox_retry(id::<OutboxId>(of)?)?;
        self.wake(true);
        Ok(())
    }

    /// Lets those read too what waits who came into the network since the leader chose to share it.
    ///
    /// # Errors
    /// `NotFound`, also where nobody has to be let.
    pub fn outbox_let_read(
        &self,
        of: &str,
        users: &[String],
        _now: Moment,
    ) -> Result<(), AppError> {
        self.sharing()?.outbox_let_read(id::<OutboxId>(of)?, users)?;
        self.wake(true);
        Ok(())
    }

    /// Gives up on something that was not sent; the text stays in the journal.
    ///
    /// # Errors
    /// `NotFound`; `StillShared` of a withdrawal.
    pub fn outbox_drop(&self, of: &str, now: Moment) -> Result<(), AppError> {
        self.sharing()?.outbox_drop(id::<OutboxId>(of)?, now)?;
        self.wake(false);
        Ok(())
    }

    /// Lets what was put into the outbox be sent, and tells whoever shows it; `again` also where the server did not answer and
    /// is to be asked later.
    pub(super) fn wake(&self, again: bool) {
        if let Some(session) = self.link.session() {
            session.wake();
            if again {
                session.try_again();
            }
        }
        self.link.tell();
    }
}
