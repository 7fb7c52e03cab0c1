//! A port of this computer, and what is done with whoever connects to it.

use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

/// The port, until it is dropped.
#[derive(Debug)]
pub struct Listening {
    port: u16,
    ended: Arc<AtomicBool>,
}

impl Listening {
    /// Takes a port; each connection has a thread of its own.
    ///
    /// # Panics
    /// Where there is no port.
    #[must_use]
    pub fn start(serve: impl Fn(TcpStream) + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a port");
        let port = listener.local_addr().expect("its address").port();
        let ended = Arc::new(AtomicBool::new(false));
        let (end, serve) = (Arc::clone(&ended), Arc::new(serve));
        thread::spawn(move || {
            for client in listener.incoming().flatten() {
                if end.load(Ordering::Relaxed) {
                    return;
                }
                let serve = Arc::clone(&serve);
                thread::spawn(move || serve(client));
            }
        });
        Self { port, ended }
    }

    /// Its number.
    #[must_use]
    pub const fn port(&self) -> u16 {
        self.port
    }
}

impl Drop for Listening {
    fn drop(&mut self) {
        self.ended.store(true, Ordering::Relaxed);
        drop(TcpStream::connect(("127.0.0.1", self.port)));
    }
}
