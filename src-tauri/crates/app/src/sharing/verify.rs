//! Comparing signs with a peer.

use crate::convert::sharing as convert;
use crate::error::AppError;
use crate::fristed::Fristed;
use crate::wire::ErrorCode;
use crate::wire::sharing::Verification;

impl Fristed {
    /// The comparing of signs that is under way.
    ///
    /// # Errors
    /// `Locked`.
    pub fn verification(&self) -> Result<Option<Verification>, AppError> {
        let sharing = self.sharing()?;
        let Some(session) = self.link.session() else { return Ok(None) };
        let Some((user, step)) = session.verification() else { return Ok(None) };
        let who = self.who(&sharing)?;
        Ok(Some(Verification { peer: who.peer(&user), step: convert::step(step) }))
    }

    /// Begins to compare signs with somebody.
    ///
    /// # Errors
    /// `NoSuchPeer`, `Unreachable`.
    pub fn verification_begin(&self, user: &str) -> Result<Verification, AppError> {
        self.link.needed(&self.sharing()?)?.verification_begin(user)?;
        self.verification()?.ok_or_else(|| ErrorCode::NotFound.into())
    }

    /// Answers: to being asked, or whether the signs are the same.
    ///
    /// # Errors
    /// `Unreachable`.
    pub fn verification_answer(&self, yes: bool) -> Result<Option<Verification>, AppError> {
        self.link.needed(&self.sharing()?)?.verification_answer(yes)?;
        self.verification()
    }

    /// Breaks it off, or puts away what has ended.
    ///
    /// # Errors
    /// `NotSignedIn`.
    pub fn verification_end(&self) -> Result<(), AppError> {
        Ok(self.link.needed(&self.sharing()?)?.verification_end()?)
    }
}
