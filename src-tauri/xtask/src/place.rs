//! Where things lie.

use std::env;
use std::path::{Path, PathBuf};

/// The repository's root.
pub fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.ancestors().nth(2).unwrap_or(here).to_path_buf()
}

/// Where cargo builds: `CARGO_TARGET_DIR`, else a folder in the user's cache that every checkout
/// shares.
pub fn target() -> PathBuf {
    if let Some(set) = env::var_os("CARGO_TARGET_DIR") {
        return PathBuf::from(set);
    }
    let cache = env::var_os("XDG_CACHE_HOME").map(PathBuf::from).filter(|path| path.is_absolute());
    cache.unwrap_or_else(|| home().join(".cache")).join("fristed/target")
}

fn home() -> PathBuf {
    env::var_os("HOME").map_or_else(env::temp_dir, PathBuf::from)
}

/// Where results lie that a person looks at: screenshots, packages, reports.
pub fn results() -> PathBuf {
    root().join("target")
}

/// A program that a debug build made.
pub fn built(name: &str) -> PathBuf {
    target().join("debug").join(name)
}
