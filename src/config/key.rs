//! The dotted names that `config get`, `set` and `unset` accept, and suggestions for mistyped ones.

use std::fmt;

use crate::config::all_settings::{self, HEADERS, PROFILE, SANDBOX};
use crate::config::parse::check_profile_name;
use crate::config::setting::{AnySetting, Section};
use crate::model::error::{Error, ErrorKind};
use crate::model::hint::{CommandLine, Hint};
use crate::model::sanitize::escape;
use crate::model::secret::REDACTED;

/// The place of one setting in the config file.
#[derive(Clone)]
pub(crate) struct SettingKey {
    /// The profile that it belongs to, if any.
    pub(super) profile: Option<String>,
    pub(super) setting: &'static dyn AnySetting,
    /// The header, in the table of headers.
    pub(super) header: Option<String>,
}

impl SettingKey {
    /// Reads a name as typed: `default_profile`, `profiles.NAME.SETTING`, or `SETTING` for the selected profile.
    ///
    /// # Errors
    /// [`ErrorKind::Usage`] if there is no such setting, or no profile of this name can be stored.
    pub(crate) fn parse(typed: &str, selected: &str) -> Result<Self, Error> {
        if let Some(setting) = all_settings::find(Section::Root, typed) {
            return Ok(Self::root(setting));
        }
        let (profile, name) = match typed.strip_prefix("profiles.") {
            Some(rest) => rest.split_once('.').ok_or_else(|| unknown(typed, ""))?,
            None => (selected, typed),
        };
        check_storable(profile)?;
        if let Some(header) = name.strip_prefix("headers.") {
            let header = Some(header.to_owned());
            let key = Self::of_profile(profile, &HEADERS);
            return Ok(Self { header, ..key });
        }
        if name == HEADERS.name {
            let message = "headers are shown and removed one by one, such as headers.X-Token";
            return Err(Error::new(ErrorKind::Usage, message));
        }
        let setting =
            all_settings::find(Section::Profile, name).ok_or_else(|| unknown(typed, name))?;
        Ok(Self::of_profile(profile, setting))
    }

    /// Names a setting outside of any profile.
    pub(super) fn root(setting: &'static dyn AnySetting) -> Self {
        Self {
            profile: None,
            setting,
            header: None,
        }
    }

    /// Names a setting of a profile.
    pub(crate) fn of_profile(profile: &str, setting: &'static dyn AnySetting) -> Self {
        Self {
            profile: Some(profile.to_owned()),
            setting,
            header: None,
        }
    }

    /// Returns the parts of the name, from the file's root.
    pub(super) fn path(&self) -> Vec<&str> {
        let profile = self.profile.iter().flat_map(|name| ["profiles", name]);
        let setting = self.setting.name().split('.');
        profile
            .chain(setting)
            .chain(self.header.as_deref())
            .collect()
    }
}

impl fmt::Display for SettingKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.path().join("."))
    }
}

/// Checks that the config file can contain a profile of this name.
///
/// # Errors
/// [`ErrorKind::Usage`] if it is the sandbox, or not a valid name.
pub(crate) fn check_storable(profile: &str) -> Result<(), Error> {
    if profile == SANDBOX {
        let message = format!("the profile {SANDBOX:?} is built in and has no settings");
        return Err(
            Error::new(ErrorKind::Usage, message).hint("name another profile with --profile NAME")
        );
    }
    check_profile_name(profile).map_err(|message| Error::new(ErrorKind::Usage, message))
}

fn unknown(typed: &str, name: &str) -> Error {
    let of_profile: Vec<_> = all_settings::settings_in(Section::Profile)
        .map(AnySetting::name)
        .collect();
    let near = did_you_mean(name, of_profile.iter().copied().chain([PROFILE.name]));
    let message = format!("there is no setting {}{near}", shown(typed));
    let (root, of_profile) = (PROFILE.name, of_profile.join(", "));
    Error::new(ErrorKind::Usage, message)
        .detail(format!(
            "the settings are {root}, and in a profile {of_profile}"
        ))
        .hint(Hint::from(CommandLine::reemo("config list")).text(" shows those that are set"))
}

/// Returns `; did you mean …?`, or nothing if no name is similar.
pub(super) fn did_you_mean<'a>(typed: &str, names: impl Iterator<Item = &'a str>) -> String {
    let distance = |name: &&str| strsim::damerau_levenshtein(typed, name);
    match names.min_by_key(distance) {
        Some(near) if distance(&near) <= 1 + near.len() / 4 => format!("; did you mean {near}?"),
        _ => String::new(),
    }
}

/// Returns a name from the file or the command line for a message, masked if it looks like a misplaced key.
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
        for (typed, selected, path) in [
            ("api_url", "prod", &["profiles", "prod", "api_url"][..]),
            ("wire.page", "prod", &["profiles", "prod", "wire", "page"]),
            (
                "profiles.wire.wire.page",
                "prod",
                &["profiles", "wire", "wire", "page"],
            ),
            (
                "profiles.b.api_url",
                "sandbox",
                &["profiles", "b", "api_url"],
            ),
            ("default_profile", "sandbox", &["default_profile"]),
        ] {
            assert_eq!(SettingKey::parse(typed, selected).unwrap().path(), path);
        }
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
        let message = |typed| SettingKey::parse(typed, "prod").err().unwrap().message;
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
