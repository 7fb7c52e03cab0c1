//! Sharing chosen entries with a network, end to end encrypted, and taking them back.
//!
//! [`Sharing`] keeps in the vault's store what was shared and what is to be sent, and knows no
//! server; decision 17 says what travels. What came is a log of events, from which the state of
//! each thing follows in whatever order they came.

#![recursion_limit = "512"]

mod content;
mod error;
mod feed;
mod known;
mod log;
mod model;
mod outbox;
pub mod session;
mod sharing;
mod table;
#[cfg(test)]
mod trial;
mod wish;

pub use content::neutral_name;
pub use error::{NetworkError, Result};
pub use model::*;
pub use sharing::Sharing;
pub use table::MIGRATIONS;
pub use wish::bytes_as_file;
