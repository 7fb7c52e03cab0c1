//! A leader's calendars and her networks: events, meetings, what was promised there.
//!
//! [`ical`] is the engine: it reads iCalendar, says when things happen, and changes single fields
//! of what it was given. It keeps nothing, asks nobody the time, and knows no store. Around it
//! stands [`Calendar`], which keeps events and networks in an open store. Entries of the journal
//! are known by their ids alone.

pub mod ical;

mod calendar;
mod commitment;
mod error;
mod event;
mod form;
mod holiday;
mod import;
mod invitation;
mod meeting;
mod model;
mod network;
mod occurrence;
mod reminder;
mod repeat;
mod room;
mod series;
mod sync;
mod table;
mod text;
mod undo;
mod view;

pub use calendar::Calendar;
pub use commitment::line;
pub use error::{CalendarError, Result};
pub use holiday::{Holiday, Lang, holidays};
pub use import::{FileDone, FilePlan, FilePreview, left_out};
pub use invitation::{Message, MessageKind, Refusal};
pub use model::*;
pub use room::{Called, Came, Extent, Invited, NotTaken, Through};
pub use table::MIGRATIONS;
