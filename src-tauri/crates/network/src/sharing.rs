//! What is shared, in an open store.

use fristed_base::{NetworkId, Secret};
use fristed_vault::Store;
use rusqlite::Connection;

use crate::error::Result;
use crate::log;
use crate::model::{
    Account, Incoming, PeerState, Room, RoomState, Standing, Taken, TextWanted, Waiting,
};
use crate::outbox::{done, queue};
use crate::table::{account, event, item, peer, room};
use crate::wish::{end, withdraw};

/// What a leader shares and what is shared with her. Cloning it is cheap; all clones are one.
///
/// Every method gives [`crate::NetworkError::Store`] where the store fails or was closed by a lock.
#[derive(Clone)]
pub struct Sharing {
    store: Store,
}

impl Sharing {
    /// What is shared in this store, whose schema must include [`crate::MIGRATIONS`].
    #[must_use]
    pub fn new(store: Store) -> Self {
        Self { store }
    }

    pub(crate) fn read<T>(&self, f: impl FnOnce(&Connection) -> Result<T>) -> Result<T> {
        self.store.read(f)
    }

    pub(crate) fn write<T>(&self, f: impl FnOnce(&Connection) -> Result<T>) -> Result<T> {
        self.store.write(|transaction| f(transaction))
    }

    /// Who is signed in.
    ///
    /// # Errors
    /// [`crate::NetworkError::Store`].
    pub fn account(&self) -> Result<Option<Account>> {
        self.read(account::get)
    }

    /// Keeps this account and no other. What somebody else had still to send is not sent by it;
    /// what its own user took back, and another ended, goes on.
    ///
    /// # Errors
    /// [`crate::NetworkError::Store`].
    pub fn account_put(&self, new: &Account) -> Result<()> {
        self.write(|c| sign_in(c, new))
    }

    /// What opens the secrets of an account at its server, where the vault has it from before.
    ///
    /// # Errors
    /// [`crate::NetworkError::Store`].
    pub fn storage_key_of(&self, user: &str) -> Result<Option<Secret>> {
        self.read(|c| account::storage_key_of(c, user))
    }

    /// Keeps what the session needs to go on, as after its tokens were renewed.
    ///
    /// # Errors
    /// [`crate::NetworkError::NotSignedIn`].
    pub fn account_session(&self, session: &Secret) -> Result<()> {
        self.write(|c| account::set_session(c, session))
    }

    /// Keeps the key of the account's secret storage, or forgets it.
    ///
    /// # Errors
    /// [`crate::NetworkError::NotSignedIn`].
    pub fn account_storage_key(&self, key: Option<&Secret>) -> Result<()> {
        self.write(|c| account::set_storage_key(c, key))
    }

    /// Notes whether the server has signed this computer out.
    ///
    /// # Errors
    /// [`crate::NetworkError::NotSignedIn`].
    pub fn account_signed_out(&self, signed_out: bool) -> Result<()> {
        self.write(|c| account::set_signed_out(c, signed_out))
    }

    /// Notes that this computer is signed out since the vault was copied here. What was still to be
    /// sent waits for the leader; what she took back goes on once she is signed in.
    ///
    /// # Errors
    /// [`crate::NetworkError::NotSignedIn`].
    pub fn account_copied(&self) -> Result<()> {
        self.write(|c| {
            account::set_signed_out(c, true)?;
            done::copied(c)
        })
    }

    /// Forgets the account, but for what opens its secrets when she comes back. What was still to
    /// be sent waits for that; what was shared stays readable.
    ///
    /// # Errors
    /// [`crate::NetworkError::Store`].
    pub fn account_remove(&self) -> Result<()> {
        self.write(account::remove)
    }

    /// Every room, by name.
    ///
    /// # Errors
    /// [`crate::NetworkError::Store`].
    pub fn rooms(&self) -> Result<Vec<Room>> {
        self.read(room::all)
    }

    /// Keeps what the server says of a room. Where the leader is no longer in it, what was still
    /// to be sent there ends; where she is again, what she took back goes on.
    ///
    /// # Errors
    /// [`crate::NetworkError::Store`].
    pub fn room_put(&self, state: &RoomState) -> Result<()> {
        self.write(|c| put_room(c, state))
    }

    /// Forgets an invitation, or an asking, that came to nothing: a room in which nothing was
    /// shared. Others stay.
    ///
    /// # Errors
    /// [`crate::NetworkError::Store`].
    pub fn room_forget(&self, room: &str) -> Result<()> {
        self.write(|c| room::forget_empty(c, room))
    }

    /// Says which network here a room belongs to. A network has one room at most: it is taken
    /// from any other.
    ///
    /// # Errors
    /// [`crate::NetworkError::NotFound`].
    pub fn room_tie(&self, room: &str, network: Option<NetworkId>) -> Result<()> {
        self.write(|c| room::tie(c, room::no_of(c, room)?, network))
    }

    /// The room of a network.
    ///
    /// # Errors
    /// [`crate::NetworkError::Store`].
    pub fn room_of_network(&self, network: NetworkId) -> Result<Option<String>> {
        self.read(|c| room::of_network(c, network))
    }

    /// Keeps the code that is shown of a room, or forgets it.
    ///
    /// # Errors
    /// [`crate::NetworkError::NotFound`].
    pub fn room_code(&self, room: &str, code: Option<&str>) -> Result<()> {
        self.write(|c| room::set_code(c, room::no_of(c, room)?, code))
    }

    /// Up to which event a room was read, for the session.
    ///
    /// # Errors
    /// [`crate::NetworkError::NotFound`].
    pub fn room_read_to(&self, room: &str) -> Result<Option<String>> {
        self.read(|c| room::read_to(c, room::no_of(c, room)?))
    }

    /// Keeps who is in a room. The names of those who are no longer are kept for what they shared,
    /// and the leader is asked about them no more.
    ///
    /// # Errors
    /// [`crate::NetworkError::NotFound`].
    pub fn peers_put(&self, room: &str, peers: &[PeerState]) -> Result<()> {
        self.write(|c| {
            let no = room::no_of(c, room)?;
            peer::put_all(c, no, peers)?;
            queue::left(c, no, peers)
        })
    }

    /// The names of everybody who is or was in a room, by address; those who were have the
    /// last name that was known.
    ///
    /// # Errors
    /// [`crate::NetworkError::NotFound`].
    pub fn names(&self, room: &str) -> Result<Vec<(String, String)>> {
        self.read(|c| peer::names(c, room::no_of(c, room)?))
    }

    /// Takes in what came in a room, in any order and as often as it comes, all or nothing, and
    /// notes up to where the room was read.
    ///
    /// # Errors
    /// [`crate::NetworkError::NotFound`] of the room, [`crate::NetworkError::NotSignedIn`].
    pub fn take(&self, room: &str, events: &[Incoming], read_to: Option<&str>) -> Result<Taken> {
        self.write(|c| {
            let no = room::no_of(c, room)?;
            let taken = log::take(c, no, events)?;
            if let Some(event) = read_to {
                room::set_read_to(c, no, event)?;
            }
            Ok(taken)
        })
    }

    /// The events whose keys are not here, in one room or in all, to try again.
    ///
    /// # Errors
    /// [`crate::NetworkError::NotFound`] of the room.
    pub fn waiting(&self, room: Option<&str>) -> Result<Vec<Waiting>> {
        self.read(|c| {
            let no = room.map(|room| room::no_of(c, room)).transpose()?;
            log::waiting(c, no)
        })
    }

    /// Whether an event waits since it is not sure who sent it.
    ///
    /// # Errors
    /// [`crate::NetworkError::NotFound`] of the room.
    pub fn is_doubted(&self, room: &str, event: &str) -> Result<bool> {
        self.read(|c| log::is_doubted(c, room::no_of(c, room)?, event))
    }

    /// Who sent an event that is here.
    ///
    /// # Errors
    /// [`crate::NetworkError::NotFound`] of the room.
    pub fn sender_of(&self, room: &str, event: &str) -> Result<Option<String>> {
        self.read(|c| {
            let known = event::by_event(c, room::no_of(c, room)?, event)?;
            Ok(known.map(|known| known.sender))
        })
    }

    /// The long texts that were told of and are not here yet.
    ///
    /// # Errors
    /// [`crate::NetworkError::Store`].
    pub fn texts_wanted(&self) -> Result<Vec<TextWanted>> {
        self.read(log::texts_wanted)
    }

    /// Takes in the bytes of a long text; what is not what was told of is unreadable from then on.
    ///
    /// # Errors
    /// [`crate::NetworkError::NotFound`] where it is no longer wanted.
    pub fn take_text(&self, room: &str, event: &str, bytes: &[u8]) -> Result<Taken> {
        self.write(|c| log::take_text(c, room::no_of(c, room)?, event, bytes))
    }
}

/// Keeps an account and no other.
pub(crate) fn sign_in(c: &Connection, new: &Account) -> Result<()> {
    let last = account::last_user(c)?;
    account::put(c, new)?;
    if last.is_some_and(|last| last != new.user) {
        end::everywhere(c)?;
        // What came of hers while another was signed in, came as anybody's.
        event::claim(c, &new.user)?;
        item::claim(c, &new.user)?;
        withdraw::go_on(c, &new.user)?;
    }
    Ok(())
}

/// Keeps what the server says of a room.
pub(crate) fn put_room(c: &Connection, state: &RoomState) -> Result<()> {
    let was_in = room::joined(c, &state.room).is_ok();
    let no = room::put(c, state)?;
    match state.standing {
        Standing::Left => end::in_room(c, no),
        Standing::Joined if !was_in => match account::last_user(c)? {
            Some(user) => withdraw::go_on(c, &user),
            None => Ok(()),
        },
        _ => Ok(()),
    }
}
