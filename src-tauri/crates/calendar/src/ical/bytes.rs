//! From a file's bytes to text.

use std::borrow::Cow;

use super::lines::fold;
use super::{Reason, Warning};

/// The text in a file's bytes, and where bytes were mended.
///
/// UTF-8 passes as it is, without its mark. UTF-16 is known by its mark. A line that is not UTF-8
/// may be UTF-8 that was folded within a character, which some programs do; else it is taken as
/// Windows-1252. A file whose lines end in CR alone gets CRLF.
pub(super) fn text(bytes: &[u8]) -> (Cow<'_, str>, Vec<Warning>) {
    let (text, warnings) = decoded(bytes);
    if text.contains('\r') && !text.contains('\n') {
        return (Cow::Owned(text.replace('\r', "\r\n")), warnings);
    }
    (text, warnings)
}

fn decoded(bytes: &[u8]) -> (Cow<'_, str>, Vec<Warning>) {
    let plain = bytes.strip_prefix(&[0xEF, 0xBB, 0xBF]).unwrap_or(bytes);
    if let Ok(text) = std::str::from_utf8(plain) {
        return (Cow::Borrowed(text), Vec::new());
    }
    match bytes {
        [0xFF, 0xFE, rest @ ..] => (Cow::Owned(utf16(rest, u16::from_le_bytes)), Vec::new()),
        [0xFE, 0xFF, rest @ ..] => (Cow::Owned(utf16(rest, u16::from_be_bytes)), Vec::new()),
        _ => mended(plain),
    }
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> String {
    let units = bytes.as_chunks::<2>().0.iter().map(|pair| unit(*pair));
    char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
}

fn mended(bytes: &[u8]) -> (Cow<'_, str>, Vec<Warning>) {
    let mut out = String::with_capacity(bytes.len() + bytes.len() / 8);
    let mut warnings = Vec::new();
    let mut pieces = bytes.split_inclusive(|b| *b == b'\n').enumerate().peekable();
    while let Some((at, first)) = pieces.next() {
        let mut line = vec![first];
        while let Some((_, more)) = pieces.next_if(|(_, piece)| piece.starts_with(b" ")) {
            line.push(more);
        }
        let raw = line.concat();
        if let Ok(good) = std::str::from_utf8(&raw) {
            out.push_str(good);
            continue;
        }
        let mut whole = Vec::with_capacity(raw.len());
        for (at, piece) in line.iter().enumerate() {
            let piece = piece.strip_suffix(b"\n").unwrap_or(piece);
            let piece = piece.strip_suffix(b"\r").unwrap_or(piece);
            whole.extend_from_slice(piece.get(usize::from(at > 0)..).unwrap_or_default());
        }
        let content = String::from_utf8(whole).unwrap_or_else(|wrong| {
            warnings.push(Warning { line: at + 1, reason: Reason::Charset });
            wrong.as_bytes().iter().map(|byte| windows_1252(*byte)).collect()
        });
        fold(&content, if raw.ends_with(b"\r\n") { "\r\n" } else { "\n" }, &mut out);
    }
    (Cow::Owned(out), warnings)
}

/// The character of a byte in Windows' western code page; where it has none, Latin 1's.
fn windows_1252(byte: u8) -> char {
    const HIGH: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž',
        '\u{8f}', '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}',
        'ž', 'Ÿ',
    ];
    match byte {
        0x80..=0x9F => HIGH.get(usize::from(byte - 0x80)).copied().unwrap_or(char::from(byte)),
        _ => char::from(byte),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mark_of_utf_8_and_utf_16_are_understood() {
        assert_eq!(text(b"\xEF\xBB\xBFA:1\r\n").0, "A:1\r\n");
        let wide: Vec<u8> = [0xFF, 0xFE]
            .into_iter()
            .chain("A:blåbær\n".encode_utf16().flat_map(u16::to_le_bytes))
            .collect();
        assert_eq!(text(&wide).0, "A:blåbær\n");
        assert_eq!(text(b"A:1\rB:2\r").0, "A:1\r\nB:2\r\n");
    }

    #[test]
    fn a_character_torn_apart_by_folding_is_joined_again() {
        let (mended, warnings) = text(b"A:bl\xC3\r\n \xA5b\xC3\xA6r\r\nB:2\r\n");
        assert_eq!(mended, "A:blåbær\r\nB:2\r\n");
        assert!(warnings.is_empty());
    }

    #[test]
    fn other_bytes_are_read_as_windows_wrote_them_and_listed() {
        let (mended, warnings) = text(b"A:1\nB:bl\xE5b\xE6r \x80\nC:\xC3\xA5\n");
        assert_eq!(mended, "A:1\nB:blåbær €\nC:å\n");
        assert_eq!(warnings, [Warning { line: 2, reason: Reason::Charset }]);
    }
}
