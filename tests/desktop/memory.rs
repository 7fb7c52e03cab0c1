//! What lies in the memory of running processes.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{BufRead as _, Read as _, Seek as _, SeekFrom};

/// The window's processes by id and name: the program, and the web view's that it started.
///
/// The list is read from `/proc`; the driver, which was given the texts to type, is none of them.
pub fn processes(program: u32) -> BTreeMap<u32, String> {
    let mut parents = BTreeMap::new();
    for entry in fs::read_dir("/proc").expect("Linux has this folder").flatten() {
        let Some(id) = entry.file_name().to_str().and_then(|name| name.parse::<u32>().ok()) else {
            continue;
        };
        // A process may end while it is looked at.
        let Ok(stat) = fs::read_to_string(entry.path().join("stat")) else { continue };
        let Some((head, tail)) = stat.rsplit_once(')') else { continue };
        let name = head.split_once('(').map_or("", |(_, name)| name).to_owned();
        let parent = tail.split_whitespace().nth(1).and_then(|word| word.parse::<u32>().ok());
        parents.insert(id, (parent.unwrap_or_default(), name));
    }
    let mut own = BTreeMap::new();
    for (id, (_, name)) in &parents {
        let mut at = *id;
        while at > 1 && at != program {
            at = parents.get(&at).map_or(0, |(parent, _)| *parent);
        }
        if at == program {
            own.insert(*id, name.clone());
        }
    }
    own
}

/// How often each text lies in a process's memory, in UTF-8 or UTF-16; only pages that are in
/// memory are read, as a core dump would hold them.
pub fn count(process: u32, texts: &[&str]) -> Vec<usize> {
    let forms: Vec<[Vec<u8>; 2]> = texts
        .iter()
        .map(|text| {
            let wide = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
            [text.as_bytes().to_vec(), wide]
        })
        .collect();
    let mut found = vec![0; texts.len()];
    each_region(process, |bytes| {
        for (count, forms) in found.iter_mut().zip(&forms) {
            *count += forms.iter().map(|form| occurrences(bytes, form)).sum::<usize>();
        }
    });
    found
}

/// How often one run of bytes lies in another.
pub fn occurrences(bytes: &[u8], wanted: &[u8]) -> usize {
    let Some((first, _)) = wanted.split_first() else { return 0 };
    let (mut found, mut at, mut rest) = (0, 0, bytes);
    // The standard library searches for a byte quickly, also where these tests are not optimised.
    while let Ok(passed @ 1..) = rest.skip_until(*first) {
        at += passed;
        found += usize::from(bytes.get(at - 1..).is_some_and(|tail| tail.starts_with(wanted)));
    }
    found
}

fn has_ended(error: &std::io::Error) -> bool {
    error.kind() == std::io::ErrorKind::NotFound
        || error.raw_os_error() == Some(rustix::io::Errno::SRCH.raw_os_error())
}

const PAGE: u64 = 4096;

fn each_region(process: u32, mut look: impl FnMut(&[u8])) {
    let folder = format!("/proc/{process}");
    let opened = (|| {
        let maps = fs::read_to_string(format!("{folder}/maps"))?;
        let memory = File::open(format!("{folder}/mem"))?;
        Ok((maps, memory, File::open(format!("{folder}/pagemap"))?))
    })();
    let (maps, mut memory, mut pages) = match opened {
        Ok(opened) => opened,
        // One that ended in the meantime holds nothing any more.
        Err(error) if has_ended(&error) => return,
        Err(error) => panic!("only root may look: {error}"),
    };
    for line in maps.lines() {
        let mut fields = line.split_whitespace();
        let (Some(range), Some(mode)) = (fields.next(), fields.next()) else { continue };
        let Some((from, to)) = range.split_once('-') else { continue };
        let bound = |text| u64::from_str_radix(text, 16).expect("an address");
        if !mode.starts_with('r') || line.ends_with("[vvar]") || line.ends_with("[vsyscall]") {
            continue;
        }
        for (from, to) in present(&mut pages, bound(from), bound(to)) {
            let length = usize::try_from(to - from).expect("a region fits in memory");
            let mut bytes = vec![0; length];
            let read =
                memory.seek(SeekFrom::Start(from)).and_then(|_| memory.read_exact(&mut bytes));
            // A region may go while it is looked at.
            if read.is_ok() {
                look(&bytes);
            }
        }
    }
}

/// The runs of pages that are in memory or swapped out (bits 63 and 62 of `/proc/PID/pagemap`).
fn present(pages: &mut File, from: u64, to: u64) -> Vec<(u64, u64)> {
    let mut runs: Vec<(u64, u64)> = Vec::new();
    let mut at = from;
    let mut entries = vec![0_u8; 1 << 20];
    while at < to {
        let wanted = usize::try_from((to - at) / PAGE * 8).unwrap_or(usize::MAX).min(entries.len());
        let Some(window) = entries.get_mut(..wanted) else { break };
        let read =
            pages.seek(SeekFrom::Start(at / PAGE * 8)).and_then(|_| pages.read_exact(window));
        if read.is_err() || wanted == 0 {
            break;
        }
        for entry in window.chunks_exact(8) {
            if entry.last().is_some_and(|top| top & 0xc0 != 0) {
                match runs.last_mut() {
                    Some(run) if run.1 == at => run.1 += PAGE,
                    _ => runs.push((at, at + PAGE)),
                }
            }
            at += PAGE;
        }
    }
    runs
}

#[test]
fn the_search_finds_what_is_there_and_not_what_is_gone() {
    let name = format!("{}-{}", "kanariefugl", std::process::id());
    let kept: Vec<u16> = name.encode_utf16().collect();
    assert!(count(std::process::id(), &[&name]).first().is_some_and(|n| *n > 0));
    assert!(kept.len() > 5, "it lives until here");
    assert_eq!(occurrences(b"abcabcab", b"abc"), 2);
}
