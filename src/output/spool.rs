//! Bytes that are printed only once they are whole: kept in memory up to some size, and beyond it in a file without a name.
//!
//! A listing without an end may so fill a folder for temporary files, and never the memory.

use std::io::{self, BufReader, BufWriter, Read, Seek, Write};

use tempfile::SpooledTempFile;

use crate::model::error::{Error, ErrorKind};
use crate::output::terminal::Terminal;

/// So much is kept in memory, in bytes.
const IN_MEMORY: usize = 8 << 20;
/// So much is handed out at once, in bytes.
const CHUNK: usize = 64 * 1024;

/// Bytes that are kept until they are asked for.
#[derive(Debug)]
pub(super) struct SpoolBuffer(BufWriter<SpooledTempFile>);

impl Default for SpoolBuffer {
    fn default() -> Self {
        Self(BufWriter::new(SpooledTempFile::new(IN_MEMORY)))
    }
}

impl SpoolBuffer {
    /// Goes on with these bytes.
    ///
    /// # Errors
    /// [`ErrorKind::OutputFailed`] if the file can't be written.
    pub(super) fn write(&mut self, bytes: &[u8]) -> Result<(), Error> {
        self.0.write_all(bytes).map_err(|error| unkept(&error))
    }

    /// Returns all that was written.
    ///
    /// # Errors
    /// [`ErrorKind::OutputFailed`] if the file can't be written or read.
    pub(super) fn into_reader(self) -> Result<SpoolReader, Error> {
        let file = self.0.into_inner().map_err(io::IntoInnerError::into_error);
        let rewound = file.and_then(|mut file| file.rewind().map(|()| file));
        rewound
            .map(|file| SpoolReader(BufReader::new(file)))
            .map_err(|error| unkept(&error))
    }

    /// Prints all that was written.
    ///
    /// # Errors
    /// [`ErrorKind::OutputFailed`] if the file can't be written or read, or standard output can't be written.
    pub(super) fn print(self, terminal: &Terminal) -> Result<(), Error> {
        let mut reader = self.into_reader()?;
        let mut chunk = vec![0; CHUNK];
        loop {
            match reader.0.read(&mut chunk) {
                Ok(0) => return Ok(()),
                Ok(count) => terminal.data(&chunk[..count])?,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(unkept(&error)),
            }
        }
    }
}

/// What was kept, from its beginning.
pub(super) struct SpoolReader(BufReader<SpooledTempFile>);

impl SpoolReader {
    /// Fills `bytes` with what comes next.
    ///
    /// # Errors
    /// [`ErrorKind::OutputFailed`] if it can't be read.
    pub(super) fn read(&mut self, bytes: &mut [u8]) -> Result<(), Error> {
        self.0.read_exact(bytes).map_err(|error| unkept(&error))
    }
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
    use super::{IN_MEMORY, SpoolBuffer};

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
            let mut spool = SpoolBuffer::default();
            let piece = |number: u8| vec![b'a' + number; size];
            for number in 0..count {
                spool.write(&piece(number)).unwrap();
            }
            let mut reader = spool.into_reader().unwrap();
            for number in 0..count {
                let mut read = vec![0; size];
                reader.read(&mut read).unwrap();
                assert!(read == piece(number), "{number} of {size} bytes");
            }
            assert!(reader.read(&mut [0]).is_err(), "there is nothing more");
        }
    }
}
