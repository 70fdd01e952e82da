//! The table of all settings: one line each.
//!
//! It drives reading and checking the config file, the environment, `config list`, `get`, `set` and `unset`, and the names that are
//! suggested for a mistyped one. How the places where a setting is given outrank each other is in [`resolve`](mod@super::resolve).

use std::path::PathBuf;
use std::time::Duration;

use toml_edit::Item;
use url::Url;
use uuid::Uuid;

use crate::config::api_url::ApiUrl;
use crate::config::parse::{
    boolean, columns, command, file_path, format, full_or_read, headers, hosts, number, origin,
    parameter, profile_name, secret_key, sort, template, timeout, true_or_false, url, uuid,
    webclient_url,
};
use crate::config::setting::Section::{self, Outside, Profile, Root};
use crate::config::setting::{AnySetting, Setting};
use crate::model::format::Format;
use crate::model::gateway_header::GatewayHeader;
use crate::model::secret::SecretKey;

/// The profile where none is selected.
pub(crate) const DEFAULT_PROFILE: &str = "default";
/// The time that one request may take.
pub(crate) const DEFAULT_TIMEOUT: Duration = Duration::from_secs(30);
/// The attempts after the first.
pub(crate) const DEFAULT_RETRIES: u32 = 2;
/// The built-in profile, which no file can define.
pub(crate) const SANDBOX: &str = "sandbox";

/// The settings for the source of the key. A profile has at most one of them.
pub(crate) const KEY_SETTINGS: [&str; 3] = [
    SECRET_KEY.name,
    SECRET_KEY_FILE.name,
    SECRET_KEY_COMMAND.name,
];

/// The variable that contains the secret key.
pub(crate) const SECRET_KEY_VARIABLE: &str = "REEMO_SECRET_KEY";
/// The variable that names a file with the secret key.
pub(crate) const SECRET_KEY_FILE_VARIABLE: &str = "REEMO_SECRET_KEY_FILE";

macro_rules! settings {
    ($($(#[$doc:meta])* $name:ident: $type:ty = $setting:expr;)*) => {
        $($(#[$doc])* pub(crate) const $name: Setting<$type> = $setting;)*

        /// All settings, in the order in which messages list them.
        pub(crate) const ALL: &[&dyn AnySetting] = &[$(&$name),*];
    };
}

settings! {
    /// The profile to use.
    PROFILE: String = Setting { variable: Some("REEMO_PROFILE"), ..new(Root, "default_profile", profile_name) };
    /// The secret key itself.
    SECRET_KEY: SecretKey = Setting { variable: Some(SECRET_KEY_VARIABLE), ..new(Profile, "secret_key", secret_key) };
    /// A file that contains the secret key.
    SECRET_KEY_FILE: PathBuf = Setting { variable: Some(SECRET_KEY_FILE_VARIABLE), ..new(Profile, "secret_key_file", file_path) };
    /// A program, and its arguments, that prints the secret key.
    SECRET_KEY_COMMAND: Vec<String> = new(Profile, "secret_key_command", command);
    /// The origin that the stored key was given for, as [`ApiUrl::origin`] writes it.
    SECRET_KEY_ORIGIN: String = new(Profile, "secret_key_origin", origin);
    /// The API's base URL.
    API_URL: ApiUrl = Setting { variable: Some("REEMO_API_URL"), ..new(Profile, "api_url", url) };
    /// Certificates to trust in addition to the system's.
    CA_FILE: PathBuf = new(Profile, "ca_file", file_path);
    /// The time that one request may take.
    REQUEST_TIMEOUT: Duration = Setting { variable: Some("REEMO_REQUEST_TIMEOUT"), ..new(Profile, "request_timeout", timeout) };
    /// Whether changes are allowed.
    ACCESS: bool = new(Profile, "access", full_or_read);
    /// The namespace of derived `_id`s.
    NAMESPACE: Uuid = Setting { variable: Some("REEMO_NAMESPACE"), ..new(Profile, "namespace", uuid) };
    /// The default format at a terminal.
    OUTPUT: Format = Setting { variable: Some("REEMO_OUTPUT"), ..new(Profile, "output", format) };
    /// The default columns of a listing at a terminal.
    COLUMNS: Vec<String> = new(Profile, "columns", columns);
    /// The default order of a listing at a terminal.
    SORT: String = new(Profile, "sort", sort);
    /// Whether changes are written to the journal.
    JOURNAL: bool = new(Profile, "journal", true_or_false);
    /// Headers for a gateway in front of the API.
    HEADERS: Vec<GatewayHeader> = new(Profile, "headers", headers);
    /// The script of the WebClient that `computers connect --open` loads.
    WEBCLIENT_URL: Url = new(Profile, "webclient_url", webclient_url);
    /// Further hosts that the WebClient may use.
    WEBCLIENT_HOSTS: Vec<String> = new(Profile, "webclient_hosts", hosts);
    /// The query parameter that carries the page number.
    WIRE_PAGE: String = new(Profile, "wire.page", parameter);
    /// The query parameter that carries the page size.
    WIRE_LIMIT: String = new(Profile, "wire.limit", parameter);
    /// The number of the first page.
    WIRE_FIRST_PAGE: u64 = new(Profile, "wire.first_page", number);
    /// How a filter is sent to the API.
    WIRE_FILTER: String = new(Profile, "wire.filter", template);
    /// Whether changes are refused, whatever the profile allows.
    READ_ONLY: bool = Setting { variable: Some("REEMO_READ_ONLY"), ..new(Outside, "read_only", boolean) };
    /// Whether questions are forbidden.
    NO_INPUT: bool = Setting { variable: Some("REEMO_NO_INPUT"), ..new(Outside, "no_input", boolean) };
    /// The config file.
    CONFIG: PathBuf = Setting { variable: Some("REEMO_CONFIG"), ..new(Outside, "config", file_path) };
}

const fn new<T>(
    section: Section,
    name: &'static str,
    parse: fn(&Item) -> Result<T, String>,
) -> Setting<T> {
    Setting {
        name,
        section,
        variable: None,
        parse,
    }
}

/// Returns the setting of this name.
pub(crate) fn find(section: Section, name: &str) -> Option<&'static dyn AnySetting> {
    settings_in(section).find(|setting| setting.name() == name)
}

/// Returns the settings that belong in a section.
pub(crate) fn settings_in(section: Section) -> impl Iterator<Item = &'static dyn AnySetting> {
    ALL.iter()
        .copied()
        .filter(move |setting| setting.section() == section)
}
