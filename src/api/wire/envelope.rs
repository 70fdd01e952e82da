//! Finds the list of computers, or the single one, in a response, in any of the usual envelopes.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use crate::api::wire::hints::PageInfo;
use crate::model::computer::Computer;
use crate::model::property::{Lookup, PropertyPath, display_text};

/// Where the array of computers may stand, at the top or one level down; the earlier wins.
const LISTS: [&str; 6] = ["computers", "data", "items", "results", "docs", "result"];
/// The most rows in one response: no account has so many computers, and each takes memory.
const MAX_ROWS: usize = 130_000;
/// What a single computer may be wrapped in.
const WRAPPERS: [&str; 3] = ["computer", "data", "result"];

/// The computers of one page, as slices of the body, and what the body says about paging.
#[derive(Debug, Default)]
pub(crate) struct ListingBody<'json> {
    /// The text of each row, in order. Each is an object.
    pub rows: Vec<&'json str>,
    /// What the body says about paging.
    pub hints: PageInfo,
}

/// Reads one page.
///
/// # Errors
/// What is wrong with the body, without any of its values.
pub(crate) fn read_listing(body: &str) -> Result<ListingBody<'_>, String> {
    let mut deserializer = serde_json::Deserializer::from_str(body);
    let read = Envelope { level: 0 }
        .deserialize(&mut deserializer)
        .and_then(|read| deserializer.end().map(|()| read));
    let read = read.map_err(|error| {
        format!(
            "it is not the JSON of a listing (line {}, column {})",
            error.line(),
            error.column()
        )
    })?;
    let rows = read
        .rows
        .ok_or_else(|| {
            format!(
                "it has no array under any of the names {}",
                LISTS.join(", ")
            )
        })?
        .1;
    if rows.len() > MAX_ROWS {
        return Err(format!("it has more than {MAX_ROWS} rows"));
    }
    if rows.iter().any(|row| !row.starts_with('{')) {
        return Err("a row of its list is not an object".to_owned());
    }
    Ok(ListingBody {
        rows,
        hints: read.hints.without_zeros(),
    })
}

/// Reads one computer, bare or wrapped.
///
/// # Errors
/// What is wrong with the body, without any of its values.
pub(crate) fn read_one(body: &str) -> Result<Computer, String> {
    let whole: &RawValue = serde_json::from_str(body).map_err(|_| "it is not JSON".to_owned())?;
    if !whole.get().starts_with('{') {
        return Err("it is not an object".to_owned());
    }
    let wrappers = WRAPPERS.map(PropertyPath::new);
    let id = [PropertyPath::new("id"), PropertyPath::new("_id")];
    let is_computer = |text: &str| Lookup::new(&id).find(text).iter().any(Option::is_some);
    if is_computer(whole.get()) {
        return Ok(Computer::new(whole.get()));
    }
    let wrapped = Lookup::new(&wrappers).find(whole.get());
    let inner = wrapped
        .into_iter()
        .flatten()
        .find(|text| text.starts_with('{') && is_computer(text));
    inner
        .map(Computer::new)
        .ok_or_else(|| "it has neither an id nor a computer inside".to_owned())
}

/// What one level of an envelope holds.
#[derive(Default)]
struct Read<'json> {
    /// The list, with the position of its name in `LISTS`: the earlier wins.
    rows: Option<(usize, Vec<&'json str>)>,
    hints: PageInfo,
}

/// Reads an array, or an object with the array inside, in a single pass over the text.
struct Envelope {
    level: usize,
}

impl<'json> DeserializeSeed<'json> for Envelope {
    type Value = Read<'json>;

    fn deserialize<D: Deserializer<'json>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'json> Visitor<'json> for Envelope {
    type Value = Read<'json>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a listing")
    }

    fn visit_seq<A: SeqAccess<'json>>(self, mut sequence: A) -> Result<Self::Value, A::Error> {
        let mut rows = Vec::new();
        while let Some(row) = sequence.next_element::<&'json RawValue>()? {
            // One too many tells of all the others.
            if rows.len() <= MAX_ROWS {
                rows.push(row.get());
            }
        }
        Ok(Read {
            rows: Some((0, rows)),
            hints: PageInfo::default(),
        })
    }

    fn visit_map<A: MapAccess<'json>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut read = Read::default();
        // As raw text, which is checked in full, unlike a string that is read as bytes.
        while let Some(name) = map.next_key::<&'json RawValue>()? {
            let name = display_text(name.get());
            if let Some(rank) = LISTS.iter().position(|list| *list == name)
                && self.level < 2
            {
                let inner = map.next_value_seed(Envelope {
                    level: self.level + 1,
                })?;
                read.hints.merge(inner.hints);
                if let Some((_, rows)) = inner.rows
                    && read.rows.as_ref().is_none_or(|(known, _)| rank < *known)
                {
                    read.rows = Some((rank, rows));
                }
            } else if PageInfo::is_hint(&name) {
                let value: &RawValue = map.next_value()?;
                read.hints.add(&name, value.get());
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(read)
    }

    // A name of a list may hold something else, such as `"result": "ok"`: then the list is elsewhere.
    fn visit_str<E>(self, _: &str) -> Result<Self::Value, E> {
        Ok(Read::default())
    }

    fn visit_bool<E>(self, _: bool) -> Result<Self::Value, E> {
        Ok(Read::default())
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(Read::default())
    }

    fn visit_u64<E>(self, _: u64) -> Result<Self::Value, E> {
        Ok(Read::default())
    }

    fn visit_i64<E>(self, _: i64) -> Result<Self::Value, E> {
        Ok(Read::default())
    }

    fn visit_f64<E>(self, _: f64) -> Result<Self::Value, E> {
        Ok(Read::default())
    }
}

#[cfg(test)]
mod tests {
    use super::{read_listing, read_one};

    #[test]
    fn the_list_is_found_wherever_it_is() {
        for body in [
            r#"[{"id":1},{"id":2}]"#.to_owned(),
            r#"{"data":{"items":[{"id":1},{"id":2}],"total":2}}"#.to_owned(),
            r#"{"result":"ok","docs":[{"id":1},{"id":2}],"totalDocs":2}"#.to_owned(),
            r#"{"items":[],"computers":[{"id":1},{"id":2}]}"#.to_owned(),
        ] {
            let listing = read_listing(&body).unwrap();
            assert_eq!(listing.rows, [r#"{"id":1}"#, r#"{"id":2}"#], "{body}");
        }
        // A name of a list may hold something else, and the earlier name wins, wherever it stands.
        for other in ["\"ok\"", "true", "null", "7", "-7", "1.5", "{}"] {
            let body = format!(
                r#"{{"result":{other},"computers":{other},"items":[{{}}],"docs":[],"page":{{"data":[1]}}}}"#
            );
            assert_eq!(
                read_listing(&body).map(|listing| listing.rows.len()),
                Ok(1),
                "{body}"
            );
        }
        for body in [
            r#"{"computers":[{}],"items":[]}"#,
            r#"{"data":{"result":[{}]}}"#,
            r#"{"data":[{}],"data":[]}"#,
        ] {
            assert_eq!(
                read_listing(body).map(|listing| listing.rows.len()),
                Ok(1),
                "{body}"
            );
        }
        for (body, why) in [
            ("", "it is not the JSON of a listing (line 1, column 0)"),
            (
                "{}",
                "it has no array under any of the names computers, data, items, results, docs, result",
            ),
            ("[{},1]", "a row of its list is not an object"),
        ] {
            assert_eq!(read_listing(body).map(drop), Err(why.to_owned()));
        }
        let rows = |count| format!("[{}]", vec!["{}"; count].join(","));
        assert_eq!(
            read_listing(&rows(130_000)).map(|listing| listing.rows.len()),
            Ok(130_000)
        );
        assert_eq!(
            read_listing(&rows(130_001)).map(drop),
            Err("it has more than 130000 rows".to_owned())
        );
        // A control character in a name, which no JSON has; an escape that stands for one is JSON.
        assert!(read_listing("{\"computers\":[],\"to\0tal\":1}").is_err());
        assert!(
            read_listing("{\"computers\":[],\"to\\u0000tal\":1,\"\\u0064ata\":[{}]}")
                .is_ok_and(|listing| listing.rows.is_empty())
        );
        for body in [
            "{}",
            r#"{"computers":{}}"#,
            "[1]",
            "[{}] x",
            "null",
            r#"{"data":{"data":{"data":[]}}}"#,
        ] {
            assert!(read_listing(body).is_err(), "{body}");
        }
    }

    #[test]
    fn one_computer_is_unwrapped_only_from_a_wrapper() {
        let wrapped = r#"{"data":{"id":"a","data":{"id":"b"}}}"#;
        assert_eq!(
            read_one(wrapped).unwrap().text(),
            r#"{"id":"a","data":{"id":"b"}}"#
        );
        assert_eq!(
            read_one(r#"{"id":"a","result":{"id":"b"}}"#)
                .unwrap()
                .text(),
            r#"{"id":"a","result":{"id":"b"}}"#
        );
        assert_eq!(read_one(r#"{"_id":"a"}"#).unwrap().text(), r#"{"_id":"a"}"#);
        for (body, why) in [
            (
                r#"{"ok":true}"#,
                "it has neither an id nor a computer inside",
            ),
            (
                r#"{"data":{"ok":true},"result":[{"id":1}]}"#,
                "it has neither an id nor a computer inside",
            ),
            ("[]", "it is not an object"),
            ("{", "it is not JSON"),
        ] {
            assert_eq!(
                read_one(body).map(|one| one.text().to_owned()),
                Err(why.to_owned()),
                "{body}"
            );
        }
    }
}
