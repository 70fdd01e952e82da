//! `reemo` as a library: the one public door of the program.

pub mod config;
pub mod model;
