//! A network, or a server, that does its worst: between Fristed and the Matrix server, over plain
//! HTTP on this computer.
//!
//! A test says of which requests, how often and what. Everything else goes through as it is. Every
//! byte that comes in from either side is remembered. An answer is passed on when it is whole.

mod fault;
mod relay;

use std::sync::{Arc, Condvar, Mutex, MutexGuard};
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::chance::Chance;
use crate::listening::Listening;
use crate::message::Message;
pub use fault::{Answered, Fault};

/// The proxy, until it is dropped.
#[derive(Debug)]
pub struct Interference {
    listening: Listening,
    shared: Arc<Shared>,
}

/// Which requests something is done to.
#[derive(Debug, Clone, Default)]
pub struct Which {
    method: Option<&'static str>,
    part: String,
    skipped: u32,
    times: Option<u32>,
}

/// A request and what came of it.
#[derive(Debug, Clone)]
pub struct Exchange {
    /// The method.
    pub method: String,
    /// The path with its query.
    pub path: String,
    /// The request's body.
    pub request: Vec<u8>,
    /// The status of what was passed on; none where nothing was.
    pub status: Option<u16>,
    /// The body of what was passed on.
    pub answer: Vec<u8>,
    /// Whether anything was done to it.
    pub disturbed: bool,
}

type Rewrite = Box<dyn FnMut(&mut Value) + Send>;

enum Deed {
    Fault(Fault, Option<Chance>),
    Rewrite(Rewrite),
}

struct Rule {
    which: Which,
    deed: Deed,
}

#[derive(Default)]
struct State {
    rules: Vec<Rule>,
    exchanges: Vec<Exchange>,
    asked: Vec<u8>,
    answered: Vec<u8>,
    unreachable: bool,
}

/// What the connections have in common.
#[derive(Default)]
struct Shared {
    state: Mutex<State>,
    changed: Condvar,
}

impl std::fmt::Debug for Shared {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Shared").finish_non_exhaustive()
    }
}

impl Which {
    /// Every request.
    #[must_use]
    pub fn any() -> Self {
        Self::default()
    }

    /// Those with these words in their path or query: `/sync`, `/keys/query`, `/sendToDevice/`.
    #[must_use]
    pub fn with(part: &str) -> Self {
        Self { part: part.to_owned(), ..Self::default() }
    }

    /// Of those only the ones of this method.
    #[must_use]
    pub const fn by(mut self, method: &'static str) -> Self {
        self.method = Some(method);
        self
    }

    /// Of those only the first so many.
    #[must_use]
    pub const fn times(mut self, times: u32) -> Self {
        self.times = Some(times);
        self
    }

    /// Of those not the first so many.
    #[must_use]
    pub const fn after(mut self, skipped: u32) -> Self {
        self.skipped = skipped;
        self
    }

    fn fits(&self, method: &str, path: &str) -> bool {
        self.method.is_none_or(|one| one == method) && path.contains(&self.part)
    }

    /// Whether it is one of these, which counts.
    fn counts(&mut self, request: &Message) -> bool {
        if !self.fits(request.method(), request.path()) || self.times == Some(0) {
            return false;
        }
        if self.skipped > 0 {
            self.skipped -= 1;
            return false;
        }
        self.times = self.times.map(|times| times - 1);
        true
    }
}

impl Interference {
    /// Before a server on this port. All goes through at first.
    ///
    /// # Panics
    /// Where there is no port.
    #[must_use]
    pub fn before(server: u16) -> Self {
        let shared = Arc::<Shared>::default();
        let of = Arc::clone(&shared);
        let listening = Listening::start(move |client| relay::connection(client, server, &of));
        Self { listening, shared }
    }

    /// The port that it answers on.
    #[must_use]
    pub const fn port(&self) -> u16 {
        self.listening.port()
    }

    /// The address through it: without a slash at its end.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port())
    }

    /// Does this to those requests from now on. What was said first comes first.
    pub fn does(&self, which: Which, fault: Fault) {
        let chance = match &fault {
            Fault::Some { seed, .. } => Some(Chance::new(*seed)),
            _ => None,
        };
        self.shared.lock().rules.push(Rule { which, deed: Deed::Fault(fault, chance) });
    }

    /// Rewrites the JSON that the server answers to those requests from now on.
    pub fn rewrites(&self, which: Which, rewrite: impl FnMut(&mut Value) + Send + 'static) {
        let deed = Deed::Rewrite(Box::new(rewrite));
        self.shared.lock().rules.push(Rule { which, deed });
    }

    /// Lets everything through again.
    pub fn calms(&self) {
        let mut state = self.shared.lock();
        state.rules.clear();
        state.unreachable = false;
        self.shared.changed.notify_all();
    }

    /// Nobody answers, and whoever waits is cut off, until [`Interference::calms`].
    pub fn cuts_off(&self) {
        self.shared.lock().unreachable = true;
        self.shared.changed.notify_all();
    }

    /// What was asked through it by now, in the order in which it ended.
    #[must_use]
    pub fn exchanges(&self) -> Vec<Exchange> {
        self.shared.lock().exchanges.clone()
    }

    /// Waits until so many of those requests have ended, from the first on.
    #[must_use]
    pub fn sees(&self, which: &Which, count: usize, within: Duration) -> bool {
        let begun = Instant::now();
        let mut state = self.shared.lock();
        loop {
            let all = state.exchanges.iter();
            if all.filter(|one| which.fits(&one.method, &one.path)).count() >= count {
                return true;
            }
            let Some(left) = within.checked_sub(begun.elapsed()) else { return false };
            state = self.shared.changed.wait_timeout(state, left).expect("the state").0;
        }
    }

    /// Every byte that was asked, before anything was done to it.
    #[must_use]
    pub fn asked(&self) -> Vec<u8> {
        self.shared.lock().asked.clone()
    }

    /// Every byte that the server answered, before anything was done to it.
    #[must_use]
    pub fn answered(&self) -> Vec<u8> {
        self.shared.lock().answered.clone()
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().expect("the state")
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::feed::Feed;
    use crate::plain_http::Request;

    fn network() -> (Feed, Interference) {
        let feed = Feed::start();
        feed.answers("/a", "200 OK", &["Content-Type: application/json"], br#"{"members": 3}"#);
        let port = feed.port();
        (feed, Interference::before(port))
    }

    fn asks(network: &Interference) -> Option<(u16, String)> {
        let answer = Request::new(network.port(), "GET", "/a").try_send().ok()?;
        Some((answer.status, answer.text()))
    }

    #[test]
    fn what_is_not_meddled_with_goes_through() {
        let (feed, network) = network();
        assert_eq!(asks(&network), Some((200, r#"{"members": 3}"#.to_owned())));
        assert!(network.sees(&Which::with("/a").by("GET"), 1, Duration::from_secs(5)));
        assert!(String::from_utf8_lossy(&network.asked()).starts_with("GET /a HTTP/1.1"));
        assert!(String::from_utf8_lossy(&network.answered()).ends_with(r#"{"members": 3}"#));
        assert_eq!(feed.asked().len(), 1);
    }

    #[test]
    fn each_fault_does_what_it_says_and_no_more_often() {
        for (fault, got, asked) in [
            (Fault::Lost, None, 0),
            (Fault::AnswerLost, None, 1),
            (Fault::AnswerCut(30), None, 1),
            (Fault::Late(Duration::from_millis(1)), Some(200), 1),
            (Fault::too_many(Duration::from_secs(2)), Some(429), 0),
            (Fault::bad_gateway(502), Some(502), 0),
            (Fault::Nonsense(b"\0\0".to_vec()), None, 0),
            (Fault::Silence(Duration::from_millis(1)), None, 0),
            (Fault::Twice, Some(200), 2),
            (Fault::Overtaken(Duration::from_millis(1)), Some(200), 1),
        ] {
            let (feed, network) = network();
            network.does(Which::with("/a").times(1), fault.clone());
            assert_eq!(asks(&network).map(|(status, _)| status), got, "{fault:?}");
            assert_eq!(feed.asked().len(), asked, "{fault:?}");
            assert!(network.exchanges().iter().all(|one| one.disturbed), "{fault:?}");
            assert_eq!(asks(&network).map(|(status, _)| status), Some(200), "after {fault:?}");
        }
    }

    #[test]
    fn answers_are_rewritten_from_the_one_that_is_meant() {
        let (_feed, network) = network();
        network.rewrites(Which::any().after(1), |json| json["members"] = json!(4));
        let texts = [asks(&network), asks(&network)].map(|got| got.map(|(_, text)| text));
        assert_eq!(texts, [Some(r#"{"members": 3}"#.into()), Some(r#"{"members":4}"#.into())]);
    }

    #[test]
    fn whoever_waits_is_cut_off_and_comes_back() {
        let (_feed, network) = network();
        network.does(Which::any().times(1), Fault::Silence(Duration::from_secs(600)));
        std::thread::scope(|scope| {
            let waiting = scope.spawn(|| asks(&network));
            while network.asked().is_empty() {
                std::thread::yield_now();
            }
            network.cuts_off();
            assert_eq!(waiting.join().expect("it ends"), None);
        });
        assert_eq!(asks(&network), None);
        network.calms();
        assert!(asks(&network).is_some());
    }

    #[test]
    fn the_same_seed_gives_the_same_weather() {
        let tries = |seed| {
            let (_feed, network) = network();
            network.does(Which::any(), Fault::weather(50, seed));
            let got: Vec<_> = (0..20).map(|_| asks(&network).map(|(status, _)| status)).collect();
            got
        };
        assert_eq!(tries(7), tries(7));
        assert_ne!(tries(7), tries(8));
    }
}
