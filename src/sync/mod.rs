//! What threads share: the request to stop, and a pool that hands out results in order.
//!
//! Nothing here knows signals, HTTP or the terminal.

pub(crate) mod ordered_pool;
pub(crate) mod stop;
