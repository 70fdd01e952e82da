//! Picking a computer at the terminal, where a command names none.

use crate::api::listing::{Proof, Search};
use crate::commands::computers::columns;
use crate::commands::computers::selector::Selector;
use crate::commands::interrupt;
use crate::context::Context;
use crate::model::error::{Error, ErrorKind};
use crate::model::hint::CommandLine;
use crate::output::Format;

/// Checks that a computer is named, or a person can be asked for it. `arguments` are those that are missing otherwise.
///
/// # Errors
/// [`ErrorKind::Usage`] if neither is the case.
pub(super) fn check_named(
    is_named: bool,
    context: &Context,
    command: &'static str,
    arguments: &[&str],
) -> Result<(), Error> {
    if is_named || context.is_interactive()? {
        return Ok(());
    }
    let message = "the following required arguments were not provided:";
    let error = arguments
        .iter()
        .fold(Error::new(ErrorKind::Usage, message), |error, argument| {
            error.detail(*argument)
        });
    let help = CommandLine::reemo(command).arg("--help").in_any_profile();
    Err(error.hint(help))
}

/// Returns the computer that was named, or else the one that a person picks.
///
/// # Errors
/// [`ErrorKind::Interrupted`] if the person picks none, [`ErrorKind::NotFound`] if there is none, or whatever the listing
/// fails with.
pub(super) fn named_or_picked(
    named: Option<&Selector>,
    context: &Context,
) -> Result<Selector, Error> {
    if let Some(selector) = named {
        return Ok(selector.clone());
    }
    interrupt::listen(&context.stop)?;
    let progress = context.listing_progress();
    let fleet = context
        .client()?
        .collect(&Search::everything(), Proof::Plausible, |listing| {
            let rows = listing.by_ref().map(|row| row.map(|row| row.detached()));
            let rows = rows.collect::<Result<Vec<_>, Error>>()?;
            listing.warn_unless_proven();
            Ok(rows)
        })?;
    drop(progress);
    let fleet: Vec<_> = fleet
        .into_iter()
        .filter_map(|computer| Some((computer.id()?, computer)))
        .collect();
    if fleet.is_empty() {
        let message = "there are no computers to pick from";
        return Err(Error::new(ErrorKind::NotFound, message));
    }
    let columns = columns::of_computers(Format::Table, None);
    let rows = fleet.iter().map(|(_, computer)| computer.text());
    let place = context.terminal.pick("Computer:", &columns, rows)?;
    Ok(Selector::Id(fleet[place].0))
}
