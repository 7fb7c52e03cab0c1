//! What can be done to a request and to its answer.

use std::time::Duration;

use serde_json::{Value, json};

/// What is done to a request.
#[derive(Debug, Clone)]
pub enum Fault {
    /// The connection breaks before the server was asked.
    Lost,
    /// The server was asked, and the connection breaks before its answer.
    AnswerLost,
    /// The connection breaks after so many bytes of the answer.
    AnswerCut(usize),
    /// The request comes so much later.
    Late(Duration),
    /// This is answered, and the server not asked.
    Answered(Answered),
    /// Bytes that are no HTTP are answered, and the server not asked.
    Nonsense(Vec<u8>),
    /// Nothing is answered for as long, and then the connection breaks; the server is not asked.
    Silence(Duration),
    /// The server is asked the same twice, and its second answer is passed on.
    Twice,
    /// The request waits until a later one of these was answered, at most for as long.
    Overtaken(Duration),
    /// One of these, or nothing: of so many requests in a hundred. The same seed gives the same
    /// choices for the same order of requests.
    Some {
        /// How many in a hundred.
        percent: u64,
        /// The seed.
        seed: u64,
        /// Those to choose from.
        of: Vec<Fault>,
    },
}

/// An answer that did not come from the server.
#[derive(Debug, Clone)]
pub struct Answered {
    /// The status.
    pub status: u16,
    /// The header's fields.
    pub fields: Vec<(&'static str, String)>,
    /// The body.
    pub body: Vec<u8>,
}

impl Fault {
    /// The server asks for patience: 429, with the time in the body as Matrix has it and in
    /// `Retry-After`.
    #[must_use]
    pub fn too_many(patience: Duration) -> Self {
        let millis = u64::try_from(patience.as_millis()).unwrap_or(u64::MAX);
        let body = json!({
            "errcode": "M_LIMIT_EXCEEDED", "error": "Too Many Requests", "retry_after_ms": millis,
        });
        let seconds = millis.div_ceil(1000).to_string();
        Self::Answered(Answered {
            fields: vec![("Retry-After", seconds)],
            ..Answered::json(429, &body)
        })
    }

    /// A proxy before the server says that something is wrong, in HTML, as they do.
    #[must_use]
    pub fn bad_gateway(status: u16) -> Self {
        let body = format!("<html><body><h1>{status} Bad Gateway</h1></body></html>").into_bytes();
        let fields = vec![("Content-Type", "text/html".to_owned())];
        Self::Answered(Answered { status, fields, body })
    }

    /// The server refuses as Matrix does: `M_UNKNOWN_TOKEN`, `M_FORBIDDEN`.
    #[must_use]
    pub fn refused(status: u16, code: &str) -> Self {
        Self::Answered(Answered::json(status, &json!({"errcode": code, "error": "No"})))
    }

    /// All is well, says this, and the server was never asked.
    #[must_use]
    pub fn swallowed(answer: &Value) -> Self {
        Self::Answered(Answered::json(200, answer))
    }

    /// What an unreliable network and a busy server do, to so many requests in a hundred.
    #[must_use]
    pub fn weather(percent: u64, seed: u64) -> Self {
        let of = vec![
            Self::Lost,
            Self::AnswerLost,
            Self::AnswerCut(40),
            Self::Late(Duration::from_millis(300)),
            Self::Twice,
            Self::too_many(Duration::from_millis(100)),
            Self::bad_gateway(502),
            Self::Nonsense(b"\x15\x03\x01\x00\x02\x02\x16".to_vec()),
        ];
        Self::Some { percent, seed, of }
    }
}

impl Answered {
    /// An answer with JSON.
    #[must_use]
    pub fn json(status: u16, body: &Value) -> Self {
        Self { status, fields: Vec::new(), body: body.to_string().into_bytes() }
    }
}
