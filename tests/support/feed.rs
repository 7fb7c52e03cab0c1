//! A small server on this computer that answers as a test says, and remembers what it was asked.

use std::collections::HashMap;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::sync::{Arc, Mutex};

use crate::listening::Listening;

/// What a path answers.
#[derive(Debug, Clone)]
pub struct Page {
    /// The status line after the version: `200 OK`.
    pub status: &'static str,
    /// Header lines.
    pub headers: Vec<String>,
    /// The body.
    pub body: Vec<u8>,
}

type Pages = Arc<Mutex<HashMap<String, Page>>>;

/// The server, until it is dropped.
pub struct Feed {
    listening: Listening,
    pages: Pages,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Feed {
    /// Starts one.
    ///
    /// # Panics
    /// Where there is no port.
    #[must_use]
    pub fn start() -> Self {
        let pages = Pages::default();
        let asked = Arc::<Mutex<Vec<String>>>::default();
        let of = (Arc::clone(&pages), Arc::clone(&asked));
        let listening = Listening::start(move |client| serve(client, &of.0, &of.1));
        Self { listening, pages, asked }
    }

    /// The port that it answers on.
    #[must_use]
    pub const fn port(&self) -> u16 {
        self.listening.port()
    }

    /// The address of a path.
    #[must_use]
    pub fn address(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.listening.port())
    }

    /// Says what a path answers from now on.
    ///
    /// # Panics
    /// Where a thread of it panicked.
    pub fn answers(&self, path: &str, status: &'static str, headers: &[&str], body: &[u8]) {
        let headers = headers.iter().map(ToString::to_string).collect();
        let page = Page { status, headers, body: body.to_vec() };
        self.pages.lock().expect("the pages").insert(path.to_owned(), page);
    }

    /// What it was asked, each with its headers.
    ///
    /// # Panics
    /// Where a thread of it panicked.
    #[must_use]
    pub fn asked(&self) -> Vec<String> {
        self.asked.lock().expect("what was asked").clone()
    }
}

fn serve(mut client: TcpStream, pages: &Pages, asked: &Mutex<Vec<String>>) {
    let mut all = Vec::new();
    let mut bytes = [0; 4096];
    while !all.windows(4).any(|four| four == b"\r\n\r\n") {
        match client.read(&mut bytes) {
            Ok(read @ 1..) => all.extend_from_slice(&bytes[..read]),
            _ => return,
        }
    }
    let head = String::from_utf8_lossy(&all).into_owned();
    let path = head.split(' ').nth(1).unwrap_or_default().to_owned();
    asked.lock().expect("what was asked").push(head.clone());
    let page = pages.lock().expect("the pages").get(&path).cloned();
    let page = page.unwrap_or(Page { status: "404 Not Found", headers: vec![], body: vec![] });
    // Of the version that is known nothing is sent again (RFC 9110, section 13.1.2).
    let known = page.headers.iter().find_map(|line| line.strip_prefix("ETag: "));
    let same = known.is_some_and(|etag| {
        head.to_ascii_lowercase().contains(&format!("if-none-match: {}", etag.to_ascii_lowercase()))
    });
    let (status, body) =
        if same { ("304 Not Modified", &[][..]) } else { (page.status, page.body.as_slice()) };
    let mut out = format!("HTTP/1.1 {status}\r\nConnection: close\r\n");
    for line in &page.headers {
        out.push_str(&format!("{line}\r\n"));
    }
    if !same {
        out.push_str(&format!("Content-Length: {}\r\n", body.len()));
    }
    out.push_str("\r\n");
    drop(client.write_all(out.as_bytes()));
    drop(client.write_all(body));
}
