//! What leaders do with Fristed, told from where they sit.
