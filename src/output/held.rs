//! Text that is printed only once it is whole: kept in memory up to some size, and beyond it in a file without a name.
//!
//! A listing without an end may so fill a folder for temporary files, and never the memory.

use std::fs::File;
use std::io::{self, Read, Seek, Write};

use crate::model::error::{Error, ErrorKind};

/// So much is kept in memory, in bytes.
const IN_MEMORY: usize = 8 << 20;

#[derive(Debug, Default)]
pub(super) struct Held {
    text: String,
    file: Option<File>,
    /// How long each piece in the file is, in bytes.
    pieces: Vec<usize>,
}

impl Held {
    /// Goes on with the text. What is written at once stays in one piece.
    ///
    /// # Errors
    /// `OutputFailed` where the file can't be written.
    pub(super) fn write(&mut self, write: impl FnOnce(&mut String)) -> Result<(), Error> {
        write(&mut self.text);
        if self.text.len() > IN_MEMORY {
            self.put_away().map_err(|error| unkept(&error))
        } else {
            Ok(())
        }
    }

    fn put_away(&mut self) -> io::Result<()> {
        let file = match &mut self.file {
            Some(file) => file,
            none => none.insert(nameless()?),
        };
        file.write_all(self.text.as_bytes())?;
        self.pieces.push(self.text.len());
        self.text.clear();
        Ok(())
    }

    /// Hands out all of the text, piece by piece.
    ///
    /// # Errors
    /// `OutputFailed` where the file can't be read back; else what `take` says.
    pub(super) fn read(
        mut self,
        mut take: impl FnMut(&str) -> Result<(), Error>,
    ) -> Result<(), Error> {
        if self.file.is_some() {
            // The memory of the last piece is needed for the others.
            self.put_away().map_err(|error| unkept(&error))?;
        }
        if let Some(file) = &mut self.file {
            file.rewind().map_err(|error| unkept(&error))?;
            for length in self.pieces {
                self.text.clear();
                read_piece(file, length, &mut self.text).map_err(|error| unkept(&error))?;
                take(&self.text)?;
            }
            return Ok(());
        }
        take(&self.text)
    }
}

fn read_piece(file: &mut File, length: usize, into: &mut String) -> io::Result<()> {
    match file.take(length as u64).read_to_string(into)? {
        read if read == length => Ok(()),
        _ => Err(io::ErrorKind::UnexpectedEof.into()),
    }
}

/// A file that nobody else can open: what it holds is the whole fleet.
fn nameless() -> io::Result<File> {
    let file = tempfile::tempfile()?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        file.set_permissions(std::fs::Permissions::from_mode(0o600))?;
    }
    Ok(file)
}

/// The error's own text may name a path that was made up.
fn unkept(error: &io::Error) -> Error {
    let folder = std::env::temp_dir();
    let text = format!(
        "what is printed only once it is whole can't be kept in {}: {}",
        folder.display(),
        error.kind()
    );
    Error::new(ErrorKind::OutputFailed, text)
        .hint("name a folder with room in TMPDIR, or print -o jsonl, of which nothing is kept")
}

#[cfg(test)]
mod tests {
    use super::{Held, IN_MEMORY};

    #[test]
    fn what_comes_out_is_what_went_in_whatever_its_size() {
        for (size, count) in [
            (0, 0),
            (0, 3),
            (10, 3),
            (IN_MEMORY, 1),
            (IN_MEMORY / 2, 7),
            (IN_MEMORY + 1, 3),
        ] {
            let mut held = Held::default();
            let piece = |number: usize| {
                char::from(b'a' + u8::try_from(number).unwrap())
                    .to_string()
                    .repeat(size)
            };
            for number in 0..count {
                held.write(|text| text.push_str(&piece(number))).unwrap();
                assert!(held.text.len() <= IN_MEMORY);
            }
            let mut whole = String::new();
            held.read(|text| {
                whole.push_str(text);
                Ok(())
            })
            .unwrap();
            assert!(
                whole == (0..count).map(piece).collect::<String>(),
                "{count} of {size} bytes"
            );
        }
    }
}
