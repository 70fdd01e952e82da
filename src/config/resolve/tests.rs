//! The rules of precedence, each as a small story: flags, variables, a config file, and what comes of them.

use std::ffi::OsString;
use std::path::PathBuf;
use std::time::Duration;

use super::resolve;
use crate::config::env::Environment;
use crate::config::secret::SecretSource;
use crate::config::settings::{Flags, Settings};
use crate::config::source::Source;
use crate::model::error::{Error, ErrorKind};

const CONFIG_TEXT: &str = r#"
[profiles.default]
secret_key = "sk_default"

[profiles.site]
secret_key_file = "site.key"
api_url = "https://reemo.site/v1"
ca_file = "ca.pem"
request_timeout = "5s"
access = "read"
wire.page = "p"

[profiles.bare]
"#;

struct Case {
    folder: tempfile::TempDir,
    profile: Option<&'static str>,
    variables: Vec<(&'static str, OsString)>,
}

fn case(text: Option<&str>) -> Case {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("config.toml");
    if let Some(text) = text {
        std::fs::write(&path, text).unwrap();
    }
    #[cfg(unix)]
    if text.is_some() {
        std::fs::set_permissions(&path, std::os::unix::fs::PermissionsExt::from_mode(0o600))
            .unwrap();
    }
    Case {
        variables: vec![("REEMO_CONFIG", path.into())],
        folder,
        profile: None,
    }
}

impl Case {
    fn profile(mut self, name: &'static str) -> Self {
        self.profile = Some(name);
        self
    }

    fn variable(mut self, name: &'static str, value: &str) -> Self {
        self.variables.push((name, value.into()));
        self
    }

    fn flags(&self) -> Flags {
        Flags {
            profile: self.profile.map(str::to_owned),
            ..Flags::default()
        }
    }

    fn environment(&self) -> Environment {
        Environment::new(self.variables.clone())
    }

    fn resolve(&self) -> Result<Settings, Error> {
        resolve(&self.flags(), &self.environment())
    }

    fn settings(&self) -> Settings {
        self.resolve().unwrap()
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }
}

fn key(settings: &Settings) -> Result<String, ErrorKind> {
    settings
        .secret
        .load(&mut Vec::new())
        .map(|key| key.expose().to_owned())
        .map_err(|failure| failure.kind)
}

#[test]
fn nothing_at_all_is_fine_until_a_key_is_needed() {
    let settings = case(None).settings();
    assert_eq!(
        (
            settings.profile.value.as_str(),
            settings.profile.source.clone()
        ),
        ("default", Source::Default)
    );
    assert_eq!(
        settings.api_url.value.as_str(),
        "https://restapi.reemo.io/v1"
    );
    assert_eq!(
        (settings.request_timeout.value, settings.retries),
        (Duration::from_secs(30), 2)
    );
    assert!(!settings.read_only.value && settings.notes.is_empty());
    let failure = settings.secret.load(&mut Vec::new()).unwrap_err();
    assert_eq!(failure.kind, ErrorKind::NoCredentials);
    assert!(
        failure.message.contains("default")
            && failure
                .hint
                .unwrap()
                .render(None)
                .contains("--profile sandbox")
    );
}

#[test]
fn a_profile_brings_all_it_says() {
    let case = case(Some(CONFIG_TEXT)).profile("site");
    let settings = case.settings();
    assert_eq!(settings.api_url.source, Source::Profile("site".to_owned()));
    assert_eq!(
        settings.secret,
        SecretSource::File("secret_key_file", case.path("site.key"))
    );
    assert_eq!(settings.ca_file, Some(case.path("ca.pem")));
    assert_eq!(
        (settings.request_timeout.value, settings.read_only.value),
        (Duration::from_secs(5), true)
    );
    assert_eq!(settings.wire.page.as_deref(), Some("p"));
}

#[test]
fn the_profile_is_named_by_flag_then_variable_then_file() {
    let with_default = format!("default_profile = 'bare'\n{CONFIG_TEXT}");
    let named = |case: Case| {
        (
            case.settings().profile.value,
            case.settings().profile.source,
        )
    };
    assert_eq!(
        named(case(Some(&with_default))),
        ("bare".to_owned(), Source::ConfigFile)
    );
    let site = || case(Some(&with_default)).variable("REEMO_PROFILE", "site");
    assert_eq!(
        named(site()),
        ("site".to_owned(), Source::Environment("REEMO_PROFILE"))
    );
    assert_eq!(
        named(site().profile("default")),
        ("default".to_owned(), Source::Flag("--profile"))
    );
}

#[test]
fn an_unknown_profile_lists_those_there_are() {
    for case in [
        case(Some(CONFIG_TEXT)).profile("stie"),
        case(Some(CONFIG_TEXT)).variable("REEMO_PROFILE", "stie"),
        case(Some(
            "default_profile = 'stie'\n[profiles.default]\n[profiles.site]\n[profiles.bare]",
        )),
    ] {
        let failure = case.resolve().unwrap_err();
        assert_eq!(failure.kind, ErrorKind::Config);
        assert_eq!(
            failure.details,
            ["available profiles: default, site, bare, sandbox"]
        );
        assert_eq!(
            failure.hint.map(|hint| hint.render(None)).as_deref(),
            Some("reemo --profile stie auth login")
        );
        assert_eq!(
            resolve(
                &Flags {
                    is_login: true,
                    ..case.flags()
                },
                &case.environment()
            )
            .unwrap()
            .profile
            .value,
            "stie"
        );
    }
    assert_eq!(
        case(None).profile("a b").resolve().unwrap_err().kind,
        ErrorKind::Usage
    );
    assert_eq!(
        case(None)
            .variable("REEMO_PROFILE", "a b")
            .resolve()
            .unwrap_err()
            .kind,
        ErrorKind::Config
    );
}

#[test]
fn the_environment_takes_precedence_over_a_profile_that_was_not_named_on_the_command_line() {
    for selected in ["default", "site", "bare"] {
        let settings = case(Some(CONFIG_TEXT))
            .variable("REEMO_PROFILE", selected)
            .variable("REEMO_SECRET_KEY", "sk_environment")
            .variable("REEMO_API_URL", "https://other.example")
            .settings();
        assert_eq!(key(&settings).as_deref(), Ok("sk_environment"));
        assert_eq!(
            settings.api_url.source,
            Source::Environment("REEMO_API_URL")
        );
        assert!(settings.notes.is_empty());
    }
}

#[test]
fn an_explicit_profile_takes_precedence_over_the_environment_and_says_so() {
    let settings = case(Some(CONFIG_TEXT))
        .profile("default")
        .variable("REEMO_SECRET_KEY", "sk_environment")
        .variable("REEMO_SECRET_KEY_FILE", "file")
        .variable("REEMO_API_URL", "not even a URL")
        .settings();
    assert_eq!(key(&settings).as_deref(), Ok("sk_default"));
    assert_eq!(settings.notes.len(), 1);
    assert_eq!(settings.notes[0].0, "environment_ignored");
    assert_eq!(
        settings.notes[0].1,
        "ignoring REEMO_SECRET_KEY, REEMO_SECRET_KEY_FILE and REEMO_API_URL because --profile was given"
    );
    let bare = case(Some(CONFIG_TEXT))
        .profile("bare")
        .variable("REEMO_SECRET_KEY", "sk_environment")
        .settings();
    assert_eq!(
        key(&bare),
        Err(ErrorKind::NoCredentials),
        "the key of the environment is for no profile that was named"
    );
}

#[test]
fn a_key_goes_only_to_the_origin_it_was_given_for() {
    for (profile, url, used) in [
        ("default", "https://restapi.reemo.io/v2", true),
        ("default", "https://restapi.reemo.io:444/v1", false),
        ("default", "https://reemo.site/v1", false),
        ("default", "http://127.0.0.1:8080/v1", false),
        ("site", "https://reemo.site", true),
        ("site", "https://restapi.reemo.io/v1", false),
    ] {
        let case = case(Some(CONFIG_TEXT))
            .variable("REEMO_PROFILE", profile)
            .variable("REEMO_API_URL", url);
        std::fs::write(case.path("site.key"), "sk_site").unwrap();
        let settings = case.settings();
        assert_eq!(key(&settings).is_ok(), used, "{profile} {url}");
        if !used {
            assert_eq!(key(&settings), Err(ErrorKind::NoCredentials));
            assert!(
                settings
                    .secret
                    .load(&mut Vec::new())
                    .unwrap_err()
                    .hint
                    .unwrap()
                    .render(None)
                    .contains("REEMO_SECRET_KEY")
            );
        }
        assert!(key(&case.variable("REEMO_SECRET_KEY", "sk_mine").settings()).is_ok());
    }
}

#[test]
fn the_strictest_access_wins() {
    for (profile, variable, read_only) in [
        ("site", "", true),
        ("site", "0", true),
        ("site", "1", true),
        ("bare", "", false),
        ("bare", "no", false),
        ("bare", "yes", true),
        ("sandbox", "1", true),
    ] {
        let case = case(Some(CONFIG_TEXT))
            .profile(profile)
            .variable("REEMO_READ_ONLY", variable);
        assert_eq!(
            case.settings().read_only.value,
            read_only,
            "{profile} {variable}"
        );
    }
    assert_eq!(
        case(None)
            .variable("REEMO_READ_ONLY", "maybe")
            .resolve()
            .unwrap_err()
            .kind,
        ErrorKind::Config
    );
}

#[test]
fn the_sandbox_ignores_accounts_and_a_broken_file() {
    let account = |case: Case| {
        case.variable("REEMO_SECRET_KEY", "sk_environment")
            .variable("REEMO_API_URL", "broken")
            .variable("REEMO_SECRET_KEY_FILE", "x")
    };
    for case in [
        account(case(Some("broken")).profile("sandbox")),
        account(case(Some("broken"))).variable("REEMO_PROFILE", "sandbox"),
        account(case(Some("default_profile = 'sandbox'"))),
        account(case(None).profile("sandbox")),
    ] {
        let settings = case.settings();
        assert!(settings.is_sandbox && settings.notes.is_empty());
        assert_eq!(settings.secret, SecretSource::Sandbox);
        assert!(settings.secret.load(&mut Vec::new()).is_err());
    }
    assert_eq!(
        case(Some("broken")).resolve().unwrap_err().kind,
        ErrorKind::Config
    );
}

#[test]
fn timeouts_and_prompts() {
    let site = || case(Some(CONFIG_TEXT)).profile("site");
    assert_eq!(
        site()
            .variable("REEMO_REQUEST_TIMEOUT", "7s")
            .settings()
            .request_timeout
            .value,
        Duration::from_secs(7)
    );
    let flags = Flags {
        request_timeout: Some(Duration::from_secs(9)),
        retries: Some(0),
        ..Flags::default()
    };
    let settings = resolve(
        &flags,
        &case(None).variable("REEMO_NO_INPUT", "0").environment(),
    )
    .unwrap();
    assert_eq!(
        (settings.request_timeout.value, settings.retries),
        (Duration::from_secs(9), 0)
    );
    assert!(
        case(None)
            .variable("REEMO_REQUEST_TIMEOUT", "7")
            .resolve()
            .is_err()
    );
}

#[test]
fn a_key_in_the_environment_fails_only_when_it_is_used() {
    let both = case(None)
        .variable("REEMO_SECRET_KEY", "sk_1")
        .variable("REEMO_SECRET_KEY_FILE", "key")
        .settings();
    assert_eq!(key(&both), Err(ErrorKind::Config));
    let bad = case(None).variable("REEMO_SECRET_KEY", "sk 1").settings();
    assert_eq!(key(&bad), Err(ErrorKind::Config));
}
