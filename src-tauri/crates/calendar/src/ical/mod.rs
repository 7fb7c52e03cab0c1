//! iCalendar (RFC 5545): reading, time zones, recurrence, changing, writing.
//!
//! The truth is the text as it was received. An [`Object`] holds that text, byte for byte, with
//! what was understood of it beside it; a change replaces single lines in it, so that whatever
//! Fristed does not understand survives. `calcard` reads the values, and `rrule` says on which
//! days a rule falls; zones, hours, exceptions, overrides and every bound are this module's own.
//!
//! A file is hostile until shown otherwise: what it may ask for stands in [`Limits`], and a view
//! works within a [`Budget`].

mod change;
mod draft;
mod error;
mod limits;
mod object;
mod reading;
mod rule;
mod shown;
mod summary;
mod when;
mod write;
mod zone;

pub use change::{Change, Scope};
pub use draft::{Alarm, Draft};
pub use error::{IcalError, Result};
pub use limits::{Budget, Limits, Window};
pub use object::{Object, Occurrence, Occurrences};
pub use reading::{Method, Reading, Reason, Warning, read};
pub use rule::{Days, End, Frequency, NotARule, RecurrenceRule};
pub use shown::shown;
pub use summary::{Attendee, Bounds, PartStat, Person, Role, Status, Summary};
pub use when::When;
pub use write::write;
pub use zone::Zone;
