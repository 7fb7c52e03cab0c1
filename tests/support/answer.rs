//! What the program answered.

use std::process::ExitStatus;
use std::time::Duration;

use serde_json::Value;

/// A process that has ended.
#[derive(Debug)]
pub struct Answer {
    /// The call, for messages.
    pub call: String,
    /// How it ended.
    pub status: ExitStatus,
    /// Standard output.
    pub out: Vec<u8>,
    /// Standard error.
    pub err: String,
    /// How long it took.
    pub took: Duration,
}

impl Answer {
    /// The exit code; none where it was killed.
    #[must_use]
    pub fn exit(&self) -> Option<i32> {
        self.status.code()
    }

    /// Sees that it was done.
    ///
    /// # Panics
    /// Where it was not.
    pub fn done(self) -> Self {
        assert_eq!(self.exit(), Some(0), "{} was to be done; it said: {}", self.call, self.err);
        self
    }

    /// Sees that it failed with this exit code and this stable name, said as one line that ends
    /// with it.
    ///
    /// # Panics
    /// Where it did not.
    pub fn failed(self, exit: i32, name: &str) -> Self {
        assert_eq!(self.exit(), Some(exit), "{} said: {}", self.call, self.err);
        let line = self.err.lines().last().unwrap_or_default();
        assert!(
            line.starts_with("fristed: ") && line.ends_with(&format!(" [{name}]")),
            "{} was to say [{name}]; it said: {}",
            self.call,
            self.err
        );
        self
    }

    /// Standard output as text.
    ///
    /// # Panics
    /// Where it is no text.
    #[must_use]
    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.out).expect("standard output is text")
    }

    /// Standard output's only line.
    #[must_use]
    pub fn line(&self) -> String {
        self.text().trim_end_matches('\n').to_owned()
    }

    /// Standard output as JSON.
    ///
    /// # Panics
    /// Where it is not one JSON document.
    #[must_use]
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.out).expect("standard output is one JSON document")
    }
}
