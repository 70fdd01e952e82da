//! Flag, then environment, then profile, then default: every rule about who wins, and which key goes where.

use std::path::Path;

use crate::config::api_url::ApiUrl;
use crate::config::document::Document;
use crate::config::environment::{
    API_URL, Environment, PROFILE, READ_ONLY, REQUEST_TIMEOUT, SECRET_KEY, SECRET_KEY_FILE, refused,
};
use crate::config::key_command::KeyCommand;
use crate::config::note::Note;
use crate::config::paths;
use crate::config::profile::{Access, Profile, SANDBOX, check_name};
use crate::config::secret_source::SecretSource;
use crate::config::setting_key::shown;
use crate::config::settings::{
    DEFAULT_PROFILE, DEFAULT_RETRIES, DEFAULT_TIMEOUT, Flags, Setting, Settings, Source,
};
use crate::model::error::{Error, ErrorKind};
use crate::model::hint::CommandLine;
use crate::model::secret::SecretKey;

/// Decides everything. Reads the config file, unless the sandbox is named outside of it.
///
/// # Errors
/// `Config` where the file or a variable can't be used, or the profile that was named does not exist.
pub fn decide(flags: &Flags, environment: &Environment) -> Result<Settings, Error> {
    settings(flags, environment, false)
}

/// The same for `auth login`, which may name a profile that does not exist yet.
///
/// # Errors
/// As `decide`.
pub fn decide_for_login(flags: &Flags, environment: &Environment) -> Result<Settings, Error> {
    settings(flags, environment, true)
}

/// The profile's name and who named it, for `config get`, `set` and `unset`; it need not exist.
///
/// # Errors
/// `Usage` or `Config` where the name can't be one.
pub fn select_profile(
    flags: &Flags,
    environment: &Environment,
    document: &Document,
) -> Result<(String, Source), Error> {
    Ok(named_outside(flags, environment)?.unwrap_or_else(|| named_inside(document)))
}

fn settings(flags: &Flags, environment: &Environment, may_be_new: bool) -> Result<Settings, Error> {
    let mut notes = Vec::new();
    // Without a home folder there is no config file, but a key in the environment works all the same.
    let config_path = paths::config_file(environment).ok();
    let outside = named_outside(flags, environment)?;
    let document = match &config_path {
        Some(path) if outside.as_ref().is_none_or(|(name, _)| name != SANDBOX) => {
            Document::load(path, &mut notes)?
        }
        _ => Document::default(),
    };
    let (name, source) = outside.unwrap_or_else(|| named_inside(&document));
    let known = document.profile(&name).is_some() || name == SANDBOX || source == Source::Default;
    if !known && !may_be_new {
        return Err(unknown(&name, &source, &document));
    }
    let explicit = matches!(source, Source::Flag(_));
    let mut settings = common(flags, environment, document.profile(&name), (name, source))?;
    settings.config_path = config_path;
    settings.notes = notes;
    if !settings.is_sandbox {
        let environment = if explicit {
            pass_over(environment, &mut settings.notes)
        } else {
            environment.clone()
        };
        reach(&mut settings, flags, &environment, &document)?;
    }
    Ok(settings)
}

fn named_outside(
    flags: &Flags,
    environment: &Environment,
) -> Result<Option<(String, Source)>, Error> {
    if let Some(name) = &flags.profile {
        check_name(name)
            .map_err(|message| Error::new(ErrorKind::Usage, format!("--profile: {message}")))?;
        return Ok(Some((name.clone(), Source::Flag("--profile"))));
    }
    let Some(name) = environment.text(PROFILE)? else {
        return Ok(None);
    };
    check_name(name).map_err(|message| refused(PROFILE, message))?;
    Ok(Some((name.to_owned(), Source::Environment(PROFILE))))
}

/// Returns the profile that a flag or a variable names, for hints: a command without it would act in another one. `None`
/// where no profile is named, or where the name is not valid.
pub fn chosen_profile(flags: &Flags, environment: &Environment) -> Option<String> {
    let (name, _) = named_outside(flags, environment).ok()??;
    Some(shown(&name))
}

/// Returns every key that can be told without running or asking anything, so that none is shown: that of the environment,
/// and those in the config file.
pub fn known_keys(environment: &Environment) -> Vec<SecretKey> {
    let in_environment = environment.secret_key().ok().flatten();
    let document = paths::config_file(environment)
        .and_then(|path| Document::load(&path, &mut Vec::new()))
        .unwrap_or_default();
    let stored = document
        .profile_names()
        .filter_map(|name| document.profile(name)?.secret_key.clone());
    in_environment.into_iter().chain(stored).collect()
}

fn named_inside(document: &Document) -> (String, Source) {
    match document.default_profile() {
        Some(name) => (name.to_owned(), Source::ConfigFile),
        None => (DEFAULT_PROFILE.to_owned(), Source::Default),
    }
}

fn unknown(name: &str, source: &Source, document: &Document) -> Error {
    let there: Vec<&str> = document.profile_names().chain([SANDBOX]).collect();
    Error::new(
        ErrorKind::Config,
        format!("there is no profile {}, which {source} names", shown(name)),
    )
    .detail(format!("the profiles are {}", there.join(", ")))
    .hint(CommandLine::reemo("auth login").in_profile(shown(name)))
}

/// What the sandbox has as well.
fn common(
    flags: &Flags,
    environment: &Environment,
    profile: Option<&Profile>,
    (name, source): (String, Source),
) -> Result<Settings, Error> {
    let from_profile = || Source::Profile(name.clone());
    let request_timeout = match (
        flags.request_timeout,
        environment.request_timeout()?,
        profile.and_then(|it| it.request_timeout),
    ) {
        (Some(timeout), ..) => Setting::new(timeout, Source::Flag("--request-timeout")),
        (_, Some(timeout), _) => Setting::new(timeout, Source::Environment(REQUEST_TIMEOUT)),
        (.., Some(timeout)) => Setting::new(timeout, from_profile()),
        _ => Setting::new(DEFAULT_TIMEOUT, Source::Default),
    };
    // The strictest wins: neither place can loosen what the other one forbids.
    let read_only = match (environment.read_only()?, profile.and_then(|it| it.access)) {
        (Some(true), _) => Setting::new(true, Source::Environment(READ_ONLY)),
        (_, Some(access)) => Setting::new(access == Access::Read, from_profile()),
        (Some(false), None) => Setting::new(false, Source::Environment(READ_ONLY)),
        (None, None) => Setting::new(false, Source::Default),
    };
    Ok(Settings {
        is_sandbox: name == SANDBOX,
        api_url: Setting::new(ApiUrl::placeholder(), Source::Default),
        secret: SecretSource::Sandbox,
        ca_file: None,
        request_timeout,
        retries: flags.retries.unwrap_or(DEFAULT_RETRIES),
        read_only,
        namespace: None,
        wire: Default::default(),
        notes: Vec::new(),
        config_path: None,
        profile: name,
        profile_source: source,
    })
}

/// An account that was named on the command line is not replaced by a stray variable.
fn pass_over(environment: &Environment, notes: &mut Vec<Note>) -> Environment {
    let outranked = [SECRET_KEY, SECRET_KEY_FILE, API_URL];
    let set: Vec<&str> = outranked
        .into_iter()
        .filter(|name| environment.has(name))
        .collect();
    if !set.is_empty() {
        notes.push(Note::new(
            "environment_passed_over",
            format!("--profile was given, so {} passed over", listed(&set)),
        ));
    }
    environment.without(&outranked)
}

fn listed(names: &[&str]) -> String {
    match names {
        [one] => format!("{one} is"),
        [first @ .., last] => format!("{} and {last} are", first.join(", ")),
        [] => String::new(),
    }
}

/// Where the API is, which key goes there, and what else the profile says about it.
fn reach(
    settings: &mut Settings,
    flags: &Flags,
    environment: &Environment,
    document: &Document,
) -> Result<(), Error> {
    let profile = document
        .profile(&settings.profile)
        .cloned()
        .unwrap_or_default();
    let own = match &profile.api_url {
        Some(api_url) => Setting::new(api_url.clone(), Source::Profile(settings.profile.clone())),
        None => Setting::new(ApiUrl::default(), Source::Default),
    };
    settings.api_url = match (&flags.api_url, environment.text(API_URL)?) {
        (Some(api_url), _) => Setting::new(api_url.clone(), Source::Flag("--api-url")),
        (None, Some(text)) => Setting::new(
            text.parse().map_err(|message| refused(API_URL, message))?,
            Source::Environment(API_URL),
        ),
        (None, None) => own,
    };
    settings.secret = match from_environment(environment) {
        Some(source) => source,
        None => {
            let others = document
                .profile_names()
                .filter(|name| *name != settings.profile)
                .map(str::to_owned);
            let source =
                from_profile(&profile, document.path())?.unwrap_or_else(|| SecretSource::Missing {
                    others: others.collect(),
                    reads_environment: !matches!(settings.profile_source, Source::Flag(_)),
                });
            // A key goes only to the origin it was given for.
            if source.is_there() && profile.key_origin() != settings.api_url.value.origin() {
                SecretSource::Withheld {
                    given_for: profile.key_origin(),
                    api_url: settings.api_url.clone(),
                }
            } else {
                source
            }
        }
    };
    settings.ca_file = profile
        .ca_file
        .map(|path| paths::from_config(document.path(), &path))
        .transpose()?;
    settings.namespace = profile.namespace;
    settings.wire = profile.wire;
    Ok(())
}

fn from_environment(environment: &Environment) -> Option<SecretSource> {
    match (
        environment.secret_key().transpose(),
        environment.secret_key_file(),
    ) {
        (Some(_), Some(_)) => Some(SecretSource::EnvironmentKey(Err(Error::new(
            ErrorKind::Config,
            format!(
                "{SECRET_KEY} and {SECRET_KEY_FILE} are both set, and may be two different keys"
            ),
        )
        .hint("unset one of them")))),
        (Some(key), None) => Some(SecretSource::EnvironmentKey(key)),
        (None, Some(path)) => Some(SecretSource::EnvironmentFile(path)),
        (None, None) => None,
    }
}

fn from_profile(profile: &Profile, config_file: &Path) -> Result<Option<SecretSource>, Error> {
    Ok(
        match (
            &profile.secret_key,
            &profile.secret_key_file,
            &profile.secret_key_command,
        ) {
            (Some(key), ..) => Some(SecretSource::ProfileKey(key.clone())),
            (_, Some(path), _) => Some(SecretSource::ProfileFile(paths::from_config(
                config_file,
                path,
            )?)),
            (.., Some(words)) => Some(SecretSource::ProfileCommand(KeyCommand::new(
                words,
                config_file,
            )?)),
            _ => None,
        },
    )
}

#[cfg(test)]
#[path = "decide_tests.rs"]
mod tests;
