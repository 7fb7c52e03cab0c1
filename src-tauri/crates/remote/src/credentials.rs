//! A name and a password for a server.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use fristed_base::Secret;
use http::HeaderValue;

/// A name and a password, sent by Basic authentication (RFC 7617) to the server they are for and
/// to no other.
#[derive(Debug)]
pub struct Credentials {
    user: String,
    password: Secret,
}

impl Credentials {
    /// The account's name and its password.
    #[must_use]
    pub const fn new(user: String, password: Secret) -> Self {
        Self { user, password }
    }

    /// The name.
    #[must_use]
    pub fn user(&self) -> &str {
        &self.user
    }

    /// The password.
    #[must_use]
    pub const fn password(&self) -> &Secret {
        &self.password
    }

    /// The header, marked so that nothing shows or indexes it.
    pub(crate) fn header(&self) -> Option<HeaderValue> {
        let plain = Secret::new(format!("{}:{}", self.user, self.password.expose()));
        let coded = Secret::new(format!("Basic {}", BASE64_STANDARD.encode(plain.expose())));
        let mut header = HeaderValue::from_str(coded.expose()).ok()?;
        header.set_sensitive(true);
        Some(header)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_in_the_header_and_in_nothing_that_is_printed() {
        let made = Credentials::new("karla".into(), Secret::new("kål:æble".into()));
        let header = made.header().expect("a header");
        assert_eq!(header.as_bytes(), b"Basic a2FybGE6a8OlbDrDpmJsZQ==");
        assert!(!format!("{made:?} {header:?}").contains("a2FybGE6"));
        assert!(!format!("{made:?}").contains("æble"));
    }
}
