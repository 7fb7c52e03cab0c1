//! What Fristed withstands, tried on the whole program and on real file systems.
//!
//! The numbers are those of the list of tests in the threat model. What concerns one crate alone
//! is tested there.
