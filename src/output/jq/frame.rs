//! The messages between the program and the process of its filter: a tag, a length, and that many bytes.

use std::io::{self, Read, Write};

/// The meaning of a frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tag {
    /// To the filter: the expression, in the first frame.
    Expression,
    /// To the filter: a JSON value to run on.
    Input,
    /// To the filter: begin a new array and drop the elements of the previous one. The process outlives a listing that is
    /// abandoned and made again.
    NewArray,
    /// To the filter: a JSON value, the next element of the array.
    Element,
    /// To the filter: run on the array.
    Array,
    /// From the filter: a result that is text.
    Text,
    /// From the filter: any other result, as compact JSON.
    Json,
    /// From the filter: there are no more results for this input.
    Done,
    /// From the filter: the message of the error that ended it.
    Failed,
}

impl Tag {
    const ALL: [Self; 9] = [
        Self::Expression,
        Self::Input,
        Self::NewArray,
        Self::Element,
        Self::Array,
        Self::Text,
        Self::Json,
        Self::Done,
        Self::Failed,
    ];
}

/// One message.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Frame {
    pub(super) tag: Tag,
    pub(super) text: String,
}

/// Writes a frame.
pub(super) fn write(out: &mut impl Write, tag: Tag, text: &str) -> io::Result<()> {
    let mut head = [tag as u8; 9];
    head[1..].copy_from_slice(&(text.len() as u64).to_le_bytes());
    out.write_all(&head)?;
    out.write_all(text.as_bytes())
}

/// Reads the next frame. Returns `None` if the other side has ended.
pub(super) fn read(from: &mut impl Read) -> io::Result<Option<Frame>> {
    let mut head = [0; 9];
    match from.read_exact(&mut head) {
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(None),
        read => read?,
    }
    let [tag, length @ ..] = head;
    let length = u64::from_le_bytes(length);
    let tag = Tag::ALL.get(usize::from(tag));
    let mut text = String::new();
    let read = from.take(length).read_to_string(&mut text)?;
    match tag {
        Some(tag) if read as u64 == length => Ok(Some(Frame { tag: *tag, text })),
        _ => Err(io::ErrorKind::InvalidData.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::{Frame, Tag, read, write};

    #[test]
    fn frames_are_read_as_they_were_written() {
        let mut bytes = Vec::new();
        for tag in Tag::ALL {
            write(&mut bytes, tag, "é\n").unwrap();
            write(&mut bytes, tag, "").unwrap();
        }
        let mut from = &bytes[..];
        for tag in Tag::ALL {
            for text in ["é\n", ""] {
                let frame = Frame {
                    tag,
                    text: text.to_owned(),
                };
                assert_eq!(read(&mut from).unwrap(), Some(frame));
            }
        }
        assert_eq!(read(&mut from).unwrap(), None);
        assert!(read(&mut &bytes[..10]).is_err());
        assert!(read(&mut &[99; 9][..]).is_err());
    }
}
