//! The names of the formats.

/// How data is printed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Format {
    /// Aligned columns.
    #[default]
    Table,
    /// Aligned columns, with more properties.
    Wide,
    /// What the API returned, indented.
    Json,
    /// An object a line.
    Jsonl,
    /// RFC 4180.
    Csv,
    /// The `id` alone.
    Id,
    /// The `_id` alone.
    UnderscoreId,
    /// An inventory of Ansible, for a listing alone.
    Ansible,
}

impl Format {
    /// All formats with their names, in the order of the documentation.
    pub(crate) const ALL: [(&'static str, Self); 8] = [
        ("table", Self::Table),
        ("wide", Self::Wide),
        ("json", Self::Json),
        ("jsonl", Self::Jsonl),
        ("csv", Self::Csv),
        ("id", Self::Id),
        ("_id", Self::UnderscoreId),
        ("ansible", Self::Ansible),
    ];

    /// Whether nothing is printed before all rows have come.
    pub(crate) fn is_whole(self) -> bool {
        matches!(self, Self::Table | Self::Wide | Self::Json | Self::Ansible)
    }

    /// Whether it is laid out for people to read.
    pub(crate) fn is_for_people(self) -> bool {
        matches!(self, Self::Table | Self::Wide)
    }

    /// Whether errors and notes are JSON too.
    pub(crate) fn is_json(self) -> bool {
        matches!(self, Self::Json | Self::Jsonl)
    }
}

impl std::str::FromStr for Format {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let names = || Self::ALL.map(|(name, _)| name).join(", ");
        Self::ALL
            .iter()
            .find(|(name, _)| *name == text)
            .map(|(_, format)| *format)
            .ok_or_else(|| format!("expected one of {}", names()))
    }
}
