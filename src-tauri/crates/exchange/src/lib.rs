//! Bringing journals in from other programs, and taking this one out.
//!
//! Each format has a file of its own: `dayone`, `jrnl`, `markdown` (Joplin's and Obsidian's
//! folders), `fristed_json` and `fristed_markdown`. They all read from one list of files
//! (`files`, a folder or an archive) and hand what they find to one `reading`, which holds
//! them to the limits and knows what came before. What is foreign is hostile until shown
//! otherwise: bounded, looked up by name in a list, never unpacked, never followed outside.
//!
//! Nothing here writes but an export, and nothing here opens a database or the network.

mod archive;
mod code;
mod dates;
mod dayone;
mod detach;
mod detect;
mod document;
mod error;
mod export;
mod files;
mod fristed_json;
mod fristed_markdown;
mod front_matter;
mod jrnl;
mod json;
pub mod limits;
mod links;
mod local_files;
mod markdown;
mod names;
mod plan;
mod reading;
mod zone;

pub use detach::without_attachments;
pub use error::{ExchangeError, Result};
pub use export::{Exported, export_json, export_markdown};
pub use plan::{Format, ImportDone, Plan, Preview, SampleRow, SkipReason, preview};
pub use reading::OnProgress;
pub use zone::Zone;
