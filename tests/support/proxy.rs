//! A network that can be broken: it stands between a leader and her server.

use std::io::{Read as _, Write as _};
use std::net::{Shutdown, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use crate::listening::Listening;

/// What the network does to what goes through it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Weather {
    /// Everything goes through.
    Fair,
    /// Nobody answers.
    Down,
    /// Every connection is cut after so many bytes of answers.
    CutAfter(u64),
    /// Every piece of an answer comes so much later.
    Slow(Duration),
    /// A request of this method reaches the server, and its answer reaches nobody.
    KeepAnswerTo(&'static str),
    /// A request with this word in it is answered with 501, as by a server that does not know it.
    Refuse(&'static str),
}

/// A proxy on a port of its own, until it is dropped.
pub struct Proxy {
    listening: Listening,
    weather: Arc<Mutex<Weather>>,
    kept: Mutex<Receiver<()>>,
    asked: Arc<Mutex<Vec<u8>>>,
}

impl Proxy {
    /// Before a server on this port.
    ///
    /// # Panics
    /// Where there is no port.
    #[must_use]
    pub fn before(server: u16) -> Self {
        let weather = Arc::new(Mutex::new(Weather::Fair));
        let asked = Arc::default();
        let (tell, kept) = channel();
        let of = (Arc::clone(&weather), Arc::clone(&asked));
        let serve = move |client| connect(&client, server, &of.0, &of.1, &tell);
        Self { listening: Listening::start(serve), weather, kept: Mutex::new(kept), asked }
    }

    /// The address through it.
    #[must_use]
    pub fn address(&self) -> String {
        format!("http://127.0.0.1:{}/", self.listening.port())
    }

    /// The port that it answers on.
    #[must_use]
    pub const fn port(&self) -> u16 {
        self.listening.port()
    }

    /// Changes what it does.
    ///
    /// # Panics
    /// Where a thread of it panicked.
    pub fn weather(&self, weather: Weather) {
        *self.weather.lock().expect("the weather") = weather;
    }

    /// Waits until an answer was kept back; false where none was within the time.
    ///
    /// # Panics
    /// Where a thread of it panicked.
    #[must_use]
    pub fn kept_one(&self, within: Duration) -> bool {
        self.kept.lock().expect("what was kept").recv_timeout(within).is_ok()
    }

    /// Every byte that was asked through it.
    ///
    /// # Panics
    /// Where a thread of it panicked.
    #[must_use]
    pub fn asked(&self) -> Vec<u8> {
        self.asked.lock().expect("what was asked").clone()
    }
}

fn connect(
    client: &TcpStream,
    server: u16,
    weather: &Arc<Mutex<Weather>>,
    asked: &Arc<Mutex<Vec<u8>>>,
    tell: &Sender<()>,
) {
    let now = weather.lock().expect("the weather").clone();
    let server = match now {
        Weather::Down => None,
        _ => TcpStream::connect(("127.0.0.1", server)).ok(),
    };
    let Some(server) = server else {
        drop(client.shutdown(Shutdown::Both));
        return;
    };
    let keeping = Arc::new(AtomicBool::new(false));
    let (Ok(from), Ok(to)) = (client.try_clone(), server.try_clone()) else { return };
    let asking = {
        let (weather, keeping, asked) =
            (Arc::clone(weather), Arc::clone(&keeping), Arc::clone(asked));
        thread::spawn(move || ask(from, to, &weather, &keeping, &asked))
    };
    answer(&server, client, weather, &keeping, tell);
    drop(client.shutdown(Shutdown::Both));
    drop(server.shutdown(Shutdown::Both));
    drop(asking.join());
}

/// Carries what is asked.
fn ask(
    mut from: TcpStream,
    mut to: TcpStream,
    weather: &Mutex<Weather>,
    keeping: &AtomicBool,
    asked: &Mutex<Vec<u8>>,
) {
    let mut bytes = [0; 16 * 1024];
    while let Ok(read @ 1..) = from.read(&mut bytes) {
        let piece = &bytes[..read];
        asked.lock().expect("what was asked").extend_from_slice(piece);
        match weather.lock().expect("the weather").clone() {
            Weather::KeepAnswerTo(method) if piece.starts_with(format!("{method} ").as_bytes()) => {
                keeping.store(true, Ordering::Relaxed);
            }
            Weather::Refuse(word)
                if piece.windows(word.len()).any(|part| part == word.as_bytes()) =>
            {
                let no = b"HTTP/1.1 501 No\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
                drop(from.write_all(no));
                drop(to.shutdown(Shutdown::Both));
                return;
            }
            _ => {}
        }
        if to.write_all(piece).is_err() {
            return;
        }
    }
    drop(to.shutdown(Shutdown::Write));
}

/// Carries what is answered, as the weather is.
fn answer(
    mut from: &TcpStream,
    mut to: &TcpStream,
    weather: &Mutex<Weather>,
    keeping: &AtomicBool,
    tell: &Sender<()>,
) {
    let mut bytes = [0; 16 * 1024];
    let mut carried = 0_u64;
    while let Ok(read @ 1..) = from.read(&mut bytes) {
        let now = weather.lock().expect("the weather").clone();
        if keeping.load(Ordering::Relaxed) {
            if tell.send(()).is_err() {
                return;
            }
            // Whoever waits for the answer is killed, and closes the connection by that.
            let mut rest = [0; 1];
            drop(to.read(&mut rest));
            return;
        }
        let mut piece = &bytes[..read];
        match now {
            Weather::Down => return,
            Weather::CutAfter(most) if carried + read as u64 > most => {
                piece = &piece[..usize::try_from(most.saturating_sub(carried)).unwrap_or(0)];
                drop(to.write_all(piece));
                return;
            }
            Weather::Slow(by) => thread::sleep(by),
            _ => {}
        }
        carried += piece.len() as u64;
        if to.write_all(piece).is_err() {
            return;
        }
    }
}
