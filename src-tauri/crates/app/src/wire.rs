//! Every type that crosses to the interface, and nothing else.
//!
//! The TypeScript in `ui/src/lib/bindings.ts` is generated from here. Stored types never cross.
//! Names are camelCase on the other side; days are `YYYY-MM-DD`, moments RFC 3339 with offset,
//! sizes bytes.

pub mod calendar;
mod error;
mod exchange;
mod journal;
pub mod network;
mod program;
pub mod sharing;
pub mod source;

pub use error::*;
pub use exchange::*;
pub use journal::*;
pub use program::*;
