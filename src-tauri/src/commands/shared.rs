//! What is shared with a network's peers: on its way, in the feed, and taken back.

use fristed_app::wire::calendar::Reply;
use fristed_app::wire::sharing::{
    FeedItem, FeedPage, FeedThread, OutboxRow, ReactionSign, ShareDifference, ShareDraft,
    SharePreview,
};
use tauri::State;
use tauri_plugin_dialog::DialogExt as _;

use super::{Answer, work};
use crate::clock::now;
use crate::state::Shell;

/// Exactly what would leave.
#[tauri::command]
#[specta::specta]
pub async fn share_preview(shell: State<'_, Shell>, draft: ShareDraft) -> Answer<SharePreview> {
    work(shell, move |fristed| fristed.share_preview(draft, now())).await
}

/// Shares it once the time for calling it back is over; `readers` are those who were shown as such.
#[tauri::command]
#[specta::specta]
pub async fn share(
    shell: State<'_, Shell>,
    draft: ShareDraft,
    readers: Vec<String>,
) -> Answer<FeedItem> {
    work(shell, move |fristed| fristed.share(draft, readers, now())).await
}

/// Calls back what was not sent yet.
#[tauri::command]
#[specta::specta]
pub async fn share_undo(shell: State<'_, Shell>, item: String) -> Answer<()> {
    work(shell, move |fristed| fristed.share_undo(&item, now())).await
}

/// What a new version would change.
#[tauri::command]
#[specta::specta]
pub async fn share_difference(
    shell: State<'_, Shell>,
    item: String,
    draft: ShareDraft,
) -> Answer<ShareDifference> {
    work(shell, move |fristed| fristed.share_difference(&item, draft, now())).await
}

/// Shares a new version.
#[tauri::command]
#[specta::specta]
pub async fn share_again(
    shell: State<'_, Shell>,
    item: String,
    draft: ShareDraft,
    readers: Vec<String>,
) -> Answer<FeedItem> {
    work(shell, move |fristed| fristed.share_again(&item, draft, readers, now())).await
}

/// The shared copies of an entry.
#[tauri::command]
#[specta::specta]
pub async fn entry_shared(shell: State<'_, Shell>, entry: String) -> Answer<Vec<FeedItem>> {
    work(shell, move |fristed| fristed.entry_shared(&entry, now())).await
}

/// Some of what was shared in a network, or in all, newest first.
#[tauri::command]
#[specta::specta]
pub async fn feed(
    shell: State<'_, Shell>,
    room: Option<String>,
    offset: u32,
    limit: u32,
) -> Answer<FeedPage> {
    work(shell, move |fristed| fristed.feed(room.as_deref(), offset, limit, now())).await
}

/// What was shared and has these words, newest first.
#[tauri::command]
#[specta::specta]
pub async fn feed_search(
    shell: State<'_, Shell>,
    room: Option<String>,
    query: String,
    offset: u32,
    limit: u32,
) -> Answer<FeedPage> {
    work(shell, move |fristed| fristed.feed_search(room.as_deref(), &query, offset, limit, now()))
        .await
}

/// Something shared, with its replies.
#[tauri::command]
#[specta::specta]
pub async fn feed_thread(shell: State<'_, Shell>, item: String) -> Answer<FeedThread> {
    work(shell, move |fristed| fristed.feed_thread(&item, now())).await
}

/// Marks something and its replies as read; without one, all of a network.
#[tauri::command]
#[specta::specta]
pub async fn feed_read(shell: State<'_, Shell>, room: String, item: Option<String>) -> Answer<()> {
    work(shell, move |fristed| fristed.feed_read(&room, item.as_deref())).await
}

/// Replies.
#[tauri::command]
#[specta::specta]
pub async fn reply_send(shell: State<'_, Shell>, item: String, text: String) -> Answer<FeedItem> {
    work(shell, move |fristed| fristed.reply_send(&item, &text, now())).await
}

/// Keeps what is being written as a reply, until it is sent or emptied.
#[tauri::command]
#[specta::specta]
pub async fn reply_draft_save(shell: State<'_, Shell>, item: String, text: String) -> Answer<()> {
    work(shell, move |fristed| fristed.reply_draft_save(&item, &text)).await
}

/// Gives a sign, or takes it back.
#[tauri::command]
#[specta::specta]
pub async fn react(
    shell: State<'_, Shell>,
    item: String,
    sign: ReactionSign,
    given: bool,
) -> Answer<FeedItem> {
    work(shell, move |fristed| fristed.react(&item, sign, given, now())).await
}

/// Takes something back.
#[tauri::command]
#[specta::specta]
pub async fn withdraw(shell: State<'_, Shell>, item: String) -> Answer<FeedItem> {
    work(shell, move |fristed| fristed.withdraw(&item, now())).await
}

/// Removes what another shared, as an organiser may.
#[tauri::command]
#[specta::specta]
pub async fn item_remove(shell: State<'_, Shell>, item: String) -> Answer<FeedItem> {
    work(shell, move |fristed| fristed.item_remove(&item, now())).await
}

/// Takes back everything that the leader shared in a network; gives how much that is.
#[tauri::command]
#[specta::specta]
pub async fn withdraw_all(shell: State<'_, Shell>, room: String) -> Answer<u32> {
    work(shell, move |fristed| fristed.withdraw_all(&room, now())).await
}

/// What waits to be sent, and what could not be.
#[tauri::command]
#[specta::specta]
pub async fn outbox(shell: State<'_, Shell>) -> Answer<Vec<OutboxRow>> {
    work(shell, |fristed| fristed.outbox(now())).await
}

/// Tries something again now.
#[tauri::command]
#[specta::specta]
pub async fn outbox_retry(shell: State<'_, Shell>, id: String) -> Answer<()> {
    work(shell, move |fristed| fristed.outbox_retry(&id, now())).await
}

/// Lets those read too what waits who came since the leader chose to share it.
#[tauri::command]
#[specta::specta]
pub async fn outbox_let_read(
    shell: State<'_, Shell>,
    id: String,
    users: Vec<String>,
) -> Answer<()> {
    work(shell, move |fristed| fristed.outbox_let_read(&id, &users, now())).await
}

/// Gives up on something that was not sent; the text stays in the journal.
#[tauri::command]
#[specta::specta]
pub async fn outbox_drop(shell: State<'_, Shell>, id: String) -> Answer<()> {
    work(shell, move |fristed| fristed.outbox_drop(&id, now())).await
}

/// Calls the network to a meeting, or tells it what changed.
#[tauri::command]
#[specta::specta]
pub async fn meeting_publish(
    shell: State<'_, Shell>,
    meeting: String,
    room: String,
) -> Answer<FeedItem> {
    work(shell, move |fristed| fristed.meeting_publish(&meeting, &room, now())).await
}

/// Calls a meeting off.
#[tauri::command]
#[specta::specta]
pub async fn meeting_call_off(shell: State<'_, Shell>, item: String) -> Answer<FeedItem> {
    work(shell, move |fristed| fristed.meeting_call_off(&item, now())).await
}

/// Answers to a meeting.
#[tauri::command]
#[specta::specta]
pub async fn meeting_answer(
    shell: State<'_, Shell>,
    item: String,
    reply: Reply,
) -> Answer<FeedItem> {
    work(shell, move |fristed| fristed.meeting_answer(&item, reply, now())).await
}

/// Tells the network of something promised.
#[tauri::command]
#[specta::specta]
pub async fn commitment_tell(
    shell: State<'_, Shell>,
    commitment: String,
    room: String,
) -> Answer<FeedItem> {
    work(shell, move |fristed| fristed.commitment_tell(&commitment, &room, now())).await
}

/// Tells the network its ground rules, in a new version.
#[tauri::command]
#[specta::specta]
pub async fn contract_tell(
    shell: State<'_, Shell>,
    room: String,
    text: String,
) -> Answer<FeedItem> {
    work(shell, move |fristed| fristed.contract_tell(&room, &text, now())).await
}

/// Asks where to keep a file that came along, and keeps it there; none where the question was
/// dismissed.
#[tauri::command]
#[specta::specta]
pub async fn shared_file_save(
    shell: State<'_, Shell>,
    window: tauri::WebviewWindow,
    file: String,
) -> Answer<Option<String>> {
    work(shell, move |fristed| {
        let name = fristed.shared_file_name(&file)?;
        let asked = window.dialog().file().set_parent(&window).set_file_name(name);
        let Some(path) = asked.blocking_save_file().and_then(|path| path.into_path().ok()) else {
            return Ok(None);
        };
        fristed.shared_file_save(&file, &path)?;
        Ok(Some(path.display().to_string()))
    })
    .await
}
