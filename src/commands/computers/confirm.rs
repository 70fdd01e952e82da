//! The question before a deletion: what would be deleted, and where.

use anyhow::bail;

use crate::commands::computers::bulk::{Change, Planned};
use crate::commands::computers::columns;
use crate::commands::computers::record::{Record, reason};
use crate::commands::computers::summary::selector;
use crate::context::Context;
use crate::model::count::counted;
use crate::model::error::{Error, ErrorKind};
use crate::output::{Format, RowOptions, Shape};

/// The question shows at most this many computers.
const MAX_SHOWN: usize = 20;
/// The note on what can't be deleted names at most this many computers.
const MAX_NAMED: usize = 5;

/// Checks that a question can be asked. It can't be if the computers are read from standard input.
///
/// # Errors
/// [`ErrorKind::NotConfirmed`] if it can't.
pub(super) fn check_can_ask(reads_stdin: bool, context: &Context) -> Result<(), Error> {
    let why = if !context.is_interactive()? {
        "there is no terminal"
    } else if reads_stdin {
        "standard input is taken by the computers"
    } else {
        return Ok(());
    };
    let message = format!("deleting needs confirmation, but {why}");
    Err(Error::new(ErrorKind::NotConfirmed, message)
        .hint("add --yes to confirm without a question"))
}

/// Shows the computers that are to be deleted and asks once for all of them. If they are several or were chosen by a filter,
/// their number is typed, so that a `y` by habit deletes no fleet. Asks nothing if there are none.
///
/// # Errors
/// [`ErrorKind::NotConfirmed`] unless the answer confirms.
pub(super) fn confirm<C: Change>(
    context: &Context,
    targets: &[Planned<C>],
    is_filtered: bool,
) -> anyhow::Result<()> {
    let (mut victims, mut refused) = (Vec::new(), Vec::new());
    for target in targets {
        match target {
            Planned::Change(change) => victims.push(change.planned()),
            Planned::Known(record) if record.error.is_some() => refused.push(record),
            Planned::Known(_) => {}
        }
    }
    let count = victims.len();
    if count == 0 {
        return Ok(());
    }
    if !refused.is_empty() {
        note_refused(context, &refused, targets.len());
    }
    show(context, &victims)?;
    let place = place(context)?;
    let ask = |question: String| context.terminal.prompt(&question);
    if count == 1 && !is_filtered {
        let answer = ask(format!("Delete this computer {place}? [y/N] "))?;
        if matches!(&*answer.to_lowercase(), "y" | "yes") {
            return Ok(());
        }
        bail!(Error::new(ErrorKind::NotConfirmed, "nothing was changed"));
    }
    let computers = counted(count as u64, "computer");
    let question = format!("Delete {computers} {place}? Type {count} to confirm: ");
    if ask(question)? == count.to_string() {
        return Ok(());
    }
    let message = format!("nothing was changed, because the answer was not {count}");
    bail!(Error::new(ErrorKind::NotConfirmed, message))
}

/// Returns such as `in profile "work" at api.example.com`.
fn place(context: &Context) -> Result<String, Error> {
    let settings = context.settings()?;
    let profile = &settings.profile.value;
    Ok(if settings.is_sandbox {
        format!("in profile {profile:?} (local demo API)")
    } else {
        let host = settings.api_url.value.host();
        format!("in profile {profile:?} at {host}")
    })
}

/// Says which of several targets will not be deleted, whatever the answer is.
fn note_refused(context: &Context, refused: &[&Record], targets: usize) {
    let named = |record: &&Record| {
        let computer = &record.computer;
        let name = computer.name().or_else(|| computer.hostname());
        let name = name.map(|name| format!("{name:?}"));
        let name = name.or_else(|| selector(computer));
        let why = record.error.as_ref().map(reason).unwrap_or_default();
        format!("{} {why}", name.unwrap_or_default())
    };
    let mut list: Vec<String> = refused.iter().take(MAX_NAMED).map(named).collect();
    if refused.len() > list.len() {
        list.push(format!("and {} more", refused.len() - list.len()));
    }
    let count = refused.len();
    let list = list.join(", ");
    let text = format!("{count} of {targets} computers can't be deleted: {list}");
    context.terminal.note("refused", &text);
}

fn show(context: &Context, victims: &[Record]) -> Result<(), Error> {
    let columns = columns::of_computers(Format::Table, None);
    let options = RowOptions::new(Shape::Many, columns);
    let mut rows = context.terminal.question_table(options);
    for victim in victims.iter().take(MAX_SHOWN) {
        rows.row(victim.computer.text())?;
    }
    rows.finish()?;
    if victims.len() > MAX_SHOWN {
        let more = format!("and {} more\n", victims.len() - MAX_SHOWN);
        context.terminal.ask(&more);
    }
    Ok(())
}
