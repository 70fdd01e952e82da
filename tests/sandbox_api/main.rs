//! The sandbox through its door, and its API over raw HTTP: what a client of any kind may count on.

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
