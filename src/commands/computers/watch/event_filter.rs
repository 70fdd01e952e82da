//! Which events `watch` reports.

use std::fmt;

use clap::ValueEnum;

use crate::api::wire;
use crate::commands::computers::watch::fleet::EventKind;

/// The value of `--properties` that stands for every property.
const ALL: &str = "all";

/// The name of a kind of event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum EventName {
    Appeared,
    Gone,
    Online,
    Offline,
    Changed,
}

/// `--events` and `--properties`.
#[derive(Debug, clap::Args)]
pub(crate) struct EventFilter {
    /// Report only these events: appeared, gone, online, offline, changed
    #[arg(
        long,
        value_name = "A,B,C",
        value_delimiter = ',',
        num_args = 1,
        hide_possible_values = true
    )]
    events: Option<Vec<EventName>>,
    /// Report changes to these properties; all means every property
    #[arg(
        long,
        value_name = "A,B,C",
        value_delimiter = ',',
        num_args = 1,
        default_value = "name,hostname,ip"
    )]
    properties: Vec<String>,
}

impl EventFilter {
    /// Whether an event is reported.
    pub(super) fn includes(&self, kind: &EventKind) -> bool {
        let is_named = self
            .events
            .as_ref()
            .is_none_or(|names| names.contains(&kind.name()));
        match kind {
            EventKind::Changed { property, .. } => is_named && self.includes_property(property),
            _ => is_named,
        }
    }

    fn includes_property(&self, property: &str) -> bool {
        self.properties.iter().any(|name| {
            name == property || name == ALL || wire::is_state(name) && wire::is_state(property)
        })
    }
}

impl fmt::Display for EventName {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(match self {
            Self::Appeared => "appeared",
            Self::Gone => "gone",
            Self::Online => "online",
            Self::Offline => "offline",
            Self::Changed => "changed",
        })
    }
}

impl EventKind {
    pub(super) fn name(&self) -> EventName {
        match self {
            Self::Appeared => EventName::Appeared,
            Self::Gone => EventName::Gone,
            Self::Online => EventName::Online,
            Self::Offline => EventName::Offline,
            Self::Changed { .. } => EventName::Changed,
        }
    }
}

/// The events that are reported, such as `online, offline, changed (name, ip)`.
impl fmt::Display for EventFilter {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let all = EventName::value_variants();
        let names = self
            .events
            .as_deref()
            .unwrap_or(all)
            .iter()
            .map(|event| match event {
                EventName::Changed => format!("changed ({})", self.properties.join(", ")),
                other => other.to_string(),
            });
        formatter.write_str(&names.collect::<Vec<_>>().join(", "))
    }
}

#[cfg(test)]
impl EventFilter {
    /// Returns a filter that includes every event.
    pub(super) fn everything() -> Self {
        Self {
            events: None,
            properties: vec![ALL.to_owned()],
        }
    }
}
