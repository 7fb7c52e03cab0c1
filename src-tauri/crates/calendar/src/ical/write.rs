//! Writing several objects as one file.

use super::{Method, Object};

/// One calendar with all these objects, as RFC 5545 wants it: lines of at most 75 octets that end
/// in CRLF, and each zone once.
#[must_use]
pub fn write<'a>(objects: impl Iterator<Item = &'a Object>, method: Option<Method>) -> String {
    let _ = (objects.count(), method);
    todo!()
}
