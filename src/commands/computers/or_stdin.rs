//! Targets on the command line, or one a line on standard input for `-`.

use std::fmt::Display;
use std::str::FromStr;

use crate::commands::computers::input;
use crate::model::error::{Error, ErrorKind};
use crate::output::Shape;

/// A target as typed.
#[derive(Debug, Clone)]
pub(super) enum OrStdin<T> {
    /// On the command line.
    One(T),
    /// `-`: on standard input.
    StandardInput,
}

impl<T: FromStr> FromStr for OrStdin<T> {
    type Err = T::Err;

    fn from_str(text: &str) -> Result<Self, T::Err> {
        if text == "-" {
            Ok(Self::StandardInput)
        } else {
            text.parse().map(Self::One)
        }
    }
}

/// Returns all targets, and whether the command prints one record or a list of them.
///
/// # Errors
/// [`ErrorKind::Usage`] where a line of standard input is no target.
pub(super) fn expand<T>(typed: &[OrStdin<T>]) -> Result<(Vec<T>, Shape), Error>
where
    T: FromStr<Err: Display> + Clone,
{
    let mut targets = Vec::new();
    for target in typed {
        match target {
            OrStdin::One(target) => targets.push(target.clone()),
            OrStdin::StandardInput => {
                for (number, line) in input::lines()? {
                    let wrong = |why: T::Err| {
                        Error::new(
                            ErrorKind::Usage,
                            format!("line {number} of standard input: {why}"),
                        )
                    };
                    targets.push(line.parse().map_err(wrong)?);
                }
            }
        }
    }
    let shape = if matches!(typed, [OrStdin::One(_)]) {
        Shape::One
    } else {
        Shape::Many
    };
    Ok((targets, shape))
}
