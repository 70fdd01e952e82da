//! What the sessions stand on: a hermetic user, and a peer that speaks the API without sharing a line with the client.

pub(crate) mod canned;
#[cfg(target_os = "linux")]
pub(crate) mod chromium;
pub(crate) mod dialect;
pub(crate) mod files;
pub(crate) mod fleet;
pub(crate) mod http;
mod listing;
mod outcome;
pub(crate) mod peer;
pub(crate) mod routes;
#[cfg(unix)]
pub(crate) mod running;
pub(crate) mod schema;
mod session;
pub(crate) mod terminal;
pub(crate) mod text;
mod user;
mod words;

pub(crate) use canned::{Canned, Fault, Gate};
pub(crate) use fleet::{DOUBLE_IS_AMBIGUOUS, Row, id, uid};
pub(crate) use peer::Peer;
#[cfg(unix)]
pub(crate) use session::ignoring_signals;
pub(crate) use session::{KEY, Session};
pub(crate) use text::{compact, csv_hint, lines, plan, pretty, quoted};
pub(crate) use words::rename_filtered;
