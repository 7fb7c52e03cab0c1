//! What must not be found anywhere in clear.

use crate::sharer::Sharer;
use crate::synapse::Synapse;

/// Locks these leaders' vaults, and makes sure that none of these words lie in clear in the server's
/// database, its log or its media, or on a disk of theirs.
///
/// # Panics
/// Where they do.
pub fn sealed(server: &Synapse, leaders: &[&Sharer], words: &[&str]) {
    for leader in leaders {
        leader.locks();
    }
    for word in words {
        assert_eq!(server.holds(word), Vec::<String>::new(), "the server has no {word}");
        for leader in leaders {
            assert_eq!(leader.traces_of(word), Vec::<String>::new(), "{}'s disk", leader.name);
        }
    }
}
