//! Sharing chosen entries with a network, end to end encrypted, and taking them back.
//!
//! [`Sharing`] keeps in the vault's store what was shared and what is to be sent, and knows no
//! server; decision 17 says what travels. What came is a log of events, from which the state of
//! each thing follows in whatever order they came.

mod error;
mod feed;
mod model;
mod outbox;
mod sharing;
mod wish;

pub use error::{NetworkError, Result};
pub use model::*;
pub use sharing::Sharing;
