//! What is shared, in an open store.

use fristed_base::{Moment, NetworkId, Secret};
use fristed_vault::Store;
use rusqlite::Connection;

use crate::error::Result;
use crate::model::{Account, Incoming, PeerState, Room, RoomState, Taken, TextWanted, Waiting};

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
        Err(crate::error::NetworkError::NotFound)
    }

    /// Keeps this account and no other.
    ///
    /// # Errors
    /// [`crate::NetworkError::Store`].
    pub fn account_put(&self, new: &Account) -> Result<()> {
        let _ = (new,);
        Err(crate::error::NetworkError::NotFound)
    }

    /// Keeps what the session needs to go on, as after its tokens were renewed.
    ///
    /// # Errors
    /// [`crate::NetworkError::NotSignedIn`].
    pub fn account_session(&self, session: &Secret) -> Result<()> {
        let _ = (session,);
        Err(crate::error::NetworkError::NotFound)
    }

    /// Keeps the key of the account's secret storage, or forgets it.
    ///
    /// # Errors
    /// [`crate::NetworkError::NotSignedIn`].
    pub fn account_storage_key(&self, key: Option<&Secret>) -> Result<()> {
        let _ = (key,);
        Err(crate::error::NetworkError::NotFound)
    }

    /// Notes whether the server has signed this computer out.
    ///
    /// # Errors
    /// [`crate::NetworkError::NotSignedIn`].
    pub fn account_signed_out(&self, signed_out: bool) -> Result<()> {
        let _ = (signed_out,);
        Err(crate::error::NetworkError::NotFound)
    }

    /// Forgets the account and what was still to be sent. What was shared stays readable.
    ///
    /// # Errors
    /// [`crate::NetworkError::Store`].
    pub fn account_remove(&self) -> Result<()> {
        Err(crate::error::NetworkError::NotFound)
    }

    /// Every room, by name.
    ///
    /// # Errors
    /// [`crate::NetworkError::Store`].
    pub fn rooms(&self) -> Result<Vec<Room>> {
        Err(crate::error::NetworkError::NotFound)
    }

    /// Keeps what the server says of a room. Where the leader is no longer in it, what was still
    /// to be sent there ends.
    ///
    /// # Errors
    /// [`crate::NetworkError::Store`].
    pub fn room_put(&self, state: &RoomState) -> Result<()> {
        let _ = (state,);
        Err(crate::error::NetworkError::NotFound)
    }

    /// Forgets an invitation, or an asking, that came to nothing: a room in which nothing was
    /// shared. Others stay.
    ///
    /// # Errors
    /// [`crate::NetworkError::Store`].
    pub fn room_forget(&self, room: &str) -> Result<()> {
        let _ = (room,);
        Err(crate::error::NetworkError::NotFound)
    }

    /// Says which network here a room belongs to. A network has one room at most: it is taken
    /// from any other.
    ///
    /// # Errors
    /// [`crate::NetworkError::NotFound`].
    pub fn room_tie(&self, room: &str, network: Option<NetworkId>) -> Result<()> {
        let _ = (room, network);
        Err(crate::error::NetworkError::NotFound)
    }

    /// The room of a network.
    ///
    /// # Errors
    /// [`crate::NetworkError::Store`].
    pub fn room_of_network(&self, network: NetworkId) -> Result<Option<String>> {
        let _ = (network,);
        Err(crate::error::NetworkError::NotFound)
    }

    /// Keeps the code that is shown of a room, or forgets it.
    ///
    /// # Errors
    /// [`crate::NetworkError::NotFound`].
    pub fn room_code(&self, room: &str, code: Option<&str>) -> Result<()> {
        let _ = (room, code);
        Err(crate::error::NetworkError::NotFound)
    }

    /// Up to which event a room was read, for the session.
    ///
    /// # Errors
    /// [`crate::NetworkError::NotFound`].
    pub fn room_read_to(&self, room: &str) -> Result<Option<String>> {
        let _ = (room,);
        Err(crate::error::NetworkError::NotFound)
    }

    /// Keeps who is in a room. The names of those who are no longer are kept for what they shared.
    ///
    /// # Errors
    /// [`crate::NetworkError::NotFound`].
    pub fn peers_put(&self, room: &str, peers: &[PeerState]) -> Result<()> {
        let _ = (room, peers);
        Err(crate::error::NetworkError::NotFound)
    }

    /// The names of everybody who is or was in a room, by address; those who were have the
    /// last name that was known.
    ///
    /// # Errors
    /// [`crate::NetworkError::NotFound`].
    pub fn names(&self, room: &str) -> Result<Vec<(String, String)>> {
        let _ = (room,);
        Err(crate::error::NetworkError::NotFound)
    }

    /// Takes in what came in a room, in any order and as often as it comes, all or nothing, and
    /// notes up to where the room was read.
    ///
    /// # Errors
    /// [`crate::NetworkError::NotFound`] of the room, [`crate::NetworkError::NotSignedIn`].
    pub fn take(
        &self,
        room: &str,
        events: &[Incoming],
        read_to: Option<&str>,
        now: Moment,
    ) -> Result<Taken> {
        let _ = (room, events, read_to, now);
        Err(crate::error::NetworkError::NotFound)
    }

    /// The events whose keys are not here, in one room or in all, to try again.
    ///
    /// # Errors
    /// [`crate::NetworkError::NotFound`] of the room.
    pub fn waiting(&self, room: Option<&str>) -> Result<Vec<Waiting>> {
        let _ = (room,);
        Err(crate::error::NetworkError::NotFound)
    }

    /// The long texts that were told of and are not here yet.
    ///
    /// # Errors
    /// [`crate::NetworkError::Store`].
    pub fn texts_wanted(&self) -> Result<Vec<TextWanted>> {
        Err(crate::error::NetworkError::NotFound)
    }

    /// Takes in the bytes of a long text; what is not what was told of is unreadable from then on.
    ///
    /// # Errors
    /// [`crate::NetworkError::NotFound`] where it is no longer wanted.
    pub fn take_text(&self, room: &str, event: &str, bytes: &[u8], now: Moment) -> Result<Taken> {
        let _ = (room, event, bytes, now);
        Err(crate::error::NetworkError::NotFound)
    }
}
