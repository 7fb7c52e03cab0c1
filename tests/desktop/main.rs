//! The real window, driven as a leader would use it: under an X server in memory, with a real
//! keyring daemon on a message bus of its own, and a home that is thrown away afterwards.
//!
//! These tests start the program that `cargo build -p fristed` made, with the interface that was
//! built before it; `cargo xtask test` does both first.

#[cfg(target_os = "linux")]
mod browser;
#[cfg(target_os = "linux")]
mod child;
#[cfg(target_os = "linux")]
mod computer;
#[cfg(target_os = "linux")]
mod dialogs;
#[cfg(target_os = "linux")]
mod memory;
#[cfg(target_os = "linux")]
mod traces;

#[cfg(target_os = "linux")]
mod calendars;
#[cfg(target_os = "linux")]
mod invitation;
#[cfg(target_os = "linux")]
mod locking;
#[cfg(target_os = "linux")]
mod notified;
#[cfg(target_os = "linux")]
mod policy;
#[cfg(target_os = "linux")]
mod sharing;
#[cfg(target_os = "linux")]
mod story;
#[cfg(target_os = "linux")]
mod theme;
