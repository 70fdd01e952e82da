use arbtest::arbtest;
use serde_json::Value;

use super::{Lookup, PropertyPath, display_text, first, names};
use crate::model::samples;

/// The JSON text's value, where `serde_json` can hold it: no lone surrogates, no number beyond all bounds.
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
                found.and_then(value).as_ref(),
                object.get(*name),
                "{name:?} in {json}"
            );
        }
        let absent = PropertyPath::new("no such name");
        assert_eq!(Lookup::new([&absent]).find(&json)[0], None);
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
            let found =
                Lookup::new([&PropertyPath::new(path.as_str())]).find(&json)[0].and_then(value);
            assert_eq!(found.as_ref(), whole.pointer(&pointer), "{path} in {json}");
        }
        Ok(())
    });
}

/// The text of a JSON string, decoded by way of UTF-16, as the standard describes it.
fn decode(string: &str) -> String {
    let (mut units, mut rest) = (Vec::new(), &string[1..string.len() - 1]);
    while let Some(character) = rest.chars().next() {
        let escape = rest.strip_prefix('\\');
        let (unit, length) = match escape.and_then(|rest| rest.chars().next()) {
            None => {
                units.extend_from_slice(character.encode_utf16(&mut [0; 2]));
                rest = &rest[character.len_utf8()..];
                continue;
            }
            Some('u') => (u16::from_str_radix(&rest[2..6], 16).unwrap(), 6),
            Some('n') => (u16::from(b'\n'), 2),
            Some(other) => (u16::try_from(u32::from(other)).unwrap(), 2),
        };
        units.push(unit);
        rest = &rest[length..];
    }
    String::from_utf16_lossy(&units)
}

#[test]
fn a_string_reads_as_its_utf_16_does() {
    arbtest(|u| {
        let string = samples::string(u)?;
        assert_eq!(display_text(&string), decode(&string), "{string:?}");
        Ok(())
    });
}
