//! A text that is looked for where it must not be, in every form that it could have there.

use std::path::Path;

/// The text as bytes could hold it: UTF-8, with JSON's and Python's escapes, UTF-16, and Base64 of
/// both alphabets at each of its three alignments.
///
/// # Panics
/// Where it is shorter than twelve bytes: its Base64 would be found by chance.
#[must_use]
pub fn forms(of: &str) -> Vec<(&'static str, Vec<u8>)> {
    assert!(of.len() >= 12, "{of} is too short to be looked for");
    let mut all = vec![
        ("UTF-8", of.as_bytes().to_vec()),
        ("UTF-16LE", of.encode_utf16().flat_map(u16::to_le_bytes).collect()),
        ("UTF-16BE", of.encode_utf16().flat_map(u16::to_be_bytes).collect()),
    ];
    if !of.is_ascii() {
        all.push(("JSON", escaped(of, |unit| format!("\\u{unit:04x}")).into_bytes()));
        all.push(("Python", escaped(of, |unit| format!("\\x{unit:02x}")).into_bytes()));
    }
    for shift in 0..3 {
        let coded = base64(&[&vec![b'x'; shift], of.as_bytes()].concat());
        // The first and the last group also hold neighbours, so only those between are sure.
        let sure = coded[4..coded.len() - 4].to_owned();
        let for_addresses = sure.replace('+', "-").replace('/', "_");
        if for_addresses != sure {
            all.push(("Base64 for addresses", for_addresses.into_bytes()));
        }
        all.push(("Base64", sure.into_bytes()));
    }
    all
}

fn escaped(text: &str, unit: fn(u16) -> String) -> String {
    let sign = |sign: char| {
        if sign.is_ascii() {
            return sign.to_string();
        }
        sign.encode_utf16(&mut [0; 2]).iter().map(|half| unit(*half)).collect()
    };
    text.chars().map(sign).collect()
}

/// In which forms bytes hold a text.
#[must_use]
pub fn found(bytes: &[u8], text: &str) -> Vec<&'static str> {
    let all = forms(text).into_iter();
    all.filter(|(_, form)| holds(bytes, form)).map(|(name, _)| name).collect()
}

/// Whether bytes hold others.
#[must_use]
pub fn holds(bytes: &[u8], wanted: &[u8]) -> bool {
    // What is text is looked for as text, which is faster by far where nothing is optimised; what
    // is no text around it stays around it.
    if let Ok(wanted) = std::str::from_utf8(wanted) {
        return String::from_utf8_lossy(bytes).contains(wanted);
    }
    let Some((first, rest)) = wanted.split_first() else { return true };
    let mut at = bytes;
    while let Some(next) = at.iter().position(|byte| byte == first) {
        at = &at[next + 1..];
        if at.starts_with(rest) {
            return true;
        }
    }
    false
}

/// Where below a folder a text lies in clear.
///
/// # Panics
/// Where a file cannot be read.
#[must_use]
pub fn traces(folder: &Path, text: &str) -> Vec<String> {
    let files = walkdir::WalkDir::new(folder).into_iter().filter_map(Result::ok);
    let mut traces = Vec::new();
    for file in files.filter(|entry| entry.file_type().is_file()) {
        let bytes = std::fs::read(file.path()).expect("a file");
        let forms = found(&bytes, text).into_iter();
        traces.extend(forms.map(|form| format!("{} ({form})", file.path().display())));
    }
    traces
}

/// Base64 with its padding.
#[must_use]
pub fn base64(bytes: &[u8]) -> String {
    const SIGNS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::new();
    for three in bytes.chunks(3) {
        let number = three.iter().fold(0_u32, |number, byte| number << 8 | u32::from(*byte))
            << (8 * (3 - three.len()));
        for place in 0..4 {
            let sign = SIGNS[(number >> (18 - 6 * place) & 63) as usize];
            out.push(if place <= three.len() { char::from(sign) } else { '=' });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_found_in_every_form() {
        let text = "kanariefugl-i-mørket-7391";
        for shift in 0..3 {
            let padded = [&b"abc"[..shift], text.as_bytes(), b"efgh"].concat();
            assert_eq!(found(base64(&padded).as_bytes(), text), ["Base64"], "shifted by {shift}");
        }
        assert_eq!(found(br#"{"body":"kanariefugl-i-m\u00f8rket-7391"}"#, text), ["JSON"]);
        assert_eq!(found(br"b'kanariefugl-i-m\xf8rket-7391'", text), ["Python"]);
        assert_eq!(found(format!("kkanariefugl {text}").as_bytes(), text), ["UTF-8"]);
        for around in [&b"\xff"[..], b"\xc3", b"\xe2\x82", b"\xf0\x9f\x98"] {
            let among = [around, text.as_bytes(), around].concat();
            assert_eq!(found(&among, text), ["UTF-8"], "among {around:?}");
        }
        assert!(found(b"kanariefugl", text).is_empty());
    }

    #[test]
    fn base64_is_padded_as_it_must_be() {
        for (plain, coded) in [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v")] {
            assert_eq!(base64(plain.as_bytes()), coded);
        }
    }
}
