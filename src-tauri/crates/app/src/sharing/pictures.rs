//! Taking out of a picture what it tells of its making: where, when, with which camera.

use img_parts::jpeg::{Jpeg, JpegSegment};
use img_parts::png::Png;
use img_parts::webp::WebP;
use img_parts::{Bytes, ImageEXIF as _};

/// A picture's chunks that say how it is to be shown, and nothing else.
const PNG_KEPT: [[u8; 4]; 12] = [
    *b"IHDR", *b"PLTE", *b"IDAT", *b"IEND", *b"tRNS", *b"gAMA", *b"cHRM", *b"sRGB", *b"iCCP",
    *b"bKGD", *b"pHYs", *b"sBIT",
];

/// The same of WebP.
const WEBP_KEPT: [[u8; 4]; 7] =
    [*b"VP8 ", *b"VP8L", *b"VP8X", *b"ALPH", *b"ANIM", *b"ANMF", *b"ICCP"];

/// A picture without what it tells of its making; none where it is of no kind that is known here,
/// or broken. Which way up it is stays.
pub(super) fn strip(bytes: &[u8]) -> Option<Vec<u8>> {
    let all = Bytes::copy_from_slice(bytes);
    if bytes.starts_with(&[0xFF, 0xD8]) {
        return jpeg(all);
    }
    if bytes.starts_with(b"\x89PNG") {
        let mut png = Png::from_bytes(all).ok()?;
        png.chunks_mut().retain(|chunk| PNG_KEPT.contains(&chunk.kind()));
        return Some(png.encoder().bytes().to_vec());
    }
    if bytes.starts_with(b"RIFF") {
        let mut webp = WebP::from_bytes(all).ok()?;
        webp.chunks_mut().retain(|chunk| WEBP_KEPT.contains(&chunk.id()));
        return Some(webp.encoder().bytes().to_vec());
    }
    None
}

/// A JPEG without what it tells, and without what lies behind it: cameras put films, further
/// pictures and notes there.
fn jpeg(all: Bytes) -> Option<Vec<u8>> {
    let mut jpeg = Jpeg::from_bytes(all.clone()).ok()?;
    let turned = jpeg.exif().as_deref().and_then(orientation);
    let segments = jpeg.segments_mut();
    segments.retain(|segment| shows(segment.marker(), segment.contents()));
    for segment in segments {
        if segment.has_entropy() {
            let (marker, head) = (segment.marker(), segment.contents().clone());
            // The first scan's has the rest of the file.
            let rest = all.len().checked_sub(segment.len_with_entropy() - segment.len())?;
            let picture = Bytes::from(scans(all.get(rest..)?)?);
            *segment = JpegSegment::new_with_entropy(marker, head, picture);
        }
    }
    if let Some(turned) = turned {
        jpeg.set_exif(Some(Bytes::from(exif_of(turned))));
    }
    Some(jpeg.encoder().bytes().to_vec())
}

/// Whether a segment of a JPEG says how the picture is to be shown: of the application segments
/// JFIF's (APP0), the colour profile (APP2) and Adobe's (APP14), and no comment.
fn shows(marker: u8, contents: &[u8]) -> bool {
    match marker {
        0xE0 => contents.starts_with(b"JFIF\0"),
        0xE2 => contents.starts_with(b"ICC_PROFILE\0"),
        0xEE => contents.starts_with(b"Adobe"),
        0xE1..=0xEF | 0xFE => false,
        _ => true,
    }
}

/// The scans of a JPEG (ITU-T T.81, B.1 and B.2): from behind the head of the first to the end of
/// the picture, with the segments between them that say how it is shown. None where they are
/// broken.
fn scans(rest: &[u8]) -> Option<Vec<u8>> {
    let mut kept = Vec::with_capacity(rest.len());
    let mut at = 0;
    while let Some(byte) = rest.get(at) {
        let marker = if *byte == 0xFF { rest.get(at + 1) } else { None };
        let end = match marker {
            None => at + 1,
            // Marks may be filled up with these.
            Some(0xFF) => {
                at += 1;
                continue;
            }
            Some(0xD9) => {
                kept.extend_from_slice(&[0xFF, 0xD9]);
                return Some(kept);
            }
            Some(0xD8) => return None,
            // A byte of the picture, or a restart within it.
            Some(0x00 | 0x01 | 0xD0..=0xD7) => at + 2,
            Some(_) => {
                let length: [u8; 2] = rest.get(at + 2..at + 4)?.try_into().ok()?;
                at + 2 + usize::from(u16::from_be_bytes(length))
            }
        };
        let part = rest.get(at..end)?;
        let told = part.len() > 3 && !shows(part[1], part.get(4..)?);
        if !told {
            kept.extend_from_slice(part);
        }
        at = end;
    }
    Some(kept)
}

/// Which way up a picture is (TIFF 6.0, tag 274): 2 to 8, where it is not the usual way.
fn orientation(exif: &[u8]) -> Option<u8> {
    let little = match exif.get(..4)? {
        [b'I', b'I', 42, 0] => true,
        [b'M', b'M', 0, 42] => false,
        _ => return None,
    };
    let short = |at: usize| {
        let pair: [u8; 2] = exif.get(at..at.checked_add(2)?)?.try_into().ok()?;
        Some(if little { u16::from_le_bytes(pair) } else { u16::from_be_bytes(pair) })
    };
    let long = |at: usize| {
        let four: [u8; 4] = exif.get(at..at.checked_add(4)?)?.try_into().ok()?;
        Some(if little { u32::from_le_bytes(four) } else { u32::from_be_bytes(four) })
    };
    let directory = usize::try_from(long(4)?).ok()?;
    (0..usize::from(short(directory)?)).find_map(|entry| {
        let at = directory.checked_add(2)?.checked_add(entry.checked_mul(12)?)?;
        if short(at)? != 274 {
            return None;
        }
        u8::try_from(short(at.checked_add(8)?)?).ok().filter(|turned| (2..=8).contains(turned))
    })
}

/// An EXIF block that tells which way up a picture is, and nothing else.
fn exif_of(turned: u8) -> Vec<u8> {
    let mut exif = b"MM\0\x2A\0\0\0\x08\0\x01".to_vec();
    exif.extend_from_slice(&[0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, turned, 0, 0, 0, 0, 0, 0]);
    exif
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A JPEG of segments, with its EXIF, a comment and Photoshop's block; no picture in it.
    fn photograph(exif: &[u8]) -> Vec<u8> {
        let mut jpeg = vec![0xFF, 0xD8];
        let mut segment = |marker: u8, body: &[u8]| {
            jpeg.extend_from_slice(&[0xFF, marker]);
            let length = u16::try_from(body.len() + 2).unwrap();
            jpeg.extend_from_slice(&length.to_be_bytes());
            jpeg.extend_from_slice(body);
        };
        segment(0xE0, b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0");
        segment(0xE1, &[b"Exif\0\0", exif].concat());
        segment(0xED, b"Photoshop 3.0\0GPS-55.6761");
        segment(0xFE, b"Taget af Karla");
        segment(0xDB, &[0; 65]);
        jpeg.extend_from_slice(&[0xFF, 0xDA, 0, 2, 1, 2, 3, 0xFF, 0xD9]);
        jpeg
    }

    fn holds(bytes: &[u8], canary: &[u8]) -> bool {
        bytes.windows(canary.len()).any(|part| part == canary)
    }

    #[test]
    fn a_photograph_leaves_without_where_and_by_whom_and_the_right_way_up() {
        let mut exif = exif_of(6);
        exif.extend_from_slice(b"GPS-55.6761 Kamera 4711");
        let bytes = photograph(&exif);
        let stripped = strip(&bytes).expect("a photograph");
        for canary in [&b"GPS-55"[..], b"Kamera", b"Karla", b"Photoshop"] {
            assert!(holds(&bytes, canary) && !holds(&stripped, canary));
        }
        let again = Jpeg::from_bytes(Bytes::from(stripped)).expect("a photograph still");
        assert_eq!(again.exif().as_deref().and_then(orientation), Some(6));
    }

    #[test]
    fn nothing_that_lies_behind_or_within_a_photograph_leaves_with_it() {
        let picture = [1, 0xFF, 0, 0xFF, 0xD3, 2, 0xFF, 0xFF, 0xD9];
        let mut bytes = photograph(&exif_of(1));
        bytes.truncate(bytes.len() - 5);
        bytes.extend_from_slice(b"\x05\xFF\xE1\0\x0BExif\0GPS9\xFF\xFE\0\x08notat1");
        bytes.extend_from_slice(b"\xFF\xC4\0\x05tab\xFF\xDA\0\x02");
        bytes.extend_from_slice(&picture);
        bytes.extend_from_slice(b"ftypmp42 lyd fra rummet \xFF\xD8\xFF\xE1 GPS-55.6761");
        let stripped = strip(&bytes).expect("a photograph");
        for canary in [&b"GPS"[..], b"notat1", b"ftyp", b"lyd fra"] {
            assert!(holds(&bytes, canary) && !holds(&stripped, canary));
        }
        let left = b"\x05\xFF\xC4\0\x05tab\xFF\xDA\0\x02\x01\xFF\0\xFF\xD3\x02\xFF\xD9";
        assert!(stripped.ends_with(left), "the picture itself is whole");
    }

    #[test]
    fn a_photograph_that_was_cut_off_leaves_without_what_it_tells_and_a_broken_one_is_none() {
        let mut bytes = photograph(&exif_of(1));
        bytes.truncate(bytes.len() - 2);
        let stripped = strip(&bytes).expect("as far as it goes");
        assert!(holds(&bytes, b"Karla") && !holds(&stripped, b"Karla"));
        bytes.extend_from_slice(b"\xFF\xC4\xFF\xFFtab");
        assert_eq!(strip(&bytes), None);
    }

    #[test]
    fn a_drawing_leaves_without_its_texts() {
        let mut png = b"\x89PNG\r\n\x1a\n".to_vec();
        for (kind, body) in [(b"IHDR", &[0; 13][..]), (b"tEXt", b"Author\0Karla"), (b"IEND", b"")] {
            png.extend_from_slice(&u32::try_from(body.len()).unwrap().to_be_bytes());
            let mut hashed = kind.to_vec();
            hashed.extend_from_slice(body);
            png.extend_from_slice(&hashed);
            png.extend_from_slice(&crc32fast::hash(&hashed).to_be_bytes());
        }
        assert!(holds(&png, b"Karla"));
        let stripped = strip(&png).expect("a drawing");
        assert!(!holds(&stripped, b"Karla") && holds(&stripped, b"IHDR"));
    }

    #[test]
    fn what_is_no_picture_or_broken_is_said_to_be_none() {
        for bytes in [&b""[..], b"%PDF-1.7", b"\xFF\xD8\xFF", b"RIFF", b"\x89PNG"] {
            drop(strip(bytes));
        }
        assert_eq!(strip(b"%PDF-1.7 /Author (Karla)"), None);
        assert_eq!(orientation(b"II*\0\xFF\xFF\xFF\xFF"), None);
    }
}
