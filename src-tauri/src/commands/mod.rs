//! The window's commands, each one use case.
//!
//! Whatever waits (a slow hash, the disk, a dialog) runs off the thread that draws.

pub mod calendar;
pub mod exchange;
pub mod journal;
pub mod network;
pub mod settings;
pub mod shared;
pub mod sharing;
pub mod source;
pub mod vault;

use fristed_app::wire::WireError;
use fristed_app::{AppError, Fristed};
use tauri::ipc::Invoke;
use tauri::{State, Wry};
use tauri_specta::{Builder, ErrorHandlingMode, collect_commands};

use crate::error;
use crate::state::Shell;

/// What a command gives.
pub type Answer<T> = Result<T, WireError>;

/// Every command whose arguments are JSON; those that take bytes are [`journal::attachment_add`] and
/// [`calendar::calendar_file_take`].
#[must_use]
pub fn all() -> Builder<Wry> {
    Builder::new().error_handling(ErrorHandlingMode::Throw).disable_serde_phases().commands(
        collect_commands![
            vault::app_status,
            vault::place_check,
            vault::place_choose,
            vault::place_use,
            vault::passphrase_strength,
            vault::first_run_key,
            vault::first_run_key_renew,
            vault::first_run_finish,
            vault::keyring_ready,
            vault::unlock_passphrase,
            vault::unlock_recovery,
            vault::unlock_keyring,
            vault::lock,
            vault::slots,
            vault::passphrase_change,
            vault::recovery_key_new,
            vault::recovery_key_confirm,
            vault::root_key_change,
            vault::computer_remember,
            vault::computer_forget,
            journal::entry_create,
            journal::entry_get,
            journal::entry_save,
            journal::entry_set_moment,
            journal::entry_set_tags,
            journal::entry_set_star,
            journal::entry_trash,
            journal::entry_restore,
            journal::entry_purge,
            journal::trash_empty,
            journal::entry_page,
            journal::days,
            journal::on_this_day,
            journal::tags,
            journal::search,
            journal::revisions,
            journal::revision_text,
            journal::revision_compare,
            journal::revision_restore,
            journal::templates,
            journal::attachment_pick,
            journal::attachment_save,
            journal::attachment_remove,
            exchange::import_choose,
            exchange::import_preview,
            exchange::import_run,
            exchange::work_cancel,
            exchange::export_choose,
            exchange::export_run,
            calendar::calendars,
            calendar::calendar_create,
            calendar::calendar_change,
            calendar::calendar_delete,
            calendar::calendar_touches,
            calendar::calendar_view,
            calendar::calendar_search,
            calendar::event_get,
            calendar::event_create,
            calendar::event_change,
            calendar::event_move,
            calendar::event_delete,
            calendar::event_touches,
            calendar::calendar_undo,
            calendar::own_addresses,
            calendar::own_addresses_save,
            calendar::calendar_file_choose,
            calendar::calendar_file_preview,
            calendar::calendar_file_run,
            calendar::invitation_accept,
            calendar::invitation_reply_file,
            calendar::calendar_export,
            source::subscription_add,
            source::cal_dav_find,
            source::cal_dav_add,
            source::calendar_sync,
            source::calendar_set_every,
            source::calendar_set_account,
            source::conflicts,
            source::conflict_resolve,
            source::missing_confirm,
            source::deleted_confirm,
            network::networks,
            network::network_get,
            network::network_create,
            network::network_change,
            network::network_touches,
            network::network_delete,
            network::member_add,
            network::member_change,
            network::member_remove,
            network::meeting_tie,
            network::meeting_retie,
            network::suggestion_dismiss,
            network::meeting_get,
            network::meeting_delete,
            network::meeting_touches,
            network::meeting_save,
            network::meeting_set_agenda,
            network::meeting_set_questions,
            network::meeting_set_entries,
            network::meeting_set_people,
            network::meeting_set_ready,
            network::meeting_set_reflection,
            network::meeting_entry_suggestions,
            network::meeting_markdown,
            network::entry_meetings,
            network::commitment_parse,
            network::commitment_add,
            network::commitment_change,
            network::commitment_set_state,
            network::commitment_delete,
            network::network_day,
            network::reminding,
            network::reminding_save,
            network::reminder_put_away,
            sharing::sharing_status,
            sharing::server_look,
            sharing::sharing_sign_in,
            sharing::sharing_sign_in_cancel,
            sharing::sharing_sign_out,
            sharing::identity_answer,
            sharing::shared_networks,
            sharing::network_connect,
            sharing::invite,
            sharing::invite_code_show,
            sharing::invite_code_hide,
            sharing::code_enter,
            sharing::asking_answer,
            sharing::invitation_answer,
            sharing::peer_remove,
            sharing::shared_network_leave,
            sharing::peer_decide,
            sharing::verification,
            sharing::verification_begin,
            sharing::verification_answer,
            sharing::verification_end,
            shared::share_preview,
            shared::share,
            shared::share_undo,
            shared::share_difference,
            shared::share_again,
            shared::entry_shared,
            shared::feed,
            shared::feed_search,
            shared::feed_thread,
            shared::feed_read,
            shared::reply_send,
            shared::reply_draft_save,
            shared::react,
            shared::withdraw,
            shared::item_remove,
            shared::withdraw_all,
            shared::outbox,
            shared::outbox_retry,
            shared::outbox_let_read,
            shared::outbox_drop,
            shared::meeting_publish,
            shared::meeting_call_off,
            shared::meeting_answer,
            shared::commitment_tell,
            shared::contract_tell,
            sharing::sharing_sign_in_browser,
            shared::shared_file_save,
            settings::settings_save,
            settings::activity,
            settings::opening_take,
            settings::print_page,
            settings::link_open,
            settings::quit,
        ],
    )
}

/// Hands each call to its command.
pub fn handler(builder: &Builder<Wry>) -> impl Fn(Invoke<Wry>) -> bool + Send + Sync + 'static {
    let typed = builder.invoke_handler();
    let bytes: Box<dyn Fn(Invoke<Wry>) -> bool + Send + Sync> =
        Box::new(tauri::generate_handler![journal::attachment_add, calendar::calendar_file_take]);
    move |invoke| match invoke.message.command() {
        "attachment_add" | "calendar_file_take" => bytes(invoke),
        _ => typed(invoke),
    }
}

/// Runs a use case off the thread that draws.
pub(crate) async fn work<T, F>(shell: State<'_, Shell>, act: F) -> Answer<T>
where
    T: Send + 'static,
    F: FnOnce(&Fristed) -> Result<T, AppError> + Send + 'static,
{
    let fristed = shell.fristed();
    match tauri::async_runtime::spawn_blocking(move || act(&fristed)).await {
        Ok(done) => done.map_err(|e| error::told(&e)),
        Err(broken) => Err(error::internal(&broken)),
    }
}
