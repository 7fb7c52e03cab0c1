//! HTTP/1.1 as it goes over the wire (RFC 9112).

use std::io::{self, BufRead, ErrorKind, Read as _};

/// A request or an answer, whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// The first line: `GET /path HTTP/1.1`, or `HTTP/1.1 200 OK`.
    pub start: String,
    /// The header's fields, in order.
    pub fields: Vec<(String, String)>,
    /// The body, joined where it came in pieces.
    pub body: Vec<u8>,
}

impl Message {
    /// Reads a request; none where nobody asks anything more.
    ///
    /// # Errors
    /// When the connection breaks within it, or it is none.
    pub fn request(from: &mut impl BufRead) -> io::Result<Option<Self>> {
        let Some(mut request) = Self::head(from)? else { return Ok(None) };
        request.body = match request.length()? {
            Length::Known(length) => known(from, length)?,
            Length::Pieces => pieces(from)?,
            Length::Unsaid => Vec::new(),
        };
        Ok(Some(request))
    }

    /// Reads the answer to a request of this method. Interim answers are passed over.
    ///
    /// # Errors
    /// When the connection breaks within it, or it is none.
    pub fn answer(from: &mut impl BufRead, method: &str) -> io::Result<Self> {
        loop {
            let mut answer = Self::head(from)?.ok_or(ErrorKind::UnexpectedEof)?;
            match (answer.status(), method) {
                (100..=199, _) => continue,
                (204 | 304, _) | (_, "HEAD") => return Ok(answer),
                _ => {}
            }
            answer.body = match answer.length()? {
                Length::Known(length) => known(from, length)?,
                Length::Pieces => pieces(from)?,
                Length::Unsaid => {
                    let mut rest = Vec::new();
                    from.read_to_end(&mut rest)?;
                    rest
                }
            };
            return Ok(answer);
        }
    }

    fn head(from: &mut impl BufRead) -> io::Result<Option<Self>> {
        let Some(start) = line(from)? else { return Ok(None) };
        let mut fields = Vec::new();
        loop {
            let field = line(from)?.ok_or(ErrorKind::UnexpectedEof)?;
            if field.is_empty() {
                return Ok(Some(Self { start, fields, body: Vec::new() }));
            }
            let (name, value) = field.split_once(':').ok_or(ErrorKind::InvalidData)?;
            fields.push((name.to_owned(), value.trim().to_owned()));
        }
    }

    fn length(&self) -> io::Result<Length> {
        if self.field("Transfer-Encoding").is_some_and(|coding| coding.ends_with("chunked")) {
            return Ok(Length::Pieces);
        }
        let Some(length) = self.field("Content-Length") else { return Ok(Length::Unsaid) };
        let length = length.parse().map_err(|_| ErrorKind::InvalidData)?;
        Ok(Length::Known(length))
    }

    /// A field's value, by its name in any case.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<&str> {
        let mut named = self.fields.iter().filter(|(field, _)| field.eq_ignore_ascii_case(name));
        named.next().map(|(_, value)| value.as_str())
    }

    /// Sets a field in place of those of its name.
    pub fn set(&mut self, name: &str, value: &str) {
        self.remove(name);
        self.fields.push((name.to_owned(), value.to_owned()));
    }

    /// Removes the fields of a name.
    pub fn remove(&mut self, name: &str) {
        self.fields.retain(|(field, _)| !field.eq_ignore_ascii_case(name));
    }

    /// A request's method.
    #[must_use]
    pub fn method(&self) -> &str {
        self.start.split(' ').next().unwrap_or_default()
    }

    /// A request's path with its query.
    #[must_use]
    pub fn path(&self) -> &str {
        self.start.split(' ').nth(1).unwrap_or_default()
    }

    /// An answer's status; 0 where it has none.
    #[must_use]
    pub fn status(&self) -> u16 {
        self.path().parse().unwrap_or_default()
    }

    /// As it goes over the wire, its body in one piece.
    #[must_use]
    pub fn bytes(&self) -> Vec<u8> {
        let mut bytes = format!("{}\r\n", self.start).into_bytes();
        for (name, value) in &self.fields {
            let length = name.eq_ignore_ascii_case("Content-Length");
            if !length && !name.eq_ignore_ascii_case("Transfer-Encoding") {
                bytes.extend_from_slice(format!("{name}: {value}\r\n").as_bytes());
            }
        }
        bytes.extend_from_slice(format!("Content-Length: {}\r\n\r\n", self.body.len()).as_bytes());
        bytes.extend_from_slice(&self.body);
        bytes
    }
}

enum Length {
    Known(u64),
    Pieces,
    Unsaid,
}

/// A line without its end; none at the connection's end.
fn line(from: &mut impl BufRead) -> io::Result<Option<String>> {
    let mut bytes = Vec::new();
    if from.read_until(b'\n', &mut bytes)? == 0 {
        return Ok(None);
    }
    if bytes.pop() != Some(b'\n') {
        return Err(ErrorKind::UnexpectedEof.into());
    }
    if bytes.last() == Some(&b'\r') {
        bytes.pop();
    }
    Ok(Some(String::from_utf8_lossy(&bytes).into_owned()))
}

fn known(from: &mut impl BufRead, length: u64) -> io::Result<Vec<u8>> {
    let mut body = Vec::new();
    let read = from.take(length).read_to_end(&mut body)?;
    if read as u64 == length { Ok(body) } else { Err(ErrorKind::UnexpectedEof.into()) }
}

/// What stands in pieces, each with its length before it, as one.
fn pieces(from: &mut impl BufRead) -> io::Result<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let size = line(from)?.ok_or(ErrorKind::UnexpectedEof)?;
        let size = size.split(';').next().unwrap_or_default().trim();
        let size = u64::from_str_radix(size, 16).map_err(|_| ErrorKind::InvalidData)?;
        if size > 0 {
            body.append(&mut known(from, size)?);
        }
        // The end of the piece; after the last, fields up to an empty line.
        while !line(from)?.ok_or(ErrorKind::UnexpectedEof)?.is_empty() {}
        if size == 0 {
            return Ok(body);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_body_in_pieces_is_joined() {
        let wire = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n\
                     3\r\nabc\r\n2;x=y\r\nde\r\n0\r\nTrailer: z\r\n\r\nrest";
        let mut from = &wire[..];
        let answer = Message::answer(&mut from, "GET").expect("an answer");
        assert_eq!(
            (answer.status(), answer.body.as_slice(), from),
            (200, &b"abcde"[..], &b"rest"[..])
        );
        assert!(answer.bytes().ends_with(b"\r\nContent-Length: 5\r\n\r\nabcde"));
    }

    #[test]
    fn requests_follow_each_other_on_one_connection() {
        let wire = b"PUT /a?b HTTP/1.1\r\ncontent-length: 2\r\n\r\nabGET /c HTTP/1.1\r\n\r\n";
        let mut from = &wire[..];
        let first = Message::request(&mut from).expect("one").expect("one");
        assert_eq!(
            (first.method(), first.path(), first.body.as_slice()),
            ("PUT", "/a?b", &b"ab"[..])
        );
        let second = Message::request(&mut from).expect("another").expect("another");
        assert_eq!((second.method(), second.path()), ("GET", "/c"));
        assert_eq!(Message::request(&mut from).expect("no more"), None);
    }

    #[test]
    fn what_is_cut_off_is_no_message() {
        for wire in ["GET / HTTP/1.1\r\n", "GET / HTTP/1.1\r\nContent-Length: 9\r\n\r\nab", "GET"] {
            assert!(Message::request(&mut wire.as_bytes()).is_err(), "{wire}");
        }
        assert!(Message::answer(&mut &b""[..], "GET").is_err());
    }

    #[test]
    fn an_answer_without_a_body_says_so_by_its_status_or_method() {
        let wire = b"HTTP/1.1 100 Go\r\n\r\nHTTP/1.1 304 Same\r\nContent-Length: 9\r\n\r\n";
        assert_eq!(Message::answer(&mut &wire[..], "GET").expect("one").status(), 304);
        let wire = b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n";
        assert!(Message::answer(&mut &wire[..], "HEAD").expect("one").body.is_empty());
    }
}
