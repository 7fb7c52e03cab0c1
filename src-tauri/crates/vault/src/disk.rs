//! Files that are replaced whole or not at all.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::Path;

/// Writes the bytes to a new file that only its owner may read, and waits until they are durable.
pub(crate) fn write_new(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    owner_only(&mut options);
    let written = options.open(path).and_then(|mut file| {
        file.write_all(bytes)?;
        file.sync_all()
    });
    if written.is_err() {
        let _ = fs::remove_file(path);
    }
    written
}

/// Puts the bytes in the place of the file at `path`, by way of `fresh` in the same folder:
/// whoever looks, also after a crash, finds the old bytes or the new ones.
pub(crate) fn replace(path: &Path, fresh: &Path, bytes: &[u8]) -> io::Result<()> {
    write_new(fresh, bytes)?;
    rename(fresh, path)
}

/// Renames within a folder and waits until that is durable.
pub(crate) fn rename(from: &Path, to: &Path) -> io::Result<()> {
    fs::rename(from, to)?;
    sync_folder_of(to)
}

/// Removes a file; one that is not there is no error.
pub(crate) fn remove(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        other => other,
    }
}

/// Waits until the bytes of this file are durable.
pub(crate) fn sync_file(path: &Path) -> io::Result<()> {
    // Windows flushes only what was opened for writing.
    OpenOptions::new().read(true).write(true).open(path)?.sync_all()
}

/// Waits until what the folder of this path lists is durable.
pub(crate) fn sync_folder_of(path: &Path) -> io::Result<()> {
    path.parent().map_or(Ok(()), sync_folder)
}

/// Waits until what this folder lists is durable. Windows does that by itself.
pub(crate) fn sync_folder(folder: &Path) -> io::Result<()> {
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}

/// Makes the folder and its parents, readable by the owner alone.
pub(crate) fn make_folder(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt;
        builder.mode(0o700);
    }
    builder.create(folder)
}

/// The length of a file, or none where there is no file.
pub(crate) fn length(path: &Path) -> io::Result<Option<u64>> {
    match fs::metadata(path) {
        Ok(found) => Ok(Some(found.len())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// True where files can be made in this folder and this file in it can be written, as far as
/// can be told without touching anything.
pub(crate) fn is_writable(folder: &Path, file: &Path) -> bool {
    may_write(folder) && (!file.exists() || may_write(file))
}

#[cfg(unix)]
fn may_write(path: &Path) -> bool {
    use rustix::fs::{Access, AtFlags, CWD, accessat};
    accessat(CWD, path, Access::WRITE_OK, AtFlags::EACCESS).is_ok()
}

#[cfg(not(unix))]
fn may_write(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|found| found.is_dir() || !found.permissions().readonly())
}

/// Lets nobody but the owner read a file that is made with these options.
#[cfg(unix)]
pub(crate) fn owner_only(options: &mut OpenOptions) {
    use std::os::unix::fs::OpenOptionsExt;
    options.mode(0o600);
}

/// Windows files inherit this from their folder.
#[cfg(not(unix))]
pub(crate) fn owner_only(_: &mut OpenOptions) {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_replaced_file_has_the_new_bytes_and_leaves_nothing_beside_it() {
        let folder = tempfile::tempdir().unwrap();
        let (path, fresh) = (folder.path().join("a"), folder.path().join("a.new"));
        replace(&path, &fresh, b"one").unwrap();
        replace(&path, &fresh, b"two").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"two");
        assert!(!fresh.exists());
        remove(&path).unwrap();
        remove(&path).unwrap();
        assert_eq!(length(&path).unwrap(), None);
    }
}
