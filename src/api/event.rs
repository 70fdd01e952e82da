//! What happens while requests are made, for whoever wants to show it. Contains no secret.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// Something that deserves a note, or a line with `-v`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Event<'a> {
    /// A request is about to be sent.
    Request {
        /// The number of the request, from 1, which its response repeats.
        number: u64,
        /// The HTTP method.
        method: &'a str,
        /// The whole URL.
        url: &'a str,
        /// The headers, without the secret key.
        headers: &'a [(String, String)],
    },
    /// A response was read to its end.
    Response {
        /// The number of the request.
        number: u64,
        /// The HTTP status.
        status: u16,
        /// The headers.
        headers: &'a [(String, String)],
        /// The time from sending the request to the end of the body.
        elapsed: Duration,
    },
    /// Rows of a page are handed out.
    Page {
        /// The pages so far.
        pages: u64,
        /// The computers so far.
        computers: u64,
        /// How many computers there are, if the API says so.
        total: Option<u64>,
    },
    /// A request will be sent again after a delay.
    Retry {
        /// What happened to the previous attempt.
        reason: &'a str,
        /// The delay.
        delay: Duration,
        /// The number of the next attempt, from 1.
        attempt: u32,
        /// The number of the last attempt.
        max_attempts: u32,
    },
    /// Something that makes a result less certain than it looks.
    Warning {
        /// A stable name for scripts.
        code: &'static str,
        /// One sentence in lower case.
        text: &'a str,
    },
    /// Something that was unusual in a response and did no harm.
    Note {
        /// A stable name for scripts.
        code: &'static str,
        /// One sentence in lower case.
        text: &'a str,
    },
}

/// Receives events, possibly from several threads.
pub(crate) type Observer = Arc<dyn Fn(&Event<'_>) + Send + Sync>;

/// Returns an observer for polling. It ignores pages, and retries, because the next poll is one too, and passes on each kind
/// of note once, because every poll would repeat it.
pub(super) fn while_polling(observer: Observer) -> Observer {
    let seen = Mutex::new(HashSet::new());
    Arc::new(move |event| match event {
        Event::Page { .. } | Event::Retry { .. } => {}
        Event::Note { code, .. }
            if !seen
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .insert(*code) => {}
        other => observer(other),
    })
}
