//! `reemo` as a library: the one public door of the program.

pub mod api;
pub mod exit;
pub mod model;
pub mod output;
