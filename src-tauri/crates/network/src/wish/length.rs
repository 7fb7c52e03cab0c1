//! What a text would be sent as.

use super::share::Read;
use crate::content::{self, CopyId};
use crate::model::{Lang, Subject};

/// How many bytes a text has as the file that it is sent as, before it is encrypted; none where it
/// goes in the event itself, or cannot be shared at all.
#[must_use]
pub fn bytes_as_file(subject: Subject, lang: Lang) -> Option<u64> {
    let content = Read::of(subject).ok()?.content;
    let copy = CopyId::random();
    let is_long = content::is_long(&content::build(&content, copy, "", lang).content);
    is_long.then(|| content::long(&content, copy, lang).len() as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_text_is_a_file_and_a_short_one_is_none() {
        let of = |markdown: String| {
            let title = "Om at lytte".into();
            bytes_as_file(Subject::Reflection { title, markdown, day: None }, Lang::Danish)
        };
        assert_eq!(of("Kort.".into()), None);
        assert_eq!(of("x".repeat(6_000_000)), None, "it cannot be shared");
        let bytes = of("x".repeat(80_000)).expect("a file");
        assert!((80_000..81_000).contains(&bytes), "{bytes}");
    }
}
