//! iCalendar (RFC 5545): reading, time zones, recurrence, changing, writing.
//!
//! The truth is the text as it was received. An [`Object`] holds that text, byte for byte, with
//! what was understood of it beside it; a change replaces single lines in it, so that whatever
//! Fristed does not understand survives. `calcard` reads the values; zones, rules,
//! exceptions, overrides and every bound are this module's own.
//!
//! A file is hostile until shown otherwise: what it may ask for stands in [`Limits`], and a view
//! works within a [`Budget`].

mod alarm;
mod bounds;
mod bytes;
mod change;
mod draft;
mod error;
mod event;
mod header;
mod length;
mod limits;
mod lines;
mod object;
mod people;
mod read;
mod reading;
mod rule;
mod same;
mod scan;
mod series;
mod summary;
mod told;
mod value;
mod when;
mod write;
mod zone;

pub use alarm::Trigger;
pub use bounds::Bounds;
pub use change::{Change, Scope};
pub use draft::{Alarm, Draft};
pub use error::{IcalError, Result};
pub use fristed_base::shown::shown;
pub use limits::{Budget, Limits, Window};
pub use object::{Object, Occurrence, Occurrences};
pub use people::{Attendee, PartStat, Person, Role};
pub use read::read;
pub use reading::{Method, Reading, Reason, UNKNOWN_ZONES, Warning};
pub use rule::{Days, End, Frequency, NotARule, RecurrenceRule};
pub use same::same;
pub use summary::{Status, Summary};
pub use told::{Frame, Tells};
pub use when::When;
pub use write::write;
pub use zone::Zone;
