//! computers_delete
