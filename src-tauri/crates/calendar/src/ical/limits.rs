//! How much a file may ask for, and how much a view may take.

use chrono::{DateTime, Utc};

/// How much one file may hold. The numbers are stated to the leader where a file is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// The bytes of a file; beyond them it is refused.
    pub bytes: usize,
    /// The components (events, zones, alarms and all others); beyond them the file is refused.
    pub components: usize,
    /// How deep components may lie in each other; beyond it the file is refused.
    pub depth: usize,
    /// The bytes of one line after unfolding; a component with a longer one is left out and listed.
    pub line: usize,
    /// The dates in one component's RDATE and EXDATE; a component with more is left out and listed.
    pub dates: usize,
    /// The bytes of zone definitions copied to the events of one file; beyond them, events refer
    /// to their zones by name only.
    pub zones: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            bytes: 64 * 1024 * 1024,
            components: 100_000,
            depth: 16,
            line: 16 * 1024 * 1024,
            dates: 250_000,
            zones: 64 * 1024 * 1024,
        }
    }
}

/// The stretch of time that a view shows, from `from` up to but without `to`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    /// The first instant shown.
    pub from: DateTime<Utc>,
    /// The first instant no longer shown.
    pub to: DateTime<Utc>,
}

impl Window {
    /// The window between two instants; an empty one where they are in the wrong order.
    #[must_use]
    pub const fn new(from: DateTime<Utc>, to: DateTime<Utc>) -> Self {
        Self { from, to }
    }

    /// Whether something that lasts from `start` to `end` is seen in the window. What has no
    /// length is seen where it starts.
    #[must_use]
    pub fn sees(&self, start: DateTime<Utc>, end: DateTime<Utc>) -> bool {
        start < self.to && (end > self.from || (end <= start && start >= self.from))
    }
}

/// The steps that a view may take. One step is a day, a date or an occurrence looked at, some
/// tenths of a microsecond; no file can make a view take more.
///
/// Each series has a share of its own, so that one that never ends leaves the others theirs.
#[derive(Debug, Clone)]
pub struct Budget {
    left: u64,
    share: u64,
}

impl Budget {
    /// A budget for one view of all calendars: a million steps, 40,000 for one series. That is a
    /// series of eighty years, every day, counted from its start; or 10,000 occurrences shown.
    #[must_use]
    pub const fn view() -> Self {
        Self::new(1_000_000, 40_000)
    }

    /// So many steps in all, and so many at most for one series.
    #[must_use]
    pub const fn new(steps: u64, share: u64) -> Self {
        Self { left: steps, share }
    }

    /// The steps that are left for all.
    #[must_use]
    pub const fn left(&self) -> u64 {
        self.left
    }

    /// What one series may take now.
    pub(super) const fn share(&self) -> u64 {
        if self.left < self.share { self.left } else { self.share }
    }

    pub(super) const fn spend(&mut self, steps: u64) {
        self.left = self.left.saturating_sub(steps);
    }
}
