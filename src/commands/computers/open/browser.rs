//! Starting the user's browser, if there is one that can be seen.

use std::ffi::OsString;
use std::process::{Command, Stdio};

use crate::context::Context;
use crate::webclient::PageServer;

/// Why no browser is started.
#[derive(Debug, PartialEq, Eq)]
enum Obstacle {
    /// The session comes from another machine.
    Ssh,
    /// There is no display.
    NoDisplay,
}

/// Starts a browser with the page. That it was started does not mean that it shows anything, so failures are notes: the URL has
/// been printed.
pub(super) fn start(context: &Context, server: &PageServer, is_unwanted: bool) {
    if is_unwanted {
        return;
    }
    let text = match obstacle(|name| std::env::var_os(name), is_wsl()) {
        Some(Obstacle::Ssh) => {
            let port = server.port;
            format!(
                "over SSH no browser is started; on your own machine first run: ssh -L {port}:127.0.0.1:{port} HOST"
            )
        }
        Some(Obstacle::NoDisplay) => "there is no display, so no browser is started".to_owned(),
        None if launch(&server.url) => return,
        None => "no browser could be started".to_owned(),
    };
    context.terminal.note("browser", &text);
}

/// Returns what keeps a browser from being seen here.
fn obstacle(variable: impl Fn(&str) -> Option<OsString>, is_wsl: bool) -> Option<Obstacle> {
    let is_set = |name: &&str| variable(name).is_some_and(|value| !value.is_empty());
    if is_set(&"SSH_CONNECTION") {
        return Some(Obstacle::Ssh);
    }
    let has_display = ["DISPLAY", "WAYLAND_DISPLAY", "BROWSER"].iter().any(is_set);
    let needs_display = cfg!(target_os = "linux") && !is_wsl;
    (needs_display && !has_display).then_some(Obstacle::NoDisplay)
}

/// Whether this is the Windows Subsystem for Linux, whose browser is that of Windows.
fn is_wsl() -> bool {
    std::env::var_os("WSL_DISTRO_NAME").is_some()
}

/// Tries each of the system's launchers. None of them gets a variable of this program: some hand them on to the browser and
/// whatever it starts.
fn launch(url: &str) -> bool {
    open::commands(url).into_iter().any(|mut command| {
        for (name, _) in std::env::vars_os() {
            if name.to_string_lossy().starts_with("REEMO_") {
                command.env_remove(name);
            }
        }
        detach(&mut command);
        command
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .is_ok()
    })
}

/// Keeps Ctrl-C, which ends this program, from ending the browser too.
#[cfg(unix)]
fn detach(command: &mut Command) {
    std::os::unix::process::CommandExt::process_group(command, 0);
}

/// Elsewhere, the launchers are not part of the terminal's group.
#[cfg(not(unix))]
fn detach(_command: &mut Command) {}

#[cfg(test)]
mod tests {
    use std::ffi::OsString;

    use super::{Obstacle, obstacle};

    #[test]
    fn a_browser_is_started_where_it_can_be_seen() {
        let of = |names: &[&str], is_wsl| {
            obstacle(
                |name| names.contains(&name).then(|| OsString::from("x")),
                is_wsl,
            )
        };
        assert_eq!(
            of(&["SSH_CONNECTION", "DISPLAY"], false),
            Some(Obstacle::Ssh)
        );
        assert_eq!(obstacle(|_| Some(OsString::new()), true), None);
        if cfg!(target_os = "linux") {
            assert_eq!(of(&[], false), Some(Obstacle::NoDisplay));
            for name in ["DISPLAY", "WAYLAND_DISPLAY", "BROWSER"] {
                assert_eq!(of(&[name], false), None);
            }
            assert_eq!(of(&[], true), None);
        }
    }
}
