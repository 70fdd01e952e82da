//! What is typed after `reemo`.

/// A command line: one text, split at white space, or the words themselves.
pub(crate) trait Words {
    fn words(&self) -> Vec<String>;
}

impl Words for &str {
    fn words(&self) -> Vec<String> {
        self.split_whitespace().map(str::to_owned).collect()
    }
}

impl Words for &String {
    fn words(&self) -> Vec<String> {
        self.as_str().words()
    }
}

impl<const N: usize> Words for [&str; N] {
    fn words(&self) -> Vec<String> {
        self.iter().map(|word| (*word).to_owned()).collect()
    }
}

impl Words for &[&str] {
    fn words(&self) -> Vec<String> {
        self.iter().map(|word| (*word).to_owned()).collect()
    }
}

/// Renames a computer of the canned fleet, with a filter for the record.
pub(crate) fn rename_filtered<'a>(format: &'a str, filter: &'a str) -> [&'a str; 8] {
    [
        "computers",
        "rename",
        "atelier-01",
        "new",
        "-o",
        format,
        "--jq",
        filter,
    ]
}
