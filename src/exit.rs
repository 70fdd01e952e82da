//! The one table from the kind of a failure to its exit code, its stable name for scripts and its usual hint.
//!
//! Exit codes and names are a promise to scripts: once shipped they don't change.

use crate::model::error::ErrorKind;

/// What a kind of failure means to the outside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Row {
    /// The name in `{"error":{"code":…}}`.
    pub code: &'static str,
    /// The process's exit code.
    pub exit: u8,
    /// What to type next, where the failure itself does not say.
    pub hint: Option<&'static str>,
}

/// The row of a kind.
pub const fn row(kind: ErrorKind) -> Row {
    let (code, exit, hint) = match kind {
        ErrorKind::Unexpected => ("unexpected", 1, None),
        ErrorKind::OutputFailed => ("output_failed", 1, None),
        ErrorKind::Usage => ("usage", 2, Some("reemo --help")),
        ErrorKind::NoCredentials => (
            "no_credentials",
            3,
            Some(
                "reemo auth login, or set REEMO_SECRET_KEY; to try without an account: reemo --profile sandbox computers list",
            ),
        ),
        ErrorKind::CredentialsRefused => (
            "credentials_refused",
            3,
            Some("check the key and where it comes from: reemo auth status"),
        ),
        ErrorKind::Config => (
            "config_invalid",
            3,
            Some("reemo config path shows the file, reemo config list what it says"),
        ),
        ErrorKind::NotFound => ("not_found", 4, Some("reemo computers list")),
        ErrorKind::Conflict => ("conflict", 5, None),
        ErrorKind::NotOffline => (
            "not_offline",
            5,
            Some("only an OFFLINE computer can be deleted"),
        ),
        ErrorKind::Ambiguous => ("ambiguous", 5, Some("name it by its id: id:UUID")),
        ErrorKind::NotConfirmed => ("not_confirmed", 5, None),
        ErrorKind::ReadOnly => (
            "read_only",
            5,
            Some(
                "use a profile with access = \"full\", or unset REEMO_READ_ONLY; reemo auth status says what is set",
            ),
        ),
        ErrorKind::Rejected => ("rejected", 5, None),
        ErrorKind::Unreachable => (
            "unreachable",
            6,
            Some("check the network and the API URL: reemo auth status"),
        ),
        ErrorKind::TimedOut => (
            "timeout",
            6,
            Some("try again, or give it longer: --request-timeout 60s"),
        ),
        ErrorKind::Tls => (
            "tls",
            6,
            Some("check that api_url names the right host: reemo config get api_url"),
        ),
        ErrorKind::Proxy => ("proxy", 6, Some("check HTTPS_PROXY and NO_PROXY")),
        ErrorKind::ServerError => (
            "server_error",
            7,
            Some("try again later; if it stays, tell Reemo the request id"),
        ),
        ErrorKind::RateLimited => ("rate_limited", 7, Some("try again later")),
        ErrorKind::Redirected => (
            "redirected",
            7,
            Some("set api_url to the API's own address: reemo config set api_url https://…"),
        ),
        ErrorKind::InvalidResponse => (
            "bad_answer",
            7,
            Some("check that api_url is the API's base URL: reemo config get api_url"),
        ),
        ErrorKind::ListingNotWhole => (
            "listing_not_whole",
            7,
            Some("try again; if it stays, look at the [wire] settings: reemo config list"),
        ),
        ErrorKind::PartlyFailed => ("partly_failed", 8, None),
        ErrorKind::OutcomeUnknown => ("outcome_unknown", 9, None),
        ErrorKind::WaitTimedOut => ("wait_timeout", 124, Some("give it longer: --timeout 30m")),
        ErrorKind::Interrupted => ("interrupted", 130, None),
    };
    Row { code, exit, hint }
}
