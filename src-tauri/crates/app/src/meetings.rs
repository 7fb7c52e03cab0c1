//! The meetings' use cases in the words of the wire. Here meetings and the journal meet.

use chrono_tz::Tz;
use fristed_base::{EntryId, MeetingId};
use fristed_journal::Journal;

use crate::convert::network as convert;
use crate::error::AppError;
use crate::fristed::Fristed;
use crate::wire::network::{
    AgendaItem, EntrySuggestion, Meeting, MeetingRow, MeetingText, Question, Touched,
};
use crate::writing::id;
use crate::{config, prep_sheet, suggestions};

impl Fristed {
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
        let (zone, event) = (self.zone(), (id(event)?, recurrence));
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
        self.calendar()?.meeting_retie(id(meeting)?, event, self.zone())?;
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
        Ok(self.calendar()?.suggestion_dismiss(id(network)?, event, self.zone())?)
    }

    /// A meeting, whole; entries that are gone from the journal are not among those brought.
    ///
    /// # Errors
    /// `NotFound`.
    pub fn meeting_get(&self, meeting: &str) -> Result<Meeting, AppError> {
        let found = self.calendar()?.meeting(id(meeting)?, self.zone())?;
        joined(&self.journal()?, found, self.zone())
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
        Ok(convert::touched(touched, self.zone()))
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
        let found = calendar.meeting(of, self.zone())?;
        suggestions::entries(&self.journal()?, &found, &calendar.brought_before(of)?)
    }

    /// The prep sheet as Markdown, in the language in force, and a name for its file.
    ///
    /// # Errors
    /// `NotFound`.
    pub fn meeting_markdown(&self, meeting: &str) -> Result<(String, String), AppError> {
        let found = self.meeting_get(meeting)?;
        let calendar = self.calendar()?;
        let members = calendar.members(id(&found.row.network)?)?;
        let language = config::language(&self.state().config.settings);
        let text = prep_sheet::markdown(&found, &members, language);
        Ok((text, prep_sheet::file_name(&found)))
    }

    /// The meetings to which an entry was brought, or on which it reflects.
    ///
    /// # Errors
    /// What keeps a store from being read.
    pub fn entry_meetings(&self, entry: &str) -> Result<Vec<MeetingRow>, AppError> {
        let rows = self.calendar()?.entry_meetings(id(entry)?)?;
        Ok(convert::meeting_rows(rows, self.zone()))
    }
}

/// A meeting with its entries as the journal has them.
fn joined(
    journal: &Journal,
    meeting: fristed_calendar::Meeting,
    zone: Tz,
) -> Result<Meeting, AppError> {
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
        description: meeting.description,
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
        carried_over: meeting.carried_over.map(convert::carried_over),
    })
}
