//! The one table from the kind of a failure to its exit code, its stable name for scripts and its usual hint.
//!
//! Exit codes and names are a promise to scripts: once shipped they don't change.

use crate::model::failure::Kind;

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
pub const fn row(kind: Kind) -> Row {
    let (code, exit, hint) = match kind {
        Kind::Unexpected => ("unexpected", 1, None),
        Kind::OutputFailed => ("output_failed", 1, None),
        Kind::Usage => ("usage", 2, Some("reemo --help")),
        Kind::NoCredentials => (
            "no_credentials",
            3,
            Some(
                "reemo auth login, or set REEMO_SECRET_KEY; to try without an account: reemo --profile sandbox computers list",
            ),
        ),
        Kind::CredentialsRefused => (
            "credentials_refused",
            3,
            Some("check the key and where it comes from: reemo auth status"),
        ),
        Kind::Config => (
            "config_invalid",
            3,
            Some("reemo config path shows the file, reemo config list what it says"),
        ),
        Kind::NotFound => ("not_found", 4, Some("reemo computers list")),
        Kind::Conflict => ("conflict", 5, None),
        Kind::NotOffline => (
            "not_offline",
            5,
            Some("only an OFFLINE computer can be deleted"),
        ),
        Kind::Ambiguous => ("ambiguous", 5, Some("name it by its id: id:UUID")),
        Kind::NotConfirmed => ("not_confirmed", 5, None),
        Kind::ReadOnly => (
            "read_only",
            5,
            Some(
                "use a profile with access = \"full\", or unset REEMO_READ_ONLY; reemo auth status says what is set",
            ),
        ),
        Kind::Rejected => ("rejected", 5, None),
        Kind::Unreachable => (
            "unreachable",
            6,
            Some("check the network and the API URL: reemo auth status"),
        ),
        Kind::TimedOut => (
            "timeout",
            6,
            Some("try again, or give it longer: --request-timeout 60s"),
        ),
        Kind::Tls => (
            "tls",
            6,
            Some("check that api_url names the right host: reemo config get api_url"),
        ),
        Kind::Proxy => ("proxy", 6, Some("check HTTPS_PROXY and NO_PROXY")),
        Kind::ServerError => (
            "server_error",
            7,
            Some("try again later; if it stays, tell Reemo the request id"),
        ),
        Kind::RateLimited => ("rate_limited", 7, Some("try again later")),
        Kind::Redirected => (
            "redirected",
            7,
            Some("set api_url to the API's own address: reemo config set api_url https://…"),
        ),
        Kind::BadAnswer => (
            "bad_answer",
            7,
            Some("check that api_url is the API's base URL: reemo config get api_url"),
        ),
        Kind::ListingNotWhole => (
            "listing_not_whole",
            7,
            Some("try again; if it stays, look at the [wire] settings: reemo config list"),
        ),
        Kind::PartlyFailed => ("partly_failed", 8, None),
        Kind::OutcomeUnknown => ("outcome_unknown", 9, None),
        Kind::WaitTimedOut => ("wait_timeout", 124, Some("give it longer: --timeout 30m")),
        Kind::Interrupted => ("interrupted", 130, None),
    };
    Row { code, exit, hint }
}
