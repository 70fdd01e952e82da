//! `computers list -o ansible`: an inventory, as Ansible reads it from a script.
//!
//! Ansible evaluates templates in strings, and names of computers are anyone's: each string is marked as unsafe, and no name
//! that has a meaning for Ansible becomes one of the inventory.

use std::collections::{BTreeMap, HashMap};
use std::net::IpAddr;

use serde_json::Value;

use crate::api::wire;
use crate::context::Context;
use crate::model::computer::Computer;
use crate::model::error::Error;
use crate::model::json_reader::{elements, members};
use crate::model::property::{PropertyPath, display_text};
use crate::output::Rows;

/// Names that mean something else to Ansible.
const RESERVED: [&str; 4] = ["all", "ungrouped", "localhost", "127.0.0.1"];
/// A text that becomes part of a name is cut to this many characters.
const MAX_NAME_CHARS: usize = 64;

/// Collects computers, and prints them as one inventory.
pub(super) struct Inventory<'context> {
    context: &'context Context,
    /// The property of `--group-by`, in lower case, and where it is.
    group_by: Option<(String, PropertyPath)>,
    computers: Vec<Computer>,
}

impl<'context> Inventory<'context> {
    pub(super) fn new(context: &'context Context, group_by: Option<&str>) -> Self {
        let path = |name: &str| wire::property(name).in_any_case();
        Self {
            context,
            group_by: group_by.map(|name| (name.to_lowercase(), path(name))),
            computers: Vec::new(),
        }
    }

    fn groups_of(&self, computer: &Computer) -> Vec<String> {
        let state = if wire::is_online(computer) {
            "reemo_online"
        } else if wire::is_offline(computer) {
            "reemo_offline"
        } else {
            "reemo_unknown"
        };
        let mut groups = vec![state.to_owned()];
        if let Some((name, path)) = &self.group_by {
            let value = computer.property(path).unwrap_or_default();
            if !value.is_empty() {
                let group = format!("reemo_{name}_{value}").to_lowercase();
                groups.push(with_underscores(&group, |c| c.is_ascii_alphanumeric()));
            }
        }
        groups
    }
}

impl Rows for Inventory<'_> {
    fn row(&mut self, object: &str) -> Result<bool, Error> {
        self.computers.push(Computer::new(object));
        Ok(true)
    }

    fn finish(self: Box<Self>) -> Result<(), Error> {
        let mut hostvars = Vec::new();
        let mut groups: BTreeMap<String, Vec<Value>> = BTreeMap::new();
        let groups_of: Vec<_> = self
            .computers
            .iter()
            .map(|one| self.groups_of(one))
            .collect();
        let is_group = |name: &str| groups_of.iter().flatten().any(|group| group == name);
        let names = inventory_names(&self.computers, is_group);
        for ((computer, name), own_groups) in self.computers.iter().zip(names).zip(&groups_of) {
            let name = Value::from(name);
            hostvars.push(format!("{name}:{}", variables(computer)));
            for group in own_groups {
                groups.entry(group.clone()).or_default().push(name.clone());
            }
        }
        let mut text = format!("{{\"_meta\":{{\"hostvars\":{{{}}}}}", hostvars.join(","));
        for (group, hosts) in groups {
            let hosts = Value::from(hosts);
            text.push_str(&format!(",\"{group}\":{{\"hosts\":{hosts}}}"));
        }
        text.push('}');
        self.context.terminal.document(&text, false)
    }
}

/// Returns the variables of a host: the object under one key, and where to reach it if that is an IP address.
fn variables(computer: &Computer) -> String {
    let mut text = format!("{{\"reemo\":{}", unsafe_strings(computer.text()));
    let ip = computer.property(&"ip".into());
    if let Some(ip) = ip.and_then(|ip| ip.parse::<IpAddr>().ok()) {
        text.push_str(&format!(",\"ansible_host\":\"{ip}\""));
    }
    text + "}"
}

/// Returns JSON with each string in the object that Ansible takes for an unsafe text. Properties by whose names Ansible would
/// recognize such objects are left out.
fn unsafe_strings(json: &str) -> String {
    let list = |items: Vec<String>| items.join(",");
    match json.as_bytes().first() {
        Some(b'"') => {
            let text = Value::from(&*display_text(json));
            format!("{{\"__ansible_unsafe\":{text}}}")
        }
        Some(b'{') => {
            let members = members(json).filter(|(name, _)| !name.starts_with("__ansible"));
            let member = |(name, value): (_, &str)| {
                let name: std::borrow::Cow<'_, str> = name;
                format!("{}:{}", Value::from(&*name), unsafe_strings(value))
            };
            format!("{{{}}}", list(members.map(member).collect()))
        }
        Some(b'[') => format!("[{}]", list(elements(json).map(unsafe_strings).collect())),
        _ => json.to_owned(),
    }
}

/// Returns the name of each computer: its hostname if that is unique and harmless, or else one with digits of its id.
fn inventory_names(computers: &[Computer], is_group: impl Fn(&str) -> bool) -> Vec<String> {
    let hostname = |computer: &Computer| computer.hostname().unwrap_or_default().into_owned();
    let mut counts: HashMap<String, usize> = HashMap::new();
    for computer in computers {
        *counts.entry(hostname(computer).to_lowercase()).or_default() += 1;
    }
    let mut taken: HashMap<String, usize> = HashMap::new();
    let name = |computer: &Computer| {
        let hostname = hostname(computer);
        let is_unique = counts.get(&hostname.to_lowercase()) == Some(&1);
        if is_unique && is_harmless(&hostname) && !is_group(&hostname) {
            return hostname;
        }
        let id = computer.property(&"id".into()).unwrap_or_default();
        let (text, id) = (
            with_underscores(&hostname, is_of_name),
            with_underscores(&id, is_of_name),
        );
        let start = if text.is_empty() { "reemo" } else { &text };
        let short = id.get(..8).unwrap_or(&id);
        format!("{}-{short}", start.trim_start_matches(['-', '.']))
    };
    let names: Vec<String> = computers.iter().map(name).collect();
    for name in &names {
        *taken.entry(name.clone()).or_default() += 1;
    }
    // Digits that two ids have in common tell nothing: then the place does.
    let distinct = |(place, name): (usize, String)| match taken.get(&name) {
        Some(1) => name,
        _ => format!("{name}-{}", place + 1),
    };
    names.into_iter().enumerate().map(distinct).collect()
}

fn is_harmless(name: &str) -> bool {
    !name.is_empty()
        && name.chars().count() <= MAX_NAME_CHARS
        && name.chars().all(is_of_name)
        && !name.starts_with(['-', '.'])
        && !RESERVED.contains(&name.to_lowercase().as_str())
}

fn is_of_name(character: char) -> bool {
    character.is_ascii_alphanumeric() || matches!(character, '.' | '_' | '-')
}

/// Returns a text with an underscore in place of each other character.
fn with_underscores(text: &str, is_kept: impl Fn(char) -> bool) -> String {
    let text = text.chars().take(MAX_NAME_CHARS);
    text.map(|character| if is_kept(character) { character } else { '_' })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{inventory_names, unsafe_strings};
    use crate::model::computer::Computer;

    #[test]
    fn every_string_is_marked_and_numbers_are_kept() {
        let json = r#"{"a":"{{ x }}","b":[1.10,"c",{"d":"e","__ansible_vault":"v"}],"n":null,"big":1e400,"\u0061\"":"\ud800"}"#;
        let marked = r#"{"a":{"__ansible_unsafe":"{{ x }}"},"b":[1.10,{"__ansible_unsafe":"c"},{"d":{"__ansible_unsafe":"e"}}],"n":null,"big":1e400,"a\"":{"__ansible_unsafe":"�"}}"#;
        assert_eq!(unsafe_strings(json), marked);
    }

    #[test]
    fn a_name_is_the_hostname_only_where_it_is_unique_and_harmless() {
        let names = |hostnames: &[&str]| {
            let computer = |(n, name): (usize, &&str)| {
                let id = format!("0000000{n}-1111-4111-8111-1d1d1d1d1d1d");
                Computer::new(serde_json::json!({ "id": id, "hostname": name }).to_string())
            };
            let computers: Vec<_> = hostnames.iter().enumerate().map(computer).collect();
            inventory_names(&computers, |name| name == "reemo_online")
        };
        assert_eq!(
            names(&[
                "PC-1.corp",
                "pc",
                "PC",
                "a b",
                "localhost",
                "",
                "-oX",
                "reemo_online",
                "{{x}}"
            ]),
            [
                "PC-1.corp",
                "pc-00000001",
                "PC-00000002",
                "a_b-00000003",
                "localhost-00000004",
                "reemo-00000005",
                "oX-00000006",
                "reemo_online-00000007",
                "__x__-00000008",
            ]
        );
        let twice = Computer::new(r#"{"id":"00000000-1"}"#);
        assert_eq!(
            inventory_names(&[twice.clone(), twice], |_| false),
            ["reemo-00000000-1", "reemo-00000000-2"]
        );
    }
}
