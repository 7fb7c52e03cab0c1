//! The lock files of the interface's packages and of the foreign clients'.

use serde_json::{Map, Value};

use super::Finding;
use super::sources::Sources;

const LOCKS: [&str; 2] = ["ui/package-lock.json", "tests/foreign/package-lock.json"];

/// `npm ci` takes each lock file on every system, from whatever registry.
///
/// npm locks only what the registry had. Where a package's parts for other systems were not there,
/// newer versions of npm refuse the whole file.
pub fn locked(sources: &Sources) -> Vec<Finding> {
    LOCKS.iter().flat_map(|lock| in_one(sources, lock)).collect()
}

fn in_one(sources: &Sources, name: &str) -> Vec<Finding> {
    let lock: Value =
        sources.text(name).and_then(|text| serde_json::from_str(text).ok()).unwrap_or_default();
    let Some(packages) = lock.get("packages").and_then(Value::as_object) else {
        return vec![format!("{name}: it holds no packages")];
    };
    let mut found = Vec::new();
    for (path, package) in packages {
        if package.get("resolved").is_some() {
            found.push(format!("{name}: {path} names the registry that it came from"));
        }
        let optional = package.get("optionalDependencies").and_then(Value::as_object);
        for part in optional.into_iter().flat_map(Map::keys) {
            if !is_locked(packages, path, part) {
                found.push(format!("{name}: {path} is there without {part}"));
            }
        }
    }
    found
}

/// Whether a package finds another one: among its own, or among those of a folder above.
fn is_locked(packages: &Map<String, Value>, from: &str, name: &str) -> bool {
    let mut at = from;
    loop {
        let folder = if at.is_empty() { String::new() } else { format!("{at}/") };
        if packages.contains_key(&format!("{folder}node_modules/{name}")) {
            return true;
        }
        if at.is_empty() {
            return false;
        }
        at = at.rsplit_once("/node_modules/").map_or("", |(above, _)| above);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(packages: &str) -> Vec<Finding> {
        let [name, _] = LOCKS;
        in_one(&Sources::of(&[(name, &format!(r#"{{"packages": {packages}}}"#))]), name)
    }

    #[test]
    fn a_lock_file_with_every_part_passes() {
        let whole = r#"{
            "": {"dependencies": {"a": "1"}},
            "node_modules/a": {"optionalDependencies": {"a-linux": "1", "a-mac": "1"}},
            "node_modules/a-linux": {"optional": true},
            "node_modules/a/node_modules/a-mac": {"optional": true}}"#;
        assert_eq!(of(whole), Vec::<Finding>::new());
    }

    #[test]
    fn a_missing_part_is_found_and_so_is_a_registry() {
        let without = r#"{
            "node_modules/a": {"optionalDependencies": {"a-linux": "1", "a-mac": "1"}},
            "node_modules/a-linux": {"optional": true}}"#;
        assert_eq!(of(without), [format!("{}: node_modules/a is there without a-mac", LOCKS[0])]);
        let elsewhere = r#"{"node_modules/@b/c": {"resolved": "https://registry.example/c.tgz"}}"#;
        assert_eq!(of(elsewhere).len(), 1);
        assert_eq!(locked(&Sources::of(&[])).len(), LOCKS.len(), "no lock file at all");
    }
}
