//! A plain HTTP client, so that somebody else's program is somebody else's.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;

/// A request, not yet made.
#[derive(Debug)]
pub struct Request {
    port: u16,
    head: String,
    body: String,
}

/// An answer.
#[derive(Debug)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// The headers as they came.
    pub head: String,
    /// The body.
    pub body: Vec<u8>,
}

impl Answer {
    /// The body as text.
    #[must_use]
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

impl Request {
    /// A request to a port of this computer.
    #[must_use]
    pub fn new(port: u16, method: &str, path: &str) -> Self {
        let head =
            format!("{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n");
        Self { port, head, body: String::new() }
    }

    /// Signs in.
    #[must_use]
    pub fn signed_in(self, user: &str, password: &str) -> Self {
        let coded = base64(format!("{user}:{password}").as_bytes());
        self.header("Authorization", &format!("Basic {coded}"))
    }

    /// Adds a header.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.head.push_str(&format!("{name}: {value}\r\n"));
        self
    }

    /// Adds a body.
    #[must_use]
    pub fn body(mut self, body: &str) -> Self {
        self.body = body.to_owned();
        self
    }

    /// Makes the request.
    ///
    /// # Panics
    /// Where nobody answers.
    #[must_use]
    pub fn send(self) -> Answer {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).expect("somebody answers");
        let whole =
            format!("{}Content-Length: {}\r\n\r\n{}", self.head, self.body.len(), self.body);
        stream.write_all(whole.as_bytes()).expect("the request is sent");
        let mut all = Vec::new();
        stream.read_to_end(&mut all).expect("the answer comes");
        let end = all.windows(4).position(|four| four == b"\r\n\r\n").expect("a whole answer");
        let head = String::from_utf8_lossy(&all[..end]).into_owned();
        let status = head.split(' ').nth(1).and_then(|word| word.parse().ok()).expect("a status");
        Answer { status, head, body: all[end + 4..].to_vec() }
    }
}

fn base64(bytes: &[u8]) -> String {
    const SIGNS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::new();
    for three in bytes.chunks(3) {
        let number = three.iter().fold(0_u32, |number, byte| number << 8 | u32::from(*byte))
            << (8 * (3 - three.len()));
        for place in 0..4 {
            let sign = SIGNS[(number >> (18 - 6 * place) & 63) as usize];
            out.push(if place <= three.len() { char::from(sign) } else { '=' });
        }
    }
    out
}
