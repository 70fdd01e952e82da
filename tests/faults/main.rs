//! One program for the faults: what a network, a server or a machine can do, and what the program must make of it.
//!
//! A raw-socket server of our own follows a script; each fault is a row of a table, with the exit code, the message, the
//! requests that the server saw, and the key absent from every byte written at full verbosity.
#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    clippy::too_many_lines,
    reason = "a test that can't go on panics, and tables of cases are long"
)]

#[allow(
    dead_code,
    unused_imports,
    reason = "shared with the end-to-end tests, which use all of it"
)]
#[path = "../e2e/support/mod.rs"]
mod support;

mod answers;
mod authority;
mod server;
mod table;

mod changes;
mod connecting;
mod doctor;
mod framing;
mod lists;
mod machine;
mod page_sizes;
mod paging;
mod proxies;
mod searches;
mod statuses;
mod text;
mod tls;
