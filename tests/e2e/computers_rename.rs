//! computers_rename
