//! A page on loopback that loads the vendor's WebClient and hands it a computer, for `computers connect --open`.
//!
//! It knows nothing of the API, the configuration or the terminal: whoever serves the page answers its requests for a computer
//! and prints its reports.
//!
//! - `page`: the HTML, its script and its content security policy
//! - `guard`: which requests are answered
//! - `peer`: which user of this machine they come from
//! - `server`: the socket, and the page's requests as events

mod guard;
mod page;
mod peer;
mod server;

pub(crate) use page::WebClientPage;
pub(crate) use server::{BrowserReport, PageEvent, PageServer, Reply};
