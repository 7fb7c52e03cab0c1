//! A bare program on matrix-sdk: what whoever shares through Matrix has to do, and nothing else.
//!
//! It keeps its keys on the disk, unencrypted, and hears of what is new by the same sliding sync as
//! Fristed. Its user has an identity, so that Fristed's leaders give it their keys too.

use std::collections::HashSet;
use std::future::Future;
use std::path::{Path, PathBuf};
use std::pin::pin;
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use fristed_tests::synapse::Synapse;
use futures_util::StreamExt as _;
use matrix_sdk::authentication::matrix::MatrixSession;
use matrix_sdk::deserialized_responses::{TimelineEvent, TimelineEventKind};
use matrix_sdk::room::MessagesOptions;
use matrix_sdk::ruma::api::client::room::create_room::v3::{Request as CreateRoom, RoomPreset};
use matrix_sdk::ruma::api::client::sync::sync_events::v5::request::{AccountData, E2EE, ToDevice};
use matrix_sdk::ruma::api::client::uiaa::{
    AuthData, MatrixUserIdentifier, Password, UserIdentifier,
};
use matrix_sdk::ruma::events::room::encryption::RoomEncryptionEventContent;
use matrix_sdk::ruma::events::room::message::{
    OriginalSyncRoomMessageEvent, RoomMessageEventContent,
};
use matrix_sdk::ruma::events::{EmptyStateKey, InitialStateEvent, StateEventType};
use matrix_sdk::ruma::{OwnedEventId, RoomId, UInt, UserId, assign};
use matrix_sdk::{
    AuthSession, Client, Room, RoomMemberships, SlidingSync, SlidingSyncList, SlidingSyncMode,
};
use tokio::runtime::Runtime;
use tokio::task::JoinHandle;

/// How long anything may take that passes through the server.
const PATIENCE: Duration = Duration::from_secs(120);
/// How long its end waits for what cannot be broken off.
const ENDING: Duration = Duration::from_secs(2);
/// How many of a room's last events come at once, how many rooms, and how many earlier events are
/// asked for at once: as many as Fristed asks for.
const TIMELINE: u32 = 50;
const ROOMS: u32 = 100;
const PAGE: u32 = 100;

const PASSWORD: &str = "Kastanje-Vinter-4712";

/// Where its keys lie, and with what it goes on.
#[derive(Clone)]
struct Kept {
    folder: PathBuf,
    server: String,
    session: MatrixSession,
}

/// The program, signed in and listening.
pub struct Bare {
    kept: Kept,
    runtime: Option<Runtime>,
    client: Option<Client>,
    listening: JoinHandle<()>,
    heard: Receiver<(String, Instant)>,
}

/// The program while it does not run.
pub struct Away(Kept);

impl Bare {
    /// Signs a new user in, with its keys in a folder of its own below `scratch`.
    ///
    /// # Errors
    /// A sentence saying which step failed.
    pub fn sign_in(server: &Synapse, name: &str, scratch: &Path) -> Result<Self, String> {
        let user = server.user(name, PASSWORD);
        let (folder, server) = (scratch.join(format!("bare-{name}")), server.url());
        let runtime = runtime()?;
        let (client, session) = runtime.block_on(in_time("signing in", async {
            let client = client(&server, &folder).await?;
            client.matrix_auth().login_username(name, PASSWORD).send().await.map_err(said)?;
            identify(&client, &user).await?;
            match client.session() {
                Some(AuthSession::Matrix(session)) => Ok((client, session)),
                _ => Err("there is no session".into()),
            }
        }))?;
        let (tell, heard) = channel();
        let _handler = client.add_event_handler(move |event: OriginalSyncRoomMessageEvent| {
            drop(tell.send((event.content.body().to_owned(), Instant::now())));
            std::future::ready(())
        });
        let listening = runtime.spawn(listen(client.clone()));
        let kept = Kept { folder, server, session };
        Ok(Self { kept, runtime: Some(runtime), client: Some(client), listening, heard })
    }

    /// Its user's address.
    pub fn user(&self) -> &str {
        self.kept.session.meta.user_id.as_str()
    }

    fn client(&self) -> &Client {
        self.client.as_ref().expect("it is there until the program ends")
    }

    fn wait<T>(&self, what: &str, f: impl Future<Output = Result<T, String>>) -> Result<T, String> {
        self.runtime
            .as_ref()
            .expect("it is there until the program ends")
            .block_on(in_time(what, f))
    }

    /// Makes an encrypted room with another in it, and gives its id.
    ///
    /// # Errors
    /// A sentence saying which step failed.
    pub fn founds_with(&self, other: &Self) -> Result<String, String> {
        let encrypted = RoomEncryptionEventContent::with_recommended_defaults();
        let encrypted = InitialStateEvent::new(EmptyStateKey, encrypted).to_raw_any();
        let invited = UserId::parse(other.user()).map_err(said)?;
        let request = assign!(CreateRoom::new(), {
            preset: Some(RoomPreset::PrivateChat),
            initial_state: vec![encrypted],
            invite: vec![invited],
        });
        let made = async { self.client().create_room(request).await.map_err(said) };
        let id = self.wait("making a room", made)?.room_id().to_string();
        other.joins(&id)?;
        self.wait("the other in the room", both_are_in(self.room(&id)?))?;
        other.wait("the room", both_are_in(other.room(&id)?))?;
        Ok(id)
    }

    /// Joins a room that it is invited to.
    ///
    /// # Errors
    /// A sentence saying which step failed.
    pub fn joins(&self, room: &str) -> Result<(), String> {
        let id = RoomId::parse(room).map_err(said)?;
        self.wait("joining", async {
            self.client().join_room_by_id(&id).await.map_err(said).map(drop)
        })
    }

    fn room(&self, room: &str) -> Result<Room, String> {
        let id = RoomId::parse(room).map_err(said)?;
        self.client().get_room(&id).ok_or_else(|| format!("{room} is not known"))
    }

    /// Sends a text; gives when it began to.
    ///
    /// # Errors
    /// A sentence saying which step failed.
    pub fn sends(&self, room: &str, text: &str) -> Result<Instant, String> {
        let room = self.room(room)?;
        let content = RoomMessageEventContent::text_plain(text);
        let begun = Instant::now();
        self.wait("sending", async { room.send(content).await.map_err(said) })?;
        Ok(begun)
    }

    /// Waits for a text; gives when it was decrypted.
    ///
    /// # Errors
    /// Where it does not come.
    pub fn hears(&self, text: &str) -> Result<Instant, String> {
        loop {
            let heard = self.heard.recv_timeout(PATIENCE);
            let (body, at) = heard.map_err(|_| "the bare program hears nothing".to_owned())?;
            if body == text {
                return Ok(at);
            }
        }
    }

    /// Ends it; its keys stay.
    pub fn ends(self) -> Away {
        Away(self.kept.clone())
    }
}

impl Drop for Bare {
    fn drop(&mut self) {
        self.listening.abort();
        if let Some(runtime) = self.runtime.take() {
            end(runtime, self.client.take());
        }
    }
}

impl Away {
    /// Begins again, and reads a room's messages, newest first, until so many are decrypted; gives
    /// the seconds that took.
    ///
    /// # Errors
    /// A sentence saying which step failed, also where some cannot be decrypted.
    pub fn catches_up(&self, room: &str, wanted: usize) -> Result<f64, String> {
        let id = RoomId::parse(room).map_err(said)?;
        let begun = Instant::now();
        let runtime = runtime()?;
        let done = runtime.block_on(in_time("catching up", async {
            let client = client(&self.0.server, &self.0.folder).await?;
            client.restore_session(self.0.session.clone()).await.map_err(said)?;
            catch_up(&client, &id, wanted).await?;
            Ok((begun.elapsed().as_secs_f64(), client))
        }));
        let (seconds, client) = done?;
        end(runtime, Some(client));
        Ok(seconds)
    }
}

fn said(error: impl std::fmt::Display) -> String {
    error.to_string()
}

/// As many threads as a session of Fristed's has.
fn runtime() -> Result<Runtime, String> {
    let mut builder = tokio::runtime::Builder::new_multi_thread();
    builder.worker_threads(2).enable_all().build().map_err(said)
}

/// The sdk's stores have to be let go of inside the runtime.
fn end(runtime: Runtime, client: Option<Client>) {
    {
        let _inside = runtime.enter();
        drop(client);
    }
    runtime.shutdown_timeout(ENDING);
}

async fn in_time<T>(what: &str, f: impl Future<Output = Result<T, String>>) -> Result<T, String> {
    let done = tokio::time::timeout(PATIENCE, f).await;
    done.unwrap_or_else(|_| Err("it takes too long".into())).map_err(|e| format!("{what}: {e}"))
}

async fn client(server: &str, folder: &Path) -> Result<Client, String> {
    let builder = Client::builder().homeserver_url(server).sqlite_store(folder, None);
    builder.build().await.map_err(said)
}

/// Publishes the user's identity.
async fn identify(client: &Client, user: &str) -> Result<(), String> {
    let encryption = client.encryption();
    encryption.wait_for_e2ee_initialization_tasks().await;
    let Err(refused) = encryption.bootstrap_cross_signing(None).await else { return Ok(()) };
    let asked = refused.as_uiaa_response().ok_or_else(|| said(&refused))?;
    let user = UserIdentifier::Matrix(MatrixUserIdentifier::new(user.to_owned()));
    let mut password = Password::new(user, PASSWORD.to_owned());
    password.session.clone_from(&asked.session);
    encryption.bootstrap_cross_signing(Some(AuthData::Password(password))).await.map_err(said)
}

async fn both_are_in(room: Room) -> Result<(), String> {
    while room.members_no_sync(RoomMemberships::JOIN).await.map_err(said)?.len() < 2 {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    Ok(())
}

async fn sliding(client: &Client) -> Result<SlidingSync, String> {
    let state = |kind: StateEventType| (kind, String::new());
    let list = SlidingSyncList::builder("rooms")
        .sync_mode(SlidingSyncMode::new_growing(ROOMS))
        .timeline_limit(TIMELINE)
        .required_state(vec![
            state(StateEventType::RoomCreate),
            state(StateEventType::RoomName),
            state(StateEventType::RoomEncryption),
            state(StateEventType::RoomHistoryVisibility),
            state(StateEventType::RoomPowerLevels),
            (StateEventType::RoomMember, "*".to_owned()),
        ]);
    let sync = client
        .sliding_sync("bare")
        .map_err(said)?
        .with_e2ee_extension(assign!(E2EE::default(), { enabled: Some(true) }))
        .with_to_device_extension(assign!(ToDevice::default(), { enabled: Some(true) }))
        .with_account_data_extension(assign!(AccountData::default(), { enabled: Some(true) }))
        .add_list(list);
    sync.build().await.map_err(said)
}

async fn listen(client: Client) {
    let Ok(sync) = sliding(&client).await else { return };
    let mut steps = pin!(sync.sync());
    while let Some(Ok(_)) = steps.next().await {}
}

/// What was read while catching up.
#[derive(Default)]
struct Seen {
    read: HashSet<OwnedEventId>,
    /// Those whose keys are not here yet.
    waiting: Vec<OwnedEventId>,
}

impl Seen {
    fn note(&mut self, event: &TimelineEvent) {
        let Some(id) = event.event_id() else { return };
        match &event.kind {
            TimelineEventKind::Decrypted(_) => drop(self.read.insert(id)),
            TimelineEventKind::UnableToDecrypt { .. } => self.waiting.push(id),
            TimelineEventKind::PlainText { .. } => {}
        }
    }
}

async fn catch_up(client: &Client, id: &RoomId, wanted: usize) -> Result<(), String> {
    let mut updates = client.subscribe_to_all_room_updates();
    let sync = sliding(client).await?;
    let mut steps = pin!(sync.sync());
    let mut seen = Seen::default();
    while let Some(step) = steps.next().await {
        step.map_err(said)?;
        let Some(room) = client.get_room(id) else { continue };
        while let Ok(update) = updates.try_recv() {
            let Some(joined) = update.joined.get(id) else { continue };
            joined.timeline.events.iter().for_each(|event| seen.note(event));
            let mut from = joined.timeline.prev_batch.clone().filter(|_| joined.timeline.limited);
            while let Some(token) = from.take().filter(|_| seen.read.len() < wanted) {
                let mut options = MessagesOptions::backward().from(Some(token.as_str()));
                options.limit = UInt::from(PAGE);
                let page = room.messages(options).await.map_err(said)?;
                page.chunk.iter().for_each(|event| seen.note(event));
                from = page.end.filter(|_| !page.chunk.is_empty());
            }
        }
        for id in std::mem::take(&mut seen.waiting) {
            seen.note(&room.event(&id, None).await.map_err(said)?);
        }
        if seen.read.len() >= wanted {
            return Ok(());
        }
    }
    Err("the server is not heard any more".into())
}
