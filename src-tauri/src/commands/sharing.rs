//! The account, the shared networks, and who is in them.

use fristed_app::wire::sharing::{
    IdentityAnswer, ServerOffer, SharedNetwork, SharingStatus, Verification,
};
use fristed_base::Secret;
use tauri::State;
use tauri_plugin_opener::OpenerExt as _;

use super::{Answer, work};
use crate::clock::now;
use crate::state::Shell;

/// How sharing stands on this computer.
#[tauri::command]
#[specta::specta]
pub async fn sharing_status(shell: State<'_, Shell>) -> Answer<SharingStatus> {
    work(shell, |fristed| fristed.sharing_status()).await
}

/// How one may sign in at a server.
#[tauri::command]
#[specta::specta]
pub async fn server_look(shell: State<'_, Shell>, address: String) -> Answer<ServerOffer> {
    work(shell, move |fristed| fristed.server_look(&address)).await
}

/// Signs in with a name and a password.
#[tauri::command]
#[specta::specta]
pub async fn sharing_sign_in(
    shell: State<'_, Shell>,
    server: String,
    user: String,
    password: String,
) -> Answer<SharingStatus> {
    work(shell, move |fristed| {
        fristed.sharing_sign_in(&server, &user, Secret::new(password), now())
    })
    .await
}

/// Stops waiting for the browser.
#[tauri::command]
#[specta::specta]
pub async fn sharing_sign_in_cancel(shell: State<'_, Shell>) -> Answer<()> {
    work(shell, |fristed| fristed.sharing_sign_in_cancel()).await
}

/// Signs out: this computer goes from the server and the keys go from the disk; what was shared and received stays in the vault.
#[tauri::command]
#[specta::specta]
pub async fn sharing_sign_out(shell: State<'_, Shell>) -> Answer<SharingStatus> {
    work(shell, |fristed| fristed.sharing_sign_out(now())).await
}

/// Answers where the account has an identity already.
#[tauri::command]
#[specta::specta]
pub async fn identity_answer(
    shell: State<'_, Shell>,
    app: tauri::AppHandle,
    answer: IdentityAnswer,
) -> Answer<SharingStatus> {
    work(shell, move |fristed| {
        let open = |address: &str| app.opener().open_url(address, None::<&str>).is_ok();
        fristed.identity_answer(answer, &open, now())
    })
    .await
}

/// The networks that are shared, and invitations.
#[tauri::command]
#[specta::specta]
pub async fn shared_networks(shell: State<'_, Shell>) -> Answer<Vec<SharedNetwork>> {
    work(shell, |fristed| fristed.shared_networks()).await
}

/// Makes a network shared.
#[tauri::command]
#[specta::specta]
pub async fn network_connect(
    shell: State<'_, Shell>,
    network: String,
    federated: bool,
) -> Answer<SharedNetwork> {
    work(shell, move |fristed| fristed.network_connect(&network, federated, now())).await
}

/// Invites somebody by the address.
#[tauri::command]
#[specta::specta]
pub async fn invite(
    shell: State<'_, Shell>,
    room: String,
    address: String,
) -> Answer<SharedNetwork> {
    work(shell, move |fristed| fristed.invite(&room, &address)).await
}

/// Shows a code by which peers ask to be let in, until it is hidden.
#[tauri::command]
#[specta::specta]
pub async fn invite_code_show(shell: State<'_, Shell>, room: String) -> Answer<SharedNetwork> {
    work(shell, move |fristed| fristed.invite_code_show(&room)).await
}

/// Lets the code open nothing any more.
#[tauri::command]
#[specta::specta]
pub async fn invite_code_hide(shell: State<'_, Shell>, room: String) -> Answer<SharedNetwork> {
    work(shell, move |fristed| fristed.invite_code_hide(&room)).await
}

/// Asks to be let in by a code.
#[tauri::command]
#[specta::specta]
pub async fn code_enter(shell: State<'_, Shell>, code: String) -> Answer<SharedNetwork> {
    work(shell, move |fristed| fristed.code_enter(&code, now())).await
}

/// Lets somebody in who asks, or not.
#[tauri::command]
#[specta::specta]
pub async fn asking_answer(
    shell: State<'_, Shell>,
    room: String,
    user: String,
    let_in: bool,
) -> Answer<SharedNetwork> {
    work(shell, move |fristed| fristed.asking_answer(&room, &user, let_in)).await
}

/// Accepts an invitation, into a network that is here or a new one, or declines it.
#[tauri::command]
#[specta::specta]
pub async fn invitation_answer(
    shell: State<'_, Shell>,
    room: String,
    accept: bool,
    network: Option<String>,
) -> Answer<Option<SharedNetwork>> {
    work(shell, move |fristed| fristed.invitation_answer(&room, accept, network.as_deref(), now()))
        .await
}

/// Removes somebody from a network.
#[tauri::command]
#[specta::specta]
pub async fn peer_remove(
    shell: State<'_, Shell>,
    room: String,
    user: String,
) -> Answer<SharedNetwork> {
    work(shell, move |fristed| fristed.peer_remove(&room, &user)).await
}

/// Leaves a network, and takes everything back first where that is asked.
#[tauri::command]
#[specta::specta]
pub async fn shared_network_leave(
    shell: State<'_, Shell>,
    room: String,
    withdraw: bool,
) -> Answer<()> {
    work(shell, move |fristed| fristed.shared_network_leave(&room, withdraw, now())).await
}

/// Decides about somebody whose identity changed: go on with the new one.
#[tauri::command]
#[specta::specta]
pub async fn peer_decide(shell: State<'_, Shell>, user: String) -> Answer<()> {
    work(shell, move |fristed| fristed.peer_decide(&user, now())).await
}

/// The comparing of signs that is under way.
#[tauri::command]
#[specta::specta]
pub async fn verification(shell: State<'_, Shell>) -> Answer<Option<Verification>> {
    work(shell, |fristed| fristed.verification()).await
}

/// Begins to compare signs with somebody.
#[tauri::command]
#[specta::specta]
pub async fn verification_begin(shell: State<'_, Shell>, user: String) -> Answer<Verification> {
    work(shell, move |fristed| fristed.verification_begin(&user)).await
}

/// Answers: to being asked, or whether the signs are the same.
#[tauri::command]
#[specta::specta]
pub async fn verification_answer(
    shell: State<'_, Shell>,
    yes: bool,
) -> Answer<Option<Verification>> {
    work(shell, move |fristed| fristed.verification_answer(yes)).await
}

/// Breaks it off, or puts away what has ended.
#[tauri::command]
#[specta::specta]
pub async fn verification_end(shell: State<'_, Shell>) -> Answer<()> {
    work(shell, |fristed| fristed.verification_end()).await
}

/// Signs in through the browser, which is opened; gives an answer once the leader has signed in
/// there.
#[tauri::command]
#[specta::specta]
pub async fn sharing_sign_in_browser(
    shell: State<'_, Shell>,
    app: tauri::AppHandle,
    server: String,
    sign_on: String,
) -> Answer<SharingStatus> {
    work(shell, move |fristed| {
        let open = |address: &str| app.opener().open_url(address, None::<&str>).is_ok();
        fristed.sharing_sign_in_browser(&server, &sign_on, &open, now())
    })
    .await
}
