//! computers_connect
