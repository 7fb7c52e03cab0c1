//! Who may know whom.

use super::Finding;
use super::sources::{Sources, is_comment, lines_with, without_tests};

/// The crates below the shell, each with those it may stand on.
const BELOW: [(&str, &[&str]); 9] = [
    ("base", &[]),
    ("vault", &["base"]),
    ("journal", &["base", "vault"]),
    ("calendar", &["base", "vault"]),
    ("network", &["base", "vault"]),
    ("remote", &["base"]),
    ("exchange", &["base", "vault", "journal"]),
    ("app", &["base", "vault", "journal", "calendar", "network", "remote", "exchange"]),
    ("cli", &["base", "app"]),
];

/// A crate's dependencies as its `Cargo.toml` lists them, tests' and builds' apart.
fn named(manifest: &str) -> Vec<String> {
    let Ok(parsed) = manifest.parse::<toml::Table>() else {
        return Vec::new();
    };
    let direct = parsed.get("dependencies").and_then(toml::Value::as_table);
    let by_target = parsed.get("target").and_then(toml::Value::as_table);
    let by_target = by_target.into_iter().flat_map(toml::Table::values);
    let by_target = by_target.filter_map(|t| t.get("dependencies").and_then(toml::Value::as_table));
    direct.into_iter().chain(by_target).flat_map(toml::Table::keys).cloned().collect()
}

/// Each crate stands only on those below it, and every crate is in the list above.
pub fn dependencies(sources: &Sources) -> Vec<Finding> {
    let mut found = Vec::new();
    for (path, manifest) in sources.below("src-tauri/crates/", "/Cargo.toml") {
        let name = path.split('/').nth(2).unwrap_or_default();
        let Some((_, allowed)) = BELOW.iter().find(|(known, _)| *known == name) else {
            found.push(format!("{name} has no place in the order of crates"));
            continue;
        };
        for used in named(manifest) {
            let Some(own) = used.strip_prefix("fristed-") else {
                continue;
            };
            if !allowed.contains(&own) {
                found.push(format!("{name} may not stand on {own}"));
            }
        }
    }
    found
}

/// No crate below the shell names Tauri.
pub fn no_tauri_below(sources: &Sources) -> Vec<Finding> {
    let mut found = Vec::new();
    for (path, manifest) in sources.below("src-tauri/crates/", "/Cargo.toml") {
        for used in
            named(manifest).iter().filter(|used| used.starts_with("tauri") || *used == "wry")
        {
            found.push(format!("{path} names {used}"));
        }
    }
    found
}

/// Nothing outside `remote` and `network` speaks to the network, by a library or by a socket of its
/// own; `network` knows Matrix's library and no other, and nobody else knows that one.
pub fn no_network_outside(sources: &Sources) -> Vec<Finding> {
    let libraries = [
        "attohttpc",
        "curl",
        "hyper",
        "isahc",
        "libdav",
        "matrix-sdk",
        "reqwest",
        "rustls",
        "ureq",
    ];
    let mut found = Vec::new();
    let (remote, network) = ("src-tauri/crates/remote/", "src-tauri/crates/network/");
    let is_of = |used: &str, one: &str| used == one || used.starts_with(&format!("{one}-"));
    for (path, manifest) in sources.below("src-tauri/", "Cargo.toml") {
        if is_aside(path) {
            continue;
        }
        for used in named(manifest) {
            let own = if path.starts_with(network) {
                is_of(&used, "matrix-sdk")
            } else {
                path.starts_with(remote) && !is_of(&used, "matrix-sdk")
            };
            if !own && libraries.iter().any(|one| is_of(&used, one)) {
                found.push(format!("{path} names {used}"));
            }
        }
    }
    for (path, text) in sources.below("src-tauri/", ".rs") {
        if path.starts_with(remote) || path.starts_with(network) || is_aside(path) {
            continue;
        }
        for way in ["TcpStream", "TcpListener", "UdpSocket", "ToSocketAddrs", "lookup_host"] {
            for (line, code) in lines_with(without_tests(text), way) {
                if !is_comment(code) {
                    found.push(format!("{path}:{line} uses {way}"));
                }
            }
        }
    }
    found
}

/// Tools, tests and measurements, which are no part of the program.
fn is_aside(path: &str) -> bool {
    path.starts_with("src-tauri/xtask/") || path.contains("/tests/") || path.contains("/examples/")
}

/// Only the vault opens a database.
pub fn no_database_outside(sources: &Sources) -> Vec<Finding> {
    let mut found = Vec::new();
    for (path, text) in sources.below("src-tauri/", ".rs") {
        if path.starts_with("src-tauri/crates/vault/") || is_aside(path) {
            continue;
        }
        // One in memory is no file that anybody could find.
        for way in ["Connection::open(", "Connection::open_with_flags"] {
            for (line, code) in lines_with(without_tests(text), way) {
                if !is_comment(code) {
                    found.push(format!("{path}:{line}"));
                }
            }
        }
    }
    found
}

/// SQL stands in files below `table/` and in the vault only.
pub fn no_sql_outside(sources: &Sources) -> Vec<Finding> {
    let words = [
        "SELECT ",
        "INSERT INTO",
        "INSERT OR",
        "UPDATE ",
        "DELETE FROM",
        "CREATE TABLE",
        "PRAGMA ",
    ];
    let mut found = Vec::new();
    for (path, text) in sources.below("src-tauri/", ".rs") {
        let allowed = path.starts_with("src-tauri/crates/vault/")
            || path.contains("/table/")
            || is_aside(path);
        if allowed {
            continue;
        }
        for (at, line) in without_tests(text).lines().enumerate() {
            if !is_comment(line) && words.iter().any(|word| begins_statement(line, word)) {
                found.push(format!("{path}:{}", at + 1));
            }
        }
    }
    found
}

/// Whether a line's text, or a string on it, begins with these words of SQL.
fn begins_statement(line: &str, words: &str) -> bool {
    line.trim_start().starts_with(words) || line.contains(&format!("\"{words}"))
}

/// Tauri's JavaScript is imported behind the one host only, and in what is generated.
pub fn one_host(sources: &Sources) -> Vec<Finding> {
    let mut found = Vec::new();
    for end in [".ts", ".svelte", ".js"] {
        for (path, text) in sources.below("ui/src/", end) {
            if path.starts_with("ui/src/lib/host/") || path == "ui/src/lib/bindings.ts" {
                continue;
            }
            found
                .extend(lines_with(text, "@tauri-apps/").map(|(line, _)| format!("{path}:{line}")));
        }
    }
    found
}

/// No `{@html}`, no `innerHTML` and their like.
pub fn no_bare_html(sources: &Sources) -> Vec<Finding> {
    let ways = ["{@html", "innerHTML", "outerHTML", "insertAdjacentHTML", "document.write"];
    let mut found = Vec::new();
    for end in [".ts", ".svelte", ".js"] {
        for (path, text) in
            sources.below("ui/src/", end).filter(|(path, _)| !path.ends_with(".test.ts"))
        {
            for way in ways {
                found.extend(
                    lines_with(text, way)
                        .filter(|(_, line)| !is_comment(line))
                        .map(|(line, _)| format!("{path}:{line} uses {way}")),
                );
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_crate_that_looks_upward_is_found() {
        let bad = [(
            "src-tauri/crates/vault/Cargo.toml",
            "[dependencies]\nfristed-journal.workspace = true\n",
        )];
        assert_eq!(dependencies(&Sources::of(&bad)), ["vault may not stand on journal"]);
        let good = [(
            "src-tauri/crates/journal/Cargo.toml",
            "[dependencies]\nfristed-vault.workspace = true\n",
        )];
        assert!(dependencies(&Sources::of(&good)).is_empty());
        let new = [("src-tauri/crates/weather/Cargo.toml", "[dependencies]\n")];
        assert_eq!(dependencies(&Sources::of(&new)).len(), 1);
    }

    #[test]
    fn whoever_else_speaks_to_the_network_is_found() {
        let library = "[dependencies]\nhyper-util.workspace = true\n";
        let socket = "fn a() { std::net::TcpStream::connect(b) }";
        for (path, text) in [
            ("src-tauri/crates/app/Cargo.toml", library),
            ("src-tauri/Cargo.toml", library),
            ("src-tauri/crates/app/src/a.rs", socket),
            ("src-tauri/src/a.rs", socket),
            ("src-tauri/crates/network/Cargo.toml", library),
            ("src-tauri/crates/remote/Cargo.toml", "[dependencies]\nmatrix-sdk = \"0\"\n"),
        ] {
            assert_eq!(no_network_outside(&Sources::of(&[(path, text)])).len(), 1, "{path}");
        }
        for (path, text) in [
            ("src-tauri/crates/remote/Cargo.toml", library),
            ("src-tauri/crates/remote/src/a.rs", socket),
            ("src-tauri/crates/network/Cargo.toml", "[dependencies]\nmatrix-sdk = \"0\"\n"),
            ("src-tauri/crates/network/src/a.rs", socket),
            ("src-tauri/crates/app/Cargo.toml", "[dependencies]\ntokio = \"1\"\n"),
        ] {
            assert!(no_network_outside(&Sources::of(&[(path, text)])).is_empty(), "{path}");
        }
    }

    #[test]
    fn tauri_below_the_shell_is_found_also_for_one_system_only() {
        let bad = [(
            "src-tauri/crates/app/Cargo.toml",
            "[target.'cfg(unix)'.dependencies]\ntauri = \"2\"\n",
        )];
        assert_eq!(no_tauri_below(&Sources::of(&bad)).len(), 1);
        let good = [("src-tauri/crates/app/Cargo.toml", "[dependencies]\nspecta = \"2\"\n")];
        assert!(no_tauri_below(&Sources::of(&good)).is_empty());
    }

    #[test]
    fn a_database_opened_outside_the_vault_is_found() {
        let opens = "fn a() { rusqlite::Connection::open(path) }";
        assert_eq!(
            no_database_outside(&Sources::of(&[("src-tauri/crates/journal/src/a.rs", opens)]))
                .len(),
            1
        );
        assert!(
            no_database_outside(&Sources::of(&[("src-tauri/crates/vault/src/a.rs", opens)]))
                .is_empty()
        );
    }

    #[test]
    fn sql_outside_a_table_is_found() {
        let sql = "const A: &str = \"SELECT body FROM entry\";";
        assert_eq!(
            no_sql_outside(&Sources::of(&[("src-tauri/crates/journal/src/a.rs", sql)])).len(),
            1
        );
        let lines = "const A: &str = \"\n    UPDATE entry SET title = ?1\n\";";
        assert_eq!(
            no_sql_outside(&Sources::of(&[("src-tauri/crates/app/src/a.rs", lines)])).len(),
            1
        );
        assert!(
            no_sql_outside(&Sources::of(&[("src-tauri/crates/journal/src/table/a.rs", sql)]))
                .is_empty()
        );
    }

    #[test]
    fn tauri_imported_outside_the_host_is_found() {
        let import = "import { invoke } from '@tauri-apps/api/core';";
        assert_eq!(one_host(&Sources::of(&[("ui/src/routes/a.svelte", import)])).len(), 1);
        assert!(one_host(&Sources::of(&[("ui/src/lib/host/tauri.ts", import)])).is_empty());
    }

    #[test]
    fn bare_html_is_found() {
        assert_eq!(
            no_bare_html(&Sources::of(&[("ui/src/a.svelte", "<p>{@html text}</p>")])).len(),
            1
        );
        assert_eq!(
            no_bare_html(&Sources::of(&[("ui/src/a.ts", "node.innerHTML = text;")])).len(),
            1
        );
        assert!(
            no_bare_html(&Sources::of(&[("ui/src/a.ts", "node.textContent = text;")])).is_empty()
        );
    }
}
