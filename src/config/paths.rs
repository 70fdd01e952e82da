//! Where this program's own files are. Nothing here reads or makes any of them.

use std::path::{Path, PathBuf};

use directories::{BaseDirs, ProjectDirs};

use crate::config::environment::{CONFIG, Environment};
use crate::model::error::{Error, ErrorKind};

/// The config file: `REEMO_CONFIG`, else `config.toml` in the platform's config folder.
///
/// # Errors
/// `Config` where there is no home folder.
pub fn config_file(environment: &Environment) -> Result<PathBuf, Error> {
    match environment.config() {
        Some(path) => std::path::absolute(&path).map_err(|error| {
            Error::new(
                ErrorKind::Config,
                format!("the path in {CONFIG} can't be used: {error}"),
            )
            .hint(format!("set {CONFIG} to a full path"))
        }),
        None => Ok(project()?.config_dir().join("config.toml")),
    }
}

/// The folder in which the sandbox keeps its state.
///
/// # Errors
/// `Config` where there is no home folder.
pub fn sandbox_folder() -> Result<PathBuf, Error> {
    let project = project()?;
    Ok(project
        .state_dir()
        .unwrap_or_else(|| project.data_local_dir())
        .join("sandbox"))
}

/// A path from the config file: `~/` is the home folder, and what is relative starts at the config file's folder.
///
/// # Errors
/// `Config` where `~/` is used and there is no home folder.
pub fn from_config(config_file: &Path, path: &Path) -> Result<PathBuf, Error> {
    if let Ok(below_home) = path.strip_prefix("~") {
        return Ok(BaseDirs::new()
            .ok_or_else(no_home)?
            .home_dir()
            .join(below_home));
    }
    Ok(folder_of(config_file).join(path))
}

/// The folder that a config file is in.
pub fn folder_of(config_file: &Path) -> &Path {
    config_file.parent().unwrap_or(Path::new(""))
}

fn project() -> Result<ProjectDirs, Error> {
    ProjectDirs::from("", "", "reemo").ok_or_else(no_home)
}

fn no_home() -> Error {
    Error::new(
        ErrorKind::Config,
        "there is no home folder, so there is no place for the program's files",
    )
    .hint(format!(
        "set HOME, or set {CONFIG} to the config file's path"
    ))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{config_file, from_config};
    use crate::config::environment::{CONFIG, Environment};

    #[test]
    fn the_variable_names_the_file() {
        let environment = Environment::new([(CONFIG, "some/config.toml")]);
        let path = config_file(&environment).unwrap();
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
