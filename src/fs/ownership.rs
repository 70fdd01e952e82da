//! Whether other users could change a file, or put another one in its place.
//!
//! As OpenSSH does for the files that it trusts: the file, every folder above it and every symbolic link on the way belong to
//! this user or to root, and nobody else can write them. A folder that everyone can write is fine where it is sticky, as `/tmp`
//! is: there only an owner can remove or rename.

use std::ffi::OsString;
use std::fs::Metadata;
use std::os::unix::fs::MetadataExt;
use std::path::{Component, Path, PathBuf};

use super::error::{FileError, FileErrorKind, chmod_command};

const WRITABLE_BY_OTHERS: u32 = 0o022;
const STICKY: u32 = 0o1000;
/// As many symbolic links as Linux follows.
const MAX_LINKS: usize = 40;

/// Checks a file and everything that leads to it. What does not exist is not objected to. `what` says in messages what the
/// file is, and `file_mode` the mode that `chmod` should give it.
///
/// # Errors
/// [`FileErrorKind::NotPrivate`] where another user could change or replace the file, [`FileErrorKind::Io`] where that can't be told.
pub(crate) fn check_ownership(path: &Path, what: &str, file_mode: &str) -> Result<(), FileError> {
    let shown = path.display();
    let unreadable = FileError::io(format!("the {what} {shown}"), "can't be read");
    let absolute = std::path::absolute(path).map_err(&unreadable)?;
    let mut walk = Walk::to(&absolute);
    while let Some((at, metadata)) = walk.next().map_err(&unreadable)? {
        let Some(objection) = Objection::to(&metadata) else {
            continue;
        };
        let is_itself = at == absolute || metadata.is_file();
        let problem = match objection {
            _ if !is_itself => "can be replaced by other users",
            Objection::Owner(_) => "belongs to another user",
            Objection::Mode(_) => "can be written by other users",
        };
        let place = (at != absolute).then_some(at.as_path());
        let mode = if metadata.is_file() {
            file_mode
        } else {
            "go-w"
        };
        let message = format!("the {what} {shown} {problem}");
        return Err(FileError {
            detail: Some(objection.explain(place)),
            hint: Some(objection.hint(mode, &at)),
            ..FileError::new(FileErrorKind::NotPrivate, message)
        });
    }
    Ok(())
}

/// Why a file, folder or link on the way can't be relied on.
#[derive(Clone, Copy)]
enum Objection {
    /// It belongs to this user, who is neither the current one nor root.
    Owner(u32),
    /// Others can write it, with this mode.
    Mode(u32),
}

impl Objection {
    fn to(metadata: &Metadata) -> Option<Self> {
        let (owner, mode) = (metadata.uid(), metadata.mode());
        if owner != 0 && owner != rustix::process::geteuid().as_raw() {
            return Some(Self::Owner(owner));
        }
        // The mode of a link means nothing, and the sticky bit means something for folders only.
        let is_protected = metadata.is_symlink() || (metadata.is_dir() && mode & STICKY != 0);
        (mode & WRITABLE_BY_OTHERS != 0 && !is_protected).then_some(Self::Mode(mode & 0o7777))
    }

    /// One line on the place, or on the file itself where there is none.
    fn explain(self, place: Option<&Path>) -> String {
        let (property, value) = match self {
            Self::Owner(owner) => ("owner", format!("user {owner}")),
            Self::Mode(mode) => ("mode", format!("{mode:04o}")),
        };
        match place {
            Some(place) => format!("the {property} of {} is {value}", place.display()),
            None => format!("its {property} is {value}"),
        }
    }

    fn hint(self, mode: &str, at: &Path) -> String {
        match self {
            Self::Owner(_) => {
                "check what is in it, then use a copy that you own, in a folder that you own"
                    .to_owned()
            }
            Self::Mode(_) => format!("check its contents, then {}", chmod_command(mode, at)),
        }
    }
}

/// The way from the root to a file, one folder, link or file at a time. Links are followed to their ends.
struct Walk {
    /// Where the walk is; without a link in it.
    at: PathBuf,
    /// What is still to come, the next one last.
    ahead: Vec<OsString>,
    links: usize,
}

impl Walk {
    fn to(path: &Path) -> Self {
        let mut walk = Self {
            at: PathBuf::new(),
            ahead: Vec::new(),
            links: 0,
        };
        walk.go_on_with(path);
        walk
    }

    fn go_on_with(&mut self, path: &Path) {
        let components = path.components().rev();
        self.ahead
            .extend(components.map(|component| component.as_os_str().to_owned()));
    }

    /// Takes the next step. `None` at the end, or where the way ends before that.
    fn next(&mut self) -> std::io::Result<Option<(PathBuf, Metadata)>> {
        let Some(step) = self.ahead.pop() else {
            return Ok(None);
        };
        match Path::new(&step).components().next() {
            // The folder above has been checked on the way down.
            Some(Component::ParentDir) => {
                self.at.pop();
                return self.next();
            }
            Some(Component::CurDir) | None => return self.next(),
            _ => {}
        }
        let next = self.at.join(&step);
        let metadata = match next.symlink_metadata() {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            metadata => metadata?,
        };
        if metadata.is_symlink() {
            self.links += 1;
            if self.links > MAX_LINKS {
                return Err(std::io::Error::other("too many symbolic links"));
            }
            self.go_on_with(&next.read_link()?);
        } else {
            self.at.clone_from(&next);
        }
        Ok(Some((next, metadata)))
    }
}

#[cfg(test)]
mod tests {
    use std::fs::{self, Permissions};
    use std::os::unix::fs::{PermissionsExt, chown, symlink};
    use std::path::Path;

    use super::{MAX_LINKS, check_ownership};

    fn chmod(path: &Path, mode: u32) {
        fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
    }

    /// What is wrong, as the detail line tells it with `[DIR]` for the folder.
    fn objection(folder: &Path, path: &str) -> Option<String> {
        let error = check_ownership(&folder.join(path), "key file", "600").err()?;
        let folder = folder.to_str().unwrap();
        Some(error.detail.unwrap().replace(folder, "[DIR]"))
    }

    #[test]
    fn every_folder_on_the_way_counts() {
        let folder = tempfile::tempdir().unwrap();
        let here = folder.path();
        fs::create_dir_all(here.join("a/b")).unwrap();
        fs::write(here.join("a/b/key"), "").unwrap();
        chmod(&here.join("a/b/key"), 0o600);
        for (mode, is_fine) in [
            (0o700, true),
            (0o755, true),
            (0o770, false),
            (0o707, false),
            (0o777, false),
            (0o1777, true),
            (0o1770, true),
            (0o2755, true),
            (0o2775, false),
        ] {
            for place in ["a", "a/b"] {
                chmod(&here.join(place), mode);
                let expected = format!("the mode of [DIR]/{place} is {mode:04o}");
                let expected = (!is_fine).then_some(expected);
                assert_eq!(objection(here, "a/b/key"), expected);
                assert_eq!(objection(here, "a/b/absent"), expected);
                chmod(&here.join(place), 0o755);
            }
        }
        chmod(&here.join("a/b/key"), 0o620);
        assert_eq!(objection(here, "a/b/key").unwrap(), "its mode is 0620");
        assert_eq!(
            objection(here, "a/b/../b/./key").unwrap(),
            "the mode of [DIR]/a/b/key is 0620"
        );
    }

    #[test]
    fn links_are_followed_to_their_ends() {
        let folder = tempfile::tempdir().unwrap();
        let here = folder.path();
        for name in ["open", "private"] {
            fs::create_dir(here.join(name)).unwrap();
        }
        for name in ["open/key", "private/key"] {
            fs::write(here.join(name), "").unwrap();
            chmod(&here.join(name), 0o600);
        }
        for (link, target) in [
            ("to-private", "private/key"),
            ("to-open", "open/key"),
            ("open/to-private", "../private/key"),
            ("by-open", "open/to-private"),
            ("absolute", here.join("to-open").to_str().unwrap()),
            ("folder", "open"),
            ("dotted", "./open/key"),
            ("dangling", "nowhere"),
            ("loop", "loop"),
        ] {
            symlink(target, here.join(link)).unwrap();
        }
        chmod(&here.join("open"), 0o777);
        for (path, is_fine) in [
            ("to-private", true),
            ("to-open", false),
            ("open/to-private", false),
            ("by-open", false),
            ("absolute", false),
            ("folder/key", false),
            ("dotted", false),
            ("dangling", true),
        ] {
            let expected = (!is_fine).then(|| "the mode of [DIR]/open is 0777".to_owned());
            assert_eq!(objection(here, path), expected, "{path}");
        }
        assert!(check_ownership(&here.join("loop"), "key file", "600").is_err());
    }

    #[test]
    fn a_chain_of_links_is_followed_up_to_the_limit() {
        let folder = tempfile::tempdir().unwrap();
        let here = folder.path();
        fs::write(here.join("0"), "").unwrap();
        chmod(&here.join("0"), 0o600);
        for link in 1..=MAX_LINKS + 1 {
            symlink((link - 1).to_string(), here.join(link.to_string())).unwrap();
        }
        let check =
            |links: usize| check_ownership(&here.join(links.to_string()), "key file", "600");
        assert!(check(MAX_LINKS).is_ok());
        assert!(check(MAX_LINKS + 1).is_err());
    }

    #[test]
    fn a_path_that_leads_through_a_file_is_an_error_and_not_an_absent_file() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("file"), "").unwrap();
        chmod(&folder.path().join("file"), 0o600);
        assert!(check_ownership(&folder.path().join("file/key"), "key file", "600").is_err());
        assert!(check_ownership(&folder.path().join("absent/key"), "key file", "600").is_ok());
    }

    /// Only root can give files away, so this is tried where root runs the tests.
    #[test]
    fn everything_belongs_to_this_user_or_to_root() {
        let folder = tempfile::tempdir().unwrap();
        let here = folder.path();
        fs::create_dir(here.join("a")).unwrap();
        fs::write(here.join("a/key"), "").unwrap();
        chmod(&here.join("a/key"), 0o600);
        symlink("a/key", here.join("link")).unwrap();
        if chown(here.join("a/key"), Some(65534), None).is_err() {
            return;
        }
        assert_eq!(objection(here, "a/key").unwrap(), "its owner is user 65534");
        let error = check_ownership(&here.join("a/key"), "key file", "600").unwrap_err();
        assert!(error.hint.unwrap().ends_with("in a folder that you own"));
        assert_eq!(
            objection(here, "link").unwrap(),
            "the owner of [DIR]/a/key is user 65534"
        );
        chown(here.join("a/key"), Some(0), None).unwrap();
        chown(here.join("a"), Some(65534), None).unwrap();
        assert_eq!(
            objection(here, "a/key").unwrap(),
            "the owner of [DIR]/a is user 65534"
        );
        chown(here.join("a"), Some(0), None).unwrap();
        std::os::unix::fs::lchown(here.join("link"), Some(65534), None).unwrap();
        assert_eq!(objection(here, "link").unwrap(), "its owner is user 65534");
        assert_eq!(objection(here, "a/key"), None);
    }
}
