//! Where the program's own files are. Nothing here reads or creates them.

use std::path::{Path, PathBuf};

use directories::{BaseDirs, ProjectDirs};

use crate::config::all_settings::CONFIG;
use crate::config::env::Environment;
use crate::model::error::{Error, ErrorKind};

/// Returns the path of the config file: `REEMO_CONFIG`, or `config.toml` in the platform's config folder.
///
/// # Errors
/// [`ErrorKind::Config`] if there is no home folder.
pub(crate) fn config_path(environment: &Environment) -> Result<PathBuf, Error> {
    match environment.path(&CONFIG) {
        Some(path) => std::path::absolute(&path).map_err(|error| {
            let message = format!("the path in REEMO_CONFIG can't be used: {error}");
            Error::new(ErrorKind::Config, message).hint("set REEMO_CONFIG to a full path")
        }),
        None => Ok(project()?.config_dir().join("config.toml")),
    }
}

/// Returns the folder in which the sandbox keeps its state.
///
/// # Errors
/// [`ErrorKind::Config`] if there is no home folder.
pub(crate) fn sandbox_folder() -> Result<PathBuf, Error> {
    Ok(state_folder()?.join("sandbox"))
}

/// Returns the path of the journal of changes.
///
/// # Errors
/// [`ErrorKind::Config`] if there is no home folder.
pub(crate) fn journal_path() -> Result<PathBuf, Error> {
    Ok(state_folder()?.join("journal.jsonl"))
}

fn state_folder() -> Result<PathBuf, Error> {
    let project = project()?;
    let folder = project.state_dir();
    Ok(folder
        .unwrap_or_else(|| project.data_local_dir())
        .to_owned())
}

/// Returns the full path of a path in the config file: `~/` is the home folder, and a relative path starts at the config file's
/// folder.
///
/// # Errors
/// [`ErrorKind::Config`] if `~/` is used and there is no home folder.
pub(crate) fn from_config(config_file: &Path, path: &Path) -> Result<PathBuf, Error> {
    if let Ok(below_home) = path.strip_prefix("~") {
        let folders = BaseDirs::new().ok_or_else(no_home)?;
        return Ok(folders.home_dir().join(below_home));
    }
    Ok(folder_of(config_file).join(path))
}

/// Returns the folder that a config file is in.
pub(crate) fn folder_of(config_file: &Path) -> &Path {
    config_file.parent().unwrap_or(Path::new(""))
}

fn project() -> Result<ProjectDirs, Error> {
    ProjectDirs::from("", "", "reemo").ok_or_else(no_home)
}

fn no_home() -> Error {
    let message = "there is no home folder, so there is no place for the program's files";
    Error::new(ErrorKind::Config, message)
        .hint("set HOME, or set REEMO_CONFIG to the config file's path")
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{config_path, from_config};
    use crate::config::env::Environment;

    #[test]
    fn the_variable_names_the_file() {
        let environment = Environment::new([("REEMO_CONFIG", "some/config.toml")]);
        let path = config_path(&environment).unwrap();
        assert!(path.is_absolute() && path.ends_with("some/config.toml"));
    }

    #[test]
    fn paths_in_the_file_start_beside_it() {
        let resolve =
            |path| from_config(Path::new("/etc/reemo/config.toml"), Path::new(path)).unwrap();
        assert_eq!(resolve("key"), Path::new("/etc/reemo/key"));
        assert_eq!(resolve("/run/key"), Path::new("/run/key"));
        assert_eq!(resolve("~other/key"), Path::new("/etc/reemo/~other/key"));
        if let Some(home) = directories::BaseDirs::new() {
            assert_eq!(resolve("~/key"), home.home_dir().join("key"));
        }
    }
}
