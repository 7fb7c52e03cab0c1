//! Taking changes of the calendar back: what touched rows were, kept in memory until the vault
//! locks.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

use fristed_base::{CalendarId, EventId, MeetingId, UndoId};

/// How many changes can be taken back.
const KEPT: usize = 100;

/// An event as it was before a change, and as it is after it.
#[derive(Debug, Clone)]
pub(crate) struct Before {
    pub(crate) event: EventId,
    /// The calendar and the text it had; none where the change made it.
    pub(crate) was: Option<(CalendarId, String)>,
    /// The text it has since; none where the change removed it.
    pub(crate) is: Option<String>,
}

/// Everything that one change touched.
#[derive(Debug, Clone, Default)]
pub(crate) struct Step {
    pub(crate) events: Vec<Before>,
    /// The occurrences that meetings were before it: UID and key.
    pub(crate) meetings: Vec<(MeetingId, String, String)>,
}

/// The changes that can be taken back, the latest last.
#[derive(Default)]
pub(crate) struct Undo(Mutex<VecDeque<(UndoId, Step)>>);

impl Undo {
    /// Keeps a change, and forgets the oldest beyond [`KEPT`].
    pub(crate) fn keep(&self, step: Step) -> UndoId {
        let id = UndoId::new();
        let mut steps = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        steps.push_back((id, step));
        if steps.len() > KEPT {
            steps.pop_front();
        }
        id
    }

    /// The change with this id.
    pub(crate) fn get(&self, id: UndoId) -> Option<Step> {
        let steps = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        steps.iter().find(|(known, _)| *known == id).map(|(_, step)| step.clone())
    }

    /// Forgets a change that was taken back.
    pub(crate) fn forget(&self, id: UndoId) {
        let mut steps = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        steps.retain(|(known, _)| *known != id);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_hundred_changes_can_be_taken_back() {
        let undo = Undo::default();
        let ids: Vec<UndoId> = (0..=KEPT).map(|_| undo.keep(Step::default())).collect();
        assert!(undo.get(ids[0]).is_none());
        assert!(undo.get(ids[1]).is_some());
        undo.forget(ids[1]);
        assert!(undo.get(ids[1]).is_none());
    }
}
