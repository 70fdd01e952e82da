//! `<COMPUTER>`: how a computer is selected on the command line. Finding it is `resolve`'s work.

use std::fmt;
use std::str::FromStr;

use uuid::Uuid;

use crate::model::computer::Computer;
use crate::model::sanitize::escape;

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
    /// The UUID, where it is or may be an `id`.
    pub(super) fn id(&self) -> Option<Uuid> {
        match self {
            Self::Id(id) | Self::Uuid(id) => Some(*id),
            _ => None,
        }
    }

    /// A computer that was never found, for its record: only what was typed is known of it.
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
            Self::Hostname(text) => write!(formatter, "hostname {text:?}"),
            Self::Uuid(id) => write!(formatter, "id or _id {id}"),
            Self::Text(text) => write!(formatter, "name or hostname {text:?}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Selector;

    #[test]
    fn names_on_the_command_line() {
        let uuid = "3f2504e0-4f89-41d3-9a0c-0305e82c3301";
        for (text, named) in [
            ("pc: 1", "name or hostname \"pc: 1\""),
            ("name:id:x", "name \"id:x\""),
            ("hostname:PC", "hostname \"PC\""),
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
