//! Starts the window.

#![cfg_attr(all(not(debug_assertions), target_os = "windows"), windows_subsystem = "windows")]

use std::process::ExitCode;

/// Overwrites what Rust gives back, where the system's own allocator cannot be told to.
#[cfg(not(all(target_os = "linux", target_env = "gnu")))]
#[global_allocator]
static WIPING: zeroizing_alloc::ZeroAlloc<std::alloc::System> =
    zeroizing_alloc::ZeroAlloc(std::alloc::System);

fn main() -> ExitCode {
    fristed::harden::wipe_what_is_freed();
    fristed::run(std::env::args_os().skip(1))
}
