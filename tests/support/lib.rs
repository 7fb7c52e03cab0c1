//! The people of the stories, and the program as they run it.
//!
//! A story is about leaders. Each has a home of her own, with her vault, her settings and her
//! two keys, and talks to the real command-line program. Nothing here looks into a vault from
//! inside: what a leader cannot see, a story cannot claim.

pub mod answer;
pub mod apart;
pub mod authentication;
pub mod canary;
pub mod chance;
pub mod cli;
pub mod disk;
pub mod feed;
pub mod foreign;
pub mod in_step;
pub mod interference;
pub mod killed;
pub mod leader;
pub mod listening;
pub mod message;
pub mod openid;
pub mod plain_http;
pub mod port;
pub mod proxy;
pub mod script;
pub mod sealed;
pub mod server;
pub mod sharer;
pub mod synapse;
#[cfg(unix)]
pub mod terminal;
pub mod window;
pub mod words;

pub use answer::Answer;
pub use chance::Chance;
pub use cli::Cli;
pub use leader::Leader;

/// How often a test that leaves something to chance tries it: the full count where
/// `FRISTED_LONG=1` is set (`cargo xtask test --long`), the quick one otherwise.
#[must_use]
pub fn rounds(quick: u32, full: u32) -> u32 {
    let long = std::env::var_os("FRISTED_LONG").is_some_and(|value| value == "1");
    if long { full } else { quick }
}
