//! tables
pub(crate) mod peer_identity;
