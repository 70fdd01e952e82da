//! Which `_id`s are asked for: all of them known before the first is sent, so that a lost answer can be settled.

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

/// An `_id` to reserve, and where it comes from.
struct NewId {
    uuid: Uuid,
    is_generated: bool,
}

impl NewId {
    fn known(uuid: Uuid) -> Self {
        Self {
            uuid,
            is_generated: false,
        }
    }

    fn generate() -> Self {
        Self {
            uuid: Uuid::new_v4(),
            is_generated: true,
        }
    }
}

/// The reservations, and whether one record is printed or a list.
///
/// # Errors
/// `Usage` for what can't be meant, `Config` where there is no namespace to derive in.
pub(super) fn wanted(args: &Args, context: &Context) -> Result<(Vec<Reservation>, Shape), Error> {
    let reservation = |id: NewId| Reservation {
        id: id.uuid,
        is_generated: id.is_generated,
        name: args.name.clone(),
        ensure: args.ensure,
        id_file: args.id_file.clone(),
        terminal: context.terminal,
    };
    let (wanted, shape): (Vec<Reservation>, Shape) = if let Some(path) = &args.from {
        const COLUMNS: [&str; 3] = ["_id", "name", "derive"];
        let from_row = |row: &InputRow| {
            Ok(Reservation {
                is_generated: row.cells[0].is_none() && row.cells[2].is_none(),
                name: row.cells[1].clone(),
                ..reservation(id_of(row, args, context)?)
            })
        };
        let rows = table(path, &COLUMNS, &[&COLUMNS], context, from_row)?;
        (rows, Shape::Many)
    } else {
        let (ids, shape) = ids(args, context)?;
        (ids.into_iter().map(reservation).collect(), shape)
    };
    let mut seen = HashSet::new();
    if let Some(twice) = wanted
        .iter()
        .find(|reservation| !seen.insert(reservation.id))
    {
        return Err(Error::new(
            ErrorKind::Usage,
            format!("_id {} is given twice", twice.id),
        ));
    }
    if wanted.iter().any(|reservation| reservation.id.is_nil()) {
        return Err(Error::new(ErrorKind::Usage, "the nil UUID can't be an _id"));
    }
    let only_one = [
        ("--name", args.name.is_some()),
        ("--id-file", args.id_file.is_some()),
    ];
    match only_one
        .iter()
        .find(|(_, given)| *given && wanted.len() != 1)
    {
        Some((flag, _)) => Err(Error::new(
            ErrorKind::Usage,
            format!(
                "{flag} applies to a single reservation, but {} are requested",
                wanted.len()
            ),
        )),
        None => Ok((wanted, shape)),
    }
}

fn ids(args: &Args, context: &Context) -> Result<(Vec<NewId>, Shape), Error> {
    let shape = |count: usize| if count == 1 { Shape::One } else { Shape::Many };
    if !args.derive.is_empty() {
        let ids = args
            .derive
            .iter()
            .map(|text| derive(text, args, context).map(NewId::known))
            .collect::<Result<Vec<_>, _>>()?;
        let shape = shape(ids.len());
        return Ok((ids, shape));
    }
    if args.ids.is_empty() {
        let ids: Vec<NewId> = (0..args.count.unwrap_or(1))
            .map(|_| NewId::generate())
            .collect();
        let shape = shape(ids.len());
        return Ok((ids, shape));
    }
    let (ids, shape) = expand(&args.ids)?;
    Ok((ids.into_iter().map(NewId::known).collect(), shape))
}

fn id_of(row: &InputRow, args: &Args, context: &Context) -> Result<NewId, Error> {
    match (&row.cells[0], &row.cells[2]) {
        (Some(_), Some(_)) => {
            Err(row.error("the row has both an _id and a text to derive one from"))
        }
        (Some(id), None) => Uuid::try_parse(id)
            .map(NewId::known)
            .map_err(|_| row.error("the _id is not a UUID")),
        (None, Some(text)) => derive(text, args, context).map(NewId::known),
        (None, None) if row.cells[1].is_some() => Ok(NewId::generate()),
        (None, None) => Err(row.error("the row is empty")),
    }
}

fn derive(text: &str, args: &Args, context: &Context) -> Result<Uuid, Error> {
    let settings = context.settings()?;
    let of_sandbox = settings.is_sandbox.then_some(sandbox::NAMESPACE);
    let namespace = args.namespace.or(settings.namespace).or(of_sandbox);
    let none =
        || {
            Error::new(
                ErrorKind::Config,
                format!(
                    "profile {:?} has no namespace to derive _ids in",
                    settings.profile.value
                ),
            )
            .hint(Hint::new("create one once and keep it: ").command(
                CommandLine::reemo("config set namespace").arg(Uuid::new_v4().to_string()),
            ))
        };
    Ok(Uuid::new_v5(&namespace.ok_or_else(none)?, text.as_bytes()))
}
