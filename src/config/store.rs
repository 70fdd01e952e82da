//! Changing the config file on disk: under its lock, whole or not at all.

use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::config::api_url::ApiUrl;
use crate::config::document::Document;
use crate::config::files::unusable;
use crate::config::note::Note;
use crate::config::paths;
use crate::config::setting_key::SettingKey;
use crate::fs;
use crate::model::error::Error;
use crate::model::secret::SecretKey;

/// A change takes milliseconds. Who holds the lock for longer has been stopped.
const LOCK_TIMEOUT: Duration = Duration::from_secs(10);

/// `config set`.
///
/// # Errors
/// As `Document::set`, or where the file can't be read or written.
pub fn set(
    config_file: &Path,
    key: &SettingKey,
    text: &str,
    notes: &mut Vec<Note>,
) -> Result<(), Error> {
    change(config_file, notes, |document| document.set(key, text))
}

/// `config unset`; whether it was set.
///
/// # Errors
/// Where the file can't be read or written.
pub fn unset(config_file: &Path, key: &SettingKey, notes: &mut Vec<Note>) -> Result<bool, Error> {
    change_present(config_file, notes, |document| document.unset(key))
}

/// `auth login`: stores a key with the URL it was checked against; names the settings that made room for it.
///
/// # Errors
/// As `Document::store_secret`, or where the file can't be read or written.
pub fn store_secret(
    config_file: &Path,
    profile: &str,
    key: &SecretKey,
    api_url: &ApiUrl,
    notes: &mut Vec<Note>,
) -> Result<Vec<&'static str>, Error> {
    change(config_file, notes, |document| {
        document.store_secret(profile, key, api_url)
    })
}

/// `auth logout`: takes a stored key out of a profile; whether there was one.
///
/// # Errors
/// Where the file can't be read or written.
pub fn forget_secret(
    config_file: &Path,
    profile: &str,
    notes: &mut Vec<Note>,
) -> Result<bool, Error> {
    change_present(config_file, notes, |document| {
        document.forget_secret(profile)
    })
}

/// To take something away from a file that is not there makes neither the file nor its folder.
fn change_present(
    config_file: &Path,
    notes: &mut Vec<Note>,
    edit: impl FnOnce(&mut Document) -> Result<bool, Error>,
) -> Result<bool, Error> {
    let is_absent = |path: &Path| {
        path.symlink_metadata()
            .is_err_and(|error| error.kind() == std::io::ErrorKind::NotFound)
    };
    // What a killed writer left may hold a key, and goes with the next change.
    if is_absent(config_file) && is_absent(&fs::temp_path(config_file)) {
        return Ok(false);
    }
    change(config_file, notes, edit)
}

fn change<T>(
    config_file: &Path,
    notes: &mut Vec<Note>,
    edit: impl FnOnce(&mut Document) -> Result<T, Error>,
) -> Result<T, Error> {
    fs::refuse_irregular(config_file).map_err(unusable)?;
    check_folder(config_file)?;
    if let Some(folder) = config_file.parent() {
        fs::create_private_dir(folder)?;
    }
    let lock = fs::Lock::acquire(&lock_file(config_file), LOCK_TIMEOUT)?;
    lock.remove_stale_temp(config_file)?;
    let mut document = Document::load(config_file, notes)?;
    let before = document.text();
    let answer = edit(&mut document)?;
    let after = document.text();
    if after != before {
        lock.write(config_file, after.as_bytes(), 0o600)?;
    }
    Ok(answer)
}

/// Refuses a folder in which other users could replace the config file, even before there is one.
///
/// # Errors
/// [`ErrorKind::Config`](crate::model::error::ErrorKind::Config).
pub fn check_folder(config_file: &Path) -> Result<(), Error> {
    let folder = paths::folder_of(config_file);
    fs::check_ownership(folder, "config folder", "go-w").map_err(unusable)
}

/// Beside the config file, which a rename replaces and which can therefore carry no lock.
fn lock_file(config_file: &Path) -> PathBuf {
    let mut name = config_file.as_os_str().to_owned();
    name.push(".lock");
    name.into()
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::{forget_secret, set, store_secret, unset};
    use crate::config::document::Document;
    use crate::config::setting_key::SettingKey;
    use crate::model::error::ErrorKind;
    use crate::model::secret::SecretKey;

    #[test]
    fn login_and_logout() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("new/config.toml");
        let (notes, secret) = (&mut Vec::new(), SecretKey::parse("sk_1", "a test").unwrap());
        assert_eq!(forget_secret(&path, "default", notes), Ok(false));
        assert!(!folder.path().join("new").exists());
        store_secret(
            &path,
            "default",
            &secret,
            &"https://x/v1".parse().unwrap(),
            notes,
        )
        .unwrap();
        assert_eq!(
            fs::read_to_string(&path).unwrap(),
            "[profiles.default]\nsecret_key = \"sk_1\"\nsecret_key_origin = \"https://x\"\napi_url = \"https://x/v1\"\n"
        );
        assert_eq!(forget_secret(&path, "default", notes), Ok(true));
        assert_eq!(
            fs::read_to_string(&path).unwrap(),
            "[profiles.default]\napi_url = \"https://x/v1\"\n"
        );
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode =
                |path: &std::path::Path| path.metadata().unwrap().permissions().mode() & 0o777;
            assert_eq!(
                (mode(&path), mode(&folder.path().join("new"))),
                (0o600, 0o700)
            );
        }
        assert!(notes.is_empty());
    }

    #[test]
    fn many_writers_lose_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("config.toml");
        let key =
            |writer: usize| SettingKey::parse(&format!("profiles.p{writer}.access"), "").unwrap();
        std::thread::scope(|scope| {
            for writer in 0..8 {
                let (path, key) = (&path, key(writer));
                scope.spawn(move || set(path, &key, "read", &mut Vec::new()).unwrap());
            }
        });
        assert_eq!(
            Document::load(&path, &mut Vec::new())
                .unwrap()
                .profile_names()
                .count(),
            8
        );
        assert_eq!(unset(&path, &key(3), &mut Vec::new()), Ok(true));
    }

    #[test]
    fn a_failed_change_leaves_the_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("config.toml");
        let key = SettingKey::parse("access", "a").unwrap();
        fs::write(&path, "broken").unwrap();
        assert_eq!(
            set(&path, &key, "read", &mut Vec::new()).unwrap_err().kind,
            ErrorKind::Config
        );
        assert_eq!(fs::read_to_string(&path).unwrap(), "broken");
        #[cfg(unix)]
        {
            let link = folder.path().join("link.toml");
            std::os::unix::fs::symlink(&path, &link).unwrap();
            assert_eq!(
                set(&link, &key, "read", &mut Vec::new()).unwrap_err().kind,
                ErrorKind::Config
            );
        }
    }
}
