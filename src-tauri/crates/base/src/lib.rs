//! What every other crate of Fristed stands on: ids, moments and secrets, and how text is compared
//! and made fit to be shown.
//!
//! Nothing here does I/O, and nothing here asks what time it is.

pub mod fold;
pub mod id;
pub mod moment;
pub mod secret;
pub mod shown;

pub use id::{
    AttachmentId, CalendarId, CommitmentId, ConflictId, EntryId, EventId, ItemId, JobId, MeetingId,
    MemberId, NetworkId, OutboxId, RevisionId, SharedFileId, UndoId, VaultId,
};
pub use moment::Moment;
pub use secret::Secret;
