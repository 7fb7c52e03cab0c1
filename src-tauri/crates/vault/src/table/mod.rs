//! The vault's own tables. What lies in the others is none of this crate's business.

pub(crate) mod applied;
pub(crate) mod session;
