//! Plain data that every layer may use: errors, the secret key, a computer's JSON text, filters, escaped text.
//!
//! Nothing here reads a file, opens a socket or writes to the terminal, and nothing here imports from the layers above.

pub(crate) mod argument;
pub(crate) mod computer;
pub(crate) mod count;
pub(crate) mod csv;
pub(crate) mod decimal;
pub(crate) mod error;
pub(crate) mod filter;
pub(crate) mod format;
pub(crate) mod gateway_header;
pub(crate) mod hint;
pub(crate) mod json_reader;
pub(crate) mod property;
#[cfg(test)]
pub(crate) mod samples;
pub(crate) mod sanitize;
pub(crate) mod secret;
pub(crate) mod timestamp;
pub(crate) mod wire_overrides;
