//! Networks, members, meetings, commitments and reminders.

use std::fs;

use fristed_app::Fristed;
use fristed_app::wire::network::{
    AgendaItem, Commitment, CommitmentForm, CommitmentState, EntrySuggestion, Meeting, MeetingRow,
    MeetingText, Member, MemberForm, Network, NetworkDay, NetworkForm, NetworkRow,
    ParsedCommitment, Question, Reminding, Touched,
};
use tauri::{State, WebviewWindow};
use tauri_plugin_dialog::DialogExt as _;

use super::{Answer, work};
use crate::clock::now;
use crate::state::Shell;

/// Every network.
#[tauri::command]
#[specta::specta]
pub async fn networks(shell: State<'_, Shell>) -> Answer<Vec<NetworkRow>> {
    work(shell, |fristed| fristed.networks(now())).await
}

/// A network, whole.
#[tauri::command]
#[specta::specta]
pub async fn network_get(shell: State<'_, Shell>, id: String) -> Answer<Network> {
    work(shell, move |fristed| fristed.network_get(&id, now())).await
}

/// A new network.
#[tauri::command]
#[specta::specta]
pub async fn network_create(shell: State<'_, Shell>, form: NetworkForm) -> Answer<Network> {
    work(shell, move |fristed| fristed.network_create(form, now())).await
}

/// Changes a network.
#[tauri::command]
#[specta::specta]
pub async fn network_change(
    shell: State<'_, Shell>,
    id: String,
    form: NetworkForm,
) -> Answer<Network> {
    work(shell, move |fristed| fristed.network_change(&id, form, now())).await
}

/// What goes along with a network.
#[tauri::command]
#[specta::specta]
pub async fn network_touches(shell: State<'_, Shell>, id: String) -> Answer<Touched> {
    work(shell, move |fristed| fristed.network_touches(&id)).await
}

/// Deletes a network, its meetings and its commitments.
#[tauri::command]
#[specta::specta]
pub async fn network_delete(shell: State<'_, Shell>, id: String) -> Answer<()> {
    work(shell, move |fristed| fristed.network_delete(&id)).await
}

/// Adds a member to a network.
#[tauri::command]
#[specta::specta]
pub async fn member_add(
    shell: State<'_, Shell>,
    network: String,
    form: MemberForm,
) -> Answer<Member> {
    work(shell, move |fristed| fristed.member_add(&network, form)).await
}

/// Changes a member.
#[tauri::command]
#[specta::specta]
pub async fn member_change(
    shell: State<'_, Shell>,
    member: String,
    form: MemberForm,
) -> Answer<Member> {
    work(shell, move |fristed| fristed.member_change(&member, form)).await
}

/// Removes a member; their commitments keep the name.
#[tauri::command]
#[specta::specta]
pub async fn member_remove(shell: State<'_, Shell>, member: String) -> Answer<()> {
    work(shell, move |fristed| fristed.member_remove(&member)).await
}

/// Makes a meeting of an occurrence.
#[tauri::command]
#[specta::specta]
pub async fn meeting_tie(
    shell: State<'_, Shell>,
    network: String,
    event: String,
    recurrence_id: Option<String>,
) -> Answer<Meeting> {
    work(shell, move |fristed| fristed.meeting_tie(&network, &event, recurrence_id.as_deref()))
        .await
}

/// Ties a meeting to another occurrence.
#[tauri::command]
#[specta::specta]
pub async fn meeting_retie(
    shell: State<'_, Shell>,
    meeting: String,
    event: String,
    recurrence_id: Option<String>,
) -> Answer<Meeting> {
    work(shell, move |fristed| fristed.meeting_retie(&meeting, &event, recurrence_id.as_deref()))
        .await
}

/// Says that an occurrence is no meeting of a network.
#[tauri::command]
#[specta::specta]
pub async fn suggestion_dismiss(
    shell: State<'_, Shell>,
    network: String,
    event: String,
    recurrence_id: Option<String>,
) -> Answer<()> {
    work(shell, move |fristed| {
        fristed.suggestion_dismiss(&network, &event, recurrence_id.as_deref())
    })
    .await
}

/// A meeting, whole.
#[tauri::command]
#[specta::specta]
pub async fn meeting_get(shell: State<'_, Shell>, id: String) -> Answer<Meeting> {
    work(shell, move |fristed| fristed.meeting_get(&id)).await
}

/// Deletes a meeting; its event stays.
#[tauri::command]
#[specta::specta]
pub async fn meeting_delete(shell: State<'_, Shell>, id: String) -> Answer<()> {
    work(shell, move |fristed| fristed.meeting_delete(&id)).await
}

/// What deleting a meeting also touches.
#[tauri::command]
#[specta::specta]
pub async fn meeting_touches(shell: State<'_, Shell>, id: String) -> Answer<Touched> {
    work(shell, move |fristed| fristed.meeting_touches(&id)).await
}

/// Saves a meeting's texts; the answer means that they are durably in the store.
#[tauri::command]
#[specta::specta]
pub async fn meeting_save(shell: State<'_, Shell>, id: String, text: MeetingText) -> Answer<u32> {
    work(shell, move |fristed| fristed.meeting_save(&id, text)).await
}

/// Gives a meeting this agenda and no other.
#[tauri::command]
#[specta::specta]
pub async fn meeting_set_agenda(
    shell: State<'_, Shell>,
    id: String,
    items: Vec<AgendaItem>,
) -> Answer<Meeting> {
    work(shell, move |fristed| fristed.meeting_set_agenda(&id, items)).await
}

/// Gives a meeting these questions and no others.
#[tauri::command]
#[specta::specta]
pub async fn meeting_set_questions(
    shell: State<'_, Shell>,
    id: String,
    questions: Vec<Question>,
) -> Answer<Meeting> {
    work(shell, move |fristed| fristed.meeting_set_questions(&id, questions)).await
}

/// Brings these entries to a meeting and no others.
#[tauri::command]
#[specta::specta]
pub async fn meeting_set_entries(
    shell: State<'_, Shell>,
    id: String,
    entries: Vec<String>,
) -> Answer<Meeting> {
    work(shell, move |fristed| fristed.meeting_set_entries(&id, &entries)).await
}

/// Sets who hosts and who facilitates a meeting, and its method.
#[tauri::command]
#[specta::specta]
pub async fn meeting_set_people(
    shell: State<'_, Shell>,
    id: String,
    host: Option<String>,
    facilitator: Option<String>,
    method: String,
) -> Answer<Meeting> {
    work(shell, move |fristed| {
        fristed.meeting_set_people(&id, host.as_deref(), facilitator.as_deref(), method)
    })
    .await
}

/// Sets or takes the leader's word that she is ready.
#[tauri::command]
#[specta::specta]
pub async fn meeting_set_ready(
    shell: State<'_, Shell>,
    id: String,
    ready: bool,
) -> Answer<Meeting> {
    work(shell, move |fristed| fristed.meeting_set_ready(&id, ready)).await
}

/// Ties the reflection afterwards to a meeting, or none.
#[tauri::command]
#[specta::specta]
pub async fn meeting_set_reflection(
    shell: State<'_, Shell>,
    id: String,
    entry: Option<String>,
) -> Answer<Meeting> {
    work(shell, move |fristed| fristed.meeting_set_reflection(&id, entry.as_deref())).await
}

/// Entries that might be brought to a meeting.
#[tauri::command]
#[specta::specta]
pub async fn meeting_entry_suggestions(
    shell: State<'_, Shell>,
    id: String,
) -> Answer<Vec<EntrySuggestion>> {
    work(shell, move |fristed| fristed.meeting_entry_suggestions(&id)).await
}

/// Asks where, and writes the prep sheet as Markdown; gives the path, or none where the question
/// was dismissed.
#[tauri::command]
#[specta::specta]
pub async fn meeting_markdown(
    window: WebviewWindow,
    shell: State<'_, Shell>,
    id: String,
) -> Answer<Option<String>> {
    let dialog = window.dialog().file().set_parent(&window);
    work(shell, move |fristed| {
        let (text, name) = fristed.meeting_markdown(&id)?;
        let chosen =
            dialog.set_file_name(name).add_filter("Markdown", &["md"]).blocking_save_file();
        let Some(path) = chosen.and_then(|file| file.into_path().ok()) else {
            return Ok(None);
        };
        fs::write(&path, text)?;
        Ok(Some(path.display().to_string()))
    })
    .await
}

/// The meetings to which an entry was brought, or on which it reflects.
#[tauri::command]
#[specta::specta]
pub async fn entry_meetings(shell: State<'_, Shell>, entry: String) -> Answer<Vec<MeetingRow>> {
    work(shell, move |fristed| fristed.entry_meetings(&entry)).await
}

/// Understands a commitment in one line.
#[tauri::command]
#[specta::specta]
pub async fn commitment_parse(
    shell: State<'_, Shell>,
    network: String,
    line: String,
) -> Answer<ParsedCommitment> {
    work(shell, move |fristed| fristed.commitment_parse(&network, &line, now())).await
}

/// Notes what somebody promised.
#[tauri::command]
#[specta::specta]
pub async fn commitment_add(
    shell: State<'_, Shell>,
    network: String,
    meeting: Option<String>,
    form: CommitmentForm,
) -> Answer<Commitment> {
    work(shell, move |fristed| fristed.commitment_add(&network, meeting.as_deref(), form, now()))
        .await
}

/// Changes who, what or by when.
#[tauri::command]
#[specta::specta]
pub async fn commitment_change(
    shell: State<'_, Shell>,
    id: String,
    form: CommitmentForm,
) -> Answer<Commitment> {
    work(shell, move |fristed| fristed.commitment_change(&id, form, now())).await
}

/// Changes how a commitment stands.
#[tauri::command]
#[specta::specta]
pub async fn commitment_set_state(
    shell: State<'_, Shell>,
    id: String,
    state: CommitmentState,
) -> Answer<Commitment> {
    work(shell, move |fristed| fristed.commitment_set_state(&id, state, now())).await
}

/// Deletes a commitment.
#[tauri::command]
#[specta::specta]
pub async fn commitment_delete(shell: State<'_, Shell>, id: String) -> Answer<()> {
    work(shell, move |fristed| fristed.commitment_delete(&id)).await
}

/// What a day shows of the networks.
#[tauri::command]
#[specta::specta]
pub async fn network_day(shell: State<'_, Shell>, today: String) -> Answer<NetworkDay> {
    work(shell, move |fristed| fristed.network_day(&today, now())).await
}

/// When the leader wants to be reminded.
#[tauri::command]
#[specta::specta]
pub async fn reminding(shell: State<'_, Shell>) -> Answer<Reminding> {
    work(shell, Fristed::reminding).await
}

/// Keeps when the leader wants to be reminded.
#[tauri::command]
#[specta::specta]
pub async fn reminding_save(shell: State<'_, Shell>, reminding: Reminding) -> Answer<()> {
    work(shell, move |fristed| fristed.reminding_save(reminding)).await
}

/// Puts a meeting's reminder away.
#[tauri::command]
#[specta::specta]
pub async fn reminder_put_away(shell: State<'_, Shell>, meeting: String) -> Answer<()> {
    work(shell, move |fristed| fristed.reminder_put_away(&meeting, now())).await
}
