//! The networks' use cases in the words of the wire. Here meetings and the journal meet.

use fristed_base::{CommitmentId, EntryId, MeetingId, MemberId, Moment, NetworkId};
use fristed_calendar::{Calendar, Reminder};
use fristed_journal::Journal;

use crate::convert::network as convert;
use crate::error::AppError;
use crate::fristed::Fristed;
use crate::wire::network::{
    AgendaItem, Commitment, CommitmentForm, CommitmentState, EntrySuggestion, Meeting, MeetingRow,
    MeetingText, Member, MemberForm, Network, NetworkDay, NetworkForm, NetworkRow,
    ParsedCommitment, Question, Reminding, Touched,
};
use crate::writing::{day, id};
use crate::{config, here, prep_sheet, suggestions};

impl Fristed {
    /// Every network.
    ///
    /// # Errors
    /// What keeps a store from being read.
    pub fn networks(&self, now: Moment) -> Result<Vec<NetworkRow>, AppError> {
        let zone = here::zone();
        let all = self.calendar()?.networks(zone, now)?;
        Ok(all.into_iter().map(|row| convert::row(row, zone)).collect())
    }

    /// A network, whole.
    ///
    /// # Errors
    /// `NotFound`.
    pub fn network_get(&self, network: &str, now: Moment) -> Result<Network, AppError> {
        let zone = here::zone();
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
        Ok(convert::touched(touched, here::zone()))
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

    /// Makes a meeting of an occurrence.
    ///
    /// # Errors
    /// `AlreadyMeeting` where it is one of another network, `NotFound`.
    pub fn meeting_tie(
        &self,
        network: &str,
        event: &str,
        recurrence: Option<&str>,
    ) -> Result<Meeting, AppError> {
        let (zone, event) = (here::zone(), (id(event)?, recurrence));
        let made = self.calendar()?.meeting_tie(id(network)?, event, zone)?;
        self.meeting_get(&made.to_string())
    }

    /// Ties a meeting to another occurrence.
    ///
    /// # Errors
    /// `AlreadyMeeting` where that occurrence is another one, `NotFound`.
    pub fn meeting_retie(
        &self,
        meeting: &str,
        event: &str,
        recurrence: Option<&str>,
    ) -> Result<Meeting, AppError> {
        let event = (id(event)?, recurrence);
        self.calendar()?.meeting_retie(id(meeting)?, event, here::zone())?;
        self.meeting_get(meeting)
    }

    /// Says that an occurrence is no meeting of a network.
    ///
    /// # Errors
    /// `NotFound`.
    pub fn suggestion_dismiss(
        &self,
        network: &str,
        event: &str,
        recurrence: Option<&str>,
    ) -> Result<(), AppError> {
        let event = (id(event)?, recurrence);
        Ok(self.calendar()?.suggestion_dismiss(id(network)?, event, here::zone())?)
    }

    /// A meeting, whole; entries that are gone from the journal are not among those brought.
    ///
    /// # Errors
    /// `NotFound`.
    pub fn meeting_get(&self, meeting: &str) -> Result<Meeting, AppError> {
        let found = self.calendar()?.meeting(id(meeting)?, here::zone())?;
        joined(&self.journal()?, found)
    }

    /// Removes a meeting; its event stays.
    ///
    /// # Errors
    /// `NotFound`.
    pub fn meeting_delete(&self, meeting: &str) -> Result<(), AppError> {
        Ok(self.calendar()?.meeting_delete(id(meeting)?)?)
    }

    /// What deleting a meeting also touches.
    ///
    /// # Errors
    /// `NotFound`.
    pub fn meeting_touches(&self, meeting: &str) -> Result<Touched, AppError> {
        let touched = self.calendar()?.meeting_touches(id::<MeetingId>(meeting)?)?;
        Ok(convert::touched(touched, here::zone()))
    }

    /// Keeps a meeting's texts; when it returns they are durably in the store. Gives the new
    /// version.
    ///
    /// # Errors
    /// `Changed` where they were changed elsewhere since, `NotFound`.
    pub fn meeting_save(&self, meeting: &str, text: MeetingText) -> Result<u32, AppError> {
        Ok(self.calendar()?.meeting_save(id(meeting)?, &convert::to_text(text))?)
    }

    /// Gives a meeting this agenda and no other.
    ///
    /// # Errors
    /// `NotFound`.
    pub fn meeting_set_agenda(
        &self,
        meeting: &str,
        items: Vec<AgendaItem>,
    ) -> Result<Meeting, AppError> {
        let items: Vec<_> = items.into_iter().map(convert::to_item).collect();
        self.calendar()?.meeting_set_agenda(id(meeting)?, &items)?;
        self.meeting_get(meeting)
    }

    /// Gives a meeting these questions and no others.
    ///
    /// # Errors
    /// `NotFound`.
    pub fn meeting_set_questions(
        &self,
        meeting: &str,
        questions: Vec<Question>,
    ) -> Result<Meeting, AppError> {
        let questions =
            questions.into_iter().map(convert::to_question).collect::<Result<Vec<_>, _>>()?;
        self.calendar()?.meeting_set_questions(id(meeting)?, &questions)?;
        self.meeting_get(meeting)
    }

    /// Brings these entries to a meeting and no others.
    ///
    /// # Errors
    /// `NotFound`.
    pub fn meeting_set_entries(
        &self,
        meeting: &str,
        entries: &[String],
    ) -> Result<Meeting, AppError> {
        let entries = entries.iter().map(|entry| id(entry)).collect::<Result<Vec<_>, _>>()?;
        self.calendar()?.meeting_set_entries(id(meeting)?, &entries)?;
        self.meeting_get(meeting)
    }

    /// Sets who hosts and who facilitates a meeting, and its method.
    ///
    /// # Errors
    /// `NotFound`.
    pub fn meeting_set_people(
        &self,
        meeting: &str,
        host: Option<&str>,
        facilitator: Option<&str>,
        method: String,
    ) -> Result<Meeting, AppError> {
        let people = fristed_calendar::MeetingPeople {
            host: host.map(id).transpose()?,
            facilitator: facilitator.map(id).transpose()?,
            method,
        };
        self.calendar()?.meeting_set_people(id(meeting)?, &people)?;
        self.meeting_get(meeting)
    }

    /// Sets or takes the leader's word that she is ready.
    ///
    /// # Errors
    /// `NotFound`.
    pub fn meeting_set_ready(&self, meeting: &str, ready: bool) -> Result<Meeting, AppError> {
        self.calendar()?.meeting_set_ready(id(meeting)?, ready)?;
        self.meeting_get(meeting)
    }

    /// Ties the reflection afterwards to a meeting, or none.
    ///
    /// # Errors
    /// `NotFound`, also of an entry that is not in the journal.
    pub fn meeting_set_reflection(
        &self,
        meeting: &str,
        entry: Option<&str>,
    ) -> Result<Meeting, AppError> {
        let entry = entry.map(id::<EntryId>).transpose()?;
        if let Some(entry) = entry {
            self.journal()?.entry(entry)?;
        }
        self.calendar()?.meeting_set_reflection(id(meeting)?, entry)?;
        self.meeting_get(meeting)
    }

    /// Entries that might be brought to a meeting.
    ///
    /// # Errors
    /// `NotFound`.
    pub fn meeting_entry_suggestions(
        &self,
        meeting: &str,
    ) -> Result<Vec<EntrySuggestion>, AppError> {
        let calendar = self.calendar()?;
        let of = id(meeting)?;
        let found = calendar.meeting(of, here::zone())?;
        suggestions::entries(&self.journal()?, &found, &calendar.brought_before(of)?)
    }

    /// The prep sheet as Markdown, in the language in force, and a name for its file.
    ///
    /// # Errors
    /// `NotFound`.
    pub fn meeting_markdown(&self, meeting: &str) -> Result<(String, String), AppError> {
        let found = self.meeting_get(meeting)?;
        let members = self.calendar()?.members(id(&found.row.network)?)?;
        let language = config::language(&self.state().config.settings);
        Ok((prep_sheet::markdown(&found, &members, language), prep_sheet::file_name(&found)))
    }

    /// The meetings to which an entry was brought, or on which it reflects.
    ///
    /// # Errors
    /// What keeps a store from being read.
    pub fn entry_meetings(&self, entry: &str) -> Result<Vec<MeetingRow>, AppError> {
        let rows = self.calendar()?.entry_meetings(id(entry)?)?;
        Ok(convert::meeting_rows(rows, here::zone()))
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
        let zone = here::zone();
        let found = self.calendar()?.network_day(day(today)?, zone, now)?;
        Ok(NetworkDay {
            next: found.next.map(|row| convert::meeting_row(row, zone)),
            due: convert::commitments(found.due),
            open: found.open,
            reminders: convert::meeting_rows(found.reminders, zone),
        })
    }

    /// When the leader wants to be reminded.
    ///
    /// # Errors
    /// What keeps a store from being read.
    pub fn reminding(&self) -> Result<Reminding, AppError> {
        Ok(convert::reminding(self.calendar()?.reminding()?))
    }

    /// Keeps when the leader wants to be reminded.
    ///
    /// # Errors
    /// What keeps a store from being written.
    pub fn reminding_save(&self, reminding: Reminding) -> Result<(), AppError> {
        Ok(self.calendar()?.set_reminding(&convert::to_reminding(reminding))?)
    }

    /// Puts a meeting's reminders away that have come by now.
    ///
    /// # Errors
    /// `NotFound`.
    pub fn reminder_put_away(&self, meeting: &str, now: Moment) -> Result<(), AppError> {
        Ok(self.calendar()?.reminder_put_away(id(meeting)?, now.day())?)
    }

    /// What is to be reminded of now and was not shown yet.
    ///
    /// # Errors
    /// `Locked`, and what keeps a store from being read.
    pub fn reminders_due(&self, now: Moment) -> Result<Vec<Reminder>, AppError> {
        Ok(self.calendar()?.reminders_due(here::zone(), now)?)
    }

    /// Notes that a reminder was shown.
    ///
    /// # Errors
    /// What keeps a store from being written.
    pub fn reminder_shown(&self, key: &str, now: Moment) -> Result<(), AppError> {
        Ok(self.calendar()?.reminder_shown(key, now)?)
    }
}

/// A meeting with its entries as the journal has them.
fn joined(journal: &Journal, meeting: fristed_calendar::Meeting) -> Result<Meeting, AppError> {
    let zone = here::zone();
    let rows = |ids: &[EntryId]| -> Result<Vec<_>, AppError> {
        Ok(journal.rows(ids)?.into_iter().map(crate::convert::row).collect())
    };
    let answers: Vec<EntryId> = meeting.questions.iter().filter_map(|q| q.entry).collect();
    let known = journal.known_ids(&answers)?;
    let questions = meeting.questions.into_iter().map(|mut question| {
        question.entry = question.entry.filter(|entry| known.contains(entry));
        convert::question(question)
    });
    let reflection: Vec<EntryId> = meeting.reflection.into_iter().collect();
    Ok(Meeting {
        row: convert::meeting_row(meeting.row, zone),
        occurrence: meeting.seen.map(|seen| crate::convert::calendar::occurrence(&seen, zone)),
        coming: meeting.coming,
        unanswered: meeting.unanswered,
        text: convert::text(meeting.text),
        host: meeting.people.host.map(|host| host.to_string()),
        facilitator: meeting.people.facilitator.map(|member| member.to_string()),
        method: meeting.people.method,
        agenda: meeting.agenda.into_iter().map(convert::item).collect(),
        questions: questions.collect(),
        entries: rows(&meeting.entries)?,
        my_promises: convert::commitments(meeting.my_promises),
        their_promises: convert::commitments(meeting.their_promises),
        made_here: convert::commitments(meeting.made_here),
        reflection: rows(&reflection)?.pop(),
        previous: meeting.previous.map(|row| convert::meeting_row(row, zone)),
        next: meeting.next.map(|row| convert::meeting_row(row, zone)),
    })
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
