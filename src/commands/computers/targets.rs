//! Several `<COMPUTER>`s: those on the command line, and for `-` one a line of standard input.

use std::io::BufRead;

use crate::commands::computers::naming::Named;
use crate::model::failure::{Failure, Kind};
use crate::output::Shape;

/// The computers that a command is to act on.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Targets {
    pub(super) named: Vec<Named>,
    /// One for exactly one on the command line; whatever comes from standard input is a list, even of one.
    pub(super) shape: Shape,
}

/// Reads standard input where one of the words is `-`; a computer of that name is `name:-`.
///
/// # Errors
/// `Usage` where a line names no computer, or where there is nothing at all to act on.
pub(super) fn read(words: &[Named]) -> Result<Targets, Failure> {
    read_from(words, &mut std::io::stdin().lock())
}

fn read_from(words: &[Named], input: &mut dyn BufRead) -> Result<Targets, Failure> {
    let is_dash = |word: &Named| matches!(word, Named::Text(text) if text == "-");
    let shape = if words.len() == 1 && !is_dash(&words[0]) { Shape::One } else { Shape::Many };
    let mut named = Vec::new();
    for word in words {
        if is_dash(word) {
            lines(input, &mut named)?;
        } else {
            named.push(word.clone());
        }
    }
    if named.is_empty() {
        return Err(Failure::new(Kind::Usage, "standard input names no computer"));
    }
    Ok(Targets { named, shape })
}

fn lines(input: &mut dyn BufRead, named: &mut Vec<Named>) -> Result<(), Failure> {
    for (number, line) in (1..).zip(input.lines()) {
        let line = line.map_err(|error| Failure::new(Kind::Usage, format!("standard input can't be read: {error}")))?;
        let line = line.trim_end_matches('\r');
        if line.trim().is_empty() {
            continue;
        }
        let computer =
            line.parse().map_err(|why| Failure::new(Kind::Usage, format!("line {number} of standard input: {why}")))?;
        named.push(computer);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{Targets, read_from};
    use crate::commands::computers::naming::Named;
    use crate::output::Shape;

    fn read(words: &[&str], input: &str) -> Result<Targets, String> {
        let words: Vec<Named> = words.iter().map(|word| word.parse().unwrap()).collect();
        read_from(&words, &mut input.as_bytes()).map_err(|failure| failure.message)
    }

    fn text(text: &str) -> Named {
        Named::Text(text.to_owned())
    }

    #[test]
    fn a_dash_stands_for_standard_input() {
        let targets = |named: &[&str], shape| Ok(Targets { named: named.iter().map(|name| text(name)).collect(), shape });
        assert_eq!(read(&["a"], "x\n"), targets(&["a"], Shape::One));
        assert_eq!(read(&["a", "b"], "x\n"), targets(&["a", "b"], Shape::Many));
        assert_eq!(read(&["-"], "x y\r\n\n  \nz"), targets(&["x y", "z"], Shape::Many));
        assert_eq!(read(&["a", "-", "-"], "x\n"), targets(&["a", "x"], Shape::Many));
        assert_eq!(read(&["-"], "\n").unwrap_err(), "standard input names no computer");
        assert_eq!(read(&["-"], "a\nid:1\n").unwrap_err(), "line 2 of standard input: 1 is not a UUID");
    }
}
