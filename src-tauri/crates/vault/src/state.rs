//! `vault.state`: whether the last session ended cleanly, kept outside the store.
//!
//! SQLite cannot tell a store whose write-ahead log was deleted, or replaced by another's, from
//! one that needs none. So the first write of a session puts a random mark into the store,
//! brings it to the main file by a checkpoint, and notes here the mark and the log's salt. At
//! the next opening
//!
//! - an open session without its log, or with one that is damaged before its end, is told as
//!   [`Notice::LogMissing`](crate::Notice::LogMissing);
//! - a log whose salt does not continue the noted one, or beside a main file with another mark
//!   (a store copied back from yesterday), is put aside as
//!   [`Notice::ForeignLog`](crate::Notice::ForeignLog).
//!
//! SQLite adds one to the first salt each time it begins the log anew (file format, section 4.1),
//! and takes a random one for a new log.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::disk;
use crate::error::VaultError;
use crate::key::slot::Hex;
use crate::store::log::Log;

/// What the file says.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(crate) struct State {
    /// True from a session's first write to its clean end.
    pub(crate) open: bool,
    /// What ties the log to the main file; none until the checkpoint of the first write.
    pub(crate) tie: Option<Tie>,
}

/// What ties a log to a main file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Tie {
    /// The mark in the store.
    pub(crate) mark: Hex<16>,
    /// The first salt of the log when the session began.
    pub(crate) salt: u32,
}

/// What to do about the log at an opening.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// The last session ended cleanly, or had written nothing.
    Clean,
    /// The last session ended cleanly, but its log was not removed; all of it is in the main
    /// file. To replay it would be harmless only if it were surely the last of that session.
    Leftover,
    /// The session was cut off; its log brings everything back.
    Replay,
    /// The session was cut off and its log is gone, or can be read up to a damaged frame only.
    Missing,
    /// The log is another store's, or another time's.
    Foreign,
}

/// A log may have been begun anew this often since its session began.
const MOST_RESTARTS: u32 = 1 << 20;

impl State {
    /// What the folder's file says; none where there is none or it cannot be read.
    pub(crate) fn read(folder: &Path) -> Option<Self> {
        let bytes = std::fs::read(path(folder)).ok()?;
        serde_json::from_slice(&bytes).ok()
    }

    /// Replaces the file, durably. Where that fails at its last step, what stood there is put
    /// back, so that a session which could not begin is not told as one that lost its log.
    pub(crate) fn write(&self, folder: &Path) -> Result<(), VaultError> {
        let bytes = serde_json::to_vec(self).expect("these types have a JSON form");
        let (path, fresh) = (path(folder), folder.join("vault.state.new"));
        let before = std::fs::read(&path).ok();
        disk::replace(&path, &fresh, &bytes).map_err(|error| {
            let _ = match before {
                Some(before) => disk::replace(&path, &fresh, &before),
                None => disk::remove(&path),
            };
            error.into()
        })
    }

    /// What to do about this log. `mark` is the main file's, where it could be read.
    pub(crate) fn judge(state: Option<&Self>, log: &Log, mark: Option<[u8; 16]>) -> Verdict {
        let Some(state) = state else {
            return match log {
                Log::Frames { .. } => Verdict::Foreign,
                _ => Verdict::Clean,
            };
        };
        let tied = |salt: u32| {
            state.tie.as_ref().map(|tie| {
                salt.wrapping_sub(tie.salt) < MOST_RESTARTS
                    && mark.is_none_or(|mark| mark == tie.mark.0)
            })
        };
        match (log, state.open) {
            (Log::Frames { authentic: false, .. }, _) => Verdict::Foreign,
            (Log::Frames { salt, .. }, false) => match tied(*salt) {
                Some(true) => Verdict::Leftover,
                _ => Verdict::Foreign,
            },
            (_, false) => Verdict::Clean,
            (Log::Frames { salt, broken, .. }, true) => match tied(*salt) {
                Some(false) => Verdict::Foreign,
                _ if *broken => Verdict::Missing,
                _ => Verdict::Replay,
            },
            (Log::Begun { salt }, true) => match tied(*salt) {
                Some(true) => Verdict::Replay,
                Some(false) => Verdict::Missing,
                None => Verdict::Clean,
            },
            (Log::Missing, true) => Verdict::Missing,
            (Log::Empty, true) if state.tie.is_some() => Verdict::Missing,
            (Log::Empty, true) => Verdict::Clean,
        }
    }
}

fn path(folder: &Path) -> PathBuf {
    folder.join("vault.state")
}

#[cfg(test)]
mod tests {
    use super::*;

    const MARK: [u8; 16] = [7; 16];

    fn tied(open: bool) -> Option<State> {
        Some(State { open, tie: Some(Tie { mark: Hex(MARK), salt: u32::MAX }) })
    }

    fn frames(salt: u32, authentic: bool) -> Log {
        Log::Frames { salt, authentic, broken: false }
    }

    #[test]
    fn a_log_that_continues_the_noted_one_is_replayed() {
        for salt in [u32::MAX, 0, 1000] {
            let judged = State::judge(tied(true).as_ref(), &frames(salt, true), Some(MARK));
            assert_eq!(judged, Verdict::Replay);
        }
        // A checkpoint that was cut off may leave the main file unreadable until the replay.
        let judged = State::judge(tied(true).as_ref(), &frames(0, true), None);
        assert_eq!(judged, Verdict::Replay);
    }

    #[test]
    fn a_log_of_another_store_or_another_time_is_foreign() {
        let other = Some([8; 16]);
        for (state, log, mark) in [
            (tied(true), frames(0, false), Some(MARK)),
            (tied(true), frames(u32::MAX - 1, true), Some(MARK)),
            (tied(true), frames(0, true), other),
            (tied(false), frames(7_000_000, true), Some(MARK)),
            (tied(false), frames(0, true), other),
            (None, frames(0, true), Some(MARK)),
            (Some(State { open: true, tie: None }), frames(0, false), Some(MARK)),
        ] {
            assert_eq!(State::judge(state.as_ref(), &log, mark), Verdict::Foreign, "{state:?}");
        }
    }

    #[test]
    fn an_open_session_without_its_log_is_told() {
        for log in [Log::Missing, Log::Empty] {
            assert_eq!(State::judge(tied(true).as_ref(), &log, Some(MARK)), Verdict::Missing);
            assert_eq!(State::judge(tied(false).as_ref(), &log, Some(MARK)), Verdict::Clean);
            assert_eq!(State::judge(None, &log, Some(MARK)), Verdict::Clean);
        }
        let nothing_written = Some(State { open: true, tie: None });
        assert_eq!(State::judge(nothing_written.as_ref(), &Log::Empty, Some(MARK)), Verdict::Clean);
    }

    #[test]
    fn a_log_that_is_damaged_before_its_end_is_told_and_still_read() {
        let log = Log::Frames { salt: 0, authentic: true, broken: true };
        assert_eq!(State::judge(tied(true).as_ref(), &log, Some(MARK)), Verdict::Missing);
    }

    #[test]
    fn what_a_clean_end_left_behind_is_not_called_foreign() {
        let judged = State::judge(tied(false).as_ref(), &frames(3, true), Some(MARK));
        assert_eq!(judged, Verdict::Leftover);
    }
}
