//! Which `_id`s are to be reserved: all of them are known before the first is sent, so that a lost response can be settled.

use std::collections::HashSet;

use uuid::Uuid;

use crate::commands::computers::input::{InputRow, table};
use crate::commands::computers::or_stdin::expand;
use crate::commands::computers::reserve::{Args, Reservation};
use crate::context::Context;
use crate::model::error::{Error, ErrorKind};
use crate::model::hint::{CommandLine, Hint};
use crate::output::Shape;
use crate::sandbox;

/// The columns of a csv file.
const COLUMNS: [&str; 3] = ["_id", "name", "derive"];

/// Returns the reservations, and whether one record is printed or a list.
///
/// # Errors
/// [`ErrorKind::Usage`] for `_id`s that can't be reserved, [`ErrorKind::Config`] if there is no namespace to derive them in.
pub(super) fn wanted(args: &Args, context: &Context) -> Result<(Vec<Reservation>, Shape), Error> {
    let reservation = |id: Option<Uuid>, name: Option<String>| Reservation {
        id: id.unwrap_or_else(Uuid::new_v4),
        is_generated: id.is_none(),
        name,
        ensure: args.ensure,
        id_file: args.id_file.clone(),
        terminal: context.terminal,
    };
    let (wanted, shape): (Vec<Reservation>, Shape) = if let Some(path) = &args.from {
        let from_row = |row: &InputRow| {
            Ok(reservation(
                id_of(row, args, context)?,
                row.cells[1].clone(),
            ))
        };
        let rows = table(path, &COLUMNS, &[&COLUMNS], context, from_row)?;
        (rows, Shape::Many)
    } else {
        let (ids, shape) = ids(args, context)?;
        let reservations = ids.into_iter().map(|id| reservation(id, args.name.clone()));
        (reservations.collect(), shape)
    };
    let usage = |message: String| Err(Error::new(ErrorKind::Usage, message));
    let mut seen = HashSet::new();
    if let Some(twice) = wanted.iter().find(|one| !seen.insert(one.id)) {
        return usage(format!("_id {} is given twice", twice.id));
    }
    if seen.contains(&Uuid::nil()) {
        return usage("the nil UUID can't be an _id".to_owned());
    }
    let count = wanted.len();
    let flag = match (&args.name, &args.id_file) {
        (Some(_), _) if count != 1 => "--name",
        (_, Some(_)) if count != 1 => "--id-file",
        _ => return Ok((wanted, shape)),
    };
    usage(format!(
        "{flag} applies to a single reservation, but {count} are requested"
    ))
}

/// Returns the `_id`s of the command line and of standard input; none in place of one that is to be generated.
fn ids(args: &Args, context: &Context) -> Result<(Vec<Option<Uuid>>, Shape), Error> {
    if !args.ids.is_empty() {
        let (ids, shape) = expand(&args.ids, context)?;
        return Ok((ids.into_iter().map(|id| Some(id.0)).collect(), shape));
    }
    let ids = if args.derive.is_empty() {
        (0..args.count.unwrap_or(1)).map(|_| None).collect()
    } else {
        let derive = |text: &String| derive(text, args, context).map(Some);
        args.derive
            .iter()
            .map(derive)
            .collect::<Result<Vec<_>, _>>()?
    };
    let shape = if ids.len() == 1 {
        Shape::One
    } else {
        Shape::Many
    };
    Ok((ids, shape))
}

fn id_of(row: &InputRow, args: &Args, context: &Context) -> Result<Option<Uuid>, Error> {
    match (&row.cells[0], &row.cells[2]) {
        (Some(_), Some(_)) => Err(row.error("the row has values in both _id and derive")),
        (Some(id), None) => Uuid::try_parse(id)
            .map(Some)
            .map_err(|_| row.error("the _id is not a UUID")),
        (None, Some(text)) => derive(text, args, context).map(Some),
        (None, None) if row.cells[1].is_some() => Ok(None),
        (None, None) => Err(row.error("the row is empty")),
    }
}

fn derive(text: &str, args: &Args, context: &Context) -> Result<Uuid, Error> {
    let settings = context.settings()?;
    let of_sandbox = settings.is_sandbox.then_some(sandbox::NAMESPACE);
    let of_flag = args.namespace.map(|namespace| namespace.0);
    let namespace = of_flag.or(settings.namespace).or(of_sandbox);
    let namespace = namespace.ok_or_else(|| {
        let profile = &settings.profile.value;
        let message = format!("profile {profile:?} has no namespace for --derive");
        let set = CommandLine::reemo("config set namespace").arg(Uuid::new_v4().to_string());
        let hint = Hint::new("set one and never change it: ").command(set);
        Error::new(ErrorKind::Config, message).hint(hint)
    })?;
    Ok(Uuid::new_v5(&namespace, text.as_bytes()))
}
