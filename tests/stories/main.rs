//! What leaders do with Fristed, told from where they sit.

mod calendar_files;
mod finding;
mod keys;
mod leaving;
mod networks;
mod old_journals;
mod terminal;
mod writing;
