//! Bytes that are printed only once they are whole: kept in memory up to some size, and beyond it in a file without a name.
//!
//! So an endless listing may fill a folder for temporary files, but never the memory. Each function fails with
//! [`ErrorKind::OutputFailed`] if the file can't be written or read.

use std::io::{self, BufReader, BufWriter, Read, Seek, Write};

use tempfile::SpooledTempFile;

use crate::model::error::{Error, ErrorKind};
use crate::output::terminal::Terminal;

/// The size beyond which a file is used.
const MAX_MEMORY_BYTES: usize = 8 << 20;
/// The size of the pieces that are printed.
const CHUNK_BYTES: usize = 64 * 1024;

/// Bytes that are kept until they are printed or read.
#[derive(Debug)]
pub(super) struct SpoolBuffer(BufWriter<SpooledTempFile>);

impl Default for SpoolBuffer {
    fn default() -> Self {
        Self(BufWriter::new(SpooledTempFile::new(MAX_MEMORY_BYTES)))
    }
}

impl SpoolBuffer {
    /// Appends bytes.
    pub(super) fn write(&mut self, bytes: &[u8]) -> Result<(), Error> {
        self.0.write_all(bytes).map_err(|error| spool_error(&error))
    }

    /// Appends a text that is read with [`SpoolReader::next_text`].
    pub(super) fn write_text(&mut self, text: &str) -> Result<(), Error> {
        self.write(&text.len().to_le_bytes())?;
        self.write(text.as_bytes())
    }

    /// Returns a reader of all that was written.
    pub(super) fn into_reader(self) -> Result<SpoolReader, Error> {
        let file = self.0.into_inner().map_err(io::IntoInnerError::into_error);
        let rewound = file.and_then(|mut file| file.rewind().map(|()| file));
        let file = rewound.map_err(|error| spool_error(&error))?;
        Ok(SpoolReader {
            file: BufReader::new(file),
            text: Vec::new(),
        })
    }

    /// Prints all that was written.
    pub(super) fn print(self, terminal: &Terminal) -> Result<(), Error> {
        let mut reader = self.into_reader()?;
        let mut chunk = vec![0; CHUNK_BYTES];
        loop {
            match reader.file.read(&mut chunk) {
                Ok(0) => return Ok(()),
                Ok(count) => terminal.data(&chunk[..count])?,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(spool_error(&error)),
            }
        }
    }
}

/// Reads what was written, from its beginning.
pub(super) struct SpoolReader {
    file: BufReader<SpooledTempFile>,
    text: Vec<u8>,
}

impl SpoolReader {
    /// Returns the next text.
    pub(super) fn next_text(&mut self) -> Result<&str, Error> {
        let mut length = [0; size_of::<usize>()];
        let read = self.file.read_exact(&mut length).and_then(|()| {
            self.text.resize(usize::from_le_bytes(length), 0);
            self.file.read_exact(&mut self.text)
        });
        read.and_then(|()| std::str::from_utf8(&self.text).map_err(io::Error::other))
            .map_err(|error| spool_error(&error))
    }
}

/// Leaves out the error's own text, which names a temporary path that means nothing to the user.
fn spool_error(error: &io::Error) -> Error {
    let folder = std::env::temp_dir();
    let text = format!(
        "could not store the output in {} until it is complete: {}",
        folder.display(),
        reason(error.kind())
    );
    Error::new(ErrorKind::OutputFailed, text)
        .hint("set TMPDIR to a folder with free space, or use -o jsonl, which stores nothing")
}

fn reason(kind: io::ErrorKind) -> String {
    match kind {
        io::ErrorKind::NotFound => "there is no such folder".to_owned(),
        io::ErrorKind::StorageFull => "the disk is full".to_owned(),
        kind => kind.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::{MAX_MEMORY_BYTES, SpoolBuffer};

    #[test]
    fn texts_are_read_as_they_were_written_whatever_their_size() {
        for (size, count) in [
            (0, 0),
            (0, 3),
            (10, 3),
            (MAX_MEMORY_BYTES, 1),
            (MAX_MEMORY_BYTES / 2, 7),
            (MAX_MEMORY_BYTES + 1, 3),
        ] {
            let mut spool = SpoolBuffer::default();
            let text = |number: u8| char::from(b'a' + number).to_string().repeat(size);
            for number in 0..count {
                spool.write_text(&text(number)).unwrap();
            }
            let mut reader = spool.into_reader().unwrap();
            for number in 0..count {
                let is_same = reader.next_text().unwrap() == text(number);
                assert!(is_same, "{number} of {size} bytes");
            }
            assert!(reader.next_text().is_err(), "there is nothing more");
        }
    }
}
