//! How much of the window's program is there for sharing alone.
//!
//! There is no program without sharing to compare with. So the linker says which piece of the
//! program came from which crate, and the pieces count that came from `fristed-network` or from a
//! crate that nothing else in the program needs.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use serde_json::Value;

use crate::place;
use crate::step::{cargo, output, run};

/// The crate that sharing is in.
const SHARING: &str = "fristed-network";
/// The program.
const PROGRAM: &str = "fristed";

/// The bytes of the program's file that are there for sharing; the program was built before and is
/// linked once more. None where this linker does not say what came from where.
///
/// # Errors
/// When the program cannot be linked.
pub fn of_sharing() -> Result<Option<u64>, String> {
    let map = place::target().join("release/fristed.map");
    let link = format!("link-arg=-Wl,-Map={}", map.display());
    run(&mut cargo(&["rustc", "--release", "-p", PROGRAM, "--bin", PROGRAM, "--", "-C", &link]))?;
    let told = fs::read_to_string(&map).map_err(|e| format!("{}: {e}", map.display()))?;
    let bytes = bytes_of(&told, &only_for_sharing()?);
    Ok(Some(bytes).filter(|bytes| *bytes > 0))
}

/// The names of the crates that the program would not have without sharing. One that it would have
/// in another version is not among them.
fn only_for_sharing() -> Result<BTreeSet<String>, String> {
    let host = output(std::process::Command::new("rustc").arg("-vV"));
    let host =
        host.as_deref().and_then(|it| it.lines().find_map(|line| line.strip_prefix("host: ")));
    let host = host.ok_or("rustc does not say for what it builds")?;
    let words = ["metadata", "--format-version", "1", "--locked", "--filter-platform", host];
    let told = output(&mut cargo(&words)).ok_or("cargo does not say what stands on what")?;
    let told: Value = serde_json::from_str(&told).map_err(|e| e.to_string())?;
    Ok(Packages::read(&told).only_for(PROGRAM, SHARING))
}

/// What cargo says of the packages, by their ids.
#[derive(Default)]
struct Packages<'a> {
    /// A package's name, and that of its library.
    names: BTreeMap<&'a str, (&'a str, String)>,
    /// What it stands on when it runs.
    below: BTreeMap<&'a str, Vec<&'a str>>,
}

impl<'a> Packages<'a> {
    fn read(told: &'a Value) -> Self {
        let mut all = Self::default();
        let each = |of: &'a Value| of.as_array().into_iter().flatten();
        for package in each(&told["packages"]) {
            let (Some(id), Some(name)) = (package["id"].as_str(), package["name"].as_str()) else {
                continue;
            };
            let is_library = |target: &&'a Value| {
                each(&target["kind"]).any(|kind| kind == "lib" || kind == "rlib")
            };
            let library = each(&package["targets"]).find(is_library);
            let library = library.and_then(|it| it["name"].as_str()).unwrap_or(name);
            all.names.insert(id, (name, library.replace('-', "_")));
        }
        for node in each(&told["resolve"]["nodes"]) {
            let Some(id) = node["id"].as_str() else { continue };
            let runs = |one: &&'a Value| each(&one["dep_kinds"]).any(|kind| kind["kind"].is_null());
            let below = each(&node["deps"]).filter(runs);
            all.below.insert(id, below.filter_map(|one| one["pkg"].as_str()).collect());
        }
        all
    }

    fn only_for(&self, program: &str, part: &str) -> BTreeSet<String> {
        let whole = self.from(program, None);
        let rest = self.from(program, Some(part));
        whole.difference(&rest).cloned().collect()
    }

    /// The names of the libraries that a program stands on, past one of them.
    fn from(&self, program: &str, past: Option<&str>) -> BTreeSet<String> {
        let name = |id: &str| self.names.get(id).map(|(name, _)| *name);
        let mut left: Vec<&str> =
            self.below.keys().copied().filter(|id| name(id) == Some(program)).collect();
        let mut seen: BTreeSet<&str> = BTreeSet::new();
        while let Some(id) = left.pop() {
            if (past.is_some() && name(id) == past) || !seen.insert(id) {
                continue;
            }
            left.extend(self.below.get(id).into_iter().flatten());
        }
        seen.iter()
            .filter_map(|id| self.names.get(id))
            .map(|(_, library)| library.clone())
            .collect()
    }
}

/// The bytes of the pieces that came from these crates, by the map that lld writes: a line for each
/// piece with its address, its size in hexadecimal, and the library's file with the piece's name.
fn bytes_of(map: &str, crates: &BTreeSet<String>) -> u64 {
    let piece = |line: &str| {
        let (before, name) = line.rsplit_once("):(")?;
        let library = before.rsplit_once(".rlib(")?.0.rsplit('/').next()?;
        let library = library.strip_prefix("lib")?.rsplit_once('-')?.0;
        // Zeros at the start are in memory alone.
        let in_file = !name.starts_with(".bss") && !name.starts_with(".tbss");
        let size = line.split_whitespace().nth(2)?;
        let size = u64::from_str_radix(size, 16).ok()?;
        (in_file && crates.contains(library)).then_some(size)
    };
    map.lines().filter_map(piece).sum()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_only_sharing_needs_is_what_no_other_way_leads_to() {
        let package = |name: &str| json!({"id": name, "name": name, "targets": [{"kind": ["lib"], "name": name}]});
        let node = |id: &str, below: &[&str]| {
            let below = below.iter().map(|pkg| json!({"pkg": pkg, "dep_kinds": [{"kind": null}]}));
            json!({"id": id, "deps": below.collect::<Vec<_>>()})
        };
        let mut built = node("fristed-network", &["matrix-sdk", "rusqlite"]);
        built["deps"][1]["dep_kinds"][0]["kind"] = json!("build");
        let packages =
            ["fristed", "fristed-network", "matrix-sdk", "rusqlite", "serde"].map(package);
        let told = json!({
            "packages": packages,
            "resolve": {"nodes": [
                node("fristed", &["fristed-network", "serde"]),
                built,
                node("matrix-sdk", &["serde"]),
                node("rusqlite", &[]),
                node("serde", &[]),
            ]},
        });
        let found = Packages::read(&told).only_for("fristed", "fristed-network");
        assert_eq!(found, ["fristed_network", "matrix_sdk"].map(String::from).into());
    }

    #[test]
    fn the_pieces_of_a_map_are_counted_once_and_those_of_others_not() {
        let map = "\
     VMA      LMA     Size Align Out     In      Symbol
  1f4c70   1f4c70      300    16 .text
  1f4c70   1f4c70       1b     1         /t/deps/libmatrix_sdk-0a1.rlib(a.o):(.text.f)
  1f4c70   1f4c70       1b     1                 f
  1f4d00   1f4d00       ff     1         /t/deps/libserde-0a1.rlib(a.o):(.text.g)
  2f4d00   2f4d00       10     1         /t/deps/libmatrix_sdk-0a1.rlib(a.o):(.bss.h)
  2f4e00   2f4e00        5     1         /t/deps/fristed-0a1.o:(.text.main)
";
        assert_eq!(bytes_of(map, &["matrix_sdk".to_owned()].into()), 0x1b);
    }
}
