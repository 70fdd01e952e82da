//! Ends the process with the right code; nothing else.

use std::process::ExitCode;

fn main() -> ExitCode {
    ExitCode::from(reemo::run(std::env::args_os()))
}
