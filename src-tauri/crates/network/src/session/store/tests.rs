use matrix_sdk::ruma::{SecondsSinceUnixEpoch, device_id, user_id};
use matrix_sdk_base::crypto::OlmMachine;
use matrix_sdk_base::crypto::olm::PickledSession;
use matrix_sdk_base::crypto::vodozemac::olm::{Account as Olm, SessionConfig};
use tempfile::TempDir;

use super::*;

async fn open(folder: &TempDir) -> SqliteCryptoStore {
    let store = SqliteCryptoStore::open(folder.path(), None).await.expect("a store");
    let _account = store.load_account().await.expect("an account, or none yet");
    store
}

/// A store with an account in it, and a session with another's computer.
async fn with_account(folder: &TempDir) -> Session {
    let below = std::sync::Arc::new(open(folder).await);
    let (user, device) = (user_id!("@karla:kommune.dk"), device_id!("KARLA"));
    let machine = OlmMachine::with_store(user, device, std::sync::Arc::clone(&below), None);
    drop(machine.await.expect("a machine"));
    let (ours, mut theirs) = (Olm::new(), Olm::new());
    let key = theirs.generate_one_time_keys(1).created.remove(0);
    let config = SessionConfig::version_1();
    let session = ours.create_outbound_session(config, theirs.curve25519_key(), key);
    let pickle = PickledSession {
        pickle: session.expect("a session").pickle(),
        sender_key: theirs.curve25519_key(),
        created_using_fallback_key: false,
        creation_time: SecondsSinceUnixEpoch::now(),
        last_use_time: SecondsSinceUnixEpoch::now(),
    };
    let own = below.get_own_device().await.expect("her computer");
    Session::from_pickle(own.as_device_keys().clone(), pickle).expect("a session")
}

fn of(session: &Session) -> Changes {
    Changes { sessions: vec![session.clone()], ..Changes::default() }
}

/// How many sessions with its computer are on the disk.
async fn kept(folder: &TempDir, session: &Session) -> usize {
    let found = open(folder).await.get_sessions(&session.sender_key().to_base64()).await;
    found.expect("sessions").map_or(0, |found| found.len())
}

#[tokio::test]
async fn a_session_that_was_just_made_is_kept_with_the_key_that_came_by_it_and_not_before() {
    let folder = tempfile::tempdir().expect("a folder");
    let session = with_account(&folder).await;
    let keys = Keys::new(open(&folder).await);
    keys.save_changes(of(&session)).await.expect("made");
    assert_eq!(kept(&folder, &session).await, 0, "a kill leaves it as it was");
    let rest = Changes { next_batch_token: Some("2".into()), ..of(&session) };
    keys.save_changes(rest).await.expect("the rest of the answer");
    assert_eq!(kept(&folder, &session).await, 1);
    assert_eq!(open(&folder).await.next_batch_token().await.expect("where"), Some("2".into()));
}

#[tokio::test]
async fn it_is_kept_once_it_is_used_or_asked_for_and_with_the_account_and_the_end() {
    for way in 0..4 {
        let folder = tempfile::tempdir().expect("a folder");
        let session = with_account(&folder).await;
        let keys = Keys::new(open(&folder).await);
        keys.save_changes(of(&session)).await.expect("made");
        match way {
            // It is used: nothing is sent with it before that is kept.
            0 => keys.save_changes(of(&session)).await.expect("used"),
            1 => keys.save_pending_changes(PendingChanges { account: None }).await.expect("saved"),
            2 => {
                let asked = keys.get_sessions(&session.sender_key().to_base64()).await;
                assert_eq!(asked.expect("sessions").map(|found| found.len()), Some(1));
            }
            _ => keys.close().await.expect("closed"),
        }
        assert_eq!(kept(&folder, &session).await, 1, "way {way}");
    }
}

#[tokio::test]
async fn what_else_is_saved_at_that_instant_does_not_take_it_along() {
    let (folder, others) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir());
    let session = with_account(&folder).await;
    let other = with_account(&others.expect("a folder")).await;
    let keys = Keys::new(open(&folder).await);
    keys.save_changes(of(&other)).await.expect("made");
    keys.save_changes(of(&session)).await.expect("made");
    // Another's session is used, and a key of her own is made.
    keys.save_changes(of(&other)).await.expect("used");
    keys.save_changes(Changes::default()).await.expect("saved");
    let found = [kept(&folder, &session).await, kept(&folder, &other).await];
    assert_eq!(found, [0, 1], "a kill leaves the one as it was, and keeps the other");
    let rest = Changes { next_batch_token: Some("2".into()), ..Changes::default() };
    keys.save_changes(rest).await.expect("the rest of the answer");
    assert_eq!(kept(&folder, &session).await, 1);
}
