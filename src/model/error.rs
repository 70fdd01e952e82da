//! What can go wrong, as a value: the kind decides the exit code, the rest is told to the user.
//!
//! The kind is decided where the failure happens, on types; nothing above ever reads a message to find out what it is.

use std::fmt;

use crate::model::hint::Hint;

/// The kind of a failure. `exit.rs` gives each its exit code, its stable name for scripts and its usual hint.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum ErrorKind {
    /// A bug, or a machine that does not do what it must (a full disk, a missing folder).
    Unexpected,
    /// Standard output or a file asked for can't be written.
    OutputFailed,
    /// A bad flag, value or filter.
    Usage,
    /// No secret key was found.
    NoCredentials,
    /// The API answered 401 or 403.
    CredentialsRefused,
    /// A configuration that can't be used.
    Config,
    /// The API knows no such computer.
    NotFound,
    /// The API answered 409, or an `_id` is taken.
    Conflict,
    /// The computer is not OFFLINE.
    NotOffline,
    /// A name that fits several computers.
    Ambiguous,
    /// A confirmation that was not given.
    NotConfirmed,
    /// A change under a read-only profile.
    ReadOnly,
    /// Any other 4xx.
    Rejected,
    /// No connection: DNS, refused, reset before the request was sent.
    Unreachable,
    /// No answer in time, and nothing was changed.
    TimedOut,
    /// A certificate that can't be trusted, or a TLS handshake that failed.
    Tls,
    /// A proxy that can't be used.
    Proxy,
    /// The API answered 5xx.
    ServerError,
    /// The API answered 429 after all retries.
    RateLimited,
    /// The API answered 3xx, which is never followed.
    Redirected,
    /// An answer that makes no sense.
    InvalidResponse,
    /// A listing that can't be proven whole.
    ListingNotWhole,
    /// Some of several targets failed.
    PartlyFailed,
    /// The answer to a change was lost, and nothing could settle whether it was made.
    OutcomeUnknown,
    /// `computers wait` ran out of time.
    WaitTimedOut,
    /// Ended by Ctrl-C, SIGTERM or SIGHUP. Without a message nothing is printed: the exit code says it all.
    Interrupted,
}

/// The request that a failure is about.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct RequestInfo {
    /// The HTTP method.
    pub method: String,
    /// The URL, without any credentials.
    pub url: String,
    /// The HTTP status, where an answer came.
    pub status: Option<u16>,
    /// The API's own name for the request, where the answer carried one.
    pub request_id: Option<String>,
    /// Whether a whole answer came, and it was JSON: then the API itself spoke, and no gateway before it.
    pub answered_in_json: bool,
}

/// A failure with everything that the user is told about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Error {
    /// Decides the exit code.
    pub kind: ErrorKind,
    /// One sentence in lower case.
    pub message: String,
    /// The message in a few words, for a table that names the computer beside it; a phrase of the kind if `None`.
    pub reason: Option<Box<str>>,
    /// Further lines, shown indented under the message.
    pub details: Vec<String>,
    /// The request, where one was made.
    pub request: Option<Box<RequestInfo>>,
    /// What to try next; the kind's usual hint where `None`.
    pub hint: Option<Hint>,
}

impl Error {
    /// A failure with a message alone.
    pub(crate) fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self {
            kind,
            message: message.into(),
            reason: None,
            details: Vec::new(),
            request: None,
            hint: None,
        }
    }

    /// Sets the message in a few words.
    #[must_use]
    pub(crate) fn reason(mut self, reason: impl Into<Box<str>>) -> Self {
        self.reason = Some(reason.into());
        self
    }

    /// Says what to try next.
    #[must_use]
    pub(crate) fn hint(mut self, hint: impl Into<Hint>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Adds a line under the message.
    #[must_use]
    pub(crate) fn detail(mut self, line: impl Into<String>) -> Self {
        self.details.push(line.into());
        self
    }

    /// Names the request that failed.
    #[must_use]
    pub(crate) fn request(mut self, request: RequestInfo) -> Self {
        self.request = Some(Box::new(request));
        self
    }

    /// Whether it is known that there is no such computer: a whole listing has none, or the API itself said so. A 404 that
    /// is not JSON may come from a gateway that never asked the API.
    pub(crate) fn proves_absence(&self) -> bool {
        self.kind == ErrorKind::NotFound && (self.request.is_none() || self.is_answered_in_json())
    }

    /// Whether a whole answer came, and it was JSON: the API's own, and not a page of a gateway before it.
    pub(crate) fn is_answered_in_json(&self) -> bool {
        self.request
            .as_ref()
            .is_some_and(|request| request.answered_in_json)
    }

    /// The HTTP status, where an answer came.
    pub(crate) fn status(&self) -> Option<u16> {
        self.request.as_ref().and_then(|request| request.status)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.message)
    }
}

impl std::error::Error for Error {}
