//! What the documentation says, held against the program: README.md is run, every example in a `--help` is run.

#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that can't go on should stop"
)]

mod blocks;
mod help;
mod readme;
mod session;
mod tables;
