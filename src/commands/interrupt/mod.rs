//! The signals that ask a running command to stop: Ctrl-C, SIGTERM and SIGHUP.
//!
//! Only commands that have something to finish or to report listen to them; the others end by the signal itself.

#[cfg(unix)]
mod ignored;

use crate::model::error::{Error, ErrorKind};
use crate::sync::stop::Stop;

/// Passes these signals on to `stop` from now on, instead of letting them end the process. Each is handled by itself: one
/// that is ignored by whoever started the program (SIGHUP by `nohup`, SIGINT by `&` in a script) stays ignored.
///
/// A third Ctrl-C ends the process by the signal, whatever it hangs in.
///
/// # Errors
/// [`ErrorKind::Unexpected`] where no handler can be installed or no thread started.
#[cfg(unix)]
pub(super) fn listen(stop: &Stop) -> Result<(), Error> {
    use std::sync::atomic::{AtomicBool, Ordering};

    use signal_hook::consts::SIGINT;
    use signal_hook::iterator::Signals;
    use signal_hook::low_level::emulate_default_handler;

    // A picker listens, and so does the change that follows it. One Ctrl-C is not two.
    static IS_LISTENING: AtomicBool = AtomicBool::new(false);
    if IS_LISTENING.swap(true, Ordering::SeqCst) {
        return Ok(());
    }
    let mut signals =
        Signals::new(ignored::not_ignored(ignored::STOPPING)).map_err(cannot_listen)?;
    let stop = stop.clone();
    let pass_on = move || {
        for signal in signals.forever() {
            if signal != SIGINT {
                stop.request();
            } else if !stop.press() {
                let _ = emulate_default_handler(SIGINT);
            }
        }
    };
    std::thread::Builder::new()
        .name("signals".to_owned())
        .spawn(pass_on)
        .map_err(cannot_listen)?;
    Ok(())
}

/// Returns the signals, beside those of [`listen`], after which a prompt has to restore the terminal.
#[cfg(unix)]
pub(super) fn prompt_signals() -> Vec<i32> {
    ignored::not_ignored(ignored::AT_PROMPT)
}

/// There are none elsewhere.
#[cfg(not(unix))]
pub(super) fn prompt_signals() -> Vec<i32> {
    Vec::new()
}

/// Passes Ctrl-C on to `stop` from now on, instead of letting it end the process.
///
/// # Errors
/// [`ErrorKind::Unexpected`] where no handler can be installed.
#[cfg(not(unix))]
pub(super) fn listen(stop: &Stop) -> Result<(), Error> {
    let stop = stop.clone();
    ctrlc::try_set_handler(move || _ = stop.press()).map_err(cannot_listen)
}

fn cannot_listen(error: impl std::fmt::Display) -> Error {
    let message = format!("signals can't be handled: {error}");
    Error::new(ErrorKind::Unexpected, message)
}
