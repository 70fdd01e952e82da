//! The sandbox through its public functions and its API over raw HTTP: what any client can rely on.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that can't go on should stop"
)]

mod computers;
mod connections;
mod hosts;
mod listing;
mod locks;
mod server;
mod state;
mod support;
mod writers;
