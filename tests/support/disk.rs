//! Files as they lie on a disk, and disks of a kind that one does not want.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use sha2::{Digest, Sha256};

/// The SHA-256 of every file under a folder.
///
/// # Panics
/// Where a file cannot be read.
#[must_use]
pub fn fingerprints(folder: &Path) -> BTreeMap<PathBuf, String> {
    files(folder)
        .into_iter()
        .map(|path| {
            let bytes = fs::read(&path).expect("a file of the test can be read");
            let hash = Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
            (path, hash)
        })
        .collect()
}

/// Every file under a folder.
///
/// # Panics
/// Where a folder cannot be read.
#[must_use]
pub fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("a folder of the test can be read") {
            let path = entry.expect("its entries too").path();
            if path.is_dir() && !path.is_symlink() {
                folders.push(path);
            } else {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

/// Copies a folder with everything in it.
///
/// # Panics
/// Where that fails.
pub fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder for the copy");
    for path in files(from) {
        let target = to.join(path.strip_prefix(from).expect("a file lies in its folder"));
        fs::create_dir_all(target.parent().expect("a file has a folder")).expect("its folder");
        fs::copy(&path, &target).expect("a copy");
    }
}

/// A small file system in memory, gone when dropped.
#[derive(Debug)]
pub struct SmallDisk {
    at: PathBuf,
}

impl SmallDisk {
    /// Mounts one of so many kilobytes at a folder; none where this user may not mount, with
    /// the reason for the test to say.
    ///
    /// # Errors
    /// What `mount` said.
    pub fn mount(at: &Path, kilobytes: u32) -> Result<Self, String> {
        fs::create_dir_all(at).map_err(|error| error.to_string())?;
        let size = format!("size={kilobytes}k");
        run("mount", &["-t", "tmpfs", "-o", &size, "tmpfs", &at.display().to_string()])?;
        Ok(Self { at: at.to_path_buf() })
    }

    /// Its folder.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.at
    }

    /// Makes it read-only, or writable again.
    ///
    /// # Panics
    /// Where the system refuses, since it let us mount it.
    pub fn set_read_only(&self, read_only: bool) {
        let mode = if read_only { "remount,ro" } else { "remount,rw" };
        run("mount", &["-o", mode, &self.at.display().to_string()]).expect("remounting");
    }

    /// Fills what is left of it but so many kilobytes, with a file that is given back.
    ///
    /// # Panics
    /// Where the file cannot be made at all.
    #[must_use]
    pub fn fill_but(&self, kilobytes: u64) -> PathBuf {
        let ballast = self.at.join("ballast");
        let block = vec![0_u8; 4096];
        let mut file = fs::File::create(&ballast).expect("the ballast begins");
        let mut written = 0_u64;
        while std::io::Write::write_all(&mut file, &block).is_ok() {
            written += 4096;
        }
        file.set_len(written.saturating_sub(kilobytes * 1024)).expect("some room is left");
        ballast
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let at = self.at.display().to_string();
        if run("umount", &[&at]).is_err() {
            drop(run("umount", &["-l", &at]));
        }
    }
}

fn run(program: &str, args: &[&str]) -> Result<(), String> {
    let done = Command::new(program).args(args).output().map_err(|error| error.to_string())?;
    if done.status.success() {
        Ok(())
    } else {
        Err(String::from_utf8_lossy(&done.stderr).trim().to_owned())
    }
}
