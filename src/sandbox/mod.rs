//! The sandbox: a Reemo API v1 of its own, inside the program, for trying, teaching and testing.
//!
//! A separate house. It shares no type and no line of code with the client: it writes its own JSON
//! and reads its own requests, so that a misspelt name on one side cannot cancel out on the other.
//! Only plain types and JSON text cross this door. Its rooms, from the ground up:
//!
//! - `error`, `clock`, `computer`: plain data
//! - `dice`, `catalogue`, `demo`: the demo fleet, made from a computer's number
//! - `state`, `fleet`, `changes`, `naming`: what has changed since, and the rules for changing it
//! - `seen`, `disk`, `store`: keeping that in a file, safely between processes
//! - `query`, `wanted`, `listing`, `reply`, `endpoints`, `host`, `api`, `connections`, `server`: the same over HTTP

mod api;
mod catalogue;
mod changes;
mod clock;
mod computer;
mod connections;
mod demo;
mod dice;
mod disk;
mod endpoints;
mod error;
mod fleet;
mod host;
mod listing;
mod naming;
mod query;
mod reply;
mod seen;
mod server;
mod state;
mod store;
mod wanted;

pub use error::SandboxError;
pub use server::{Options, Running, start};
pub use store::Store;

use uuid::Uuid;

/// The one secret key that the sandbox accepts. It opens nothing else.
pub const SECRET_KEY: &str = "sk_sandbox_0123456789abcdef";

/// The namespace in which the sandbox derives UUIDs (version 5) from texts.
pub const NAMESPACE: Uuid = Uuid::from_u128(0x5a4d_b0c5_7e1d_4c52_9d0e_2f6b_8a31_c7e4);

/// The TCP port of a sandbox that is served to other clients.
pub const DEFAULT_PORT: u16 = 4747;

/// The number of computers in the demo fleet, unless another is asked for.
pub const DEFAULT_COMPUTERS: usize = 25;

/// The largest demo fleet, in computers.
pub const MAX_COMPUTERS: usize = 1_000_000;
