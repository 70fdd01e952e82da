//! What happens on the wire, told to whoever wants to show it. Carries no secret.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// Something worth a line at `-v`, or a note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event<'a> {
    /// A request is about to be sent.
    Asking {
        /// The HTTP method.
        method: &'a str,
        /// The whole URL.
        url: &'a str,
        /// The headers sent, the key left out.
        headers: &'a [(String, String)],
    },
    /// The head of an answer came.
    Answered {
        /// The HTTP status.
        status: u16,
        /// The answer's headers.
        headers: &'a [(String, String)],
        /// The time from asking to the end of the body.
        elapsed: Duration,
    },
    /// A request is made again after a pause.
    Retrying {
        /// What happened to the attempt before.
        because: &'a str,
        /// The pause.
        pause: Duration,
        /// The attempt that follows, counted from 1.
        attempt: u32,
        /// How many attempts there are at most.
        most: u32,
    },
    /// Something that makes a result less certain than it looks.
    Warning {
        /// A stable name for scripts.
        code: &'static str,
        /// What it is.
        text: &'a str,
    },
    /// A remark on an answer that was borne.
    Remark {
        /// A stable name for scripts.
        code: &'static str,
        /// The remark.
        text: &'a str,
    },
}

/// Receives events, possibly from several threads.
pub type Observer = Arc<dyn Fn(&Event<'_>) + Send + Sync>;

/// For asking the same again and again: the next poll is the better retry, so retries are passed over in silence, and a
/// remark that every poll gives rise to is told once.
pub(super) fn while_polling(observer: Observer) -> Observer {
    let told = Mutex::new(HashSet::new());
    Arc::new(move |event| match event {
        Event::Retrying { .. } => {}
        Event::Remark { code, .. }
            if !told
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .insert(*code) => {}
        other => observer(other),
    })
}
