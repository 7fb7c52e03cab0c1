//! Sharing chosen entries with a network, end to end encrypted, and taking them back.
pub use matrix_sdk::Client;
