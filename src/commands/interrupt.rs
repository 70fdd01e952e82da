//! Ctrl-C for commands that run on: told to them, so that they end in order and with 130 even as a container's first process.

/// From now on `told` is called at each Ctrl-C, on a thread of its own, instead of the process being ended.
///
/// Where Ctrl-C was taken before, or is ignored by whoever started the program (`nohup`, `&` in a script), it is left as it is.
pub(super) fn on_interrupt(told: impl FnMut() + Send + 'static) {
    let _ = ctrlc::try_set_handler(told);
}
