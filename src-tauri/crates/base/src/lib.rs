//! What every other crate of Fristed stands on: ids, moments and secrets.
//!
//! Nothing here does I/O, and nothing here asks what time it is.

pub mod id;
pub mod moment;
pub mod secret;

pub use id::{
    AttachmentId, CalendarId, CommitmentId, ConflictId, EntryId, EventId, ItemId, JobId, MeetingId,
    MemberId, NetworkId, OutboxId, RevisionId, SharedFileId, UndoId, VaultId,
};
pub use moment::Moment;
pub use secret::Secret;
