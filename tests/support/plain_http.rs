//! A plain HTTP client, so that somebody else's program is somebody else's.

use std::io::{self, BufReader, Write as _};
use std::net::TcpStream;
use std::time::Duration;

use crate::canary::base64;
use crate::message::Message;

/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(120);

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

    /// The value of a header, by its name in any case.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        let fields = self.head.lines().filter_map(|line| line.split_once(':'));
        let mut named = fields.filter(|(field, _)| field.eq_ignore_ascii_case(name));
        named.next().map(|(_, value)| value.trim())
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
        self.try_send().expect("somebody answers")
    }

    /// Makes the request, also where perhaps nobody answers.
    ///
    /// # Errors
    /// When nobody answers, or nothing that is an answer.
    pub fn try_send(self) -> io::Result<Answer> {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port))?;
        stream.set_read_timeout(Some(PATIENCE))?;
        let method = self.head.split(' ').next().unwrap_or_default().to_owned();
        let whole =
            format!("{}Content-Length: {}\r\n\r\n{}", self.head, self.body.len(), self.body);
        stream.write_all(whole.as_bytes())?;
        let read = Message::answer(&mut BufReader::new(stream), &method)?;
        let fields = read.fields.iter().map(|(name, value)| format!("\r\n{name}: {value}"));
        let head = read.start.clone() + &fields.collect::<String>();
        Ok(Answer { status: read.status(), head, body: read.body })
    }
}
