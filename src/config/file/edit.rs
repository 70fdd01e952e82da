//! Changing one value in the config file's text. Comments, order and layout are kept.

use toml_edit::{Document, DocumentMut, InlineTable, Item, Key, Table, TableLike, Value};

/// Returns the key and the item at a path.
pub(super) fn entry<'toml>(root: &'toml Item, path: &[&str]) -> Option<(&'toml Key, &'toml Item)> {
    let (name, tables) = path.split_last()?;
    let table = tables
        .iter()
        .try_fold(root, |item, name| item.as_table_like()?.get(name))?
        .as_table_like()?;
    Some((table.key(name)?, table.get(name)?))
}

/// Puts a value at a path, and creates the tables on the way. Returns `None` if something other than a table is on it.
pub(super) fn put(document: &mut DocumentMut, path: &[&str], mut value: Value) -> Option<()> {
    let (name, tables) = path.split_last()?;
    let table = descend(document.as_table_mut(), tables)?;
    match table.get_mut(name) {
        Some(Item::Value(old)) => {
            // A comment behind the value is kept.
            *value.decor_mut() = old.decor().clone();
            *old = value;
        }
        _ => drop(table.insert(name, Item::Value(value))),
    }
    Some(())
}

/// Returns a valid text without the value at a path. `None` if there is none.
pub(super) fn without(text: &str, path: &[&str]) -> Option<String> {
    let document = Document::parse(text).ok()?;
    let (key, item) = entry(document.as_item(), path)?;
    let (key, value) = (key.span()?, item.span()?);
    let start = text[..key.start].rfind('\n').map_or(0, |at| at + 1);
    let end = text[value.end..].find('\n');
    let end = end.map_or(text.len(), |at| value.end + at + 1);
    let behind = text[value.end..end].trim_start();
    let has_own_lines = !text[start..key.start].contains(['{', ','])
        && (behind.is_empty() || behind.starts_with('#'));
    if has_own_lines {
        // The comments above stay where they are: they may be about more than this value.
        return Some(format!("{}{}", &text[..start], &text[end..]));
    }
    let mut document = document.into_mut();
    remove(&mut document, path)?;
    Some(document.to_string())
}

/// Removes what is at a path, with the comments in it.
pub(super) fn remove(document: &mut DocumentMut, path: &[&str]) -> Option<()> {
    let (name, tables) = path.split_last()?;
    descend(document.as_table_mut(), tables)?.remove(name)?;
    Some(())
}

fn descend<'toml>(
    root: &'toml mut dyn TableLike,
    path: &[&str],
) -> Option<&'toml mut dyn TableLike> {
    let mut table = root;
    let mut is_inline = false;
    for (depth, name) in path.iter().enumerate() {
        if !table.contains_key(name) {
            table.insert(name, new_table(is_inline, depth + 1 < path.len()));
        }
        let item = table.get_mut(name)?;
        is_inline = item.is_inline_table();
        table = item.as_table_like_mut()?;
    }
    Some(table)
}

/// A table within an inline one must be inline too. One that only contains tables needs no header.
fn new_table(is_inline: bool, is_implicit: bool) -> Item {
    if is_inline {
        return Item::Value(Value::InlineTable(InlineTable::new()));
    }
    let mut table = Table::new();
    table.set_implicit(is_implicit);
    Item::Table(table)
}

#[cfg(test)]
mod tests {
    use toml_edit::{DocumentMut, Value};

    use super::{entry, put, without};

    fn after_put(text: &str, path: &str, value: impl Into<Value>) -> String {
        let mut document: DocumentMut = text.parse().unwrap();
        put(
            &mut document,
            &path.split('.').collect::<Vec<_>>(),
            value.into(),
        )
        .unwrap();
        document.to_string()
    }

    fn after_removal(text: &str, path: &str) -> String {
        let removed = without(text, &path.split('.').collect::<Vec<_>>());
        removed.unwrap_or_else(|| text.to_owned())
    }

    #[test]
    fn put_keeps_what_is_around() {
        for (before, path, after) in [
            ("", "a", "a = \"v\"\n"),
            ("", "profiles.x.a", "[profiles.x]\na = \"v\"\n"),
            ("", "profiles.x.wire.a", "[profiles.x.wire]\na = \"v\"\n"),
            (
                "# c\n[profiles.x] # d\n# e\na = 'old' # f\nb = 1\n",
                "profiles.x.a",
                "# c\n[profiles.x] # d\n# e\na = \"v\" # f\nb = 1\n",
            ),
            (
                "[profiles.x]\nb = 1 # b\n\n# y\n[profiles.y]\n",
                "profiles.x.a",
                "[profiles.x]\nb = 1 # b\na = \"v\"\n\n# y\n[profiles.y]\n",
            ),
            (
                "[profiles.x]\n\n[profiles.x.wire]\nb = 1\n",
                "profiles.x.a",
                "[profiles.x]\na = \"v\"\n\n[profiles.x.wire]\nb = 1\n",
            ),
            (
                "profiles = { x = { b = 1 } }\n",
                "profiles.x.wire.a",
                "profiles = { x = { b = 1 , wire = { a = \"v\" } } }\n",
            ),
            (
                "profiles.x.b = 1\n",
                "profiles.x.a",
                "profiles.x.b = 1\nprofiles.x.a = \"v\"\n",
            ),
        ] {
            assert_eq!(after_put(before, path, "v"), after);
        }
        for before in [
            "[profiles.x.wire]\nb = 1\n",
            "profiles.x.b = 1\n",
            "[profiles]\nx = {}\n",
            "[profiles.x]\nwire.b = 1\n",
        ] {
            for path in [
                "default_profile",
                "profiles.y.a",
                "profiles.x.a",
                "profiles.x.wire.a",
                "profiles.y.wire.a",
            ] {
                let text = after_put(before, path, "v");
                let document: DocumentMut = text
                    .parse()
                    .unwrap_or_else(|error| panic!("{before:?} {path}: {text:?} {error}"));
                let found = entry(document.as_item(), &path.split('.').collect::<Vec<_>>());
                assert_eq!(
                    found.and_then(|(_, item)| item.as_str()),
                    Some("v"),
                    "{before:?} {path}: {text:?}"
                );
            }
        }
    }

    #[test]
    fn removal_leaves_comments() {
        assert_eq!(
            after_removal("# head\na = 1 # a\n# b\nb = 2\n", "a"),
            "# head\n# b\nb = 2\n"
        );
        assert_eq!(
            after_removal("# head\n[p]\n# a\na = 1\n# q\n[q]\n", "p.a"),
            "# head\n[p]\n# a\n# q\n[q]\n"
        );
        assert_eq!(
            after_removal("# head\na = 1\n\n[p.q]\nb = 1\n", "a"),
            "# head\n\n[p.q]\nb = 1\n"
        );
        assert_eq!(
            after_removal("[p]\n# a\na = 1\n# end\n", "p.a"),
            "[p]\n# a\n# end\n"
        );
        assert_eq!(after_removal("a = 1\n", "b.c"), "a = 1\n");
        assert_eq!(
            after_removal("[p]\nl = [\n  1, # one\n] # l\nb = 2\n", "p.l"),
            "[p]\nb = 2\n"
        );
        assert_eq!(
            after_removal("p.q.a = 1\np.q.b = 2", "p.q.b"),
            "p.q.a = 1\n"
        );
        for (inline, left) in [
            ("p = { a = 1, b = 2 } # p\n", "p = { b = 2 } # p\n"),
            ("p = { a = 1 }", "p = {}\n"),
            ("p = { b = 2, a = 1 # a\n}\n", "p = { b = 2}\n"),
            ("p = {\n  a = 1,\n  b = 2\n}\n", "p = {\n  b = 2\n}\n"),
            ("p = {\n  b = 2,\n  a = 1\n}\n", "p = {\n  b = 2,\n}\n"),
        ] {
            let after = after_removal(inline, "p.a");
            after.parse::<DocumentMut>().unwrap();
            assert_eq!(after, left);
        }
    }
}
