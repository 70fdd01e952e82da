//! computers_get
