//! Networks, meetings and commitments, from what is kept to what crosses and back.

use chrono_tz::Tz;
use fristed_calendar as calendar;
use fristed_calendar::Span;

use super::calendar::{colour, instant, to_colour};
use crate::error::AppError;
use crate::wire::network as wire;
use crate::writing::{day, id};

pub(crate) fn meeting_row(row: calendar::MeetingRow, zone: Tz) -> wire::MeetingRow {
    let (start, end, all_day) = match row.span {
        Span::Timed(start, end) => (instant(start, zone), instant(end, zone), false),
        Span::Days(first, end) => (first.to_string(), end.to_string(), true),
    };
    wire::MeetingRow {
        id: row.id.to_string(),
        network: row.network.to_string(),
        network_name: row.network_name,
        colour: colour(row.colour),
        title: row.title,
        start,
        end,
        all_day,
        location: row.location,
        detached: row.detached,
        cancelled: row.cancelled,
        ready: row.ready,
        parts: wire::Parts {
            aim: row.parts.aim,
            questions: row.parts.questions,
            entries: row.parts.entries,
            promised: row.parts.promised,
            agenda: row.parts.agenda,
        },
    }
}

pub(crate) fn meeting_rows(rows: Vec<calendar::MeetingRow>, zone: Tz) -> Vec<wire::MeetingRow> {
    rows.into_iter().map(|row| meeting_row(row, zone)).collect()
}

pub(crate) fn touched(touched: calendar::Touched, zone: Tz) -> wire::Touched {
    wire::Touched {
        meetings: meeting_rows(touched.meetings, zone),
        commitments: touched.commitments,
    }
}

pub(crate) fn form(form: calendar::NetworkForm) -> wire::NetworkForm {
    wire::NetworkForm {
        name: form.name,
        purpose: form.purpose,
        colour: colour(form.colour),
        rhythm: form.rhythm,
        title_contains: form.title_contains,
    }
}

pub(crate) fn to_form(form: wire::NetworkForm) -> calendar::NetworkForm {
    calendar::NetworkForm {
        name: form.name,
        purpose: form.purpose,
        colour: to_colour(form.colour),
        rhythm: form.rhythm,
        title_contains: form.title_contains,
    }
}

pub(crate) fn row(row: calendar::NetworkRow, zone: Tz) -> wire::NetworkRow {
    wire::NetworkRow {
        id: row.id.to_string(),
        name: row.form.name,
        colour: colour(row.form.colour),
        members: row.members,
        next: row.next.map(|next| meeting_row(next, zone)),
        open_commitments: row.open_commitments,
    }
}

pub(crate) fn network(network: calendar::Network, zone: Tz) -> wire::Network {
    wire::Network {
        id: network.id.to_string(),
        form: form(network.form),
        members: network.members.into_iter().map(member).collect(),
        coming: meeting_rows(network.coming, zone),
        held: meeting_rows(network.held, zone),
        suggestions: network
            .suggestions
            .iter()
            .map(|seen| super::calendar::occurrence(seen, zone))
            .collect(),
        commitments: commitments(network.commitments),
    }
}

pub(crate) fn member(member: calendar::Member) -> wire::Member {
    let form = member.form;
    wire::Member {
        id: member.id.to_string(),
        form: wire::MemberForm {
            name: form.name,
            role: form.role,
            workplace: form.workplace,
            email: form.email,
            notes: form.notes,
        },
    }
}

pub(crate) fn to_member(form: wire::MemberForm) -> calendar::MemberForm {
    calendar::MemberForm {
        name: form.name,
        role: form.role,
        workplace: form.workplace,
        email: form.email,
        notes: form.notes,
    }
}

pub(crate) fn text(text: calendar::MeetingText) -> wire::MeetingText {
    wire::MeetingText {
        aim: text.aim,
        notes: text.notes,
        carry_over: text.carry_over,
        version: text.version,
    }
}

pub(crate) fn to_text(text: wire::MeetingText) -> calendar::MeetingText {
    calendar::MeetingText {
        aim: text.aim,
        notes: text.notes,
        carry_over: text.carry_over,
        version: text.version,
    }
}

pub(crate) fn carried_over(noted: calendar::CarriedOver) -> wire::CarriedOver {
    wire::CarriedOver {
        meeting: noted.meeting.to_string(),
        day: noted.day.to_string(),
        text: noted.text,
    }
}

pub(crate) fn item(item: calendar::AgendaItem) -> wire::AgendaItem {
    wire::AgendaItem { title: item.title, minutes: item.minutes }
}

pub(crate) fn to_item(item: wire::AgendaItem) -> calendar::AgendaItem {
    calendar::AgendaItem { title: item.title, minutes: item.minutes }
}

pub(crate) fn question(question: calendar::Question) -> wire::Question {
    wire::Question {
        text: question.text,
        answer: question.answer,
        entry: question.entry.map(|entry| entry.to_string()),
    }
}

pub(crate) fn to_question(question: wire::Question) -> Result<calendar::Question, AppError> {
    Ok(calendar::Question {
        text: question.text,
        answer: question.answer,
        entry: question.entry.as_deref().map(id).transpose()?,
    })
}

pub(crate) fn promiser(who: calendar::Promiser) -> wire::Promiser {
    match who {
        calendar::Promiser::Me => wire::Promiser::Me,
        calendar::Promiser::Member(id) => wire::Promiser::Member { id: id.to_string() },
        calendar::Promiser::Other(name) => wire::Promiser::Other { name },
    }
}

pub(crate) const fn state(state: calendar::CommitmentState) -> wire::CommitmentState {
    match state {
        calendar::CommitmentState::Open => wire::CommitmentState::Open,
        calendar::CommitmentState::Done => wire::CommitmentState::Done,
        calendar::CommitmentState::Dropped => wire::CommitmentState::Dropped,
    }
}

pub(crate) const fn to_state(state: wire::CommitmentState) -> calendar::CommitmentState {
    match state {
        wire::CommitmentState::Open => calendar::CommitmentState::Open,
        wire::CommitmentState::Done => calendar::CommitmentState::Done,
        wire::CommitmentState::Dropped => calendar::CommitmentState::Dropped,
    }
}

pub(crate) fn promise(form: calendar::CommitmentForm) -> wire::CommitmentForm {
    wire::CommitmentForm {
        who: promiser(form.who),
        what: form.what,
        due: form.due.map(|day| day.to_string()),
    }
}

pub(crate) fn to_promise(form: wire::CommitmentForm) -> Result<calendar::CommitmentForm, AppError> {
    Ok(calendar::CommitmentForm {
        who: match form.who {
            wire::Promiser::Me => calendar::Promiser::Me,
            wire::Promiser::Member { id: member } => calendar::Promiser::Member(id(&member)?),
            wire::Promiser::Other { name } => calendar::Promiser::Other(name),
        },
        what: form.what,
        due: form.due.as_deref().map(day).transpose()?,
    })
}

pub(crate) fn commitment(commitment: calendar::Commitment) -> wire::Commitment {
    let change = |was: calendar::CommitmentChange| wire::CommitmentChange {
        at: was.at.to_rfc3339(),
        what: was.what,
        due: was.due.map(|day| day.to_string()),
        state: state(was.state),
    };
    wire::Commitment {
        id: commitment.id.to_string(),
        network: commitment.network.to_string(),
        meeting: commitment.meeting.map(|meeting| meeting.to_string()),
        form: promise(commitment.form),
        who_name: commitment.who_name,
        state: state(commitment.state),
        made_at: commitment.made.to_rfc3339(),
        closed_at: commitment.closed.map(|at| at.to_rfc3339()),
        history: commitment.history.into_iter().map(change).collect(),
    }
}

pub(crate) fn commitments(all: Vec<calendar::Commitment>) -> Vec<wire::Commitment> {
    all.into_iter().map(commitment).collect()
}

pub(crate) fn reminding(reminding: calendar::Reminding) -> wire::Reminding {
    wire::Reminding {
        notify: reminding.notify,
        days_before: reminding.days_before,
        commitments: reminding.commitments,
        names_it: reminding.names_it,
    }
}

pub(crate) fn to_reminding(reminding: wire::Reminding) -> calendar::Reminding {
    calendar::Reminding {
        notify: reminding.notify,
        days_before: reminding.days_before,
        commitments: reminding.commitments,
        names_it: reminding.names_it,
    }
}
