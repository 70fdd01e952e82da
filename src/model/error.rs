//! The error type: its kind decides the exit code, the rest is for the user.
//!
//! The kind is decided where the error occurs. No code ever examines a message to find out what went wrong.

use std::fmt;

use crate::model::hint::Hint;

/// The kind of an error. `exit.rs` has the exit code, the name for scripts and the usual hint of each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum ErrorKind {
    /// A bug, or a problem of the machine, such as a full disk or a missing folder.
    Unexpected,
    /// Standard output or a file can't be written.
    OutputFailed,
    /// A bad flag, value or filter.
    Usage,
    /// No secret key was found.
    NoCredentials,
    /// The API answered 401 or 403.
    CredentialsRefused,
    /// A configuration that can't be used.
    Config,
    /// No such computer exists.
    NotFound,
    /// The API answered 409, or an `_id` is already reserved.
    Conflict,
    /// The computer is not OFFLINE.
    NotOffline,
    /// A name that matches several computers.
    Ambiguous,
    /// A confirmation that was not given.
    NotConfirmed,
    /// A change with a read-only profile.
    ReadOnly,
    /// Any other 4xx.
    Rejected,
    /// No connection: DNS, refused, reset before the request was sent.
    Unreachable,
    /// No response in time, and nothing was changed.
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
    /// An invalid response.
    InvalidResponse,
    /// A listing that may be incomplete.
    ListingNotWhole,
    /// Some of several targets failed.
    PartlyFailed,
    /// The response to a change was lost, and it could not be found out whether the change was made.
    OutcomeUnknown,
    /// There are differences, and the user wants an exit code for that.
    Differs,
    /// `computers wait` ran out of time.
    WaitTimedOut,
    /// Ended by Ctrl-C, SIGTERM or SIGHUP. Nothing is printed if there is no message.
    Interrupted,
}

/// The request that an error is about.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct RequestInfo {
    /// The HTTP method.
    pub method: String,
    /// The URL, without any credentials.
    pub url: String,
    /// The HTTP status, if a response came.
    pub status: Option<u16>,
    /// The API's own id of the request, if the response had one.
    pub request_id: Option<String>,
    /// Whether a complete response came and was JSON, so that it is the API's own and not that of a gateway.
    pub answered_in_json: bool,
}

/// An error with everything that is shown to the user.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Error {
    /// The kind, which decides the exit code.
    pub kind: ErrorKind,
    /// One sentence in lower case.
    pub message: String,
    /// The message in a few words, for a table that names the computer beside it; a phrase of the kind if `None`.
    pub reason: Option<Box<str>>,
    /// Further lines, shown indented under the message.
    pub details: Vec<String>,
    /// The request, if one was made.
    pub request: Option<Box<RequestInfo>>,
    /// What to try next. If `None`, the usual hint of the kind.
    pub hint: Option<Hint>,
}

impl Error {
    /// Creates the error for a response that can't be used.
    pub(crate) fn invalid_response(why: impl fmt::Display) -> Self {
        let message = format!("invalid response from the API: {why}");
        Self::new(ErrorKind::InvalidResponse, message)
    }

    /// Creates an error with a message alone.
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

    /// Returns the error of a command that was stopped and has nothing to report: its exit code says it all.
    pub(crate) fn interrupted() -> Self {
        Self::new(ErrorKind::Interrupted, "")
    }

    /// Sets the message in a few words.
    #[must_use]
    pub(crate) fn reason(mut self, reason: impl Into<Box<str>>) -> Self {
        self.reason = Some(reason.into());
        self
    }

    /// Sets what to try next.
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

    /// Sets the request that failed.
    #[must_use]
    pub(crate) fn request(mut self, request: RequestInfo) -> Self {
        self.request = Some(Box::new(request));
        self
    }

    /// Whether it is certain that there is no such computer: a complete listing does not have it, or the API itself said so. A
    /// 404 that is not JSON may come from a gateway.
    pub(crate) fn proves_absence(&self) -> bool {
        self.kind == ErrorKind::NotFound && (self.request.is_none() || self.is_answered_in_json())
    }

    /// Whether a complete response came and was JSON, so that it is the API's own and not that of a gateway.
    pub(crate) fn is_answered_in_json(&self) -> bool {
        self.request
            .as_ref()
            .is_some_and(|request| request.answered_in_json)
    }

    /// The HTTP status, if a response came.
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
