//! Ids, each a type of its own, so that one is never taken for another.
//!
//! They are UUIDs of version 7 (RFC 9562, section 5.7): they sort by the time they were made.
//! That is also why an entry's id never leaves the vault with a shared copy.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A text that is no UUID.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an id")]
pub struct NotAnId;

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(Uuid);

        impl $name {
            /// A new id, made now.
            #[must_use]
            pub fn new() -> Self {
                Self(Uuid::now_v7())
            }

            /// The sixteen bytes, as they lie in the store.
            #[must_use]
            pub const fn as_bytes(&self) -> &[u8; 16] {
                self.0.as_bytes()
            }

            /// The id that has these sixteen bytes.
            #[must_use]
            pub const fn from_bytes(bytes: [u8; 16]) -> Self {
                Self(Uuid::from_bytes(bytes))
            }

            /// The id in these bytes, if there are sixteen of them.
            #[must_use]
            pub fn from_slice(bytes: &[u8]) -> Option<Self> {
                Uuid::from_slice(bytes).ok().map(Self)
            }
        }

        impl Default for $name {
            fn default() -> Self {
                Self::new()
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.as_hyphenated().fmt(f)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({})", stringify!($name), self.0.as_hyphenated())
            }
        }

        impl FromStr for $name {
            type Err = NotAnId;

            fn from_str(text: &str) -> Result<Self, NotAnId> {
                Uuid::try_parse(text).map(Self).map_err(|_| NotAnId)
            }
        }
    };
}

id!(
    /// One reflection.
    EntryId
);
id!(
    /// An event that was changed here and on a server.
    ConflictId
);
id!(
    /// An earlier text of an entry.
    RevisionId
);
id!(
    /// One attachment of one entry; two entries may hold the same bytes under two ids.
    AttachmentId
);
id!(
    /// One vault, from its creation on; it is bound into every key slot.
    VaultId
);
id!(
    /// One calendar.
    CalendarId
);
id!(
    /// One event of a calendar, a series counting as one; its iCalendar UID is another matter.
    EventId
);
id!(
    /// One leader network.
    NetworkId
);
id!(
    /// One member of a network.
    MemberId
);
id!(
    /// One meeting of a network, whatever becomes of its event.
    MeetingId
);
id!(
    /// One commitment.
    CommitmentId
);
id!(
    /// One change of a calendar that can be taken back.
    UndoId
);
id!(
    /// One thing in a network's feed, as this vault knows it; it is told to nobody.
    ItemId
);
id!(
    /// One file that came along with a shared thing, as this vault knows it.
    SharedFileId
);
id!(
    /// One wish of the leader's that others be sent something.
    OutboxId
);
id!(
    /// One step of such a wish.
    JobId
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_written_in_lower_case_and_read_back() {
        let id = EntryId::new();
        let text = id.to_string();
        assert_eq!(text, text.to_lowercase());
        assert_eq!(text.parse(), Ok(id));
        assert_eq!(EntryId::from_slice(id.as_bytes()), Some(id));
    }

    #[test]
    fn what_is_no_id_is_refused() {
        assert_eq!("fristed".parse::<EntryId>(), Err(NotAnId));
        assert_eq!(EntryId::from_slice(&[1, 2, 3]), None);
    }
}
