//! The sdk's store of keys, which keeps a session that was just made with the key that came by it
//! (decision 22).
//!
//! Where a key comes by a computer that was not heard of before, the sdk saves the session that it
//! was opened with at once, and the key with the rest of the answer. A program that was killed
//! between the two got the key once more, could not open it any more, and nobody ever sent it again
//! (`mark_device_as_wedged` does nothing within an hour of a session's beginning). So a session that
//! was just made waits here for the rest of the answer, or until it is used. What is kept until then
//! is in the sdk's own cache.

#[cfg(test)]
mod tests;

use std::collections::{HashMap, HashSet};
use std::mem;

use async_trait::async_trait;
use matrix_sdk::SqliteCryptoStore;
use matrix_sdk::cross_process_lock::CrossProcessLockGeneration;
use matrix_sdk::ruma::events::secret::request::SecretName;
use matrix_sdk::ruma::{DeviceId, OwnedDeviceId, RoomId, TransactionId, UserId};
use matrix_sdk_base::crypto::olm::{
    InboundGroupSession, OlmMessageHash, OutboundGroupSession, PrivateCrossSigningIdentity,
    SenderDataType,
};
use matrix_sdk_base::crypto::store::CryptoStore;
use matrix_sdk_base::crypto::store::types::{
    BackupKeys, Changes, DehydratedDeviceKey, PendingChanges, RoomKeyCounts, RoomKeyWithheldEntry,
    RoomPendingKeyBundleDetails, RoomSettings, StoredRoomKeyBundleData,
};
use matrix_sdk_base::crypto::vodozemac::Curve25519PublicKey;
use matrix_sdk_base::crypto::{
    Account, DeviceData, GossipRequest, SecretInfo, Session, TrackedUser, UserIdentityData,
};
use tokio::sync::Mutex;
use zeroize::Zeroizing;

/// The store, with what waits.
#[derive(Debug)]
pub(super) struct Keys {
    below: SqliteCryptoStore,
    /// Sessions that were just made. Whoever saves holds this.
    waiting: Mutex<Vec<Session>>,
}

type Result<T> = std::result::Result<T, <SqliteCryptoStore as CryptoStore>::Error>;

impl Keys {
    /// This store.
    pub(super) fn new(below: SqliteCryptoStore) -> Self {
        Self { below, waiting: Mutex::default() }
    }

    /// Saves what waits.
    async fn settle(&self, waiting: &mut Vec<Session>) -> Result<()> {
        if !waiting.is_empty() {
            let changes = Changes { sessions: waiting.clone(), ..Changes::default() };
            self.below.save_changes(changes).await?;
            waiting.clear();
        }
        Ok(())
    }

    /// Whether these changes are that a session was made, with what is noted of its computer, and
    /// nothing else.
    async fn is_made(&self, changes: &mut Changes, waiting: &[Session]) -> Result<bool> {
        let (sessions, devices) =
            (mem::take(&mut changes.sessions), mem::take(&mut changes.devices));
        let nothing_else = changes.is_empty()
            && changes.room_key_backups_fully_downloaded.is_empty()
            && changes.rooms_pending_key_bundle.is_empty();
        (changes.sessions, changes.devices) = (sessions, devices);
        let [session] = &changes.sessions[..] else { return Ok(false) };
        if !nothing_else {
            return Ok(false);
        }
        let kept = self.below.get_sessions(&session.sender_key().to_base64()).await?;
        let mut known = waiting.iter().chain(kept.iter().flatten());
        Ok(!known.any(|known| known.session_id() == session.session_id()))
    }
}

#[async_trait]
impl CryptoStore for Keys {
    type Error = <SqliteCryptoStore as CryptoStore>::Error;

    async fn save_changes(&self, mut changes: Changes) -> Result<()> {
        let mut waiting = self.waiting.lock().await;
        if self.is_made(&mut changes, &waiting).await? {
            let made = mem::take(&mut changes.sessions);
            self.below.save_changes(changes).await?;
            waiting.extend(made);
            return Ok(());
        }
        // What is sent at this very instant saves too, and leaves alone what it does not use.
        if changes.next_batch_token.is_some() {
            changes.sessions.splice(..0, waiting.iter().cloned());
        }
        let kept: HashSet<_> =
            changes.sessions.iter().map(|session| session.session_id().to_owned()).collect();
        self.below.save_changes(changes).await?;
        waiting.retain(|session| !kept.contains(session.session_id()));
        Ok(())
    }

    async fn save_pending_changes(&self, changes: PendingChanges) -> Result<()> {
        // The account forgets the key that a session was made with.
        self.settle(&mut *self.waiting.lock().await).await?;
        self.below.save_pending_changes(changes).await
    }

    async fn get_sessions(&self, sender_key: &str) -> Result<Option<Vec<Session>>> {
        let mut waiting = self.waiting.lock().await;
        if waiting.iter().any(|session| session.sender_key().to_base64() == sender_key) {
            self.settle(&mut waiting).await?;
        }
        self.below.get_sessions(sender_key).await
    }

    async fn close(&self) -> Result<()> {
        self.settle(&mut *self.waiting.lock().await).await?;
        self.below.close().await
    }

    async fn load_account(&self) -> Result<Option<Account>> {
        self.below.load_account().await
    }

    async fn load_identity(&self) -> Result<Option<PrivateCrossSigningIdentity>> {
        self.below.load_identity().await
    }

    async fn save_inbound_group_sessions(
        &self,
        sessions: Vec<InboundGroupSession>,
        backed_up_to_version: Option<&str>,
    ) -> Result<()> {
        self.below.save_inbound_group_sessions(sessions, backed_up_to_version).await
    }

    async fn get_inbound_group_session(
        &self,
        room_id: &RoomId,
        session_id: &str,
    ) -> Result<Option<InboundGroupSession>> {
        self.below.get_inbound_group_session(room_id, session_id).await
    }

    async fn get_withheld_info(
        &self,
        room_id: &RoomId,
        session_id: &str,
    ) -> Result<Option<RoomKeyWithheldEntry>> {
        self.below.get_withheld_info(room_id, session_id).await
    }

    async fn get_withheld_sessions_by_room_id(
        &self,
        room_id: &RoomId,
    ) -> Result<Vec<RoomKeyWithheldEntry>> {
        self.below.get_withheld_sessions_by_room_id(room_id).await
    }

    async fn get_inbound_group_sessions(&self) -> Result<Vec<InboundGroupSession>> {
        self.below.get_inbound_group_sessions().await
    }

    async fn inbound_group_session_counts(
        &self,
        backup_version: Option<&str>,
    ) -> Result<RoomKeyCounts> {
        self.below.inbound_group_session_counts(backup_version).await
    }

    async fn get_inbound_group_sessions_by_room_id(
        &self,
        room_id: &RoomId,
    ) -> Result<Vec<InboundGroupSession>> {
        self.below.get_inbound_group_sessions_by_room_id(room_id).await
    }

    async fn get_inbound_group_sessions_for_device_batch(
        &self,
        curve_key: Curve25519PublicKey,
        sender_data_type: SenderDataType,
        after_session_id: Option<String>,
        limit: usize,
    ) -> Result<Vec<InboundGroupSession>> {
        self.below
            .get_inbound_group_sessions_for_device_batch(
                curve_key,
                sender_data_type,
                after_session_id,
                limit,
            )
            .await
    }

    async fn inbound_group_sessions_for_backup(
        &self,
        backup_version: &str,
        limit: usize,
    ) -> Result<Vec<InboundGroupSession>> {
        self.below.inbound_group_sessions_for_backup(backup_version, limit).await
    }

    async fn mark_inbound_group_sessions_as_backed_up(
        &self,
        backup_version: &str,
        room_and_session_ids: &[(&RoomId, &str)],
    ) -> Result<()> {
        self.below
            .mark_inbound_group_sessions_as_backed_up(backup_version, room_and_session_ids)
            .await
    }

    async fn reset_backup_state(&self) -> Result<()> {
        self.below.reset_backup_state().await
    }

    async fn load_backup_keys(&self) -> Result<BackupKeys> {
        self.below.load_backup_keys().await
    }

    async fn load_dehydrated_device_pickle_key(&self) -> Result<Option<DehydratedDeviceKey>> {
        self.below.load_dehydrated_device_pickle_key().await
    }

    async fn delete_dehydrated_device_pickle_key(&self) -> Result<()> {
        self.below.delete_dehydrated_device_pickle_key().await
    }

    async fn get_outbound_group_session(
        &self,
        room_id: &RoomId,
    ) -> Result<Option<OutboundGroupSession>> {
        self.below.get_outbound_group_session(room_id).await
    }

    async fn load_tracked_users(&self) -> Result<Vec<TrackedUser>> {
        self.below.load_tracked_users().await
    }

    async fn save_tracked_users(&self, users: &[(&UserId, bool)]) -> Result<()> {
        self.below.save_tracked_users(users).await
    }

    async fn get_device(
        &self,
        user_id: &UserId,
        device_id: &DeviceId,
    ) -> Result<Option<DeviceData>> {
        self.below.get_device(user_id, device_id).await
    }

    async fn get_user_devices(
        &self,
        user_id: &UserId,
    ) -> Result<HashMap<OwnedDeviceId, DeviceData>> {
        self.below.get_user_devices(user_id).await
    }

    async fn get_own_device(&self) -> Result<DeviceData> {
        self.below.get_own_device().await
    }

    async fn get_user_identity(&self, user_id: &UserId) -> Result<Option<UserIdentityData>> {
        self.below.get_user_identity(user_id).await
    }

    async fn is_message_known(&self, message_hash: &OlmMessageHash) -> Result<bool> {
        self.below.is_message_known(message_hash).await
    }

    async fn get_outgoing_secret_requests(
        &self,
        request_id: &TransactionId,
    ) -> Result<Option<GossipRequest>> {
        self.below.get_outgoing_secret_requests(request_id).await
    }

    async fn get_secret_request_by_info(
        &self,
        secret_info: &SecretInfo,
    ) -> Result<Option<GossipRequest>> {
        self.below.get_secret_request_by_info(secret_info).await
    }

    async fn get_unsent_secret_requests(&self) -> Result<Vec<GossipRequest>> {
        self.below.get_unsent_secret_requests().await
    }

    async fn delete_outgoing_secret_requests(&self, request_id: &TransactionId) -> Result<()> {
        self.below.delete_outgoing_secret_requests(request_id).await
    }

    async fn get_secrets_from_inbox(
        &self,
        secret_name: &SecretName,
    ) -> Result<Vec<Zeroizing<String>>> {
        self.below.get_secrets_from_inbox(secret_name).await
    }

    async fn delete_secrets_from_inbox(&self, secret_name: &SecretName) -> Result<()> {
        self.below.delete_secrets_from_inbox(secret_name).await
    }

    async fn get_room_settings(&self, room_id: &RoomId) -> Result<Option<RoomSettings>> {
        self.below.get_room_settings(room_id).await
    }

    async fn get_received_room_key_bundle_data(
        &self,
        room_id: &RoomId,
        user_id: &UserId,
    ) -> Result<Option<StoredRoomKeyBundleData>> {
        self.below.get_received_room_key_bundle_data(room_id, user_id).await
    }

    async fn get_pending_key_bundle_details_for_room(
        &self,
        room_id: &RoomId,
    ) -> Result<Option<RoomPendingKeyBundleDetails>> {
        self.below.get_pending_key_bundle_details_for_room(room_id).await
    }

    async fn get_all_rooms_pending_key_bundles(&self) -> Result<Vec<RoomPendingKeyBundleDetails>> {
        self.below.get_all_rooms_pending_key_bundles().await
    }

    async fn has_downloaded_all_room_keys(&self, room_id: &RoomId) -> Result<bool> {
        self.below.has_downloaded_all_room_keys(room_id).await
    }

    async fn get_custom_value(&self, key: &str) -> Result<Option<Vec<u8>>> {
        self.below.get_custom_value(key).await
    }

    async fn set_custom_value(&self, key: &str, value: Vec<u8>) -> Result<()> {
        self.below.set_custom_value(key, value).await
    }

    async fn remove_custom_value(&self, key: &str) -> Result<()> {
        self.below.remove_custom_value(key).await
    }

    async fn try_take_leased_lock(
        &self,
        lease_duration_ms: u32,
        key: &str,
        holder: &str,
    ) -> Result<Option<CrossProcessLockGeneration>> {
        self.below.try_take_leased_lock(lease_duration_ms, key, holder).await
    }

    async fn next_batch_token(&self) -> Result<Option<String>> {
        self.below.next_batch_token().await
    }

    async fn reopen(&self) -> Result<()> {
        self.below.reopen().await
    }

    async fn get_size(&self) -> Result<Option<usize>> {
        self.below.get_size().await
    }
}
