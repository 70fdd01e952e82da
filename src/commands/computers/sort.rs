//! `--sort`: numbers by value, all else by text; computers without the property come last either way.

use std::cmp::Ordering;
use std::str::FromStr;

use crate::api::wire;
use crate::model::computer::Computer;
use crate::model::decimal::Decimal;
use crate::model::property::{Lookup, PropertyPath, display_text};

/// The properties to sort by: an earlier one decides before a later one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Sort(Vec<SortKey>);

/// A property, and whether its values descend.
#[derive(Debug, Clone, PartialEq, Eq)]
struct SortKey {
    property: String,
    descends: bool,
}

impl FromStr for Sort {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let key = |text: &str| {
            let text = text.trim();
            let property = text.strip_prefix('-').unwrap_or(text);
            if property.is_empty() {
                return Err("expected names of properties, such as name or -status,name".to_owned());
            }
            Ok(SortKey {
                property: property.to_owned(),
                descends: text.starts_with('-'),
            })
        };
        text.split(',').map(key).collect::<Result<_, _>>().map(Self)
    }
}

/// What a property sorts as.
enum Value {
    Number(Decimal),
    Text(String),
    Absent,
}

impl Value {
    fn of(json: Option<&str>) -> Self {
        match json {
            None | Some("null") => Self::Absent,
            Some(json) => json.parse().map_or_else(
                |()| Self::Text(display_text(json).into_owned()),
                Self::Number,
            ),
        }
    }
}

impl SortKey {
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
        if self.descends {
            order.reverse()
        } else {
            order
        }
    }
}

impl Sort {
    /// Returns the properties.
    pub(super) fn properties(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|key| key.property.as_str())
    }

    /// Sorts computers; those that are equal here keep their order.
    pub(super) fn sorted(&self, computers: Vec<Computer>) -> Vec<Computer> {
        let path = |property| wire::property(property).in_any_case();
        let paths: Vec<PropertyPath> = self.properties().map(path).collect();
        let lookup = Lookup::new(&paths);
        let values = |computer: &Computer| -> Vec<Value> {
            let found = lookup.find(computer.text());
            found.into_iter().map(Value::of).collect()
        };
        let mut keyed: Vec<(Vec<Value>, Computer)> = computers
            .into_iter()
            .map(|computer| (values(&computer), computer))
            .collect();
        keyed.sort_by(|(one, _), (other, _)| {
            let mut orders = self.0.iter().zip(one.iter().zip(other));
            orders
                .find_map(|(key, (one, other))| {
                    Some(key.compare(one, other)).filter(|order| order.is_ne())
                })
                .unwrap_or(Ordering::Equal)
        });
        keyed.into_iter().map(|(_, computer)| computer).collect()
    }
}
