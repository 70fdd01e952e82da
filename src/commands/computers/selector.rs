//! `<COMPUTER>`: how a computer is selected on the command line. Finding it is `resolve`'s work.

use std::fmt;
use std::str::FromStr;

use uuid::Uuid;

use crate::model::sanitize::escape;

/// What may stand on the command line, for an error.
const FORMS: &str = "a name, a hostname, a UUID, the first 6 or more digits of an id, or id:UUID, _id:UUID, name:TEXT, \
                     hostname:TEXT, ip:TEXT";
/// So many digits of an id at least are taken for its beginning.
const MIN_SHORT_ID: usize = 6;
/// The places of the dashes in a UUID, and its length.
const UUID_DASHES: [usize; 4] = [8, 13, 18, 23];
const UUID_LENGTH: usize = 36;

/// How a computer is selected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Selector {
    /// `id:UUID`.
    Id(Uuid),
    /// `_id:UUID`.
    UnderscoreId(Uuid),
    /// `name:TEXT`.
    Name(String),
    /// `hostname:TEXT`.
    Hostname(String),
    /// `ip:TEXT`.
    Ip(String),
    /// A bare UUID: an `id`, else an `_id`.
    Uuid(Uuid),
    /// Any other text: a name, else a host name, else the beginning of an id.
    Text(String),
}

impl FromStr for Selector {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let uuid = |text: &str| {
            Uuid::try_parse(text).map_err(|_| format!("\"{}\" is not a UUID", escape(text)))
        };
        let named = match text.split_once(':') {
            Some(("id", value)) => Self::Id(uuid(value)?),
            Some(("_id", value)) => Self::UnderscoreId(uuid(value)?),
            Some(("name", value)) => Self::Name(value.to_owned()),
            Some(("hostname", value)) => Self::Hostname(value.to_owned()),
            Some(("ip", value)) => Self::Ip(value.to_owned()),
            _ => Uuid::try_parse(text).map_or_else(|_| Self::Text(text.to_owned()), Self::Uuid),
        };
        match &named {
            Self::Text(text) if text == "-" => Err(
                "- reads standard input, where a command takes several computers; name one, or write name:-"
                    .to_owned(),
            ),
            Self::Name(text) | Self::Hostname(text) | Self::Ip(text) | Self::Text(text)
                if text.is_empty() =>
            {
                Err(format!("expected {FORMS}"))
            }
            _ => Ok(named),
        }
    }
}

impl Selector {
    /// The UUID, where it is or may be an `id`.
    pub(super) fn id(&self) -> Option<Uuid> {
        match self {
            Self::Id(id) | Self::Uuid(id) => Some(*id),
            _ => None,
        }
    }

    /// Returns the value that is looked for, whichever property has it.
    pub(super) fn value(&self) -> String {
        match self {
            Self::Id(id) | Self::UnderscoreId(id) | Self::Uuid(id) => id.to_string(),
            Self::Name(text) | Self::Hostname(text) | Self::Ip(text) | Self::Text(text) => {
                text.clone()
            }
        }
    }
}

impl fmt::Display for Selector {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Id(id) => write!(formatter, "id {id}"),
            Self::UnderscoreId(id) => write!(formatter, "_id {id}"),
            Self::Name(text) => write!(formatter, "name {text:?}"),
            Self::Hostname(text) => write!(formatter, "hostname {text:?}"),
            Self::Ip(text) => write!(formatter, "ip {text:?}"),
            Self::Uuid(id) => write!(formatter, "id or _id {id}"),
            Self::Text(text) if short_id(text).is_some() => {
                write!(formatter, "name, hostname or short id {text:?}")
            }
            Self::Text(text) => write!(formatter, "name or hostname {text:?}"),
        }
    }
}

/// Returns the text in lower case if it can be the beginning of an id, with the dashes of a UUID.
pub(super) fn short_id(text: &str) -> Option<String> {
    let may_stand = |(place, byte): (usize, u8)| {
        if UUID_DASHES.contains(&place) {
            byte == b'-'
        } else {
            byte.is_ascii_hexdigit()
        }
    };
    let is_short_id = (MIN_SHORT_ID..UUID_LENGTH).contains(&text.len())
        && text.bytes().enumerate().all(may_stand);
    is_short_id.then(|| text.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::{Selector, short_id};

    #[test]
    fn names_on_the_command_line() {
        let uuid = "3f2504e0-4f89-41d3-9a0c-0305e82c3301";
        for (text, named) in [
            ("pc: 1", "name or hostname \"pc: 1\""),
            ("name:id:x", "name \"id:x\""),
            ("hostname:PC", "hostname \"PC\""),
            ("ip:10.0.0.1", "ip \"10.0.0.1\""),
            ("Facade", "name, hostname or short id \"Facade\""),
        ] {
            assert_eq!(text.parse::<Selector>().unwrap().to_string(), named);
        }
        assert!(matches!(uuid.parse(), Ok(Selector::Uuid(_))));
        assert!(matches!(
            format!("_id:{uuid}").parse(),
            Ok(Selector::UnderscoreId(_))
        ));
        for text in ["", "id:", "id:../x", "name:", "ip:", "_id:1"] {
            assert!(text.parse::<Selector>().is_err(), "{text}");
        }
    }

    #[test]
    fn beginnings_of_ids() {
        for text in [
            "3f2504",
            "3F2504E0",
            "3f2504e0-",
            "3f2504e0-4f89-41d3-9a0c-0305e82c330",
        ] {
            assert_eq!(short_id(text), Some(text.to_lowercase()), "{text}");
        }
        let whole = "3f2504e0-4f89-41d3-9a0c-0305e82c3301";
        for text in [
            "",
            "3f250",
            "3f250g",
            "3f25-04",
            "3f2504e04f89",
            "3f2504é",
            whole,
        ] {
            assert_eq!(short_id(text), None, "{text}");
        }
    }
}
