//! Calendar files and invitations: previewed, brought in, answered.

use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use chrono_tz::Tz;
use fristed_base::Moment;
use fristed_calendar::ical::Limits;
use fristed_calendar::{FileDone, FilePlan, FilePreview, Message, MessageKind, Refusal, left_out};

use crate::config;
use crate::convert::calendar as convert;
use crate::error::AppError;
use crate::fristed::Fristed;
use crate::wire::calendar::{
    Attendee, BadLine, BadLineReason, CalendarPreview, Invitation, InvitationKind,
    InvitationRefusal, Reply,
};
use crate::wire::{ErrorCode, ImportDone, Language};
use crate::writing::id;

/// How many bad lines are named to the interface.
const SHOWN_LINES: usize = 200;

/// What a calendar file brought, or would bring.
#[derive(Debug, Clone, Default)]
pub struct CalendarImport {
    /// Events that are new.
    pub added: u32,
    /// Events that take the place of an older version.
    pub changed: u32,
    /// Events that are here already.
    pub already_here: u32,
    /// The first day.
    pub first_day: Option<String>,
    /// The last day; none where a series never ends.
    pub last_day: Option<String>,
    /// Parts that were left out or mended, with their lines.
    pub bad_lines: Vec<BadLine>,
    /// Names of time zones that are not known; times in them were taken as the computer's own.
    pub unknown_zones: Vec<String>,
    /// How many of the bad lines were left out.
    pub skipped: u32,
}

/// Reads a file up to one byte more than is ever taken in.
fn read(path: &Path) -> Result<FilePlan, AppError> {
    let limit = u64::try_from(Limits::default().bytes).unwrap_or(u64::MAX);
    let mut bytes = Vec::new();
    File::open(path)?.take(limit.saturating_add(1)).read_to_end(&mut bytes)?;
    Ok(FilePlan::read(&bytes)?)
}

impl Fristed {
    /// Reads a calendar file and says what it would bring; nothing is written. It is kept for
    /// [`Fristed::calendar_file_run`] and [`Fristed::invitation_accept`].
    ///
    /// # Errors
    /// `UnknownFormat` where it is no calendar, `TooManyEvents`, `TooLarge`, `Io`.
    pub fn calendar_file_preview(&self, path: &Path) -> Result<CalendarPreview, AppError> {
        self.preview_of(read(path)?)
    }

    /// The same for a file's bytes, as a page has them that a file was dropped on.
    ///
    /// # Errors
    /// As [`Fristed::calendar_file_preview`].
    pub fn calendar_file_take(&self, bytes: &[u8]) -> Result<CalendarPreview, AppError> {
        self.preview_of(FilePlan::read(bytes)?)
    }

    fn preview_of(&self, plan: FilePlan) -> Result<CalendarPreview, AppError> {
        let zone = self.zone();
        let calendar = self.calendar()?;
        let found = calendar.file_preview(&plan, zone)?;
        let message = calendar.message_preview(&plan, zone)?;
        let lines = bad_lines(&found);
        self.state().calendar_file = Some(plan);
        Ok(CalendarPreview {
            name: found.name,
            new_events: found.new_events,
            changed_events: found.changed_events,
            already_here: found.already_here,
            first_day: found.first_day.map(|day| day.to_string()),
            last_day: found.last_day.map(|day| day.to_string()),
            bad_lines_total: u32::try_from(lines.len()).unwrap_or(u32::MAX),
            bad_lines: lines.into_iter().take(SHOWN_LINES).collect(),
            unknown_zones: found.unknown_zones,
            invitation: message.map(|message| invitation(message, zone)),
        })
    }

    /// Brings the file that was previewed last into a calendar, all of it or nothing. Events that
    /// took the place of an older version count among those added.
    ///
    /// # Errors
    /// `NotFound` where nothing was previewed, `CalendarReadOnly`, and what keeps a store from
    /// being written; after any of them the calendar is as it was.
    pub fn calendar_file_run(&self, of: &str, now: Moment) -> Result<ImportDone, AppError> {
        let plan = self.state().calendar_file.clone().ok_or(ErrorCode::NotFound)?;
        let done = self.calendar()?.file_run(&plan, id(of)?, self.zone(), now)?;
        self.state().calendar_file = None;
        Ok(ImportDone {
            added: done.added.saturating_add(done.changed),
            already_here: done.already_here,
            skipped: done.skipped,
        })
    }

    /// Takes the previewed invitation in with the leader's answer. Gives the answer's text and a
    /// name for its file, where one is to be sent.
    ///
    /// # Errors
    /// `NotFound` where nothing was previewed, `InvitationRefused`, `NotInvited`,
    /// `CalendarReadOnly`.
    pub fn invitation_accept(
        &self,
        of: &str,
        reply: Reply,
        you: Option<&str>,
        now: Moment,
    ) -> Result<Option<(String, String)>, AppError> {
        let plan = self.state().calendar_file.clone().ok_or(ErrorCode::NotFound)?;
        let answer = (convert::to_reply(reply), you);
        let (_, text) =
            self.calendar()?.message_accept(&plan, id(of)?, answer, self.zone(), now)?;
        self.state().calendar_file = None;
        Ok(text.map(|text| (text, self.answer_name())))
    }

    /// The text of an answer to an invitation that is in a calendar, and a name for its file.
    ///
    /// # Errors
    /// `NotFound`, `NotInvited`.
    pub fn invitation_reply(
        &self,
        (event, recurrence): (&str, Option<&str>),
        reply: Reply,
        you: Option<&str>,
        now: Moment,
    ) -> Result<(String, String), AppError> {
        let answer = (convert::to_reply(reply), you);
        let event = (id(event)?, recurrence);
        let text = self.calendar()?.reply(event, answer, self.zone(), now)?;
        Ok((text, self.answer_name()))
    }

    /// What the file of an answer is called.
    fn answer_name(&self) -> String {
        match config::language(&self.state().config.settings) {
            Language::Da => "svar.ics".into(),
            Language::En => "reply.ics".into(),
        }
    }

    /// Brings a calendar file into the calendar of this name, which is made where there is none;
    /// without a name into the one that the file names, or the first that can be changed. With
    /// `dry` nothing is written.
    ///
    /// # Errors
    /// As [`Fristed::calendar_file_preview`] and [`Fristed::calendar_file_run`]; for an invitation
    /// as [`Fristed::invitation_accept`].
    pub fn calendar_import(
        &self,
        path: &Path,
        name: Option<&str>,
        dry: bool,
        now: Moment,
    ) -> Result<CalendarImport, AppError> {
        let zone = self.zone();
        let calendar = self.calendar()?;
        let plan = read(path)?;
        let found = calendar.file_preview(&plan, zone)?;
        let lines = bad_lines(&found);
        let mut done = FileDone {
            added: found.new_events,
            changed: found.changed_events,
            already_here: found.already_here,
            skipped: left_out(&found.warnings),
        };
        if !dry {
            let target = self.calendar_named(name.or(plan.name()))?;
            if plan.is_message() {
                let nothing = (fristed_calendar::ical::PartStat::NeedsAction, None);
                calendar.message_accept(&plan, target, nothing, zone, now)?;
            } else {
                done = calendar.file_run(&plan, target, zone, now)?;
            }
        }
        Ok(CalendarImport {
            added: done.added,
            changed: done.changed,
            already_here: done.already_here,
            first_day: found.first_day.map(|day| day.to_string()),
            last_day: found.last_day.map(|day| day.to_string()),
            bad_lines: lines,
            unknown_zones: found.unknown_zones,
            skipped: done.skipped,
        })
    }

    /// The calendar with this name that can be changed, or the first one where none is named; made
    /// where it is not there.
    fn calendar_named(&self, name: Option<&str>) -> Result<fristed_base::CalendarId, AppError> {
        let calendar = self.calendar()?;
        let all = calendar.calendars()?;
        let mut writable = all.iter().filter(|info| info.kind.is_writable());
        let found = match name.map(str::trim).filter(|name| !name.is_empty()) {
            Some(name) => all.iter().find(|info| info.name == name),
            None => writable.next(),
        };
        if let Some(found) = found {
            return Ok(found.id);
        }
        let name = name.map(str::trim).filter(|name| !name.is_empty());
        let usual = match config::language(&self.state().config.settings) {
            Language::Da => "Kalender",
            Language::En => "Calendar",
        };
        let made = calendar.calendar_create(
            name.unwrap_or(usual),
            fristed_calendar::Colour::default(),
            fristed_calendar::CalendarKind::Own,
        )?;
        Ok(made.id)
    }
}

fn bad_lines(preview: &FilePreview) -> Vec<BadLine> {
    use fristed_calendar::ical::Reason;
    let reason = |reason| match reason {
        Reason::NoStart => BadLineReason::NoStart,
        Reason::NoUid => BadLineReason::NoUid,
        Reason::BadRule => BadLineReason::BadRule,
        Reason::NotClosed => BadLineReason::Unbalanced,
        Reason::NotAnEvent => BadLineReason::NotAnEvent,
        _ => BadLineReason::Unreadable,
    };
    let line = |line: usize| u32::try_from(line).unwrap_or(u32::MAX);
    let told = preview.warnings.iter().filter(|warning| {
        // What was mended without a loss is no news, nor is an earlier version of what came.
        let lost = warning.reason.left_out() && warning.reason != Reason::Superseded;
        lost || matches!(warning.reason, Reason::NoUid | Reason::BadRule)
    });
    told.map(|one| BadLine { line: line(one.line), reason: reason(one.reason) }).collect()
}

fn invitation(message: Message, zone: Tz) -> Invitation {
    Invitation {
        kind: match message.kind {
            MessageKind::Request => InvitationKind::Request,
            MessageKind::Update => InvitationKind::Update,
            MessageKind::Cancel => InvitationKind::Cancel,
            MessageKind::Reply => InvitationKind::Reply,
            MessageKind::Counter => InvitationKind::Counter,
        },
        event: convert::event(message.event, zone),
        from: message.from.map(|from| Attendee {
            name: from.person.name.clone().unwrap_or_else(|| from.person.address.clone()),
            email: from.person.address,
            reply: convert::reply(from.partstat),
            organizer: false,
        }),
        refused: message.refused.map(|refusal| match refusal {
            Refusal::OutOfDate => InvitationRefusal::OutOfDate,
            Refusal::NotFromOrganizer => InvitationRefusal::NotFromOrganizer,
            Refusal::NotInvited => InvitationRefusal::NotInvited,
            Refusal::UnknownEvent => InvitationRefusal::UnknownEvent,
        }),
        network: message.network.map(|network| network.to_string()),
        you: message.you,
    }
}
