//! stub
use crate::error::AppError;
use crate::fristed::Fristed;
use crate::wire::ErrorCode;
use crate::wire::calendar::Reply;
use crate::wire::sharing::{
    FeedItem, FeedPage, FeedThread, IdentityAnswer, OutboxRow, ReactionSign, ServerOffer,
    ShareDifference, ShareDraft, SharePreview, SharedNetwork, SharingStatus, Verification,
};
use fristed_base::{Moment, Secret};

impl Fristed {
    /// How sharing stands on this computer.
    ///
    /// # Errors
    /// `Internal`.
    pub fn sharing_status(&self) -> Result<SharingStatus, AppError> {
        Err(ErrorCode::Internal.into())
    }

    /// How one may sign in at a server.
    ///
    /// # Errors
    /// `Internal`.
    pub fn server_look(&self, _address: &str) -> Result<ServerOffer, AppError> {
        Err(ErrorCode::Internal.into())
    }

    /// Signs in with a name and a password.
    ///
    /// # Errors
    /// `Internal`.
    pub fn sharing_sign_in(
        &self,
        _server: &str,
        _user: &str,
        _password: Secret,
        _now: Moment,
    ) -> Result<SharingStatus, AppError> {
        Err(ErrorCode::Internal.into())
    }

    /// Stops waiting for the browser.
    ///
    /// # Errors
    /// `Internal`.
    pub fn sharing_sign_in_cancel(&self) -> Result<(), AppError> {
        Err(ErrorCode::Internal.into())
    }

    /// Signs out: this computer goes from the server and the keys go from the disk; what was shared and received stays in the vault.
    ///
    /// # Errors
    /// `Internal`.
    pub fn sharing_sign_out(&self, _now: Moment) -> Result<SharingStatus, AppError> {
        Err(ErrorCode::Internal.into())
    }

    /// Answers where the account has an identity already.
    ///
    /// # Errors
    /// `Internal`.
    pub fn identity_answer(
        &self,
        _answer: IdentityAnswer,
        _now: Moment,
    ) -> Result<SharingStatus, AppError> {
        Err(ErrorCode::Internal.into())
    }

    /// The networks that are shared, and invitations.
    ///
    /// # Errors
    /// `Internal`.
    pub fn shared_networks(&self) -> Result<Vec<SharedNetwork>, AppError> {
        Err(ErrorCode::Internal.into())
    }

    /// Makes a network shared.
    ///
    /// # Errors
    /// `Internal`.
    pub fn network_connect(
        &self,
        _network: &str,
        _federated: bool,
        _now: Moment,
    ) -> Result<SharedNetwork, AppError> {
        Err(ErrorCode::Internal.into())
    }

    /// Invites somebody by the address.
    ///
    /// # Errors
    /// `Internal`.
    pub fn invite(&self, _room: &str, _address: &str) -> Result<SharedNetwork, AppError> {
        Err(ErrorCode::Internal.into())
    }

    /// Shows a code by which peers ask to be let in, until it is hidden.
    ///
    /// # Errors
    /// `Internal`.
    pub fn invite_code_show(&self, _room: &str) -> Result<SharedNetwork, AppError> {
        Err(ErrorCode::Internal.into())
    }

    /// Lets the code open nothing any more.
    ///
    /// # Errors
    /// `Internal`.
    pub fn invite_code_hide(&self, _room: &str) -> Result<SharedNetwork, AppError> {
        Err(ErrorCode::Internal.into())
    }

    /// Asks to be let in by a code.
    ///
    /// # Errors
    /// `Internal`.
    pub fn code_enter(&self, _code: &str, _now: Moment) -> Result<SharedNetwork, AppError> {
        Err(ErrorCode::Internal.into())
    }

    /// Lets somebody in who asks, or not.
    ///
    /// # Errors
    /// `Internal`.
    pub fn asking_answer(
        &self,
        _room: &str,
        _user: &str,
        _let_in: bool,
    ) -> Result<SharedNetwork, AppError> {
        Err(ErrorCode::Internal.into())
    }

    /// Accepts an invitation, into a network that is here or a new one, or declines it.
    ///
    /// # Errors
    /// `Internal`.
    pub fn invitation_answer(
        &self,
        _room: &str,
        _accept: bool,
        _network: Option<&str>,
        _now: Moment,
    ) -> Result<Option<SharedNetwork>, AppError> {
        Err(ErrorCode::Internal.into())
    }

    /// Removes somebody from a network.
    ///
    /// # Errors
    /// `Internal`.
    pub fn peer_remove(&self, _room: &str, _user: &str) -> Result<SharedNetwork, AppError> {
        Err(ErrorCode::Internal.into())
    }

    /// Leaves a network, and takes everything back first where that is asked.
    ///
    /// # Errors
    /// `Internal`.
    pub fn shared_network_leave(
        &self,
        _room: &str,
        _withdraw: bool,
        _now: Moment,
    ) -> Result<(), AppError> {
        Err(ErrorCode::Internal.into())
    }

    /// Decides about somebody whose identity changed: go on with the new one.
    ///
    /// # Errors
    /// `Internal`.
    pub fn peer_decide(&self, _user: &str, _now: Moment) -> Result<(), AppError> {
        Err(ErrorCode::Internal.into())
    }

    /// The comparing of signs that is under way.
    ///
    /// # Errors
    /// `Internal`.
    pub fn verification(&self) -> Result<Option<Verification>, AppError> {
        Err(ErrorCode::Internal.into())
    }

    /// Begins to compare signs with somebody.
    ///
    /// # Errors
    /// `Internal`.
    pub fn verification_begin(&self, _user: &str) -> Result<Verification, AppError> {
        Err(ErrorCode::Internal.into())
    }

    /// Answers: to being asked, or whether the signs are the same.
    ///
    /// # Errors
    /// `Internal`.
    pub fn verification_answer(&self, _yes: bool) -> Result<Option<Verification>, AppError> {
        Err(ErrorCode::Internal.into())
    }

    /// Breaks it off, or puts away what has ended.
    ///
    /// # Errors
    /// `Internal`.
    pub fn verification_end(&self) -> Result<(), AppError> {
        Err(ErrorCode::Internal.into())
    }

    /// Exactly what would leave.
    ///
    /// # Errors
    /// `Internal`.
    pub fn share_preview(
        &self,
        _draft: ShareDraft,
        _now: Moment,
    ) -> Result<SharePreview, AppError> {
        Err(ErrorCode::Internal.into())
    }

    /// Shares it once the time for calling it back is over.
    ///
    /// # Errors
    /// `Internal`.
    pub fn share(&self, _draft: ShareDraft, _now: Moment) -> Result<FeedItem, AppError> {
        Err(ErrorCode::Internal.into())
    }

    /// Calls back what was not sent yet.
    ///
    /// # Errors
    /// `Internal`.
    pub fn share_undo(&self, _item: &str, _now: Moment) -> Result<(), AppError> {
        Err(ErrorCode::Internal.into())
    }

    /// What a new version would change.
    ///
    /// # Errors
    /// `Internal`.
    pub fn share_difference(
        &self,
        _item: &str,
        _draft: ShareDraft,
        _now: Moment,
    ) -> Result<ShareDifference, AppError> {
        Err(ErrorCode::Internal.into())
    }

    /// Shares a new version.
    ///
    /// # Errors
    /// `Internal`.
    pub fn share_again(
        &self,
        _item: &str,
        _draft: ShareDraft,
        _now: Moment,
    ) -> Result<FeedItem, AppError> {
        Err(ErrorCode::Internal.into())
    }

    /// The shared copies of an entry.
    ///
    /// # Errors
    /// `Internal`.
    pub fn entry_shared(&self, _entry: &str, _now: Moment) -> Result<Vec<FeedItem>, AppError> {
        Err(ErrorCode::Internal.into())
    }

    /// Some of what was shared in a network, or in all, newest first.
    ///
    /// # Errors
    /// `Internal`.
    pub fn feed(
        &self,
        _room: Option<&str>,
        _offset: u32,
        _limit: u32,
        _now: Moment,
    ) -> Result<FeedPage, AppError> {
        Err(ErrorCode::Internal.into())
    }

    /// What was shared and has these words, newest first.
    ///
    /// # Errors
    /// `Internal`.
    pub fn feed_search(
        &self,
        _room: Option<&str>,
        _query: &str,
        _offset: u32,
        _limit: u32,
        _now: Moment,
    ) -> Result<FeedPage, AppError> {
        Err(ErrorCode::Internal.into())
    }

    /// Something shared, with its replies.
    ///
    /// # Errors
    /// `Internal`.
    pub fn feed_thread(&self, _item: &str, _now: Moment) -> Result<FeedThread, AppError> {
        Err(ErrorCode::Internal.into())
    }

    /// Marks something and its replies as read; without one, all of a network.
    ///
    /// # Errors
    /// `Internal`.
    pub fn feed_read(&self, _room: &str, _item: Option<&str>) -> Result<(), AppError> {
        Err(ErrorCode::Internal.into())
    }

    /// Replies.
    ///
    /// # Errors
    /// `Internal`.
    pub fn reply_send(&self, _item: &str, _text: &str, _now: Moment) -> Result<FeedItem, AppError> {
        Err(ErrorCode::Internal.into())
    }

    /// Gives a sign, or takes it back.
    ///
    /// # Errors
    /// `Internal`.
    pub fn react(
        &self,
        _item: &str,
        _sign: ReactionSign,
        _given: bool,
        _now: Moment,
    ) -> Result<FeedItem, AppError> {
        Err(ErrorCode::Internal.into())
    }

    /// Takes something back.
    ///
    /// # Errors
    /// `Internal`.
    pub fn withdraw(&self, _item: &str, _now: Moment) -> Result<FeedItem, AppError> {
        Err(ErrorCode::Internal.into())
    }

    /// Takes back everything that the leader shared in a network; gives how much that is.
    ///
    /// # Errors
    /// `Internal`.
    pub fn withdraw_all(&self, _room: &str, _now: Moment) -> Result<u32, AppError> {
        Err(ErrorCode::Internal.into())
    }

    /// What waits to be sent, and what could not be.
    ///
    /// # Errors
    /// `Internal`.
    pub fn outbox(&self, _now: Moment) -> Result<Vec<OutboxRow>, AppError> {
        Err(ErrorCode::Internal.into())
    }

    /// Tries something again now.
    ///
    /// # Errors
    /// `Internal`.
    pub fn outbox_retry(&self, _id: &str, _now: Moment) -> Result<(), AppError> {
        Err(ErrorCode::Internal.into())
    }

    /// Gives up on something that was not sent; the text stays in the journal.
    ///
    /// # Errors
    /// `Internal`.
    pub fn outbox_drop(&self, _id: &str, _now: Moment) -> Result<(), AppError> {
        Err(ErrorCode::Internal.into())
    }

    /// Calls the network to a meeting, or tells it what changed.
    ///
    /// # Errors
    /// `Internal`.
    pub fn meeting_publish(
        &self,
        _meeting: &str,
        _room: &str,
        _now: Moment,
    ) -> Result<FeedItem, AppError> {
        Err(ErrorCode::Internal.into())
    }

    /// Calls a meeting off.
    ///
    /// # Errors
    /// `Internal`.
    pub fn meeting_call_off(&self, _item: &str, _now: Moment) -> Result<FeedItem, AppError> {
        Err(ErrorCode::Internal.into())
    }

    /// Answers to a meeting.
    ///
    /// # Errors
    /// `Internal`.
    pub fn meeting_answer(
        &self,
        _item: &str,
        _reply: Reply,
        _now: Moment,
    ) -> Result<FeedItem, AppError> {
        Err(ErrorCode::Internal.into())
    }

    /// Tells the network of something promised.
    ///
    /// # Errors
    /// `Internal`.
    pub fn commitment_tell(
        &self,
        _commitment: &str,
        _room: &str,
        _now: Moment,
    ) -> Result<FeedItem, AppError> {
        Err(ErrorCode::Internal.into())
    }

    /// Tells the network its ground rules, in a new version.
    ///
    /// # Errors
    /// `Internal`.
    pub fn contract_tell(
        &self,
        _room: &str,
        _text: &str,
        _now: Moment,
    ) -> Result<FeedItem, AppError> {
        Err(ErrorCode::Internal.into())
    }

    /// a
    ///
    /// # Errors
    /// `Internal`.
    pub fn sharing_sign_in_browser(
        &self,
        _server: &str,
        _sign_on: &str,
        _open: &dyn Fn(&str) -> bool,
        _now: Moment,
    ) -> Result<SharingStatus, AppError> {
        Err(ErrorCode::Internal.into())
    }
    /// a
    ///
    /// # Errors
    /// `Internal`.
    pub fn shared_file_name(&self, _file: &str) -> Result<String, AppError> {
        Err(ErrorCode::Internal.into())
    }
    /// a
    ///
    /// # Errors
    /// `Internal`.
    pub fn shared_file_save(&self, _file: &str, _path: &std::path::Path) -> Result<(), AppError> {
        Err(ErrorCode::Internal.into())
    }
}
