//! What Fristed withstands, tried on the whole program and on real file systems.
//!
//! The numbers are those of the list of tests in the threat model. What concerns one crate alone
//! is tested there.

#![cfg(unix)]

mod addresses;
mod caldav;
mod damage;
mod disks;
mod documented_server;
mod feigned;
mod hostile_files;
mod injected;
mod keys;
mod killed;
mod killed_import;
mod lies;
mod put_back;
mod recorded;
mod schedules;
mod taken_back;
mod traces;
mod two_at_once;
mod versions;
mod withheld;
mod zips;
