//! The computers that a peer knows: properties in order, each value as the text that goes over the wire.

use super::text::quoted;

/// One computer: `(property, JSON text)`, in the order it is sent.
#[derive(Clone, Debug)]
pub(crate) struct Row(Vec<(String, String)>);

/// The `id` of the n-th computer.
pub(crate) fn id(n: usize) -> String {
    format!("{n:08x}-1111-4111-8111-1d1d1d1d1d1d")
}

/// What an error says of the name that two computers of the usual fleet have.
pub(crate) const DOUBLE_IS_AMBIGUOUS: &str = "2 computers have the name or hostname \"double\"\n\
     - id:00000003-1111-4111-8111-1d1d1d1d1d1d  double  DOUBLE-A  OFFLINE\n\
     - id:00000004-1111-4111-8111-1d1d1d1d1d1d  double  DOUBLE-B  OFFLINE\n\
     hint: use its id instead: id:UUID";

/// The `_id` of the n-th computer.
pub(crate) fn uid(n: usize) -> String {
    format!("{n:08x}-2222-4222-9222-2e2e2e2e2e2e")
}

impl Row {
    /// A computer with the known properties alone.
    pub(crate) fn new(n: usize, name: &str, status: &str) -> Self {
        Row(Vec::new())
            .text("id", &id(n))
            .text("_id", &uid(n))
            .text("name", name)
            .text("hostname", &format!("HOST-{n:03}"))
            .text("ip", &format!("10.0.{}.{}", n / 250, n % 250))
            .text("status", status)
    }

    /// The row with a property set to a text; a new property goes to the end.
    pub(crate) fn text(self, property: &str, value: &str) -> Self {
        let value = quoted(value);
        self.raw(property, &value)
    }

    /// The row with a property set to this JSON text, kept as it is.
    pub(crate) fn raw(mut self, property: &str, json: &str) -> Self {
        match self.0.iter_mut().find(|(known, _)| known == property) {
            Some((_, value)) => json.clone_into(value),
            None => self.0.push((property.to_owned(), json.to_owned())),
        }
        self
    }

    /// The row without a property.
    pub(crate) fn without(mut self, property: &str) -> Self {
        self.0.retain(|(known, _)| known != property);
        self
    }

    /// The row with a property under another name, in the same place.
    pub(crate) fn respelt(mut self, property: &str, to: &str) -> Self {
        for (known, _) in &mut self.0 {
            if known == property {
                to.clone_into(known);
            }
        }
        self
    }

    /// A property's text, where it is a string.
    pub(crate) fn get(&self, property: &str) -> Option<String> {
        let (_, json) = self.0.iter().find(|(known, _)| known == property)?;
        serde_json::from_str(json).ok()
    }

    /// The object as it goes over the wire.
    pub(crate) fn json(&self) -> String {
        let inside: Vec<String> = self
            .0
            .iter()
            .map(|(name, value)| format!("{}:{value}", quoted(name)))
            .collect();
        format!("{{{}}}", inside.join(","))
    }
}

/// Six computers: unknown properties in odd places, long numbers, nested objects, a name that two of them bear, one that
/// is only reserved.
pub(crate) fn small() -> Vec<Row> {
    vec![
        Row(Vec::new())
            .text("status", "OFFLINE")
            .raw(
                "cpu",
                r#"{"load":1.10,"cores":8,"cache":{"l2":4e6,"flags":[]}}"#,
            )
            .text("name", "atelier-01")
            .raw("serial", "12345678901234567890123")
            .text("_id", &uid(1))
            .text("hostname", "ATELIER-01")
            .text("id", &id(1))
            .text("ip", "10.0.0.1")
            .raw("screens", r#"[{"w":1920,"h":1080},{"w":2560,"h":1440}]"#)
            .raw("lastSeen", "null"),
        Row::new(2, "atelier-02", "ONLINE")
            .text("hostname", "ATELIER-02")
            .raw("screens", r#"[{"w":2560,"h":1440}]"#)
            .raw("meta", "{}")
            .raw("ratio", "1.10")
            .raw("huge", "1e400"),
        Row::new(3, "double", "OFFLINE").text("hostname", "DOUBLE-A"),
        Row::new(4, "double", "OFFLINE")
            .text("hostname", "DOUBLE-B")
            .raw("zero", "-0.0"),
        Row::new(5, "Été ☀", "ONLINE")
            .text("hostname", "summer")
            .text("site", "Orléans, rue \"A\"")
            .raw("beta", "true"),
        Row::new(6, "reserved", "OFFLINE")
            .raw("hostname", "null")
            .raw("ip", "null"),
    ]
}

/// The small fleet, and plain computers `pc-007`… up to `count`.
pub(crate) fn large(count: usize) -> Vec<Row> {
    let mut rows = small();
    rows.extend((rows.len() + 1..=count).map(|n| {
        let status = if n % 3 == 0 { "ONLINE" } else { "OFFLINE" };
        Row::new(n, &format!("pc-{n:03}"), status).raw("n", &format!("{n}.50"))
    }));
    rows
}
