//! What lies behind an error: its sources, found by their types.

use std::error::Error;
use std::io;

use crate::model::sanitize::escape;

/// Returns the first error of a type among an error and its sources. Certificate errors are wrapped in I/O errors, which do
/// not name them as their source.
pub(super) fn find<'a, T: Error + 'static>(error: &'a (dyn Error + 'static)) -> Option<&'a T> {
    let mut current = Some(error);
    while let Some(error) = current {
        if let Some(found) = error.downcast_ref() {
            return Some(found);
        }
        current = wrapped(error).or_else(|| error.source());
    }
    None
}

/// Returns the text of the innermost source, which says most and repeats nothing.
pub(super) fn innermost(error: &(dyn Error + 'static)) -> String {
    let mut current = error;
    while let Some(inner) = wrapped(current).or_else(|| current.source()) {
        current = inner;
    }
    escape(&current.to_string()).into_owned()
}

/// Returns the error inside an I/O error.
fn wrapped<'a>(error: &'a (dyn Error + 'static)) -> Option<&'a (dyn Error + 'static)> {
    let error = error.downcast_ref::<io::Error>()?;
    error.get_ref().map(|inner| inner as &(dyn Error + 'static))
}

#[cfg(test)]
mod tests {
    use std::io;

    use super::{find, innermost};

    #[test]
    fn errors_wrapped_in_io_errors_are_found() {
        let certificate = || rustls::Error::General("inner\u{1b}".to_owned());
        let twice = io::Error::other(io::Error::other(certificate()));
        assert_eq!(find::<rustls::Error>(&twice), Some(&certificate()));
        assert!(find::<rustls::Error>(&io::Error::other("text")).is_none());
        assert_eq!(innermost(&twice), "unexpected error: inner\\u{1b}");
    }
}
