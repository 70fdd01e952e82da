//! The thin blocking HTTP layer: what the Reemo API can be asked, and what came of it.
//!
//! Never prints, prompts or ends the process; what a user may want to see of it is told through `event`.

mod body;
pub(crate) mod change_trace;
pub(crate) mod client;
mod endpoints;
mod error;
pub(crate) mod event;
pub(crate) mod listing;
pub(crate) mod path;
pub(crate) mod probe;
mod proxy;
mod raw;
pub(crate) mod request;
pub(crate) mod response;
mod retry;
mod retry_budget;
pub(crate) mod settle;
pub(crate) mod trust;
pub(crate) mod wire;

#[cfg(any(test, fuzzing))]
pub(crate) use retry::retry_after;
