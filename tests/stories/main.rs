//! What leaders do with Fristed, told from where they sit.

mod finding;
mod keys;
mod leaving;
mod old_journals;
mod terminal;
mod writing;
