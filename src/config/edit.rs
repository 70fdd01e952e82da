//! Changing one value in the config file's text: comments, order and the user's own layout stay.

use toml_edit::{Decor, DocumentMut, InlineTable, Item, Table, TableLike, Value};

/// Puts a value at a path, making the tables on the way. False where something else than a table is on it.
pub(super) fn put(document: &mut DocumentMut, path: &[&str], mut value: Value) -> bool {
    let Some((name, folders)) = path.split_last() else {
        return false;
    };
    let Some(table) = descend(document.as_table_mut(), folders, true) else {
        return false;
    };
    match table.get_mut(name) {
        Some(Item::Value(old)) => {
            // What stands around the value, such as a comment behind it, is kept.
            *value.decor_mut() = old.decor().clone();
            *old = value;
        }
        _ => drop(table.insert(name, Item::Value(value))),
    }
    true
}

/// Takes the value at a path away. False where there is none.
pub(super) fn take(document: &mut DocumentMut, path: &[&str]) -> bool {
    let Some((name, folders)) = path.split_last() else {
        return false;
    };
    let Some(table) = descend(document.as_table_mut(), folders, false) else {
        return false;
    };
    let comments = table
        .key(name)
        .and_then(|key| key.leaf_decor().prefix()?.as_str())
        .unwrap_or_default()
        .to_owned();
    let next = table
        .iter()
        .map(|(key, _)| key.to_owned())
        .skip_while(|key| key != name)
        .nth(1);
    if table.remove(name).is_none() {
        return false;
    }
    if !comments.contains('#') {
        return true;
    }
    // Comments above it may be about more than it: they move to what follows.
    match next
        .filter(|next| table.get(next).is_some_and(Item::is_value))
        .and_then(|next| table.key_mut(&next))
    {
        Some(mut key) => prepend(key.leaf_decor_mut(), &comments),
        None => move_below(document, folders, &comments),
    }
    true
}

/// Moves comments from the end of a table to the next header, or to the end of the file.
fn move_below(document: &mut DocumentMut, folders: &[&str], comments: &str) {
    let table = folders
        .iter()
        .try_fold(document.as_item(), |item, name| item.get(name))
        .and_then(Item::as_table);
    let from = table.and_then(Table::position).unwrap_or(-1);
    let mut positions = Vec::new();
    for_each_header(document.as_table_mut(), &mut |header| {
        positions.extend(header.position().filter(|at| *at > from))
    });
    let Some(next) = positions.into_iter().min() else {
        let trailing = document.trailing().as_str().unwrap_or_default().to_owned();
        return document.set_trailing(format!("{comments}{trailing}"));
    };
    for_each_header(document.as_table_mut(), &mut |header| {
        if header.position() == Some(next) {
            prepend(header.decor_mut(), comments);
        }
    });
}

fn for_each_header(table: &mut Table, visit: &mut impl FnMut(&mut Table)) {
    for (_, item) in table.iter_mut() {
        if let Some(table) = item.as_table_mut() {
            if !table.is_implicit() && !table.is_dotted() {
                visit(table);
            }
            for_each_header(table, visit);
        }
    }
}

fn prepend(decor: &mut Decor, comments: &str) {
    let own = decor
        .prefix()
        .and_then(|prefix| prefix.as_str())
        .unwrap_or_default();
    decor.set_prefix(format!("{comments}{own}"));
}

/// The value at a path.
pub(super) fn look<'a>(document: &'a DocumentMut, path: &[&str]) -> Option<&'a Value> {
    path.iter()
        .try_fold(document.as_item(), |item, name| {
            item.as_table_like()?.get(name)
        })?
        .as_value()
}

fn descend<'a>(
    root: &'a mut dyn TableLike,
    folders: &[&str],
    make: bool,
) -> Option<&'a mut dyn TableLike> {
    let mut table = root;
    let mut inline = false;
    for (depth, name) in folders.iter().enumerate() {
        if make && !table.contains_key(name) {
            table.insert(name, new_table(inline, depth + 1 < folders.len()));
        }
        let item = table.get_mut(name)?;
        inline = item.is_inline_table();
        table = item.as_table_like_mut()?;
    }
    Some(table)
}

/// A table within an inline one must be inline itself. One that only leads to others needs no line of its own.
fn new_table(inline: bool, implicit: bool) -> Item {
    if inline {
        return Item::Value(Value::InlineTable(InlineTable::new()));
    }
    let mut table = Table::new();
    table.set_implicit(implicit);
    Item::Table(table)
}

#[cfg(test)]
mod tests {
    use toml_edit::{DocumentMut, Value};

    use super::{put, take};

    fn after_put(text: &str, path: &str, value: impl Into<Value>) -> String {
        let mut document: DocumentMut = text.parse().unwrap();
        assert!(put(
            &mut document,
            &path.split('.').collect::<Vec<_>>(),
            value.into()
        ));
        document.to_string()
    }

    fn after_take(text: &str, path: &str) -> String {
        let mut document: DocumentMut = text.parse().unwrap();
        take(&mut document, &path.split('.').collect::<Vec<_>>());
        document.to_string()
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
                let found = super::look(&document, &path.split('.').collect::<Vec<_>>());
                assert_eq!(
                    found.and_then(Value::as_str),
                    Some("v"),
                    "{before:?} {path}: {text:?}"
                );
            }
        }
    }

    #[test]
    fn take_leaves_comments() {
        assert_eq!(
            after_take("# head\na = 1 # a\n# b\nb = 2\n", "a"),
            "# head\n# b\nb = 2\n"
        );
        assert_eq!(
            after_take("# head\n[p]\n# a\na = 1\n# q\n[q]\n", "p.a"),
            "# head\n[p]\n# a\n# q\n[q]\n"
        );
        assert_eq!(
            after_take("# head\na = 1\n\n[p.q]\nb = 1\n", "a"),
            "# head\n\n[p.q]\nb = 1\n"
        );
        assert_eq!(
            after_take("[p]\n# a\na = 1\n# end\n", "p.a"),
            "[p]\n# a\n# end\n"
        );
        assert_eq!(after_take("a = 1\n", "b.c"), "a = 1\n");
    }
}
