//! How calendars are kept in step, from what is kept to what crosses and back.

use chrono_tz::Tz;
use fristed_calendar as calendar;

use super::calendar::{event, instant};
use crate::wire::ErrorCode;
use crate::wire::source as wire;

pub(super) fn source(from: calendar::SourceInfo, zone: Tz) -> wire::Source {
    wire::Source {
        address: from.address,
        user: from.user,
        every_minutes: from.every_minutes,
        last_success: from.last_success.map(|at| instant(at, zone)),
        trouble: from.trouble.map(trouble),
        waiting: from.waiting,
        conflicts: from.conflicts,
        missing: from.missing,
        deleted: from.deleted,
    }
}

const TROUBLES: [(calendar::Trouble, ErrorCode); 8] = [
    (calendar::Trouble::Unreachable, ErrorCode::Unreachable),
    (calendar::Trouble::SignInRefused, ErrorCode::SignInRefused),
    (calendar::Trouble::AddressRefused, ErrorCode::AddressRefused),
    (calendar::Trouble::CertificateBad, ErrorCode::CertificateBad),
    (calendar::Trouble::NotACalendar, ErrorCode::NotACalendar),
    (calendar::Trouble::ServerRefused, ErrorCode::ServerRefused),
    (calendar::Trouble::TooLarge, ErrorCode::TooLarge),
    (calendar::Trouble::TooManyEvents, ErrorCode::TooManyEvents),
];

fn trouble(trouble: calendar::Trouble) -> ErrorCode {
    let known = TROUBLES.iter().find(|(kept, _)| *kept == trouble);
    known.map_or(ErrorCode::Internal, |(_, code)| *code)
}

/// What a failed look is kept as; none where it is no fault of the server's.
pub(crate) fn to_trouble(code: ErrorCode) -> Option<calendar::Trouble> {
    TROUBLES.iter().find(|(_, known)| *known == code).map(|(kept, _)| *kept)
}

pub(crate) fn conflict(conflict: calendar::Conflict, zone: Tz) -> wire::Conflict {
    wire::Conflict {
        id: conflict.id.to_string(),
        mine: conflict.mine.map(|one| event(one, zone)),
        theirs: conflict.theirs.map(|one| event(one, zone)),
    }
}

pub(crate) const fn to_keep(keep: wire::Keep) -> calendar::Keep {
    match keep {
        wire::Keep::Mine => calendar::Keep::Mine,
        wire::Keep::Theirs => calendar::Keep::Theirs,
        wire::Keep::Both => calendar::Keep::Both,
    }
}
