//! A published calendar: fetched whole where it changed.

use ::http::header::{
    ETAG, HeaderName, HeaderValue, IF_MODIFIED_SINCE, IF_NONE_MATCH, LAST_MODIFIED,
};
use ::http::{Request, StatusCode};
use http_body_util::BodyExt as _;

use crate::error::{RemoteError, Result};
use crate::http::Http;

/// Which version of a published calendar it was.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Version {
    /// ETag (RFC 9110, section 8.8.3); none where the server gave none.
    pub etag: Option<String>,
    /// Last-Modified (RFC 9110, section 8.8.2); none where the server gave none.
    pub last_modified: Option<String>,
}

/// What was found at the address.
#[derive(Debug)]
pub enum Read {
    /// The version that was known.
    Same,
    /// Another one.
    New {
        /// Its bytes, at most [`crate::LARGEST`].
        bytes: Vec<u8>,
        /// Which it is.
        version: Version,
    },
}

impl Http {
    /// Fetches what is at the server's address, where it is not the version known.
    ///
    /// # Errors
    /// Every [`RemoteError`]; [`RemoteError::NotACalendar`] where nothing is there.
    pub async fn read(&self, known: &Version) -> Result<Read> {
        let mut request = Request::new(String::new());
        *request.uri_mut() = self.server().uri()?;
        let mut say = |name: HeaderName, value: &Option<String>| {
            if let Some(value) = value.as_deref().and_then(|text| HeaderValue::from_str(text).ok())
            {
                request.headers_mut().insert(name, value);
            }
        };
        say(IF_NONE_MATCH, &known.etag);
        say(IF_MODIFIED_SINCE, &known.last_modified);
        let answer = self.send(request).await?;
        let status = answer.status();
        if status == StatusCode::NOT_MODIFIED {
            return Ok(Read::Same);
        }
        if status != StatusCode::OK {
            return Err(RemoteError::of_status(status));
        }
        let told = |name: HeaderName| {
            let value = answer.headers().get(name).and_then(|value| value.to_str().ok());
            value.map(str::to_owned)
        };
        let version = Version { etag: told(ETAG), last_modified: told(LAST_MODIFIED) };
        let bytes = match answer.into_body().collect().await {
            Ok(body) => body.to_bytes().to_vec(),
            Err(never) => match never {},
        };
        Ok(Read::New { bytes, version })
    }
}
