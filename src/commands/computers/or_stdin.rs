//! Targets on the command line, or one a line on standard input for `-`.

use std::fmt::Display;
use std::str::FromStr;

use crate::commands::computers::input::read;
use crate::context::Context;
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

/// Returns all targets, and whether the command prints one record or a list of them. Blank lines of standard input are skipped.
///
/// # Errors
/// [`ErrorKind::Usage`] if standard input is empty; expected one computer or _id per line, or a line of it is none.
pub(super) fn expand<T>(typed: &[OrStdin<T>], context: &Context) -> Result<(Vec<T>, Shape), Error>
where
    T: FromStr<Err: Display> + Clone,
{
    let mut targets = Vec::new();
    for target in typed {
        match target {
            OrStdin::One(target) => targets.push(target.clone()),
            OrStdin::StandardInput => targets.extend(lines(&read("-", context)?)?),
        }
    }
    let shape = match typed {
        [OrStdin::One(_)] => Shape::One,
        _ => Shape::Many,
    };
    Ok((targets, shape))
}

fn lines<T: FromStr<Err: Display>>(text: &str) -> Result<Vec<T>, Error> {
    let mut targets = Vec::new();
    for (number, line) in (1..).zip(text.lines().map(str::trim)) {
        if !line.is_empty() {
            targets.push(line.parse().map_err(|why| {
                let message = format!("line {number} of standard input: {why}");
                Error::new(ErrorKind::Usage, message)
            })?);
        }
    }
    if targets.is_empty() {
        let error = Error::new(
            ErrorKind::Usage,
            "standard input is empty; expected one computer or _id per line",
        );
        return Err(error.hint("pass one per line"));
    }
    Ok(targets)
}
