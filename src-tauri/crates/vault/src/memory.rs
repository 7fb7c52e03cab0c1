//! What was decrypted and is no longer used.

/// What `GLIBC_TUNABLES` says where freed memory is overwritten and no cache keeps a freed piece
/// from that. A program that is started with it need not start itself again.
pub const WIPING: &str = "glibc.malloc.perturb=171:glibc.malloc.tcache_count=0";

/// Sees to it that memory is overwritten when it is freed, SQLite's decrypted pages included, so
/// that a program whose vault is closed holds no text of it (decision 0003).
///
/// Call it first in `main`, before there are threads or secrets. With glibc, which reads its
/// settings only when a program starts, it starts this program again in the same process, with
/// the same arguments; it returns where that has happened already, where it cannot be done, and
/// on other systems, where it does nothing. Programs that this one starts inherit the setting.
pub fn wipe_what_is_freed() {
    #[cfg(all(target_os = "linux", target_env = "gnu"))]
    {
        use std::os::unix::process::CommandExt;
        use std::process::Command;
        use std::{env, ffi::OsString};

        const NAME: &str = "GLIBC_TUNABLES";
        let set = env::var_os(NAME).unwrap_or_default();
        if set.to_string_lossy().contains(WIPING) {
            return;
        }
        let Ok(program) = env::current_exe() else { return };
        let mut arguments = env::args_os();
        let own_name = arguments.next().unwrap_or_else(|| program.clone().into_os_string());
        let mut settings = OsString::from(WIPING);
        if !set.is_empty() {
            settings.push(":");
            settings.push(set);
        }
        let failed =
            Command::new(program).arg0(own_name).args(arguments).env(NAME, settings).exec();
        tracing::warn!(error = %failed, "freed memory is not overwritten");
    }
}
