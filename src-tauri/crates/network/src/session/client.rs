//! A client of Matrix's, set as Fristed needs it.

use std::net::{IpAddr, Ipv4Addr};
use std::path::{Path, PathBuf};
use std::time::Duration;

use matrix_sdk::config::{RequestConfig, StoreConfig};
use matrix_sdk::cross_process_lock::CrossProcessLockConfig;
use matrix_sdk::encryption::{BackupDownloadStrategy, EncryptionSettings};
use matrix_sdk::{
    Client, ClientBuildError, ClientBuilder, SqliteCryptoStore, SqliteEventCacheStore,
    SqliteMediaStore, SqliteStateStore, SqliteStoreConfig,
};
use matrix_sdk_base::crypto::{CollectStrategy, DecryptionSettings, TrustRequirement};
use url::{Host, Url};
use zeroize::Zeroizing;

use super::store::Keys;
use crate::error::{NetworkError, Result};

/// How long one request may take. A request that waits for news has its own time on top.
pub(super) const TIMEOUT: Duration = Duration::from_secs(30);

/// How many at once may read what the sdk keeps: what is shown, what is sent and what comes.
const CONNECTIONS: usize = 4;

/// A vault is open in one process at a time.
const ALONE: CrossProcessLockConfig = CrossProcessLockConfig::SingleProcess;

/// What the server sees of the program's name and of this computer's.
pub(super) const PROGRAM: &str = "Fristed";

/// Where the keys of one computer's sign-in lie, and what they are encrypted with.
///
/// The folder's name is drawn anew at each sign-in and is noted in the vault; so a vault that came
/// from a backup finds no keys here that are another computer's.
pub(super) struct KeyPlace {
    folder: PathBuf,
    key: Zeroizing<[u8; 32]>,
}

impl KeyPlace {
    /// The place with this mark below `matrix/` in the vault's folder.
    pub(super) fn new(vault: &Path, mark: &[u8; 16], key: &[u8; 32]) -> Self {
        let name: String = mark.iter().map(|byte| format!("{byte:02x}")).collect();
        Self { folder: all(vault).join(name), key: Zeroizing::new(*key) }
    }

    /// Whether the sign-in was made on this computer and in this folder.
    pub(super) fn is_there(&self) -> bool {
        self.folder.join("matrix-sdk-crypto.sqlite3").is_file()
    }

    /// Removes the keys from the disk.
    pub(super) fn remove(&self) -> std::io::Result<()> {
        remove(&self.folder)
    }

    /// Removes what other sign-ins left behind: one that was broken off, or a copied vault's.
    pub(super) fn remove_others(&self) {
        let Some(entries) = self.folder.parent().and_then(|all| std::fs::read_dir(all).ok()) else {
            return;
        };
        for other in entries.filter_map(|entry| entry.ok().map(|entry| entry.path())) {
            if other != self.folder {
                drop(std::fs::remove_dir_all(other));
            }
        }
    }
}

/// Removes every sign-in's keys from the disk.
pub(super) fn remove_all(vault: &Path) -> std::io::Result<()> {
    remove(&all(vault))
}

fn remove(folder: &Path) -> std::io::Result<()> {
    match std::fs::remove_dir_all(folder) {
        Err(gone) if gone.kind() == std::io::ErrorKind::NotFound => Ok(()),
        done => done,
    }
}

/// Where every sign-in's keys lie.
fn all(vault: &Path) -> PathBuf {
    vault.join("matrix")
}

/// A client that keeps its keys in this place.
pub(super) async fn keeping(server: &Url, place: &KeyPlace) -> Result<Client> {
    std::fs::create_dir_all(&place.folder)?;
    let store = SqliteStoreConfig::with_low_memory_config(&place.folder)
        .pool_max_size(CONNECTIONS)
        .key(Some(&place.key));
    let stores = stores(store).await.map_err(NetworkError::from_build)?;
    let builder = settings().homeserver_url(server.as_str()).store_config(stores);
    builder.build().await.map_err(NetworkError::from_build)
}

/// What the sdk keeps, as it would by itself, but for its keys ([`Keys`]).
async fn stores(at: SqliteStoreConfig) -> Result<StoreConfig, ClientBuildError> {
    let (state, events, media, keys) = tokio::try_join!(
        SqliteStateStore::open_with_config(&at),
        SqliteEventCacheStore::open_with_config(&at),
        SqliteMediaStore::open_with_config(&at),
        SqliteCryptoStore::open_with_config(&at),
    )?;
    Ok(StoreConfig::new(ALONE)
        .state_store(state)
        .event_cache_store(events)
        .media_store(media)
        .crypto_store(Keys::new(keys)))
}

/// A client that keeps nothing, to ask a server what it is.
pub(super) async fn passing(address: &str) -> Result<Client> {
    let builder = settings().server_name_or_homeserver_url(checked(address)?);
    builder.build().await.map_err(NetworkError::from_build)
}

fn settings() -> ClientBuilder {
    Client::builder()
        .user_agent(PROGRAM)
        .cross_process_store_config(ALONE)
        // The outbox and the listener know better when to try again.
        .request_config(RequestConfig::new().timeout(TIMEOUT).disable_retry())
        // The server that was looked at and agreed to is the one that is used.
        .respect_login_well_known(false)
        .handle_refresh_tokens()
        .with_encryption_settings(EncryptionSettings {
            // Both are done in `keys`, which keeps what opens them in the vault.
            auto_enable_cross_signing: false,
            auto_enable_backups: false,
            backup_download_strategy: BackupDownloadStrategy::AfterDecryptionFailure,
        })
        .with_room_key_recipient_strategy(CollectStrategy::IdentityBasedStrategy)
        .with_decryption_settings(DecryptionSettings {
            // A key from the backup tells not whose it was; `take` judges where one is accepted.
            sender_device_trust_requirement: TrustRequirement::CrossSignedOrLegacy,
        })
        .with_enable_share_history_on_invite(false)
}

/// The address as typed, where it may be asked: over TLS, or on this computer.
///
/// # Errors
/// [`NetworkError::AddressRefused`].
pub(super) fn checked(typed: &str) -> Result<String> {
    let typed = typed.trim();
    if !typed.contains("://") {
        let plain = !typed.is_empty() && !typed.contains(['/', '@', ' ', '?', '#']);
        return if plain { Ok(typed.to_owned()) } else { Err(NetworkError::AddressRefused) };
    }
    let url = Url::parse(typed).map_err(|_| NetworkError::AddressRefused)?;
    let bare = url.username().is_empty() && url.password().is_none() && url.query().is_none();
    let allowed = match url.scheme() {
        "https" => true,
        "http" => is_here(&url),
        _ => false,
    };
    if allowed && bare { Ok(url.into()) } else { Err(NetworkError::AddressRefused) }
}

/// Opens a page of the server's in the browser: over TLS, or on this computer, and nothing that
/// would start another program.
///
/// # Errors
/// [`NetworkError::AddressRefused`], [`NetworkError::NoBrowser`].
pub(super) fn show(page: &str, open: &(dyn Fn(&str) -> bool + Sync)) -> Result<()> {
    let url = Url::parse(page).map_err(|_| NetworkError::AddressRefused)?;
    match url.scheme() {
        "https" => {}
        "http" if is_here(&url) => {}
        _ => return Err(NetworkError::AddressRefused),
    }
    if open(url.as_str()) { Ok(()) } else { Err(NetworkError::NoBrowser) }
}

/// Whether an address is this computer's own.
fn is_here(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(ip)) => ip.is_loopback(),
        Some(Host::Ipv6(ip)) => IpAddr::V6(ip).is_loopback(),
        Some(Host::Domain(name)) => name == "localhost" || name == Ipv4Addr::LOCALHOST.to_string(),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_is_asked_over_tls_or_on_this_computer_alone() {
        for good in [
            "kommune.dk",
            "https://matrix.kommune.dk",
            "http://127.0.0.1:8008",
            "http://localhost:1",
        ] {
            assert!(checked(good).is_ok(), "{good}");
        }
        for bad in [
            "",
            "http://kommune.dk",
            "ftp://kommune.dk",
            "file:///etc/passwd",
            "https://karla:hemmeligt@kommune.dk",
            "kommune.dk/sti",
            "@karla:kommune.dk",
        ] {
            assert!(matches!(checked(bad), Err(NetworkError::AddressRefused)), "{bad}");
        }
    }

    #[test]
    fn a_page_of_the_servers_is_opened_and_no_program_started() {
        let opens = |page: &str| show(page, &|_| true).is_ok();
        assert!(opens("https://login.kommune.dk/a?b=c") && opens("http://127.0.0.1:8080/"));
        for bad in ["http://kommune.dk/", "file:///etc/passwd", "mailto:a@b.dk", "x-prog:y", ""] {
            assert!(!opens(bad), "{bad}");
        }
        assert!(matches!(show("https://a.dk", &|_| false), Err(NetworkError::NoBrowser)));
    }

    #[test]
    fn what_other_sign_ins_left_is_removed_and_this_one_stays() {
        let vault = tempfile::tempdir().unwrap();
        let mine = KeyPlace::new(vault.path(), &[1; 16], &[0; 32]);
        let other = KeyPlace::new(vault.path(), &[2; 16], &[0; 32]);
        for place in [&mine, &other] {
            std::fs::create_dir_all(&place.folder).unwrap();
            std::fs::write(place.folder.join("matrix-sdk-crypto.sqlite3"), "").unwrap();
        }
        mine.remove_others();
        assert!(mine.is_there());
        assert!(!other.is_there());
        mine.remove().unwrap();
        mine.remove().unwrap();
        assert!(!mine.is_there());
    }
}
