//! Who takes part.

use calcard::icalendar::{
    ICalendarEntry, ICalendarParameterName, ICalendarParameterValue, ICalendarParticipationRole,
    ICalendarParticipationStatus,
};

use fristed_base::shown::shown_line;

/// Somebody with a calendar address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// The address without `mailto:`.
    pub address: String,
    /// CN.
    pub name: Option<String>,
}

/// Somebody who is invited.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attendee {
    /// Who.
    pub person: Person,
    /// ROLE.
    pub role: Role,
    /// PARTSTAT.
    pub partstat: PartStat,
    /// RSVP: whether an answer is asked for.
    pub rsvp: bool,
}

/// What is expected of an attendee (RFC 5545, section 3.2.16).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Role {
    /// Leads the meeting.
    Chair,
    /// Has to be there.
    #[default]
    Required,
    /// May be there.
    Optional,
    /// Is only told.
    Informed,
}

/// What an attendee answered (RFC 5545, section 3.2.12).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum PartStat {
    /// Nothing yet.
    #[default]
    NeedsAction,
    /// Comes.
    Accepted,
    /// Does not come.
    Declined,
    /// Comes perhaps.
    Tentative,
    /// Sends somebody else.
    Delegated,
}

impl PartStat {
    /// As it is written.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::NeedsAction => "NEEDS-ACTION",
            Self::Accepted => "ACCEPTED",
            Self::Declined => "DECLINED",
            Self::Tentative => "TENTATIVE",
            Self::Delegated => "DELEGATED",
        }
    }
}

impl Role {
    /// As it is written.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Chair => "CHAIR",
            Self::Required => "REQ-PARTICIPANT",
            Self::Optional => "OPT-PARTICIPANT",
            Self::Informed => "NON-PARTICIPANT",
        }
    }
}

impl Person {
    /// Whether this is the person with that address; case and `mailto:` do not matter.
    #[must_use]
    pub fn is(&self, address: &str) -> bool {
        self.address.eq_ignore_ascii_case(bare(address))
    }

    pub(super) fn of(entry: &ICalendarEntry) -> Option<Self> {
        let address = super::event::texts(entry);
        let address = shown_line(bare(&address));
        if address.is_empty() {
            return None;
        }
        let name =
            entry.parameter(&ICalendarParameterName::Cn).and_then(|cn| cn.as_text()).map(unescape);
        Some(Self { address, name: name.filter(|name| !name.is_empty()) })
    }
}

/// An address without its scheme.
pub(super) fn bare(address: &str) -> &str {
    let address = address.trim();
    match address.get(..7) {
        Some(scheme) if scheme.eq_ignore_ascii_case("mailto:") => {
            address.get(7..).unwrap_or_default().trim()
        }
        _ => address,
    }
}

/// A parameter's value with what RFC 6868 writes otherwise, fit to be shown.
fn unescape(value: &str) -> String {
    let value = value.replace("^n", "\n").replace("^'", "\"").replace("^^", "^");
    shown_line(&value)
}

impl Attendee {
    pub(super) fn of(entry: &ICalendarEntry) -> Option<Self> {
        let person = Person::of(entry)?;
        let partstat = match entry.parameter(&ICalendarParameterName::Partstat) {
            Some(ICalendarParameterValue::Partstat(status)) => match status {
                ICalendarParticipationStatus::Accepted => PartStat::Accepted,
                ICalendarParticipationStatus::Declined => PartStat::Declined,
                ICalendarParticipationStatus::Tentative => PartStat::Tentative,
                ICalendarParticipationStatus::Delegated => PartStat::Delegated,
                _ => PartStat::NeedsAction,
            },
            _ => PartStat::NeedsAction,
        };
        let role = match entry.parameter(&ICalendarParameterName::Role) {
            Some(ICalendarParameterValue::Role(role)) => match role {
                ICalendarParticipationRole::Chair => Role::Chair,
                ICalendarParticipationRole::OptParticipant => Role::Optional,
                ICalendarParticipationRole::NonParticipant => Role::Informed,
                _ => Role::Required,
            },
            _ => Role::Required,
        };
        let rsvp = entry.parameter(&ICalendarParameterName::Rsvp);
        let rsvp = rsvp.and_then(ICalendarParameterValue::as_bool).unwrap_or(false);
        Some(Self { person, role, partstat, rsvp })
    }
}
