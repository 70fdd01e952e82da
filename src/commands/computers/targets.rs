//! Several targets: named on the command line, or one a line on standard input for `-`; found with one listing.

use std::str::FromStr;

use crate::api::client::Client;
use crate::api::listing::{Proof, Search};
use crate::commands::computers::input;
use crate::commands::computers::naming::{Resolved, Selector, find, found, one_of};
use crate::commands::computers::sighting::{Matches, Wanted};
use crate::model::error::{Error, ErrorKind};
use crate::output::Shape;

/// A target as typed.
#[derive(Debug, Clone)]
pub enum OrStdin<Name> {
    /// Selector on the command line.
    One(Name),
    /// `-`: named on standard input.
    StandardInput,
}

impl<Name: FromStr> FromStr for OrStdin<Name> {
    type Err = Name::Err;

    fn from_str(text: &str) -> Result<Self, Name::Err> {
        if text == "-" {
            Ok(Self::StandardInput)
        } else {
            text.parse().map(Self::One)
        }
    }
}

/// All that is named, and whether the command prints one record or a list of them.
///
/// # Errors
/// `Usage` where a line of standard input names nothing.
pub(super) fn gather<Name>(typed: &[OrStdin<Name>]) -> Result<(Vec<Name>, Shape), Error>
where
    Name: FromStr<Err: std::fmt::Display> + Clone,
{
    let mut names = Vec::new();
    for target in typed {
        match target {
            OrStdin::One(name) => names.push(name.clone()),
            OrStdin::StandardInput => {
                for (number, line) in input::lines()? {
                    let wrong = |why: Name::Err| {
                        Error::new(
                            ErrorKind::Usage,
                            format!("line {number} of standard input: {why}"),
                        )
                    };
                    names.push(line.parse().map_err(wrong)?);
                }
            }
        }
    }
    let shape = if matches!(typed, [OrStdin::One(_)]) {
        Shape::One
    } else {
        Shape::Many
    };
    Ok((names, shape))
}

/// So few ids cost less one by one than with a listing of the whole fleet.
const FEW: usize = 10;

/// Finds several computers. More than one cost one listing in all; what is not in it is asked for by its id.
///
/// # Errors
/// Whatever a request fails with. What concerns one target alone is in its place of the answer.
pub(super) fn find_all(
    client: &Client,
    named: &[Selector],
) -> Result<Vec<Result<Resolved, Error>>, Error> {
    let are_ids = named.iter().all(|named| matches!(named, Selector::Id(_)));
    if named.len() <= if are_ids { FEW } else { 1 } {
        // Of several, the first was not read just now when the last is.
        let fresh = |found: Resolved| Resolved {
            by_id: found.by_id && named.len() == 1,
            ..found
        };
        return Ok(named
            .iter()
            .map(|named| find(client, named, Proof::Required).map(fresh))
            .collect());
    }
    let wanted = Wanted::new(named);
    let sighting = client.collect(&Search::everything(), Proof::Required, |rows| {
        let mut sighting = Matches::default();
        for computer in rows {
            sighting.consider(&wanted, &computer?);
        }
        Ok(sighting)
    })?;
    let found = named
        .iter()
        .map(|named| match (sighting.find(named)?, named) {
            (Some(computer), _) => found(computer.clone()),
            // A listing may leave a computer out; that none has this as its `_id` is shown by the whole listing.
            (None, Selector::Id(id) | Selector::Uuid(id)) => Ok(Resolved {
                computer: client.get(*id)?,
                id: *id,
                by_id: true,
            }),
            (None, _) => one_of(named, Vec::new(), &[]),
        });
    Ok(found.collect())
}
