//! `<COMPUTER>`: how a computer is named on the command line, and finding the one that is meant.

use std::fmt;
use std::str::FromStr;

use uuid::Uuid;

use crate::api::client::Client;
use crate::api::listing::{Proof, Search};
use crate::model::computer::Computer;
use crate::model::error::{Error, ErrorKind};
use crate::model::sanitize::escape;

/// A computer as named on the command line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Selector {
    /// `id:UUID`.
    Id(Uuid),
    /// `_id:UUID`.
    UnderscoreId(Uuid),
    /// `name:TEXT`.
    Name(String),
    /// `hostname:TEXT`.
    Hostname(String),
    /// A bare UUID: an `id`, else an `_id`.
    Uuid(Uuid),
    /// Any other text: a name, else a host name.
    Text(String),
}

impl FromStr for Selector {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let uuid = |text: &str| {
            Uuid::try_parse(text).map_err(|_| format!("{} is not a UUID", escape(text)))
        };
        let named = match text.split_once(':') {
            Some(("id", value)) => Self::Id(uuid(value)?),
            Some(("_id", value)) => Self::UnderscoreId(uuid(value)?),
            Some(("name", value)) => Self::Name(value.to_owned()),
            Some(("hostname", value)) => Self::Hostname(value.to_owned()),
            _ => Uuid::try_parse(text).map_or_else(|_| Self::Text(text.to_owned()), Self::Uuid),
        };
        match &named {
            Self::Name(text) | Self::Hostname(text) | Self::Text(text) if text.is_empty() => Err(
                "expected id:UUID, _id:UUID, name:TEXT, hostname:TEXT, a UUID or a name".to_owned(),
            ),
            _ => Ok(named),
        }
    }
}

impl Selector {
    /// What a computer that was never found is called in its record: by what was typed.
    pub(super) fn stand_in(&self) -> Computer {
        let (property, value) = match self {
            Self::Id(id) | Self::Uuid(id) => ("id", id.to_string()),
            Self::UnderscoreId(id) => ("_id", id.to_string()),
            Self::Name(text) | Self::Text(text) => ("name", text.clone()),
            Self::Hostname(text) => ("hostname", text.clone()),
        };
        Computer::new(serde_json::json!({ property: value }).to_string())
    }
}

impl fmt::Display for Selector {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Id(id) => write!(formatter, "id {id}"),
            Self::UnderscoreId(id) => write!(formatter, "_id {id}"),
            Self::Name(text) => write!(formatter, "name {text:?}"),
            Self::Hostname(text) => write!(formatter, "host name {text:?}"),
            Self::Uuid(id) => write!(formatter, "id or _id {id}"),
            Self::Text(text) => write!(formatter, "name or host name {text:?}"),
        }
    }
}

/// A computer that was found, and how fresh the knowledge is.
#[derive(Debug, Clone)]
pub(super) struct Resolved {
    /// The computer as it was read.
    pub computer: Computer,
    /// Its `id`, fit for a URL.
    pub id: Uuid,
    /// Whether it was read by itself just now, and not seen in a listing.
    pub by_id: bool,
}

/// Finds the one computer that is meant. What is named by anything but an id is looked for in a listing with this proof; that
/// there is none always needs a listing that is proven whole.
///
/// # Errors
/// `NotFound` with near names, `Ambiguous` with all that fit, or whatever a request fails with.
pub(super) fn find(client: &Client, named: &Selector, proof: Proof) -> Result<Resolved, Error> {
    match named {
        Selector::Id(id) => Ok(Resolved {
            computer: client.get(*id)?,
            id: *id,
            by_id: true,
        }),
        Selector::Uuid(id) => match client.get(*id) {
            Ok(computer) => Ok(Resolved {
                computer,
                id: *id,
                by_id: true,
            }),
            Err(failure) if failure.kind == ErrorKind::NotFound => {
                one_of(named, client.all_with_underscore_id(*id, proof)?, &[])
            }
            Err(failure) => Err(failure),
        },
        Selector::UnderscoreId(id) => {
            one_of(named, client.all_with_underscore_id(*id, proof)?, &[])
        }
        Selector::Name(text) => find_text(client, named, proof, text, true, false),
        Selector::Hostname(text) => find_text(client, named, proof, text, false, true),
        Selector::Text(text) => find_text(client, named, proof, text, true, true),
    }
}

/// A name, else a host name. Where the API finds the name, one small listing is enough.
fn find_text(
    client: &Client,
    named: &Selector,
    proof: Proof,
    text: &str,
    is_name: bool,
    is_hostname: bool,
) -> Result<Resolved, Error> {
    let has_name = |computer: &Computer| computer.name().as_deref() == Some(text);
    let search = if is_name {
        Search::new([("name", text.to_owned())], &has_name)
    } else {
        Search::everything()
    };
    let (by_name, by_hostname, near) = client.collect(&search, proof, |rows| {
        let (mut by_name, mut by_hostname, mut near) = (Vec::new(), Vec::new(), Vec::new());
        for computer in rows.by_ref() {
            let computer = computer?;
            let (name, hostname) = (computer.name(), computer.hostname());
            if is_name && name.as_deref() == Some(text) {
                by_name.push(computer.detached());
            } else if is_hostname
                && hostname
                    .as_deref()
                    .is_some_and(|hostname| same_hostname(hostname, text))
            {
                by_hostname.push(computer.detached());
            } else {
                consider(
                    &mut near,
                    text,
                    [
                        hostname.as_deref().filter(|_| is_hostname),
                        name.as_deref().filter(|_| is_name),
                    ],
                );
            }
        }
        if by_name.is_empty() && by_hostname.is_empty() {
            rows.require_proof()?;
        }
        rows.warn_unless_proven();
        Ok((by_name, by_hostname, near))
    })?;
    one_of(
        named,
        if by_name.is_empty() {
            by_hostname
        } else {
            by_name
        },
        &near,
    )
}

fn same_hostname(one: &str, other: &str) -> bool {
    one.to_lowercase() == other.to_lowercase()
}

/// Names that are suggested at most.
const SUGGESTED: usize = 3;

/// Keeps the names most like the one asked for.
fn consider(near: &mut Vec<(f64, String)>, text: &str, names: [Option<&str>; 2]) {
    let wanted = text.to_lowercase();
    let likeness = |name: &str| {
        let name = name.to_lowercase();
        if name.contains(&wanted) {
            1.0
        } else {
            strsim::jaro_winkler(&name, &wanted)
        }
    };
    let best = names
        .into_iter()
        .flatten()
        .map(|name| (likeness(name), name))
        .max_by(|one, other| one.0.total_cmp(&other.0));
    if let Some((likeness, name)) = best.filter(|(likeness, _)| *likeness > 0.8) {
        near.push((likeness, name.to_owned()));
        near.sort_by(|one, other| other.0.total_cmp(&one.0).then_with(|| one.1.cmp(&other.1)));
        near.truncate(SUGGESTED);
    }
}

/// The one computer among those that fit.
///
/// # Errors
/// `NotFound` with near names where there is none, `Ambiguous` with all of them where there are several.
pub(super) fn one_of(
    named: &Selector,
    mut fitting: Vec<Computer>,
    near: &[(f64, String)],
) -> Result<Resolved, Error> {
    if fitting.len() > 1 {
        return Err(several(named, &fitting));
    }
    let Some(computer) = fitting.pop() else {
        let failure = Error::new(
            ErrorKind::NotFound,
            format!("there is no computer with the {named}"),
        );
        let names: Vec<String> = near.iter().map(|(_, name)| format!("{name:?}")).collect();
        return Err(if names.is_empty() {
            failure
        } else {
            failure.hint(format!("did you mean {}?", names.join(", ")))
        });
    };
    found(computer)
}

/// That a name fits several computers, with all of them.
pub(super) fn several(named: &Selector, fitting: &[Computer]) -> Error {
    let failure = Error::new(
        ErrorKind::Ambiguous,
        format!("{} computers have the {named}", fitting.len()),
    );
    fitting
        .iter()
        .fold(failure, |failure, computer| failure.detail(line(computer)))
}

/// A computer from a listing, with its id.
///
/// # Errors
/// `InvalidResponse` where its id is no UUID: nothing else goes into a URL.
pub(super) fn found(computer: Computer) -> Result<Resolved, Error> {
    let Some(id) = computer.id() else {
        let failure = Error::new(
            ErrorKind::InvalidResponse,
            "a computer has no id that is a UUID, so nothing can be asked about it",
        );
        return Err(failure.detail(line(&computer)));
    };
    Ok(Resolved {
        computer,
        id,
        by_id: false,
    })
}

/// One computer on one line, for questions and ambiguities.
pub(super) fn line(computer: &Computer) -> String {
    let id = computer
        .id()
        .map_or_else(|| "no id".to_owned(), |id| format!("id:{id}"));
    let name = computer.name().unwrap_or_default();
    let hostname = computer.hostname().unwrap_or_default();
    let state = crate::api::wire::state(computer).unwrap_or_default();
    [id.as_str(), &name, &hostname, &state]
        .into_iter()
        .filter(|text| !text.is_empty())
        .collect::<Vec<_>>()
        .join("  ")
}

#[cfg(test)]
mod tests {
    use super::Selector;

    #[test]
    fn names_on_the_command_line() {
        let uuid = "3f2504e0-4f89-41d3-9a0c-0305e82c3301";
        for (text, named) in [
            ("pc: 1", "name or host name \"pc: 1\""),
            ("name:id:x", "name \"id:x\""),
            ("hostname:PC", "host name \"PC\""),
        ] {
            assert_eq!(text.parse::<Selector>().unwrap().to_string(), named);
        }
        assert!(matches!(uuid.parse(), Ok(Selector::Uuid(_))));
        assert!(matches!(
            format!("_id:{uuid}").parse(),
            Ok(Selector::UnderscoreId(_))
        ));
        for text in ["", "id:", "id:../x", "name:", "_id:1"] {
            assert!(text.parse::<Selector>().is_err(), "{text}");
        }
    }
}
