//! Which signals were ignored when the program was started.
//!
//! The system call that tells is the one that installs handlers, and it is `unsafe` in every crate that has it. So Linux
//! is asked through `/proc`, and elsewhere a child is, which inherits what is ignored.

use signal_hook::consts::{SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP};

/// Signals by number and name.
pub(super) type Signals = [(i32, &'static str)];

/// The signals that ask a command to stop.
pub(super) const STOPPING: &Signals = &[(SIGINT, "INT"), (SIGTERM, "TERM"), (SIGHUP, "HUP")];

/// The other signals that can end or stop a program that waits at a prompt: Ctrl-\ and Ctrl-Z.
pub(super) const AT_PROMPT: &Signals = &[(SIGQUIT, "QUIT"), (SIGTSTP, "TSTP")];

/// Returns those of the signals that are not ignored. What can't be found out is taken as not ignored.
#[cfg(any(target_os = "linux", target_os = "android"))]
pub(super) fn not_ignored(signals: &Signals) -> Vec<i32> {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    not_ignored_by(&status, signals)
}

/// Returns those of the signals that are not ignored. What can't be found out is taken as not ignored.
#[cfg(not(any(target_os = "linux", target_os = "android")))]
pub(super) fn not_ignored(signals: &Signals) -> Vec<i32> {
    signals
        .iter()
        .filter(|(_, name)| !is_survived("/bin/sh", &[], name))
        .map(|(signal, _)| *signal)
        .collect()
}

/// Reads the line `SigIgn:`, a hexadecimal mask with a bit for each signal, SIGHUP (1) the lowest.
#[cfg(any(target_os = "linux", target_os = "android"))]
fn not_ignored_by(status: &str, signals: &Signals) -> Vec<i32> {
    let mask = status
        .lines()
        .find_map(|line| line.strip_prefix("SigIgn:"))
        .and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok())
        .unwrap_or(0);
    signals
        .iter()
        .map(|(signal, _)| *signal)
        .filter(|signal| mask & (1 << (signal - 1)) == 0)
        .collect()
}

/// Returns whether a shell survives a signal that it sends itself. Its environment is empty: ours may hold the secret key.
#[cfg(any(test, not(any(target_os = "linux", target_os = "android"))))]
fn is_survived(program: &str, before: &[&str], signal: &str) -> bool {
    use std::process::{Command, Stdio};

    Command::new(program)
        .args(before)
        .args(["-c", "kill -s \"$1\" $$", "sh", signal])
        .env_clear()
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

#[cfg(test)]
mod tests {
    use super::{STOPPING, is_survived};

    #[cfg(target_os = "linux")]
    #[test]
    fn the_mask_has_a_bit_for_each_signal() {
        use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};

        use super::not_ignored_by;

        for (status, expected) in [
            (
                "SigIgn:\t0000000000000000\n",
                &[SIGINT, SIGTERM, SIGHUP][..],
            ),
            (
                "SigBlk:\t0000000000000002\nSigIgn:\t0000000000001001\n",
                &[SIGINT, SIGTERM],
            ),
            (
                "Name:\tx\nSigIgn:\t0000000000000006\nSigCgt:\t0000000000000001\n",
                &[SIGTERM, SIGHUP],
            ),
            ("SigIgn:\tffffffffffffffff\n", &[]),
            ("SigIgn:\n", &[SIGINT, SIGTERM, SIGHUP]),
            ("", &[SIGINT, SIGTERM, SIGHUP]),
        ] {
            assert_eq!(not_ignored_by(status, STOPPING), expected, "{status}");
        }
    }

    /// `env` of the GNU core utilities sets what the shell inherits.
    #[cfg(target_os = "linux")]
    #[test]
    fn a_shell_survives_what_it_inherits_as_ignored() {
        for (_, ignored) in STOPPING {
            let flag = format!("--ignore-signal={ignored}");
            for (_, sent) in STOPPING {
                let survived = is_survived(
                    "/usr/bin/env",
                    &["--default-signal", &flag, "/bin/sh"],
                    sent,
                );
                assert_eq!(
                    survived,
                    sent == ignored,
                    "{sent} where {ignored} is ignored"
                );
            }
        }
        assert!(!is_survived("/nonexistent", &[], "HUP"));
    }
}
