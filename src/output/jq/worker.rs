//! The process that runs a filter and does nothing else.
//!
//! A filter can recurse without end, use up all memory, or make the library panic, and none of that can be stopped from
//! within. In a process of its own, each is an error of the filter, and the program that started it goes on: it may have to
//! finish a listing or print the record of a change.

use std::io::{self, BufReader, BufWriter, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{self, Receiver};
use std::thread;

use jaq_json::Val;

use crate::output::jq::frame::{self, Frame, Tag};
use crate::output::jq::program::Program;
use crate::output::jq::value;

/// Each level of recursion takes some kilobytes of stack.
const STACK_BYTES: usize = 64 << 20;
/// The limit on the address space of the process. A million computers need 2 GiB.
#[cfg(unix)]
const MEMORY_BYTES: u64 = 4 << 30;

/// Runs the filter that is sent on standard input until that ends. It ends with the parent process, so that a filter that
/// runs forever does not outlive the parent.
pub(crate) fn serve() -> io::Result<()> {
    limit_memory();
    // Unbounded, so that the end of standard input is noticed while a filter runs.
    let (sender, frames) = mpsc::channel();
    thread::Builder::new()
        .name("filter".to_owned())
        .stack_size(STACK_BYTES)
        .spawn(move || Worker::default().serve(&frames, BufWriter::new(io::stdout())))?;
    let mut stdin = BufReader::new(io::stdin());
    while let Some(frame) = frame::read(&mut stdin)? {
        if sender.send(frame).is_err() {
            break;
        }
    }
    Ok(())
}

fn limit_memory() {
    #[cfg(unix)]
    {
        use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
        let maximum = getrlimit(Resource::As).maximum;
        let current = Some(maximum.map_or(MEMORY_BYTES, |maximum| maximum.min(MEMORY_BYTES)));
        let _ = setrlimit(Resource::As, Rlimit { current, maximum });
    }
}

/// Returns the next frame. Before it waits for one, it flushes the answers.
fn next(frames: &Receiver<Frame>, out: &mut impl Write) -> io::Result<Option<Frame>> {
    if let Ok(frame) = frames.try_recv() {
        Ok(Some(frame))
    } else {
        out.flush()?;
        Ok(frames.recv().ok())
    }
}

#[derive(Default)]
struct Worker {
    filter: Option<Program>,
    elements: Vec<Val>,
}

impl Worker {
    /// Responds to each frame until the responses are no longer read.
    fn serve(&mut self, frames: &Receiver<Frame>, mut out: impl Write) -> io::Result<()> {
        while let Some(frame) = next(frames, &mut out)? {
            let is_answered = !matches!(frame.tag, Tag::NewArray | Tag::Element);
            // In tests a panic ends only this thread and not the process, so the frame would get no answer.
            let done = catch_unwind(AssertUnwindSafe(|| self.take(frame, &mut out)))
                .unwrap_or_else(|_| Err("the filter made the jq library fail".to_owned()));
            match done {
                Ok(()) if !is_answered => {}
                Ok(()) => frame::write(&mut out, Tag::Done, "")?,
                Err(why) => frame::write(&mut out, Tag::Failed, &why)?,
            }
        }
        Ok(())
    }

    /// Executes a frame.
    fn take(&mut self, Frame { tag, text }: Frame, out: &mut impl Write) -> Result<(), String> {
        let input = match tag {
            Tag::Expression => {
                self.filter = Some(text.parse()?);
                return Ok(());
            }
            Tag::NewArray => {
                self.elements.clear();
                return Ok(());
            }
            Tag::Element => {
                self.elements.push(value::read(&text));
                return Ok(());
            }
            Tag::Array => std::mem::take(&mut self.elements).into_iter().collect(),
            _ => value::read(&text),
        };
        let filter = self.filter.as_ref().ok_or("there is no filter")?;
        filter.run(input, &mut |result| {
            let written = match &result {
                Val::TStr(bytes) => frame::write(out, Tag::Text, &String::from_utf8_lossy(bytes)),
                _ => frame::write(out, Tag::Json, &value::write(&result)?),
            };
            written.map_err(|error| error.to_string())
        })
    }
}
