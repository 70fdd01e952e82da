//! What each kind of error means to the outside: its name for scripts, its exit code and its usual hint.
//!
//! Names and exit codes are a promise to scripts: once released they don't change.

use crate::model::error::ErrorKind;
use crate::model::hint::{CommandLine, Hint};

/// Returns the name in `{"error":{"code":…}}` and the exit code of the process.
pub(crate) const fn code(kind: ErrorKind) -> (&'static str, u8) {
    match kind {
        ErrorKind::Unexpected => ("unexpected", 1),
        ErrorKind::OutputFailed => ("output_failed", 1),
        ErrorKind::Usage => ("usage", 2),
        ErrorKind::NoCredentials => ("no_credentials", 3),
        ErrorKind::CredentialsRefused => ("credentials_refused", 3),
        ErrorKind::Config => ("config_invalid", 3),
        ErrorKind::NotFound => ("not_found", 4),
        ErrorKind::Conflict => ("conflict", 5),
        ErrorKind::NotOffline => ("not_offline", 5),
        ErrorKind::Ambiguous => ("ambiguous", 5),
        ErrorKind::NotConfirmed => ("not_confirmed", 5),
        ErrorKind::ReadOnly => ("read_only", 5),
        ErrorKind::Rejected => ("rejected", 5),
        ErrorKind::Unreachable => ("unreachable", 6),
        ErrorKind::TimedOut => ("timeout", 6),
        ErrorKind::Tls => ("tls", 6),
        ErrorKind::Proxy => ("proxy", 6),
        ErrorKind::ServerError => ("server_error", 7),
        ErrorKind::RateLimited => ("rate_limited", 7),
        ErrorKind::Redirected => ("redirected", 7),
        ErrorKind::InvalidResponse => ("bad_answer", 7),
        ErrorKind::ListingNotWhole => ("listing_not_whole", 7),
        ErrorKind::PartlyFailed => ("partly_failed", 8),
        ErrorKind::OutcomeUnknown => ("outcome_unknown", 9),
        ErrorKind::Differs => ("differs", 10),
        ErrorKind::WaitTimedOut => ("wait_timeout", 124),
        ErrorKind::Interrupted => ("interrupted", 130),
    }
}

/// What each exit code means, for people.
pub(crate) const MEANINGS: [(u8, &str); 13] = [
    (0, "success"),
    (1, "unexpected error"),
    (2, "usage"),
    (3, "credentials or configuration"),
    (4, "not found"),
    (5, "refused"),
    (6, "API unreachable"),
    (7, "API failed"),
    (8, "partial failure"),
    (9, "unknown outcome"),
    (10, "differences found by diff --exit-code"),
    (124, "wait timed out"),
    (130, "interrupted"),
];

/// Returns what to try next if the error itself does not say.
pub(crate) fn hint(kind: ErrorKind) -> Option<Hint> {
    let hint = match kind {
        ErrorKind::Usage => CommandLine::reemo("--help").in_any_profile().into(),
        ErrorKind::NoCredentials => Hint::from(CommandLine::reemo("auth login"))
            .text("; to try without an account: ")
            .command(CommandLine::reemo("computers list").in_profile("sandbox")),
        ErrorKind::CredentialsRefused => Hint::new("check the key and where it comes from: ")
            .command(CommandLine::reemo("auth status")),
        ErrorKind::Config => Hint::default()
            .command(CommandLine::reemo("config path"))
            .text(" prints its path, and ")
            .command(CommandLine::reemo("config list"))
            .text(" its settings"),
        ErrorKind::NotFound => CommandLine::reemo("computers list").into(),
        ErrorKind::NotOffline => "only an OFFLINE computer can be deleted".into(),
        ErrorKind::Ambiguous => "use its id instead: id:UUID".into(),
        ErrorKind::ReadOnly => {
            Hint::new("use a profile with access = \"full\", or unset REEMO_READ_ONLY; ")
                .command(CommandLine::reemo("auth status"))
                .text(" says what is set")
        }
        ErrorKind::Unreachable => Hint::new("check the network and the API URL: ")
            .command(CommandLine::reemo("auth status")),
        ErrorKind::TimedOut => "try again, or allow more time: --request-timeout 60s".into(),
        ErrorKind::Tls => Hint::new("check that api_url names the right host: ")
            .command(CommandLine::reemo("config get api_url")),
        ErrorKind::Proxy => "check HTTPS_PROXY and NO_PROXY".into(),
        ErrorKind::ServerError => {
            "try again later; if it persists, report the request id to Reemo".into()
        }
        ErrorKind::RateLimited => "try again later".into(),
        ErrorKind::Redirected => Hint::new("set api_url to the API's own address: ")
            .command(CommandLine::reemo("config set api_url URL")),
        ErrorKind::InvalidResponse => {
            Hint::new("to find out what answers: ").command(CommandLine::reemo("doctor"))
        }
        ErrorKind::ListingNotWhole => {
            Hint::new("try again; if it persists, find out how the API pages: ")
                .command(CommandLine::reemo("doctor"))
        }
        ErrorKind::WaitTimedOut => "allow more time: --timeout 30m".into(),
        ErrorKind::Unexpected
        | ErrorKind::OutputFailed
        | ErrorKind::Conflict
        | ErrorKind::NotConfirmed
        | ErrorKind::Rejected
        | ErrorKind::PartlyFailed
        | ErrorKind::OutcomeUnknown
        | ErrorKind::Differs
        | ErrorKind::Interrupted => return None,
    };
    Some(hint)
}
