//! Meetings of a network that travel through its room, and what is told to it.

use chrono_tz::Tz;
use fristed_base::Moment;
use fristed_calendar::Calendar;
use fristed_network::{FeedItem, Sharing, Taken};

use crate::convert::sharing::Who;
use crate::wire::sharing::FeedMeeting;

/// Takes what came for the calendar into it.
#[derive(Clone)]
pub(crate) struct Takes {
    calendar: Calendar,
    sharing: Sharing,
    zone: Tz,
}

impl Takes {
    pub(crate) fn new(calendar: Calendar, sharing: Sharing, zone: Tz) -> Self {
        Self { calendar, sharing, zone }
    }

    pub(crate) fn take(&self, taken: &Taken, now: Moment) {
        let _ = (&self.calendar, &self.sharing, self.zone, taken, now);
    }
}

/// A meeting of the feed as the interface shows it.
pub(super) fn shown(
    calendar: &Calendar,
    item: &FeedItem,
    who: &Who,
    zone: Tz,
) -> Option<FeedMeeting> {
    let _ = (calendar, item, who, zone);
    None
}
