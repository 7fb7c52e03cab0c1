//! The addresses under which the page shows attachments: `fristed-attachment://localhost/ID`.

use tauri::http::{Response, StatusCode, header};
use tauri::{AppHandle, Manager as _, UriSchemeContext, UriSchemeResponder, Wry};

use crate::events::WINDOW;
use crate::state::Shell;

/// The scheme.
pub const SCHEME: &str = "fristed-attachment";

/// The media types that are handed over as what they say they are. All others go as bytes, so
/// that nothing which could hold a script is ever taken for a page.
const SHOWN: [&str; 7] = [
    "image/png",
    "image/jpeg",
    "image/gif",
    "image/webp",
    "image/avif",
    "image/bmp",
    "image/svg+xml",
];

/// Answers one request of the page, off the thread that draws.
pub fn answer(context: &UriSchemeContext<'_, Wry>, path: &str, responder: UriSchemeResponder) {
    if context.webview_label() != WINDOW {
        responder.respond(refused(StatusCode::FORBIDDEN));
        return;
    }
    let app = context.app_handle().clone();
    let id = path.trim_start_matches('/').to_owned();
    tauri::async_runtime::spawn_blocking(move || responder.respond(read(&app, &id)));
}

fn read(app: &AppHandle, id: &str) -> Response<Vec<u8>> {
    let fristed = app.state::<Shell>().fristed();
    let Ok(attachment) = fristed.attachment(id) else {
        return refused(StatusCode::NOT_FOUND);
    };
    let mut bytes = Vec::with_capacity(attachment.size as usize);
    if fristed.attachment_read(id, &mut bytes).is_err() {
        return refused(StatusCode::NOT_FOUND);
    }
    let mut response = Response::new(bytes);
    let headers = response.headers_mut();
    headers.insert(
        header::CONTENT_TYPE,
        header::HeaderValue::from_static(shown_as(&attachment.media_type)),
    );
    for (name, value) in guards() {
        headers.insert(name, header::HeaderValue::from_static(value));
    }
    response
}

fn shown_as(media_type: &str) -> &'static str {
    let essence = media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    SHOWN.iter().find(|known| **known == essence).copied().unwrap_or("application/octet-stream")
}

/// Never kept, never guessed at, and without any power of its own.
const fn guards() -> [(header::HeaderName, &'static str); 3] {
    [
        (header::CACHE_CONTROL, "no-store"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::CONTENT_SECURITY_POLICY, "default-src 'none'; style-src 'unsafe-inline'; sandbox"),
    ]
}

fn refused(status: StatusCode) -> Response<Vec<u8>> {
    let mut response = Response::new(Vec::new());
    *response.status_mut() = status;
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_is_shown_as_what_it_is() {
        assert_eq!(shown_as("image/png"), "image/png");
        assert_eq!(shown_as("Image/JPEG; q=1"), "image/jpeg");
    }

    #[test]
    fn what_could_hold_a_script_is_only_bytes() {
        for kind in ["text/html", "application/pdf", "text/javascript", "", "image/x; text/html"] {
            assert_eq!(shown_as(kind), "application/octet-stream", "{kind}");
        }
    }
}
