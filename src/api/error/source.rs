//! What lies behind an error: its sources, found by their types.

use std::error::Error;
use std::io;

use crate::model::sanitize::escape;

/// Returns the first error of a type among an error and its sources. Certificate errors are wrapped in I/O errors, which do
/// not name them as their source.
pub(super) fn find<'a, T: Error + 'static>(error: &'a (dyn Error + 'static)) -> Option<&'a T> {
    chain(error).find_map(|error| error.downcast_ref())
}

/// Whether the connection ended before the response did.
pub(super) fn is_closed(error: &(dyn Error + 'static)) -> bool {
    has_io_kind(error, &[io::ErrorKind::UnexpectedEof])
        || find(error).is_some_and(hyper::Error::is_incomplete_message)
}

/// Whether an error or one of its sources is an I/O error of one of these kinds.
pub(super) fn has_io_kind(error: &(dyn Error + 'static), kinds: &[io::ErrorKind]) -> bool {
    chain(error)
        .filter_map(|error| error.downcast_ref::<io::Error>())
        .any(|error| kinds.contains(&error.kind()))
}

/// Returns the text of the innermost source, which says most and repeats nothing.
pub(super) fn innermost(error: &(dyn Error + 'static)) -> String {
    let innermost = chain(error).last().unwrap_or(error);
    escape(&innermost.to_string()).into_owned()
}

/// Returns an error and its sources, from the outermost one.
fn chain<'a>(error: &'a (dyn Error + 'static)) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    std::iter::successors(Some(error), |&error| {
        wrapped(error).or_else(|| error.source())
    })
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
