//! Where a vault may lie.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::wire::{ErrorCode, Place};

/// Folder names that services which keep folders in step are known by.
const SYNCED: [&str; 8] = [
    "onedrive",
    "dropbox",
    "google drive",
    "googledrive",
    "icloud drive",
    "mobile documents",
    "nextcloud",
    "owncloud",
];

/// Says whether a vault is in a folder, or could be made there; writes nothing that stays.
#[must_use]
pub fn check(path: &Path) -> Place {
    let has_vault = fristed_vault::exists(path);
    Place {
        path: path.display().to_string(),
        has_vault,
        problem: if has_vault { None } else { problem(path) },
        synced: is_synced(path),
    }
}

fn problem(path: &Path) -> Option<ErrorCode> {
    if !path.is_absolute() {
        return Some(ErrorCode::FolderUnusable);
    }
    match fs::read_dir(path) {
        Ok(mut entries) => {
            if entries.next().is_some() {
                return Some(ErrorCode::FolderUnusable);
            }
            unwritable(path)
        }
        Err(e) if e.kind() == io::ErrorKind::NotFound => match nearest(path) {
            Some(parent) if parent.is_dir() => unwritable(&parent),
            _ => Some(ErrorCode::FolderUnusable),
        },
        Err(_) => Some(ErrorCode::FolderUnusable),
    }
}

fn nearest(path: &Path) -> Option<PathBuf> {
    path.ancestors().skip(1).find(|p| p.exists()).map(Path::to_path_buf)
}

/// Tries the folder by making a file of no name worth keeping, and removing it.
fn unwritable(dir: &Path) -> Option<ErrorCode> {
    let probe = dir.join(format!(".fristed-{}", std::process::id()));
    let made = fs::File::create_new(&probe);
    let _ = fs::remove_file(&probe);
    match made {
        Ok(_) => None,
        Err(e) if e.kind() == io::ErrorKind::StorageFull => Some(ErrorCode::NoSpace),
        Err(_) => Some(ErrorCode::NotWritable),
    }
}

fn is_synced(path: &Path) -> bool {
    path.components().any(|part| {
        let name = part.as_os_str().to_string_lossy().to_lowercase();
        SYNCED.iter().any(|service| name.starts_with(service))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_or_new_folder_will_do() {
        let dir = tempfile::tempdir().expect("a folder for the test");
        assert_eq!(check(dir.path()).problem, None);
        assert_eq!(check(&dir.path().join("new/deeper")).problem, None);
        assert_eq!(fs::read_dir(dir.path()).expect("reading").count(), 0, "nothing stays behind");
    }

    #[test]
    fn a_folder_with_other_things_in_it_is_refused() {
        let dir = tempfile::tempdir().expect("a folder for the test");
        fs::write(dir.path().join("budget.ods"), "x").expect("writing");
        assert_eq!(check(dir.path()).problem, Some(ErrorCode::FolderUnusable));
        assert_eq!(check(&dir.path().join("budget.ods")).problem, Some(ErrorCode::FolderUnusable));
    }

    #[test]
    fn a_folder_that_a_service_copies_is_pointed_out() {
        assert!(check(Path::new("/home/karla/OneDrive - Kommunen/journal")).synced);
        assert!(!check(Path::new("/home/karla/journal")).synced);
    }
}
