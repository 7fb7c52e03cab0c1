//! What the operating system is told about this process before it holds any secret.

/// Sees to it that what is freed is overwritten, by Rust, by C and by the web view's own library,
/// so that no word of the journal outlives a lock in this process's memory.
///
/// Call it first in `main`: it may start the program again in the same process
/// ([`fristed_app::wipe_what_is_freed`]). The web view's library takes its memory from the system
/// where `Malloc` is set; its pages, which end with a lock, keep their own guarded memory, and so
/// neither they nor a browser that opens a link are handed these settings.
pub fn wipe_what_is_freed() {
    #[cfg(target_os = "linux")]
    {
        const OWN_MEMORY: &str = "Malloc";
        if let Err(error) = gtk::glib::setenv(OWN_MEMORY, "1", true) {
            tracing::warn!(%error, "the web view's library keeps what it frees");
        }
        fristed_app::wipe_what_is_freed();
        gtk::glib::unsetenv(OWN_MEMORY);
        gtk::glib::unsetenv("GLIBC_TUNABLES");
    }
    #[cfg(not(target_os = "linux"))]
    fristed_app::wipe_what_is_freed();
}

/// Turns core dumps off for this process and those it starts (the web view's), and forbids other
/// programs of the same user to read its memory.
///
/// What the system refuses is let go: an old kernel must not keep a leader from her journal.
pub fn harden() {
    #[cfg(unix)]
    {
        use rustix::process::{Resource, Rlimit, setrlimit};
        let none = Rlimit { current: Some(0), maximum: Some(0) };
        if let Err(error) = setrlimit(Resource::Core, none) {
            tracing::warn!(%error, "core dumps stay on");
        }
    }
    #[cfg(target_os = "linux")]
    {
        use rustix::process::{DumpableBehavior, set_dumpable_behavior};
        if let Err(error) = set_dumpable_behavior(DumpableBehavior::NotDumpable) {
            tracing::warn!(%error, "this process stays readable to others of the same user");
        }
    }
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use std::fs;

    #[test]
    fn the_desktop_entry_starts_what_need_not_start_itself_again() {
        let entry = include_str!("../fristed.desktop");
        let settings = format!("Exec=env GLIBC_TUNABLES={} Malloc=1 fristed", fristed_app::WIPING);
        assert!(entry.lines().any(|line| line.starts_with(&settings)), "{entry}");
    }

    #[test]
    fn no_core_is_written_after_hardening() {
        super::harden();
        let limits = fs::read_to_string("/proc/self/limits").expect("Linux has this file");
        let core = limits.lines().find(|l| l.starts_with("Max core file size")).expect("a limit");
        assert!(core.split_whitespace().filter(|w| *w == "0").count() == 2, "{core}");
        let dumpable = rustix::process::dumpable_behavior().expect("Linux answers");
        assert_eq!(dumpable, rustix::process::DumpableBehavior::NotDumpable);
    }
}
