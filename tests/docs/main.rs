//! What the documentation says, held against the program: every page is run, every example in a `--help` is run.

#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that can't go on should stop"
)]

mod blocks;
mod help;
mod pages;
mod session;
mod tables;
