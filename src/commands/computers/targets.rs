//! Several targets: named on the command line, or one a line on standard input for `-`; found with one listing.

use std::collections::HashMap;
use std::str::FromStr;

use uuid::Uuid;

use crate::api::client::Client;
use crate::api::pages::Flow;
use crate::commands::computers::input;
use crate::commands::computers::naming::{Found, Named, find, one_of};
use crate::model::computer::Computer;
use crate::model::failure::{Failure, Kind};
use crate::model::property::{Lookup, PropertyPath, plain};
use crate::output::Shape;

/// A target as typed.
#[derive(Debug, Clone)]
pub enum Target<Name> {
    /// Named on the command line.
    One(Name),
    /// `-`: named on standard input.
    StandardInput,
}

impl<Name: FromStr> FromStr for Target<Name> {
    type Err = Name::Err;

    fn from_str(text: &str) -> Result<Self, Name::Err> {
        if text == "-" { Ok(Self::StandardInput) } else { text.parse().map(Self::One) }
    }
}

/// All that is named, and whether the command prints one record or a list of them.
///
/// # Errors
/// `Usage` where a line of standard input names nothing.
pub(super) fn gather<Name>(typed: &[Target<Name>]) -> Result<(Vec<Name>, Shape), Failure>
where
    Name: FromStr<Err: std::fmt::Display> + Clone,
{
    let mut names = Vec::new();
    for target in typed {
        match target {
            Target::One(name) => names.push(name.clone()),
            Target::StandardInput => {
                for (number, line) in input::lines()? {
                    let wrong = |why: Name::Err| Failure::new(Kind::Usage, format!("line {number} of standard input: {why}"));
                    names.push(line.parse().map_err(wrong)?);
                }
            }
        }
    }
    let shape = if matches!(typed, [Target::One(_)]) { Shape::One } else { Shape::Many };
    Ok((names, shape))
}

/// Finds several computers. More than one cost one listing in all; what is not in it is asked for by its id.
///
/// # Errors
/// Whatever a request fails with. What concerns one target alone is in its place of the answer.
pub(super) fn find_all(client: &Client, named: &[Named]) -> Result<Vec<Result<Found, Failure>>, Failure> {
    if let [one] = named {
        return Ok(vec![find(client, one)]);
    }
    let wanted = Wanted::new(named);
    let start = || vec![<[Vec<Computer<'static>>; 2]>::default(); named.len()];
    let fitting = client.gather(&[], &start, &mut |fitting, computer| {
        wanted.sort_in(computer, fitting);
        Ok(Flow::More)
    })?;
    let found = named.iter().zip(fitting).map(|(named, [first, second])| match named {
        Named::Id(_) | Named::Uuid(_) if first.is_empty() && second.is_empty() => find(client, named),
        _ => one_of(named, if first.is_empty() { second } else { first }, &[]),
    });
    Ok(found.collect())
}

/// For each way of naming, which targets use it, and whether the fit is their first choice.
#[derive(Default)]
struct Wanted<'a> {
    ids: HashMap<Uuid, Vec<(usize, usize)>>,
    underscore_ids: HashMap<Uuid, Vec<(usize, usize)>>,
    names: HashMap<&'a str, Vec<(usize, usize)>>,
    hostnames: HashMap<String, Vec<(usize, usize)>>,
}

impl<'a> Wanted<'a> {
    fn new(named: &'a [Named]) -> Self {
        let mut wanted = Self::default();
        for (target, named) in named.iter().enumerate() {
            match named {
                Named::Id(id) => wanted.ids.entry(*id).or_default().push((target, 0)),
                Named::UnderscoreId(id) => wanted.underscore_ids.entry(*id).or_default().push((target, 0)),
                Named::Name(name) => wanted.names.entry(name).or_default().push((target, 0)),
                Named::Hostname(hostname) => wanted.hostnames.entry(hostname.to_lowercase()).or_default().push((target, 0)),
                Named::Uuid(id) => {
                    wanted.ids.entry(*id).or_default().push((target, 0));
                    wanted.underscore_ids.entry(*id).or_default().push((target, 1));
                }
                Named::Text(text) => {
                    wanted.names.entry(text).or_default().push((target, 0));
                    wanted.hostnames.entry(text.to_lowercase()).or_default().push((target, 1));
                }
            }
        }
        wanted
    }

    /// Adds a computer to every target that it fits.
    fn sort_in(&self, computer: &Computer<'_>, fitting: &mut [[Vec<Computer<'static>>; 2]]) {
        let lookup = Lookup::new(&["id", "_id", "name", "hostname"].map(PropertyPath::new));
        let values = lookup.find(computer.text());
        let text = |place: usize| values[place].map(plain);
        let uuid = |place: usize| text(place).and_then(|text| Uuid::try_parse(&text).ok());
        let hits = [
            uuid(0).and_then(|id| self.ids.get(&id)),
            uuid(1).and_then(|id| self.underscore_ids.get(&id)),
            text(2).and_then(|name| self.names.get(&*name)),
            text(3).and_then(|hostname| self.hostnames.get(&hostname.to_lowercase())),
        ];
        for (target, choice) in hits.into_iter().flatten().flatten() {
            fitting[*target][*choice].push(computer.clone().into_owned());
        }
    }
}
