//! The result of [`resolve`](mod@crate::config::resolve): plain values, and where each came from.

use std::path::PathBuf;
use std::time::Duration;

use url::Url;
use uuid::Uuid;

use crate::config::Note;
use crate::config::api_url::ApiUrl;
use crate::config::secret::SecretSource;
use crate::config::source::Sourced;
use crate::model::format::Format;
use crate::model::gateway_header::GatewayHeader;
use crate::model::wire_overrides::WireOverrides;

/// The global flags that settings depend on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Flags {
    /// `--profile`.
    pub profile: Option<String>,
    /// `--api-url`, which only `auth login` has.
    pub api_url: Option<ApiUrl>,
    /// `--request-timeout`.
    pub request_timeout: Option<Duration>,
    /// `--retries`.
    pub retries: Option<u32>,
    /// `--no-input`.
    pub no_input: bool,
    /// Whether the command is `auth login`, which may select a profile that does not exist yet.
    pub is_login: bool,
}

/// What is shown at a terminal unless flags say otherwise. What is read by a program does not depend on it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Defaults {
    /// The format.
    pub output: Option<Format>,
    /// The columns of a listing.
    pub columns: Option<Vec<String>>,
    /// The order of a listing, as `--sort` takes it.
    pub sort: Option<String>,
}

/// Everything that a command needs to know before it starts.
#[derive(Debug, Clone)]
pub(crate) struct Settings {
    /// The profile's name.
    pub profile: Sourced<String>,
    /// Whether the profile is the built-in one.
    pub is_sandbox: bool,
    /// The API's base URL. In the sandbox one that nothing listens at, because its server has not been started yet.
    pub api_url: Sourced<ApiUrl>,
    /// Where the key comes from. It is loaded when a request is made.
    pub secret: SecretSource,
    /// Certificates to trust in addition to the system's.
    pub ca_file: Option<PathBuf>,
    /// The time that one request may take.
    pub request_timeout: Sourced<Duration>,
    /// The attempts after the first.
    pub retries: u32,
    /// Whether every change is refused.
    pub read_only: Sourced<bool>,
    /// The namespace of derived `_id`s. The sandbox has a built-in one.
    pub namespace: Option<Uuid>,
    /// Whether changes are written to the journal.
    pub journal: bool,
    /// Headers for a gateway in front of the API.
    pub headers: Vec<GatewayHeader>,
    /// The script of the WebClient; the vendor's if `None`.
    pub webclient_url: Option<Url>,
    /// Further hosts that the WebClient may use.
    pub webclient_hosts: Vec<String>,
    /// Where the API instance differs from the default.
    pub wire: WireOverrides,
    /// Warnings, and which variables were ignored, to be printed once.
    pub notes: Vec<Note>,
    /// Where the config file is or would be. `None` without a home folder.
    pub config_path: Option<PathBuf>,
}
