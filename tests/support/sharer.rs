//! A leader with her program open, who shares: the same use cases as behind the window.
//!
//! The program runs in the test's own process, so that a test can hear of each change and waits
//! for what it waits for, and for nothing else.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Condvar, Mutex, OnceLock, PoisonError};
use std::time::{Duration, Instant};

use chrono::{Local, TimeDelta};
use fristed_app::wire::sharing::{
    Connection, FeedItem, FeedThread, Identity, ShareDraft, SharedNetwork, Standing, Trust,
};
use fristed_app::wire::{AppStatus, Entry, NewEntry, Text};
use fristed_app::{Directories, Fristed, KeyCost};
use fristed_base::{Moment, Secret};
use tempfile::TempDir;

use crate::canary;
use crate::synapse::Synapse;

/// How long something may take that passes through a server.
const PATIENCE: Duration = Duration::from_secs(60);

/// The passphrase of every leader's vault here.
pub const PASSPHRASE: &str = "Syv svaner svømmer stille om søndagen";

/// A leader with her program open.
pub struct Sharer {
    /// Her first name.
    pub name: &'static str,
    /// Her password at the server.
    pub password: String,
    program: Fristed,
    home: PathBuf,
    /// What removes her home with her, where it is hers for a test alone.
    _kept: Option<TempDir>,
    heard: Arc<Heard>,
    ahead: Arc<AtomicI64>,
    /// Her recovery key, where her vault was made here.
    recovery: OnceLock<Secret>,
}

#[derive(Default)]
struct Heard {
    times: Mutex<u64>,
    again: Condvar,
}

impl Sharer {
    /// A leader who has just made her vault, and is signed in nowhere.
    ///
    /// # Panics
    /// Where that fails.
    #[must_use]
    pub fn new(name: &'static str) -> Self {
        let home = tempfile::Builder::new().prefix("fristed-sharer-").tempdir().expect("a home");
        let at = Self::at(name, home.path());
        let leader = Self { _kept: Some(home), ..at };
        leader.begins();
        leader
    }

    /// Makes her vault.
    ///
    /// # Panics
    /// Where that fails.
    pub fn begins(&self) {
        let key = self.program.first_run_key();
        let passphrase = Secret::new(PASSPHRASE.to_owned());
        let made =
            self.program.first_run_finish(&self.vault(), &passphrase, false, &key, self.now());
        made.expect("a vault is made");
        self.recovery.get_or_init(|| key);
    }

    /// A leader in a home that stays, with whatever vault is in it, locked.
    #[must_use]
    pub fn at(name: &'static str, home: &Path) -> Self {
        let directories = Directories { config: home.join("config"), vault: home.join("vault") };
        let program =
            Fristed::new(directories, None, KeyCost::Floor).in_zone(chrono_tz::Europe::Copenhagen);
        let (heard, ahead): (Arc<Heard>, Arc<AtomicI64>) = Default::default();
        let (told, at) = (Arc::clone(&heard), Arc::clone(&ahead));
        program.sharing_allow(
            move || moment(at.load(Ordering::Relaxed)),
            move || {
                *told.times.lock().unwrap_or_else(PoisonError::into_inner) += 1;
                told.again.notify_all();
            },
        );
        let password = format!("{name}-Kastanje-Vinter-{}", name.len());
        let (home, recovery) = (home.to_owned(), OnceLock::new());
        Self { name, password, program, home, _kept: None, heard, ahead, recovery }
    }

    /// A leader of the server's with her program open, signed in and known for herself.
    ///
    /// # Panics
    /// Where that fails.
    #[must_use]
    pub fn of(server: &Synapse, name: &'static str) -> Self {
        Self::of_by(server, name, &server.url())
    }

    /// The same, by another address, as through a proxy.
    ///
    /// # Panics
    /// As [`Sharer::of`].
    #[must_use]
    pub fn of_by(server: &Synapse, name: &'static str, url: &str) -> Self {
        let leader = Self::new(name);
        let user = server.user(&name.to_lowercase(), &leader.password);
        assert_eq!(user, format!("@{}:{}", name.to_lowercase(), server.server_name()));
        leader.signs_in(url);
        leader
    }

    /// Signs in, and waits until her computer is known for hers.
    ///
    /// # Panics
    /// Where that fails.
    pub fn signs_in(&self, url: &str) {
        let password = Secret::new(self.password.clone());
        let user = self.name.to_lowercase();
        let signed_in = self.program.sharing_sign_in(url, &user, password, self.now());
        signed_in.expect("she signs in");
        self.until("she is known for herself", |program| {
            let status = program.sharing_status().ok()?;
            let there = status.connection == Connection::Online;
            (there && status.identity == Identity::Ready).then_some(())
        });
    }

    /// Her address.
    ///
    /// # Panics
    /// Where she is signed in nowhere.
    #[must_use]
    pub fn user(&self) -> String {
        self.program.sharing_status().expect("her status").account.expect("an account").user
    }

    /// The program, for what has no words here.
    #[must_use]
    pub const fn program(&self) -> &Fristed {
        &self.program
    }

    /// The folder of her vault.
    #[must_use]
    pub fn vault(&self) -> PathBuf {
        self.home.join("vault")
    }

    /// Her home.
    #[must_use]
    pub fn home(&self) -> &Path {
        &self.home
    }

    /// Her vault as it is now, locked, on another computer: without what belongs to the first one
    /// alone, as a backup has it.
    ///
    /// # Panics
    /// Where it cannot be copied or does not open.
    #[must_use]
    pub fn on_a_new_computer(&self) -> Self {
        let home = tempfile::Builder::new().prefix("fristed-sharer-").tempdir().expect("a home");
        let there = home.path().join("vault");
        let files = walkdir::WalkDir::new(self.vault())
            .into_iter()
            .filter_entry(|entry| entry.file_name() != "matrix");
        for file in files.filter_map(Result::ok) {
            let inside = file.path().strip_prefix(self.vault()).expect("inside");
            let to = there.join(inside);
            if file.file_type().is_dir() {
                std::fs::create_dir_all(to).expect("a folder");
            } else {
                std::fs::copy(file.path(), to).expect("a file");
            }
        }
        let at = Self::at(self.name, home.path());
        let other = Self { password: self.password.clone(), _kept: Some(home), ..at };
        let key = self.recovery.get().expect("her vault was made here");
        other.program.unlock_recovery(key, other.now()).expect("it opens");
        other
    }

    /// Where in her home a text lies in clear.
    #[must_use]
    pub fn traces_of(&self, text: &str) -> Vec<String> {
        canary::traces(self.home(), text)
    }

    /// What her clock shows.
    #[must_use]
    pub fn now(&self) -> Moment {
        moment(self.ahead.load(Ordering::Relaxed))
    }

    /// Lets her clock go on.
    pub fn waits(&self, seconds: i64) {
        self.ahead.fetch_add(seconds, Ordering::Relaxed);
    }

    /// Locks the vault, as at the end of a day.
    pub fn locks(&self) -> AppStatus {
        self.program.lock()
    }

    /// Opens it again.
    ///
    /// # Panics
    /// Where it does not open.
    pub fn opens(&self) {
        let passphrase = Secret::new(PASSPHRASE.to_owned());
        self.program.unlock_passphrase(&passphrase, self.now()).expect("it opens");
    }

    /// How often the program said that something changed.
    #[must_use]
    pub fn told(&self) -> u64 {
        *self.heard.times.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits until the program said once more that something changed, at most for so long.
    pub fn hears(&self, than: u64, within: Duration) {
        let heard = self.heard.times.lock().unwrap_or_else(PoisonError::into_inner);
        drop(self.heard.again.wait_timeout_while(heard, within, |times| *times == than));
    }

    /// Waits until something is so, asking each time that something changed.
    ///
    /// # Panics
    /// Where it is not so within a minute; `what` says what was waited for.
    pub fn until<T>(&self, what: &str, is_so: impl Fn(&Fristed) -> Option<T>) -> T {
        let begun = Instant::now();
        loop {
            let before = self.told();
            if let Some(found) = is_so(&self.program) {
                return found;
            }
            let waited = begun.elapsed();
            assert!(
                waited < PATIENCE,
                "{} waits in vain: {what}. {:?}",
                self.name,
                (
                    self.program.sharing_status().map(|it| (
                        it.connection,
                        it.identity,
                        it.trouble
                    )),
                    self.program.feed(None, 0, 20, self.now()).map(|feed| {
                        feed.items
                            .into_iter()
                            .map(|it| (it.kind, it.state, it.sending))
                            .collect::<Vec<_>>()
                    })
                )
            );
            self.hears(before, Duration::from_secs(1).min(PATIENCE - waited));
        }
    }

    /// Makes a network and makes it shared; gives its room.
    ///
    /// # Panics
    /// Where that fails.
    pub fn founds(&self, network: &str) -> String {
        let form = fristed_app::wire::network::NetworkForm {
            name: network.to_owned(),
            purpose: String::new(),
            colour: fristed_app::wire::calendar::Colour::Green,
            rhythm: String::new(),
            title_contains: String::new(),
        };
        let made = self.program.network_create(form, self.now()).expect("a network");
        self.program.network_connect(&made.id, false, self.now()).expect("it is shared").room
    }

    /// Invites another, who accepts; both know of it when this returns.
    ///
    /// # Panics
    /// Where that fails.
    pub fn lets_in(&self, room: &str, other: &Self) {
        self.program.invite(room, &other.user()).expect("an invitation");
        other.network(room, |it| it.standing == Standing::Invited);
        other.program.invitation_answer(room, true, None, other.now()).expect("she accepts");
        other.network(room, |it| it.standing == Standing::Joined && it.peers.len() > 1);
        // Whose identity is not known yet would not be shown as a reader.
        for (one, peer) in [(self, other.user()), (other, self.user())] {
            one.network(room, |it| {
                let found = it.peers.iter().find(|known| known.user == peer);
                found.is_some_and(|it| !it.invited && it.trust != Trust::NoIdentity)
            });
        }
    }

    /// Waits until a network is so.
    pub fn network(&self, room: &str, is_so: impl Fn(&SharedNetwork) -> bool) -> SharedNetwork {
        self.until("a network", |program| {
            let all = program.shared_networks().ok()?;
            all.into_iter().find(|it| it.room == room).filter(|it| is_so(it))
        })
    }

    /// Writes an entry; gives it.
    ///
    /// # Panics
    /// Where that fails.
    #[must_use]
    pub fn writes(&self, title: &str, body: &str) -> Entry {
        let new = NewEntry {
            title: title.to_owned(),
            body: body.to_owned(),
            tags: Vec::new(),
            template: None,
            day: None,
        };
        self.program.entry_create(new, self.now()).expect("an entry")
    }

    /// Changes an entry's text.
    ///
    /// # Panics
    /// Where that fails.
    pub fn rewrites(&self, entry: &Entry, body: &str) {
        let now = self.program.entry_get(&entry.id).expect("the entry");
        let text = Text { title: now.title, body: body.to_owned(), version: now.version };
        self.program.entry_save(&entry.id, text, self.now()).expect("it is saved");
    }

    /// What she would share of an entry: all of it.
    #[must_use]
    pub fn draft(entry: &Entry, room: &str) -> ShareDraft {
        ShareDraft {
            entry: entry.id.clone(),
            room: room.to_owned(),
            title: entry.title.clone(),
            body: entry.body.clone(),
            excerpt: false,
            tell_day: false,
            attachments: Vec::new(),
        }
    }

    /// Who is shown to her as reading it.
    ///
    /// # Panics
    /// Where nothing can be shown.
    #[must_use]
    pub fn readers(&self, draft: &ShareDraft) -> Vec<String> {
        let preview = self.program.share_preview(draft.clone(), self.now()).expect("a preview");
        preview.readers.into_iter().map(|peer| peer.user).collect()
    }

    /// Chooses to share something with those who are shown to her; it can be called back still.
    ///
    /// # Panics
    /// Where that fails.
    pub fn chooses(&self, draft: ShareDraft) -> FeedItem {
        let readers = self.readers(&draft);
        self.program.share(draft, readers, self.now()).expect("it is shared")
    }

    /// Shares something and waits until it was sent.
    ///
    /// # Panics
    /// Where that fails.
    pub fn shares(&self, draft: ShareDraft) -> FeedItem {
        let item = self.chooses(draft);
        self.waits(11);
        self.sends(&item.id)
    }

    /// Waits until what she wishes with an item was done at the server.
    ///
    /// # Panics
    /// Where that fails.
    pub fn sends(&self, item: &str) -> FeedItem {
        use fristed_app::wire::sharing::Sending;
        self.program.sharing_send().expect("she is signed in");
        self.until("it is sent", |program| {
            let thread = program.feed_thread(item, self.now()).ok()?;
            let all = std::iter::once(thread.item).chain(thread.replies);
            all.into_iter()
                .find(|it| it.id == item)
                .filter(|it| matches!(it.sending, Some(Sending::Sent)))
        })
    }

    /// Waits until something with this title is in the network's feed and is so.
    pub fn reads(&self, room: &str, title: &str, is_so: impl Fn(&FeedItem) -> bool) -> FeedItem {
        self.until(&format!("something in the feed called {title}"), |program| {
            let feed = program.feed(Some(room), 0, 100, self.now()).ok()?;
            feed.items.into_iter().find(|item| item.title == title && is_so(item))
        })
    }

    /// Waits until a thread is so.
    pub fn thread(&self, item: &str, is_so: impl Fn(&FeedThread) -> bool) -> FeedThread {
        self.until("a thread", |program| {
            program.feed_thread(item, self.now()).ok().filter(|it| is_so(it))
        })
    }

    /// Everything in a network's feed.
    ///
    /// # Panics
    /// Where it cannot be read.
    #[must_use]
    pub fn feed(&self, room: &str) -> Vec<FeedItem> {
        self.program.feed(Some(room), 0, 1000, self.now()).expect("the feed").items
    }
}

fn moment(ahead: i64) -> Moment {
    let now = Local::now().fixed_offset();
    Moment::new(now.checked_add_signed(TimeDelta::seconds(ahead)).unwrap_or(now))
}
