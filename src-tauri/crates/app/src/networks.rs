//! The networks' use cases in the words of the wire, and their commitments and reminders.

use fristed_base::{CommitmentId, MemberId, Moment, NetworkId};
use fristed_calendar::{Calendar, Reminder};
use fristed_journal::Journal;

use crate::convert::network as convert;
use crate::error::AppError;
use crate::fristed::Fristed;
use crate::wire::network::{
    Commitment, CommitmentForm, CommitmentState, Member, MemberForm, Network, NetworkDay,
    NetworkForm, NetworkRow, ParsedCommitment, Touched,
};
use crate::writing::{day, id};

impl Fristed {
    /// Every network.
    ///
    /// # Errors
    /// What keeps a store from being read.
    pub fn networks(&self, now: Moment) -> Result<Vec<NetworkRow>, AppError> {
        let zone = self.zone();
        let all = self.calendar()?.networks(zone, now)?;
        Ok(all.into_iter().map(|row| convert::row(row, zone)).collect())
    }

    /// A network, whole.
    ///
    /// # Errors
    /// `NotFound`.
    pub fn network_get(&self, network: &str, now: Moment) -> Result<Network, AppError> {
        let zone = self.zone();
        Ok(convert::network(self.calendar()?.network(id(network)?, zone, now)?, zone))
    }

    /// Makes a network.
    ///
    /// # Errors
    /// What keeps a store from being written.
    pub fn network_create(&self, form: NetworkForm, now: Moment) -> Result<Network, AppError> {
        let made = self.calendar()?.network_create(&convert::to_form(form))?;
        self.network_get(&made.to_string(), now)
    }

    /// Changes a network.
    ///
    /// # Errors
    /// `NotFound`.
    pub fn network_change(
        &self,
        network: &str,
        form: NetworkForm,
        now: Moment,
    ) -> Result<Network, AppError> {
        self.calendar()?.network_change(id(network)?, &convert::to_form(form))?;
        self.network_get(network, now)
    }

    /// What goes along with a network.
    ///
    /// # Errors
    /// `NotFound`.
    pub fn network_touches(&self, network: &str) -> Result<Touched, AppError> {
        let touched = self.calendar()?.network_touches(id::<NetworkId>(network)?)?;
        Ok(convert::touched(touched, self.zone()))
    }

    /// Removes a network, its meetings and its commitments; its events stay.
    ///
    /// # Errors
    /// `NotFound`.
    pub fn network_delete(&self, network: &str) -> Result<(), AppError> {
        Ok(self.calendar()?.network_delete(id(network)?)?)
    }

    /// Adds a member to a network.
    ///
    /// # Errors
    /// `NotFound`.
    pub fn member_add(&self, network: &str, form: MemberForm) -> Result<Member, AppError> {
        let added = self.calendar()?.member_add(id(network)?, &convert::to_member(form))?;
        Ok(convert::member(added))
    }

    /// Changes a member.
    ///
    /// # Errors
    /// `NotFound`.
    pub fn member_change(&self, member: &str, form: MemberForm) -> Result<Member, AppError> {
        let changed = self.calendar()?.member_change(id(member)?, &convert::to_member(form))?;
        Ok(convert::member(changed))
    }

    /// Removes a member; their commitments keep the name.
    ///
    /// # Errors
    /// `NotFound`.
    pub fn member_remove(&self, member: &str) -> Result<(), AppError> {
        Ok(self.calendar()?.member_remove(id::<MemberId>(member)?)?)
    }

    /// Understands a commitment in one line.
    ///
    /// # Errors
    /// `NotFound`.
    pub fn commitment_parse(
        &self,
        network: &str,
        line: &str,
        now: Moment,
    ) -> Result<ParsedCommitment, AppError> {
        let (form, who_name) = self.calendar()?.commitment_parse(id(network)?, line, now.day())?;
        Ok(ParsedCommitment { form: convert::promise(form), who_name })
    }

    /// Notes what somebody promised.
    ///
    /// # Errors
    /// `NotFound`, `BadTime` for a day that cannot be read.
    pub fn commitment_add(
        &self,
        network: &str,
        meeting: Option<&str>,
        form: CommitmentForm,
        now: Moment,
    ) -> Result<Commitment, AppError> {
        let meeting = meeting.map(id).transpose()?;
        let form = convert::to_promise(form)?;
        let added = self.calendar()?.commitment_add(id(network)?, meeting, &form, now)?;
        Ok(convert::commitment(added))
    }

    /// Changes who, what or by when.
    ///
    /// # Errors
    /// `NotFound`, `BadTime` for a day that cannot be read.
    pub fn commitment_change(
        &self,
        commitment: &str,
        form: CommitmentForm,
        now: Moment,
    ) -> Result<Commitment, AppError> {
        let form = convert::to_promise(form)?;
        let changed = self.calendar()?.commitment_change(id(commitment)?, &form, now)?;
        Ok(convert::commitment(changed))
    }

    /// Changes how a commitment stands.
    ///
    /// # Errors
    /// `NotFound`.
    pub fn commitment_set_state(
        &self,
        commitment: &str,
        state: CommitmentState,
        now: Moment,
    ) -> Result<Commitment, AppError> {
        let state = convert::to_state(state);
        let changed = self.calendar()?.commitment_set_state(id(commitment)?, state, now)?;
        Ok(convert::commitment(changed))
    }

    /// Removes a commitment.
    ///
    /// # Errors
    /// `NotFound`.
    pub fn commitment_delete(&self, commitment: &str) -> Result<(), AppError> {
        Ok(self.calendar()?.commitment_delete(id::<CommitmentId>(commitment)?)?)
    }

    /// What a day shows of the networks.
    ///
    /// # Errors
    /// `BadTime` for a day that cannot be read.
    pub fn network_day(&self, today: &str, now: Moment) -> Result<NetworkDay, AppError> {
        let zone = self.zone();
        let found = self.calendar()?.network_day(day(today)?, zone, now)?;
        Ok(NetworkDay {
            next: found.next.map(|row| convert::meeting_row(row, zone)),
            due: convert::commitments(found.due),
            open: found.open,
            reminders: convert::meeting_rows(found.reminders, zone),
        })
    }

    /// What is to be reminded of now and was not shown yet.
    ///
    /// # Errors
    /// `Locked`, and what keeps a store from being read.
    pub fn reminders_due(&self, now: Moment) -> Result<Vec<Reminder>, AppError> {
        Ok(self.calendar()?.reminders_due(self.zone(), now)?)
    }

    /// Notes that a reminder was shown.
    ///
    /// # Errors
    /// What keeps a store from being written.
    pub fn reminder_shown(&self, key: &str, now: Moment) -> Result<(), AppError> {
        Ok(self.calendar()?.reminder_shown(key, now)?)
    }
}

/// Takes the entries that are gone from the journal out of every meeting.
pub(crate) fn forget_gone(journal: &Journal, calendar: &Calendar) -> Result<(), AppError> {
    let named = calendar.named_entries()?;
    let known = journal.known_ids(&named)?;
    for entry in named.into_iter().filter(|entry| !known.contains(entry)) {
        calendar.forget_entry(entry)?;
    }
    Ok(())
}
