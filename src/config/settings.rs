//! What was decided: plain values, each with where it came from. How it is decided is in `decide`.

use std::fmt;
use std::path::PathBuf;
use std::time::Duration;

use uuid::Uuid;

use crate::config::api_url::ApiUrl;
use crate::config::note::Note;
use crate::config::secret_source::SecretSource;
use crate::model::error::Error;
use crate::model::secret::SecretKey;
use crate::model::wire_overrides::WireOverrides;

/// The profile where none is named.
pub const DEFAULT_PROFILE: &str = "default";
/// The time that one request may take where nothing is said.
pub const DEFAULT_TIMEOUT: Duration = Duration::from_secs(30);
/// The attempts after the first where nothing is said.
pub const DEFAULT_RETRIES: u32 = 2;

/// The global flags that settings depend on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Flags {
    /// `--profile`.
    pub profile: Option<String>,
    /// `--api-url`, which `auth login` alone has.
    pub api_url: Option<ApiUrl>,
    /// `--request-timeout`.
    pub request_timeout: Option<Duration>,
    /// `--retries`.
    pub retries: Option<u32>,
    /// `--no-input`.
    pub no_input: bool,
}

/// Where a value came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// This flag.
    Flag(&'static str),
    /// This environment variable.
    Environment(&'static str),
    /// The profile of this name.
    Profile(String),
    /// `default_profile` in the config file.
    ConfigFile,
    /// Nothing was said.
    Default,
}

impl fmt::Display for Source {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Flag(name) | Self::Environment(name) => formatter.write_str(name),
            Self::Profile(name) => write!(formatter, "profile {name}"),
            Self::ConfigFile => formatter.write_str("default_profile in the config file"),
            Self::Default => formatter.write_str("default"),
        }
    }
}

/// A value and where it came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setting<T> {
    /// The value.
    pub value: T,
    /// Where it came from.
    pub source: Source,
}

impl<T> Setting<T> {
    /// A value and where it came from.
    pub fn new(value: T, source: Source) -> Self {
        Self { value, source }
    }
}

/// Everything that a command needs to know before it starts.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The profile's name.
    pub profile: String,
    /// Who named it.
    pub profile_source: Source,
    /// Whether it is the built-in one.
    pub is_sandbox: bool,
    /// The API's base URL. In the sandbox a place that nothing listens at, until the sandbox has said where it is.
    pub api_url: Setting<ApiUrl>,
    /// Where the key comes from.
    pub secret: SecretSource,
    /// Certificates to trust beside the system's, the path resolved.
    pub ca_file: Option<PathBuf>,
    /// The time that one request may take.
    pub request_timeout: Setting<Duration>,
    /// The attempts after the first.
    pub retries: u32,
    /// Whether every change is refused.
    pub read_only: Setting<bool>,
    /// The namespace of derived `_id`s. The sandbox knows its own.
    pub namespace: Option<Uuid>,
    /// Where the instance differs from the default.
    pub wire: WireOverrides,
    /// Warnings, and what was passed over, to be printed once.
    pub notes: Vec<Note>,
    /// The config file, there or not; `None` where there is no place for one.
    pub config_path: Option<PathBuf>,
}

impl Settings {
    /// Gets the key. Called only when a request is made.
    ///
    /// # Errors
    /// As `SecretSource::load`.
    pub fn secret_key(&self, notes: &mut Vec<Note>) -> Result<SecretKey, Error> {
        self.secret.load(&self.profile, notes)
    }
}
