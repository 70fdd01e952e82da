use arbtest::arbtest;
use serde_json::Value;

use super::{Lookup, PropertyPath, first, names};
use crate::model::samples;

/// The JSON text's value, where serde_json can hold it: no lone surrogates, no number beyond all bounds.
fn value(json: &str) -> Option<Value> {
    serde_json::from_str(json).ok()
}

#[test]
fn what_is_found_is_what_serde_json_finds() {
    arbtest(|u| {
        let json = samples::object(u, 3)?;
        let Some(Value::Object(object)) = value(&json) else {
            return Ok(());
        };
        let mut listed = names(&json);
        listed.sort();
        listed.dedup();
        let mut known: Vec<&String> = object.keys().collect();
        known.sort();
        assert_eq!(listed.iter().collect::<Vec<_>>(), known, "{json}");
        let paths: Vec<PropertyPath> = known
            .iter()
            .map(|name| PropertyPath::new(name.as_str()))
            .collect();
        for (name, found) in known.iter().zip(Lookup::new(&paths).find(&json)) {
            assert_eq!(
                found.and_then(|found| value(found.get())).as_ref(),
                object.get(*name),
                "{name:?} in {json}"
            );
        }
        let absent = PropertyPath::new("no such name");
        assert_eq!(
            Lookup::new([&absent]).find(&json)[0].map(|found| found.get()),
            None
        );
        if let Some(name) = known.first() {
            let (place, _) = first(&json, &["no such name", name]).expect("one is there");
            assert_eq!(place, 1);
        }
        Ok(())
    });
}

#[test]
fn a_path_leads_where_a_pointer_does() {
    arbtest(|u| {
        let inner = samples::json(u, 2)?;
        let position = u.int_in_range(0..=3)?;
        let json = format!("{{\"a\":[0,{inner},{{\"b\":{inner}}}]}}");
        let Some(whole) = value(&json) else {
            return Ok(());
        };
        for (path, pointer) in [
            (format!("a.{position}"), format!("/a/{position}")),
            (format!("a.{position}.b"), format!("/a/{position}/b")),
            ("a".to_owned(), "/a".to_owned()),
        ] {
            let found = Lookup::new([&PropertyPath::new(path.as_str())]).find(&json)[0]
                .and_then(|found| value(found.get()));
            assert_eq!(found.as_ref(), whole.pointer(&pointer), "{path} in {json}");
        }
        Ok(())
    });
}
