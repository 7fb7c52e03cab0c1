//! What lies in files.

use std::fs;
use std::path::Path;

use fristed_tests::disk;

use crate::memory::occurrences;

/// A text as bytes could hold it: UTF-8, UTF-16, and Base64 at each of its three alignments.
pub fn forms(text: &str) -> Vec<(&'static str, Vec<u8>)> {
    let mut forms = vec![
        ("UTF-8", text.as_bytes().to_vec()),
        ("UTF-16LE", text.encode_utf16().flat_map(u16::to_le_bytes).collect()),
        ("UTF-16BE", text.encode_utf16().flat_map(u16::to_be_bytes).collect()),
    ];
    for shift in 0..3 {
        let coded = base64(&[&vec![b'x'; shift], text.as_bytes()].concat());
        // The first and the last group also hold neighbours; only those between are sure.
        let sure = coded.get(4..coded.len() - 4).unwrap_or_default();
        forms.push(("Base64", sure.to_vec()));
    }
    forms
}

fn base64(bytes: &[u8]) -> Vec<u8> {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut coded = Vec::new();
    for group in bytes.chunks(3) {
        let at = |n: usize| u32::from(group.get(n).copied().unwrap_or(0));
        let bits = at(0) << 16 | at(1) << 8 | at(2);
        coded.extend([18, 12, 6, 0].iter().map(|shift| LETTERS[(bits >> shift & 63) as usize]));
    }
    coded
}

/// Every file below a folder that holds one of these texts, in any form; the driver's own log,
/// which holds what it was told to type, is not looked at.
pub fn found(folder: &Path, texts: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    for path in disk::files(folder) {
        if path.to_string_lossy().ends_with("-driver.log") || !path.is_file() {
            continue;
        }
        let Ok(bytes) = fs::read(&path) else { continue };
        for text in texts {
            for (form, wanted) in forms(text) {
                if occurrences(&bytes, &wanted) > 0 {
                    found.push(format!("{} holds {text} as {form}", path.display()));
                }
            }
            if path.to_string_lossy().contains(text) {
                found.push(format!("{} is named after {text}", path.display()));
            }
        }
    }
    found
}

#[test]
fn a_trace_is_found_in_every_form() {
    let folder = tempfile::tempdir().expect("a folder");
    let text = "kanariefugl-i-mørket";
    assert!(found(folder.path(), &[text]).is_empty());
    for (at, (_, bytes)) in forms(text).into_iter().enumerate() {
        let file = folder.path().join(format!("file-{at}"));
        fs::write(&file, [b"before", bytes.as_slice(), b"after"].concat()).expect("a file");
        assert!(!found(folder.path(), &[text]).is_empty(), "form {at}");
        fs::remove_file(file).expect("the file goes");
    }
}
