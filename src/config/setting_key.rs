//! The dotted name of a setting, as `config get`, `set` and `unset` take it, and near names for one that is misspelt.

use crate::config::profile::{SANDBOX, SETTINGS, check_name};
use crate::model::error::{Error, ErrorKind};
use crate::model::hint::{CommandLine, Hint};
use crate::model::sanitize::escape;
use crate::model::secret::REDACTED;

/// A setting in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SettingKey {
    /// `default_profile`.
    DefaultProfile,
    /// `profiles.NAME.SETTING`.
    OfProfile {
        /// The profile's name.
        profile: String,
        /// One of `SETTINGS`.
        setting: &'static str,
    },
}

impl SettingKey {
    /// Reads a name as typed: the full one, or `SETTING` alone for the profile that is selected.
    ///
    /// # Errors
    /// `Usage` where there is no such setting, or the profile can't be stored.
    pub fn parse(typed: &str, selected: &str) -> Result<Self, Error> {
        if typed == "default_profile" {
            return Ok(Self::DefaultProfile);
        }
        let (profile, name) = match typed.strip_prefix("profiles.") {
            Some(rest) => rest.split_once('.').ok_or_else(|| unknown(typed, ""))?,
            None => (selected, typed),
        };
        check_storable(profile)?;
        let setting = SETTINGS
            .into_iter()
            .find(|setting| *setting == name)
            .ok_or_else(|| unknown(typed, name))?;
        Ok(Self::OfProfile {
            profile: profile.to_owned(),
            setting,
        })
    }

    /// The parts of the name, from the file's root.
    pub(super) fn path(&self) -> Vec<&str> {
        match self {
            Self::DefaultProfile => vec!["default_profile"],
            Self::OfProfile { profile, setting } => ["profiles", profile]
                .into_iter()
                .chain(setting.split('.'))
                .collect(),
        }
    }
}

impl std::fmt::Display for SettingKey {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&self.path().join("."))
    }
}

/// Refuses a name that no profile in the file can have.
///
/// # Errors
/// `Usage` where it is the sandbox, or has other characters than a name.
pub fn check_storable(profile: &str) -> Result<(), Error> {
    if profile == SANDBOX {
        return Err(Error::new(
            ErrorKind::Usage,
            "the profile sandbox is built in, and has no settings",
        )
        .hint("name another profile with --profile NAME"));
    }
    check_name(profile).map_err(|message| Error::new(ErrorKind::Usage, message))
}

fn unknown(typed: &str, name: &str) -> Error {
    let near = did_you_mean(name, SETTINGS.into_iter().chain(["default_profile"]));
    Error::new(
        ErrorKind::Usage,
        format!("there is no setting {}{near}", shown(typed)),
    )
    .detail(format!(
        "the settings are default_profile, and of a profile {}",
        SETTINGS.join(", ")
    ))
    .hint(Hint::from(CommandLine::reemo("config list")).text(" shows those that are set"))
}

/// `; did you mean …?`, or nothing where no name is near.
pub(super) fn did_you_mean<'a>(typed: &str, names: impl Iterator<Item = &'a str>) -> String {
    let distance = |name: &&str| strsim::damerau_levenshtein(typed, name);
    match names.min_by_key(distance) {
        Some(near) if distance(&near) <= 1 + near.len() / 4 => format!("; did you mean {near}?"),
        _ => String::new(),
    }
}

/// A name from the file or the command line for a message, unless it looks like a key in the wrong place.
pub(super) fn shown(name: &str) -> String {
    if name.contains("sk_") {
        REDACTED.to_owned()
    } else {
        escape(name).into_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::SettingKey;

    #[test]
    fn short_and_full_names() {
        let of = |profile: &str, setting| {
            Ok(SettingKey::OfProfile {
                profile: profile.to_owned(),
                setting,
            })
        };
        assert_eq!(SettingKey::parse("api_url", "prod"), of("prod", "api_url"));
        assert_eq!(
            SettingKey::parse("wire.page", "prod"),
            of("prod", "wire.page")
        );
        assert_eq!(
            SettingKey::parse("profiles.wire.wire.page", "prod"),
            of("wire", "wire.page")
        );
        assert_eq!(
            SettingKey::parse("profiles.b.api_url", "sandbox"),
            of("b", "api_url")
        );
        assert_eq!(
            SettingKey::parse("default_profile", "sandbox"),
            Ok(SettingKey::DefaultProfile)
        );
        for typed in [
            "",
            "profiles",
            "profiles.b",
            "profiles..api_url",
            "profiles.sandbox.api_url",
            "wire",
            "profiles.b c.api_url",
        ] {
            assert!(SettingKey::parse(typed, "prod").is_err(), "{typed}");
        }
        assert!(SettingKey::parse("api_url", "sandbox").is_err());
    }

    #[test]
    fn a_near_name_is_named_and_a_key_is_not() {
        let message = |typed| SettingKey::parse(typed, "prod").unwrap_err().message;
        assert_eq!(
            message("api_ulr"),
            "there is no setting api_ulr; did you mean api_url?"
        );
        assert_eq!(
            message("profiles.x.secretkey"),
            "there is no setting profiles.x.secretkey; did you mean secret_key?"
        );
        assert_eq!(
            message("default-profile"),
            "there is no setting default-profile; did you mean default_profile?"
        );
        assert_eq!(message("sk_123"), "there is no setting sk_…");
    }
}
