//! 27 and 29: what is left lying about.

use std::fs;
use std::io::Read;
use std::os::unix::process::ExitStatusExt as _;
use std::path::Path;
use std::process::Command;

use fristed_tests::{Leader, disk, words};

const CANARY: &str = "kanariefugl-i-mørket-7391";

/// The canary as bytes could hold it: UTF-8, UTF-16, and Base64 at each of its three alignments.
fn disguises(of: &str) -> Vec<(&'static str, Vec<u8>)> {
    let utf16: Vec<u16> = of.encode_utf16().collect();
    let mut all = vec![
        ("UTF-8", of.as_bytes().to_vec()),
        ("UTF-16LE", utf16.iter().flat_map(|unit| unit.to_le_bytes()).collect()),
        ("UTF-16BE", utf16.iter().flat_map(|unit| unit.to_be_bytes()).collect()),
    ];
    for shift in 0..3 {
        let padded = [vec![b'x'; shift], of.as_bytes().to_vec()].concat();
        let coded = base64(&padded);
        // The first and the last group also hold neighbours, so only those between are sure.
        all.push(("Base64", coded[4..coded.len() - 4].to_vec()));
    }
    all
}

fn base64(bytes: &[u8]) -> Vec<u8> {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut coded = Vec::new();
    for group in bytes.chunks(3) {
        let at = |n: usize| u32::from(group.get(n).copied().unwrap_or(0));
        let bits = at(0) << 16 | at(1) << 8 | at(2);
        for shift in [18, 12, 6, 0] {
            coded.push(LETTERS[(bits >> shift & 63) as usize]);
        }
    }
    coded
}

fn assert_no_trace(of: &str, under: &Path, when: &str) {
    for path in disk::files(under) {
        let Ok(bytes) = fs::read(&path) else { continue };
        for (form, trace) in disguises(of) {
            let found = bytes.windows(trace.len()).any(|window| window == trace);
            assert!(!found, "{when}: {} holds the canary as {form}", path.display());
        }
        let name = path.display().to_string();
        assert!(!name.contains(of), "{when}: a file's name is a trace too: {name}");
    }
}

#[test]
fn t27_nothing_that_was_written_can_be_read_from_any_file() {
    let karla = Leader::named("Karla");
    let folder = tempfile::tempdir().expect("a folder outside her home");
    let note = format!("Importeret {CANARY}\n\n![{CANARY}](billede-{CANARY}.png)\n");
    fs::write(folder.path().join("2026-01-01 import.md"), note).expect("a note");
    let image = [b"\x89PNG\r\n\x1a\n".to_vec(), CANARY.as_bytes().to_vec()].concat();
    fs::write(folder.path().join(format!("billede-{CANARY}.png")), image).expect("an image");

    let id = karla.writes_with(
        &format!("Brødteksten nævner {CANARY}.\n"),
        &["--title", &format!("Titel {CANARY}"), "--tag", CANARY],
    );
    karla.imports(folder.path());
    assert_eq!(karla.finds(CANARY).len(), 2, "it is in the journal");
    karla.cli(&["edit", &id]).input(format!("Ny tekst med {CANARY}")).answer().done();
    karla.cli(&["show", "00000000-0000-7000-8000-000000000000"]).answer().failed(1, "notFound");
    assert_no_trace(CANARY, karla.home(), "closed");

    // Open, with a log beside the store and its reader still reading.
    karla.writes(&words::text(1, 300_000));
    let mut reading = karla.cli(&["list", "--json"]).start();
    let mut begun = [0];
    reading.stdout.as_mut().expect("its output").read_exact(&mut begun).expect("it has opened");
    assert_no_trace(CANARY, karla.home(), "open");
    reading.kill().expect("SIGKILL");
    reading.wait().expect("its end");
    assert_no_trace(CANARY, karla.home(), "killed");

    karla.does(&["delete", "--for-good", &id]);
    assert_no_trace(CANARY, karla.home(), "deleted");
}

#[test]
fn t27_an_error_never_quotes_the_journal() {
    let karla = Leader::named("Karla");
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("entries.json");
    fs::write(&file, format!("{{\"entries\": [{{\"text\": \"{CANARY}\", \"creationDate\": "))
        .expect("half a file");
    let refused = karla.cli(&["import", &file.display().to_string()]).answer();
    assert_eq!(refused.exit(), Some(1), "{}", refused.err);
    assert!(!refused.err.contains(CANARY), "{}", refused.err);
}

#[test]
fn t29_a_crash_leaves_no_image_of_the_memory() {
    let karla = Leader::named("Karla");
    karla.writes(&words::text(1, 400_000));
    let mut reading = karla.cli(&["list", "--json"]).start();
    let mut begun = [0];
    reading.stdout.as_mut().expect("its output").read_exact(&mut begun).expect("it has opened");
    let id = reading.id().to_string();
    let limits = fs::read_to_string(format!("/proc/{id}/limits")).expect("its limits");
    let core = limits.lines().find(|line| line.starts_with("Max core file size"));
    let core = core.map(|line| line.split_whitespace().collect::<Vec<_>>());
    assert_eq!(core.as_ref().map(|c| (c[4], c[5])), Some(("0", "0")), "no core file: {limits}");
    // SIGABRT, since Rust's own handler takes the first SIGSEGV that comes from outside.
    let killed = Command::new("kill").args(["-ABRT", &id]).status().expect("kill");
    assert!(killed.success());
    let status = reading.wait().expect("its end");
    assert_eq!(status.signal(), Some(6), "{status:?}");
    assert!(!status.core_dumped(), "nothing of it was kept");
}
