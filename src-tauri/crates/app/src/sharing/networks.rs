//! Networks that are shared, and who is in them.

use std::sync::Arc;

use fristed_base::{Moment, NetworkId};
use fristed_calendar::{Colour, NetworkForm};
use fristed_network::session::Session;
use fristed_network::{Room, Sharing, Standing};

use crate::convert::sharing as convert;
use crate::error::AppError;
use crate::fristed::Fristed;
use crate::wire::ErrorCode;
use crate::wire::sharing::SharedNetwork;
use crate::writing::id;

impl Fristed {
    /// The networks that are shared, and invitations to some.
    ///
    /// # Errors
    /// `Locked`, and what keeps a store from being read.
    pub fn shared_networks(&self) -> Result<Vec<SharedNetwork>, AppError> {
        let sharing = self.sharing()?;
        let who = self.who(&sharing)?;
        Ok(self.rooms(&sharing)?.into_iter().map(|room| convert::room(room, &who)).collect())
    }

    /// Every room; one whose network was deleted here lies in none.
    fn rooms(&self, sharing: &Sharing) -> Result<Vec<Room>, AppError> {
        let calendar = self.calendar()?;
        let mut rooms = sharing.rooms()?;
        for room in &mut rooms {
            if let Some(network) = room.network
                && !calendar.has_network(network)?
            {
                room.network = None;
            }
        }
        Ok(rooms)
    }

    fn shared_network(&self, room: &str) -> Result<SharedNetwork, AppError> {
        let all = self.shared_networks()?;
        all.into_iter().find(|one| one.room == room).ok_or_else(|| ErrorCode::NotFound.into())
    }

    /// Those the leader knows, as far as can be told without a server.
    pub(super) fn who(&self, sharing: &Sharing) -> Result<convert::Who, AppError> {
        let me = sharing.account()?.map(|account| account.user).unwrap_or_default();
        Ok(convert::Who::new(me, self.link.session(), sharing.rooms()?))
    }

    fn session(&self) -> Result<Arc<Session>, AppError> {
        self.link.needed(&self.sharing()?)
    }

    /// Makes a network shared.
    ///
    /// # Errors
    /// `NotFound`, `NotSignedIn`, `Unreachable`.
    pub fn network_connect(
        &self,
        network: &str,
        federated: bool,
        now: Moment,
    ) -> Result<SharedNetwork, AppError> {
        let network: NetworkId = id(network)?;
        let sharing = self.sharing()?;
        let name = self.calendar()?.network(network, self.zone(), now)?.form.name;
        if let Some(room) = sharing.room_of_network(network)? {
            return self.shared_network(&room);
        }
        let made = self.rooms(&sharing)?.into_iter().find(|room| is_new(room, &name, federated));
        let room = match made {
            // The server had made it, and its answer did not come.
            Some(made) => made.state.room,
            None => self.session()?.create(&name, federated)?,
        };
        sharing.room_tie(&room, Some(network))?;
        self.shared_network(&room)
    }

    /// Invites somebody by the address.
    ///
    /// # Errors
    /// `NoSuchPeer`, `NotAllowed`, `Unreachable`.
    pub fn invite(&self, room: &str, address: &str) -> Result<SharedNetwork, AppError> {
        self.session()?.invite(room, address)?;
        self.shared_network(room)
    }

    /// Shows a code by which peers ask to be let in, until it is hidden.
    ///
    /// # Errors
    /// `NotAllowed`, `Unreachable`.
    pub fn invite_code_show(&self, room: &str) -> Result<SharedNetwork, AppError> {
        let sharing = self.sharing()?;
        if self.shared_network(room)?.code.is_none() {
            let code = self.session()?.code_show(room)?;
            sharing.room_code(room, Some(&code))?;
        }
        self.shared_network(room)
    }

    /// Lets the code open nothing any more.
    ///
    /// # Errors
    /// `Unreachable`: it is shown until the server has heard of it.
    pub fn invite_code_hide(&self, room: &str) -> Result<SharedNetwork, AppError> {
        let sharing = self.sharing()?;
        if let Some(code) = self.shared_network(room)?.code {
            self.session()?.code_hide(room, &code.text)?;
            sharing.room_code(room, None)?;
        }
        self.shared_network(room)
    }

    /// Asks to be let in by a code.
    ///
    /// # Errors
    /// `CodeRefused`, `Unreachable`.
    pub fn code_enter(&self, code: &str, _now: Moment) -> Result<SharedNetwork, AppError> {
        let room = self.session()?.code_enter(code)?;
        self.shared_network(&room)
    }

    /// Lets somebody in who asks, or not.
    ///
    /// # Errors
    /// `NotAllowed`, `Unreachable`.
    pub fn asking_answer(
        &self,
        room: &str,
        user: &str,
        let_in: bool,
    ) -> Result<SharedNetwork, AppError> {
        let session = self.session()?;
        if let_in {
            session.invite(room, user)?
        } else {
            session.remove(room, user)?
        }
        self.shared_network(room)
    }

    /// Accepts an invitation, into a network that is here or a new one, or declines it. A room that
    /// the leader is in and that lies in no network here is put into one in the same way.
    ///
    /// # Errors
    /// `NotFound`, `Unreachable`.
    pub fn invitation_answer(
        &self,
        room: &str,
        accept: bool,
        network: Option<&str>,
        _now: Moment,
    ) -> Result<Option<SharedNetwork>, AppError> {
        let sharing = self.sharing()?;
        if !accept {
            self.session()?.leave(room)?;
            sharing.room_forget(room)?;
            return Ok(None);
        }
        let network: Option<NetworkId> = network.map(id).transpose()?;
        if self.shared_network(room)?.standing != convert::standing(Standing::Joined) {
            self.session()?.join(room)?;
        }
        let network = match network {
            Some(network) => network,
            None => self.calendar()?.network_create(&NetworkForm {
                name: self.shared_network(room)?.name,
                purpose: String::new(),
                colour: Colour::ALL[0],
                rhythm: String::new(),
                title_contains: String::new(),
            })?,
        };
        sharing.room_tie(room, Some(network))?;
        self.shared_network(room).map(Some)
    }

    /// Removes somebody from a network.
    ///
    /// # Errors
    /// `NotAllowed`, `Unreachable`.
    pub fn peer_remove(&self, room: &str, user: &str) -> Result<SharedNetwork, AppError> {
        self.session()?.remove(room, user)?;
        self.shared_network(room)
    }

    /// Leaves a network, and takes everything back first where that is asked: the withdrawals are
    /// sent before the leader goes, and she stays where one could not be.
    ///
    /// # Errors
    /// `Unreachable`: nothing has happened. `NotLeftYet`: all is being taken back, which cannot be
    /// called off, and she is still in it.
    pub fn shared_network_leave(
        &self,
        room: &str,
        withdraw: bool,
        now: Moment,
    ) -> Result<(), AppError> {
        let sharing = self.sharing()?;
        let session = self.session()?;
        if withdraw {
            // What cannot be told to the server now is not begun either.
            session.send_now()?;
            sharing.withdraw_all(room, now)?;
            let sent = session.send_now();
            if sent.is_err() || sharing.outbox(now)?.iter().any(|row| row.room == room) {
                return Err(ErrorCode::NotLeftYet.into());
            }
        }
        let joined = self.shared_network(room)?.standing;
        session.leave(room)?;
        if joined != convert::standing(Standing::Joined) {
            sharing.room_forget(room)?;
        }
        Ok(())
    }

    /// Goes on with the new identity of somebody whose identity changed.
    ///
    /// # Errors
    /// `NoSuchPeer`, `Unreachable`.
    pub fn peer_decide(&self, user: &str, _now: Moment) -> Result<(), AppError> {
        Ok(self.session()?.accept_identity(user)?)
    }
}

/// Whether a room is one that the leader has just made under this name, and nobody else is in it.
fn is_new(room: &Room, name: &str, federated: bool) -> bool {
    let state = &room.state;
    let made = state.standing == Standing::Joined && state.organiser && room.peers.len() <= 1;
    made && room.network.is_none() && state.name == name && state.federated == federated
}
