//! The process of a filter, which does nothing but run it.
//!
//! A filter can recurse without end, take all memory, or hit a panic of the library, none of which can be stopped from
//! within. In a process of its own each of them is an error of the filter, and the program that started it goes on: it has
//! a listing to end, or the record of a change to print.

use std::io::{self, BufReader, BufWriter, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{self, Receiver};
use std::thread;

use jaq_json::Val;

use crate::output::jq::frame::{self, Frame, Tag};
use crate::output::jq::program::Program;
use crate::output::jq::value;

/// Recursion takes some kilobytes of stack a level.
const STACK_BYTES: usize = 64 << 20;
/// The address space of the process. A million computers need 2 GiB.
#[cfg(unix)]
const MEMORY_BYTES: u64 = 4 << 30;

/// Runs the filter that standard input asks for, until standard input ends. It ends with the process that holds its other
/// side, so that a filter without end does not outlive that.
///
/// # Errors
/// What standard input fails with, or that no thread can be started.
pub(crate) fn serve() -> io::Result<()> {
    limit_memory();
    // Without a bound, so that the end of standard input is seen while a filter runs.
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

/// The next frame. Before it is waited for, all answers are handed over.
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
    /// Answers each frame, until the answers are no longer read.
    fn serve(&mut self, frames: &Receiver<Frame>, mut out: impl Write) -> io::Result<()> {
        while let Some(frame) = next(frames, &mut out)? {
            let is_answered = !matches!(frame.tag, Tag::NewArray | Tag::Element);
            // In tests a panic ends only this thread and not the process, and the frame would stay unanswered.
            let done = catch_unwind(AssertUnwindSafe(|| self.take(frame, &mut out)))
                .unwrap_or_else(
                    |_| Err("the filter ended by a fault of the jq library".to_owned()),
                );
            match done {
                Ok(()) if !is_answered => {}
                Ok(()) => frame::write(&mut out, Tag::Done, "")?,
                Err(why) => frame::write(&mut out, Tag::Failed, &why)?,
            }
        }
        Ok(())
    }

    /// Does what the frame asks for; the error says why that failed.
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
