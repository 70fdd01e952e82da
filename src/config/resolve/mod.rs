//! Resolving settings: flag, then environment, then profile, then default. Every rule about which place takes precedence over which, and which
//! key goes where, is here.

use std::path::PathBuf;

use crate::config::Note;
use crate::config::all_settings::{
    ACCESS, API_URL, CA_FILE, COLUMNS, DEFAULT_PROFILE, DEFAULT_RETRIES, DEFAULT_TIMEOUT, HEADERS,
    JOURNAL, NAMESPACE, OUTPUT, PROFILE, READ_ONLY, REQUEST_TIMEOUT, SANDBOX, SECRET_KEY,
    SECRET_KEY_FILE, SORT, WEBCLIENT_HOSTS, WEBCLIENT_URL, WIRE_FILTER, WIRE_FIRST_PAGE,
    WIRE_LIMIT, WIRE_PAGE,
};
use crate::config::api_url::ApiUrl;
use crate::config::env::Environment;
use crate::config::file::ConfigFile;
use crate::config::key::shown;
use crate::config::parse::check_profile_name;
use crate::config::paths;
use crate::config::secret::SecretSource;
use crate::config::setting::{AnySetting, Setting};
use crate::config::settings::{Defaults, Flags, Settings};
use crate::config::source::{Source, Sourced};
use crate::model::error::{Error, ErrorKind};
use crate::model::gateway_header::GatewayHeader;
use crate::model::hint::CommandLine;
use crate::model::secret::SecretKey;
use crate::model::wire_overrides::WireOverrides;

/// The settings that decide which account is used.
const ACCOUNT: [&dyn AnySetting; 3] = [&SECRET_KEY, &SECRET_KEY_FILE, &API_URL];

/// Resolves all settings. Reads the config file, unless a flag or a variable selects the sandbox.
///
/// # Errors
/// [`ErrorKind::Config`] if the file or a variable is not valid, or if the selected profile does not exist.
pub(crate) fn resolve(flags: &Flags, environment: &Environment) -> Result<Settings, Error> {
    let mut notes = Vec::new();
    // Without a home folder there is no config file, but a key in the environment works.
    let config_path = paths::config_path(environment).ok();
    let explicit = explicit_profile(flags, environment)?;
    let is_sandbox = |profile: &Sourced<String>| profile.value == SANDBOX;
    let file = match &config_path {
        Some(path) if !explicit.as_ref().is_some_and(is_sandbox) => {
            ConfigFile::load(path, &mut notes)?
        }
        _ => ConfigFile::default(),
    };
    let profile = explicit.unwrap_or_else(|| default_profile(&file));
    let may_be_new = flags.is_login || profile.source == Source::Default;
    if !may_be_new && !is_sandbox(&profile) && !file.has_profile(&profile.value) {
        return Err(unknown_profile(&profile, &file));
    }
    let environment = match profile.source {
        _ if is_sandbox(&profile) => environment.without(&ACCOUNT),
        Source::Flag(_) => ignore_env(environment, &mut notes),
        _ => environment.clone(),
    };
    let layers = Layers {
        flags,
        environment: &environment,
        file: &file,
        profile: &profile,
    };
    layers.settings(config_path, notes)
}

/// Returns the selected profile, which need not exist.
///
/// # Errors
/// [`ErrorKind::Usage`] or [`ErrorKind::Config`] if its name is not valid.
pub(crate) fn selected_profile(
    flags: &Flags,
    environment: &Environment,
    file: &ConfigFile,
) -> Result<Sourced<String>, Error> {
    let explicit = explicit_profile(flags, environment)?;
    Ok(explicit.unwrap_or_else(|| default_profile(file)))
}

fn default_profile(file: &ConfigFile) -> Sourced<String> {
    match file.default_profile() {
        Some(name) => Sourced::new(name, Source::ConfigFile),
        None => Sourced::new(DEFAULT_PROFILE.to_owned(), Source::Default),
    }
}

/// Returns the profile that a flag or a variable selects, which hints name: a command without it would act in another one.
/// `None` if neither does, or if the name is not valid.
pub(crate) fn chosen_profile(flags: &Flags, environment: &Environment) -> Option<String> {
    let explicit = explicit_profile(flags, environment).ok()??;
    Some(shown(&explicit.value))
}

fn explicit_profile(
    flags: &Flags,
    environment: &Environment,
) -> Result<Option<Sourced<String>>, Error> {
    if let Some(name) = &flags.profile {
        check_profile_name(name)
            .map_err(|message| Error::new(ErrorKind::Usage, format!("--profile: {message}")))?;
        return Ok(Some(Sourced::new(name.clone(), Source::Flag("--profile"))));
    }
    from_environment(&PROFILE, environment)
}

/// Returns every secret that is known without reading a key file or running a command: the keys and headers in the environment
/// and the config file.
pub(crate) fn known_secrets(environment: &Environment) -> Vec<SecretKey> {
    let in_environment = environment.get(&SECRET_KEY).ok().flatten();
    let mut secrets = Vec::from_iter(in_environment);
    let file = paths::config_path(environment)
        .and_then(|path| ConfigFile::load(&path, &mut Vec::new()))
        .unwrap_or_default();
    for profile in file.profile_names() {
        secrets.extend(file.get(profile, &SECRET_KEY));
        let headers = file.get(profile, &HEADERS).unwrap_or_default();
        let values = headers.iter().filter_map(GatewayHeader::redactable);
        secrets.extend(values.cloned());
    }
    secrets
}

/// Returns the defaults for a terminal. A config file that is not valid has none, and [`resolve`] says what is wrong with it.
///
/// # Errors
/// [`ErrorKind::Config`] if `REEMO_OUTPUT` is not valid.
pub(crate) fn terminal_defaults(
    flags: &Flags,
    environment: &Environment,
) -> Result<Defaults, Error> {
    let output = environment.get(&OUTPUT)?;
    let file = paths::config_path(environment)
        .and_then(|path| ConfigFile::load(&path, &mut Vec::new()))
        .unwrap_or_default();
    let profile = selected_profile(flags, environment, &file);
    let profile = profile.map_or_else(|_| DEFAULT_PROFILE.to_owned(), |profile| profile.value);
    Ok(Defaults {
        output: output.or_else(|| file.get(&profile, &OUTPUT)),
        columns: file.get(&profile, &COLUMNS),
        sort: file.get(&profile, &SORT),
    })
}

fn unknown_profile(profile: &Sourced<String>, file: &ConfigFile) -> Error {
    let existing: Vec<&str> = file.profile_names().chain([SANDBOX]).collect();
    let name = shown(&profile.value);
    let message = format!(
        "there is no profile {name:?}, which {} selects",
        profile.source
    );
    Error::new(ErrorKind::Config, message)
        .detail(format!("available profiles: {}", existing.join(", ")))
        .hint(CommandLine::reemo("auth login").in_profile(name))
}

/// Drops the variables of another account: a stray one does not replace the profile that was named on the command line.
fn ignore_env(environment: &Environment, notes: &mut Vec<Note>) -> Environment {
    let ignored = ACCOUNT
        .into_iter()
        .filter(|setting| environment.has(*setting));
    let ignored: Vec<&str> = ignored.filter_map(AnySetting::variable).collect();
    if let Some((last, others)) = ignored.split_last() {
        let names = match others {
            [] => (*last).to_owned(),
            others => format!("{} and {last}", others.join(", ")),
        };
        let message = format!("ignoring {names} because --profile was given");
        notes.push(("environment_ignored", message));
    }
    environment.without(&ACCOUNT)
}

fn from_environment<T>(
    setting: &Setting<T>,
    environment: &Environment,
) -> Result<Option<Sourced<T>>, Error> {
    let value = environment.get(setting)?;
    Ok(value
        .zip(setting.variable)
        .map(|(value, name)| Sourced::new(value, Source::Environment(name))))
}

/// The places where a setting can be given, the first one outranking the others.
struct Layers<'a> {
    flags: &'a Flags,
    environment: &'a Environment,
    file: &'a ConfigFile,
    profile: &'a Sourced<String>,
}

impl Layers<'_> {
    fn settings(
        &self,
        config_path: Option<PathBuf>,
        mut notes: Vec<Note>,
    ) -> Result<Settings, Error> {
        let is_sandbox = self.profile.value == SANDBOX;
        let default_url = if is_sandbox {
            ApiUrl::placeholder()
        } else {
            ApiUrl::default()
        };
        let api_url = self.find_or(
            &API_URL,
            ("--api-url", self.flags.api_url.clone()),
            default_url,
        )?;
        let ca_file = self.find(&CA_FILE)?;
        Ok(Settings {
            is_sandbox,
            secret: SecretSource::resolve(self.environment, self.file, self.profile, &api_url)?,
            headers: self.headers(&api_url.value, &mut notes)?,
            api_url,
            ca_file: ca_file
                .map(|path| paths::from_config(&self.file.path, &path.value))
                .transpose()?,
            request_timeout: self.find_or(
                &REQUEST_TIMEOUT,
                ("--request-timeout", self.flags.request_timeout),
                DEFAULT_TIMEOUT,
            )?,
            retries: self.flags.retries.unwrap_or(DEFAULT_RETRIES),
            read_only: self.read_only()?,
            namespace: self.value(&NAMESPACE)?,
            journal: self.value(&JOURNAL)?.unwrap_or(true),
            webclient_url: self.value(&WEBCLIENT_URL)?,
            webclient_hosts: self.value(&WEBCLIENT_HOSTS)?.unwrap_or_default(),
            wire: WireOverrides {
                page: self.value(&WIRE_PAGE)?,
                limit: self.value(&WIRE_LIMIT)?,
                first_page: self.value(&WIRE_FIRST_PAGE)?,
                filter: self.value(&WIRE_FILTER)?,
            },
            profile: self.profile.clone(),
            notes,
            config_path,
        })
    }

    /// Returns the headers of the profile, which are sent to the profile's own origin only.
    fn headers(
        &self,
        api_url: &ApiUrl,
        notes: &mut Vec<Note>,
    ) -> Result<Vec<GatewayHeader>, Error> {
        let (profile, origin) = (&self.profile.value, api_url.origin());
        let headers = self.file.get(profile, &HEADERS).unwrap_or_default();
        let own_url = self.file.api_url(profile);
        let is_own = origin == own_url.origin()
            && (self.flags.is_login || origin == self.file.key_origin(profile));
        if is_own || headers.is_empty() {
            return Ok(headers);
        }
        let own_origin = own_url.origin();
        let message =
            format!("the headers of profile {profile:?} are for {own_origin}, not for {origin}");
        if self.flags.is_login {
            return Err(Error::new(ErrorKind::Usage, message)
                .hint("remove them from the config file, or log in with another profile"));
        }
        notes.push((
            "headers_not_sent",
            format!("{message}: they are not sent there"),
        ));
        Ok(Vec::new())
    }

    fn find<T>(&self, setting: &Setting<T>) -> Result<Option<Sourced<T>>, Error> {
        if let Some(found) = from_environment(setting, self.environment)? {
            return Ok(Some(found));
        }
        let profile = &self.profile.value;
        let value = self.file.get(profile, setting);
        Ok(value.map(|value| Sourced::new(value, Source::Profile(profile.clone()))))
    }

    fn find_or<T>(
        &self,
        setting: &Setting<T>,
        (flag, given): (&'static str, Option<T>),
        default: T,
    ) -> Result<Sourced<T>, Error> {
        if let Some(value) = given {
            return Ok(Sourced::new(value, Source::Flag(flag)));
        }
        let found = self.find(setting)?;
        Ok(found.unwrap_or_else(|| Sourced::new(default, Source::Default)))
    }

    fn value<T>(&self, setting: &Setting<T>) -> Result<Option<T>, Error> {
        Ok(self.find(setting)?.map(|found| found.value))
    }

    /// The strictest place wins: neither the environment nor the profile can allow what the other one forbids.
    fn read_only(&self) -> Result<Sourced<bool>, Error> {
        let forbidden = self.find(&READ_ONLY)?;
        let allowed = self.find(&ACCESS)?;
        Ok(match (forbidden, allowed) {
            (Some(forbidden), _) if forbidden.value => forbidden,
            (_, Some(allowed)) => Sourced::new(!allowed.value, allowed.source),
            (Some(forbidden), None) => forbidden,
            (None, None) => Sourced::new(false, Source::Default),
        })
    }
}

#[cfg(test)]
mod tests;
