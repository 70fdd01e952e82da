//! The sandbox: an API v1 of Reemo inside the program, for demonstrations, trials and tests.
//!
//! It shares no type with the client and writes its own JSON, so that a misspelt property name in one of them is noticed and
//! not cancelled out by the other. Only plain types and JSON text go in and out. It uses `fs` and no other module.
//!
//! - `error`, `timestamp`, `computer`: plain data
//! - `random`, `catalogue`, `demo`: the demo fleet, computed from a computer's number
//! - `state`, `fleet`, `changes`, `resolve`: the changes to it, and the rules for them
//! - `file_version`, `state_file`, `store`: storing them in a file, safely between processes
//! - `list_query`, `listing`, `response`, `endpoints`, `host`, `api`, `connections`, `server`: the API over HTTP

mod api;
mod catalogue;
mod changes;
mod computer;
mod connections;
mod demo;
mod endpoints;
mod error;
mod file_version;
mod fleet;
mod host;
mod list_query;
mod listing;
mod random;
mod resolve;
mod response;
mod server;
mod state;
mod state_file;
mod store;
mod timestamp;

pub use error::SandboxError;
pub use server::{Server, ServerOptions, start, webclient_url};
pub use store::Store;

use uuid::Uuid;

/// The only secret key that the sandbox accepts. It is not secret and is of no use anywhere else.
pub const SECRET_KEY: &str = "sk_sandbox_0123456789abcdef";

/// The namespace in which the sandbox derives UUIDs (version 5) from texts.
pub const NAMESPACE: Uuid = Uuid::from_u128(0x5a4d_b0c5_7e1d_4c52_9d0e_2f6b_8a31_c7e4);

/// The default TCP port of a sandbox that is served to other clients.
pub const DEFAULT_PORT: u16 = 4747;

/// The default size of the demo fleet, in computers.
pub const DEFAULT_COMPUTERS: usize = 25;

/// The largest demo fleet, in computers.
pub const MAX_COMPUTERS: usize = 1_000_000;
