//! `--sort`: numbers by value, all else by text; computers without the property come last either way.

use std::cmp::Ordering;
use std::str::FromStr;

use crate::api::wire;
use crate::model::computer::Computer;
use crate::model::decimal::Decimal;
use crate::model::property::display_text;

/// A property to sort by, and the direction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Sort {
    key: String,
    downwards: bool,
}

impl FromStr for Sort {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (key, downwards) = text
            .strip_prefix('-')
            .map_or((text, false), |key| (key, true));
        if key.is_empty() {
            return Err("expected the name of a property, such as name or -name".to_owned());
        }
        Ok(Self {
            key: key.to_owned(),
            downwards,
        })
    }
}

/// What a property sorts as.
enum Value {
    Number(Decimal),
    Text(String),
    Absent,
}

impl Sort {
    /// The property.
    pub(super) fn key(&self) -> &str {
        &self.key
    }

    /// Sorts; computers that are equal here keep their order.
    pub(super) fn sorted(&self, computers: Vec<Computer>) -> Vec<Computer> {
        let path = wire::property(&self.key);
        let value = |computer: &Computer| match computer.raw(&path) {
            None | Some("null") => Value::Absent,
            Some(raw) => match raw.parse() {
                Ok(number) => Value::Number(number),
                Err(()) => Value::Text(display_text(raw).into_owned()),
            },
        };
        let mut keyed: Vec<(Value, Computer)> = computers
            .into_iter()
            .map(|computer| (value(&computer), computer))
            .collect();
        keyed.sort_by(|(one, _), (other, _)| self.compare(one, other));
        keyed.into_iter().map(|(_, computer)| computer).collect()
    }

    fn compare(&self, one: &Value, other: &Value) -> Ordering {
        let order = match (one, other) {
            (Value::Absent, Value::Absent) => return Ordering::Equal,
            (Value::Absent, _) => return Ordering::Greater,
            (_, Value::Absent) => return Ordering::Less,
            (Value::Number(one), Value::Number(other)) => one.cmp(other),
            (Value::Number(_), Value::Text(_)) => Ordering::Less,
            (Value::Text(_), Value::Number(_)) => Ordering::Greater,
            (Value::Text(one), Value::Text(other)) => one.cmp(other),
        };
        if self.downwards {
            order.reverse()
        } else {
            order
        }
    }
}
