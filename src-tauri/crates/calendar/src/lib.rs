//! A leader's calendars.
//!
//! [`ical`] is the engine: it reads iCalendar, says when things happen, and changes single fields
//! of what it was given. It keeps nothing, asks nobody the time, and knows no store.

pub mod ical;
