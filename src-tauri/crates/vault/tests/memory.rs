//! What a locked program still holds in its memory (threats.md, 28, as far as the vault goes).
//!
//! The vault wipes its keys itself. Pages that SQLite had decrypted lie in freed memory until
//! something else is put there, unless the program began with `wipe_what_is_freed` (decision
//! 0003). Without it this test finds the canary some hundred times.
#![cfg(all(target_os = "linux", target_env = "gnu"))]
#![allow(clippy::unwrap_used, reason = "a test fails by it")]

mod support;

use std::fs::{self, File};
use std::io::{BufRead, BufReader, Read, Write};
use std::os::fd::AsFd;
use std::os::unix::fs::FileExt;
use std::process::Stdio;

use fristed_vault::{Key, Vault};
use support::child::{self, Part};
use support::*;
use zeroize::Zeroizing;

#[test]
fn a_child_process_does_what_its_test_asks() {
    let Some(part) = Part::given() else { return };
    assert_eq!(part.role, "use and lock");
    // From here on this is the same process with the same part, begun once more.
    fristed_vault::wipe_what_is_freed();
    // The words come in by a pipe, unbuffered, so that no copy of them stays in this process.
    let canary = line();
    {
        let passphrase = fristed_base::Secret::new(line());
        let key = Key::Passphrase(&passphrase);
        let vault = Vault::open(&part.folder, key, &NoKeyring, &FIRST, now()).unwrap();
        for at in 0..200 {
            let text = Zeroizing::new(format!("{at} {} {}", canary.as_str(), long_note(at)));
            add_note(vault.store(), &text);
        }
        for text in notes(vault.store()) {
            drop(Zeroizing::new(text));
        }
        drop(Zeroizing::new(canary));
        vault.close();
    }
    println!("LOCKED");
    // Until the parent has looked.
    let _ = line();
}

/// A line of standard input, read byte by byte past the standard library's buffer.
fn line() -> String {
    let input = std::io::stdin().as_fd().try_clone_to_owned().unwrap();
    let mut input = File::from(input);
    let mut line = Vec::with_capacity(200);
    let mut byte = [0];
    while input.read(&mut byte).unwrap() == 1 && byte[0] != b'\n' {
        line.push(byte[0]);
    }
    String::from_utf8(line).unwrap()
}

/// How often the words are in a process's memory.
fn found_in_memory(process: u32, words: &[&[u8]]) -> Vec<usize> {
    let memory = File::open(format!("/proc/{process}/mem")).unwrap();
    let maps = fs::read_to_string(format!("/proc/{process}/maps")).unwrap();
    let mut found = vec![0; words.len()];
    for map in maps.lines() {
        let mut parts = map.split_ascii_whitespace();
        let (range, rights) = (parts.next().unwrap(), parts.next().unwrap());
        if !rights.starts_with("rw") {
            continue;
        }
        let (from, to) = range.split_once('-').unwrap();
        let at = |text| u64::from_str_radix(text, 16).unwrap();
        let mut bytes = vec![0; usize::try_from(at(to) - at(from)).unwrap()];
        let read = memory.read_at(&mut bytes, at(from)).unwrap_or(0);
        for (count, word) in found.iter_mut().zip(words) {
            *count += bytes[..read].windows(word.len()).filter(|part| part == word).count();
        }
    }
    found
}

#[test]
fn a_locked_program_that_wipes_freed_memory_holds_neither_text_nor_passphrase() {
    let home = Home::new();
    home.fill(1);
    // Put together here, so that the words are not in the program itself.
    let canary: String = ["KANARIE", "FUGL", "0815"].concat();
    let mut playing = child::command("use and lock", &home)
        .env_remove("GLIBC_TUNABLES")
        .env_remove("FRISTED_RECOVERY")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = playing.stdin.take().unwrap();
    writeln!(input, "{canary}").unwrap();
    writeln!(input, "{PASSPHRASE}").unwrap();
    let locked = BufReader::new(playing.stdout.take().unwrap())
        .lines()
        .map_while(Result::ok)
        .any(|line| line.contains("LOCKED"));
    assert!(locked, "{:?}", playing.wait());
    let found = found_in_memory(playing.id(), &[canary.as_bytes(), PASSPHRASE.as_bytes()]);
    writeln!(input).unwrap();
    playing.wait().unwrap();
    assert_eq!(found, [0, 0], "the canary and the passphrase in the memory of a locked program");
}
