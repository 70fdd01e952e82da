//! Converts values from JSON text and back. A number keeps its text on the way.

use jaq_core::data::JustLut;
use jaq_json::{Map, Num, Val};
use serde_json::value::RawValue;

use crate::model::json_reader::tokens;
use crate::model::property::display_text;

/// The data type that filters work on.
pub(super) type Data = JustLut<Val>;

/// Whole numbers below this are printed without a fraction, as jq does.
const WHOLE: f64 = 1e17;
/// A whole number with more digits is kept as text, and arithmetic on it is in 64-bit floats: the time to convert it to an
/// integer and back grows with the square of its length.
pub(super) const MAX_DIGITS: usize = 4096;
/// At least as many bits as [`MAX_DIGITS`] digits have.
const MAX_BITS: u64 = 4 * MAX_DIGITS as u64;
/// The maximum depth of arrays and objects in a text that is parsed, and in a result.
pub(super) const MAX_DEPTH: usize = 1000;

/// An array or object that has not ended yet.
enum Open {
    Array(Vec<Val>),
    Object(Map, Option<Val>),
}

/// Converts JSON that is known to be valid.
pub(super) fn read(json: &str) -> Val {
    let mut open: Vec<Open> = Vec::new();
    for (_, token) in tokens(json) {
        let value = match token.as_bytes() {
            b"[" => {
                open.push(Open::Array(Vec::new()));
                continue;
            }
            b"{" => {
                open.push(Open::Object(Map::default(), None));
                continue;
            }
            b"," | b":" => continue,
            b"]" | b"}" => match open.pop() {
                Some(Open::Array(items)) => items.into_iter().collect(),
                Some(Open::Object(members, _)) => Val::obj(members),
                None => Val::Null,
            },
            _ => scalar(token),
        };
        match open.last_mut() {
            Some(Open::Array(items)) => items.push(value),
            Some(Open::Object(members, name)) => match name.take() {
                Some(name) => drop(members.insert(name, value)),
                None => *name = Some(value),
            },
            None => return value,
        }
    }
    Val::Null
}

fn scalar(token: &str) -> Val {
    match token.as_bytes() {
        b"null" => Val::Null,
        b"true" => Val::Bool(true),
        b"false" => Val::Bool(false),
        [b'"', ..] => Val::from(display_text(token).into_owned()),
        _ if token.len() <= MAX_DIGITS => match Num::from_str_radix(token, 10) {
            Some(whole) => Val::Num(whole),
            None => decimal(token),
        },
        _ => decimal(token),
    }
}

/// Returns a number that keeps its text.
fn decimal(text: &str) -> Val {
    Val::Num(Num::Dec(text.to_owned().into()))
}

/// Checks that the text of a JSON value, which need not be valid, is within the limits. The error says which one it exceeds.
pub(super) fn check(json: &str) -> Result<(), String> {
    let mut depth = 0_usize;
    for (_, token) in tokens(json) {
        match token.as_bytes() {
            b"[" | b"{" => depth += 1,
            b"]" | b"}" => depth = depth.saturating_sub(1),
            [b'"', ..] => {}
            number if number.len() > MAX_DIGITS => {
                return Err(format!("a number of more than {MAX_DIGITS} digits"));
            }
            _ => {}
        }
        if depth > MAX_DEPTH {
            return Err(too_deep());
        }
    }
    Ok(())
}

fn too_deep() -> String {
    format!("nested more than {MAX_DEPTH} levels deep")
}

/// Returns compact JSON. The error says why the value can't be written as JSON.
pub(super) fn write(value: &Val) -> Result<String, String> {
    let mut json = String::new();
    append(value, &mut json, 0)?;
    Ok(json)
}

fn append(value: &Val, json: &mut String, depth: usize) -> Result<(), String> {
    if depth > MAX_DEPTH {
        return Err(format!("a result is {}", too_deep()));
    }
    match value {
        Val::Null => json.push_str("null"),
        Val::Bool(truth) => json.push_str(if *truth { "true" } else { "false" }),
        Val::Num(number) => append_number(number, json),
        Val::TStr(bytes) => {
            json.push_str(&serde_json::Value::from(String::from_utf8_lossy(bytes)).to_string());
        }
        Val::BStr(_) => return Err("a result is bytes, which JSON can't hold".to_owned()),
        Val::Arr(items) => {
            for (place, item) in items.iter().enumerate() {
                json.push(if place == 0 { '[' } else { ',' });
                append(item, json, depth + 1)?;
            }
            json.push_str(if items.is_empty() { "[]" } else { "]" });
        }
        Val::Obj(members) => {
            for (place, (name, member)) in members.iter().enumerate() {
                json.push(if place == 0 { '{' } else { ',' });
                if !matches!(name, Val::TStr(_)) {
                    return Err("a result has a property whose name is not a string".to_owned());
                }
                append(name, json, depth + 1)?;
                json.push(':');
                append(member, json, depth + 1)?;
            }
            json.push_str(if members.is_empty() { "{}" } else { "}" });
        }
    }
    Ok(())
}

fn append_number(number: &Num, json: &mut String) {
    match number {
        Num::Float(value) => json.push_str(&float(*value)),
        Num::Dec(text) if serde_json::from_str::<&RawValue>(text).is_err() => {
            json.push_str(&float(text.parse().unwrap_or(f64::NAN)));
        }
        // Beyond all floats.
        Num::BigInt(whole) if whole.bits() > MAX_BITS => {
            #[expect(
                clippy::default_trait_access,
                reason = "the crate of this type is not a dependency"
            )]
            let is_negative = **whole < Default::default();
            json.push_str(&float(if is_negative {
                f64::NEG_INFINITY
            } else {
                f64::INFINITY
            }));
        }
        exact => json.push_str(&exact.to_string()),
    }
}

fn float(value: f64) -> String {
    match value {
        _ if value.is_nan() => "null".to_owned(),
        _ if value.is_infinite() => format!("{:e}", f64::MAX.copysign(value)).replace('e', "e+"),
        _ if value.fract() == 0.0 && value.abs() < WHOLE => format!("{value:.0}"),
        _ => Num::Float(value).to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::{MAX_DEPTH, MAX_DIGITS, check, float, read, write};

    #[test]
    fn what_is_read_is_written_to_the_digit() {
        let long = format!("-{}", "7".repeat(2_000_000));
        for json in [
            r#"{"b":1.10,"a":12345678901234567890123,"c":[1e400,-0.0,4e6,0.1E-7],"d":{},"e":[]}"#,
            r#""é\" \\ \n \u0001 😀""#,
            "null",
            "[true,false,[[]]]",
            &long,
        ] {
            assert_eq!(write(&read(json)).unwrap(), json);
        }
        assert_eq!(
            write(&read(" { \"a\" : [ ] , \"a\" : \"\\u0062\" } ")).unwrap(),
            "{\"a\":\"b\"}"
        );
    }

    #[test]
    fn what_json_has_no_number_for() {
        for (value, text) in [
            (f64::NAN, "null"),
            (f64::INFINITY, "1.7976931348623157e+308"),
            (f64::NEG_INFINITY, "-1.7976931348623157e+308"),
            (3.0, "3"),
            (-0.0, "-0"),
            (0.1, "0.1"),
            (1e17, "1e17"),
        ] {
            assert_eq!(float(value), text);
        }
    }

    #[test]
    fn depth_and_length_have_limits() {
        let nested = |depth: usize| "[".repeat(depth) + &"]".repeat(depth);
        assert_eq!(check(&nested(MAX_DEPTH)), Ok(()));
        assert!(check(&nested(MAX_DEPTH + 1)).is_err());
        assert!(write(&read(&nested(MAX_DEPTH))).is_ok());
        assert!(write(&read(&nested(MAX_DEPTH + 2))).is_err());
        assert_eq!(
            check(&format!("[{{\"[[\":{}}}", "9".repeat(MAX_DIGITS))),
            Ok(())
        );
        assert!(check(&"9".repeat(MAX_DIGITS + 1)).is_err());
        assert_eq!(check(&format!("\"{}\"", "9".repeat(MAX_DIGITS))), Ok(()));
    }
}
